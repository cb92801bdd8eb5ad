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
    """Return places at which no movable thing's name lies over another."""
    things = sorted(where)
    at: NDArray[np.float64] = np.array([where[thing] for thing in things])
    free = np.array([thing in movable for thing in things])
    for _ in range(80):
        gaps = at[:, None, :] - at[None, :, :]
        across = _WIDTH - np.abs(gaps[..., 0])
        down = _HEIGHT - np.abs(gaps[..., 1])
        over = (across > 0) & (down > 0)
        np.fill_diagonal(over, val=False)
        if not over[free].any():
            break
        # Out of each other the short way; of two at the same place the later one goes down.
        order = np.sign(np.arange(len(things))[:, None] - np.arange(len(things))[None, :])
        side = np.where(gaps == 0, order[..., None], np.sign(gaps))
        is_flat = across * _HEIGHT < down * _WIDTH
        push = np.zeros_like(gaps)
        push[..., 0] = np.where(over & is_flat, side[..., 0] * across / 2, 0)
        push[..., 1] = np.where(over & ~is_flat, side[..., 1] * down / 2, 0)
        at[free] += 0.8 * push.sum(axis=1)[free]
    return {
        thing: (round(float(x), 1), round(float(y), 1))
        for thing, (x, y) in zip(things, at, strict=True)
        if thing in movable
    }
