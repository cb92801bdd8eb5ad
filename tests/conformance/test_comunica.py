"""Comunica, the query engine of the web in JavaScript, reads the endpoint and the documents."""

from __future__ import annotations

import pytest

from tests.api.town import MEASURE, RunningServer
from tests.conformance.comunica_client import asked

pytestmark = [pytest.mark.conformance, pytest.mark.slow]

LABEL = "http://www.w3.org/2000/01/rdf-schema#label"
LABELS = f"SELECT ?l WHERE {{ <{MEASURE}> <{LABEL}> ?l }}"
BOTH = {"Bauteilbörse", "Building parts exchange"}


@pytest.fixture(scope="module")
def answers(town_server: RunningServer) -> dict[str, object]:
    """Give Comunica's answers by the name of the case; one process asks them all."""
    door = f"{town_server.url}/sparql"
    endpoint = {"type": "sparql", "value": door}
    document = f"{town_server.url}/id/05515000/measure/m-1"
    cases: dict[str, dict[str, object]] = {
        "select": {"source": endpoint, "query": LABELS},
        "ask": {"source": endpoint, "query": "ASK { ?s ?p ?o }"},
        "describe": {"source": endpoint, "query": f"DESCRIBE <{MEASURE}>"},
        "construct": {
            "source": endpoint,
            "query": f"CONSTRUCT {{ ?s <urn:called> ?l }} WHERE {{ ?s <{LABEL}> ?l }}",
        },
        "found out": {"source": door, "query": LABELS},
        "document": {"source": document, "query": LABELS},
    }
    return dict(zip(cases, asked(list(cases.values())), strict=True))


# Told that it is an endpoint; finding that out by the service description; reading a document.
@pytest.mark.parametrize("case", ["select", "found out", "document"])
def test_comunica_selects(answers: dict[str, object], case: str) -> None:
    rows = answers[case]
    assert isinstance(rows, list)
    assert {row["l"] for row in rows} == BOTH


def test_comunica_asks(answers: dict[str, object]) -> None:
    assert answers["ask"] is True


def test_comunica_describes(answers: dict[str, object]) -> None:
    triples = answers["describe"]
    assert isinstance(triples, list)
    assert [MEASURE, LABEL, "Bauteilbörse"] in triples


def test_comunica_constructs(answers: dict[str, object]) -> None:
    triples = answers["construct"]
    assert isinstance(triples, list)
    assert [MEASURE, "urn:called", "Building parts exchange"] in triples
