"""The cases of the W3C's Graph Store Protocol tests, by their names (rdf-tests, http-rdf-update).

They build on each other as in the suite, in the order of its manifest; the graph is the town's.
"""

from __future__ import annotations

import httpx
import pytest
from rdflib import Graph
from rdflib.compare import isomorphic

from ontology.namespaces import source_graph
from tests.api.town import AGS
from tests.api.writable_town import TURTLE

pytestmark = pytest.mark.conformance

PERSON = source_graph(AGS, "person-1")
EMPTY = source_graph(AGS, "person-2")
MULTIPART = source_graph(AGS, "person-3")
AT = {"graph": PERSON}
SENT = {"Content-Type": f"{TURTLE}; charset=utf-8"}
PREFIXES = """@prefix foaf: <http://xmlns.com/foaf/0.1/> .
@prefix v: <http://www.w3.org/2006/vcard/ns#> .
"""
JOHN = PREFIXES + (
    f'<{PERSON}#me> a foaf:Person ; foaf:businessCard [ a v:VCard ; v:fn "John Doe" ] .'
)
JANE = JOHN.replace("John", "Jane")
MORE = PREFIXES + f"<{PERSON}#me> foaf:familyName 'Doe' ."
XML = (
    '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"'
    ' xmlns:foaf="http://xmlns.com/foaf/0.1/">'
    '<foaf:Person rdf:about="urn:x"><foaf:name>John</foaf:name></foaf:Person></rdf:RDF>'
)


def graph_of(text: str) -> Graph:
    return Graph().parse(data=text, format="turtle")


def fetched(client: httpx.Client, graph: str = PERSON) -> Graph:
    answer = client.get("/graphs", params={"graph": graph}, headers={"Accept": TURTLE})
    assert answer.status_code == 200
    assert answer.headers["content-type"].startswith(TURTLE)
    return graph_of(answer.text)


@pytest.fixture
def john(editor: httpx.Client) -> httpx.Client:
    """Give a client of a store in which the graph states who John is."""
    assert editor.put("/graphs", params=AT, content=JOHN, headers=SENT).is_success
    return editor


def test_put__initial_state(editor: httpx.Client) -> None:
    assert editor.put("/graphs", params=AT, content=JOHN, headers=SENT).status_code == 201


def test_get_of_put__initial_state(john: httpx.Client, anybody: httpx.Client) -> None:
    assert isomorphic(fetched(anybody), graph_of(JOHN))


def test_put__graph_already_in_store(john: httpx.Client) -> None:
    answer = john.put("/graphs", params=AT, content=JANE, headers=SENT)
    assert answer.status_code in (200, 204)
    # get_of_put__graph_already_in_store
    assert isomorphic(fetched(john), graph_of(JANE))


def test_put__default_graph(john: httpx.Client) -> None:
    # The suite expects 201; here the default graph is the union, which nobody writes.
    answer = john.put("/graphs?default", content=JOHN, headers=SENT)
    assert (answer.status_code, answer.json()["code"]) == (403, "graph-not-named")


def test_get_of_put__default_graph(john: httpx.Client, anybody: httpx.Client) -> None:
    whole = anybody.get("/graphs?default", headers={"Accept": "application/n-triples"})
    assert whole.status_code == 200
    assert "John Doe" in whole.text
    assert "Bauteilb" in whole.text


def test_put__mismatched_payload(john: httpx.Client) -> None:
    answer = john.put("/graphs", params=AT, content=XML, headers=SENT)
    assert (answer.status_code, answer.json()["code"]) == (400, "bad-rdf")
    assert answer.json()["line"] == 1


def test_delete__existing_graph(john: httpx.Client) -> None:
    assert john.delete("/graphs", params=AT).status_code in (200, 204)
    # get_of_delete__existing_graph
    assert john.get("/graphs", params=AT, headers={"Accept": TURTLE}).status_code == 404
    # delete__nonexistent_graph
    assert john.delete("/graphs", params=AT).status_code == 404


def test_post__existing_graph(john: httpx.Client) -> None:
    answer = john.post("/graphs", params=AT, content=MORE, headers=SENT)
    assert answer.status_code in (200, 204)
    # get_of_post__existing_graph
    assert isomorphic(fetched(john), graph_of(JOHN + MORE.replace("@prefix", "\n@prefix")))


def test_post__multipart_formdata(editor: httpx.Client) -> None:
    parts = [
        ("one", ("john.ttl", JOHN.encode(), TURTLE)),
        ("two", ("x.rdf", XML.encode(), "application/rdf+xml")),
    ]
    answer = editor.post("/graphs", params={"graph": MULTIPART}, files=parts)
    assert answer.status_code == 201
    # get_of_post__multipart_formdata
    expected = graph_of(JOHN) + Graph().parse(data=XML, format="xml")
    assert isomorphic(fetched(editor, MULTIPART), expected)


def test_post__create_new_graph(editor: httpx.Client) -> None:
    answer = editor.post("/graphs", content=JOHN, headers=SENT)
    assert answer.status_code == 201
    # get_of_post__create_new_graph
    made = editor.get(answer.headers["location"], headers={"Accept": TURTLE})
    assert made.status_code == 200
    assert isomorphic(graph_of(made.text), graph_of(JOHN))
    # post__empty_graph_to_existing_graph, get_of_post__after_noop
    address = {"graph": answer.headers["content-location"]}
    assert editor.post("/graphs", params=address, content="", headers=SENT).is_success
    assert isomorphic(fetched(editor, address["graph"]), graph_of(JOHN))


def test_put__empty_graph(editor: httpx.Client) -> None:
    answer = editor.put("/graphs", params={"graph": EMPTY}, content="", headers=SENT)
    assert answer.status_code == 201
    # get_of_put__empty_graph
    assert len(fetched(editor, EMPTY)) == 0
    # replace_empty_graph
    again = editor.put("/graphs", params={"graph": EMPTY}, content=MORE, headers=SENT)
    assert again.status_code in (200, 204)
    # get_of_replaced_empty_graph
    assert isomorphic(fetched(editor, EMPTY), graph_of(MORE))


def test_head_on_an_existing_graph(john: httpx.Client, anybody: httpx.Client) -> None:
    answer = anybody.head("/graphs", params=AT, headers={"Accept": TURTLE})
    assert (answer.status_code, answer.content) == (200, b"")
    assert answer.headers["content-type"].startswith(TURTLE)
    assert int(answer.headers["content-length"]) > 0


def test_head_on_a_nonexisting_graph(anybody: httpx.Client) -> None:
    nowhere = {"graph": source_graph(AGS, "nowhere")}
    assert anybody.head("/graphs", params=nowhere).status_code == 404
