"""Describe the SPARQL door and the data behind it in RDF (SPARQL 1.1 Service Description, VoID).

Only what is true: no federation, no entailment while asking. The default graph is the union of all.
The counts are those of the generation, so that an editor can complete from them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from api.dataset_figures import DatasetFigures
from api.void_description import figure_triples
from kg.sources import SourceRecord
from ontology.namespaces import DCTERMS, RDF
from ontology.namespaces import PREFIXES as OUR_PREFIXES

_SD: Final = "http://www.w3.org/ns/sparql-service-description#"
_FORMATS: Final = "http://www.w3.org/ns/formats/"
_ENTAILMENT: Final = "http://www.w3.org/ns/entailment/Simple"
_RESULT_FORMATS: Final = (
    "SPARQL_Results_JSON",
    "SPARQL_Results_XML",
    "SPARQL_Results_CSV",
    "SPARQL_Results_TSV",
    "Turtle",
    "N-Triples",
    "N-Quads",
    "TriG",
    "JSON-LD",
    "RDF_XML",
)
PREFIXES: Final = {**OUR_PREFIXES, "sd": _SD, "formats": _FORMATS}
# What a writer may send, and what `kreislaufstadt load --as rdf` reads.
_INPUT_FORMATS: Final = ("Turtle", "N-Triples", "N-Quads", "TriG", "JSON-LD", "RDF_XML")


def service_triples(
    endpoint: str, figures: DatasetFigures, sources: Iterable[SourceRecord]
) -> Iterator[Triple]:
    """Yield the description of an endpoint, its dataset and the figures of each graph in it."""
    service, dataset, default = BlankNode("service"), BlankNode("dataset"), BlankNode("default")
    yield _is(service, "Service")
    yield Triple(service, _sd("endpoint"), NamedNode(endpoint))
    yield Triple(service, _sd("supportedLanguage"), _sd("SPARQL11Query"))
    yield Triple(service, _sd("supportedLanguage"), _sd("SPARQL11Update"))
    yield Triple(service, _sd("feature"), _sd("UnionDefaultGraph"))
    yield Triple(service, _sd("defaultEntailmentRegime"), NamedNode(_ENTAILMENT))
    for name in _RESULT_FORMATS:
        yield Triple(service, _sd("resultFormat"), NamedNode(_FORMATS + name))
    for name in _INPUT_FORMATS:
        yield Triple(service, _sd("inputFormat"), NamedNode(_FORMATS + name))
    yield Triple(service, _sd("defaultDataset"), dataset)
    yield Triple(service, _sd("availableGraphs"), dataset)
    yield _is(dataset, "Dataset")
    yield _is(dataset, "GraphCollection")
    yield Triple(dataset, _sd("defaultGraph"), default)
    yield _is(default, "Graph")
    yield from figure_triples(default, figures.whole, "d")
    titles = {source.graph: (source.title_de, source.title_en) for source in sources}
    for number, (graph, found) in enumerate(figures.graphs.items()):
        named, content = BlankNode(f"n{number}"), BlankNode(f"g{number}")
        yield Triple(dataset, _sd("namedGraph"), named)
        yield _is(named, "NamedGraph")
        yield Triple(named, _sd("name"), NamedNode(graph))
        yield Triple(named, _sd("graph"), content)
        yield _is(content, "Graph")
        yield from figure_triples(content, found, f"g{number}")
        for title, language in zip(titles.get(graph, ()), ("de", "en"), strict=False):
            yield Triple(content, NamedNode(DCTERMS.title), Literal(title, language=language))


def _is(node: BlankNode, name: str) -> Triple:
    return Triple(node, NamedNode(RDF.type), _sd(name))


def _sd(name: str) -> NamedNode:
    return NamedNode(_SD + name)
