"""Write tables as an XLSX workbook: a sheet each, headings that stay, nothing that calculates."""

from __future__ import annotations

import io
import re
from collections.abc import Sequence
from typing import Final

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from api.interfaces.sheets import Sheet
from api.tables import Cell
from kg.spreadsheets import harmless

MEDIA_TYPE: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_WIDEST: Final = 60
_LONGEST: Final = 32_000
# What XML 1.0 cannot hold, and what Excel forbids in the name of a sheet.
_UNWRITABLE: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_FORBIDDEN: Final = re.compile(r"[\[\]:*?/\\]")


def workbook_bytes(sheets: Sequence[Sheet], title: str) -> bytes:
    """Return the workbook; numbers are numbers, and a text is never a formula."""
    book = Workbook()
    book.remove(book.worksheets[0])
    book.properties.title = title
    book.properties.creator = "Kreislaufstadt"
    for item in sheets:
        _write(book.create_sheet(sheet_name(item.title)), item)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def sheet_name(title: str) -> str:
    """Return a title as the name of a sheet, which has at most 31 signs.

    >>> sheet_name("Maßnahmen: ohne Ziel?")
    'Maßnahmen ohne Ziel'
    """
    return _FORBIDDEN.sub("", title)[:31].strip()


def _write(page: Worksheet, item: Sheet) -> None:
    page.append([_text(text) for text in item.table.headings])
    for row in item.table.rows:
        page.append([_value(cell) for cell in row])
    for cell in page[1]:
        cell.font = Font(bold=True)
    wrapping = Alignment(wrap_text=True, vertical="top")
    for column in page.columns:
        longest = max(len(str(cell.value or "")) for cell in column)
        letter = get_column_letter(column[0].column or 1)
        page.column_dimensions[letter].width = min(_WIDEST, max(8, longest + 2))
        for cell in column:
            cell.alignment = wrapping
            if isinstance(cell.value, str):
                cell.data_type = "s"
    page.freeze_panes = "A2"
    if item.table.rows:
        page.auto_filter.ref = page.dimensions
    page.print_title_rows = "1:1"
    page.page_setup.orientation = "landscape"
    page.page_setup.fitToHeight = 0
    page.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)


def _value(cell: Cell) -> str | int | float:
    if cell.is_number and cell.text.lstrip("-").isdigit():
        return int(cell.text)
    return _text(cell.text)


def _text(text: str) -> str:
    return harmless(_UNWRITABLE.sub("", text))[:_LONGEST]
