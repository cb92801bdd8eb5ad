"""Things at their own addresses, in the format a reader wants."""

from __future__ import annotations

import httpx
import pytest
from rdflib import RDF, Graph, URIRef

from ontology.namespaces import KS
from tests.api.town import MEASURE

PATH = "/id/05515000/measure/m-1"


# rdflib's own JSON-LD parser uses a class that rdflib calls old.
@pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated:DeprecationWarning")
@pytest.mark.parametrize(
    ("accept", "parser"),
    [
        ("text/turtle", "turtle"),
        ("application/n-triples", "nt"),
        ("application/ld+json", "json-ld"),
        ("application/rdf+xml", "xml"),
    ],
)
def test_a_thing_is_described_in_rdf(client: httpx.Client, accept: str, parser: str) -> None:
    answer = client.get(PATH, headers={"Accept": accept})
    graph = Graph().parse(data=answer.text, format=parser)
    assert (URIRef(MEASURE), RDF.type, URIRef(KS.Measure)) in graph
    assert answer.headers["content-type"].startswith(accept)


def test_a_thing_is_described_as_a_page_for_people(client: httpx.Client) -> None:
    headers = {"Accept": "text/html", "Accept-Language": "en"}
    text = client.get(PATH, headers=headers).text
    assert "<h1>Building parts exchange</h1>" in text
    assert "&lt;Türen&gt; &amp; Fenster" in text
    assert 'href="/id/05515000?lang=en"' in text
    assert 'href="/id/05515000/plan/massnahmen?lang=en">Action plan</a>' in text


def test_the_format_can_be_named_in_the_address(client: httpx.Client) -> None:
    answer = client.get(PATH + "?format=jsonld", headers={"Accept": "text/html"})
    assert answer.headers["content-type"] == "application/ld+json"


@pytest.mark.parametrize("accept", ["text/turtle", "text/html"])
def test_an_unknown_thing_is_not_found(client: httpx.Client, accept: str) -> None:
    assert client.get("/id/05515000/nix", headers={"Accept": accept}).status_code == 404


def test_a_thing_in_no_known_format_is_not_acceptable(client: httpx.Client) -> None:
    assert client.get(PATH, headers={"Accept": "image/png"}).status_code == 406


@pytest.mark.parametrize("path", ["/id/%3E%7D", "/id/a%22b", "/scheme/%5C"])
def test_an_address_cannot_change_the_query(client: httpx.Client, path: str) -> None:
    assert client.get(path).status_code in (400, 404)


def test_the_ontology_is_one_document(client: httpx.Client) -> None:
    graph = Graph().parse(data=client.get("/ontology").text, format="turtle")
    assert set(graph.subjects()) >= {URIRef(KS.Measure), URIRef(KS.forMunicipality)}


def test_a_scheme_concept_has_its_own_page(client: httpx.Client) -> None:
    text = client.get("/scheme/r-strategy/R3", headers={"Accept": "text/html"}).text
    assert "<h1>Wiederverwenden</h1>" in text
