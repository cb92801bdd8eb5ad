"""Place the nodes of a picture: the same graph gets the same positions."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import rustworkx as rx

Position = tuple[float, float]


def positions(
    nodes: Sequence[str], edges: Iterable[tuple[str, str]], *, spacing: float = 115.0
) -> dict[str, Position]:
    """Return a place for each node from a seeded spring layout (Fruchterman-Reingold).

    Args:
        nodes: the nodes; their order decides the start of the layout.
        edges: pairs of nodes.
        spacing: wanted distance between neighbours, in pixels.
    """
    if not nodes:
        return {}
    graph: rx.PyGraph[str, None] = rx.PyGraph()
    index = dict(zip(nodes, graph.add_nodes_from(list(nodes)), strict=True))
    graph.add_edges_from_no_data([(index[a], index[b]) for a, b in edges])
    layout = rx.spring_layout(graph, seed=7, num_iter=200)
    scale = spacing * len(nodes) ** 0.5
    return {
        node: (round(layout[place][0] * scale, 1), round(layout[place][1] * scale, 1))
        for node, place in index.items()
    }
