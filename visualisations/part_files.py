"""Write a part of the graph as GraphML, for Gephi, yEd, Cytoscape and networkx."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import networkx as nx


@dataclass(frozen=True, slots=True)
class GraphNode:
    """Hold a node of the file: IRI, name, class, place."""

    iri: str
    label: str
    kind: str
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class GraphEdge:
    """Hold an edge of the file; `probability` is below 0 where none is stated."""

    source: str
    target: str
    label: str
    is_proposal: bool
    probability: float


def graphml(nodes: Iterable[GraphNode], edges: Iterable[GraphEdge]) -> bytes:
    """Return a GraphML document; parallel edges stay apart."""
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    for node in nodes:
        graph.add_node(node.iri, label=node.label, kind=node.kind, x=node.x, y=node.y)
    for number, edge in enumerate(edges):
        graph.add_edge(
            edge.source,
            edge.target,
            key=str(number),
            label=edge.label,
            proposal=edge.is_proposal,
            **({"probability": edge.probability} if edge.probability >= 0 else {}),
        )
    return ("\n".join(nx.generate_graphml(graph)) + "\n").encode()
