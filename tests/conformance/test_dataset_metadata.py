"""Service description, VoID and the catalogue in DCAT-AP.de tell what the data holds."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator

import httpx
import pytest
from rdflib import DCAT, DCTERMS, FOAF, RDF, VOID, Graph, Literal, Namespace, URIRef
from rdflib.term import Node

from api.snapshot import Snapshots
from kg.dataset import Dataset
from kg.settings import Settings
from ontology.namespaces import KS, RDFS
from ontology.terms import BASE
from tests.api.town import AGS, CONCEPT_GRAPH, SOURCE_GRAPH, RunningServer, serving, stated_fit

pytestmark = pytest.mark.conformance

SD = Namespace("http://www.w3.org/ns/sparql-service-description#")
DCATDE = Namespace("http://dcat-ap.de/def/dcatde/")
CLASS = URIRef(str(VOID) + "class")
GEOCODING = "http://dcat-ap.de/def/politicalGeocoding/"

# Mandatory properties by class (DCAT-AP.de 3.0, overview of classes and properties), and what the
# conventions demand of every dataset (36) and distribution (39).
MANDATORY = {
    DCAT.Catalog: (DCTERMS.title, DCTERMS.description, DCAT.dataset, DCTERMS.publisher),
    DCAT.Dataset: (DCTERMS.title, DCTERMS.description, DCTERMS.publisher),
    DCAT.DataService: (DCTERMS.title, DCAT.endpointURL),
    DCAT.Distribution: (DCAT.accessURL, DCAT.downloadURL),
    FOAF.Agent: (FOAF.name,),
}
# Where a value is a resource or a text (the same tables).
RESOURCES = (
    DCAT.accessURL,
    DCAT.downloadURL,
    DCAT.endpointURL,
    DCAT.landingPage,
    DCAT.theme,
    DCTERMS.license,
    DCTERMS.publisher,
    DCTERMS.spatial,
    DCATDE.politicalGeocodingURI,
    DCATDE.politicalGeocodingLevelURI,
)


def _read(client: httpx.Client, path: str) -> Graph:
    answer = client.get(path, headers={"Accept": "text/turtle"})
    assert answer.status_code == 200
    return Graph().parse(data=answer.text, format="turtle")


def _count(client: httpx.Client, pattern: str) -> int:
    query = f"SELECT (COUNT(*) AS ?n) {{ {pattern} }}"
    answer = client.get("/sparql", params={"query": query}).json()
    return int(answer["results"]["bindings"][0]["n"]["value"])


def _number(graph: Graph, node: Node | None, term: URIRef) -> int:
    value = graph.value(node, term)
    assert isinstance(value, Literal)
    return int(value)


def _part(graph: Graph, node: Node | None, kind: URIRef, of: URIRef, iri: str) -> Node:
    parts = set(graph.objects(node, kind)) & set(graph.subjects(of, URIRef(iri)))
    assert len(parts) == 1
    return parts.pop()


@pytest.mark.parametrize("accept", ["text/turtle", "application/ld+json", "application/trig"])
def test_the_service_describes_itself_in_each_format(client: httpx.Client, accept: str) -> None:
    answer = client.get("/sparql", headers={"Accept": accept})
    assert answer.headers["content-type"].startswith(accept)
    tag = {"Accept": accept, "If-None-Match": answer.headers["etag"]}
    assert client.get("/sparql", headers=tag).status_code == 304


def test_the_service_claims_only_what_is_true(
    client: httpx.Client, town_server: RunningServer
) -> None:
    graph = _read(client, "/sparql")
    service = graph.value(predicate=SD.endpoint, object=URIRef(f"{town_server.url}/sparql"))
    assert set(graph.objects(service, SD.feature)) == {SD.UnionDefaultGraph}
    languages = set(graph.objects(service, SD.supportedLanguage))
    assert languages == {SD.SPARQL11Query, SD.SPARQL11Update}
    assert len(set(graph.objects(service, SD.resultFormat))) == 10


def test_the_default_graph_has_the_counts_of_the_union(client: httpx.Client) -> None:
    graph = _read(client, "/sparql")
    default = next(graph.objects(None, SD.defaultGraph))
    assert _number(graph, default, VOID.triples) == _count(client, "?s ?p ?o")
    measures = _part(graph, default, VOID.classPartition, CLASS, KS.Measure)
    assert _number(graph, measures, VOID.entities) == _count(client, f"?s a <{KS.Measure}>")


def test_a_class_tells_the_properties_of_its_things(client: httpx.Client) -> None:
    graph = _read(client, "/sparql")
    default = next(graph.objects(None, SD.defaultGraph))
    measures = _part(graph, default, VOID.classPartition, CLASS, KS.Measure)
    labels = _part(graph, measures, VOID.propertyPartition, VOID.property, RDFS.label)
    assert (
        _number(graph, labels, VOID.triples),
        _number(graph, labels, VOID.distinctSubjects),
    ) == (
        2,
        1,
    )


@pytest.mark.parametrize("name", [SOURCE_GRAPH, CONCEPT_GRAPH])
def test_each_named_graph_has_its_own_counts(client: httpx.Client, name: str) -> None:
    graph = _read(client, "/sparql")
    named = graph.value(predicate=SD.name, object=URIRef(name))
    content = graph.value(named, SD.graph)
    assert _number(graph, content, VOID.triples) == _count(client, f"GRAPH <{name}> {{ ?s ?p ?o }}")
    assert len(set(graph.objects(content, VOID.classPartition))) == _number(
        graph, content, VOID.classes
    )
    assert len(set(graph.objects(content, DCTERMS.title))) == 2


def test_void_stands_at_its_well_known_place(client: httpx.Client) -> None:
    graph = _read(client, "/.well-known/void")
    dataset = graph.value(predicate=RDF.type, object=VOID.DatasetDescription)
    main = graph.value(dataset, FOAF.primaryTopic)
    assert _number(graph, main, VOID.triples) == _count(client, "?s ?p ?o")
    assert {URIRef(SOURCE_GRAPH), URIRef(CONCEPT_GRAPH)} <= set(graph.objects(main, VOID.subset))
    assert URIRef(KS.base) in set(graph.objects(main, VOID.vocabulary))


def test_every_dump_of_void_can_be_fetched_and_has_the_triples_told(client: httpx.Client) -> None:
    graph = _read(client, "/.well-known/void")
    dumps = list(graph.subject_objects(VOID.dataDump))
    assert len(dumps) >= 2
    for part, address in dumps:
        fetched = Graph().parse(data=client.get(str(address)).text, format="turtle")
        assert len(fetched) == _number(graph, part, VOID.triples)


@pytest.fixture(scope="module")
def licensed(town: Dataset) -> Iterator[Graph]:
    """Give the catalogue of a body that licenses what has no licence of its own."""
    settings = Settings(publisher="Stadt Musterstadt", licence="DL-DE-BY-2.0")
    with serving(town, settings) as server, httpx.Client(base_url=server.url) as client:
        yield _read(client, "/catalog")


@pytest.mark.parametrize("kind", MANDATORY, ids=lambda kind: str(kind).rpartition("#")[2])
def test_the_catalogue_has_every_mandatory_property(licensed: Graph, kind: URIRef) -> None:
    nodes = set(licensed.subjects(RDF.type, kind))
    missing = [(n, p) for n in nodes for p in MANDATORY[kind] if licensed.value(n, p) is None]
    assert nodes
    assert missing == []


def test_texts_of_the_catalogue_are_in_both_languages(licensed: Graph) -> None:
    for term in (DCTERMS.title, DCTERMS.description):
        for node in set(licensed.subjects(term, None)):
            tags = sorted(str(text.language) for text in licensed.objects(node, term))  # type: ignore[attr-defined]  # a literal, by the rule above
            assert tags == ["de", "en"], node


def test_addresses_of_the_catalogue_are_no_texts(licensed: Graph) -> None:
    values = [value for term in RESOURCES for value in licensed.objects(None, term)]
    assert [value for value in values if not isinstance(value, URIRef)] == []


def test_the_place_is_told_by_the_municipality_key(licensed: Graph) -> None:
    dataset = URIRef(f"{BASE}catalog#{AGS}")
    place = URIRef(f"{GEOCODING}municipalityKey/{AGS}")
    assert licensed.value(dataset, DCATDE.politicalGeocodingURI) == place
    assert licensed.value(dataset, DCTERMS.spatial) == place
    level = licensed.value(dataset, DCATDE.politicalGeocodingLevelURI)
    assert level == URIRef(f"{GEOCODING}Level/municipality")


def test_every_file_of_a_source_has_licence_and_attribution(licensed: Graph) -> None:
    files = set(licensed.objects(URIRef(f"{BASE}catalog#{AGS}"), DCAT.distribution))
    assert len(files) == 2
    for file in files:
        # The sources of the town state CC BY themselves.
        licence = licensed.value(file, DCTERMS.license)
        assert licence == URIRef("http://dcat-ap.de/def/licenses/cc-by/4.0")
        assert licensed.value(file, DCATDE.licenseAttributionByText) == Literal("Stadt Musterstadt")


def test_what_states_no_licence_has_that_of_the_setting(licensed: Graph) -> None:
    file = URIRef(f"{BASE}catalog#graph/inferred")
    licence = licensed.value(file, DCTERMS.license)
    assert licence == URIRef("http://dcat-ap.de/def/licenses/dl-by-de/2.0")


def test_no_licence_is_made_up(client: httpx.Client) -> None:
    graph = _read(client, "/catalog")
    assert graph.value(URIRef(f"{BASE}catalog#graph/inferred"), DCTERMS.license) is None


@pytest.mark.parametrize("term", [DCAT.downloadURL, DCAT.endpointDescription, DCAT.landingPage])
def test_the_addresses_in_the_catalogue_answer(client: httpx.Client, term: URIRef) -> None:
    addresses = set(_read(client, "/catalog").objects(None, term))
    statuses = {client.get(str(address)).status_code for address in addresses}
    assert statuses <= {200, 303}
    assert addresses


@pytest.mark.parametrize("path", ["/catalog", "/.well-known/void"])
def test_people_are_led_to_the_page_of_all_sources(client: httpx.Client, path: str) -> None:
    answer = client.get(path, headers={"Accept": "text/html", "Accept-Language": "en"})
    assert (answer.status_code, answer.headers["location"]) == (303, "/en/dataset")


def test_the_figures_are_counted_once(town: Dataset) -> None:
    async def twice() -> tuple[object, object]:
        snapshots = Snapshots(town, stated_fit)
        await snapshots.refresh()
        both = await asyncio.gather(snapshots.figures(), snapshots.figures())
        return both[0], both[1]

    first, second = asyncio.run(twice())
    assert first is second
