"""Write the answer of a check as a word processor document: the council text, then the grounds."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import datetime

from docx import Document
from docx.document import Document as WordDocument
from docx.oxml.ns import qn
from docx.shared import Pt

from api.pages.check.answer import percent, sections_of
from api.wording import Texts, texts_in
from kg.fit.council import CouncilText, council_text
from kg.fit.report import Evidence, FitReport, Verdict, likelihood
from kg.fit.sentence import aim_name
from kg.language import Language, Text

_LOCALE = Text("de-DE", "en-GB")


def as_docx(report: FitReport, city: str, written: datetime) -> bytes:
    """Return the document; it has headings, lists and tables that assistive software can read."""
    texts = texts_in(report.language)
    document = Document()
    council = council_text(report, city)
    _set_up(document, council, report.language, written)
    _add_council(document, council)
    document.add_heading(texts["check_answer"]["grounds"], level=1)
    for section in sections_of(report):
        _add_verdicts(document, texts["check"][section.key], section.verdicts, texts)
    _add_verdicts(document, texts["check"]["conflicts"], report.of("conflicts"), texts)
    _add_missing(document, report, texts)
    target = io.BytesIO()
    document.save(target)
    return target.getvalue()


def _set_up(
    document: WordDocument, council: CouncilText, language: Language, written: datetime
) -> None:
    """Set title, day, language and type; the author is whoever finishes the text."""
    locale = _LOCALE.in_language(language)
    properties = document.core_properties
    properties.title, properties.comments = council.title[:255], council.note[:255]
    properties.author, properties.language = "", locale
    properties.created = properties.modified = written
    style = document.styles["Normal"]
    style.font.name, style.font.size = "Arial", Pt(11)
    type_settings = style.element.get_or_add_rPr()
    type_settings.append(type_settings.makeelement(qn("w:lang"), {qn("w:val"): locale}))


def _add_council(document: WordDocument, council: CouncilText) -> None:
    document.add_heading(council.title, level=0)
    document.add_paragraph(council.note).runs[0].italic = True
    document.add_paragraph(council.answer).runs[0].bold = True
    for part in council.paragraphs:
        document.add_heading(part.heading, level=1)
        if part.text:
            document.add_paragraph(part.text)
        _add_points(document, part.points)
    if council.sources:
        document.add_heading(council.sources_heading, level=1)
        _add_points(document, council.sources)


def _add_points(document: WordDocument, points: Sequence[str]) -> None:
    for point in points:
        document.add_paragraph(point, style="List Bullet")


def _add_verdicts(
    document: WordDocument, heading: str, verdicts: Sequence[Verdict], texts: Texts
) -> None:
    """Add a table: aim, how sure, and the grounds; nothing when there is none."""
    if not verdicts:
        return
    document.add_heading(heading, level=2)
    words = {**texts["check"], **texts["check_answer"]}
    table = document.add_table(rows=1, cols=3, style="Table Grid")
    headings = (words["aim"], words["how_sure"], words["evidence"])
    for cell, text in zip(table.rows[0].cells, headings, strict=True):
        cell.paragraphs[0].add_run(text).bold = True
    # The first row is repeated on every page and read as the heading of its column.
    row = table.rows[0]._tr.get_or_add_trPr()
    row.append(row.makeelement(qn("w:tblHeader"), {}))
    for verdict in verdicts:
        cells = table.add_row().cells
        cells[0].text = "\n".join(filter(None, (aim_name(verdict.aim), verdict.aim.concept)))
        state = "reviewed" if verdict.is_reviewed else "proposed"
        cells[1].text = "\n".join(
            (
                f"{texts['likelihood'][likelihood(verdict.probability)]},"
                f" {percent(verdict.probability)} %",
                words["direct" if verdict.direct else "indirect"],
                f"{words['strength']} {abs(verdict.strength)} {words['of_three']}",
                texts["review"][state],
            )
        )
        cells[2].text = "\n".join(_ground(item, texts) for item in verdict.evidence)


def _ground(item: Evidence, texts: Texts) -> str:
    words = {**texts["check"], **texts["check_answer"]}
    told = [f"{texts['evidence'][item.kind]} {item.text}"]
    if item.aim_quote:
        told.append(f"{words['aim_quote']} {item.aim_quote}")
    if item.source:
        page = f", {words['page']} {item.page}" if item.page else ""
        told.append(f"{words['source']}: {item.source}{page}")
    return " – ".join(told)


def _add_missing(document: WordDocument, report: FitReport, texts: Texts) -> None:
    if not report.missing:
        return
    document.add_heading(texts["check_answer"]["missing"], level=2)
    for gap in report.missing:
        document.add_paragraph(gap.text, style="List Bullet")
        for suggestion in gap.suggestions:
            document.add_paragraph(
                f"{suggestion.label}: {suggestion.reason}", style="List Bullet 2"
            )
