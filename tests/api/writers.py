"""Run a server on a town of one's own, with tokens to write to it."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import httpx

from kg.access import EVERY_CITY, Role, TokenFile
from kg.dataset import Dataset
from kg.reference import put_reference
from kg.settings import Settings
from tests.api.town import AGS, serving
from tests.kg.reviewing.conftest import NOON, publish_proposals

OTHER = "05314000"
# What a browser says of itself when a form of ours is sent.
PAGE_HEADERS = {"Accept": "text/html", "Sec-Fetch-Site": "same-origin"}


@dataclass(frozen=True, slots=True)
class Writers:
    """Hold a client of a running server, its dataset, and headers by who sends them."""

    client: httpx.Client
    dataset: Dataset
    headers: dict[str, dict[str, str]]


@contextlib.contextmanager
def writing(
    root: Path, settings: Settings | None = None, *, prepare: Callable[[Dataset], object] = id
) -> Iterator[Writers]:
    """Serve a fresh town to reviewers, editors and an admin, of it and of another city.

    `prepare` changes its dataset before the server reads it.
    """
    dataset = publish_proposals(root)
    prepare(dataset)
    headers = {
        name: {"Authorization": f"Bearer {token}"} for name, token in tokens_of(root).items()
    }
    with (
        serving(dataset, settings or Settings(data=root)) as running,
        httpx.Client(base_url=running.url, timeout=60) as client,
    ):
        yield Writers(client, dataset, headers)


@contextlib.contextmanager
def logged_in(writers: Writers, who: str = "reviewer") -> Iterator[httpx.Client]:
    """Give a browser of somebody who is logged in."""
    token = writers.headers[who]["Authorization"].removeprefix("Bearer ")
    address = writers.client.base_url
    with httpx.Client(base_url=address, headers=PAGE_HEADERS, timeout=60) as client:
        assert client.post("/de/anmelden", data={"token": token}).status_code == 303
        yield client


def tokens_of(root: Path) -> dict[str, str]:
    """Make a token for everybody the tests need."""
    file = TokenFile(root)
    wanted = {
        "reviewer": (Role.REVIEWER, AGS),
        "second": (Role.REVIEWER, AGS),
        "editor": (Role.EDITOR, AGS),
        "admin": (Role.ADMIN, EVERY_CITY),
        "elsewhere": (Role.ADMIN, OTHER),
    }
    return {
        name: file.create(f"Amt {name}", role, city, NOON)[1]
        for name, (role, city) in wanted.items()
    }


def add_reference(dataset: Dataset) -> None:
    """Add the reference tables, which loads are checked against."""
    with dataset.next_draft() as draft:
        put_reference(draft)
        dataset.publish(draft)


def until(holds: Callable[[], bool], seconds: float = 600.0) -> None:
    """Wait until something holds; it is an error if it never does."""
    end = time.monotonic() + seconds
    while not holds():
        if time.monotonic() > end:
            raise TimeoutError
        time.sleep(0.1)
