"""SPARQL 1.1 Protocol, with a plain HTTP client."""

from __future__ import annotations

import json

import httpx
import pytest

from tests.api.town import CONCEPT_GRAPH, MEASURE, SOURCE_GRAPH

pytestmark = pytest.mark.conformance

ASK = "ASK { ?s ?p ?o }"
LABELS = "SELECT ?l WHERE { <%s> <http://www.w3.org/2000/01/rdf-schema#label> ?l } ORDER BY ?l"
COUNT = "SELECT (COUNT(*) AS ?n) WHERE { ?s ?p ?o }"


def _count(answer: httpx.Response) -> int:
    return int(answer.json()["results"]["bindings"][0]["n"]["value"])


def test_query_by_get(client: httpx.Client) -> None:
    answer = client.get("/sparql", params={"query": ASK})
    assert (answer.status_code, answer.json()["boolean"]) == (200, True)


def test_query_by_form_post(client: httpx.Client) -> None:
    assert client.post("/sparql", data={"query": ASK}).json()["boolean"] is True


def test_query_by_direct_post(client: httpx.Client) -> None:
    headers = {"Content-Type": "application/sparql-query; charset=utf-8"}
    assert client.post("/sparql", content=ASK, headers=headers).json()["boolean"] is True


@pytest.mark.parametrize("text", ["100%25 + 1", "100% + 1 & =", "a+b c", "äöü ß – »x«", "%41"])
def test_form_post_keeps_percent_signs(client: httpx.Client, text: str) -> None:
    query = f'SELECT ("{text}" AS ?x) {{}}'
    answer = client.post("/sparql", data={"query": query}).json()
    assert answer["results"]["bindings"][0]["x"]["value"] == text


@pytest.mark.parametrize(
    ("accept", "content_type"),
    [
        ("application/sparql-results+json", "application/sparql-results+json"),
        ("application/json", "application/sparql-results+json"),
        ("application/sparql-results+xml", "application/sparql-results+xml"),
        ("text/csv", "text/csv; charset=utf-8"),
        ("text/tab-separated-values", "text/tab-separated-values; charset=utf-8"),
        ("text/csv;q=0.4, application/sparql-results+xml;q=0.8", "application/sparql-results+xml"),
        ("text/csv;q=0, */*", "application/sparql-results+json"),
        ("*/*", "application/sparql-results+json"),
        ("text/*", "text/csv; charset=utf-8"),
    ],
)
def test_solutions_come_in_the_format_asked_for(
    client: httpx.Client, accept: str, content_type: str
) -> None:
    answer = client.get("/sparql", params={"query": COUNT}, headers={"Accept": accept})
    assert answer.headers["content-type"] == content_type


@pytest.mark.parametrize(
    ("accept", "content_type"),
    [
        ("text/turtle", "text/turtle; charset=utf-8"),
        ("application/n-triples", "application/n-triples; charset=utf-8"),
        ("application/ld+json", "application/ld+json"),
        ("application/rdf+xml", "application/rdf+xml; charset=utf-8"),
        ("application/n-quads", "application/n-quads"),
        ("application/trig", "application/trig"),
        ("*/*", "text/turtle; charset=utf-8"),
    ],
)
@pytest.mark.parametrize("query", [f"DESCRIBE <{MEASURE}>", "CONSTRUCT WHERE { ?s ?p ?o }"])
def test_triples_come_in_the_format_asked_for(
    client: httpx.Client, accept: str, content_type: str, query: str
) -> None:
    answer = client.get("/sparql", params={"query": query}, headers={"Accept": accept})
    assert answer.headers["content-type"] == content_type
    assert b"Bauteilb" in answer.content


def test_the_default_graph_is_the_union(client: httpx.Client) -> None:
    whole = _count(client.get("/sparql", params={"query": COUNT}))
    parts = [
        _count(client.get("/sparql", params={"query": COUNT, "default-graph-uri": graph}))
        for graph in (SOURCE_GRAPH, CONCEPT_GRAPH)
    ]
    assert min(parts) > 0
    assert whole > max(parts)


def test_several_default_graphs_are_merged(client: httpx.Client) -> None:
    one = {"query": COUNT, "default-graph-uri": [SOURCE_GRAPH]}
    two = {"query": COUNT, "default-graph-uri": [SOURCE_GRAPH, CONCEPT_GRAPH]}
    assert _count(client.post("/sparql", data=two)) > _count(client.post("/sparql", data=one))


def test_named_graphs_limit_graph_patterns(client: httpx.Client) -> None:
    query = "SELECT DISTINCT ?g WHERE { GRAPH ?g { ?s ?p ?o } }"
    answer = client.get("/sparql", params={"query": query, "named-graph-uri": CONCEPT_GRAPH})
    found = [row["g"]["value"] for row in answer.json()["results"]["bindings"]]
    assert found == [CONCEPT_GRAPH]


