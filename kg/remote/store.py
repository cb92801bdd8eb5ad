"""Keep named graphs in a remote engine, by queries, updates and the Graph Store Protocol."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final
from urllib.parse import quote

from pyoxigraph import BlankNode, NamedNode, Quad, RdfFormat, Triple, serialize

from kg.errors import RemoteFailed
from kg.remote.address import RemoteAddress
from kg.remote.credentials import Credentials
from kg.remote.endpoint import RemoteEndpoint
from kg.remote.scope import Scope
from kg.remote.sending import send
from kg.remote.updates import with_blank_nodes
from kg.store import Row, Term
from ontology.terms import BASE

# Graphs of others in the same engine, its own among them, are none of ours.
GRAPHS: Final = f"{BASE}graph/"
CHUNK_TRIPLES: Final = 20_000
# Virtuoso makes 10,000 lines of SQL of one update and no more.
UPDATE_TRIPLES: Final = 1_000
TIMEOUT_SECONDS: Final = 120


class RemoteStore:
    """Answer from the graphs below one address that an engine holds.

    Every method raises `RemoteFailed` when the engine does not do as it should. `put_graph` is one
    step for readers only up to the first 20,000 triples and as the engine makes it; who needs more
    publishes through `RemoteDataset`. Numbers, dates and language tags come back in the form that
    the engine gives them ("1.50" as 1.5): never compare their text with what was sent.
    """

    def __init__(self, address: RemoteAddress, *, scope: Scope | None = None) -> None:
        self.address = address
        self.endpoint = RemoteEndpoint(
            address.query,
            update_url=address.update,
            credentials=Credentials(address.user, address.password),
            timeout_seconds=TIMEOUT_SECONDS,
        )
        self._scope = scope

    def scope(self) -> Scope:
        """Return the graphs that queries read: those given, else all that there are now."""
        return self._scope or Scope(tuple(self.graph_names()))

    def select(self, query: str) -> list[Row]:
        """Return the solutions of a SELECT query; unbound variables are absent from their row."""
        names, rows = self.select_table(query)
        return [
            {name: term for name, term in zip(names, row, strict=True) if term is not None}
            for row in rows
        ]

    def select_table(self, query: str) -> tuple[list[str], list[list[Term | None]]]:
        """Return a SELECT query's variables in order and its rows, `None` for an unbound one."""
        return self.endpoint.table(query, self.scope().parameters(query))

    def ask(self, query: str) -> bool:
        """Return the answer of an ASK query."""
        return self.endpoint.ask(query, self.scope().parameters(query))

    def construct(self, query: str) -> list[Triple]:
        """Return the triples of a CONSTRUCT or DESCRIBE query."""
        return self.endpoint.construct(query, self.scope().parameters(query))

    def update(self, update: str) -> None:
        """Carry out a SPARQL update."""
        self.endpoint.update(with_blank_nodes(update))

    def graph_names(self) -> list[str]:
        """Return the IRIs of the named graphs, sorted."""
        if self._scope is not None:
            return sorted(self._scope.graphs)
        _, rows = self.endpoint.table(
            "SELECT DISTINCT ?graph WHERE { GRAPH ?graph { ?s ?p ?o }"
            f' FILTER(STRSTARTS(STR(?graph), "{GRAPHS}")) }}'
        )
        return sorted(row[0].value for row in rows if row[0] is not None)

    def holds_only(self, names: Iterable[str]) -> bool:
        """Tell whether the engine has no other named graph than these."""
        known = frozenset(names)
        _, rows = self.endpoint.table("SELECT DISTINCT ?graph WHERE { GRAPH ?graph { ?s ?p ?o } }")
        return all(row[0] is not None and row[0].value in known for row in rows)

    def is_oxigraph(self) -> bool:
        """Tell whether the engine says that it is an Oxigraph server."""
        received = send(
            "GET",
            self.address.query,
            headers={},
            credentials=Credentials("", ""),
            timeout_seconds=TIMEOUT_SECONDS,
        )
        return received.headers.get("server", "").startswith("Oxigraph")

    def graph(self, name: str) -> list[Quad]:
        """Return the quads of one named graph."""
        node = NamedNode(name)
        listed = [("default-graph-uri", name), ("named-graph-uri", name)]
        triples = self.endpoint.construct("CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }", listed)
        quads = [Quad(item.subject, item.predicate, item.object, node) for item in triples]
        held = self.count(name)
        if held != len(quads):
            raise RemoteFailed(self.address.query, f"{len(quads)} of {held} triples of {name}")
        return quads

    def count(self, name: str) -> int:
        """Return how many triples one named graph has."""
        listed = [("default-graph-uri", name), ("named-graph-uri", name)]
        return self._counted(listed)

    def put_graph(self, name: str, quads: Iterable[Quad]) -> None:
        """Replace one named graph by these quads."""
        if not self.address.graphs:
            self.delete_graph(name)
            for chunk in chunks_of(quads, UPDATE_TRIPLES):
                self.update(f"INSERT DATA {{ GRAPH <{name}> {{ {_lines(chunk)} }} }}")
            return
        chunks = chunks_of(quads, CHUNK_TRIPLES)
        self._send("PUT", name, next(chunks, []))
        for chunk in chunks:
            self._send("POST", name, chunk)

    def _send(self, method: str, name: str, triples: Iterable[Triple] = ()) -> None:
        url = f"{self.address.graphs}?graph={quote(name, safe='')}"
        body = _lines(triples).encode()
        if method == "PUT" and not body:
            method = "DELETE"
        # N-Triples are Turtle, which every engine takes.
        headers = {"Content-Type": "text/turtle"} if body else {}
        received = send(
            method,
            url,
            body=body,
            headers=headers,
            credentials=self.endpoint.credentials,
            timeout_seconds=TIMEOUT_SECONDS,
        )
        is_gone = method == "DELETE" and received.status == 404
        if received.status >= 300 and not is_gone:
            raise RemoteFailed(self.address.graphs, received.complaint)

    def delete_graph(self, name: str) -> None:
        """Remove one named graph; a missing one is no error."""
        if self.address.graphs:
            self._send("DELETE", name)
            return
        self.endpoint.update(f"DROP SILENT GRAPH <{name}>")

    def _counted(self, parameters: Iterable[tuple[str, str]]) -> int:
        query = "SELECT (COUNT(*) AS ?n) WHERE { GRAPH ?g { ?s ?p ?o } }"
        _, rows = self.endpoint.table(query, parameters)
        found = rows[0][0] if rows else None
        return 0 if found is None else int(found.value)

    def __len__(self) -> int:
        """Return how many quads the store holds."""
        scope = self.scope()
        return self._counted(Scope(scope.graphs).parameters("")) if scope.graphs else 0


def chunks_of(quads: Iterable[Quad], size: int) -> Iterator[list[Triple]]:
    """Yield the triples in parts of bounded size; all with blank nodes are in the first.

    A blank node is one thing within one request only.
    """
    ground: list[Triple] = []
    with_blank: list[Triple] = []
    for triple in (quad.triple for quad in quads):
        ends = (triple.subject, triple.object)
        is_blank = any(isinstance(term, BlankNode) for term in ends)
        (with_blank if is_blank else ground).append(triple)
    first = max(0, size - len(with_blank))
    start = with_blank + ground[:first]
    if start:
        yield start
    for place in range(first, len(ground), size):
        yield ground[place : place + size]


def _lines(triples: Iterable[Triple]) -> str:
    return (serialize(triples, format=RdfFormat.N_TRIPLES) or b"").decode()
