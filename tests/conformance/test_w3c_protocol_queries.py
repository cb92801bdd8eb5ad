"""The cases on queries of the W3C's SPARQL 1.1 Protocol suite, by their names there.

Source of names and demands: https://www.w3.org/2009/sparql/docs/tests/data-sparql11/protocol/
(manifest.ttl). The requests are written for the graphs of the town.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal
from urllib.parse import urlencode

import httpx
import pytest

from ontology.namespaces import INFERRED_GRAPH
from tests.api.town import CONCEPT_GRAPH, GOAL, MEASURE, SOURCE_GRAPH

pytestmark = pytest.mark.conformance

FORM = "application/x-www-form-urlencoded"
QUERY = "application/sparql-query"
BOOLEAN = ("application/sparql-results+xml", "application/sparql-results+json")
TABLE = (*BOOLEAN, "text/tab-separated-values", "text/csv")
GRAPH = ("application/rdf+xml", "text/turtle", "application/n-triples")
DEFAULT, NAMED = "default-graph-uri", "named-graph-uri"
# True in the two graphs together, in neither of them alone.
BOTH = f"ASK {{ <{MEASURE}> ?p ?o . <{GOAL}> ?q ?u }}"
IN_GRAPHS = f"ASK {{ GRAPH ?g {{ <{MEASURE}> ?p ?o }} GRAPH ?h {{ <{GOAL}> ?q ?u }} }}"
FULL = (
    f"ASK {{ ?x ?y ?o GRAPH ?g {{ <{MEASURE}> ?p ?v }} FILTER NOT EXISTS {{ <{MEASURE}> ?r ?w }} }}"
)


@dataclass(frozen=True, slots=True)
class Case:
    """Hold one case: the request, and what the suite demands of the answer."""

    name: str
    method: Literal["GET", "POST", "PUT"] = "POST"
    address: tuple[tuple[str, str], ...] = ()
    body: bytes | str | None = None
    kind: str | None = None
    types: tuple[str, ...] = ()
    says: bool | None = None
    is_refused: bool = False


def _form(**fields: str) -> str:
    return urlencode(fields)


GOOD = [
    Case("query_get", "GET", (("query", "ASK {}"),), types=BOOLEAN, says=True),
    Case("query_post_form", body=_form(query="ASK {}"), kind=FORM, types=BOOLEAN, says=True),
    Case("query_post_direct", body="ASK {}", kind=QUERY, types=BOOLEAN, says=True),
    Case(
        "query_dataset_default_graph",
        address=((DEFAULT, SOURCE_GRAPH),),
        body=f"ASK {{ <{MEASURE}> ?p ?o }}",
        kind=QUERY,
        types=BOOLEAN,
        says=True,
    ),
    Case(
        "query_dataset_default_graphs_get",
        "GET",
        (("query", BOTH), (DEFAULT, SOURCE_GRAPH), (DEFAULT, CONCEPT_GRAPH)),
        types=BOOLEAN,
        says=True,
    ),
    Case(
        "query_dataset_default_graphs_post",
        address=((DEFAULT, SOURCE_GRAPH), (DEFAULT, CONCEPT_GRAPH)),
        body=BOTH,
        kind=QUERY,
        types=BOOLEAN,
        says=True,
    ),
    Case(
        "query_dataset_named_graphs_post",
        address=((NAMED, SOURCE_GRAPH), (NAMED, CONCEPT_GRAPH)),
        body=IN_GRAPHS,
        kind=QUERY,
        types=BOOLEAN,
        says=True,
    ),
    Case(
        "query_dataset_named_graphs_get",
        "GET",
        (("query", IN_GRAPHS), (NAMED, SOURCE_GRAPH), (NAMED, CONCEPT_GRAPH)),
        types=BOOLEAN,
        says=True,
    ),
    Case(
        "query_dataset_full",
        address=((DEFAULT, CONCEPT_GRAPH), (NAMED, SOURCE_GRAPH), (NAMED, INFERRED_GRAPH)),
        body=FULL,
        kind=QUERY,
        types=BOOLEAN,
        says=True,
    ),
    Case(
        "query_multiple_dataset",
        address=((DEFAULT, CONCEPT_GRAPH),),
        body=f"ASK FROM <{SOURCE_GRAPH}> {{ <{MEASURE}> ?p ?o }}",
        kind=QUERY,
        types=BOOLEAN,
        says=False,
    ),
    Case("query_content_type_select", body="SELECT (1 AS ?value) {}", kind=QUERY, types=TABLE),
    Case("query_content_type_ask", body="ASK {}", kind=QUERY, types=BOOLEAN),
    Case(
        "query_content_type_describe",
        body="DESCRIBE <http://example.org/>",
        kind=QUERY,
        types=GRAPH,
    ),
    Case(
        "query_content_type_construct",
        body="CONSTRUCT { <urn:s> <urn:p> 1 } WHERE {}",
        kind=QUERY,
        types=GRAPH,
    ),
]
BAD = [
    Case("bad_query_method", "PUT", (("query", "ASK {}"),), is_refused=True),
    Case(
        "bad_multiple_queries",
        "GET",
        (("query", "ASK {}"), ("query", "SELECT * {}")),
        is_refused=True,
    ),
    Case("bad_query_wrong_media_type", body="ASK {}", kind="text/plain", is_refused=True),
    Case("bad_query_missing_form_type", body=_form(query="ASK {}"), is_refused=True),
    Case("bad_query_missing_direct_type", body="ASK {}", is_refused=True),
    Case(
        "bad_query_non_utf8",
        body="ASK {}".encode("utf-16"),
        kind=f"{QUERY}; charset=UTF-16",
        is_refused=True,
    ),
    Case("bad_query_syntax", "GET", (("query", "ASK"),), is_refused=True),
]


def _answer(client: httpx.Client, case: Case) -> httpx.Response:
    return client.request(
        case.method,
        "/sparql?" + urlencode(case.address) if case.address else "/sparql",
        content=case.body,
        headers={"Content-Type": case.kind} if case.kind else {},
    )


@pytest.mark.parametrize("case", GOOD, ids=lambda case: case.name)
def test_a_good_request_of_the_suite_is_answered(client: httpx.Client, case: Case) -> None:
    answer = _answer(client, case)
    assert answer.status_code == 200
    assert answer.headers["content-type"].partition(";")[0] in case.types
    if case.says is not None:
        assert answer.json()["boolean"] is case.says


@pytest.mark.parametrize("case", BAD, ids=lambda case: case.name)
def test_a_bad_request_of_the_suite_is_refused(client: httpx.Client, case: Case) -> None:
    assert 400 <= _answer(client, case).status_code < 500


def test_the_default_graph_is_empty_when_only_named_graphs_are_given(client: httpx.Client) -> None:
    parameters = {"query": "ASK { ?s ?p ?o }", NAMED: SOURCE_GRAPH}
    assert client.get("/sparql", params=parameters).json()["boolean"] is False


def test_a_default_graph_that_is_not_there_is_empty(client: httpx.Client) -> None:
    parameters = {"query": "ASK { ?s ?p ?o }", DEFAULT: "urn:nowhere"}
    assert client.get("/sparql", params=parameters).json()["boolean"] is False
