"""Offer an editor for SPARQL, and show its answers as tables."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from typing import Final

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from api.pages.paths import page_path
from api.pages.rendering import render_page
from api.pages.sparql.answers import SHOWN_ROWS, Answer, Sorting, answer_to, labelled
from api.pages.sparql.examples import example_text, examples_in
from api.state import state_of
from api.tables import spreadsheet_csv
from api.wording import texts_in
from kg.errors import KreislaufstadtError
from kg.language import Language
from kg.serving.failures import MalformedQuery
from kg.stored import stored_query
from ontology.namespaces import PREFIXES

# Servers and mail programs cut longer addresses.
LONGEST_LINK: Final = 6000
_EXAMPLE: Final = """PREFIX ks: <https://w3id.org/kreislaufstadt/ontology#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>

SELECT ?measure ?measure_label
WHERE {
  ?measure a ks:Measure ; rdfs:label ?measure_label .
  FILTER(LANG(?measure_label) = "de")
}
ORDER BY ?measure_label
LIMIT 50
"""


async def ask_page(request: Request, language: Language) -> Response:
    """Return the editor with the answer to the query in the form or in the address.

    `?query=` is a shared query, `?example=NAME` fills the field with a stored query or a competency
    question, `?sort=` sorts the answer. A form with `export=csv` gets the table as a file.
    """
    asked = dict(request.query_params)
    if request.method == "POST":
        form = await request.form()
        asked = {name: value for name, value in form.items() if isinstance(value, str)}
    # Forms send line breaks as CR LF; lines and columns are counted by LF.
    query = asked.get("query", "").replace("\r\n", "\n")
    example = asked.get("example", "")
    if example and not query:
        text = example_text(stored_query(example), language)
        return _rendered(request, language, {"query": text}, kept={"example": example})
    if not query.strip():
        return empty_page(request, language)
    return await _answered(request, language, query=query, asked=asked)


def empty_page(request: Request, language: Language) -> Response:
    """Return the editor with a query to start from."""
    return _rendered(request, language, {}, kept={})


async def _answered(
    request: Request, language: Language, *, query: str, asked: Mapping[str, str]
) -> Response:
    values: dict[str, object] = {"query": query}
    try:
        answer = await _answer(request, query, language, sort=asked.get("sort", ""))
    except KreislaufstadtError as error:
        values["complaint"] = error.text.in_language(language)
        if isinstance(error, MalformedQuery) and error.line is not None:
            values["place"] = (error.line, error.column)
    else:
        if asked.get("export") == "csv" and answer.truth is None:
            return _file(answer, language)
        values["answer"] = answer
    link = page_path("sparql", language, query=query)
    is_short = len(link) <= LONGEST_LINK
    values["share_path"] = link if is_short else ""
    return _rendered(request, language, values, kept={"query": query} if is_short else {})


async def _answer(request: Request, query: str, language: Language, *, sort: str) -> Answer:
    state = state_of(request)
    answer = await answer_to(state.queries, query, language, sorting=Sorting.of(sort))
    return await run_in_threadpool(labelled, answer, state.snapshots.current.store, language)


def _file(answer: Answer, language: Language) -> Response:
    name = texts_in(language)["sparql"]["file"]
    headers = {"Content-Disposition": f'attachment; filename="{name}.csv"'}
    content = spreadsheet_csv(answer.table, language)
    return Response(content, media_type="text/csv; charset=utf-8", headers=headers)


def _rendered(
    request: Request, language: Language, given: Mapping[str, object], *, kept: Mapping[str, str]
) -> Response:
    values = {
        "query": _EXAMPLE.replace('"de"', f'"{language}"'),
        "prefixes": sorted(PREFIXES.items()),
        "endpoint": str(request.url.replace(path="/sparql", query="", fragment="")),
        "terms_path": f"{page_path('sparql', language)}/terms.json",
        "answer": None,
        "complaint": "",
        "place": None,
        "share_path": "",
        "longest_link": LONGEST_LINK,
        "shown_rows": SHOWN_ROWS,
        "examples": examples_in(language),
        **given,
    }
    nonce = secrets.token_urlsafe(16)
    return render_page("sparql", language, values, query=kept, island="sparql", style_nonce=nonce)
