"""Show the report on a document's interfaces, and give it as PDF, DOCX and XLSX."""

from __future__ import annotations

import datetime
import json
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from importlib import resources
from typing import Final, Literal

from markupsafe import Markup
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from api.checking import run_fit
from api.interfaces import report_docx, report_pdf, workbook
from api.interfaces.filters import REVIEWS, Filters, short_key
from api.interfaces.reading import rows_of
from api.interfaces.report import Report, ReportInput, report_of, workbook_sheets
from api.pages.formats import date_in
from api.pages.interfaces.answers import LEAST
from api.pages.interfaces.views import Asked, asked_of
from api.pages.paths import page_path
from api.pages.rendering import filled, render_page
from api.state import state_of
from kg.dataset import Generation
from kg.errors import UnknownName
from kg.language import Language
from kg.matching.model import KINDS
from kg.matching.model_store import current_files
from kg.sources import SourceRecord

FileKind = Literal["pdf", "docx", "xlsx"]
Answer = Callable[[Request, Language], Awaitable[Response]]
_POLICY: Final = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'"
_KEPT: Final = ("city", "document", "review", "least")


@dataclass(frozen=True, slots=True)
class _Made:
    """Hold a report with what was asked for."""

    asked: Asked
    filters: Filters
    report: Report

    @property
    def query(self) -> dict[str, str]:
        """Return the parameters that lead to this report."""
        return self.filters.query()


async def report_page(request: Request, language: Language) -> Response:
    """Return the report as a page."""
    made = await _made(request, language)
    if made is None:
        return render_page("report", language, {}, template="interfaces_nothing.html")
    kinds: tuple[FileKind, ...] = (
        ("pdf", "docx", "xlsx")
        if report_pdf.printer()
        else (
            "docx",
            "xlsx",
        )
    )
    search = page_path("report", language, **made.query).partition("?")[2]
    facts, filters = made.asked.facts, made.filters
    values = {
        "report": made.report,
        "cities": made.asked.cities,
        "city": made.asked.city,
        "filters": filters,
        "documents": [
            (short_key(item.iri), item.label, item.iri == filters.document)
            for item in facts.documents
        ],
        "reviews": REVIEWS,
        "leasts": LEAST,
        "files": {kind: f"{page_path('report', language)}.{kind}?{search}" for kind in kinds},
        "interfaces_path": page_path("interfaces", language, **made.query),
    }
    return render_page("report", language, values, query=made.query)


def report_file(kind: FileKind) -> Answer:
    """Return what answers with the report as a file of this kind."""

    async def answer(request: Request, language: Language) -> Response:
        browser = report_pdf.printer()
        if kind == "pdf" and browser is None:
            raise UnknownName("pdf", ("docx", "xlsx"))
        made = await _made(request, language)
        if made is None:
            raise UnknownName("report", ())
        report = made.report
        if kind == "xlsx":
            sheets = workbook_sheets(report, made.asked.texts)
            content = await run_in_threadpool(workbook.workbook_bytes, sheets, report.title)
            return _file(content, workbook.MEDIA_TYPE, kind)
        if kind == "docx":
            content = await run_in_threadpool(report_docx.docx_bytes, report)
            return _file(content, report_docx.MEDIA_TYPE, kind)
        html = await run_in_threadpool(printed_document, report)
        write = state_of(request).snapshots.once(
            f"report-pdf {language} {sorted(made.query.items())} {report.facts}",
            lambda: report_pdf.pdf_bytes(html, browser or ""),
        )
        # As heavy as a check, so it takes one of the places for checks.
        content = await run_fit(request, lambda _: write())
        return _file(content, report_pdf.MEDIA_TYPE, kind)

    return answer


def printed_document(report: Report) -> str:
    """Return the report as one HTML file that needs no server; links lead to the things' IRIs."""
    folder = resources.files("api").joinpath("static")
    style = "\n".join(
        folder.joinpath(name).read_text("utf-8") for name in ("style.css", "report.css")
    )
    values = {
        "report": report,
        "policy": _POLICY,
        "style": Markup(style),  # noqa: S704  (our own style sheets)
        "thing_path": str,
    }
    return filled("report_document.html", report.language, values)


async def _made(request: Request, language: Language) -> _Made | None:
    asked = await asked_of(request, language)
    if asked is None:
        return None
    filters = Filters(**{name: getattr(asked.filters, name) for name in _KEPT})
    generation = state_of(request).snapshots.current.generation
    given = ReportInput(
        rungs=await rows_of(request, "r-ladder", language),
        trade_offs=await rows_of(request, "reference-conflicts", language),
        sources=[item for item in generation.sources if item.city in ("", asked.city.ags)],
        quality=await run_in_threadpool(_quality, generation),
        generation=_state(generation.sources, generation.name, language),
        made_on=date_in(language, datetime.datetime.now(datetime.UTC).date()),
    )
    report = await run_in_threadpool(report_of, asked.facts, filters, given, language, asked.texts)
    more = [(asked.texts["city"], asked.city.name)]
    chosen = [
        asked.texts[f"review_{filters.review}"] if filters.review else "",
        f"{asked.texts['filter_least']}: {filters.least} %" if filters.least else "",
    ]
    if any(chosen):
        more.append((asked.texts["selection"], "; ".join(filter(None, chosen))))
    return _Made(asked, filters, replace(report, facts=(*more, *report.facts)))


def _quality(generation: Generation) -> dict[str, dict[str, float]]:
    """Return the figures of the model in use, measured on texts held out."""
    weights, _ = current_files(generation.directory.parent.parent)
    document = json.loads(weights)
    return {kind: document[kind]["held_out"] for kind in KINDS if "held_out" in document[kind]}


def _state(sources: tuple[SourceRecord, ...], name: str, language: Language) -> str:
    """Return when the newest source was loaded, and the generation's name."""
    newest = max((item.at for item in sources), default="")
    if not newest:
        return name
    day = date_in(language, datetime.datetime.fromisoformat(newest).date())
    return f"{day} ({name})"


def _file(content: bytes, media_type: str, kind: FileKind) -> Response:
    headers = {"Content-Disposition": f'attachment; filename="report.{kind}"'}
    return Response(content, media_type=media_type, headers=headers)
