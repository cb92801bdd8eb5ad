"""Find the points with the largest products quickly: points in cells, few cells looked into.

An inverted file over cells of k-means (Sivic and Zisserman 2003; Jégou et al. 2011). No random
number is drawn: first centres are points at even steps, so the same points give the same cells.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np

from kg.matching.postings import Places
from kg.matching.semantic import Vectors

# Cells for each square root of the number of points.
CELLS: Final = 2.0
# Cells looked into for each query.
PROBES: Final = 24
# Points a cell that the centres are fitted on, and how often they are moved.
_FITTED: Final = 40
_MOVES: Final = 6
_TOGETHER: Final = 8192


class Cells:
    """Hold points in cells; built once, never changed."""

    def __init__(self, points: Vectors) -> None:
        count = max(1, min(len(points), round(CELLS * len(points) ** 0.5)))
        self._centres = _centres(points, count)
        cells = _nearest_centres(points, self._centres)
        self._places: Places = np.argsort(cells, kind="stable")
        self._points = points[self._places]
        self._starts = np.searchsorted(cells[self._places], np.arange(count + 1))

    def nearest(self, queries: Vectors, most: int) -> list[Places]:
        """Return for each query the places of about `most` points with the largest products."""
        probes = min(PROBES, len(self._centres))
        products = queries @ self._centres.T
        picked = np.argpartition(-products, probes - 1, axis=1)[:, :probes]
        cells = picked.ravel()
        askers = np.repeat(np.arange(len(queries)), probes)
        order = np.argsort(cells, kind="stable")
        cells, askers = cells[order], askers[order]
        firsts = np.flatnonzero(np.diff(cells, prepend=-1))
        found: list[list[tuple[Vectors, int]]] = [[] for _ in queries]
        for first, last in zip(firsts, [*firsts[1:], len(cells)], strict=True):
            start, end = self._starts[cells[first]], self._starts[cells[first] + 1]
            if start < end:
                own = askers[first:last]
                values = queries[own] @ self._points[start:end].T
                for asker, row in zip(own.tolist(), values, strict=True):
                    found[asker].append((row, int(start)))
        return [self._largest(parts, most) for parts in found]

    def _largest(self, parts: Sequence[tuple[Vectors, int]], most: int) -> Places:
        if not parts:
            return np.zeros(0, dtype=np.intp)
        values = np.concatenate([row for row, _ in parts])
        at = np.concatenate([np.arange(start, start + len(row)) for row, start in parts])
        if len(values) > most:
            at = at[np.argpartition(-values, most - 1)[:most]]
        found: Places = self._places[at]
        return found


def _centres(points: Vectors, count: int) -> Vectors:
    """Return centres of cells, fitted on points at even steps (Lloyd's algorithm)."""
    step = max(1, len(points) // (count * _FITTED))
    fitted = points[::step]
    centres = fitted[np.linspace(0, len(fitted) - 1, count).astype(np.intp)].copy()
    for _ in range(_MOVES):
        cells = _nearest_centres(fitted, centres)
        sizes = np.bincount(cells, minlength=count)
        order = np.argsort(cells, kind="stable")
        filled = sizes > 0
        starts = (np.cumsum(sizes) - sizes)[filled]
        sums = np.add.reduceat(fitted[order], starts, axis=0)
        centres[filled] = sums / sizes[filled][:, None].astype(np.float32)
    return centres


def _nearest_centres(points: Vectors, centres: Vectors) -> Places:
    found = np.zeros(len(points), dtype=np.intp)
    half = (centres * centres).sum(axis=1) / 2
    for start in range(0, len(points), _TOGETHER):
        part = points[start : start + _TOGETHER]
        found[start : start + _TOGETHER] = np.argmax(part @ centres.T - half, axis=1)
    return found
