"""Check one measure: JSON, YAML or plain text in, verdicts with evidence out."""

from __future__ import annotations

import json
from typing import Any, Final

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from api.checking import run_check
from api.refusals import UnsupportedMediaType
from api.rest.answering import answer, told
from api.rest.asking import AskedLanguage, City, JsonOnly
from api.rest.problems import failing
from kg.errors import BadMeasure
from kg.fit.measure import MeasureInput, measure_of, read_measure
from kg.fit.schema import report_schema
from kg.identifiers import parse_ags
from kg.language import Text

router = APIRouter(tags=["check"])

BODIES: Final = ("application/json", "application/yaml", "text/plain")
MEASURE_BODY: Final[dict[str, Any]] = {  # FastAPI's type for additions to OpenAPI has `Any`
    "requestBody": {
        "required": True,
        "content": {
            "application/json": {"schema": MeasureInput.model_json_schema()},
            "application/yaml": {"schema": {"type": "string", "minLength": 1}},
            "text/plain": {"schema": {"type": "string", "minLength": 1}},
        },
    }
}
_REPORT: Final[dict[int | str, dict[str, Any]]] = {
    200: {
        "description": "The verdicts with their evidence",
        "content": {"application/json": {"schema": {"$ref": "#/components/schemas/FitReport"}}},
    }
}
_SCHEMA: Final[dict[int | str, dict[str, Any]]] = {
    200: {
        "description": "The schema",
        "content": {"application/schema+json": {"schema": {"type": "object"}}},
    }
}


@router.post(
    "/check",
    operation_id="checkMeasure",
    openapi_extra=MEASURE_BODY,
    responses=_REPORT | failing(400, 413, 415),
)
async def check(
    request: Request, language: AskedLanguage, _: JsonOnly, city: City = ""
) -> Response:
    """Return the verdicts with their evidence; in a plain text the first line is the title."""
    measure = await given_measure(request)
    ags = parse_ags(city) if city else ""
    report = await run_check(request, measure, ags, language)
    return answer(request, report.as_json(), generation=report.generation, language=language)


@router.get("/check/schema", operation_id="getCheckSchema", responses=_SCHEMA | failing())
async def check_schema(request: Request, language: AskedLanguage) -> Response:
    """Return the schema (JSON Schema 2020-12) that every answer of the check follows."""
    made = Response(report_schema(), media_type="application/schema+json")
    return told(request, made, generation="", language=language)


async def given_measure(request: Request) -> MeasureInput:
    """Return the measure in a request's body.

    Raises:
        BadMeasure: The body cannot be used.
        UnsupportedMediaType: It is neither JSON, YAML nor plain text.
    """
    body = await request.body()
    text = body.decode("utf-8", "replace")
    match kind_of(request):
        case "application/json":
            return measure_of(json_object(text))
        case "application/yaml":
            return read_measure(text, name="body.yaml")
        case "text/plain":
            return read_measure(text)
        case _:
            raise UnsupportedMediaType(BODIES)


def kind_of(request: Request) -> str:
    """Return the media type of a request's body without its parameters."""
    return request.headers.get("content-type", "").partition(";")[0].strip().lower()


def json_object(text: str) -> dict[str, object]:
    """Return the JSON object of a body, or raise `BadMeasure`."""
    try:
        given = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise BadMeasure(
            Text("Der Text ist kein gültiges JSON.", "The text is not valid JSON.")
        ) from error
    if not isinstance(given, dict):
        raise BadMeasure(Text("Erwartet wird ein JSON-Objekt.", "A JSON object is expected."))
    return given
