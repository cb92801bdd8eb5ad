"""Metrics and log lines tell what the service does, and nothing about who asked for what."""

from __future__ import annotations

import io
import json
import logging
import re
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime

import httpx
import pytest

from api.logs import FIELDS, JsonLines
from api.observing import HEADER
from kg.access import EVERY_CITY, Role, TokenFile
from kg.dataset import Dataset
from kg.settings import Settings
from tests.api.town import AGS, serving

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
FORWARDED = {"X-Forwarded-For": "192.0.2.7"}


def sample(text: str, name: str) -> float:
    """Return the value of a sample, 0 where it was never counted."""
    found = re.search(rf"^{re.escape(name)} (\S+)$", text, re.MULTILINE)
    return float(found[1]) if found else 0.0


def soon(holds: Callable[[], bool]) -> bool:
    """Tell whether something comes true within five seconds."""
    end = time.monotonic() + 5
    while not holds() and time.monotonic() < end:
        time.sleep(0.01)
    return holds()


@pytest.fixture
def lines() -> Iterator[io.StringIO]:
    """Give the log lines of requests, as JSON."""
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(JsonLines())
    logger = logging.getLogger("api.observing")
    level = logger.level
    logger.addHandler(handler)
    logger.setLevel(logging.INFO)
    yield stream
    logger.removeHandler(handler)
    logger.setLevel(level)


@pytest.mark.parametrize(
    ("path", "status", "door"),
    [
        ("/sparql?query=ASK%7B%7D", 200, "sparql"),
        ("/sparql?query=ASK", 400, "sparql"),
        (f"/id/{AGS}/measure/none", 404, "linked-data"),
        ("/api/v1/queries", 200, "api"),
        ("/wp-login.php", 404, "other"),
    ],
)
def test_a_request_is_counted_by_door_and_status(
    client: httpx.Client, path: str, status: int, door: str
) -> None:
    name = f'kreislaufstadt_requests_total{{door="{door}",method="GET",status="{status}"}}'
    before = sample(client.get("/metrics").text, name)
    client.get(path)
    # A request is counted when all of its answer is sent: the client may be quicker.
    assert soon(lambda: sample(client.get("/metrics").text, name) == before + 1)


def test_metrics_name_the_generation_and_its_size(client: httpx.Client) -> None:
    generation = client.get("/readyz").json()["generation"]
    text = client.get("/metrics").text
    assert f'kreislaufstadt_generation_info{{generation="{generation}"}} 1.0' in text
    assert sample(text, "kreislaufstadt_ready") == 1
    assert sample(text, "kreislaufstadt_sources") == 2


def test_nothing_runs_while_nobody_asks_but_this_request(client: httpx.Client) -> None:
    name = "kreislaufstadt_requests_running"
    assert soon(lambda: sample(client.get("/metrics").text, name) == 1)


def test_metrics_are_not_given_through_a_proxy_without_a_token(client: httpx.Client) -> None:
    answer = client.get("/metrics", headers=FORWARDED)
    assert (answer.status_code, answer.json()["code"]) == (401, "not-authorised")
    assert answer.headers["WWW-Authenticate"].startswith("Bearer")


@pytest.mark.parametrize(
    ("role", "city", "status"),
    [(Role.ADMIN, EVERY_CITY, 200), (Role.ADMIN, AGS, 403), (Role.EDITOR, EVERY_CITY, 403)],
)
def test_metrics_through_a_proxy_are_for_the_admin_of_every_city(
    town: Dataset, client: httpx.Client, role: Role, city: str, status: int
) -> None:
    _, token = TokenFile(town.root).create("Betrieb", role, city, NOW)
    headers = {**FORWARDED, "Authorization": f"Bearer {token}"}
    assert client.get("/metrics", headers=headers).status_code == status


def test_a_log_line_tells_the_outcome_and_the_number_of_the_request(
    client: httpx.Client, lines: io.StringIO
) -> None:
    answer = client.get("/sparql", params={"query": "ASK {}"})
    assert soon(lambda: lines.getvalue().endswith("\n"))
    line = json.loads(lines.getvalue().splitlines()[0])
    assert (line["door"], line["method"], line["status"]) == ("sparql", "GET", 200)
    assert line["request"] == answer.headers[HEADER]


def test_a_log_line_tells_neither_who_asked_nor_what(
    client: httpx.Client, lines: io.StringIO
) -> None:
    headers = {"Authorization": "Bearer ks_geheim", "User-Agent": "geheim"}
    client.get("/de/check", params={"text": "geheim"}, headers=headers)
    client.request("PURGE", "/geheim", headers=headers)
    # A method that HTTP does not know ends at the server's own door, in words of the server.
    client.request("GEHEIM", "/geheim", headers=headers)
    assert soon(lambda: lines.getvalue().count("\n") >= 2)
    assert "geheim" not in lines.getvalue().lower()
    assert "127.0.0.1" not in lines.getvalue()


def test_a_failure_is_logged_by_kind_and_place_without_its_words() -> None:
    with pytest.raises(ValueError, match="Frau") as caught:
        int("Frau M., Meldeadresse")
    record = logging.LogRecord("api", logging.ERROR, "", 0, "failed", (), None)
    record.exc_info = (caught.type, caught.value, caught.tb)
    line = JsonLines().format(record)
    assert json.loads(line)["error"] == "ValueError"
    assert "Meldeadresse" not in line


def test_a_line_break_in_a_message_starts_no_new_line() -> None:
    record = logging.LogRecord("api", logging.INFO, "", 0, "one\ntwo", (), None)
    setattr(record, FIELDS, {"door": "sparql"})
    assert "\n" not in JsonLines().format(record)


def test_metrics_know_a_proxy_by_the_header_the_operator_named(town: Dataset) -> None:
    with (
        serving(town, Settings(client_header="X-Client")) as server,
        httpx.Client(base_url=server.url, timeout=20) as behind,
    ):
        through = behind.get("/metrics", headers={"X-Client": "192.0.2.7"})
        assert (through.status_code, behind.get("/metrics").status_code) == (401, 200)
