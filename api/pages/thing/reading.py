"""Ask the query processes what they know about a thing."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from api.own_queries import own_query
from api.pages.thing.relations import relations
from api.pages.thing.values import Row
from kg.errors import UnknownIri
from kg.language import Language
from kg.serving.formats import AnswerFormat
from kg.serving.queries import Queries
from ontology.namespaces import KS, SSSOM

# Of a relation with more values than the first number the page shows as many as the second.
WHOLE: Final = 60
# A row of a crosswalk is stated in both vocabularies.
_SAME: Final = {SSSOM.subject_id: KS.linkSource, SSSOM.object_id: KS.linkTarget}
FIRST: Final = 12


@dataclass(frozen=True, slots=True)
class Found:
    """Hold all facts of a thing and the first ones that refer to it.

    Both have rows by property; the totals count what there is, also beyond these rows.
    """

    facts: Mapping[str, list[Row]]
    references: Mapping[str, list[Row]]
    totals: Mapping[str, int]
    reference_totals: Mapping[str, int]

    def iris(self) -> set[str]:
        """Return everything that needs a label."""
        return {*self.facts, *self.references} | {
            term["value"]
            for rows in (*self.facts.values(), *self.references.values())
            for row in rows
            for term in row.values()
            if term["type"] == "uri"
        }

    def values(self, property_iri: str) -> list[str]:
        """Return the plain values of a property."""
        return [row["value"]["value"] for row in self.facts.get(property_iri, ())]


async def solutions(
    queries: Queries, name: str, values: Mapping[str, str], language: Language
) -> list[Row]:
    """Return the rows of a query behind this page."""
    query = own_query(name, values, language=language)
    answer = await queries.answer(query, AnswerFormat.JSON)
    rows: list[Row] = json.loads(answer.body)["results"]["bindings"]
    # A count over nothing is one row without a value.
    return [row for row in rows if row]


async def read_thing(queries: Queries, iri: str, language: Language) -> Found:
    """Return what the graph says about a thing, or raise `UnknownIri`.

    Of two inverse relations that say the same, the one that says more is kept.
    """
    counted = await solutions(queries, "thing-properties", {"thing": iri}, language)
    totals, reference_totals = _totals(counted, "out"), _totals(counted, "in")
    if not totals and not reference_totals:
        raise UnknownIri(iri)
    totals, reference_totals = _said_once(totals, reference_totals)
    asked = {"thing": iri, "most": str(WHOLE)}
    facts: dict[str, list[Row]] = {}
    for row in await solutions(queries, "thing-facts", asked, language):
        if row["property"]["value"] in totals:
            facts.setdefault(row["property"]["value"], []).append(row)
    for name in totals.keys() - facts.keys():
        facts[name] = await related(queries, "thing-values", (iri, name), language)
    references = {
        name: await related(queries, "thing-references", (iri, name), language)
        for name in reference_totals
    }
    return Found(facts, references, totals, reference_totals)


async def related(
    queries: Queries,
    name: str,
    thing_and_property: tuple[str, str],
    language: Language,
    *,
    limit: int = FIRST,
    offset: int = 0,
) -> list[Row]:
    """Return some of the values of one relation, by their labels."""
    thing, property_iri = thing_and_property
    asked = {
        "thing": thing,
        "property": property_iri,
        "limit": str(limit),
        "offset": str(offset),
    }
    return await solutions(queries, name, asked, language)


def _said_once(
    totals: Mapping[str, int], reference_totals: Mapping[str, int]
) -> tuple[dict[str, int], dict[str, int]]:
    """Return both counts without inverse relations that say no more, and without implied ones."""
    known = relations()
    implied = {
        wider
        for name, total in reference_totals.items()
        for wider in known.wider.get(name, ())
        if reference_totals.get(wider, 0) <= total
    }
    outgoing, incoming = dict(totals), dict(reference_totals)
    for name, same in _SAME.items():
        if reference_totals.get(name, -1) <= reference_totals.get(same, 0):
            incoming.pop(name, None)
    for name, total in list(incoming.items()):
        inverse = known.inverses.get(name, "")
        if name in implied or totals.get(inverse, 0) >= total:
            del incoming[name]
        else:
            outgoing.pop(inverse, None)
    return outgoing, incoming


def _totals(rows: Iterable[Row], direction: str) -> dict[str, int]:
    return {
        row["property"]["value"]: int(row["found"]["value"])
        for row in rows
        if row["direction"]["value"] == direction
    }
