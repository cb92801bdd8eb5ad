"""Turn the rows of a stored query into things, one item each, and give a page of them."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from pydantic import BaseModel
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from api.rest.answering import answer, page_links
from api.rest.asking import Asked
from api.state import state_of
from api.stored import answer_stored
from kg.errors import UnknownIri
from kg.labels import labels_of
from kg.language import Language

Row = Mapping[str, str]
Labels = Mapping[str, str]
Item = TypeVar("Item", bound=BaseModel)


class Named(BaseModel):
    """Name a thing: its IRI and its label in the language of the answer."""

    iri: str
    label: str


class Page(BaseModel, Generic[Item]):
    """Hold a part of a list; `total` counts the whole list, in a fixed order."""

    total: int
    limit: int
    offset: int
    generation: str
    language: Language
    items: list[Item]


@dataclass(frozen=True, slots=True)
class Found:
    """Hold the rows of each thing in order, and the generation they were read from."""

    groups: tuple[tuple[Row, ...], ...]
    generation: str
    iris: frozenset[str] = frozenset()


async def found_things(
    request: Request, query: str, key: str, values: Mapping[str, str], language: Language
) -> Found:
    """Return the things that a stored query gives, with all rows of each.

    Raises:
        BadParameter: A value does not fit its parameter.
        QueryTooSlow, AnswerTooLarge, ServerBusy: as for any query.
    """
    bound = {**values, "language": language}
    given = await answer_stored(state_of(request).queries, query, bound)
    groups: dict[str, list[Row]] = {}
    iris: set[str] = set()
    for binding in json.loads(given.body)["results"]["bindings"]:
        row = {name: term["value"] for name, term in binding.items()}
        iris.update(term["value"] for term in binding.values() if term["type"] == "uri")
        groups.setdefault(row[key], []).append(row)
    return Found(tuple(tuple(rows) for rows in groups.values()), given.generation, frozenset(iris))


async def labels_for(request: Request, groups: Iterable[Sequence[Row]], found: Found) -> Labels:
    """Return the labels of all things in these rows, in the reader's language."""
    wanted = {value for rows in groups for row in rows for value in row.values()} & found.iris
    store = state_of(request).snapshots.current.store
    language: Language = request.state.language
    return await run_in_threadpool(labels_of, store, wanted, language)


async def page_of(
    asked: Asked,
    query: str,
    key: str,
    values: Mapping[str, str],
    item: Callable[[Sequence[Row], Labels], Item],
) -> Response:
    """Return a page of the things that a stored query gives."""
    found = await found_things(asked.request, query, key, values, asked.language)
    shown = found.groups[asked.offset : asked.offset + asked.limit]
    asked.request.state.language = asked.language
    labels = await labels_for(asked.request, shown, found)
    items = [item(rows, labels) for rows in shown]
    return send_page(asked, items, total=len(found.groups), generation=found.generation)


def send_page(asked: Asked, items: Sequence[Item], *, total: int, generation: str) -> Response:
    """Return a page of items with links to the pages around it."""
    page: Page[Item] = Page.model_construct(
        total=total,
        limit=asked.limit,
        offset=asked.offset,
        generation=generation,
        language=asked.language,
        items=list(items),
    )
    return answer(
        asked.request,
        page,
        generation=generation,
        language=asked.language,
        headers=page_links(asked, total),
    )


async def one_thing(
    request: Request, query: str, key: str, iri: str, language: Language
) -> tuple[Sequence[Row], Labels, str]:
    """Return the rows and labels of one thing and the generation, or raise `UnknownIri`."""
    found = await found_things(request, query, key, {key: iri}, language)
    if not found.groups:
        raise UnknownIri(iri)
    request.state.language = language
    return found.groups[0], await labels_for(request, found.groups, found), found.generation


def named(iri: str | None, labels: Labels) -> Named | None:
    """Return a thing with its label, None where there is none."""
    return None if not iri else Named(iri=iri, label=labels.get(iri, iri))


def distinct(rows: Sequence[Row], column: str) -> list[str]:
    """Return the values of a column, each once, in order."""
    return list(dict.fromkeys(row[column] for row in rows if row.get(column)))


def all_named(rows: Sequence[Row], column: str, labels: Labels) -> list[Named]:
    """Return the things of a column, each once, in order."""
    return [Named(iri=iri, label=labels.get(iri, iri)) for iri in distinct(rows, column)]


def whole(text: str | None) -> int | None:
    """Return a whole number, None where there is none.

    >>> whole("12"), whole(None)
    (12, None)
    """
    return int(text) if text is not None and text.lstrip("-").isdigit() else None


def number(text: str | None) -> float | None:
    """Return a number, None where there is none."""
    return float(text) if text else None
