"""Hold a table as it stands in a file: cells with their text, place and how far they reach."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

from kg.findings import Place

CellKind = Literal["text", "number", "date", "boolean"]


def letter(column: int) -> str:
    """Return the letter of a column.

    >>> letter(1), letter(28)
    ('A', 'AB')
    """
    name = ""
    while column > 0:
        column, rest = divmod(column - 1, 26)
        name = chr(65 + rest) + name
    return name


@dataclass(frozen=True, slots=True)
class Cell:
    """Hold one cell that is not blank; `rows` and `columns` tell how far a merged cell reaches."""

    value: str
    row: int
    column: int
    place: Place
    kind: CellKind = "text"
    rows: int = 1
    columns: int = 1

    @property
    def column_letter(self) -> str:
        """Return the letter of its column."""
        return letter(self.column)

    def with_value(self, value: str) -> Cell:
        """Return the same cell with another text."""
        return replace(self, value=value)


@dataclass(frozen=True, slots=True)
class Sheet:
    """Hold one table: its rows in order, each with its cells from left to right.

    `section` is the heading that stands above the table in a document, "" where there is none.
    """

    name: str
    place: Place
    rows: tuple[tuple[Cell, ...], ...]
    section: str = ""


def source_row(place: Place) -> str:
    """Return a place in the short form that a graph keeps.

    >>> source_row(Place("a.xlsx", sheet="Ziele", row=12))
    'Ziele!A12'
    """
    if place.row is None:
        return place.sheet or place.file
    return f"{place.sheet}!A{place.row}" if place.sheet is not None else f"A{place.row}"
