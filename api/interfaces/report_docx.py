"""Write the report as DOCX: real headings, tables with header rows, the language set."""

from __future__ import annotations

import io
import re
from typing import Final

from docx import Document
from docx.document import Document as DocxDocument
from docx.enum.section import WD_ORIENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt
from docx.table import Table

from api.interfaces.report import Entry, Report, Section
from api.interfaces.sheets import Sheet
from kg.language import Language

MEDIA_TYPE: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_LOCALES: Final[dict[Language, str]] = {"de": "de-DE", "en": "en-GB"}
_UNWRITABLE: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_NARROW: Final = 7


def docx_bytes(report: Report) -> bytes:
    """Return the report as a DOCX file."""
    document = Document()
    _set_up(document, report)
    document.add_heading(_text(report.title), level=0)
    for name, value in report.facts:
        line = document.add_paragraph()
        line.add_run(f"{name}: ").bold = True
        line.add_run(_text(value))
    for section in report.sections:
        _write(document, section)
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def _set_up(document: DocxDocument, report: Report) -> None:
    page = document.sections[0]
    page.orientation = WD_ORIENT.LANDSCAPE
    page.page_width, page.page_height = Cm(29.7), Cm(21.0)
    page.left_margin = page.right_margin = page.top_margin = page.bottom_margin = Cm(1.8)
    document.core_properties.title = report.title
    document.core_properties.author = "Kreislaufstadt"
    document.core_properties.language = _LOCALES[report.language]
    document.styles["Normal"].font.size = Pt(10)
    properties = document.styles.element.find(f".//{qn('w:rPrDefault')}/{qn('w:rPr')}")
    if properties is not None:
        for old in properties.findall(qn("w:lang")):
            properties.remove(old)
        language = OxmlElement("w:lang")
        language.set(qn("w:val"), _LOCALES[report.language])
        properties.append(language)


def _write(document: DocxDocument, section: Section) -> None:
    document.add_heading(_text(section.title), level=1)
    for text in section.paragraphs:
        style = "List Bullet" if section.key == "summary" else None
        document.add_paragraph(_text(text), style=style)
    for entry in section.entries:
        _write_entry(document, entry)
    for sheet in section.sheets:
        document.add_heading(_text(sheet.title), level=2)
        document.add_paragraph(_text(sheet.note))
        if sheet.table.rows:
            _write_table(document, sheet)


def _write_entry(document: DocxDocument, entry: Entry) -> None:
    document.add_heading(_text(f"{entry.element} → {entry.aim}"), level=2)
    line = document.add_paragraph(_text(f"{entry.concept}. "))
    line.add_run(_text(entry.state)).italic = True
    document.add_paragraph(_text(entry.reason))
    for ground in entry.grounds:
        document.add_paragraph(_text(ground), style="Quote")


def _write_table(document: DocxDocument, sheet: Sheet) -> None:
    headings, rows = sheet.table.headings, sheet.table.rows
    table = document.add_table(rows=1 + len(rows), cols=len(headings), style="Table Grid")
    _describe(table, sheet)
    size = Pt(7) if len(headings) > _NARROW else Pt(9)
    lines = [headings, *([cell.text for cell in row] for row in rows)]
    # Reading `table.cell` is quadratic; each row's cells are asked for once.
    for number, (line, texts) in enumerate(zip(table.rows, lines, strict=True)):
        for cell, text in zip(line.cells, texts, strict=True):
            run = cell.paragraphs[0].add_run(_text(text))
            run.font.size = size
            run.bold = number == 0
    properties = table.rows[0]._tr.get_or_add_trPr()
    header = OxmlElement("w:tblHeader")
    header.set(qn("w:val"), "true")
    properties.append(header)


def _describe(table: Table, sheet: Sheet) -> None:
    """Give the table a title and an alternative text (ECMA-376, 17.4.58 and 17.4.59)."""
    for tag, text in (("w:tblCaption", sheet.title), ("w:tblDescription", sheet.note)):
        element = OxmlElement(tag)
        element.set(qn("w:val"), _text(text))
        table._tbl.tblPr.append(element)


def _text(text: str) -> str:
    return _UNWRITABLE.sub("", text)
