"""Run operations over a copy of the graphs whose default graph is the union of all.

The engine's default graph is a graph of its own. So the copy holds each statement twice, in its
graph and in the default graph, and both are made to agree again wherever an operation could see the
difference.
"""

from __future__ import annotations

from collections.abc import Iterable

from pyoxigraph import DefaultGraph, NamedNode, Quad, Store

from kg.editing.outline import Operation
from ontology.namespaces import INFERRED_GRAPH, PROPOSED_GRAPH, PROVENANCE_GRAPH

_DERIVED = frozenset(NamedNode(name) for name in (INFERRED_GRAPH, PROPOSED_GRAPH, PROVENANCE_GRAPH))
_DEFAULT = DefaultGraph()


class DefaultGraphWrittenError(Exception):
    """Say that an operation put statements into no graph."""


class OnlyDerivedError(Exception):
    """Say that statements to delete are stated nowhere, but derived from others."""


class WorkingCopy:
    """Hold graphs that operations change one after the other."""

    def __init__(self, before: Store) -> None:
        self.store = Store()
        self.store.bulk_extend(before)
        self.store.bulk_extend(_in_default(before))
        self._settled = Store()
        self._settled.bulk_extend(before)

    def run(self, operations: Iterable[Operation]) -> None:
        """Run the operations.

        Raises:
            DefaultGraphWrittenError: one of them put statements into no graph.
            OnlyDerivedError: all that one of them deleted is derived.
        """
        is_settled = True
        for operation in operations:
            if not (operation.is_data or is_settled):
                self._settle()
            self.store.update(operation.text)
            is_settled = False
            if not operation.is_data:
                self._settle()
                is_settled = True
        if not is_settled:
            self._settle()

    def named(self) -> list[Quad]:
        """Return what the named graphs state now."""
        return [quad for quad in self.store if quad.graph_name != _DEFAULT]

    def _settle(self) -> None:
        """Carry what was deleted from the union to the graphs, and every graph to the union."""
        named = self.named()
        before = len(set(_in_default(self._settled)))
        unnamed = [
            quad for quad in self._settled if next(iter(_in_default((quad,)))) not in self.store
        ]
        gone = set(_in_default(unnamed))
        if len(self.store) - len(named) != before - len(gone):
            raise DefaultGraphWrittenError
        stated = [quad for quad in unnamed if quad.graph_name not in _DERIVED]
        if unnamed and not stated:
            raise OnlyDerivedError
        for quad in stated:
            self.store.remove(quad)
        removed = [quad for quad in self._settled if quad not in self.store]
        added = [quad for quad in named if quad not in self._settled]
        self._settled.extend(added)
        for quad in removed:
            self._settled.remove(quad)
        self.store.extend(_in_default(added))
        for quad in unnamed:
            # what is derived stays, and so does what was stated anew
            self.store.extend(_in_default(self._settled_like(quad)))
        for quad in removed:
            if not self._settled_like(quad):
                self.store.remove(next(iter(_in_default((quad,)))))

    def _settled_like(self, quad: Quad) -> list[Quad]:
        found = self._settled.quads_for_pattern(quad.subject, quad.predicate, quad.object, None)
        return list(found)


def _in_default(quads: Iterable[Quad]) -> Iterable[Quad]:
    return (Quad(quad.subject, quad.predicate, quad.object) for quad in quads)
