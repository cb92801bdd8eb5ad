"""Clients that are slow, packed, crowding or long-winded: the limit, and just below it."""

from __future__ import annotations

import concurrent.futures
import contextlib
import gzip
import json
import socket
import time
import zlib
from collections.abc import Callable, Iterator
from datetime import UTC, datetime

import brotli  # type: ignore[import-untyped]  # ships no types
import httpx
import pytest

from kg.access import EVERY_CITY, Role, TokenFile
from kg.dataset import Dataset
from kg.settings import Settings
from tests.api.town import RunningServer, publish_town, serving

ASK = b"query=ASK%7B%7D"
FORM = "application/x-www-form-urlencoded"
ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l . ?m ?n1 ?o }"
LARGE = "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i } LIMIT 40000"


@pytest.fixture(scope="module")
def bounded_town(tmp_path_factory: pytest.TempPathFactory) -> Dataset:
    """Give a town of this file's own, so that a token can be made for it."""
    return publish_town(tmp_path_factory.mktemp("bounded"))


@pytest.fixture(scope="module")
def bounded(bounded_town: Dataset) -> Iterator[RunningServer]:
    """Give a server whose patience is short and whose doors are narrow."""
    settings = Settings(
        query_seconds=0.7,
        token_query_seconds=2.0,
        query_memory_mib=128,
        queries_per_client=2,
        waiting_seconds=0.3,
        client_header="X-Forwarded-For",
        body_unpacked_bytes=65_536,
        head_bytes=16_384,
        request_seconds=0.6,
        sending_seconds=0.6,
        connections=12,
    )
    with serving(bounded_town, settings) as running:
        yield running


@contextlib.contextmanager
def _connected(server: RunningServer) -> Iterator[socket.socket]:
    host, _, port = server.url.removeprefix("http://").partition(":")
    with socket.create_connection((host, int(port)), timeout=10) as connection:
        yield connection


def _read_all(connection: socket.socket) -> bytes:
    parts = []
    with contextlib.suppress(ConnectionResetError):
        while part := connection.recv(1 << 16):
            parts.append(part)
    return b"".join(parts)


def _problem(answer: bytes) -> tuple[int, str]:
    head, _, body = answer.partition(b"\r\n\r\n")
    return int(head.split()[1]), json.loads(body)["code"]


def _post(server: RunningServer, body: bytes, encoding: str) -> httpx.Response:
    headers = {"Content-Type": FORM, "Content-Encoding": encoding}
    return httpx.post(f"{server.url}/sparql", content=body, headers=headers, timeout=10)


@pytest.mark.parametrize(
    ("encoding", "packed"),
    [
        ("gzip", gzip.compress(ASK)),
        ("x-gzip", gzip.compress(ASK)),
        ("deflate", zlib.compress(ASK)),
        ("br", brotli.compress(ASK)),
        ("identity", ASK),
    ],
    ids=["gzip", "x-gzip", "deflate", "br", "identity"],
)
def test_a_packed_query_is_answered(bounded: RunningServer, encoding: str, packed: bytes) -> None:
    answer = _post(bounded, packed, encoding)
    assert answer.json()["boolean"] is True


@pytest.mark.parametrize(
    ("encoding", "pack"),
    [("gzip", gzip.compress), ("deflate", zlib.compress), ("br", brotli.compress)],
)
@pytest.mark.parametrize("over", [0, 1], ids=["just", "over"])
def test_a_body_is_unpacked_up_to_the_limit(
    bounded: RunningServer, encoding: str, pack: Callable[[bytes], bytes], over: int
) -> None:
    body = ASK + b"+" * (65_536 + over - len(ASK))
    answer = _post(bounded, pack(body), encoding)
    if over:
        assert answer.json()["code"] == "unpacked-too-large"
        assert "65536" in answer.json()["detail"]
    assert answer.status_code == (413 if over else 200)


def test_a_bomb_is_not_unpacked(bounded: RunningServer) -> None:
    bomb = gzip.compress(bytes(64 << 20))
    assert _post(bounded, bomb, "gzip").status_code == 413


@pytest.mark.parametrize(
    ("encoding", "body", "status"),
    [
        ("zstd", ASK, 415),
        ("gzip, gzip", gzip.compress(gzip.compress(ASK)), 415),
        ("gzip", ASK, 400),
        ("gzip", gzip.compress(ASK)[:-3], 400),
        ("gzip", gzip.compress(ASK) * 2, 400),
        ("deflate", ASK, 400),
        ("br", b"\xff" * 40, 400),
    ],
    ids=["unknown", "twice", "not gzip", "cut off", "two members", "not deflated", "not brotli"],
)
def test_a_packing_that_is_not_understood_is_refused(
    bounded: RunningServer, encoding: str, body: bytes, status: int
) -> None:
    answer = _post(bounded, body, encoding)
    assert (answer.status_code, answer.headers["content-type"]) == (
        status,
        "application/problem+json",
    )


@pytest.mark.parametrize(
    "start",
    [
        b"",
        b"GET /sparql?query=ASK HTTP/1.1\r\nHost: localhost\r\nX-Slow: ",
        b"POST /sparql HTTP/1.1\r\nHost: localhost\r\nContent-Length: 90\r\n"
        b"Content-Type: application/sparql-query\r\n\r\nASK",
    ],
    ids=["nothing", "head", "body"],
)
def test_a_request_that_trickles_in_is_ended(bounded: RunningServer, start: bytes) -> None:
    with _connected(bounded) as connection:
        connection.sendall(start)
        end = time.monotonic() + 5
        while time.monotonic() < end:
            # Each byte comes in time by itself.
            try:
                connection.sendall(b"x" if start else b"")
            except OSError:
                break
            if _has_answer(connection):
                break
        assert _problem(_read_all(connection)) == (408, "request-too-slow")


