"""Entity tags, compressed answers and other origins (RFC 9110, Fetch)."""

from __future__ import annotations

import gzip
import json
import zlib
from collections.abc import Iterator
from dataclasses import dataclass

import brotli  # type: ignore[import-untyped]  # it has no annotations
import httpx
import pytest

from kg.dataset import Dataset
from kg.settings import Settings
from tests.api.town import MEASURE, publish_town, serving
from tests.conftest import turtle

pytestmark = pytest.mark.conformance

ALL = "SELECT * { ?s ?p ?o } ORDER BY ?s ?p ?o"
SMALL = "ASK {}"
ORIGIN = "https://editor.example"
ORIGINS = "access-control-allow-origin"


@dataclass(frozen=True, slots=True)
class Sent:
    """Hold an answer whose body is as it was sent."""

    status_code: int
    headers: httpx.Headers
    body: bytes


def _raw(client: httpx.Client, query: str, coding: str, **headers: str) -> Sent:
    asked = {"Accept-Encoding": coding, **headers}
    with client.stream("GET", "/sparql", params={"query": query}, headers=asked) as answer:
        return Sent(answer.status_code, answer.headers, b"".join(answer.iter_raw()))


@pytest.mark.parametrize(
    ("accepted", "coding"),
    [
        ("gzip", "gzip"),
        ("br", "br"),
        ("gzip, deflate, br, zstd", "br"),
        ("br;q=0.1, gzip", "gzip"),
        ("*", "br"),
        ("br;q=0, *", "gzip"),
    ],
)
def test_a_large_answer_is_sent_in_the_coding_the_client_likes_best(
    client: httpx.Client, accepted: str, coding: str
) -> None:
    answer = _raw(client, ALL, accepted)
    sent = answer.body
    plain = brotli.decompress(sent) if coding == "br" else gzip.decompress(sent)
    assert answer.headers["content-encoding"] == coding
    assert int(answer.headers["content-length"]) == len(sent) < len(plain)
    assert set(json.loads(plain)["head"]["vars"]) == {"s", "p", "o"}


@pytest.mark.parametrize("accepted", ["identity", "deflate", "br;q=0, gzip;q=0"])
def test_an_answer_in_no_known_coding_is_sent_as_it_is(client: httpx.Client, accepted: str) -> None:
    answer = _raw(client, ALL, accepted)
    assert "content-encoding" not in answer.headers
    assert json.loads(answer.body)


def test_a_small_answer_is_sent_as_it_is(client: httpx.Client) -> None:
    assert "content-encoding" not in _raw(client, SMALL, "gzip, br").headers


def test_pages_and_style_sheets_are_compressed_too(client: httpx.Client) -> None:
    for path in ("/en/sparql", "/static/style.css", "/api/v1/openapi.json"):
        answer = client.get(path, headers={"Accept-Encoding": "gzip"})
        assert answer.headers["content-encoding"] == "gzip", path
        assert "Accept-Encoding" in answer.headers["vary"], path


def test_a_part_of_a_file_is_not_compressed(client: httpx.Client) -> None:
    headers = {"Accept-Encoding": "gzip", "Range": "bytes=0-1999"}
    answer = client.get("/static/style.css", headers=headers)
    assert (answer.status_code, answer.headers.get("content-encoding")) == (206, None)


@pytest.mark.parametrize("coding", ["identity", "gzip", "br"])
@pytest.mark.parametrize("query", [ALL, SMALL, f"DESCRIBE <{MEASURE}>"])
def test_an_answer_the_client_holds_is_not_sent_again(
    client: httpx.Client, query: str, coding: str
) -> None:
    first = _raw(client, query, coding)
    second = _raw(client, query, coding, **{"If-None-Match": first.headers["etag"]})
    assert (second.status_code, second.body) == (304, b"")
    assert second.headers["etag"] == first.headers["etag"]
    assert second.headers["vary"] == first.headers["vary"] == "Accept, Accept-Encoding"


def test_a_style_sheet_the_client_holds_is_not_sent_again(client: httpx.Client) -> None:
    headers = {"Accept-Encoding": "gzip"}
    tag = client.get("/static/style.css", headers=headers).headers["etag"]
    again = client.get("/static/style.css", headers={**headers, "If-None-Match": tag})
    assert (again.status_code, again.headers["etag"]) == (304, tag)


def test_one_of_several_tags_is_enough(client: httpx.Client) -> None:
    tag = _raw(client, SMALL, "identity").headers["etag"]
    listed = f'"a", {tag}, W/"b"'
    assert _raw(client, SMALL, "identity", **{"If-None-Match": listed}).status_code == 304


