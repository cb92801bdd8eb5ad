"""Draw the explorer's picture: lines between places, parallel relations merged into one line."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from api.pages.explorer.shown import Shown, ShownRelation, ShownThing
from visualisations.looks import SHAPES
from visualisations.text_size import wrapped

_RADIUS: Final = 18.0
_MARGIN: Final = 24.0
_NAME_SIGNS: Final = 18
_NAME_LINES: Final = 3
_HALF_NAME: Final = 62.0
_BELOW: Final = 62.0
# More labels than these lie over each other; the table has them all.
_LABELLED_LINES: Final = 16


@dataclass(frozen=True, slots=True)
class Line:
    """Hold one drawn line and what stands on it; heads tell in which directions it is meant."""

    x1: float
    y1: float
    x2: float
    y2: float
    label: str
    is_open: bool
    has_head: bool
    has_tail: bool
    ends: tuple[int, int]

    @property
    def middle(self) -> tuple[float, float]:
        """Return where the label stands."""
        return round((self.x1 + self.x2) / 2, 1), round((self.y1 + self.y2) / 2, 1)


@dataclass(frozen=True, slots=True)
class Mark:
    """Hold a thing's drawing: the corners of its shape around 0,0 and the lines of its name."""

    thing: ShownThing
    points: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Picture:
    """Hold the drawing and its size in pixels; few lines carry their labels all the time."""

    left: int
    top: int
    width: int
    height: int
    lines: tuple[Line, ...]
    marks: tuple[Mark, ...]
    is_crowded: bool


def picture_of(shown: Shown) -> Picture:
    """Return the drawing of what is shown."""
    xs = [thing.place[0] for thing in shown.things]
    ys = [thing.place[1] for thing in shown.things]
    left, top = min(xs) - _HALF_NAME - _MARGIN, min(ys) - _RADIUS - _MARGIN
    right, bottom = max(xs) + _HALF_NAME + _MARGIN, max(ys) + _BELOW + _MARGIN
    by_number = {thing.number: thing for thing in shown.things}
    merged: dict[tuple[int, int], list[ShownRelation]] = defaultdict(list)
    for row in shown.relations:
        merged[min(row.source, row.target), max(row.source, row.target)].append(row)
    lines = [_line(by_number, ends, rows) for ends, rows in sorted(merged.items())]
    return Picture(
        math.floor(left),
        math.floor(top),
        math.ceil(right - left),
        math.ceil(bottom - top),
        tuple(lines),
        tuple(_mark(thing) for thing in shown.things),
        len(lines) > _LABELLED_LINES,
    )


def corners(shape: str, scale: float = 1.5) -> str:
    """Return a shape's corners around 0,0.

    >>> corners("diamond", 1)
    '0,-8 8,0 0,8 -8,0'
    """
    pairs = (corner.split(",") for corner in SHAPES[shape].split())
    return " ".join(f"{(int(x) - 8) * scale:g},{(int(y) - 8) * scale:g}" for x, y in pairs)


def _mark(thing: ShownThing) -> Mark:
    lines = wrapped(thing.label, _NAME_SIGNS)
    if len(lines) > _NAME_LINES:
        lines = [*lines[: _NAME_LINES - 1], f"{lines[_NAME_LINES - 1]} …"]
    cut = [
        line if len(line) <= _NAME_SIGNS + 4 else f"{line[: _NAME_SIGNS + 2]}…" for line in lines
    ]
    return Mark(thing, corners(thing.look.shape), tuple(cut))


def _line(
    things: dict[int, ShownThing], ends: tuple[int, int], rows: Sequence[ShownRelation]
) -> Line:
    (x1, y1), (x2, y2) = things[ends[0]].place, things[ends[1]].place
    length = math.hypot(x2 - x1, y2 - y1) or 1.0
    cut = min(_RADIUS, length / 3) / length
    across, down = (x2 - x1) * cut, (y2 - y1) * cut
    labels = list(dict.fromkeys(row.label for row in rows))
    more = f" +{len(labels) - 1}" if len(labels) > 1 else ""
    return Line(
        round(x1 + across, 1),
        round(y1 + down, 1),
        round(x2 - across, 1),
        round(y2 - down, 1),
        labels[0] + more,
        all(row.is_open for row in rows),
        any(row.source == ends[0] for row in rows),
        any(row.source == ends[1] for row in rows),
        ends,
    )
