"""Draw a grid of rows against columns as a table with text in each cell, not colour alone."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from html import escape
from typing import Final, Literal

State = Literal["reviewed", "proposed", "conflict"]
# What stands around a text, so that the state is told without colour.
_MARKS: Final[Mapping[State, str]] = {"reviewed": "{}", "proposed": "{}?", "conflict": "✕ {}"}


@dataclass(frozen=True, slots=True)
class Mark:
    """Hold one text of a cell and what stands behind it."""

    text: str
    state: State

    @property
    def plain(self) -> str:
        """Return the text with the sign of its state.

        >>> Mark("12.5", "proposed").plain
        '12.5?'
        """
        return _MARKS[self.state].format(self.text)


@dataclass(frozen=True, slots=True)
class GridCell:
    """Hold the marks of a cell and where a reader finds what is behind them."""

    marks: tuple[Mark, ...]
    path: str = ""

    @property
    def plain(self) -> str:
        """Return the cell as text."""
        return " ".join(mark.plain for mark in self.marks)


@dataclass(frozen=True, slots=True)
class Column:
    """Hold a column: its key, a short heading, the whole name, and where it is opened further."""

    key: str
    short: str
    label: str
    path: str = ""

    @property
    def heading(self) -> str:
        """Return the short heading with the whole name, once where both are the same."""
        return self.label if self.short == self.label else f"{self.short} {self.label}".strip()


@dataclass(frozen=True, slots=True)
class GridRow:
    """Hold a row and its cells by the key of their column; empty ones are absent."""

    label: str
    cells: Mapping[str, GridCell]
    path: str = ""


@dataclass(frozen=True, slots=True)
class RowGroup:
    """Hold rows that belong together under a heading, "" for none."""

    label: str
    rows: tuple[GridRow, ...]


@dataclass(frozen=True, slots=True)
class Grid:
    """Hold a grid with its caption and the heading of its rows."""

    caption: str
    corner: str
    columns: tuple[Column, ...]
    groups: tuple[RowGroup, ...]

    @property
    def rows(self) -> tuple[GridRow, ...]:
        """Return the rows of all groups."""
        return tuple(row for group in self.groups for row in group.rows)


def grid_html(grid: Grid, states: Mapping[State, str]) -> str:
    """Return the grid as an HTML table with row and column headings; all texts are escaped.

    `states` are the words for a state, which are read aloud where only a sign is seen.
    """
    head = "".join(f'<th scope="col">{_column(column)}</th>' for column in grid.columns)
    body = "".join(_group(group, grid.columns, states) for group in grid.groups)
    return (
        f'<table class="matrix"><caption>{escape(grid.caption)}</caption>'
        f'<thead><tr><th scope="col">{escape(grid.corner)}</th>{head}</tr></thead>{body}</table>'
    )


def _group(group: RowGroup, columns: tuple[Column, ...], states: Mapping[State, str]) -> str:
    heading = ""
    if group.label:
        width = len(columns) + 1
        heading = (
            f'<tr class="group"><th scope="rowgroup" colspan="{width}">'
            f"<span>{escape(group.label)}</span></th></tr>"
        )
    rows = "".join(
        f'<tr><th scope="row">{_linked(escape(row.label), row.path)}</th>'
        + "".join(_cell(row.cells.get(column.key), states) for column in columns)
        + "</tr>"
        for row in group.rows
    )
    return f"<tbody>{heading}{rows}</tbody>"


def _column(column: Column) -> str:
    name = f'<abbr title="{escape(column.label)}">{escape(column.short)}</abbr>'
    return _linked(name, column.path)


def _linked(content: str, path: str) -> str:
    return f'<a href="{escape(path)}">{content}</a>' if path else content


def _cell(cell: GridCell | None, states: Mapping[State, str]) -> str:
    if cell is None or not cell.marks:
        return "<td></td>"
    found = {mark.state for mark in cell.marks}
    order: tuple[State, ...] = ("conflict", "reviewed", "proposed")
    strongest = next(state for state in order if state in found)
    marks = " ".join(_mark(mark, states) for mark in cell.marks)
    return f'<td class="is-{strongest}">{_linked(marks, cell.path)}</td>'


def _mark(mark: Mark, states: Mapping[State, str]) -> str:
    text = escape(mark.text)
    word = escape(states[mark.state])
    match mark.state:
        case "reviewed":
            return f'<span class="reviewed">{text}</span>'
        case "proposed":
            return f'<span class="proposed">{text}<abbr title="{word}">?</abbr></span>'
        case "conflict":
            return f'<span class="conflict"><abbr title="{word}">✕</abbr> {text}</span>'


def grid_rows(grid: Grid) -> list[list[str]]:
    """Return the grid as rows of text with a heading row, for spreadsheets.

    A group's name stands in a row of its own before its rows.
    """
    rows = [[grid.corner, *(column.heading for column in grid.columns)]]
    for group in grid.groups:
        if group.label:
            rows.append([group.label, *("" for _ in grid.columns)])
        for row in group.rows:
            cells = (row.cells.get(column.key) for column in grid.columns)
            rows.append([row.label, *(cell.plain if cell else "" for cell in cells)])
    return rows
