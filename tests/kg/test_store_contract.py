"""What every engine behind `kg.store.Store` does alike: in this process and over HTTP."""

from __future__ import annotations

import dataclasses
import traceback
from collections.abc import Callable
from pathlib import Path

import pytest
from pyoxigraph import BlankNode, Literal, NamedNode, Quad, QuerySolutions

from kg.embedded import EmbeddedStore
from kg.errors import BadQuery, ForbiddenQuery, RemoteFailed
from kg.remote import RemoteAddress, RemoteStore
from kg.remote import store as remote_store
from kg.store import Store
from tests.conftest import turtle
from tests.engines.fixtures import clear, oxigraph, virtuoso
from tests.engines.servers import Engine

__all__ = ["oxigraph", "virtuoso"]

GRAPH = "https://w3id.org/kreislaufstadt/graph/source/05515000/a"
OTHER = "https://w3id.org/kreislaufstadt/graph/source/05515000/b"
XSD = "http://www.w3.org/2001/XMLSchema#"
X = "https://example.org/"


def _remote(engine: Engine, *, by_updates: bool = False) -> RemoteStore:
    clear(engine.setting)
    address = RemoteAddress.of_setting(engine.setting)
    return RemoteStore(dataclasses.replace(address, graphs="") if by_updates else address)


MAKERS: dict[str, Callable[[pytest.FixtureRequest, Path], Store]] = {
    "memory": lambda _, __: EmbeddedStore.in_memory(),
    "disk": lambda _, folder: EmbeddedStore.create(folder / "store"),
    "oxigraph": lambda request, _: _remote(request.getfixturevalue("oxigraph")),
    "oxigraph-by-updates": lambda request, _: _remote(
        request.getfixturevalue("oxigraph"), by_updates=True
    ),
    "virtuoso": lambda request, _: _remote(request.getfixturevalue("virtuoso")),
    "virtuoso-by-updates": lambda request, _: _remote(
        request.getfixturevalue("virtuoso"), by_updates=True
    ),
}
EVERY = [
    pytest.param(name, marks=pytest.mark.virtuoso if name.startswith("virtuoso") else ())
    for name in MAKERS
]


@pytest.fixture(params=EVERY)
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Store:
    """Give an empty store of one engine."""
    return MAKERS[request.param](request, tmp_path)


def _quads(text: str) -> list[Quad]:
    return turtle(f"@prefix x: <{X}> . {text}")


def _values(store: Store, query: str) -> list[tuple[str, ...]]:
    names, rows = store.select_table(f"PREFIX x: <{X}> {query}")
    del names
    return sorted(tuple("" if term is None else term.value for term in row) for row in rows)


def test_an_empty_store_holds_nothing(store: Store) -> None:
    assert len(store) == 0
    assert store.graph_names() == []
    assert store.select("SELECT * WHERE { ?s ?p ?o }") == []


def test_a_graph_comes_back_as_it_was_put(store: Store) -> None:
    quads = _quads('x:a x:p x:b , "Größe & Maß 100 %"@de , "a \\"b\\" \\\\ c\\n" , 7 ; x:ok true .')
    store.put_graph(GRAPH, quads)
    assert {str(quad.triple) for quad in store.graph(GRAPH)} == {str(quad.triple) for quad in quads}
    assert {quad.graph_name for quad in store.graph(GRAPH)} == {NamedNode(GRAPH)}


def test_putting_replaces_what_was_there(store: Store) -> None:
    store.put_graph(GRAPH, _quads("x:a x:p 1 , 2 ."))
    store.put_graph(GRAPH, _quads("x:a x:p 3 ."))
    assert _values(store, "SELECT ?o { ?s ?p ?o }") == [("3",)]


def test_putting_nothing_empties_a_graph(store: Store) -> None:
    store.put_graph(GRAPH, _quads("x:a x:p 1 ."))
    store.put_graph(GRAPH, [])
    assert len(store) == 0


def test_putting_leaves_other_graphs_alone(store: Store) -> None:
    store.put_graph(GRAPH, _quads("x:a x:p 1 ."))
    store.put_graph(OTHER, _quads("x:a x:p 2 ."))
    store.put_graph(GRAPH, _quads("x:a x:p 3 ."))
    assert store.graph_names() == [GRAPH, OTHER]
    assert len(store.graph(OTHER)) == 1


