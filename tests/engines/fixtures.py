"""Give running engines to tests; those that need Virtuoso carry the mark of that group."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from kg.remote.address import RemoteAddress
from kg.remote.store import RemoteStore
from tests.engines.servers import Engine, oxigraph_server, virtuoso_program, virtuoso_server

ENGINES = [
    pytest.param("oxigraph", id="oxigraph-server"),
    pytest.param("virtuoso", id="virtuoso", marks=pytest.mark.virtuoso),
]


@pytest.fixture(scope="session")
def oxigraph(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    """Give the stock Oxigraph server."""
    with oxigraph_server(tmp_path_factory.mktemp("oxigraph")) as engine:
        yield engine


@pytest.fixture(scope="session")
def virtuoso(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    """Give Debian's Virtuoso."""
    if virtuoso_program() is None:
        pytest.skip("virtuoso-t is not installed; tests/engines/install-virtuoso installs it")
    with virtuoso_server(tmp_path_factory.mktemp("virtuoso")) as engine:
        yield engine


@pytest.fixture
def engine(request: pytest.FixtureRequest) -> Engine:
    """Give the engine that a test names as its parameter, without a graph of ours."""
    found: Engine = request.getfixturevalue(request.param)
    clear(found.setting)
    return found


def clear(setting: str) -> None:
    """Take everything of ours out of an engine."""
    store = RemoteStore(RemoteAddress.of_setting(setting))
    for name in store.graph_names():
        store.delete_graph(name)
    store.delete_graph("https://w3id.org/kreislaufstadt/published")
