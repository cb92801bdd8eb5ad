"""Read a reference table and refuse what cannot be right, naming the cell."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from importlib.resources import files
from typing import Literal

from ontology.errors import ReferenceTableCode, ReferenceTableError

_MANY = 30
_CROSSWALK = "crosswalk-"
_URL = re.compile(r"https?://[^\s<>\"{}|\\^`]+")


@dataclass(frozen=True, slots=True)
class TableForm:
    """Describe the columns of a table.

    Attributes:
        name: Name of the table.
        key: Column whose value occurs once; empty if there is none.
        required: Columns in which every row has a value.
        optional: Columns that must exist but may be empty.
    """

    name: str
    key: str
    required: tuple[str, ...]
    optional: tuple[str, ...] = ()

    @property
    def columns(self) -> tuple[str, ...]:
        """Return the names of all columns."""
        return self.required + self.optional


@dataclass(frozen=True, slots=True)
class Row:
    """Hold one row with the place it came from."""

    table: str
    number: int
    cells: Mapping[str, str]

    def error(
        self, code: ReferenceTableCode, column: str, reason: str, fix: str
    ) -> ReferenceTableError:
        """Return the error that names a cell of this row."""
        return ReferenceTableError(
            code,
            reason,
            fix,
            table=self.table,
            row=self.number,
            column=column,
            value=self.cells.get(column, ""),
        )

    def text(self, column: str) -> str:
        """Return a cell without the blanks around it."""
        return self.cells[column]

    def items(self, column: str) -> list[str]:
        """Return the parts of a cell that are separated by semicolons."""
        return [part.strip() for part in self.cells[column].split(";") if part.strip()]

    def integer(self, column: str, low: int, high: int) -> int:
        """Return a cell as a whole number within bounds."""
        value = self.cells[column]
        if not re.fullmatch(r"-?\d+", value) or not low <= int(value) <= high:
            raise self.error(
                "bad-number",
                column,
                f"a whole number from {low} to {high} is needed",
                "Correct the number.",
            )
        return int(value)

    def share(self, column: str) -> str:
        """Return a cell that holds a number from 0 to 1 such as 0.75, as it is written."""
        value = self.cells[column]
        if not re.fullmatch(r"0(\.\d+)?|1(\.0+)?", value):
            raise self.error(
                "bad-number",
                column,
                "a number from 0 to 1 is needed",
                "Write it with a point, such as 0.75.",
            )
        return value

    def choice(self, column: str, allowed: Collection[str]) -> str:
        """Return a cell that holds one of the allowed codes."""
        self._check(column, [self.cells[column]], allowed)
        return self.cells[column]

    def choices(self, column: str, allowed: Collection[str]) -> list[str]:
        """Return the codes of a cell that holds several."""
        values = self.items(column)
        self._check(column, values, allowed)
        return values

    def url(self, column: str) -> str | None:
        """Return a web address, or nothing if the cell is empty."""
        value = self.cells[column]
        if not value:
            return None
        if not _URL.fullmatch(value):
            raise self.error(
                "bad-url",
                column,
                "this is not a web address",
                "Enter one address that begins with http:// or https://, without blanks.",
            )
        return value

    def day(self, column: str) -> str | None:
        """Return a day as YYYY-MM-DD, or nothing if the cell is empty."""
        value = self.cells[column]
        if not value:
            return None
        try:
            return date.fromisoformat(value).isoformat()
        except ValueError as error:
            raise self.error(
                "bad-date", column, "this is not a day", "Write the day as YYYY-MM-DD."
            ) from error

    def _check(self, column: str, values: Collection[str], allowed: Collection[str]) -> None:
        for value in values:
            if value not in allowed:
                raise self.error(
                    "unknown-code",
                    column,
                    f"'{value}' is not an allowed code",
                    _advice(value, allowed),
                )


def _advice(value: str, allowed: Collection[str]) -> str:
    """Return the allowed codes, or the most similar ones where there are many."""
    known = sorted(allowed)
    if len(known) > _MANY:
        known = get_close_matches(value, known, n=3)
        if not known:
            return "Use the key of a row that exists."
    return "Use one of: " + ", ".join(known) + "."


def shipped_crosswalks() -> list[str]:
    """Return the table names of the crosswalks that ship with the package, sorted."""
    folder = files("ontology").joinpath("reference", "crosswalks")
    names = (entry.name for entry in folder.iterdir())
    return sorted(
        _CROSSWALK + name.removesuffix(".sssom.tsv") for name in names if name.endswith(".tsv")
    )


def table_file(name: str) -> str:
    """Return the file of a table, as seen from the folder of reference tables.

    >>> table_file("r_strategies"), table_file("crosswalk-taxonomy-esrs")
    ('r_strategies.csv', 'crosswalks/taxonomy-esrs.sssom.tsv')
    """
    if name.startswith(_CROSSWALK):
        return f"crosswalks/{name.removeprefix(_CROSSWALK)}.sssom.tsv"
    return f"{name}.csv"


def shipped_table(name: str) -> str:
    """Return the text of a table that ships with the package."""
    resource = files("ontology").joinpath("reference", table_file(name))
    return resource.read_text(encoding="utf-8")


def read_rows(
    form: TableForm, text: str, *, separator: Literal[",", "\t"] = ",", heading_row: int = 1
) -> list[Row]:
    """Return the rows of a table, checked for columns, empty cells and repeated keys.

    Args:
        form: The columns the table must have.
        text: Text with a heading row, as UTF-8 with or without byte order mark.
        separator: What stands between two cells.
        heading_row: Row in which the heading stands in its file, to name places rightly.

    Raises:
        ReferenceTableError: The table breaks its form.
    """
    lines = io.StringIO(text.removeprefix("\ufeff"), newline="")
    reader = csv.reader(lines, delimiter=separator)
    heading = [name.strip() for name in next(reader, [])]
    _check_heading(form, heading, heading_row)
    rows: list[Row] = []
    places: dict[str, int] = {}
    for number, record in enumerate(reader, start=heading_row + 1):
        if not any(cell.strip() for cell in record):
            continue
        row = _row(form, heading, record, number)
        if form.key:
            key = row.text(form.key)
            if key in places:
                raise row.error(
                    "duplicate-id",
                    form.key,
                    f"the same key stands in row {places[key]}",
                    "Give each row its own key.",
                )
            places[key] = number
        rows.append(row)
    return rows


def _check_heading(form: TableForm, heading: list[str], number: int) -> None:
    for name in form.columns:
        if name not in heading:
            raise ReferenceTableError(
                "missing-column",
                "the column is missing",
                "Add it to the heading row; it may be left empty if the README says so.",
                table=form.name,
                row=number,
                column=name,
            )
    for position, name in enumerate(heading):
        if name not in form.columns or name in heading[:position]:
            raise ReferenceTableError(
                "unknown-column",
                "the column is not known or occurs twice",
                "Remove it, or correct its spelling.",
                table=form.name,
                row=number,
                column=name,
                value=name,
            )


def _row(form: TableForm, heading: list[str], record: list[str], number: int) -> Row:
    if len(record) != len(heading):
        raise ReferenceTableError(
            "bad-row",
            f"the row has {len(record)} cells, the heading has {len(heading)}",
            "Put quotation marks around cells that contain the separator.",
            table=form.name,
            row=number,
        )
    cells = {name: cell.strip() for name, cell in zip(heading, record, strict=True)}
    row = Row(form.name, number, cells)
    for name in form.required:
        if not cells[name]:
            raise row.error("empty-cell", name, "the cell is empty", "Enter a value.")
    return row
