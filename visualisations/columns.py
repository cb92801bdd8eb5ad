"""Choose the column of each box in a layered drawing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

_FORBIDDEN: Final = 1000.0
_MOST_COLUMNS: Final = 5
_TRIES: Final = 3


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
    results = [search.improved(start, order) for start, order in _starts(names, links)]
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
                for column in range(_MOST_COLUMNS):
                    tried = {**found, name: column}
                    if (other := self.cost(tried)) < cost - 1e-9:
                        found, cost, is_moving = tried, other, True
        return found

    def cost(self, found: Mapping[str, int]) -> float:
        """Return how bad a choice is: long arrows, high columns, too wide a drawing."""
        total = sum(self._length(link, found) for link in self._links)
        heights = [0.0] * _MOST_COLUMNS
        widths = [0.0] * _MOST_COLUMNS
        for name, column in found.items():
            heights[column] += self._boxes[name].height + 16
            widths[column] = max(widths[column], self._boxes[name].width)
        labels: dict[int, Size] = {}
        for link in self._links:
            if link.label is not None:
                place = (found[link.source] + found[link.target]) // 2
                known = labels.get(place, Size(0, 0))
                labels[place] = Size(
                    max(known.width, link.label.width), known.height + link.label.height + 10
                )
        wide = sum(widths) + sum(label.width + 40 for label in labels.values())
        wide += 45 * sum(width > 0 for width in widths)
        high = max([*heights, *(label.height for label in labels.values())])
        spread = sum((height / 100) ** 2 for height in heights) * 0.15
        return total + spread + high / 60 + max(0.0, wide - self._width) / 6

    def _length(self, link: Link, found: Mapping[str, int]) -> float:
        span = found[link.source] - found[link.target]
        if link.label is None:
            return 2.0 * (span - 1) if span > 0 else _FORBIDDEN * (1 - span)
        return 3.0 * (abs(span) - 1) if span else _FORBIDDEN
