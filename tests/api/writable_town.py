"""Serve a town that may be written, with a token for each role, for the tests of changes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

import httpx
import pytest

from kg.access import EVERY_CITY, Role, TokenFile
from kg.dataset import Dataset
from kg.settings import Settings
from ontology.namespaces import source_graph
from tests.api.town import AGS, RunningServer, publish_town, serving

NEIGHBOUR = "05314000"
GRAPH = source_graph(AGS, "probe")
UPDATE = "application/sparql-update"
TURTLE = "text/turtle"


@dataclass(frozen=True, slots=True)
class WritableTown:
    """Hold a server with its dataset and the tokens of an editor and others."""

    server: RunningServer
    dataset: Dataset
    editor: str
    reviewer: str
    neighbour: str
    admin: str

    def client(self, token: str = "") -> httpx.Client:
        """Return a client that shows a token, or none."""
        headers = {"Authorization": f"Bearer {token}"} if token else {}
        return httpx.Client(base_url=self.server.url, headers=headers, timeout=40)

    def ask(self, query: str) -> bool:
        """Return the answer that anybody gets."""
        with self.client() as client:
            return bool(client.post("/sparql", data={"query": query}).json()["boolean"])


@pytest.fixture(scope="session")
def writable_town(tmp_path_factory: pytest.TempPathFactory) -> Iterator[WritableTown]:
    """Give a server whose town the tests of a folder change one after the other."""
    dataset = publish_town(tmp_path_factory.mktemp("writable"))
    tokens, now = TokenFile(dataset.root), datetime.now(UTC)
    made = [
        tokens.create("Probe", role, city, now)[1]
        for role, city in (
            (Role.EDITOR, AGS),
            (Role.REVIEWER, AGS),
            (Role.EDITOR, NEIGHBOUR),
            (Role.ADMIN, EVERY_CITY),
        )
    ]
    settings = Settings(
        query_seconds=1.0, update_seconds=8.0, query_memory_mib=128, body_unpacked_bytes=100_000
    )
    with serving(dataset, settings) as running:
        yield WritableTown(running, dataset, *made)


@pytest.fixture
def editor(writable_town: WritableTown) -> Iterator[httpx.Client]:
    """Give a client with the token of the town's editor."""
    with writable_town.client(writable_town.editor) as client:
        yield client


@pytest.fixture
def admin(writable_town: WritableTown) -> Iterator[httpx.Client]:
    """Give a client with the token of an administrator of all municipalities."""
    with writable_town.client(writable_town.admin) as client:
        yield client


@pytest.fixture
def anybody(writable_town: WritableTown) -> Iterator[httpx.Client]:
    """Give a client without a token."""
    with writable_town.client() as client:
        yield client
