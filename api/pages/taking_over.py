"""Take a checked measure into the data of its municipality, where its links wait for review."""

from __future__ import annotations

import io
import json
from collections.abc import Mapping
from datetime import UTC, datetime
from http import HTTPStatus
from typing import Final

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from api.authorization import demand
from api.jobs.store import Job
from api.pages.check.fields import entered_in, measure_in
from api.pages.paths import page_path
from api.pages.rendering import render_page
from api.sessions.forms import own_form, text_of
from api.sessions.visitor import present_visitor
from api.state import state_of
from kg.access import Role
from kg.identifiers import parse_ags
from kg.language import Language

# Form field and the field of a measure list that it becomes.
_COLUMNS: Final[Mapping[str, str]] = {
    "title": "title",
    "number": "code",
    "description": "description",
    "value_chain": "value_chain",
    "r_strategy": "r_strategies",
    "instrument": "instrument",
    "responsible": "responsible",
    "period": "time_text",
    "status": "status",
    "indicators": "indicators",
    "aims": "goal_ref",
    "source": "source",
}
_LONGEST_TITLE: Final = 70


async def take_over_page(request: Request, language: Language) -> Response:
    """Queue a measure that was checked, or tell how far a queued one is.

    It is loaded like a list of one measure, under the same rules: all of it or nothing. Taking
    over a measure of the same title again replaces the one before.
    """
    if request.method == "POST":
        return await _queued(request, language)
    return await _told(request, language)


async def _queued(request: Request, language: Language) -> Response:
    if present_visitor().grant is None:
        # A login that ended meanwhile: nothing is written, and the way back leads to the form.
        return _to_login(language, page_path("check", language))
    grant, form = await own_form(request)
    city = parse_ags(text_of(form, "city"))
    demand(grant, Role.EDITOR, city)
    entered = entered_in(form)
    # Says what is wrong now, not when the load has begun.
    measure_in(entered)
    content = json.dumps([entered], ensure_ascii=False).encode()
    state = state_of(request)
    asked = Job(
        id="",
        by=grant.key,
        kind="measures",
        city=city,
        file=file_name(entered.get("title", "")),
        name="",
        columns={name: _COLUMNS[name] for name in entered if name != _COLUMNS[name]},
        created=datetime.now(UTC).isoformat(timespec="milliseconds"),
    )
    job = await run_in_threadpool(state.jobs.create, asked, io.BytesIO(content))
    state.background.wake()
    path = page_path("take_over", language, job=job.id)
    return RedirectResponse(path, HTTPStatus.SEE_OTHER)


def file_name(title: str) -> str:
    """Return the name of the list with one measure; the source in the data is named for it.

    >>> file_name("Bauteilbörse Nord/Süd")
    'Geprüft - Bauteilbörse Nord Süd.json'
    """
    words = "".join(sign if sign.isalnum() or sign in "-" else " " for sign in title)
    return f"Geprüft - {' '.join(words.split())[:_LONGEST_TITLE].strip()}.json"


async def _told(request: Request, language: Language) -> Response:
    grant = present_visitor().grant
    job_id = request.query_params.get("job", "")
    if grant is None:
        return _to_login(language, page_path("take_over", language, job=job_id))
    job = await run_in_threadpool(state_of(request).jobs.get, job_id)
    demand(grant, Role.EDITOR, job.city)
    values = {"job": job, "told": job.as_json(language), "title": _title_of(job)}
    answer = render_page("take_over", language, values, query={"job": job.id})
    answer.headers["Cache-Control"] = "no-store"
    return answer


def _to_login(language: Language, way_back: str) -> Response:
    return RedirectResponse(page_path("login", language, next=way_back), HTTPStatus.SEE_OTHER)


def _title_of(job: Job) -> str:
    return job.file.removeprefix("Geprüft - ").removesuffix(".json")
