"""Tell an engine which graphs a query reads."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from kg.serving.dataset_clause import graphs_named_in
from kg.serving.standard import NO_GRAPH


@dataclass(frozen=True, slots=True)
class Scope:
    """Hold the graphs that queries read; their union is the default graph.

    `as_union` asks an Oxigraph server for the union of all it holds, which it answers many times
    faster than a list of the same graphs; only right where it holds no others.
    """

    graphs: tuple[str, ...]
    as_union: bool = False

    def parameters(
        self, query: str, default_graphs: Iterable[str] = (), named_graphs: Iterable[str] = ()
    ) -> list[tuple[str, str]]:
        """Return the protocol's parameters for a query, whose FROM or given graphs narrow it."""
        default, named = tuple(default_graphs), tuple(named_graphs)
        if not default and not named:
            default, named = graphs_named_in(query)
        if default or named:
            held = frozenset(self.graphs)
            return _listed(
                [name for name in default if name in held],
                [name for name in named if name in held],
            )
        if self.as_union:
            return [("union-default-graph", "true")]
        return _listed(self.graphs, self.graphs)


def _listed(default: Iterable[str], named: Iterable[str]) -> list[tuple[str, str]]:
    # A dataset of no graph at all cannot be said in the protocol, only one of an empty graph.
    return [
        *(("default-graph-uri", name) for name in tuple(default) or (NO_GRAPH,)),
        *(("named-graph-uri", name) for name in tuple(named) or (NO_GRAPH,)),
    ]
