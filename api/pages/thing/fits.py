"""Give the links of a thing to aims with their evidence, and what else answers a clerk's question.

When a goal was adopted, and which indicators measure it, does not stand at the goal itself.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from starlette.requests import Request

from api.own_queries import own_query
from api.pages.thing.reading import Found, solutions
from api.rest.links import Link, links_of
from api.state import state_of
from api.stored import answer_stored
from api.tables import PeopleTable, people_table
from kg.labels import short_name
from kg.language import Language
from kg.serving.formats import AnswerFormat
from ontology.namespaces import KS, RDF, SDGO

_ELEMENTS: Final = frozenset({KS.Element})
_OF_A_LINK: Final = frozenset(
    {
        KS.interfaceSource,
        KS.interfaceTarget,
        KS.interfaceKind,
        KS.strength,
        KS.confidence,
        KS.rationale,
        KS.reviewStatus,
        KS.hasEvidence,
    }
)
_MEASURED: Final = frozenset({KS.Element, SDGO.Goal, SDGO.Target, KS.Aim})


@dataclass(frozen=True, slots=True)
class Fits:
    """Hold the links that start at a thing, those that lead to it, and the one it is itself."""

    outgoing: tuple[Link, ...] = ()
    incoming: tuple[Link, ...] = ()
    itself: Link | None = None


@dataclass(frozen=True, slots=True)
class Adoption:
    """Name a concept or plan that a thing stands in, its day and its council paper, if known."""

    document: str
    day: datetime.date | None
    resolution: str


async def fits_of(request: Request, iri: str, found: Found, language: Language) -> Fits:
    """Return the links; rejected and superseded ones are only given for themselves."""
    if KS.Interface in found.values(RDF.type):
        status = short_name(next(iter(found.values(KS.reviewStatus)), ""))
        own, _ = await links_of(request, {"interface": iri, "review": status}, language)
        return Fits(itself=own[0] if own else None)
    outgoing: list[Link] = []
    incoming: list[Link] = []
    if KS.sourceOf in found.totals or KS.interfaceSource in found.reference_totals:
        outgoing, _ = await links_of(request, {"element": iri}, language)
    if KS.targetOf in found.totals or KS.interfaceTarget in found.reference_totals:
        incoming, _ = await links_of(request, {"aim": iri}, language)
    return Fits(_surest_first(outgoing), _surest_first(incoming))


def _surest_first(links: list[Link]) -> tuple[Link, ...]:
    def place(link: Link) -> tuple[bool, float, str]:
        is_fact = link.review in ("declared", "confirmed")
        return not is_fact, -(link.confidence or 0), link.iri

    return tuple(sorted(links, key=place))


def said_by(fits: Fits, found: Found) -> frozenset[str]:
    """Return the relations that need not be listed since the links are shown whole."""
    hidden: set[str] = set(_OF_A_LINK) if fits.itself else set()
    for links, forward, backward in (
        (fits.outgoing, KS.sourceOf, KS.interfaceSource),
        (fits.incoming, KS.targetOf, KS.interfaceTarget),
    ):
        total = max(found.totals.get(forward, 0), found.reference_totals.get(backward, 0))
        if links and len(links) >= total:
            hidden |= {forward, backward}
    return frozenset(hidden)


async def adoptions_of(
    request: Request, iri: str, found: Found, language: Language
) -> list[Adoption] | None:
    """Return the documents a goal or measure stands in, None for anything else."""
    if not _ELEMENTS.intersection(found.values(RDF.type)):
        return None
    rows = await solutions(state_of(request).queries, "thing-adoption", {"thing": iri}, language)
    return [
        Adoption(
            row["document"]["value"],
            _day(row.get("day", {}).get("value", "")),
            row.get("resolution", {}).get("value", ""),
        )
        for row in rows
        if "document" in row
    ]


async def figures_of(
    request: Request, iri: str, found: Found, language: Language
) -> PeopleTable | None:
    """Return the values of an indicator, or the indicators of an aim or measure with the latest.

    None stands for a thing that nobody measures; an empty table for one without a value.
    """
    queries = state_of(request).queries
    classes = set(found.values(RDF.type))
    if KS.Indicator in classes:
        asked: Mapping[str, str] = {"indicator": iri, "language": language}
        answer = await answer_stored(queries, "indicator-values", asked)
        return _used_columns(people_table(answer.body, language), iri)
    if not classes & _MEASURED:
        return None
    query = own_query("thing-indicators", {"thing": iri}, language=language)
    answer = await queries.answer(query, AnswerFormat.JSON)
    return _used_columns(people_table(answer.body, language), iri)


def _used_columns(table: PeopleTable, iri: str) -> PeopleTable:
    """Return a table without empty columns and without that of the thing itself."""
    used = [
        number
        for number in range(len(table.headings))
        if any(row[number].text and row[number].iri != iri for row in table.rows)
    ]
    rows = tuple(tuple(row[number] for number in used) for row in table.rows)
    return PeopleTable(tuple(table.headings[number] for number in used), rows)


def _day(text: str) -> datetime.date | None:
    try:
        return datetime.date.fromisoformat(text[:10])
    except ValueError:
        return None
