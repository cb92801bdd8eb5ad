"""Train on what a store holds: its SDG texts and its thesaurus, and the texts that ship."""

from __future__ import annotations

import hashlib
from pathlib import Path

from kg.matching.review_training import NO_REVIEWS, Reviewed
from kg.matching.sdg import SdgAims, read_sdg_aims
from kg.matching.semantic import EmbeddingCache, UniversalEncoder
from kg.matching.thesaurus import Thesaurus
from kg.matching.train import Trained, train
from kg.matching.training_texts import TrainingTexts, contents, shipped_texts
from kg.store import Store


def train_on(
    store: Store,
    vectors: Path | None,
    *,
    reviewed: Reviewed = NO_REVIEWS,
    texts: TrainingTexts | None = None,
) -> Trained:
    """Return the model for a store; vectors of texts that the file has are not computed again.

    Without texts it is trained on those that ship.
    """
    aims, thesaurus = read_sdg_aims(store), Thesaurus.read(store)
    cache = EmbeddingCache(UniversalEncoder(), vectors)
    return train(
        aims,
        thesaurus,
        cache,
        shipped_texts() if texts is None else texts,
        trained_on={"texts": text_checksums(texts), "reference": _checksum(aims, thesaurus)},
        reviewed=reviewed,
    )


def text_checksums(texts: TrainingTexts | None) -> dict[str, str]:
    """Return the SHA-256 of training texts: of each file that ships, or of those given."""
    found = contents() if texts is None else {"given": repr(texts).encode()}
    return {name: hashlib.sha256(content).hexdigest() for name, content in found.items()}


def reference_checksum(store: Store) -> str:
    """Return the SHA-256 of the SDG texts and the thesaurus that matching reads from a store."""
    return _checksum(read_sdg_aims(store), Thesaurus.read(store))


def _checksum(aims: SdgAims, thesaurus: Thesaurus) -> str:
    digest = hashlib.sha256()
    for aim in (*aims.goals, *aims.targets):
        digest.update(repr((aim.iri, aim.german, aim.english)).encode())
    for concept in thesaurus.concepts.values():
        labels = [(label.language, label.kind, label.text) for label in concept.labels]
        digest.update(repr((concept.iri, labels, concept.aims, concept.broader)).encode())
    return digest.hexdigest()
