"""Set the height at which everything in the columns of a layered drawing stands."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

_SWEEPS: Final = 40


def middles(
    columns: Sequence[Sequence[str]],
    heights: Mapping[str, float],
    lines: Sequence[tuple[str, str]],
    *,
    gap: float,
) -> dict[str, float]:
    """Return the vertical middle of each item: near its neighbours, in order, never overlapping.

    Args:
        columns: the items of each column from top to bottom.
        heights: the height of each item.
        lines: pairs of neighbours in columns next to each other.
        gap: the least distance between two items of a column.
    """
    near: dict[str, list[str]] = {item: [] for item in heights}
    for first, second in lines:
        near[first].append(second)
        near[second].append(first)
    found: dict[str, float] = {}
    for column in columns:
        found.update(_set_apart(column, heights, dict.fromkeys(column, 0.0), gap))
    for sweep in range(_SWEEPS):
        for column in columns if sweep % 2 == 0 else columns[::-1]:
            wished = {
                item: sum(found[other] for other in near[item]) / len(near[item])
                if near[item]
                else found[item]
                for item in column
            }
            found.update(_set_apart(column, heights, wished, gap))
    top = min((found[item] - heights[item] / 2 for item in found), default=0.0)
    return {item: round(middle - top, 1) for item, middle in found.items()}


def _set_apart(
    column: Sequence[str], heights: Mapping[str, float], wished: Mapping[str, float], gap: float
) -> dict[str, float]:
    """Return the middles nearest to those wished for, by pooling neighbours that collide."""
    offsets: list[float] = []
    offset = 0.0
    for number, item in enumerate(column):
        if number:
            offset += (heights[column[number - 1]] + heights[item]) / 2 + gap
        offsets.append(offset)
    pools: list[tuple[float, int]] = []
    for item, offset in zip(column, offsets, strict=True):
        mean, size = wished[item] - offset, 1
        while pools and pools[-1][0] > mean:
            other, count = pools.pop()
            mean, size = (mean * size + other * count) / (size + count), size + count
        pools.append((mean, size))
    levels = [mean for mean, size in pools for _ in range(size)]
    return {
        item: level + offset for item, level, offset in zip(column, levels, offsets, strict=True)
    }