def test_a_deleted_graph_is_gone_and_a_missing_one_is_no_error(store: Store) -> None:
    store.put_graph(GRAPH, _quads("x:a x:p 1 ."))
    store.delete_graph(GRAPH)
    store.delete_graph(GRAPH)
    assert store.graph_names() == []


def test_the_default_graph_is_the_union_of_all(store: Store) -> None:
    store.put_graph(GRAPH, _quads("x:a x:p x:b ."))
    store.put_graph(OTHER, _quads("x:b x:q 7 ."))
    assert _values(store, "SELECT ?n { x:a x:p ?b . ?b x:q ?n }") == [("7",)]


def test_a_statement_in_two_graphs_counts_once_in_the_union_and_twice_as_a_quad(
    store: Store,
) -> None:
    store.put_graph(GRAPH, _quads("x:a x:p 1 ."))
    store.put_graph(OTHER, _quads("x:a x:p 1 ."))
    assert _values(store, "SELECT DISTINCT ?o { x:a x:p ?o }") == [("1",)]
    assert len(store) == 2


def test_graph_names_the_graph_of_a_statement(store: Store) -> None:
    store.put_graph(GRAPH, _quads("x:a x:p 1 ."))
    store.put_graph(OTHER, _quads("x:a x:p 2 ."))
    assert _values(store, "SELECT ?g { GRAPH ?g { x:a x:p 2 } }") == [(OTHER,)]
    assert _values(store, f"SELECT ?o {{ GRAPH <{GRAPH}> {{ x:a x:p ?o }} }}") == [("1",)]


def test_from_narrows_the_default_graph(store: Store) -> None:
    store.put_graph(GRAPH, _quads("x:a x:p 1 ."))
    store.put_graph(OTHER, _quads("x:a x:p 2 ."))
    assert _values(store, "SELECT ?o FROM <$> { ?s ?p ?o }".replace("$", OTHER)) == [("2",)]


def test_from_named_narrows_the_named_graphs(store: Store) -> None:
    store.put_graph(GRAPH, _quads("x:a x:p 1 ."))
    store.put_graph(OTHER, _quads("x:a x:p 2 ."))
    query = "SELECT ?o FROM NAMED <$> { GRAPH ?g { ?s ?p ?o } }".replace("$", OTHER)
    assert _values(store, query) == [("2",)]


def test_columns_keep_their_order_and_unbound_ones_are_none(store: Store) -> None:
    names, rows = store.select_table("SELECT ?b ?a { VALUES (?a ?b) { (1 UNDEF) } }")
    assert names == ["b", "a"]
    assert rows == [[None, Literal(1)]]


def test_an_unbound_variable_is_absent_from_its_row(store: Store) -> None:
    assert store.select("SELECT ?a ?b { VALUES (?a ?b) { (1 UNDEF) } }") == [{"a": Literal(1)}]


def test_text_in_a_query_keeps_every_sign(store: Store) -> None:
    query = 'SELECT ?t { VALUES ?t { "100 % + Maß & »so« = ? #; ä" } }'
    assert _values(store, query) == [("100 % + Maß & »so« = ? #; ä",)]


def test_terms_keep_their_kind(store: Store) -> None:
    store.put_graph(GRAPH, _quads('x:a x:p x:b , "t"@en , "u" , 3 , true , [ x:q 1 ] .'))
    found = {type(row["o"]) for row in store.select(f"SELECT ?o {{ <{X}a> ?p ?o }}")}
    assert found == {NamedNode, Literal, BlankNode}
    literals = {row["o"] for row in store.select("SELECT ?o { ?s ?p ?o FILTER(isLiteral(?o)) }")}
    assert Literal("t", language="en") in literals
    assert Literal(True) in literals
    assert Literal("3", datatype=NamedNode(f"{XSD}integer")) in literals


@pytest.mark.parametrize(("value", "answer"), [(1, True), (2, False)])
def test_ask_answers_yes_and_no(store: Store, value: int, answer: bool) -> None:
    store.put_graph(GRAPH, _quads("x:a x:p 1 ."))
    assert store.ask(f"ASK {{ ?s ?p {value} }}") is answer


