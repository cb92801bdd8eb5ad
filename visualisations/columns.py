"""Choose the column of each box in a layered drawing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

# What lies between two columns, so that lines can bend.
BEND: Final = 29.0
_FORBIDDEN: Final = 1000.0
_MOST_COLUMNS: Final = 5
_TRIES: Final = 8


@dataclass(frozen=True, slots=True)
class Size:
    """Hold width and height in pixels."""

    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Link:
    """Hold an arrow from one box to another.

    One without label is of the hierarchy: its target stands in a column further left. One with a
    label only needs its ends in different columns.
    """

    source: str
    target: str
    label: Size | None


def columns(boxes: Mapping[str, Size], links: Sequence[Link], *, width: float) -> dict[str, int]:
    """Return the column of each box, the leftmost is 0.

    Arrows are short, columns about equally high, and the drawing about as wide as asked if that is
    possible. The same boxes get the same columns.
    """
    names = sorted(boxes)
    search = _Search(boxes, links, width)
    starts = {(tuple(start.items()), tuple(order)) for start, order in _starts(names, links)}
    results = [search.improved(dict(start), order) for start, order in starts]
    best = min(results, key=lambda found: (round(search.cost(found), 6), sorted(found.items())))
    used = sorted(set(best.values()))
    return {name: used.index(best[name]) for name in names}


def _starts(names: list[str], links: Sequence[Link]) -> Iterator[tuple[dict[str, int], list[str]]]:
    depths = _depths(names, links)
    for turn in range(_TRIES):
        cut = turn * len(names) // _TRIES
        order = names[cut:] + names[:cut]
        for most in range(2, _MOST_COLUMNS):
            yield {name: min(depths[name], most) for name in names}, order
            yield {name: max(most - depths[name], 0) for name in names}, order[::-1]


def _depths(names: list[str], links: Sequence[Link]) -> dict[str, int]:
    depths = dict.fromkeys(names, 0)
    for _ in names:
        for link in links:
            if link.label is None:
                depths[link.source] = max(depths[link.source], depths[link.target] + 1)
    return depths


class _Search:
    """Move boxes between columns as long as the drawing gets better."""

    def __init__(self, boxes: Mapping[str, Size], links: Sequence[Link], width: float) -> None:
        self._boxes = boxes
        self._links = links
        self._width = width

    def improved(self, start: Mapping[str, int], order: Sequence[str]) -> dict[str, int]:
        """Return columns that no move of a single box makes better."""
        found = dict(start)
        cost = self.cost(found)
        is_moving = True
        while is_moving:
            is_moving = False
            for name in order:
                kept = found[name]
                for column in range(_MOST_COLUMNS):
                    found[name] = column
                    if (other := self.cost(found)) < cost - 1e-9:
                        kept, cost, is_moving = column, other, True
                found[name] = kept
        return found

    def cost(self, found: Mapping[str, int]) -> float:
        """Return how bad a choice is: long arrows, high columns, too wide a drawing."""
        heights = [0.0] * _MOST_COLUMNS
        widths = [0.0] * _MOST_COLUMNS
        for name, column in found.items():
            size = self._boxes[name]
            heights[column] += size.height + 16
            widths[column] = max(widths[column], size.width)
        label_heights = [0.0] * _MOST_COLUMNS
        label_widths = [0.0] * _MOST_COLUMNS
        length = 0.0
        for link in self._links:
            source, target = found[link.source], found[link.target]
            span = source - target
            if link.label is None:
                length += 2.0 * (span - 1) if span > 0 else _FORBIDDEN * (1 - span)
                continue
            length += 3.0 * (abs(span) - 1) if span else _FORBIDDEN
            place = (source + target) // 2
            label_heights[place] += link.label.height + 10
            label_widths[place] = max(label_widths[place], link.label.width)
        wide = sum(width + BEND for width in (*widths, *label_widths) if width) - BEND
        high = max(*heights, *label_heights)
        spread = sum((height / 100) ** 2 for height in heights) * 0.15
        return length + spread + high / 60 + max(0.0, wide - self._width) / 3
