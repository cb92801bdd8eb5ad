from __future__ import annotations

from pathlib import Path

import pytest
from pyoxigraph import RdfFormat, parse

from kg.embedded import EmbeddedStore
from kg.fit.index import FitIndex
from ontology.reference import all_reference_quads, ontology_quads

CITY = "99999999"


@pytest.fixture(scope="session")
def city_store() -> EmbeddedStore:
    city = Path(__file__).with_name("city.trig").read_bytes()
    return EmbeddedStore.in_memory(
        [*ontology_quads(), *all_reference_quads(), *parse(city, format=RdfFormat.TRIG)]
    )


@pytest.fixture(scope="session")
def fit_index(city_store: EmbeddedStore, tmp_path_factory: pytest.TempPathFactory) -> FitIndex:
    cache = tmp_path_factory.mktemp("cache") / "embeddings.npz"
    return FitIndex.build(city_store, generation="test", cache=cache)
