"""Order what stands in the columns of a layered drawing so that few lines cross."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

_SWEEPS: Final = 24

Column = list[str]


def ordered(columns: Sequence[Sequence[str]], lines: Sequence[tuple[str, str]]) -> list[Column]:
    """Return the columns, each in an order with few crossings.

    Args:
        columns: what stands in each column; its order is where the search starts.
        lines: pairs of neighbours, the first in one column, the second in the next.
    """
    right: dict[str, list[str]] = {item: [] for column in columns for item in column}
    left: dict[str, list[str]] = {item: [] for item in right}
    for first, second in lines:
        right[first].append(second)
        left[second].append(first)
    found = [list(column) for column in columns]
    best, fewest = found, _crossings(found, right)
    for sweep in range(_SWEEPS):
        found = _swept(found, left, right, is_forward=sweep % 2 == 0)
        found = _swapped(found, left, right)
        crossings = _crossings(found, right)
        if crossings < fewest:
            best, fewest = found, crossings
    return best


def _swept(
    columns: list[Column],
    left: Mapping[str, list[str]],
    right: Mapping[str, list[str]],
    *,
    is_forward: bool,
) -> list[Column]:
    """Sort each column by the middle of its neighbours in the column before."""
    neighbours = left if is_forward else right
    found = [list(column) for column in columns]
    sequence = range(1, len(found)) if is_forward else range(len(found) - 2, -1, -1)
    for index in sequence:
        before = found[index - 1 if is_forward else index + 1]
        place = {item: float(number) for number, item in enumerate(before)}
        own = {item: float(number) for number, item in enumerate(found[index])}
        share = len(before) / max(1, len(own))

        found[index].sort(
            key=lambda item, place=place, own=own, share=share: (  # type: ignore[misc]  # bound now
                _mean([place[other] for other in neighbours[item]], own[item] * share),
                own[item],
            )
        )
    return found


def _mean(values: list[float], spare: float) -> float:
    return sum(values) / len(values) if values else spare


def _swapped(
    columns: list[Column], left: Mapping[str, list[str]], right: Mapping[str, list[str]]
) -> list[Column]:
    """Swap neighbours in a column as long as that takes crossings away."""
    found = [list(column) for column in columns]
    for index, column in enumerate(found):
        sides = [
            ({item: n for n, item in enumerate(found[other])}, table)
            for other, table in ((index - 1, left), (index + 1, right))
            if 0 <= other < len(found)
        ]
        is_moving = True
        while is_moving:
            is_moving = False
            for n in range(len(column) - 1):
                upper, lower = column[n], column[n + 1]
                now = sum(_pairs(table[upper], table[lower], place) for place, table in sides)
                then = sum(_pairs(table[lower], table[upper], place) for place, table in sides)
                if then < now:
                    column[n], column[n + 1] = lower, upper
                    is_moving = True
    return found


def _pairs(upper: list[str], lower: list[str], place: Mapping[str, int]) -> int:
    return sum(place[a] > place[b] for a in upper for b in lower)


def _crossings(columns: list[Column], right: Mapping[str, list[str]]) -> int:
    total = 0
    for index, column in enumerate(columns[:-1]):
        place = {item: n for n, item in enumerate(columns[index + 1])}
        for n, upper in enumerate(column):
            total += sum(_pairs(right[upper], right[lower], place) for lower in column[n + 1 :])
    return total
