"""Describe one thing: a concise bounded description with labels, and what refers to it.

The statements about the thing, those about the blank nodes they lead to (W3C member submission CBD,
https://www.w3.org/submissions/CBD/), the labels of the things it points to, and at most
`INCOMING_LIMIT` references to it with the labels of where they come from.
"""

from __future__ import annotations

from typing import Final

from pyoxigraph import RdfFormat, Triple, parse

from api.own_queries import own_query
from kg.errors import UnknownIri
from kg.serving.formats import AnswerFormat
from kg.serving.queries import Queries

INCOMING_LIMIT: Final = 200


async def description_of(queries: Queries, iri: str) -> list[Triple]:
    """Return the description of a thing, or raise `UnknownIri` when nothing is said of it."""
    said = await _triples(queries, own_query("description", {"thing": iri}))
    limit = str(INCOMING_LIMIT)
    incoming = await _triples(queries, own_query("incoming", {"thing": iri, "limit": limit}))
    if not said and not incoming:
        raise UnknownIri(iri)
    labels = await _triples(queries, own_query("neighbour-labels", {"thing": iri}))
    return [*said, *labels, *incoming]


async def _triples(queries: Queries, query: str) -> list[Triple]:
    answer = await queries.answer(query, AnswerFormat.N_TRIPLES)
    return [
        Triple(quad.subject, quad.predicate, quad.object)
        for quad in parse(answer.body, RdfFormat.N_TRIPLES)
    ]
