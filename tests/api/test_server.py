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
from unittest import mock
from api import server
from api.app import create_app
from kg.settings import Settings
from tests.api.town import stated_fit

def made(settings, *, dataset):
    return create_app(settings, dataset=dataset, build_fit=stated_fit)

with mock.patch.object(server, "create_app", made):
    server.run_server(Settings())
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