def test_the_tag_tells_query_format_graphs_and_coding_apart(client: httpx.Client) -> None:
    asked = (
        {"query": ALL},
        {"query": ALL, "format": "xml"},
        {"query": ALL, "default-graph-uri": "urn:g"},
        {"query": ALL, "named-graph-uri": "urn:g"},
        {"query": ALL + " LIMIT 9"},
    )
    plain = {"Accept-Encoding": "identity"}
    tags = {client.get("/sparql", params=one, headers=plain).headers["etag"] for one in asked}
    tags |= {_raw(client, ALL, coding).headers["etag"] for coding in ("gzip", "br")}
    assert len(tags) == 7


@pytest.mark.parametrize("call", ["NOW()", "rand ()", "STRUUID()", "UUID#\n()"])
def test_what_depends_on_chance_or_time_has_no_tag(client: httpx.Client, call: str) -> None:
    answer = client.get("/sparql", params={"query": f"SELECT ({call} AS ?x) {{}}"})
    assert (answer.status_code, "etag" in answer.headers) == (200, False)


def test_an_answer_to_a_post_has_no_tag(client: httpx.Client) -> None:
    answer = client.post("/sparql", data={"query": SMALL}, headers={"If-None-Match": "*"})
    assert (answer.status_code, "etag" in answer.headers) == (200, False)


def test_a_tag_is_of_one_generation(tmp_path_factory: pytest.TempPathFactory) -> None:
    root = tmp_path_factory.mktemp("changing")
    tags = []
    for more in ([], turtle("<urn:new> a <urn:Thing> .")):
        with serving(publish_town(root, more=more), Settings()) as server:
            answer = httpx.get(server.url + "/sparql", params={"query": SMALL})
            tags.append(answer.headers["etag"])
            assert answer.headers["kreislaufstadt-generation"] in tags[-1]
    assert tags[0] != tags[1]


@pytest.fixture(scope="module")
def open_client(town: Dataset) -> Iterator[httpx.Client]:
    """Give a client of a server that lets every origin read."""
    with (
        serving(town, Settings(cors_origins="*")) as server,
        httpx.Client(base_url=server.url) as opened,
    ):
        yield opened


def _preflight(client: httpx.Client, method: str, path: str = "/sparql") -> httpx.Response:
    headers = {"Origin": ORIGIN, "Access-Control-Request-Method": method}
    return client.options(path, headers=headers)


def test_no_origin_may_read_by_default(client: httpx.Client) -> None:
    answer = client.get("/sparql", params={"query": SMALL}, headers={"Origin": ORIGIN})
    assert ORIGINS not in answer.headers
    assert ORIGINS not in _preflight(client, "POST").headers


def test_every_origin_may_read_when_the_operator_says_so(open_client: httpx.Client) -> None:
    answer = open_client.get("/sparql", params={"query": SMALL}, headers={"Origin": ORIGIN})
    assert answer.headers[ORIGINS] == "*"
    assert "access-control-allow-credentials" not in answer.headers
    assert "ETag" in answer.headers["access-control-expose-headers"]


def test_a_preflight_request_is_answered_for_every_door(open_client: httpx.Client) -> None:
    for path in ("/sparql", "/id/05515000", "/api/v1/queries"):
        answer = _preflight(open_client, "POST", path)
        assert (answer.status_code, answer.headers[ORIGINS]) == (204, "*"), path


def test_another_origin_can_use_no_token_and_change_nothing(open_client: httpx.Client) -> None:
    headers = _preflight(open_client, "PUT").headers
    assert "PUT" not in headers["access-control-allow-methods"]
    assert "authorization" not in headers["access-control-allow-headers"].lower()


def test_an_error_can_be_read_by_another_origin_too(open_client: httpx.Client) -> None:
    answer = open_client.get("/sparql", params={"query": "ASK"}, headers={"Origin": ORIGIN})
    assert (answer.status_code, answer.headers[ORIGINS]) == (400, "*")


def test_only_the_origins_that_are_named_may_read(town: Dataset) -> None:
    named = Settings(cors_origins=f"{ORIGIN} https://other.example")
    with serving(town, named) as server, httpx.Client(base_url=server.url) as client:
        mine = client.get("/sparql?query=ASK{}", headers={"Origin": ORIGIN})
        foreign = client.get("/sparql?query=ASK{}", headers={"Origin": "https://evil.example"})
        nobody = client.get("/sparql?query=ASK{}")
    assert (mine.headers[ORIGINS], foreign.headers.get(ORIGINS)) == (ORIGIN, None)
    assert "Origin" in mine.headers["vary"]
    assert "Origin" in foreign.headers["vary"]
    assert "Origin" in nobody.headers["vary"]


def test_the_sizes_of_the_codings_are_those_of_the_whole_body(client: httpx.Client) -> None:
    sent = _raw(client, ALL, "gzip").body
    unpacker = zlib.decompressobj(16 + zlib.MAX_WBITS)
    unpacker.decompress(sent)
    assert (unpacker.eof, unpacker.unused_data) == (True, b"")