def test_the_protocol_dataset_overrides_from(client: httpx.Client) -> None:
    query = COUNT.replace("WHERE", f"FROM <{SOURCE_GRAPH}> WHERE")
    alone = _count(client.get("/sparql", params={"query": query}))
    other = _count(
        client.get("/sparql", params={"query": query, "default-graph-uri": CONCEPT_GRAPH})
    )
    assert alone != other


def test_head_has_the_headers_of_get_and_no_body(client: httpx.Client) -> None:
    answer = client.head("/sparql", params={"query": ASK})
    assert (answer.status_code, answer.content) == (200, b"")
    assert answer.headers["content-type"] == "application/sparql-results+json"


def test_options_names_the_methods(client: httpx.Client) -> None:
    answer = client.options("/sparql")
    assert answer.status_code == 204
    assert answer.headers["allow"] == "GET, HEAD, POST, OPTIONS"


def test_put_is_not_allowed(client: httpx.Client) -> None:
    answer = client.put("/sparql", content="x")
    assert answer.status_code == 405
    assert {"GET", "POST"} <= set(answer.headers["allow"].replace(" ", "").split(","))


def test_an_unknown_format_is_not_acceptable(client: httpx.Client) -> None:
    answer = client.get("/sparql", params={"query": COUNT}, headers={"Accept": "image/png"})
    assert answer.status_code == 406
    assert "text/csv" in answer.json()["available"]


def test_a_strange_body_is_an_unsupported_media_type(client: httpx.Client) -> None:
    answer = client.post("/sparql", content="{}", headers={"Content-Type": "application/json"})
    assert answer.status_code == 415
    assert "application/sparql-query" in answer.headers["accept-post"]


@pytest.mark.parametrize(
    "parameters",
    [
        {"query": [ASK, ASK]},
        {"query": ASK, "default-graph-uri": "no iri"},
        {"query": ASK, "format": "dvi"},
        {"query": "ASK {"},
        {"query": ""},
    ],
    ids=["two queries", "bad graph", "unknown format name", "malformed", "empty"],
)
def test_a_wrong_request_is_a_bad_request(
    client: httpx.Client, parameters: dict[str, str | list[str]]
) -> None:
    assert client.get("/sparql", params=parameters).status_code == 400


def test_a_form_without_query_is_a_bad_request(client: httpx.Client) -> None:
    assert client.post("/sparql", data={"other": "x"}).status_code == 400


def test_a_syntax_error_names_line_and_column(client: httpx.Client) -> None:
    answer = client.get("/sparql", params={"query": "ASK {\n  ?s ?p }"})
    assert answer.headers["content-type"] == "application/problem+json"
    assert (answer.json()["line"], answer.json()["column"]) == (2, 10)
    assert "expected one of" not in answer.text


@pytest.mark.parametrize("method", ["form", "direct"])
def test_an_update_needs_a_token(client: httpx.Client, method: str) -> None:
    update = "INSERT DATA { <urn:a> <urn:b> <urn:c> }"
    if method == "form":
        answer = client.post("/sparql", data={"update": update})
    else:
        headers = {"Content-Type": "application/sparql-update"}
        answer = client.post("/sparql", content=update, headers=headers)
    assert (answer.status_code, answer.json()["code"]) == (401, "not-authorised")
    assert answer.headers["www-authenticate"].startswith("Bearer")


def test_without_query_the_service_describes_itself(client: httpx.Client) -> None:
    answer = client.get("/sparql", headers={"Accept": "text/turtle"})
    assert answer.headers["content-type"].startswith("text/turtle")
    assert "sd:name ksg:source" in answer.text
    assert "sd:endpoint" in answer.text


def test_without_query_a_browser_gets_a_form(client: httpx.Client) -> None:
    headers = {"Accept": "text/html,application/xhtml+xml,*/*;q=0.8", "Accept-Language": "en"}
    answer = client.get("/sparql", headers=headers)
    assert '<html lang="en">' in answer.text
    assert "<textarea" in answer.text


@pytest.mark.parametrize("name", ["json", "xml", "csv", "tsv"])
def test_the_format_parameter_beats_the_accept_header(client: httpx.Client, name: str) -> None:
    parameters = {"query": LABELS % MEASURE, "format": name}
    answer = client.get("/sparql", params=parameters, headers={"Accept": "text/html"})
    assert name in answer.headers["content-type"] or name == "tsv"
    assert "Bauteilbörse" in answer.text


def test_turtle_uses_the_prefixes_of_the_graph(client: httpx.Client) -> None:
    answer = client.get("/sparql", params={"query": f"DESCRIBE <{MEASURE}>"})
    assert "a ks:Measure" in answer.text
    assert "@prefix sssom:" not in answer.text


def test_json_ld_is_json(client: httpx.Client) -> None:
    parameters = {"query": f"DESCRIBE <{MEASURE}>", "format": "jsonld"}
    assert json.loads(client.get("/sparql", params=parameters).text)
