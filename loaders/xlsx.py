"""Read the sheets of an Excel workbook: stored values, merged cells, dates."""

from __future__ import annotations

import io
import warnings
import zipfile
from datetime import date, datetime, time
from decimal import Decimal
from xml.etree.ElementTree import ParseError

from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from kg.errors import UnreadableFile
from kg.findings import Findings, Place
from kg.language import Text
from loaders.archives import open_archive, read_part, refuse_document_types
from loaders.files import SourceFile
from loaders.numbers import german
from loaders.remarks import remark
from loaders.sheets import Cell, CellKind, Sheet, letter
from loaders.text import clean

LONGEST_CELL = 32_767
_ODD_WORKBOOK = (
    KeyError,
    ValueError,
    TypeError,
    AttributeError,
    IndexError,
    OSError,
    ParseError,
    zipfile.BadZipFile,
    InvalidFileException,
)


def read_xlsx(file: SourceFile, unpacked_limit: int, findings: Findings) -> list[Sheet]:
    """Return the visible sheets of a workbook that hold anything."""
    archive = open_archive(file, unpacked_limit)
    refuse_document_types(file, archive)
    values = _open(file, data_only=True)
    formulas = _open(file, data_only=False) if _has_formulas(file, archive) else None
    sheets = []
    for worksheet in values.worksheets:
        place = Place(file.name, sheet=worksheet.title)
        if worksheet.sheet_state != "visible":
            remark(findings, "hidden-sheet", place)
            continue
        if formulas is not None:
            _report_formulas(worksheet, formulas[worksheet.title], place, findings)
        sheet = _sheet(worksheet, place, findings)
        if sheet.rows:
            sheets.append(sheet)
        else:
            remark(findings, "empty-sheet", place)
    return sheets


def _open(file: SourceFile, *, data_only: bool) -> Workbook:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)
        try:
            return load_workbook(io.BytesIO(file.content), data_only=data_only)
        except _ODD_WORKBOOK as error:
            raise UnreadableFile(
                file.name,
                Text(
                    "ist keine Excel-Datei, die sich lesen lässt."
                    " Bitte in Excel öffnen und als .xlsx oder .csv neu speichern.",
                    "is no Excel file that can be read."
                    " Please open it in Excel and save it anew as .xlsx or .csv.",
                ),
            ) from error


def _has_formulas(file: SourceFile, archive: zipfile.ZipFile) -> bool:
    parts = [name for name in archive.namelist() if name.startswith("xl/worksheets/")]
    contents = (read_part(file, archive, name) for name in parts if name.endswith(".xml"))
    return any(b"<f>" in content or b"<f " in content for content in contents)


def _report_formulas(values: Worksheet, formulas: object, place: Place, findings: Findings) -> None:
    if not isinstance(formulas, Worksheet):
        return
    for (row, column), cell in sorted(formulas._cells.items()):
        if cell.data_type == "f" and values.cell(row, column).value is None:
            where = place.at(row=row, column=letter(column))
            remark(findings, "formula-without-value", where, cell.value)


def _sheet(worksheet: Worksheet, place: Place, findings: Findings) -> Sheet:
    spans = {
        (span.min_row, span.min_col): (
            span.max_row - span.min_row + 1,
            span.max_col - span.min_col + 1,
        )
        for span in worksheet.merged_cells.ranges
    }
    rows: dict[int, list[Cell]] = {}
    for (row, column), cell in sorted(worksheet._cells.items()):
        where = place.at(row=row, column=letter(column))
        if cell.data_type == "e":
            remark(findings, "cell-error", where, cell.value)
            continue
        text, kind = _text(cell.value)
        text = clean(text)
        if not text:
            continue
        if len(text) > LONGEST_CELL:
            remark(findings, "cell-too-long", where, text, length=len(text), limit=LONGEST_CELL)
            text = text[:LONGEST_CELL]
        height, width = spans.get((row, column), (1, 1))
        rows.setdefault(row, []).append(Cell(text, row, column, where, kind, height, width))
    return Sheet(worksheet.title, place, tuple(tuple(cells) for _, cells in sorted(rows.items())))


def _text(value: object) -> tuple[str, CellKind]:
    match value:
        case None:
            return "", "text"
        case bool():
            return ("ja" if value else "nein"), "boolean"
        case int() | float():
            return german(Decimal(repr(value))), "number"
        case datetime() if value.time() == time(0):
            return value.date().isoformat(), "date"
        case datetime() | date() | time():
            return value.isoformat(), "date"
        case _:
            return str(value), "text"
