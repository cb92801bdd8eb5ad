"""Give the few fixtures that many folders need."""

from __future__ import annotations

import gc
import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from pyoxigraph import Quad, RdfFormat, parse

from kg.embedded import EmbeddedStore
from tests.few_concepts import shipping_few_concepts
from tests.remembering import forget, remember

PREFIXES = """
@prefix ks: <https://w3id.org/kreislaufstadt/ontology#> .
@prefix ksc: <https://w3id.org/kreislaufstadt/scheme/> .
@prefix id: <https://w3id.org/kreislaufstadt/id/> .
@prefix sdg: <http://metadata.un.org/sdg/> .
@prefix sdgo: <http://metadata.un.org/sdg/ontology#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix dcterms: <http://purl.org/dc/terms/> .
@prefix prov: <http://www.w3.org/ns/prov#> .
@prefix org: <http://www.w3.org/ns/org#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
@prefix st: <https://w3id.org/kreislaufstadt/scheme/review-status/> .
@prefix ik: <https://w3id.org/kreislaufstadt/scheme/interface-kind/> .
"""


# Modules that hold one of these take a minute, and the last to begin decides when all end.
LONG = ("slow", "quality", "browser")


def pytest_configure() -> None:
    """Look for cycles rarely, since tests hold very many objects that live on."""
    gc.set_threshold(50_000, 20, 50)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with the modules that take long; those that share the work take them in this order."""
    long = {item.path for item in items if any(item.get_closest_marker(name) for name in LONG)}
    items.sort(key=lambda item: item.path not in long)


def turtle(text: str) -> list[Quad]:
    """Return the quads of a Turtle text that may use the usual prefixes."""
    return list(parse(PREFIXES + text, format=RdfFormat.TURTLE))


@pytest.fixture(scope="session", autouse=True)
def _remembered() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        remember(patch)
        yield


@pytest.fixture
def afresh(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have tables and vectors worked out anew, for a test of whether they come out the same."""
    forget(monkeypatch)


@pytest.fixture(scope="module")
def few_concepts() -> Iterator[None]:
    """Have a thesaurus of some hundred concepts shipped, so that a build takes seconds."""
    with shipping_few_concepts():
        yield


@pytest.fixture
def empty_store() -> EmbeddedStore:
    """Give a store in memory without a quad."""
    return EmbeddedStore.in_memory()


@pytest.fixture(scope="session")
def repository() -> Path:
    """Give the root of the checkout."""
    return Path(__file__).resolve().parent.parent


@pytest.fixture(scope="session")
def gold_folder(repository: Path) -> Path:
    """Give the folder of labelled texts that are kept outside the repository."""
    given = os.environ.get("KREISLAUFSTADT_TEST_GOLD")
    folder = Path(given) if given else repository.parent / "shared" / "gold"
    if not (folder / "sdg_de_dev.jsonl").is_file():
        pytest.skip("labelled texts are kept outside; set KREISLAUFSTADT_TEST_GOLD to their folder")
    return folder
