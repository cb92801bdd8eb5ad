"""The command line can ask any SPARQL endpoint, ours included, through SPARQLWrapper."""

from __future__ import annotations

import json

import pytest

from api.cli import run
from kg.errors import RemoteFailed
from kg.remote import RemoteEndpoint
from tests.api.town import RunningServer


def test_a_remote_answer_is_a_table(town_server: RunningServer) -> None:
    table = RemoteEndpoint(f"{town_server.url}/sparql").select(
        "SELECT ?iri ?text ?number ?nothing { VALUES (?iri ?text ?number)"
        ' { (<https://example.org/a> "Größe & Maß 100%"@de 3) } }'
    )
    assert table.columns == ("iri", "text", "number", "nothing")
    assert table.records() == [
        {"iri": "https://example.org/a", "text": "Größe & Maß 100%", "number": "3"}
    ]


def test_the_command_line_asks_a_remote_endpoint(
    town_server: RunningServer, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["query", "measures", "--endpoint", f"{town_server.url}/sparql", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)


def test_a_refused_query_is_told_with_the_endpoint(town_server: RunningServer) -> None:
    endpoint = f"{town_server.url}/sparql"
    with pytest.raises(RemoteFailed) as caught:
        RemoteEndpoint(endpoint).select("SELECT ?x WHERE {")
    assert caught.value.endpoint == endpoint


def test_an_endpoint_that_does_not_answer_is_named() -> None:
    with pytest.raises(RemoteFailed, match=r"127\.0\.0\.1:9"):
        RemoteEndpoint("http://127.0.0.1:9/sparql", timeout_seconds=2).select("SELECT * {}")


def test_an_answer_that_is_no_table_is_refused(town_server: RunningServer) -> None:
    with pytest.raises(RemoteFailed):
        RemoteEndpoint(f"{town_server.url}/sparql").select("ASK {}")
