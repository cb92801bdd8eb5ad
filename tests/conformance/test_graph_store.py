"""The Graph Store Protocol beyond the W3C's cases: names, forms, conditions, PATCH."""

from __future__ import annotations

import gzip

import httpx
import pytest
from pyoxigraph import BlankNode, RdfFormat, parse

from kg.dataset import Dataset
from kg.settings import Settings
from kg.store import every_quad
from ontology.namespaces import ONTOLOGY_GRAPH, source_graph
from tests.api.town import AGS, SOURCE_GRAPH, serving
from tests.api.writable_town import TURTLE, UPDATE, WritableTown

pytestmark = pytest.mark.conformance

GRAPH = source_graph(AGS, "graphs")
AT = {"graph": GRAPH}
DIRECT = GRAPH.removeprefix("https://w3id.org/kreislaufstadt")
SENT = {"Content-Type": TURTLE}
ONE = "<urn:one> <urn:p> 'Größe' ."


@pytest.fixture
def one(editor: httpx.Client) -> httpx.Client:
    """Give a client of a store whose graph holds one statement."""
    assert editor.put("/graphs", params=AT, content=ONE.encode(), headers=SENT).is_success
    return editor


def states(client: httpx.Client, graph: str = GRAPH) -> set[str]:
    headers = {"Accept": "application/n-triples"}
    answer = client.get("/graphs", params={"graph": graph}, headers=headers)
    return set(answer.text.splitlines())


@pytest.mark.parametrize(
    ("accept", "content_type"),
    [
        ("text/turtle", "text/turtle"),
        ("application/n-triples", "application/n-triples"),
        ("application/ld+json", "application/ld+json"),
        ("application/rdf+xml", "application/rdf+xml"),
        ("application/trig", "application/trig"),
        ("text/turtle;q=0.2, application/ld+json;q=0.7", "application/ld+json"),
    ],
)
def test_a_graph_comes_in_the_form_asked_for(
    client: httpx.Client, accept: str, content_type: str
) -> None:
    answer = client.get("/graphs", params={"graph": SOURCE_GRAPH}, headers={"Accept": accept})
    assert answer.headers["content-type"].partition(";")[0] == content_type
    assert "Building parts exchange" in answer.text


def test_an_impossible_form_is_not_acceptable(client: httpx.Client) -> None:
    headers = {"Accept": "image/png"}
    answer = client.get("/graphs", params={"graph": SOURCE_GRAPH}, headers=headers)
    assert answer.status_code == 406


@pytest.mark.parametrize(
    "query",
    ["", "?default&graph=urn:a", "?graph=urn:a&graph=urn:b", "?graph=relative", "?graph="],
    ids=["neither", "both", "two", "relative", "empty"],
)
@pytest.mark.parametrize("method", ["GET", "PUT", "DELETE"])
def test_a_graph_is_named_exactly_once(admin: httpx.Client, method: str, query: str) -> None:
    answer = admin.request(method, f"/graphs{query}", content=ONE.encode(), headers=SENT)
    assert answer.status_code == 400


def test_options_names_methods_and_kinds(client: httpx.Client) -> None:
    answer = client.options("/graphs")
    assert set(answer.headers["allow"].split(", ")) == {
        "GET",
        "HEAD",
        "PUT",
        "POST",
        "DELETE",
        "PATCH",
        "OPTIONS",
    }
    assert (answer.status_code, answer.headers["accept-patch"]) == (204, UPDATE)


def test_a_strange_method_is_not_allowed(client: httpx.Client) -> None:
    assert client.request("MKCOL", "/graphs").status_code == 405


def test_a_strange_body_is_an_unsupported_media_type(editor: httpx.Client) -> None:
    headers = {"Content-Type": "text/csv"}
    answer = editor.put("/graphs", params=AT, content="a,b", headers=headers)
    assert answer.status_code == 415
    assert "text/turtle" in answer.json()["supported"]


def test_a_graph_is_also_written_at_its_own_address(one: httpx.Client) -> None:
    more = b"<#here> <urn:p> 2 ."
    assert one.post(DIRECT, content=more, headers=SENT).status_code == 204
    assert f"<{GRAPH}#here> " in " ".join(states(one))
    assert one.delete(DIRECT).status_code == 204
    assert one.delete(DIRECT).status_code == 404


def test_a_packed_body_is_unpacked(editor: httpx.Client) -> None:
    headers = {**SENT, "Content-Encoding": "gzip"}
    packed = gzip.compress(b"<urn:packed> <urn:p> 1 .")
    assert editor.put("/graphs", params=AT, content=packed, headers=headers).is_success
    assert "<urn:packed>" in " ".join(states(editor))


def test_the_same_graph_twice_is_the_same_generation(editor: httpx.Client) -> None:
    body = b"[] <urn:p> [ <urn:q> 1 ] ; <urn:r> [ <urn:q> 2 ] ."
    names = [
        editor.put("/graphs", params=AT, content=body, headers=SENT).headers[
            "kreislaufstadt-generation"
        ]
        for _ in range(2)
    ]
    assert names[0] == names[1]


