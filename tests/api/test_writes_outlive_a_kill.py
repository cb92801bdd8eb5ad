"""What was acknowledged is there after the server was killed; what was not changes nothing."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from kg.dataset import Dataset
from kg.reviewing import Journal
from tests.api.test_server import _SERVE
from tests.api.town import AGS
from tests.api.writers import tokens_of, until
from tests.kg.reviewing.conftest import FOUND, publish_proposals

PATH = "/api/v1/reviews"
LIST = "Nr.;Titel;Beschreibung\nM 7;Leihladen;Werkzeug wird verliehen statt gekauft.\n"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return publish_proposals(tmp_path / "data").root


@contextlib.contextmanager
def server(root: Path, repository: Path, *, killed: bool = False) -> Iterator[httpx.Client]:
    """Run a server process; at the end it is killed like by a power cut, or told to stop."""
    environment = {
        **os.environ,
        "KREISLAUFSTADT_DATA": str(root),
        "PYTHONPATH": str(repository),
    }
    code = _SERVE.replace("Settings()", "Settings().model_copy(update={'port': 0})")
    with subprocess.Popen(
        [sys.executable, "-c", code],
        stdout=subprocess.PIPE,
        text=True,
        env=environment,
        cwd=repository,
    ) as process:
        assert process.stdout is not None
        try:
            with httpx.Client(base_url=process.stdout.readline().strip(), timeout=60) as client:
                yield client
                process.send_signal(signal.SIGKILL if killed else signal.SIGTERM)
        finally:
            process.kill()


def test_an_acknowledged_decision_is_there_after_a_kill(root: Path, repository: Path) -> None:
    headers = {"Authorization": f"Bearer {tokens_of(root)['reviewer']}"}
    order = {"link": FOUND, "decision": "reject", "reason": "Gemeint ist etwas anderes."}
    with server(root, repository, killed=True) as client:
        assert client.post(PATH, json=order, headers=headers).status_code == 201
    with server(root, repository) as client:
        told = client.get(f"{PATH}/history", params={"link": FOUND}).json()
        assert (told["current"]["status"], len(told["decisions"])) == ("rejected", 1)
        until(lambda: Dataset(root).current().reviews == 1)


def test_a_decision_torn_by_a_kill_is_as_if_never_sent(root: Path, repository: Path) -> None:
    headers = {"Authorization": f"Bearer {tokens_of(root)['reviewer']}"}
    (root / "reviews.ndjson").write_bytes(b'{"decision": {"number": 1, "rea')
    order = {"link": FOUND, "decision": "accept", "reason": "Passt."}
    with server(root, repository) as client:
        assert client.get(f"{PATH}?status=confirmed").json()["total"] == 0
        assert client.post(PATH, json=order, headers=headers).json()["number"] == 1
    assert len(Journal(root).decisions()) == 1


def test_a_load_killed_with_the_server_changes_nothing_and_says_so(
    root: Path, repository: Path
) -> None:
    headers = {"Authorization": f"Bearer {tokens_of(root)['editor']}"}
    before = Dataset(root).current().name
    with server(root, repository, killed=True) as client:
        answer = client.post(
            "/api/v1/loads",
            data={"kind": "measures", "city": AGS},
            files={"file": ("liste.csv", LIST.encode())},
            headers=headers,
        )
        place = answer.headers["location"]
        until(lambda: client.get(place, headers=headers).json()["state"] != "queued")
    assert Dataset(root).current().name == before
    with server(root, repository) as client:
        until(lambda: client.get(place, headers=headers).json()["state"] == "failed")
        told = client.get(place, headers=headers).json()
    assert told["error"]["code"] == "job-interrupted"
    assert Dataset(root).current().name == before
