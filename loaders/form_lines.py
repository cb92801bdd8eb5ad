"""Collect the lines of one field of a form; small tables of years become »2025: 1.500; 2026: …«."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from loaders.sheets import Cell
from loaders.text import one_line

_YEAR = re.compile(r"(?:19|20|21)\d{2}")
_LATER = re.compile(r"spätere Jahre|später|ff\.?|later(?: years)?", re.IGNORECASE)
Line = dict[int, str]


@dataclass(slots=True)
class BlockLines:
    """Hold lines, and the years that head the columns of a small table below them."""

    years: Mapping[int, str] = field(default_factory=dict)
    lines: list[tuple[Line, Mapping[int, str]]] = field(default_factory=list)

    @staticmethod
    def is_years(cells: tuple[Cell, ...]) -> bool:
        """Tell whether a row is a heading of years."""
        named = [cell for cell in cells if _YEAR.fullmatch(cell.value)]
        later = [cell for cell in cells if _LATER.fullmatch(cell.value)]
        return len(named) >= 2 and len(named) + len(later) >= len(cells) - 2

    def is_blank(self) -> bool:
        """Tell whether nothing was added."""
        return not self.lines

    def add(self, cells: tuple[Cell, ...]) -> None:
        """Add one row of cells; a row of units goes with the numbers above it."""
        if self.is_years(cells):
            headed = (
                cell
                for cell in cells
                if _YEAR.fullmatch(cell.value) or _LATER.fullmatch(cell.value)
            )
            self.years = {cell.column: cell.value for cell in headed}
            self.lines.append(({cell.column: one_line(cell.value) for cell in cells}, {}))
            return
        if len(cells) == 1:
            row = {cells[0].column: cells[0].value}
        else:
            row = {cell.column: one_line(cell.value) for cell in cells}
        if not self._joins_last(row):
            self.lines.append((row, self.years))

    def _joins_last(self, row: Line) -> bool:
        last, years = self.lines[-1] if self.lines else ({}, {})
        units = (
            column in last and column in years and not re.search(r"\d", row[column])
            for column in row
        )
        if not years or not all(units):
            return False
        for column, text in row.items():
            last[column] = f"{last[column]} {text}"
        return True

    def text(self) -> str:
        """Return the lines as one text."""
        return "\n".join(_line(row, years) for row, years in self.lines)


def _line(row: Line, years: Mapping[int, str]) -> str:
    if not any(column in years for column in row):
        return " | ".join(row.values())
    return "; ".join(
        f"{years[column]}: {text}" if column in years else text for column, text in row.items()
    )