def test_patch_changes_the_one_graph(one: httpx.Client) -> None:
    update = "DELETE { ?s <urn:p> ?o } INSERT { ?s <urn:p> 'kleiner' } WHERE { ?s <urn:p> ?o }"
    headers = {"Content-Type": UPDATE}
    answer = one.patch("/graphs", params=AT, content=update, headers=headers)
    assert answer.status_code == 204
    assert states(one) == {'<urn:one> <urn:p> "kleiner" .'}


@pytest.mark.parametrize(
    ("graph", "update", "status"),
    [
        (GRAPH, f"INSERT DATA {{ GRAPH <{SOURCE_GRAPH}> {{ <urn:a> <urn:b> 1 }} }}", 403),
        (GRAPH, "INSERT DATA { <urn:a> }", 400),
        (GRAPH, "LOAD <http://127.0.0.1:1/>", 403),
        (source_graph(AGS, "nowhere"), "INSERT DATA { <urn:a> <urn:b> 1 }", 404),
        (ONTOLOGY_GRAPH, "INSERT DATA { <urn:a> <urn:b> 1 }", 403),
    ],
    ids=["another graph", "malformed", "load", "unknown", "protected"],
)
def test_patch_refuses(one: httpx.Client, graph: str, update: str, status: int) -> None:
    headers = {"Content-Type": UPDATE}
    answer = one.patch("/graphs", params={"graph": graph}, content=update, headers=headers)
    assert answer.status_code == status


def test_a_stale_writer_loses_nothing_of_the_other(one: httpx.Client) -> None:
    seen = one.get("/graphs", params=AT).headers["etag"]
    other = {**SENT, "If-Match": seen}
    assert one.put("/graphs", params=AT, content=b"<urn:two> <urn:p> 2 .", headers=other).is_success
    late = one.put("/graphs", params=AT, content=b"<urn:late> <urn:p> 3 .", headers=other)
    assert (late.status_code, late.json()["code"]) == (412, "graph-changed")
    assert one.delete("/graphs", params=AT, headers={"If-Match": seen}).status_code == 412
    assert "<urn:two>" in " ".join(states(one))


def test_if_none_match_creates_and_never_replaces(one: httpx.Client) -> None:
    headers = {**SENT, "If-None-Match": "*"}
    answer = one.put("/graphs", params=AT, content=ONE.encode(), headers=headers)
    assert answer.status_code == 412


def test_if_match_of_any_never_creates(editor: httpx.Client) -> None:
    headers = {**SENT, "If-Match": "*"}
    nowhere = {"graph": source_graph(AGS, "nowhere")}
    answer = editor.put("/graphs", params=nowhere, content=ONE.encode(), headers=headers)
    assert answer.status_code == 412


def test_a_known_graph_is_not_sent_twice(client: httpx.Client) -> None:
    there = {"graph": SOURCE_GRAPH}
    seen = client.get("/graphs", params=there).headers["etag"]
    again = client.get("/graphs", params=there, headers={"If-None-Match": seen})
    assert (again.status_code, again.content) == (304, b"")


def test_a_broken_rule_is_told_and_nothing_is_kept(
    writable_town: WritableTown, editor: httpx.Client
) -> None:
    before = writable_town.dataset.current().name
    body = "<urn:m> a <https://w3id.org/kreislaufstadt/ontology#Measure> ."
    answer = editor.put("/graphs", params=AT, content=body.encode(), headers=SENT)
    assert (answer.status_code, answer.json()["code"]) == (422, "shape-violated")
    assert answer.json()["findings"][0]["reason"]
    assert writable_town.dataset.current().name == before


def test_provenance_names_the_token_and_the_time(
    writable_town: WritableTown, one: httpx.Client
) -> None:
    key = writable_town.editor.split("_")[1]
    assert writable_town.ask(
        "PREFIX prov: <http://www.w3.org/ns/prov#>"
        f"ASK {{ GRAPH ?g {{ <{GRAPH}> prov:wasGeneratedBy ?load . ?load prov:endedAtTime ?at ;"
        f' prov:wasAssociatedWith ?who FILTER(STRENDS(STR(?who), "/token/{key}")) }} }}'
    )
    record = writable_town.dataset.current().source(GRAPH)
    assert record is not None
    assert (record.kind, record.loaded_by, record.city) == ("update", key, AGS)


@pytest.mark.parametrize("accept", ["application/n-triples", "application/trig"])
def test_the_union_of_all_graphs_is_given_though_no_query_may_answer_so_much(
    town: Dataset, accept: str
) -> None:
    with serving(town, Settings(answer_bytes=1024)) as running:
        answer = httpx.get(f"{running.url}/graphs?default", headers={"Accept": accept})
        again = httpx.get(
            f"{running.url}/graphs?default",
            headers={"Accept": accept, "If-None-Match": answer.headers["etag"]},
        )
    form = RdfFormat.from_media_type(accept)
    assert form is not None
    given = {quad.triple for quad in parse(answer.content, form)}
    stated = {quad.triple for quad in every_quad(town.current().open())}
    # Blank nodes have other names in a file.
    named = {triple for triple in stated if not isinstance(triple.subject, BlankNode)}
    assert len(given) == len(stated)
    assert {t for t in named if not isinstance(t.object, BlankNode)} <= given
    assert again.status_code == 304
