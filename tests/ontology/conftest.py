"""Give the example city and the ontology in the forms that the tests need."""

from __future__ import annotations

from pathlib import Path

import pytest
from pyoxigraph import Quad, RdfFormat, Store
from rdflib import Graph

from ontology.reference import ontology_quads

EXAMPLE = Path(__file__).parent / "data" / "example.ttl"


@pytest.fixture(scope="session")
def example_text() -> str:
    """Return the example city as Turtle."""
    return EXAMPLE.read_text(encoding="utf-8")


@pytest.fixture(scope="session")
def example_prefixes(example_text: str) -> str:
    """Return the prefix lines of the example, for additions to it."""
    lines = example_text.splitlines(keepends=True)
    return "".join(line for line in lines if line.startswith("@prefix"))


@pytest.fixture(scope="session")
def ontology_statements() -> list[Quad]:
    """Return the shipped ontology and schemes."""
    return ontology_quads()


@pytest.fixture(scope="session")
def ontology_store(ontology_statements: list[Quad]) -> Store:
    """Return a store with ontology and schemes; tests only read it."""
    store = Store()
    store.extend(ontology_statements)
    return store


@pytest.fixture(scope="session")
def ontology_turtle(ontology_statements: list[Quad]) -> Graph:
    """Return ontology and schemes for rdflib; tests only read it."""
    store = Store()
    store.extend(ontology_statements)
    text = store.dump(format=RdfFormat.N_TRIPLES, from_graph=ontology_statements[0].graph_name)
    return Graph().parse(data=text.decode(), format="nt")
