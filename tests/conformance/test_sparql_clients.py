"""The libraries that people use, unchanged, against a real server (Comunica: `test_comunica`)."""

from __future__ import annotations

import csv
import io
from typing import Any
from urllib.parse import urlencode

import pandas
import pytest
from rdflib import Graph, Literal, URIRef
from rdflib.namespace import RDFS
from rdflib.plugins.stores.sparqlstore import SPARQLStore, SPARQLUpdateStore
from SPARQLWrapper import (
    CSV,
    GET,
    JSON,
    JSONLD,
    N3,
    POST,
    POSTDIRECTLY,
    RDFXML,
    TSV,
    TURTLE,
    XML,
    SPARQLWrapper,
)
from SPARQLWrapper.SPARQLExceptions import QueryBadFormed

from ontology.namespaces import source_graph
from tests.api.town import AGS, CONCEPT_GRAPH, GOAL, MEASURE, SOURCE_GRAPH, RunningServer
from tests.api.writable_town import WritableTown

pytestmark = pytest.mark.conformance

QUERY = "SELECT ?l WHERE { <%s> <%s> ?l } ORDER BY ?l" % (MEASURE, RDFS.label)  # noqa: UP031
METHODS = pytest.mark.parametrize("method", [GET, POST])


@pytest.fixture
def wrapper(town_server: RunningServer) -> SPARQLWrapper:
    return SPARQLWrapper(town_server.url + "/sparql")


def _converted(wrapper: SPARQLWrapper) -> Any:
    """Return what SPARQLWrapper makes of the answer; its type depends on the format asked for."""
    return wrapper.queryAndConvert()


@METHODS
def test_sparqlwrapper_reads_json(wrapper: SPARQLWrapper, method: str) -> None:
    wrapper.setMethod(method)
    wrapper.setReturnFormat(JSON)
    wrapper.setQuery(QUERY)
    found = {row["l"]["value"] for row in _converted(wrapper)["results"]["bindings"]}
    assert found == {"Building parts exchange", "Bauteilbörse"}


@METHODS
def test_sparqlwrapper_reads_xml(wrapper: SPARQLWrapper, method: str) -> None:
    wrapper.setMethod(method)
    wrapper.setReturnFormat(XML)
    wrapper.setQuery(QUERY)
    assert "Bauteilbörse" in _converted(wrapper).toxml()


@METHODS
@pytest.mark.parametrize("chosen", [CSV, TSV])
def test_sparqlwrapper_reads_tables(wrapper: SPARQLWrapper, method: str, chosen: str) -> None:
    wrapper.setMethod(method)
    wrapper.setReturnFormat(chosen)
    wrapper.setQuery(QUERY)
    content = _converted(wrapper).decode()
    rows = list(csv.reader(io.StringIO(content), delimiter="," if chosen == CSV else "\t"))
    assert len(rows) == 3


# SPARQLWrapper 2.0 itself uses a class that rdflib 7 calls old.
@pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated:DeprecationWarning")
@METHODS
@pytest.mark.parametrize("chosen", [TURTLE, N3, RDFXML, XML, JSONLD])
def test_sparqlwrapper_reads_triples(wrapper: SPARQLWrapper, method: str, chosen: str) -> None:
    wrapper.setMethod(method)
    wrapper.setReturnFormat(chosen)
    wrapper.setQuery(f"CONSTRUCT {{ ?s ?p ?o }} WHERE {{ ?s ?p ?o FILTER(?s = <{MEASURE}>) }}")
    answer = _converted(wrapper)
    graph = answer if isinstance(answer, Graph) else Graph().parse(data=answer)
    assert (URIRef(MEASURE), RDFS.label, Literal("Bauteilbörse", lang="de")) in graph


def test_sparqlwrapper_sees_a_malformed_query(wrapper: SPARQLWrapper) -> None:
    wrapper.setQuery("SELECT * WHERE {")
    with pytest.raises(QueryBadFormed):
        wrapper.query()


@pytest.mark.parametrize("method", ["GET", "POST", "POST_FORM"])
def test_rdflib_reads_through_its_sparql_store(town_server: RunningServer, method: str) -> None:
    store = SPARQLStore(town_server.url + "/sparql", method=method)
    found = set(Graph(store).objects(URIRef(MEASURE), RDFS.label))
    assert Literal("Bauteilbörse", lang="de") in found


def test_rdflib_asks_through_its_sparql_store(town_server: RunningServer) -> None:
    graph = Graph(SPARQLStore(town_server.url + "/sparql"))
    assert graph.query(f"ASK {{ <{MEASURE}> ?p ?o }}").askAnswer is True


