"""Describe the datasets as a catalogue in DCAT-AP.de, from the sources and the graph.

Classes, mandatory properties and conventions: DCAT-AP.de 3.0
(https://www.dcat-ap.de/def/dcatde/3.0/spec/), and the handbook of conventions
(https://www.dcat-ap.de/def/dcatde/2.0/implRules/): place by the municipality's key as
`dcatde:politicalGeocodingURI` and again as `dcterms:spatial` (11), EU data themes (30), a licence
on each distribution (32), the words of attribution (35), the address of a file both as access and
download (39). What no source states, such as a missing licence, is not made up.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from pyoxigraph import Literal, NamedNode, Triple

from api.catalogue_terms import THEMES, file_type, licence_iri, media_type, needs_attribution, theme
from api.catalogue_words import Described, words_of
from kg.language import Text
from kg.sources import SourceRecord
from ontology.namespaces import DCAT, DCATDE, DCTERMS, FOAF, RDF, XSD
from ontology.terms import BASE

CATALOGUE: Final = f"{BASE}catalog"
_GEOCODING: Final = "http://dcat-ap.de/def/politicalGeocoding/"
_LANGUAGES: Final = "http://publications.europa.eu/resource/authority/language/"


@dataclass(frozen=True, slots=True)
class CatalogueFacts:
    """Hold what a catalogue is made from.

    Attributes:
        sources: The sources of the generation.
        other_graphs: Named graphs that are no source: conclusions, proposals, reviews.
        cities: The name of each municipality by its key.
        loaded: The time of loading of each graph (xsd:dateTime).
        publisher: The name of the body that publishes.
        licence: The licence of sources that state none, "" for none.
        address: Where the service was asked, with a slash at the end.
    """

    sources: Sequence[SourceRecord]
    other_graphs: Sequence[str]
    cities: Mapping[str, str]
    loaded: Mapping[str, str]
    publisher: str
    licence: str
    address: str


def catalogue_triples(facts: CatalogueFacts) -> Iterator[Triple]:
    """Yield the catalogue with its datasets, their distributions, and the SPARQL service."""
    catalogue, service = NamedNode(CATALOGUE), NamedNode(f"{CATALOGUE}#sparql")
    publisher = NamedNode(f"{CATALOGUE}#publisher")
    yield _link(catalogue, RDF.type, DCAT.Catalog)
    yield from _words(catalogue, words_of("catalogue", ""))
    yield Triple(catalogue, NamedNode(DCTERMS.publisher), publisher)
    yield _link(publisher, RDF.type, FOAF.Agent)
    yield Triple(publisher, NamedNode(FOAF.name), Literal(facts.publisher))
    yield _link(catalogue, FOAF.homepage, facts.address)
    yield _link(catalogue, DCAT.themeTaxonomy, THEMES)
    yield _link(catalogue, DCAT.service, service.value)
    for code in ("DEU", "ENG"):
        yield _link(catalogue, DCTERMS.language, _LANGUAGES + code)
    yield from _changed(catalogue, facts.loaded.values())
    yield from _service(service, facts)
    for ags in sorted({source.city for source in facts.sources if source.city}):
        records = [source for source in facts.sources if source.city == ags]
        place = f"{_GEOCODING}municipalityKey/{ags}"
        dataset = NamedNode(f"{CATALOGUE}#{ags}")
        yield _link(catalogue, DCTERMS.spatial, place)
        yield _link(dataset, DCTERMS.spatial, place)
        yield _link(dataset, DCATDE.politicalGeocodingURI, place)
        yield _link(dataset, DCATDE.politicalGeocodingLevelURI, f"{_GEOCODING}Level/municipality")
        yield from _dataset(dataset, words_of("city", facts.cities.get(ags, ags)), records, facts)
    reference = [source for source in facts.sources if not source.city]
    if reference:
        dataset = NamedNode(f"{CATALOGUE}#reference")
        yield from _dataset(dataset, words_of("reference", ""), reference, facts)
    if facts.other_graphs:
        derived = [_unnamed(graph) for graph in facts.other_graphs]
        dataset = NamedNode(f"{CATALOGUE}#derived")
        yield from _dataset(dataset, words_of("derived", ""), derived, facts)


def _dataset(
    dataset: NamedNode, words: Described, records: Sequence[SourceRecord], facts: CatalogueFacts
) -> Iterator[Triple]:
    yield _link(NamedNode(CATALOGUE), DCAT.dataset, dataset.value)
    yield _link(NamedNode(f"{CATALOGUE}#sparql"), DCAT.servesDataset, dataset.value)
    yield _link(dataset, RDF.type, DCAT.Dataset)
    yield from _words(dataset, words)
    yield _link(dataset, DCTERMS.publisher, f"{CATALOGUE}#publisher")
    yield Triple(dataset, NamedNode(DCTERMS.identifier), Literal(dataset.value))
    yield _link(dataset, DCAT.landingPage, f"{facts.address}catalog?format=html")
    for code in ("ENVI", "GOVE"):
        yield _link(dataset, DCAT.theme, theme(code))
    yield from _changed(dataset, [facts.loaded.get(record.graph, "") for record in records])
    for record in (record for record in records if record.graph.startswith(BASE)):
        yield from _distribution(dataset, record, facts)


def _distribution(
    dataset: NamedNode, record: SourceRecord, facts: CatalogueFacts
) -> Iterator[Triple]:
    path = record.graph.removeprefix(BASE)
    node = NamedNode(f"{CATALOGUE}#{path}")
    address = f"{facts.address}{path}?format=turtle"
    yield _link(dataset, DCAT.distribution, node.value)
    yield _link(node, RDF.type, DCAT.Distribution)
    yield _link(node, DCAT.accessURL, address)
    yield _link(node, DCAT.downloadURL, address)
    yield _link(node, DCAT.accessService, f"{CATALOGUE}#sparql")
    yield _link(node, DCTERMS.format, file_type("RDF_TURTLE"))
    yield _link(node, DCAT.mediaType, media_type("text/turtle"))
    yield from _text(node, DCTERMS.title, Text(record.title_de, record.title_en))
    yield from _changed(node, [facts.loaded.get(record.graph, "")])
    licence = licence_iri(record.licence or facts.licence)
    if licence:
        yield _link(node, DCTERMS.license, licence)
    if needs_attribution(licence):
        words = NamedNode(DCATDE.licenseAttributionByText)
        yield Triple(node, words, Literal(facts.publisher))


def _service(service: NamedNode, facts: CatalogueFacts) -> Iterator[Triple]:
    yield _link(service, RDF.type, DCAT.DataService)
    yield from _words(service, words_of("service", ""))
    yield _link(service, DCAT.endpointURL, f"{facts.address}sparql")
    yield _link(service, DCAT.endpointDescription, f"{facts.address}sparql?format=turtle")
    yield _link(service, DCTERMS.conformsTo, "http://www.w3.org/TR/sparql11-protocol/")
    yield _link(service, DCTERMS.publisher, f"{CATALOGUE}#publisher")


def _unnamed(graph: str) -> SourceRecord:
    name = graph.rpartition("/")[2]
    return SourceRecord(graph, "derived", f"Graph {name}", f"Graph {name}", "", "")


def _words(node: NamedNode, words: Described) -> Iterator[Triple]:
    yield from _text(node, DCTERMS.title, words.title)
    yield from _text(node, DCTERMS.description, words.description)
    for keyword in words.keywords:
        yield from _text(node, DCAT.keyword, keyword)


def _text(node: NamedNode, term: str, text: Text) -> Iterator[Triple]:
    yield Triple(node, NamedNode(term), Literal(text.de, language="de"))
    yield Triple(node, NamedNode(term), Literal(text.en, language="en"))


def _changed(node: NamedNode, moments: Iterable[str]) -> Iterator[Triple]:
    known = sorted(moment for moment in moments if moment)
    if known:
        moment = Literal(known[-1], datatype=NamedNode(XSD.dateTime))
        yield Triple(node, NamedNode(DCTERMS.modified), moment)


def _link(node: NamedNode, term: str, target: str) -> Triple:
    return Triple(node, NamedNode(term), NamedNode(target))
