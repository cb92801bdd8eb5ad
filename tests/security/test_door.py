"""What every answer carries, and what no request gets through."""

from __future__ import annotations

import concurrent.futures
import socket

import httpx
import pytest

from tests.api.town import MEASURE, RunningServer

ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l . ?m ?n1 ?o }"
PATHS = ["/de/", "/sparql?query=ASK%7B%7D", "/nix", "/static/style.css", "/healthz", "/"]


@pytest.mark.parametrize("path", PATHS)
def test_every_answer_carries_the_guards(client: httpx.Client, path: str) -> None:
    headers = client.get(path).headers
    policy = headers["content-security-policy"]
    for part in (
        "default-src 'none'",
        "style-src 'self'",
        "img-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    ):
        assert part in policy
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "no-referrer"
    assert "server" not in headers
    assert "access-control-allow-origin" not in headers


@pytest.mark.parametrize("declared", [True, False], ids=["declared", "chunked"])
@pytest.mark.parametrize("path", ["/sparql", "/api/v1/check", "/de/pruefen"])
def test_a_body_over_the_limit_is_not_read(client: httpx.Client, path: str, declared: bool) -> None:
    body = b"query=" + b"x" * 1_100_000
    content = body if declared else iter([body[:600_000], body[600_000:]])
    kind = "application/json" if "api" in path else "application/x-www-form-urlencoded"
    answer = client.post(path, content=content, headers={"Content-Type": kind})
    assert (answer.status_code, answer.json()["code"]) == (413, "body-too-large")


@pytest.mark.parametrize("host", ["evil.example", "evil.example:80", "127.0.0.1.evil.example", ""])
def test_a_foreign_host_name_is_refused(client: httpx.Client, host: str) -> None:
    answer = client.get("/healthz", headers={"Host": host})
    assert answer.status_code in (400, 421)


@pytest.mark.parametrize("host", ["localhost", "localhost:99", "[::1]:8000", "127.0.0.1"])
def test_this_machine_is_a_known_host(client: httpx.Client, host: str) -> None:
    assert client.get("/healthz", headers={"Host": host}).status_code == 200


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * { SERVICE <http://127.0.0.1:1/> { ?s ?p ?o } }",
        "LOAD <http://127.0.0.1:1/>",
        "SELECT * " + "{" * 3000 + "}" * 3000,
    ],
    ids=["service", "load", "nesting"],
)
def test_a_dangerous_query_is_forbidden(client: httpx.Client, query: str) -> None:
    answer = client.post("/sparql", data={"query": query})
    assert (answer.status_code, answer.json()["code"]) == (403, "forbidden-query")


def test_a_slow_query_is_a_timeout_and_the_next_is_answered(client: httpx.Client) -> None:
    slow = client.post("/sparql", data={"query": ENDLESS})
    assert (slow.status_code, slow.json()["code"]) == (504, "query-too-slow")
    assert client.get("/sparql", params={"query": "ASK {}"}).status_code == 200


def test_a_large_answer_is_not_sent(client: httpx.Client) -> None:
    query = "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
    answer = client.post("/sparql", data={"query": query})
    assert (answer.status_code, answer.json()["code"]) == (507, "answer-too-large")


def test_short_queries_are_answered_beside_slow_ones(town_server: RunningServer) -> None:
    def ask(query: str) -> int:
        address = town_server.url + "/sparql"
        return httpx.post(address, data={"query": query}, timeout=20).status_code

    with concurrent.futures.ThreadPoolExecutor(8) as pool:
        slow = [pool.submit(ask, ENDLESS) for _ in range(2)]
        quick = [pool.submit(ask, "ASK { ?s ?p ?o }") for _ in range(20)]
        assert {answer.result() for answer in quick} == {200}
        assert {answer.result() for answer in slow} == {504}


def test_a_client_that_hangs_up_leaves_no_query_behind(town_server: RunningServer) -> None:
    host, _, port = town_server.url.removeprefix("http://").partition(":")
    body = f"query={ENDLESS.replace(' ', '+')}".encode()
    head = (
        f"POST /sparql HTTP/1.1\r\nHost: {host}\r\nContent-Length: {len(body)}\r\n"
        "Content-Type: application/x-www-form-urlencoded\r\n\r\n"
    )
    for _ in range(12):
        with socket.create_connection((host, int(port))) as connection:
            connection.sendall(head.encode() + body)
    # More than there are slots, so this waits for one unless they were given back.
    answer = httpx.get(f"{town_server.url}/sparql", params={"query": "ASK {}"}, timeout=10)
    assert answer.status_code == 200


def test_no_error_tells_about_the_machine(client: httpx.Client) -> None:
    for path in ("/nix", "/sparql?query=x", f"/graph.html?iri={MEASURE}x", "/static/../app.py"):
        text = client.get(path).text
        assert "Traceback" not in text
        assert ".py" not in text.replace("/app.py", "")