@pytest.mark.parametrize("method", [GET, POST])
def test_sparqlwrapper_asks(wrapper: SPARQLWrapper, method: str) -> None:
    wrapper.setMethod(method)
    wrapper.setReturnFormat(JSON)
    wrapper.setQuery(f"ASK {{ <{MEASURE}> ?p ?o }}")
    assert _converted(wrapper)["boolean"] is True


def test_sparqlwrapper_posts_a_query_directly(wrapper: SPARQLWrapper) -> None:
    wrapper.setMethod(POST)
    wrapper.setRequestMethod(POSTDIRECTLY)
    wrapper.setReturnFormat(JSON)
    wrapper.setQuery(QUERY)
    assert len(_converted(wrapper)["results"]["bindings"]) == 2


def test_sparqlwrapper_chooses_a_graph(wrapper: SPARQLWrapper) -> None:
    wrapper.addParameter("default-graph-uri", CONCEPT_GRAPH)
    wrapper.setReturnFormat(JSON)
    wrapper.setQuery(QUERY)
    assert _converted(wrapper)["results"]["bindings"] == []


@pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated:DeprecationWarning")
@pytest.mark.parametrize("query", [f"DESCRIBE <{MEASURE}>", "CONSTRUCT WHERE { ?s ?p ?o }"])
def test_rdflib_builds_a_graph_through_its_sparql_store(
    town_server: RunningServer, query: str
) -> None:
    found = Graph(SPARQLStore(town_server.url + "/sparql")).query(query).graph
    assert found is not None
    assert (URIRef(MEASURE), RDFS.label, Literal("Bauteilbörse", lang="de")) in found


def test_rdflib_reads_one_named_graph_through_its_sparql_store(town_server: RunningServer) -> None:
    store = SPARQLStore(town_server.url + "/sparql", context_aware=True)
    graph = Graph(store, identifier=URIRef(SOURCE_GRAPH))
    assert (URIRef(MEASURE), RDFS.label, None) in graph
    assert (URIRef(GOAL), RDFS.label, None) not in graph


def test_rdflib_reads_things_at_their_own_address(town_server: RunningServer) -> None:
    graph = Graph().parse(f"{town_server.url}/id/05515000/measure/m-1")
    assert (URIRef(MEASURE), RDFS.label, Literal("Bauteilbörse", lang="de")) in graph


def test_pandas_reads_a_table(town_server: RunningServer) -> None:
    query = (
        "SELECT ?name ?number ?share ?nothing {"
        ' VALUES (?name ?number ?share) { ("Größe, \\"Maß\\"\\nzwei" 3 0.5) ("b" 4 1.5) } }'
    )
    address = f"{town_server.url}/sparql?{urlencode({'query': query, 'format': 'csv'})}"
    frame = pandas.read_csv(address)
    assert list(frame.columns) == ["name", "number", "share", "nothing"]
    assert frame["name"].tolist() == ['Größe, "Maß"\nzwei', "b"]
    assert (frame["number"].sum(), frame["share"].sum()) == (7, 2.0)
    assert frame["nothing"].isna().all()


def test_pandas_reads_the_same_compressed(town_server: RunningServer) -> None:
    query = "SELECT ?s ?p { ?s ?p ?o } ORDER BY ?s ?p"
    address = f"{town_server.url}/sparql?{urlencode({'query': query, 'format': 'csv'})}"
    plain = pandas.read_csv(address)
    packed = pandas.read_csv(address, storage_options={"Accept-Encoding": "gzip"})
    assert plain.equals(packed)
    assert len(plain) > 100


def test_rdflib_writes_through_its_update_store(writable_town: WritableTown) -> None:
    address = writable_town.server.url + "/sparql"
    headers = {"Authorization": f"Bearer {writable_town.editor}"}
    store = SPARQLUpdateStore(address, address, headers=headers, autocommit=False)
    graph = Graph(store, identifier=URIRef(source_graph(AGS, "rdflib")))
    thing = URIRef("https://example.org/thing")
    graph.add((thing, RDFS.label, Literal("Größe & Maß", lang="de")))
    graph.add((thing, RDFS.comment, Literal("zwei")))
    graph.remove((thing, RDFS.comment, None))
    store.commit()
    assert set(graph.predicate_objects(thing)) == {(RDFS.label, Literal("Größe & Maß", lang="de"))}


def test_sparqlwrapper_writes_with_a_token(writable_town: WritableTown) -> None:
    wrapper = SPARQLWrapper(writable_town.server.url + "/sparql")
    wrapper.addCustomHttpHeader("Authorization", f"Bearer {writable_town.editor}")
    wrapper.setMethod(POST)
    graph = source_graph(AGS, "sparqlwrapper")
    wrapper.setQuery(f"INSERT DATA {{ GRAPH <{graph}> {{ <urn:wrapped> <urn:p> 1 }} }}")
    wrapper.query()
    assert writable_town.ask("ASK { <urn:wrapped> ?p ?o }")
