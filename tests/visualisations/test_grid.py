"""A grid tells states by text, groups its rows and escapes what it shows."""

from __future__ import annotations

import pytest

from visualisations.grid import (
    Column,
    Grid,
    GridCell,
    GridRow,
    Mark,
    RowGroup,
    State,
    grid_html,
    grid_rows,
)

WORDS: dict[State, str] = {"reviewed": "bestätigt", "proposed": "Vorschlag", "conflict": "Konflikt"}


@pytest.fixture
def grid() -> Grid:
    """Give a grid of one group with one row."""
    marks = (Mark("12.5", "reviewed"), Mark("12.2", "proposed"), Mark("12.4", "conflict"))
    row = GridRow("M 1 <Börse>", {"12": GridCell(marks, "/liste?sdg=12&x=1")}, "/m")
    columns = (Column("12", "SDG 12", "Konsum", "/12"), Column("k", "Klima", "Klima"))
    return Grid("Titel", "Maßnahme", columns, (RowGroup("Plan & Co", (row,)),))


def test_the_state_of_a_mark_is_text(grid: Grid) -> None:
    assert grid_rows(grid)[2] == ["M 1 <Börse>", "12.5 12.2? ✕ 12.4", ""]


def test_a_group_is_a_row_and_a_heading_is_not_said_twice(grid: Grid) -> None:
    rows = grid_rows(grid)
    assert rows[0] == ["Maßnahme", "SDG 12 Konsum", "Klima"]
    assert rows[1] == ["Plan & Co", "", ""]


def test_the_table_is_escaped_and_links_its_cells(grid: Grid) -> None:
    table = grid_html(grid, WORDS)
    assert '<th scope="row"><a href="/m">M 1 &lt;Börse&gt;</a></th>' in table
    assert '<th scope="rowgroup" colspan="3"><span>Plan &amp; Co</span></th>' in table
    assert '<td class="is-conflict"><a href="/liste?sdg=12&amp;x=1">' in table


def test_a_cell_without_marks_is_empty(grid: Grid) -> None:
    assert grid_html(grid, WORDS).count("<td></td>") == 1
