"""What is not UTF-8, in the wrong place or in another coding is refused; nothing is guessed."""

from __future__ import annotations

import gzip

import httpx
import pytest

from tests.api.town import SOURCE_GRAPH

pytestmark = pytest.mark.conformance

FORM = {"Content-Type": "application/x-www-form-urlencoded"}
QUERY = {"Content-Type": "application/sparql-query"}


@pytest.mark.parametrize(
    "encoded", ["query=ASK%20%7B%7D%", "query=ASK%2", "query=%FF", "query=ASK%20%7B%7D&x=%C3%28"]
)
def test_a_badly_encoded_address_is_refused(client: httpx.Client, encoded: str) -> None:
    answer = client.get(
        httpx.URL(client.base_url).join("/sparql").copy_with(query=encoded.encode())
    )
    assert (answer.status_code, answer.json()["code"]) == (400, "bad-encoding")


@pytest.mark.parametrize("body", [b"query=ASK+{}%zz", b"query=%C3", b"query=ASK {} # \xff"])
def test_a_badly_encoded_form_is_refused(client: httpx.Client, body: bytes) -> None:
    answer = client.post("/sparql", content=body, headers=FORM)
    assert (answer.status_code, answer.json()["code"]) == (400, "bad-encoding")


@pytest.mark.parametrize("body", ["ASK {} # ä".encode("latin-1"), "ASK {}".encode("utf-16")])
def test_a_query_that_is_no_utf8_is_refused(client: httpx.Client, body: bytes) -> None:
    answer = client.post("/sparql", content=body, headers=QUERY)
    assert (answer.status_code, answer.json()["code"]) == (400, "bad-encoding")


@pytest.mark.parametrize("charset", ["utf-16", "iso-8859-1", '"latin1"'])
def test_another_character_set_is_an_unsupported_media_type(
    client: httpx.Client, charset: str
) -> None:
    headers = {"Content-Type": f"application/sparql-query; charset={charset}"}
    assert client.post("/sparql", content="ASK {}", headers=headers).status_code == 415


@pytest.mark.parametrize(
    ("coding", "body", "status"),
    [
        ("gzip", gzip.compress(b"ASK {}"), 200),
        ("gzip", b"ASK {}", 400),
        ("zstd", b"ASK {}", 415),
    ],
    ids=["packed", "not packed as it says", "packed in a way that is unknown"],
)
def test_a_compressed_request_is_unpacked_or_refused(
    client: httpx.Client, coding: str, body: bytes, status: int
) -> None:
    headers = {**QUERY, "Content-Encoding": coding}
    assert client.post("/sparql", content=body, headers=headers).status_code == status


def test_a_flood_of_fields_is_refused(client: httpx.Client) -> None:
    body = b"query=ASK+%7B%7D" + b"&x=1" * 2000
    assert client.post("/sparql", content=body, headers=FORM).status_code == 400


@pytest.mark.parametrize(
    ("method", "address", "headers", "body"),
    [
        ("GET", "query=ASK{}&using-graph-uri=urn:g", {}, None),
        ("GET", "update=CLEAR+ALL", {}, None),
        ("GET", "default-graph-uri=urn:g", {}, None),
        ("POST", "query=ASK{}", FORM, "x=1"),
        ("POST", "query=ASK{}", QUERY, "ASK {}"),
        ("POST", "", FORM, "query=ASK{}&update=CLEAR+ALL"),
        ("POST", "", FORM, "query=ASK{}&query=ASK{}"),
        ("POST", "", FORM, "update=CLEAR+ALL&default-graph-uri=urn:g"),
    ],
    ids=[
        "using a graph in a query",
        "update by GET",
        "graphs without a query",
        "query in the address of a form",
        "query in the address of a direct post",
        "query and update",
        "two queries",
        "default graph of an update",
    ],
)
def test_a_parameter_in_the_wrong_place_is_refused(
    client: httpx.Client, method: str, address: str, headers: dict[str, str], body: str | None
) -> None:
    answer = client.request(method, f"/sparql?{address}", headers=headers, content=body)
    assert (answer.status_code, answer.json()["code"]) == (400, "bad-parameter")


def test_graphs_of_a_direct_post_stand_in_the_address(client: httpx.Client) -> None:
    address = f"/sparql?default-graph-uri={SOURCE_GRAPH}&format=xml"
    answer = client.post(address, content="ASK { ?s ?p ?o }", headers=QUERY)
    assert "<boolean>true</boolean>" in answer.text


def test_a_yes_or_no_has_no_table_format(client: httpx.Client) -> None:
    answer = client.get("/sparql", params={"query": "ASK {}"}, headers={"Accept": "text/csv"})
    assert answer.status_code == 406
    assert answer.json()["available"] == [
        "application/sparql-results+json",
        "application/sparql-results+xml",
    ]
