"""Answer programs at `/api/v1`: the fit check and the stored queries."""

from __future__ import annotations

import json
from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import JSONResponse, Response

import queries
from api.checking import run_check
from api.explanations import run_explanation
from api.readers import reader_language
from api.refusals import UnsupportedMediaType
from api.sparql_request import choose_format
from api.state import state_of
from api.stored import answer_stored
from kg.errors import BadMeasure
from kg.explaining import statement_of
from kg.fit.measure import MeasureInput, measure_of, read_measure
from kg.fit.schema import report_schema
from kg.identifiers import parse_ags
from kg.language import Text
from kg.serving.guard import QueryForm

router = APIRouter(prefix="/api/v1")

_RESERVED = frozenset({"format", "lang"})
_BODIES = ("application/json", "application/yaml", "text/plain")
_CHECK_BODY = {
    "requestBody": {
        "required": True,
        "content": {
            "application/json": {"schema": MeasureInput.model_json_schema()},
            "application/yaml": {"schema": {"type": "string"}},
            "text/plain": {"schema": {"type": "string"}},
        },
    }
}


@router.post(
    "/check",
    summary="Check how a measure fits adopted concepts and the SDG targets",
    openapi_extra=_CHECK_BODY,
)
async def check(request: Request, city: str = "", lang: str = "") -> JSONResponse:
    """Return the verdicts with their evidence; in a plain text the first line is the title."""
    del lang  # read by `reader_language`
    measure = _measure(request.headers.get("content-type", ""), await request.body())
    ags = parse_ags(city) if city else ""
    report = await run_check(request, measure, ags, reader_language(request))
    # Given as a response, so that nothing walks through the plain values a second time.
    return JSONResponse(report.as_json())


@router.get("/check/schema", summary="Give the JSON Schema of the check's answer")
async def check_schema() -> Response:
    """Return the schema (JSON Schema 2020-12) that every answer of the check follows."""
    return Response(report_schema(), media_type="application/schema+json")


def _measure(content_type: str, body: bytes) -> MeasureInput:
    text = body.decode("utf-8", "replace")
    match content_type.partition(";")[0].strip().lower():
        case "application/json":
            return measure_of(_json_object(text))
        case "application/yaml":
            return read_measure(text, name="body.yaml")
        case "text/plain":
            return read_measure(text)
        case _:
            raise UnsupportedMediaType(_BODIES)


def _json_object(text: str) -> dict[str, object]:
    try:
        given = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise BadMeasure(
            Text("Der Text ist kein gültiges JSON.", "The text is not valid JSON.")
        ) from error
    if not isinstance(given, dict):
        raise BadMeasure(Text("Erwartet wird ein JSON-Objekt.", "A JSON object is expected."))
    return given


@router.get("/explain", summary="Explain a statement down to what sources state")
async def explain(
    request: Request,
    subject: Annotated[str, Query(examples=["sdg:12.5"])],
    predicate: Annotated[str, Query(examples=["a"])],
    value: Annotated[str, Query(alias="object", examples=["ks:Aim"])],
    lang: str = "",
) -> JSONResponse:
    """Return the rule and the premises of a statement; IRIs whole or with our prefixes."""
    del lang  # read by `reader_language`
    statement = statement_of(subject, predicate, value)
    found = await run_explanation(request, statement, reader_language(request))
    return JSONResponse(found.as_json())


@router.get("/queries", summary="List the stored queries")
async def list_queries() -> list[dict[str, object]]:
    """Return names, titles, questions, parameters and tags, competency questions at the end."""
    listed = (*queries.catalogue().values(), *queries.competency_catalogue().values())
    return [_described(query) for query in listed]


def _described(query: queries.StoredQuery) -> dict[str, object]:
    return {
        "name": query.name,
        "title": {"de": query.title_de, "en": query.title_en},
        "question": {"de": query.question_de, "en": query.question_en},
        "parameters": [
            {
                "name": parameter.name,
                "type": parameter.type,
                "required": parameter.required,
                "meaning": {"de": parameter.meaning_de, "en": parameter.meaning_en},
            }
            for parameter in query.parameters
        ],
        "tags": list(query.tags),
    }


@router.get("/query/{name}", summary="Run a stored query", response_class=Response)
async def run_query(request: Request, name: str) -> Response:
    """Answer with SPARQL results; each parameter of the query is a parameter of the address."""
    chosen = choose_format(
        request.headers.get("accept"), request.query_params.get("format"), QueryForm.SELECT
    )
    values = {key: value for key, value in request.query_params.items() if key not in _RESERVED}
    values.setdefault("language", reader_language(request))
    answer = await answer_stored(state_of(request).queries, name, values, chosen)
    headers = {
        "Content-Type": answer.content_type,
        "Kreislaufstadt-Generation": answer.generation,
        "Vary": "Accept, Accept-Language",
    }
    return Response(answer.body, headers=headers)
