"""Lay out a bar chart: one bar a row, the label above it and the number at its end."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

WIDTH: Final = 640
_ROW: Final = 44
_LONGEST: Final = 520
_BAR: Final = 16
_LETTERS: Final = 80


@dataclass(frozen=True, slots=True)
class Bar:
    """Hold a bar in pixels with its label and its number as written."""

    label: str
    number: str
    y: int
    width: int

    @property
    def label_y(self) -> int:
        """Return the base line of the label."""
        return self.y - 6

    @property
    def number_x(self) -> int:
        """Return where the number starts."""
        return self.width + 8

    @property
    def number_y(self) -> int:
        """Return the base line of the number."""
        return self.y + _BAR - 3


@dataclass(frozen=True, slots=True)
class BarChart:
    """Hold the bars in their order and the size of the picture in pixels."""

    bars: tuple[Bar, ...]
    width: int
    height: int
    thickness: int = _BAR


def bar_chart(rows: Sequence[tuple[str, str, float]]) -> BarChart:
    """Return a chart of labels, numbers as written and their values, none of them negative.

    >>> [bar.width for bar in bar_chart([("a", "2", 2), ("b", "1", 1)]).bars]
    [520, 260]
    """
    most = max((value for _, _, value in rows), default=0) or 1
    bars = tuple(
        Bar(
            label if len(label) <= _LETTERS else label[: _LETTERS - 1] + "…",
            number,
            line * _ROW + 22,
            round(_LONGEST * value / most),
        )
        for line, (label, number, value) in enumerate(rows)
    )
    return BarChart(bars, WIDTH, len(bars) * _ROW + 4)
