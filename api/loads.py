"""Take files to load at `/api/v1/loads` and tell at `/api/v1/jobs` how far they are."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any, Final

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData, UploadFile

from api.authorization import demand, writer_of
from api.jobs.store import KINDS, Job
from api.openapi_examples import problems, shown
from api.readers import reader_language
from api.refusals import UnsupportedMediaType
from api.state import state_of
from kg.access import Grant, Role
from kg.errors import BadParameter, NotAllowed
from kg.identifiers import parse_ags
from kg.language import Language, Text

router = APIRouter(prefix="/api/v1", tags=["loads"])
PATH: Final = "/api/v1/loads"
# What a form adds to the file: borders and a few short fields.
FORM_BYTES: Final = 65_536
_MOST_FIELDS: Final = 8
_FORM: Final = "multipart/form-data"
_BODY: Final[dict[str, Any]] = {
    "requestBody": {
        "required": True,
        "content": {
            _FORM: {
                "schema": {
                    "type": "object",
                    "required": ["file", "kind", "city"],
                    "properties": {
                        "file": {
                            "type": "string",
                            "format": "binary",
                            "example": "massnahmen.xlsx",
                        },
                        "kind": {
                            "type": "string",
                            "enum": list(KINDS),
                            "example": "measures",
                        },
                        "city": {"type": "string", "pattern": r"^\d{8}$", "example": "05515000"},
                        "name": {
                            "type": "string",
                            "description": "Name of the source in place of the file's.",
                        },
                        "columns": {
                            "type": "string",
                            "description": "JSON object: heading of the file to field.",
                        },
                    },
                }
            }
        },
    }
}
_JOB: Final[dict[str, Any]] = {
    "id": "0f3c9a1e5b7d2468",
    "state": "running",
    "kind": "measures",
    "city": "05515000",
    "file": "massnahmen.xlsx",
    "created": "2026-11-23T12:00:00+00:00",
    "ended": None,
    "step": "Regeln prüfen: massnahmen.xlsx",
    "progress": None,
    "error": None,
    "findings": [],
    "result": None,
}


@router.post(
    "/loads",
    status_code=202,
    operation_id="loadFile",
    summary="Load a file of a municipality",
    openapi_extra=_BODY,
    responses=shown({**_JOB, "state": "queued", "step": None}, 202)
    | problems(400, 401, 403, 413, 415, 503),
)
async def load(request: Request, lang: str = "") -> JSONResponse:
    """Queue a load and say where it can be followed; all of the file counts, or nothing.

    Needs a bearer token with the role editor of the municipality.
    """
    del lang  # read by `reader_language`
    grant, state = writer_of(request), state_of(request)
    if not grant.role.includes(Role.EDITOR):
        raise NotAllowed(Role.EDITOR.value, grant.city)
    if not request.headers.get("content-type", "").lower().startswith(_FORM):
        raise UnsupportedMediaType((_FORM,))
    form = await request.form(max_files=1, max_fields=_MOST_FIELDS, max_part_size=FORM_BYTES)
    try:
        city = parse_ags(_field(form, "city"))
        demand(grant, Role.EDITOR, city)
        upload = form.get("file")
        if not isinstance(upload, UploadFile):
            raise BadParameter("file", "", Text("eine Datei", "a file"))
        asked = Job(
            id="",
            by=grant.key,
            kind=_field(form, "kind"),
            city=city,
            file=upload.filename or "",
            name=_field(form, "name"),
            columns=_columns(_field(form, "columns")),
            created=datetime.now(UTC).isoformat(timespec="milliseconds"),
        )
        job = await run_in_threadpool(state.jobs.create, asked, upload.file)
    finally:
        await form.close()
    state.background.wake()
    headers = {"Location": f"/api/v1/jobs/{job.id}"}
    return _answer(job, reader_language(request), status=202, headers=headers)


@router.get(
    "/jobs",
    operation_id="listJobs",
    summary="List the loads of your municipality",
    responses=shown({"items": [_JOB]}) | problems(401),
)
async def list_jobs(request: Request, lang: str = "") -> JSONResponse:
    """Return the loads that the token may see, the earliest first."""
    del lang  # read by `reader_language`
    grant, language = writer_of(request), reader_language(request)
    found = await run_in_threadpool(state_of(request).jobs.all)
    shown_jobs = [job.as_json(language) for job in found if grant.allows(Role.EDITOR, job.city)]
    return JSONResponse({"items": shown_jobs})


@router.get(
    "/jobs/{job}",
    operation_id="getJob",
    summary="Tell how far a load is and what came of it",
    responses=shown(_JOB) | problems(401, 403, 404),
)
async def show_job(request: Request, job: str, lang: str = "") -> JSONResponse:
    """Return state, step and findings; when it is done, what `load --json` prints."""
    del lang  # read by `reader_language`
    found = await _own(request, writer_of(request), job)
    return _answer(found, reader_language(request))


@router.delete(
    "/jobs/{job}",
    operation_id="cancelJob",
    summary="Cancel a load",
    responses=shown({**_JOB, "state": "cancelled"}) | problems(401, 403, 404, 409),
)
async def cancel_job(request: Request, job: str, lang: str = "") -> JSONResponse:
    """End a load that waits or runs; the dataset stays as it was."""
    del lang  # read by `reader_language`
    await _own(request, writer_of(request), job)
    ended = await state_of(request).background.cancel(job)
    return _answer(ended, reader_language(request))


async def _own(request: Request, grant: Grant, job: str) -> Job:
    found = await run_in_threadpool(state_of(request).jobs.get, job)
    demand(grant, Role.EDITOR, found.city)
    return found


def _answer(
    job: Job, language: Language, *, status: int = 200, headers: dict[str, str] | None = None
) -> JSONResponse:
    told = {"Content-Language": language, "Cache-Control": "no-store", **(headers or {})}
    return JSONResponse(job.as_json(language), status_code=status, headers=told)


def _field(form: FormData, name: str) -> str:
    value = form.get(name, "")
    return value.strip() if isinstance(value, str) else ""


def _columns(text: str) -> dict[str, str]:
    if not text:
        return {}
    try:
        given = json.loads(text)
    except (ValueError, RecursionError):
        given = None
    if isinstance(given, dict) and all(isinstance(value, str) for value in given.values()):
        return given
    raise BadParameter(
        "columns", text[:80], Text("ein JSON-Objekt mit Texten", "a JSON object of texts")
    )
