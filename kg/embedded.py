"""Keep the graph in an embedded Oxigraph store, in memory or in a directory."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Final

from pyoxigraph import (
    NamedNode,
    Quad,
    QueryBoolean,
    QuerySolutions,
    QueryTriples,
    Triple,
)
from pyoxigraph import (
    Store as Oxigraph,
)

from kg.errors import BadQuery, DatasetBroken, ForbiddenQuery
from kg.language import Text
from kg.serving.dataset_clause import is_narrowed
from kg.store import Row, Store, Term, every_quad

_SELECT_EXPECTED: Final = Text(
    "Hier wird eine SELECT-Anfrage erwartet.", "A SELECT query is expected here."
)
_CONSTRUCT_EXPECTED: Final = Text(
    "Hier wird eine CONSTRUCT-Anfrage erwartet.", "A CONSTRUCT query is expected here."
)
_TRIPLE: Final = Text(
    "Tripel als Werte werden hier nicht gelesen.", "Triples as values are not read here."
)


class EmbeddedStore:
    """Answer from an Oxigraph store in this process: our own queries only, never strangers'."""

    def __init__(self, engine: Oxigraph) -> None:
        self._engine = engine

    @classmethod
    def in_memory(cls, quads: Iterable[Quad] = ()) -> EmbeddedStore:
        """Return a store in memory that holds these quads."""
        engine = Oxigraph()
        engine.bulk_extend(quads)
        return cls(engine)

    @classmethod
    def create(cls, directory: Path) -> EmbeddedStore:
        """Open a directory for writing, made when it is missing."""
        try:
            return cls(Oxigraph(str(directory)))
        except OSError as error:
            raise DatasetBroken(directory.name) from error

    @classmethod
    def read_only(cls, directory: Path) -> EmbeddedStore:
        """Open a finished directory for reading; nobody may be writing to it."""
        try:
            return cls(Oxigraph.read_only(str(directory)))
        except OSError as error:
            raise DatasetBroken(directory.name) from error

    @property
    def engine(self) -> Oxigraph:
        """Return the engine itself, for bulk work."""
        return self._engine

    def _query(self, query: str) -> QuerySolutions | QueryBoolean | QueryTriples:
        try:
            # Asked for the union, the engine overlooks FROM.
            return self._engine.query(query, use_default_graph_as_union=not is_narrowed(query))
        except SyntaxError as error:
            raise BadQuery(str(error)) from error

    def select(self, query: str) -> list[Row]:
        """Return the solutions of a SELECT query; unbound variables are absent from their row."""
        names, rows = self.select_table(query)
        return [
            {name: term for name, term in zip(names, row, strict=True) if term is not None}
            for row in rows
        ]

    def select_table(self, query: str) -> tuple[list[str], list[list[Term | None]]]:
        """Return a SELECT query's variables in order and its rows, `None` for an unbound one."""
        answer = self._query(query)
        try:
            if not isinstance(answer, QuerySolutions):
                raise ForbiddenQuery(_SELECT_EXPECTED)
            names = [variable.value for variable in answer.variables]
            rows: list[list[Term | None]] = []
            # No comprehension: its frame would hold the answer too.
            for solution in answer:
                rows.append([_plain(value) for value in solution])  # noqa: PERF401
        finally:
            # A traceback would keep it, and the thread that made it has to let go of it.
            del answer
        return names, rows

    def ask(self, query: str) -> bool:
        """Return the answer of an ASK query."""
        return bool(self._query(query))

    def construct(self, query: str) -> list[Triple]:
        """Return the triples of a CONSTRUCT or DESCRIBE query."""
        answer = self._query(query)
        try:
            if not isinstance(answer, QueryTriples):
                raise ForbiddenQuery(_CONSTRUCT_EXPECTED)
            return list(answer)
        finally:
            del answer

    def update(self, update: str) -> None:
        """Carry out a SPARQL update."""
        try:
            self._engine.update(update)
        except SyntaxError as error:
            raise BadQuery(str(error)) from error

    def graph_names(self) -> list[str]:
        """Return the IRIs of the named graphs, sorted."""
        return sorted(name.value for name in self._engine.named_graphs())

    def graph(self, name: str) -> list[Quad]:
        """Return the quads of one named graph."""
        return list(self._engine.quads_for_pattern(None, None, None, NamedNode(name)))

    def put_graph(self, name: str, quads: Iterable[Quad]) -> None:
        """Replace one named graph by these quads."""
        node = NamedNode(name)
        self._engine.remove_graph(node)
        self._engine.bulk_extend(
            Quad(quad.subject, quad.predicate, quad.object, node) for quad in quads
        )

    def delete_graph(self, name: str) -> None:
        """Remove one named graph; a missing one is no error."""
        self._engine.remove_graph(NamedNode(name))

    def finish(self) -> None:
        """Make everything durable and quick to read."""
        self._engine.flush()
        self._engine.optimize()

    def __len__(self) -> int:
        """Return how many quads the store holds."""
        return len(self._engine)


def embedded(store: Store) -> EmbeddedStore:
    """Return a store that has an engine in this process: itself, or a copy in memory."""
    return store if isinstance(store, EmbeddedStore) else EmbeddedStore.in_memory(every_quad(store))


def _plain(value: Term | Triple | None) -> Term | None:
    if isinstance(value, Triple):
        raise ForbiddenQuery(_TRIPLE)
    return value
