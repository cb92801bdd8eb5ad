"""Describe the SPARQL door in RDF (SPARQL 1.1 Service Description)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from pyoxigraph import BlankNode, NamedNode, Triple, serialize
from starlette.requests import Request

from api.state import state_of
from kg.serving.formats import GRAPH_FORMATS, AnswerFormat
from ontology.namespaces import RDF

_SD: Final = "http://www.w3.org/ns/sparql-service-description#"
_FORMATS: Final = "http://www.w3.org/ns/formats/"
_RESULT_FORMATS: Final = (
    "SPARQL_Results_JSON",
    "SPARQL_Results_XML",
    "SPARQL_Results_CSV",
    "SPARQL_Results_TSV",
    "Turtle",
    "N-Triples",
    "JSON-LD",
    "RDF_XML",
)
_PREFIXES: Final = {"sd": _SD, "formats": _FORMATS, "rdf": RDF.base}


def describe_service(request: Request, chosen: AnswerFormat) -> bytes:
    """Return the description of the endpoint that was asked, with the named graphs it has."""
    endpoint = NamedNode(str(request.url.replace(query="", fragment="")))
    graphs = state_of(request).snapshots.current.store.graph_names()
    content = serialize(
        _triples(endpoint, graphs), format=GRAPH_FORMATS[chosen], prefixes=_PREFIXES
    )
    return content or b""


def _triples(endpoint: NamedNode, graphs: Iterable[str]) -> Iterator[Triple]:
    a = NamedNode(RDF.type)
    service, dataset, default = BlankNode("service"), BlankNode("dataset"), BlankNode("default")
    yield Triple(service, a, _sd("Service"))
    yield Triple(service, _sd("endpoint"), endpoint)
    yield Triple(service, _sd("supportedLanguage"), _sd("SPARQL11Query"))
    yield Triple(service, _sd("feature"), _sd("UnionDefaultGraph"))
    for name in _RESULT_FORMATS:
        yield Triple(service, _sd("resultFormat"), NamedNode(_FORMATS + name))
    yield Triple(service, _sd("defaultDataset"), dataset)
    yield Triple(dataset, a, _sd("Dataset"))
    yield Triple(dataset, _sd("defaultGraph"), default)
    yield Triple(default, a, _sd("Graph"))
    for number, graph in enumerate(graphs):
        named = BlankNode(f"graph{number}")
        yield Triple(dataset, _sd("namedGraph"), named)
        yield Triple(named, a, _sd("NamedGraph"))
        yield Triple(named, _sd("name"), NamedNode(graph))


def _sd(name: str) -> NamedNode:
    return NamedNode(_SD + name)
