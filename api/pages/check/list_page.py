"""Check a list of measures: an uploaded file or the paragraphs of a text, as a page or a file."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from dataclasses import dataclass, field, replace
from typing import Final

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData, UploadFile
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response, StreamingResponse

from api.list_checking import batch_answer, checked_in_steps, listed_measures, measures_in
from api.pages.check.fields import entered_for
from api.pages.check.list_files import WHOLE, data_address, file_name, list_file, overview_links
from api.pages.check.paragraphs import measures_of_paragraphs
from api.pages.cities import City, chosen_city, cities_in
from api.pages.rendering import render_page
from api.rest.batch_tables import BEST, BatchAnswer
from api.state import state_of
from api.wording import texts_in
from kg.errors import KreislaufstadtError, UserError
from kg.findings import Findings
from kg.fit.report import FitReport
from kg.fit.sentence import aim_name, sentence_of
from kg.identifiers import Ags
from kg.language import Language
from loaders.files import given_bytes
from loaders.measure_inputs import ListedMeasure

_STREAM: Final = "application/x-ndjson"


@dataclass(frozen=True, slots=True)
class Given:
    """Hold what was sent: the city, which button was pressed, the entries and what was odd."""

    language: Language
    cities: list[City]
    city: City | None
    wish: str = ""
    text: str = ""
    name: str = ""
    listed: tuple[ListedMeasure, ...] = ()
    findings: Findings = field(default_factory=Findings)

    @property
    def ags(self) -> Ags:
        """Return the key of the city, "" when there is none."""
        return Ags(self.city.ags if self.city else "")


async def list_page(request: Request, language: Language) -> Response:
    """Return the form, or the answer to a list as a page, a file or news of the progress."""
    store = state_of(request).snapshots.current.store
    cities = await run_in_threadpool(cities_in, store, language)
    if request.method != "POST":
        city = chosen_city(request.query_params.get("city", ""), cities)
        return _form(request, Given(language, cities, city))
    async with request.form(max_files=1, max_fields=10) as form:
        city = chosen_city(_text(form, "city"), cities)
        given = Given(language, cities, city, _text(form, "do"), _text(form, "text"))
        try:
            given = await _read(request, given, form)
        except UserError as error:
            return _form(request, given, complaint=error.text.in_language(language))
    if _STREAM in request.headers.get("accept", ""):
        return StreamingResponse(_progress(request, given), media_type=_STREAM)
    measures = measures_in(given.listed)
    reports = [
        report
        async for some in checked_in_steps(request, measures, given.ags, language)
        for report in some
    ]
    answer = _answer(request, given, reports)
    if given.wish in WHOLE:
        return await run_in_threadpool(list_file, answer, WHOLE[given.wish])
    return await run_in_threadpool(_answer_page, given, answer)


async def _read(request: Request, given: Given, form: FormData) -> Given:
    """Return what was sent with its entries, from the file or from the paragraphs."""
    limit = state_of(request).settings
    if given.wish == "text":
        name = texts_in(given.language)["check_list"]["text_name"]
        listed = measures_of_paragraphs(given.text, name, given.findings, most=limit.batch_rows)
        return replace(given, name=name, listed=tuple(listed))
    file = form.get("file")
    content = await file.read() if isinstance(file, UploadFile) else b""
    name = file.filename if isinstance(file, UploadFile) and file.filename else ""
    source = given_bytes(name or "upload", content, limit.body_bytes)
    entries = await listed_measures(request, source, given.ags, given.findings)
    return replace(given, name=source.name, listed=tuple(entries))


async def _progress(request: Request, given: Given) -> AsyncIterator[str]:
    """Give one line of JSON a step, at last the page or file, or what went wrong."""
    measures = measures_in(given.listed)
    reports: list[FitReport] = []
    try:
        yield _line({"checked": 0, "all": len(measures)})
        async for some in checked_in_steps(request, measures, given.ags, given.language):
            reports += some
            yield _line({"checked": len(reports), "all": len(measures)})
    except KreislaufstadtError as error:
        yield _line({"problem": error.text.in_language(given.language)})
        return
    answer = _answer(request, given, reports)
    if form := WHOLE.get(given.wish):
        address = await run_in_threadpool(data_address, form, answer)
        yield _line({"file": address, "name": file_name(answer, form)})
        return
    page = await run_in_threadpool(_answer_page, given, answer)
    yield _line({"page": bytes(page.body).decode()})


def _line(news: dict[str, object]) -> str:
    return json.dumps(news, ensure_ascii=False) + "\n"


def _answer(request: Request, given: Given, reports: list[FitReport]) -> BatchAnswer:
    generation = state_of(request).snapshots.current.generation.name
    return batch_answer(
        given.name,
        given.listed,
        reports,
        given.findings,
        generation=reports[0].generation if reports else generation,
        language=given.language,
    )


def _form(request: Request, given: Given, complaint: str = "") -> HTMLResponse:
    return _page(
        given,
        "check_list.html",
        {
            "complaint": complaint,
            "text": given.text,
            "findings": given.findings.items if complaint else [],
            "most": state_of(request).settings.batch_rows,
        },
    )


def _answer_page(given: Given, answer: BatchAnswer) -> HTMLResponse:
    return _page(
        given,
        "check_list_answer.html",
        {
            "answer": answer,
            "findings": answer.findings,
            "checked": sum(report is not None for _, report in answer.rows),
            "files": overview_links(answer),
            "best": BEST,
            "aim_name": aim_name,
            "sentence_of": sentence_of,
            "entered_for": entered_for,
        },
    )


def _page(given: Given, template: str, values: dict[str, object]) -> HTMLResponse:
    values |= {"cities": given.cities, "city": given.city}
    return render_page("check_list", given.language, values, template=template, island="check")


def _text(form: FormData, name: str) -> str:
    value = form.get(name)
    return value if isinstance(value, str) else ""
