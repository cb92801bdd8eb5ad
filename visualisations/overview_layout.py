"""Place a whole graph: groups first, then their members, by a seeded spring layout."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from typing import Final

import rustworkx as rx

from visualisations.layout import Position

# A spring layout of more takes too long; members then stay around the middle of their group.
SPRUNG: Final = 5_000
_GOLDEN: Final = math.pi * (3 - math.sqrt(5))
_ROOM: Final = 1.6
_PULL: Final = 0.3
_ROUNDS: Final = 20


def group_places(sizes: Sequence[int], pairs: Counter[tuple[int, int]]) -> list[Position]:
    """Return the middle of each group, large ones apart from each other.

    Args:
        sizes: how many members each group has.
        pairs: how many relations join two groups.
    """
    graph: rx.PyGraph[int, float] = rx.PyGraph()
    graph.add_nodes_from(list(range(len(sizes))))
    # What is related to nothing would drift away.
    middle = graph.add_node(-1)
    graph.add_edges_from([(middle, place, _PULL) for place in range(len(sizes))])
    graph.add_edges_from(
        [(a, b, 0.2 + math.log10(count) / 4) for (a, b), count in sorted(pairs.items()) if a != b]
    )
    layout = rx.spring_layout(graph, seed=7, num_iter=300, weight_fn=float)
    radii = [_radius(size) for size in sizes]
    scale = 2.2 * math.sqrt(sum(radius * radius for radius in radii)) or 1.0
    places = [(layout[place][0] * scale, layout[place][1] * scale) for place in range(len(sizes))]
    return _apart(places, radii)


def member_places(
    groups: Sequence[Sequence[int]], pairs: Sequence[tuple[int, int]]
) -> dict[int, Position]:
    """Return a place for every member of every group; `pairs` are the related members."""
    group_of = {member: number for number, group in enumerate(groups) for member in group}
    joined = Counter(
        (min(group_of[a], group_of[b]), max(group_of[a], group_of[b])) for a, b in pairs
    )
    middles = group_places([len(group) for group in groups], joined)
    start = {
        member: (
            middles[number][0] + _ROOM * math.sqrt(turn) * math.cos(turn * _GOLDEN),
            middles[number][1] + _ROOM * math.sqrt(turn) * math.sin(turn * _GOLDEN),
        )
        for number, group in enumerate(groups)
        for turn, member in enumerate(group)
    }
    if 1 < len(start) <= SPRUNG:
        start = _sprung(start, pairs)
    return {member: (round(x, 2), round(y, 2)) for member, (x, y) in start.items()}


def _sprung(start: dict[int, Position], pairs: Sequence[tuple[int, int]]) -> dict[int, Position]:
    graph: rx.PyGraph[int, None] = rx.PyGraph()
    index = dict(zip(start, graph.add_nodes_from(list(start)), strict=True))
    graph.add_edges_from_no_data([(index[a], index[b]) for a, b in pairs])
    layout = rx.spring_layout(
        graph,
        pos={index[member]: place for member, place in start.items()},
        k=_ROOM,
        num_iter=_ROUNDS,
        seed=7,
        # With one held in place, distances stay as they are.
        fixed={0},
    )
    return {member: (layout[place][0], layout[place][1]) for member, place in index.items()}


def _radius(size: int) -> float:
    return _ROOM * math.sqrt(size) + 6 * _ROOM


def _apart(places: list[Position], radii: Sequence[float]) -> list[Position]:
    """Return places at which no group lies in another."""
    at = [list(place) for place in places]
    for _ in range(120):
        is_moved = False
        for a in range(len(at)):
            for b in range(a):
                across, down = at[a][0] - at[b][0], at[a][1] - at[b][1]
                length = math.hypot(across, down) or 1e-6
                missing = radii[a] + radii[b] - length
                if missing > 0:
                    is_moved = True
                    share = missing / length / 2
                    at[a][0] += across * share
                    at[a][1] += down * share
                    at[b][0] -= across * share
                    at[b][1] -= down * share
        if not is_moved:
            break
    return [(x, y) for x, y in at]
