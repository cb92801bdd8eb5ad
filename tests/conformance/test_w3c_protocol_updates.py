"""The update cases of the W3C's protocol tests, by their names (rdf-tests, sparql11/protocol).

The requests and what is asserted are those of the suite; graphs are the town's, and what the suite
clears first is cleared here by name, since this service never clears everything.
"""

from __future__ import annotations

from urllib.parse import quote, urlencode

import httpx
import pytest

from ontology.namespaces import source_graph
from tests.api.town import AGS
from tests.api.writable_town import UPDATE, WritableTown

pytestmark = pytest.mark.conformance

ONE = source_graph(AGS, "data1")
TWO = source_graph(AGS, "data2")
THREE = source_graph(AGS, "data3")
RESULT = source_graph(AGS, "result")
FORM = "application/x-www-form-urlencoded"
PROLOGUE = """PREFIX dc: <http://purl.org/dc/terms/>
PREFIX foaf: <http://xmlns.com/foaf/0.1/>
"""
SETUP = "".join(f"DROP SILENT GRAPH <{graph}> ;\n" for graph in (ONE, TWO, THREE, RESULT)) + (
    "INSERT DATA {\n"
    + "".join(f"GRAPH <{graph}> {{ <{graph}> a foaf:Document }}\n" for graph in (ONE, TWO, THREE))
    + "} ;\n"
)
COPY = f"INSERT {{ GRAPH <{RESULT}> {{ ?s a dc:BibliographicResource }} }}"
NAMED = f"{COPY} WHERE {{ GRAPH ?g {{ ?s a foaf:Document }} }}"
PLAIN = f"{COPY} WHERE {{ ?s a foaf:Document }}"
BOTH = f"{COPY} WHERE {{ GRAPH ?g {{ ?s a foaf:Document }} {{ ?s a foaf:Document }} }}"


def post(client: httpx.Client, update: str, **using: list[str]) -> httpx.Response:
    fields = [(f"using-{kind}", graph) for kind, graphs in using.items() for graph in graphs]
    address = "/sparql?" + urlencode([(name.replace("_", "-"), graph) for name, graph in fields])
    return client.post(address, content=update, headers={"Content-Type": UPDATE})


def found(town: WritableTown, *graphs: str) -> list[bool]:
    """Tell for each graph whether the update copied what it states."""
    ask = "ASK { GRAPH <%s> { <%s> a <http://purl.org/dc/terms/BibliographicResource> } }"
    return [town.ask(ask % (RESULT, graph)) for graph in graphs]


def test_update_post_form(writable_town: WritableTown, editor: httpx.Client) -> None:
    update = f"INSERT DATA {{ GRAPH <{ONE}> {{ <urn:form> <urn:p> '100%25 + 1' }} }}"
    assert editor.post("/sparql", data={"update": update}).status_code == 204
    assert writable_town.ask("ASK { <urn:form> <urn:p> '100%25 + 1' }")


def test_update_post_direct(writable_town: WritableTown, editor: httpx.Client) -> None:
    assert post(editor, f"INSERT DATA {{ GRAPH <{ONE}> {{ <urn:d> <urn:p> 'ä' }} }}").is_success
    assert writable_town.ask("ASK { <urn:d> <urn:p> 'ä' }")


def test_update_dataset_default_graph(writable_town: WritableTown, editor: httpx.Client) -> None:
    answer = post(editor, PROLOGUE + SETUP + PLAIN, graph_uri=[ONE])
    assert answer.status_code == 204
    assert found(writable_town, ONE, TWO) == [True, False]


def test_update_dataset_default_graphs(writable_town: WritableTown, editor: httpx.Client) -> None:
    assert post(editor, PROLOGUE + SETUP + PLAIN, graph_uri=[ONE, TWO]).is_success
    assert found(writable_town, ONE, TWO, THREE) == [True, True, False]


def test_update_dataset_named_graphs(writable_town: WritableTown, editor: httpx.Client) -> None:
    assert post(editor, PROLOGUE + SETUP + NAMED, named_graph_uri=[ONE, TWO]).is_success
    assert found(writable_town, ONE, TWO, THREE) == [True, True, False]


