"""List the stored queries and run them as tables."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

import queries
from api.pages.cities import cities_in
from api.pages.paths import page_path
from api.pages.rendering import other_language, render, render_page
from api.state import state_of
from api.stored import answer_stored
from api.tables import PeopleTable, people_table, spreadsheet_csv
from kg.language import Language
from kg.stored import stored_query

SHOWN_ROWS: Final = 500


async def list_page(_: Request, language: Language) -> Response:
    """Return the stored queries by the order of their titles, then the competency questions."""
    stored = sorted(
        queries.catalogue().values(), key=lambda query: _title(query, language).casefold()
    )
    asked = queries.competency_catalogue().values()
    groups = [
        ("stored", [_described(query, language) for query in stored]),
        ("competency", [_described(query, language) for query in asked]),
    ]
    return render_page("queries", language, {"groups": groups})


async def query_page(request: Request, language: Language) -> Response:
    """Return one query's form and, when nothing that is needed is missing, its table."""
    query = stored_query(request.path_params["name"])
    entered = _entered(request, query)
    lacking = [item for item in query.parameters if item.required and not entered.get(item.name)]
    table = None if lacking else await _table(request, query.name, entered, language)
    path = _own_path(query.name, language, entered)
    store = state_of(request).snapshots.current.store
    values = {
        "query": _described(query, language),
        "entered": entered,
        "table": table,
        "shown_rows": SHOWN_ROWS,
        "own_path": path.partition("?")[0],
        "csv_path": path.replace(f"/{query.name}", f"/{query.name}.csv", 1),
        "sparql": query.text,
        "cities": await run_in_threadpool(cities_in, store, language),
    }
    switch_path = _own_path(query.name, other_language(language), entered)
    return render("query.html", language, switch_path=switch_path, values=values, page="queries")


async def query_csv(request: Request, language: Language) -> Response:
    """Return the table as a file for spreadsheet programs."""
    query = stored_query(request.path_params["name"])
    table = await _table(request, query.name, _entered(request, query), language)
    headers = {"Content-Disposition": f'attachment; filename="{query.name}.csv"'}
    content = spreadsheet_csv(table, language)
    return Response(content, media_type="text/csv; charset=utf-8", headers=headers)


async def _table(
    request: Request, name: str, entered: Mapping[str, str], language: Language
) -> PeopleTable:
    values = {**entered, "language": language}
    answer = await answer_stored(state_of(request).queries, name, values)
    return people_table(answer.body, language)


def _entered(request: Request, query: queries.StoredQuery) -> dict[str, str]:
    names = {parameter.name for parameter in query.parameters}
    return {
        name: value.strip()
        for name, value in request.query_params.items()
        if name in names and value.strip()
    }


def _own_path(name: str, language: Language, entered: Mapping[str, str]) -> str:
    path, mark, rest = page_path("queries", language, **entered).partition("?")
    return f"{path}/{name}{mark}{rest}"


def _title(query: queries.StoredQuery, language: Language) -> str:
    return query.title_de if language == "de" else query.title_en


def _described(query: queries.StoredQuery, language: Language) -> dict[str, object]:
    german = language == "de"
    return {
        "name": query.name,
        "title": _title(query, language),
        "question": query.question_de if german else query.question_en,
        "parameters": [
            {
                "name": parameter.name,
                "type": parameter.type,
                "required": parameter.required,
                "meaning": parameter.meaning_de if german else parameter.meaning_en,
            }
            for parameter in query.parameters
        ],
    }
