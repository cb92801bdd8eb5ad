"""List the stored queries and competency questions, and run one of them."""

from __future__ import annotations

from typing import Any, Final

from fastapi import APIRouter
from pydantic import BaseModel
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

import queries
from api.readers import reader_language
from api.rest.answering import told
from api.rest.asking import AskedLanguage, JsonOnly
from api.rest.problems import LISTED, failing
from api.sparql_request import SOLUTION_TYPES, choose_format
from api.state import state_of
from api.stored import answer_stored
from kg.serving.guard import QueryForm
from queries.catalogue import ParameterType

router = APIRouter(tags=["queries"])

_RESERVED: Final = frozenset({"format", "lang"})


class BothLanguages(BaseModel):
    """Hold a text in both languages."""

    de: str
    en: str


class QueryParameter(BaseModel):
    """Describe one parameter of a stored query."""

    name: str
    type: ParameterType
    required: bool
    meaning: BothLanguages


class StoredQueryInfo(BaseModel):
    """Describe a stored query."""

    name: str
    title: BothLanguages
    question: BothLanguages
    parameters: list[QueryParameter]
    tags: list[str]


_SOLUTIONS: Final[dict[int | str, dict[str, Any]]] = {
    200: {
        "description": "The answer as SPARQL results",
        "content": {
            kind.media_type: {
                "schema": {"type": "object" if kind.short_name == "json" else "string"}
            }
            for kind in SOLUTION_TYPES
        },
    }
}


@router.get(
    "/queries",
    operation_id="listQueries",
    response_model=list[StoredQueryInfo],
    responses=failing(),
)
async def list_queries(request: Request, language: AskedLanguage, _: JsonOnly) -> Response:
    """Return names, titles, questions, parameters and tags, competency questions at the end."""
    listed = (*queries.catalogue().values(), *queries.competency_catalogue().values())
    made = JSONResponse([_described(query).model_dump() for query in listed])
    generation = state_of(request).snapshots.current.generation.name
    return told(request, made, generation=generation, language=language)


def _described(query: queries.StoredQuery) -> StoredQueryInfo:
    return StoredQueryInfo(
        name=query.name,
        title=BothLanguages(de=query.title_de, en=query.title_en),
        question=BothLanguages(de=query.question_de, en=query.question_en),
        parameters=[
            QueryParameter(
                name=parameter.name,
                type=parameter.type,
                required=parameter.required,
                meaning=BothLanguages(de=parameter.meaning_de, en=parameter.meaning_en),
            )
            for parameter in query.parameters
        ],
        tags=list(query.tags),
    )


@router.get(
    "/query/{name}",
    operation_id="runQuery",
    response_class=Response,
    responses=_SOLUTIONS | failing(*LISTED, 404),
)
async def run_query(request: Request, name: str, format: str = "", lang: str = "") -> Response:
    """Answer with SPARQL results; each parameter of the query is a parameter of the address."""
    del lang  # read by `reader_language`
    chosen = choose_format(request.headers.get("accept"), format or None, QueryForm.SELECT)
    language = reader_language(request)
    values = {key: value for key, value in request.query_params.items() if key not in _RESERVED}
    values.setdefault("language", language)
    found = await answer_stored(state_of(request).queries, name, values, chosen)
    made = Response(found.body, headers={"Content-Type": found.content_type})
    return told(request, made, generation=found.generation, language=language)