def test_construct_gives_triples(store: Store) -> None:
    store.put_graph(GRAPH, _quads('x:a x:p "Maß"@de .'))
    triples = store.construct("CONSTRUCT { ?s <urn:q> ?o } WHERE { ?s ?p ?o }")
    assert [str(triple) for triple in triples] == [f'<{X}a> <urn:q> "Maß"@de']


def test_construct_of_nothing_is_empty(store: Store) -> None:
    assert store.construct("CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }") == []


def test_describe_tells_of_its_thing(store: Store) -> None:
    store.put_graph(GRAPH, _quads("x:a x:p 1 . x:c x:p 2 ."))
    told = store.construct(f"DESCRIBE <{X}a>")
    assert [triple.object.value for triple in told] == ["1"]  # type: ignore[union-attr]


def test_an_update_changes_several_things(store: Store) -> None:
    store.put_graph(GRAPH, _quads("x:a x:p 1 ."))
    store.update(
        f"INSERT DATA {{ GRAPH <{GRAPH}> {{ <{X}b> <{X}p> 2 }} }} ;"
        f" DELETE WHERE {{ GRAPH <{GRAPH}> {{ <{X}a> ?p ?o }} }}"
    )
    assert _values(store, "SELECT ?s ?o { ?s ?p ?o }") == [(f"{X}b", "2")]


def test_an_update_may_insert_blank_nodes(store: Store) -> None:
    store.update(f"INSERT DATA {{ GRAPH <{GRAPH}> {{ <{X}a> <{X}p> _:n . _:n <{X}q> 5 }} }}")
    assert _values(store, "SELECT ?n { x:a x:p ?b . ?b x:q ?n FILTER(isBlank(?b)) }") == [("5",)]


def test_blank_nodes_stay_one_thing_in_a_graph_of_many_parts(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(remote_store, "CHUNK_TRIPLES", 3)
    monkeypatch.setattr(remote_store, "UPDATE_TRIPLES", 3)
    many = " ".join(f"x:s{number} x:p {number} ." for number in range(10))
    store.put_graph(GRAPH, _quads(f"x:a x:p [ x:q [ x:r 9 ] ] . {many}"))
    assert len(store) == 13
    assert _values(store, "SELECT ?n { x:a x:p/x:q/x:r ?n }") == [("9",)]


def test_a_graph_of_many_triples_comes_back_whole(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(remote_store, "CHUNK_TRIPLES", 2_000)
    quads = [
        Quad(NamedNode(f"{X}{number}"), NamedNode(f"{X}p"), Literal(f"Text {number} ü" * 5))
        for number in range(5_000)
    ]
    store.put_graph(GRAPH, quads)
    assert len(store.graph(GRAPH)) == 5_000


def test_a_malformed_query_is_refused(store: Store) -> None:
    with pytest.raises((BadQuery, RemoteFailed)):
        store.select("SELECT ?x WHERE {")


def test_a_malformed_update_is_refused_and_changes_nothing(store: Store) -> None:
    store.put_graph(GRAPH, _quads("x:a x:p 1 ."))
    with pytest.raises((BadQuery, RemoteFailed)):
        store.update(f"DELETE DATA {{ GRAPH <{GRAPH}> {{ <{X}a> ")
    assert len(store) == 1


@pytest.mark.parametrize(
    "ask",
    [
        lambda store: store.construct("SELECT * { VALUES ?s { 1 2 } }"),
        lambda store: store.select("SELECT ?t { VALUES ?t { <<( <urn:s> <urn:p> 1 )>> 2 } }"),
    ],
    ids=["of another form", "with a triple in it"],
)
def test_an_answer_that_is_refused_is_held_by_no_traceback(
    ask: Callable[[EmbeddedStore], object],
) -> None:
    # Its engine demands that the thread that made it lets go of it.
    with pytest.raises(ForbiddenQuery) as caught:
        ask(EmbeddedStore.in_memory())
    held = [value for frame, _ in traceback.walk_tb(caught.tb) for value in frame.f_locals.values()]
    assert not any(isinstance(value, QuerySolutions) for value in held)