def test_update_dataset_full(writable_town: WritableTown, editor: httpx.Client) -> None:
    update = PROLOGUE + SETUP + f"{COPY} WHERE {{ GRAPH ?g {{ ?s a foaf:Document }} }}"
    assert post(editor, update, graph_uri=[ONE], named_graph_uri=[TWO]).is_success
    assert found(writable_town, ONE, TWO, THREE) == [False, True, False]
    again = PROLOGUE + SETUP + BOTH
    assert post(editor, again, graph_uri=[ONE], named_graph_uri=[TWO]).is_success
    assert found(writable_town, ONE, TWO, THREE) == [False, False, False]


def test_update_base_uri(writable_town: WritableTown, editor: httpx.Client) -> None:
    update = f"BASE <https://example.org/base/> INSERT DATA {{ GRAPH <{ONE}> {{ <s> <p> <o> }} }}"
    assert post(editor, update).is_success
    assert writable_town.ask("ASK { <https://example.org/base/s> ?p ?o }")


INSERT = f"INSERT DATA {{ GRAPH <{ONE}> {{ <urn:never> <urn:p> 1 }} }}"
USING = f"INSERT {{ GRAPH <{ONE}> {{ <urn:never> <urn:p> 1 }} }} USING <{TWO}> WHERE {{}}"
WITH = f"WITH <{ONE}> INSERT {{ <urn:never> <urn:p> 1 }} WHERE {{}}"
DIRECT = {"Content-Type": UPDATE}


def test_bad_update_get(editor: httpx.Client) -> None:
    answer = editor.get("/sparql", params={"update": INSERT})
    assert answer.status_code in (400, 405)


def test_bad_multiple_updates(editor: httpx.Client) -> None:
    assert editor.post("/sparql", data={"update": [INSERT, INSERT]}).status_code == 400


def test_bad_update_wrong_media_type(editor: httpx.Client) -> None:
    headers = {"Content-Type": "text/plain"}
    assert editor.post("/sparql", content=INSERT, headers=headers).status_code == 415


def test_bad_update_missing_form_type(editor: httpx.Client) -> None:
    assert editor.post("/sparql", content=f"update={quote(INSERT)}").status_code == 415


def test_bad_update_non_utf8(editor: httpx.Client) -> None:
    content = INSERT.replace("1", "'ü'").encode("latin-1")
    answer = editor.post("/sparql", content=content, headers=DIRECT)
    assert answer.status_code == 400
    headers = {"Content-Type": f"{UPDATE}; charset=utf-16"}
    assert editor.post("/sparql", content=INSERT, headers=headers).status_code == 415


def test_bad_update_syntax(editor: httpx.Client) -> None:
    answer = post(editor, f"INSERT DATA {{\n GRAPH <{ONE}> {{ <urn:never> <urn:p> }} }}")
    assert answer.status_code == 400
    assert (answer.json()["code"], answer.json()["line"]) == ("bad-query", 2)


@pytest.mark.parametrize("update", [USING, WITH], ids=["using", "with"])
@pytest.mark.parametrize("parameter", ["using-graph-uri", "using-named-graph-uri"])
def test_bad_update_dataset_conflict(editor: httpx.Client, update: str, parameter: str) -> None:
    data = {parameter: TWO, "update": update}
    assert editor.post("/sparql", data=data).status_code == 400


def test_a_refused_update_changed_nothing(writable_town: WritableTown) -> None:
    assert not writable_town.ask("ASK { <urn:never> ?p ?o }")


def test_update_by_form_with_graphs_in_the_body(
    writable_town: WritableTown, editor: httpx.Client
) -> None:
    data = {"update": PROLOGUE + SETUP + PLAIN, "using-graph-uri": TWO}
    assert editor.post("/sparql", data=data).status_code == 204
    assert found(writable_town, ONE, TWO) == [False, True]


def test_a_query_and_an_update_in_one_request_are_refused(editor: httpx.Client) -> None:
    data = {"update": INSERT, "query": "ASK {}"}
    assert editor.post("/sparql", data=data).status_code == 400
