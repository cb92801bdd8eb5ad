"""Hostile queries over HTTP: each is answered by a problem, and hurts nobody else."""

from __future__ import annotations

import concurrent.futures

import httpx
import pytest

from tests.api.town import RunningServer

_DOUBLED = " ".join(
    f"BIND(CONCAT(?s{number}, ?s{number}) AS ?s{number + 1})" for number in range(40)
)
_TRIPLES = " ".join(f"?a{number} ?b{number} ?c{number} ." for number in range(6))
# What is refused unread, and what is ended while it runs.
REFUSED = {
    "service": ("SELECT * { SERVICE <http://127.0.0.1:1/> { ?s ?p ?o } }", 403),
    "service-silent": ("SELECT * { SERVICE SILENT <file:///etc/passwd> { ?s ?p ?o } }", 403),
    "load": ("LOAD <http://127.0.0.1:1/>", 403),
    "insert": ("INSERT DATA { <urn:a> <urn:b> <urn:c> }", 403),
    "groups": ("SELECT * " + "{" * 3000 + "}" * 3000, 403),
    "parentheses": ("SELECT (" + "(" * 9000 + "1" + ")" * 9000 + " AS ?x) {}", 403),
    "negations": ("SELECT (" + "!" * 9000 + "true AS ?x) {}", 403),
    "patterns": ("SELECT * { " + " ".join(f"?s{n} ?p ?o ." for n in range(900)) + " }", 403),
    "path-length": ("SELECT * { ?s " + "/".join(["<urn:p>"] * 900) + " ?o }", 403),
    "length": ("ASK {} #" + "x" * 70_000, 403),
    "not-utf-8": (b"\xff\xfe ASK {}", 400),
}
RUNAWAY = {
    "cartesian-count": f"SELECT (COUNT(*) AS ?n) {{ {_TRIPLES} }}",
    "cartesian-order": f"SELECT * {{ {_TRIPLES} }} ORDER BY ?c1 ?c2 ?c3",
    "cartesian-distinct": f"SELECT DISTINCT * {{ {_TRIPLES} }}",
    "cartesian-groups": f"SELECT (GROUP_CONCAT(?c0) AS ?n) {{ {_TRIPLES} }} GROUP BY ?c1",
    "paths": f"SELECT (COUNT(*) AS ?n) {{ ?x (!<urn:no>|^!<urn:no>)* ?y . {_TRIPLES} }}",
    "doubled-text": f"SELECT (STRLEN(?s40) AS ?n) {{ BIND('0123456789' AS ?s0) {_DOUBLED} }}",
    "all-rows": "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }",
    "all-triples": "CONSTRUCT { ?a ?e ?i } { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }",
}


def _send(server: RunningServer, query: str | bytes) -> httpx.Response:
    content = query if isinstance(query, bytes) else query.encode()
    headers = {"Content-Type": "application/sparql-query"}
    return httpx.post(f"{server.url}/sparql", content=content, headers=headers, timeout=60)


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_refused_is_refused_with_a_problem(town_server: RunningServer, name: str) -> None:
    query, status = REFUSED[name]
    answer = _send(town_server, query)
    kind = answer.headers["content-type"]
    assert (answer.status_code, kind) == (status, "application/problem+json")


def test_killers_at_once_are_ended_and_everybody_else_is_answered(
    town_server: RunningServer,
) -> None:
    with concurrent.futures.ThreadPoolExecutor(len(RUNAWAY)) as pool:
        killers = {name: pool.submit(_send, town_server, RUNAWAY[name]) for name in RUNAWAY}
        healthy = [httpx.get(f"{town_server.url}/healthz", timeout=60) for _ in range(20)]
        ended = {name: killer.result() for name, killer in killers.items()}
    assert {answer.status_code for answer in healthy} == {200}
    # One that had to wait for its place may have been sent away.
    assert {answer.status_code for answer in ended.values()} <= {429, 503, 504, 507}
    kinds = {answer.headers["content-type"] for answer in ended.values()}
    assert kinds == {"application/problem+json"}
    assert _send(town_server, "ASK { ?s ?p ?o }").json()["boolean"] is True


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("SELECT * " + "{" * 90 + "}" * 90, 200),
        ("SELECT (" + "!" * 990 + "true AS ?x) {}", 200),
        ("SELECT * { " + " ".join(f"<urn:s{n}> ?p ?o ." for n in range(90)) + " }", 200),
        ("ASK {} #" + "x" * 65_000, 200),
    ],
    ids=["nesting", "operators", "patterns", "length"],
)
def test_what_is_just_within_the_limits_is_answered(
    town_server: RunningServer, query: str, expected: int
) -> None:
    assert _send(town_server, query).status_code == expected
