"""Check a list of measures in one request: a spreadsheet in, a spreadsheet or JSON out."""

from __future__ import annotations

from typing import Annotated, Any, Final, Literal

from fastapi import APIRouter, Query
from pydantic import BaseModel, ConfigDict
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import UploadFile
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from api.checking import run_fit
from api.list_checking import batch_answer, listed_measures, measures_in
from api.negotiation import best_offer
from api.refusals import NotAcceptable, UnsupportedMediaType
from api.rest.answering import told
from api.rest.asking import AskedLanguage, City
from api.rest.batch_tables import Part, as_csv, as_json, as_xlsx
from api.rest.check import kind_of
from api.rest.problems import failing
from api.state import state_of
from kg.errors import BadParameter
from kg.findings import Findings
from kg.identifiers import Ags, parse_ags
from kg.language import Text
from loaders.files import SourceFile, given_bytes

router = APIRouter(tags=["check"])

Form = Literal["json", "xlsx", "csv"]
XLSX: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
CSV: Final = "text/csv"
JSON: Final = "application/json"
_NAMES: Final[dict[str, str]] = {XLSX: "upload.xlsx", CSV: "upload.csv", JSON: "upload.json"}
_OFFERS: Final[dict[Form, tuple[str, ...]]] = {"json": (JSON,), "xlsx": (XLSX,), "csv": (CSV,)}
_TYPES: Final[dict[str, str]] = {"json": JSON, "xlsx": XLSX, "csv": CSV}


class BatchFinding(BaseModel):
    """Tell what of the list was odd or left out: where, which value, why, what to do."""

    severity: str
    code: str
    file: str
    sheet: str | None
    row: int | None
    column: str | None
    page: int | None
    value: str
    reason: str
    fix: str


class BatchRow(BaseModel):
    """Hold one measure of the list; `report` is null where a finding says why."""

    sheet: str | None
    row: int | None
    number: str | None
    title: str
    report: dict[str, Any] | None  # a FitReport


class Batch(BaseModel):
    """Hold the answer to a list of measures, in its order."""

    model_config = ConfigDict(title="Batch")

    file: str
    read: int
    checked: int
    generation: str
    language: str
    rows: list[BatchRow]
    findings: list[BatchFinding]


_BODY: Final[dict[str, Any]] = {
    "requestBody": {
        "required": True,
        "content": {
            "multipart/form-data": {
                "schema": {
                    "type": "object",
                    "required": ["file"],
                    "properties": {
                        "file": {
                            "type": "string",
                            "contentMediaType": "application/octet-stream",
                        }
                    },
                }
            },
            XLSX: {"schema": {"type": "string", "contentMediaType": XLSX}},
            CSV: {"schema": {"type": "string"}},
            JSON: {"schema": {"type": "array", "items": {"type": "object"}}},
        },
    }
}
_ANSWERS: Final[dict[int | str, dict[str, Any]]] = {
    200: {
        "description": "One entry a measure, each verdict with its evidence, and all findings",
        "content": {
            XLSX: {"schema": {"type": "string", "contentMediaType": XLSX}},
            CSV: {"schema": {"type": "string"}},
        },
    }
}


@router.post(
    "/check/batch",
    operation_id="checkMeasures",
    response_model=Batch,
    openapi_extra=_BODY,
    responses=_ANSWERS | failing(400, 413, 415),
)
async def check_batch(
    request: Request,
    language: AskedLanguage,
    city: City = "",
    form: Annotated[Form | None, Query(alias="format")] = None,
    part: Annotated[Part, Query()] = "measures",
) -> Response:
    """Return the check of every measure of a list."""
    chosen = form or best_offer(request.headers.get("accept"), _OFFERS)
    if chosen is None:
        raise NotAcceptable(tuple(_TYPES.values()))
    ags = parse_ags(city) if city else Ags("")
    file = await _given_file(request)
    findings = Findings()
    generation = state_of(request).snapshots.current.generation.name

    listed = await listed_measures(request, file, ags, findings)
    measures = measures_in(listed)
    reports = await run_fit(request, lambda fit: list(fit.check_all(measures, ags, language)))
    given = batch_answer(
        file.name, listed, reports, findings, generation=generation, language=language
    )
    match chosen:
        case "xlsx":
            content = await run_in_threadpool(as_xlsx, given)
            made = Response(content, headers=_attachment(XLSX, "xlsx"))
        case "csv":
            made = Response(
                as_csv(given, part), headers=_attachment(f"{CSV}; charset=utf-8", "csv")
            )
        case _:
            made = JSONResponse(as_json(given))
    return told(request, made, generation=generation, language=language)


def _attachment(kind: str, suffix: str) -> dict[str, str]:
    return {
        "Content-Type": kind,
        "Content-Disposition": f'attachment; filename="kreislaufstadt-check.{suffix}"',
    }


async def _given_file(request: Request) -> SourceFile:
    limit = state_of(request).settings.body_bytes
    kind = kind_of(request)
    if kind == "multipart/form-data":
        async with request.form(max_files=1, max_fields=10) as fields:
            given = fields.get("file")
            if not isinstance(given, UploadFile):
                raise BadParameter("file", "", Text("eine hochgeladene Datei", "an uploaded file"))
            content = await given.read()
            return given_bytes(given.filename or "upload", content, limit)
    if kind not in _NAMES:
        raise UnsupportedMediaType(("multipart/form-data", *_NAMES))
    return given_bytes(_NAMES[kind], await request.body(), limit)
