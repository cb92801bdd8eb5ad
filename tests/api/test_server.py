"""The server as a process: it tells its address, and leaves nothing behind."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from tests.api.town import publish_town

# The fit check of the tests takes no seconds to load.
_SERVE = """
from api.server import run_server
from kg.settings import Settings
from tests.api.town import stated_fit

run_server(Settings(), build_fit=stated_fit)
"""


@pytest.fixture
def process(tmp_path: Path, repository: Path) -> Iterator[subprocess.Popen[str]]:
    """Give a server process on a free port, killed at the end if it still runs."""
    publish_town(tmp_path / "data")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    environment = {
        **os.environ,
        "KREISLAUFSTADT_DATA": str(tmp_path / "data"),
        "KREISLAUFSTADT_PORT": str(port),
        # Longer than any test: what ends a query here is the end of the server.
        "KREISLAUFSTADT_QUERY_SECONDS": "600",
        "KREISLAUFSTADT_STOP_SECONDS": "3",
        "TMPDIR": str(tmp_path),
    }
    with subprocess.Popen(
        [sys.executable, "-c", _SERVE],
        stdout=subprocess.PIPE,
        text=True,
        env=environment,
        cwd=repository,
    ) as running:
        yield running
        running.kill()


def _address(process: subprocess.Popen[str]) -> str:
    assert process.stdout is not None
    return process.stdout.readline().strip()


def _query_processes(parent: int) -> list[int]:
    content = Path(f"/proc/{parent}/task/{parent}/children").read_text("ascii")
    return [int(number) for number in content.split()]


def _is_gone(process_id: int, seconds: float = 5.0) -> bool:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        status = Path(f"/proc/{process_id}/status")
        if not status.exists() or "State:\tZ" in status.read_text("ascii"):
            return True
        time.sleep(0.05)
    return False


def test_the_address_is_told_when_it_answers(process: subprocess.Popen[str]) -> None:
    address = _address(process)
    assert httpx.get(f"{address}readyz").json()["status"] == "ready"


@pytest.mark.parametrize("ending", [signal.SIGTERM, signal.SIGINT, signal.SIGKILL])
def test_no_query_process_outlives_the_server(
    process: subprocess.Popen[str], ending: signal.Signals, tmp_path: Path
) -> None:
    _address(process)
    children = _query_processes(process.pid)
    process.send_signal(ending)
    process.wait(10)
    assert len(children) == 1
    assert all(_is_gone(child) for child in children)
    assert not list(tmp_path.glob("kreislaufstadt-*"))


def _open(address: str) -> socket.socket:
    host, _, port = address.removeprefix("http://").rstrip("/").partition(":")
    return socket.create_connection((host, int(port)), timeout=10)


def _read_all(connection: socket.socket) -> bytes:
    parts = bytearray()
    while part := connection.recv(1 << 16):
        parts += part
    return bytes(parts)


def _refuses(address: str, seconds: float = 5.0) -> bool:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        try:
            _open(address).close()
        except OSError:
            return True
        time.sleep(0.02)
    return False


def test_a_request_under_way_is_answered_when_the_server_is_told_to_stop(
    process: subprocess.Popen[str],
) -> None:
    address, body = _address(process), b"ASK { ?s ?p ?o }"
    head = (
        "POST /sparql HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
        f"Content-Type: application/sparql-query\r\nContent-Length: {len(body)}\r\n\r\n"
    )
    with _open(address) as connection:
        connection.sendall(head.encode() + body[:3])
        # An answer on another connection shows that the server has taken this one up.
        httpx.get(f"{address}healthz")
        process.send_signal(signal.SIGTERM)
        assert _refuses(address)
        connection.sendall(body[3:])
        assert _read_all(connection).startswith(b"HTTP/1.1 200 OK")
    process.wait(10)


def test_a_query_that_does_not_end_is_killed_when_the_server_stops(
    process: subprocess.Popen[str],
) -> None:
    address = _address(process)
    triples = " . ".join(f"?s{number} ?p{number} ?o{number}" for number in range(9))
    query = f"SELECT (COUNT(*) AS ?n) {{ {triples} }}".encode()
    head = (
        "POST /sparql HTTP/1.1\r\nHost: localhost\r\n"
        f"Content-Type: application/sparql-query\r\nContent-Length: {len(query)}\r\n\r\n"
    )
    with _open(address) as connection:
        connection.sendall(head.encode() + query)
        httpx.get(f"{address}healthz")
        children = _query_processes(process.pid)
        process.send_signal(signal.SIGTERM)
        process.wait(20)
    assert all(_is_gone(child) for child in children)
