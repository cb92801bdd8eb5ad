"""Read what documents say about each end of a proposal, so that both stand side by side."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from pyoxigraph import Literal

from api.own_queries import own_query
from api.proposals.facts import ProposalFacts, sdg_of
from kg.labels import labels_of, short_name
from kg.language import Language
from kg.reviewing.links import Link, Passage
from kg.store import Store
from ontology.namespaces import DCTERMS, KS, RDF, SKOS

_MOST_FACTS: Final = "400"
_TEXTS: Final = (DCTERMS.description, SKOS.definition, KS.quote)


@dataclass(frozen=True, slots=True)
class Side:
    """Hold one end of a link: what it is called, what it says, and where that stands.

    `texts` carry their language tag; `documents` are IRI and name; "" where nothing is known.
    """

    iri: str
    code: str
    label: str
    texts: tuple[tuple[str, str], ...]
    passages: tuple[Passage, ...]
    documents: tuple[tuple[str, str], ...]
    page: str
    row: str
    source: str
    resolution: str
    is_measure: bool


@dataclass(frozen=True, slots=True)
class Sides:
    """Hold both ends of a link."""

    element: Side
    aim: Side


def sides_of(store: Store, link: Link, facts: ProposalFacts, language: Language) -> Sides:
    """Return both ends; a passage stands with the end whose document it is from."""
    of_aim = set(facts.documents_of.get(link.target, ()))
    own = set(facts.documents_of.get(link.source, ()))
    theirs = tuple(p for p in link.evidence if p.document in of_aim - own)
    others = tuple(p for p in link.evidence if p not in theirs)
    return Sides(
        _side(store, link.source, others, facts, language),
        _side(store, link.target, theirs, facts, language),
    )


def names_of(store: Store, things: Iterable[str], language: Language) -> dict[str, str]:
    """Return how things are called, SDGs with their number."""
    return {
        iri: f"SDG {short_name(iri)} {label}" if sdg_of(iri) else label
        for iri, label in labels_of(store, things, language).items()
    }


def _side(
    store: Store,
    iri: str,
    passages: tuple[Passage, ...],
    facts: ProposalFacts,
    language: Language,
) -> Side:
    values: dict[str, list[tuple[str, str]]] = {}
    for row in store.select(own_query("facts", {"thing": iri, "limit": _MOST_FACTS})):
        value = row["value"]
        tag = value.language or "" if isinstance(value, Literal) else ""
        values.setdefault(row["property"].value, []).append((value.value, tag))
    documents = facts.documents_of.get(iri, ())
    names = names_of(store, [iri, *documents], language)
    quotes = {passage.quote for passage in passages}
    return Side(
        iri,
        _one(values, DCTERMS.identifier),
        names[iri],
        tuple(
            text
            for name in _TEXTS
            if (text := _in_language(values.get(name, []), language)) is not None
            and text[0] not in quotes
        ),
        passages,
        tuple((document, names[document]) for document in documents),
        _one(values, KS.page),
        _one(values, KS.sourceRow),
        _web_address(_one(values, DCTERMS.source)),
        _one(values, KS.resolution),
        any(kind == KS.Measure for kind, _ in values.get(RDF.type, [])),
    )


def _one(values: Mapping[str, list[tuple[str, str]]], name: str) -> str:
    return min((text for text, _ in values.get(name, [])), default="")


def _in_language(values: list[tuple[str, str]], language: Language) -> tuple[str, str] | None:
    """Return the text in a language, else the German one, else any."""
    wanted = (language, "de", "en")
    return min(
        values,
        key=lambda value: (wanted.index(value[1]) if value[1] in wanted else 3, value),
        default=None,
    )


def _web_address(text: str) -> str:
    return text if text.startswith(("https://", "http://")) else ""
