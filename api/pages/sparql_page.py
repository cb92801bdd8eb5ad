"""Offer a plain form for SPARQL, and show its answers as tables."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from pyoxigraph import Literal, NamedNode, RdfFormat, Triple, parse
from starlette.requests import Request
from starlette.responses import Response

import queries
from api.pages.rendering import render_page
from api.state import state_of
from api.tables import Cell, PeopleTable, people_table
from kg.errors import KreislaufstadtError
from kg.language import Language
from kg.serving.formats import AnswerFormat
from kg.serving.guard import inspect_query
from kg.stored import bound, stored_query
from ontology.namespaces import PREFIXES

SHOWN_ROWS: Final = 500
_EXAMPLE: Final = """PREFIX ks: <https://w3id.org/kreislaufstadt/ontology#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>

SELECT ?measure ?measure_label
WHERE {
  ?measure a ks:Measure ; rdfs:label ?measure_label .
}
ORDER BY ?measure_label
LIMIT 50
"""


async def ask_page(request: Request, language: Language) -> Response:
    """Return the form; after a POST also the answer, or what is wrong with the query.

    `?example=NAME` fills the form with a stored query or a competency question.
    """
    if request.method == "POST":
        query = str((await request.form()).get("query", ""))
        return await sparql_page(request, language, query=query)
    example = request.query_params.get("example", "")
    if not example:
        return await sparql_page(request, language)
    values = _form(request, language) | {
        "query": bound(stored_query(example), {"language": language}),
    }
    return render_page("sparql", language, values, query={"example": example})


async def sparql_page(request: Request, language: Language, *, query: str = "") -> Response:
    """Return the form, with the answer to a query when there is one."""
    table: PeopleTable | None = None
    complaint = ""
    if query.strip():
        try:
            table = await _table(request, query, language)
        except KreislaufstadtError as error:
            complaint = error.text.in_language(language)
    values = _form(request, language) | {"table": table, "complaint": complaint}
    if query:
        values["query"] = query
    return render_page("sparql", language, values)


def _form(request: Request, language: Language) -> dict[str, object]:
    return {
        "query": _EXAMPLE,
        "prefixes": sorted(PREFIXES.items()),
        "endpoint": str(request.url.replace(path="/sparql", query="", fragment="")),
        "table": None,
        "complaint": "",
        "shown_rows": SHOWN_ROWS,
        "examples": [
            ("stored", _examples(queries.catalogue(), language)),
            ("competency", _examples(queries.competency_catalogue(), language)),
        ],
    }


def _examples(
    listed: Mapping[str, queries.StoredQuery], language: Language
) -> list[tuple[str, str]]:
    """Return the name and the question of each query that runs without a value."""
    return [
        (query.name, query.question_de if language == "de" else query.question_en)
        for query in listed.values()
        if not any(parameter.required for parameter in query.parameters)
    ]


async def _table(request: Request, query: str, language: Language) -> PeopleTable:
    service = state_of(request).queries
    if inspect_query(query, service.limits).gives_graph:
        answer = await service.answer(query, AnswerFormat.N_TRIPLES)
        return _triples(answer.body)
    return people_table((await service.answer(query, AnswerFormat.JSON)).body, language)


def _triples(content: bytes) -> PeopleTable:
    return PeopleTable(
        ("S", "P", "O"),
        tuple(
            tuple(_cell(term) for term in (quad.subject, quad.predicate, quad.object))
            for quad in parse(content, RdfFormat.N_TRIPLES)
        ),
    )


def _cell(term: object) -> Cell:
    match term:
        case NamedNode():
            return Cell(term.value, term.value)
        case Literal():
            return Cell(term.value)
        case Triple():
            return Cell(str(term))
        case _:
            return Cell("…")