def _has_answer(connection: socket.socket) -> bool:
    connection.settimeout(0.1)
    try:
        return bool(connection.recv(1, socket.MSG_PEEK))
    except TimeoutError:
        return False
    finally:
        connection.settimeout(10)


def test_a_request_that_comes_in_parts_but_in_time_is_answered(bounded: RunningServer) -> None:
    with _connected(bounded) as connection:
        connection.sendall(b"GET /sparql?query=ASK%7B%7D HTTP/1.1\r\nHost: local")
        time.sleep(0.2)
        connection.sendall(b"host\r\nConnection: close\r\n\r\n")
        assert _read_all(connection).startswith(b"HTTP/1.1 200")


def test_a_client_that_does_not_take_its_answer_is_cut_off(bounded: RunningServer) -> None:
    served = bounded.server.server_state.connections
    earlier = set(served)
    with _connected(bounded) as connection:
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        body = LARGE.encode()
        head = (
            "POST /sparql HTTP/1.1\r\nHost: localhost\r\nAccept: text/csv\r\n"
            f"Content-Type: application/sparql-query\r\nContent-Length: {len(body)}\r\n\r\n"
        )
        connection.sendall(head.encode() + body)
        # Nothing is read: what the kernel holds of the answer would trickle for minutes.
        assert connection.recv(9, socket.MSG_PEEK) == b"HTTP/1.1 "
        assert _soon(lambda: not set(served) - earlier)


def _soon(holds: Callable[[], bool]) -> bool:
    end = time.monotonic() + 10
    while not holds() and time.monotonic() < end:
        time.sleep(0.05)
    return holds()


@pytest.mark.parametrize("size", [12_000, 40_000], ids=["just", "over"])
def test_a_head_has_a_length(bounded: RunningServer, size: int) -> None:
    with _connected(bounded) as connection:
        connection.sendall(b"GET /healthz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nX: ")
        for _ in range(4):
            time.sleep(0.05)
            with contextlib.suppress(OSError):
                connection.sendall(b"a" * (size // 4))
        with contextlib.suppress(OSError):
            connection.sendall(b"\r\n\r\n")
        status = int(_read_all(connection).split()[1])
    assert status == (200 if size < 16_384 else 431)


def test_connections_have_a_number_and_the_next_one_is_told(bounded: RunningServer) -> None:
    with contextlib.ExitStack() as stack:
        crowd = [stack.enter_context(_connected(bounded)) for _ in range(12)]
        time.sleep(0.1)
        one_more = stack.enter_context(_connected(bounded))
        assert _problem(_read_all(one_more)) == (503, "too-many-connections")
        crowd[0].sendall(b"GET /healthz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
        assert _read_all(crowd[0]).startswith(b"HTTP/1.1 200")


def _ask_from(server: RunningServer, address: str, query: str, token: str = "") -> httpx.Response:
    headers = {"X-Forwarded-For": f"10.0.0.9, {address}"}
    if token:
        headers["Authorization"] = f"Bearer {token}"
    data = {"query": query}
    return httpx.post(f"{server.url}/sparql", data=data, headers=headers, timeout=10)


def test_a_client_has_its_share_and_others_have_theirs(bounded: RunningServer) -> None:
    with concurrent.futures.ThreadPoolExecutor(4) as pool:
        slow = [pool.submit(_ask_from, bounded, "192.0.2.1", ENDLESS) for _ in range(2)]
        time.sleep(0.1)
        third = pool.submit(_ask_from, bounded, "192.0.2.1", "ASK {}")
        other = _ask_from(bounded, "192.0.2.2", "ASK { ?s ?p ?o }")
        assert third.result().status_code == 429
        assert third.result().json()["code"] == "too-many-queries"
        assert int(third.result().headers["retry-after"]) > 0
        assert other.status_code == 200
        assert [answer.result().status_code for answer in slow] == [504, 504]


def test_two_queries_at_once_are_one_clients_share(bounded: RunningServer) -> None:
    with concurrent.futures.ThreadPoolExecutor(2) as pool:
        slow = pool.submit(_ask_from, bounded, "192.0.2.3", ENDLESS)
        assert _ask_from(bounded, "192.0.2.3", "ASK {}").status_code == 200
        assert slow.result().status_code == 504


def test_a_token_gives_more_time_and_says_which_limit(
    bounded: RunningServer, bounded_town: Dataset
) -> None:
    tokens = TokenFile(bounded_town.root)
    _, token = tokens.create("Test", Role.EDITOR, EVERY_CITY, datetime.now(UTC))
    answer = _ask_from(bounded, "192.0.2.4", ENDLESS, token)
    assert answer.status_code == 504
    assert "2 Sekunden" in answer.json()["detail"]


def test_a_token_that_is_not_known_is_refused(bounded: RunningServer) -> None:
    answer = _ask_from(bounded, "192.0.2.5", "ASK {}", "ks_00000000_" + "A" * 43)
    assert (answer.status_code, answer.json()["code"]) == (401, "not-authorised")


def test_a_body_just_within_the_limit_is_read(bounded: RunningServer) -> None:
    body = ASK + b"&more=" + b"x" * (1_048_576 - len(ASK) - 6)
    headers = {"Content-Type": FORM}
    answer = httpx.post(f"{bounded.url}/sparql", content=body, headers=headers, timeout=10)
    assert answer.status_code == 200
