"""Tell where the statements about a thing come from, and who reviewed its links when."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from api.pages.thing.values import Row
from api.wording import texts_in
from kg.dataset import Generation
from kg.labels import short_name
from kg.language import Language, Text


@dataclass(frozen=True, slots=True)
class Origin:
    """Hold a graph that says something: its title, file and licence, and when who loaded it."""

    graph: str
    title: str
    statements: int
    file: str
    licence: str
    activity: str
    loaded: datetime.datetime | None
    agent: str
    agent_label: str


@dataclass(frozen=True, slots=True)
class Review:
    """Hold a decision on a link, newest first in a list."""

    iri: str
    link: str
    link_label: str
    time: datetime.datetime | None
    agent_label: str
    decision: str
    reason: str


def origins_of(
    rows: Iterable[Row], labels: Mapping[str, str], language: Language, generation: Generation
) -> list[Origin]:
    """Return the graphs that say something about a thing, each once.

    The record of a source tells what the graph of provenance does not.
    """
    words = texts_in(language)["thing_graphs"]
    found: dict[str, Origin] = {}
    for row in rows:
        text = _texts(row)
        graph, last = text["graph"], short_name(text["graph"])
        record = generation.source(graph)
        title = Text(record.title_de, record.title_en).in_language(language) if record else ""
        found.setdefault(
            graph,
            Origin(
                graph,
                text.get("title") or title or words.get(last, last),
                int(text["statements"]),
                text.get("file") or (record.file if record else ""),
                text.get("licence") or (record.licence if record else ""),
                text.get("activity", ""),
                _moment(text.get("time", "")),
                text.get("agent", ""),
                labels.get(text.get("agent", ""), ""),
            ),
        )
    return list(found.values())


def reviews_of(rows: Iterable[Row], labels: Mapping[str, str]) -> list[Review]:
    """Return the decisions on the links of a thing, each once."""
    found: dict[str, Review] = {}
    for row in rows:
        text = _texts(row)
        found.setdefault(
            text["review"],
            Review(
                text["review"],
                text["link"],
                labels.get(text["link"], text["link"]),
                _moment(text.get("time", "")),
                labels.get(text.get("agent", ""), ""),
                labels.get(text.get("decision", ""), ""),
                text.get("reason", ""),
            ),
        )
    return list(found.values())


def _texts(row: Row) -> dict[str, str]:
    return {name: term["value"] for name, term in row.items()}


def _moment(text: str) -> datetime.datetime | None:
    try:
        return datetime.datetime.fromisoformat(text)
    except ValueError:
        return None
