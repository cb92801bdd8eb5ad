"""Ask and change a graph store, whichever engine is behind it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Protocol

from pyoxigraph import BlankNode, Literal, NamedNode, Quad, Triple

Term = NamedNode | BlankNode | Literal
Row = Mapping[str, Term]


class Store(Protocol):
    """Read and write named graphs; the default graph of every query is the union of all graphs."""

    def select(self, query: str) -> list[Row]:
        """Return the solutions of a SELECT query; unbound variables are absent from their row."""
        ...

    def select_table(self, query: str) -> tuple[list[str], list[list[Term | None]]]:
        """Return a SELECT query's variables in order and its rows, `None` for an unbound one."""
        ...

    def ask(self, query: str) -> bool:
        """Return the answer of an ASK query."""
        ...

    def construct(self, query: str) -> list[Triple]:
        """Return the triples of a CONSTRUCT or DESCRIBE query."""
        ...

    def update(self, update: str) -> None:
        """Carry out a SPARQL update."""
        ...

    def graph_names(self) -> list[str]:
        """Return the IRIs of the named graphs, sorted."""
        ...

    def graph(self, name: str) -> list[Quad]:
        """Return the quads of one named graph."""
        ...

    def put_graph(self, name: str, quads: Iterable[Quad]) -> None:
        """Replace one named graph by these quads, in one step."""
        ...

    def delete_graph(self, name: str) -> None:
        """Remove one named graph; a missing one is no error."""
        ...

    def __len__(self) -> int:
        """Return how many quads the store holds."""
        ...


def every_quad(store: Store) -> Iterator[Quad]:
    """Yield all quads, graph by graph."""
    for name in store.graph_names():
        yield from store.graph(name)


def text_of(term: Term | None) -> str:
    """Return the IRI or the lexical form of a term, "" for none."""
    return "" if term is None else term.value
