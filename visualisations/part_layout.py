"""Place a part of the graph that grows step by step: what stands already stays where it is."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Final

import numpy as np
import rustworkx as rx
from numpy.typing import NDArray

Place = tuple[float, float]
SPACING: Final = 190.0
# What a thing and its name take.
_WIDTH: Final = 132.0
_HEIGHT: Final = 84.0
_CLOSE: Final = 100
_TRIED: Final = 1_200
_GOLDEN: Final = math.pi * (3 - math.sqrt(5))


def places(
    batches: Sequence[Sequence[int]],
    edges: Sequence[tuple[int, int]],
    parents: Mapping[int, int],
    pins: Mapping[int, tuple[int, int]],
) -> dict[int, Place]:
    """Return a place for each thing from a seeded spring layout, batch after batch.

    A batch moves around its parents and leaves earlier ones alone; pinned things stay where they
    were pinned. No two names lie over each other, unless they were pinned so.
    """
    placed: dict[int, Place] = {}
    for batch in batches:
        fresh = [thing for thing in batch if thing not in pins]
        placed.update(
            {
                thing: (float(pins[thing][0]), float(pins[thing][1]))
                for thing in batch
                if thing in pins
            }
        )
        if not fresh:
            continue
        start = placed | _fan(fresh, parents, placed)
        moved = _sprung(start, edges, set(placed)) if placed else start
        placed.update(apart(moved, set(fresh)))
    return placed


def _fan(
    fresh: Sequence[int], parents: Mapping[int, int], placed: Mapping[int, Place]
) -> dict[int, Place]:
    """Return first places: around the thing that brought each, turning with every one."""
    found: dict[int, Place] = {}
    for count, thing in enumerate(fresh):
        x, y = {**placed, **found}.get(parents[thing], (0.0, 0.0))
        if parents[thing] == thing:
            found[thing] = (x, y)
            continue
        radius = SPACING * (1 + count / 12)
        found[thing] = (
            x + radius * math.cos(count * _GOLDEN),
            y + radius * math.sin(count * _GOLDEN),
        )
    return found


def _sprung(
    start: Mapping[int, Place], edges: Sequence[tuple[int, int]], fixed: set[int]
) -> dict[int, Place]:
    graph: rx.PyGraph[int, None] = rx.PyGraph()
    index = dict(zip(start, graph.add_nodes_from(list(start)), strict=True))
    graph.add_edges_from_no_data(
        [(index[a], index[b]) for a, b in edges if a in index and b in index]
    )
    layout = rx.spring_layout(
        graph,
        pos={index[thing]: place for thing, place in start.items()},
        fixed={index[thing] for thing in fixed},
        k=SPACING,
        num_iter=40,
        seed=7,
    )
    return {thing: (layout[place][0], layout[place][1]) for thing, place in index.items()}


def apart(where: Mapping[int, Place], movable: set[int]) -> dict[int, Place]:
    """Return for each movable thing the nearest place at which its name lies over no other."""
    taken = [place for thing, place in where.items() if thing not in movable]
    found: dict[int, Place] = {}
    spiral = _spiral()
    for thing, wanted in where.items():
        if thing not in movable:
            continue
        # Most find room close by.
        near = np.array(wanted) + spiral[:_CLOSE]
        is_free = _free(near, taken)
        if not is_free.any():
            near = np.array(wanted) + spiral
            is_free = _free(near, taken)
        x, y = near[int(np.argmax(is_free))]
        found[thing] = (round(float(x), 1), round(float(y), 1))
        taken.append(found[thing])
    return found


def _free(tried: NDArray[np.float64], taken: Sequence[Place]) -> NDArray[np.bool_]:
    """Tell for each place whether a name there lies over none of those that stand already."""
    gaps = np.abs(tried[:, None, :] - np.array(taken).reshape(1, -1, 2))
    over: NDArray[np.bool_] = (gaps[..., 0] < _WIDTH) & (gaps[..., 1] < _HEIGHT)
    return np.asarray(~over.any(axis=1))


def _spiral() -> NDArray[np.float64]:
    """Return steps away from a place, shortest first, in all directions."""
    turns = np.arange(_TRIED)
    radius = 18 * np.sqrt(turns)
    return np.stack([radius * np.cos(turns * _GOLDEN), radius * np.sin(turns * _GOLDEN)], axis=1)
