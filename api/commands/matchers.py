"""Open what matching needs: the dataset and its model, or the reference data that ships."""

from __future__ import annotations

from pathlib import Path

from api.commands.options import open_dataset
from kg.embedded import EmbeddedStore
from kg.errors import NoDataset
from kg.fit.index import EMBEDDINGS
from kg.matching.match import SdgMatcher
from kg.matching.model import Model, shipped_model
from kg.matching.model_store import current_model
from kg.matching.sdg import read_sdg_aims
from kg.matching.semantic import EmbeddingCache, UniversalEncoder
from kg.matching.thesaurus import Thesaurus
from kg.store import Store
from ontology.reference import all_reference_quads


def read_store() -> tuple[Store, Path | None]:
    """Return the dataset's store and directory, or the reference data where none was built."""
    dataset = open_dataset()
    try:
        return dataset.current().open(), dataset.root
    except NoDataset:
        return EmbeddedStore.in_memory(all_reference_quads()), None


def read_matcher() -> tuple[SdgMatcher, Model]:
    """Return the matcher of the dataset, or of the reference data where none was built."""
    store, root = read_store()
    model = shipped_model() if root is None else current_model(root)
    cache = EmbeddingCache(UniversalEncoder(), None if root is None else root / EMBEDDINGS)
    return SdgMatcher(read_sdg_aims(store), Thesaurus.read(store), cache, model), model
