"""What was just written can be read at once, under every address it has."""

from __future__ import annotations

import httpx
import pytest

from ontology.namespaces import source_graph
from ontology.terms import BASE
from tests.api.town import AGS
from tests.api.writable_town import TURTLE

pytestmark = pytest.mark.conformance

GRAPH = source_graph(AGS, "geschrieben")
PATH = "/" + GRAPH.removeprefix(BASE)
SENT = {"Content-Type": TURTLE}
READ = {"Accept": "application/n-triples"}


def _written(text: str) -> bytes:
    return f'<{BASE}id/{AGS}/note/n-1> <urn:says> "{text}" .'.encode()


@pytest.mark.parametrize("path", [PATH, f"/id/{AGS}/note/n-1"], ids=["graph", "thing"])
def test_each_address_gives_what_was_just_written(editor: httpx.Client, path: str) -> None:
    for text in ("eins", "zwei"):
        assert editor.put(PATH, content=_written(text), headers=SENT).is_success
        answer = editor.get(path, headers=READ)
        assert (answer.status_code, f'"{text}"' in answer.text) == (200, True)


def test_a_new_graph_can_be_fetched_where_it_is_said_to_be(editor: httpx.Client) -> None:
    made = editor.post("/graphs", content=_written("neu"), headers=SENT)
    answer = editor.get(made.headers["location"], headers=READ)
    assert (answer.status_code, '"neu"' in answer.text) == (200, True)


def test_a_tag_read_at_the_address_of_a_graph_lets_its_reader_write(editor: httpx.Client) -> None:
    assert editor.put(PATH, content=_written("alt"), headers=SENT).is_success
    seen = {**SENT, "If-Match": editor.get(PATH, headers=READ).headers["etag"]}
    assert editor.put(PATH, content=_written("frisch"), headers=seen).is_success
    assert editor.put(PATH, content=_written("zu spät"), headers=seen).status_code == 412
