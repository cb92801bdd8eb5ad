"""The shipped model is what training on the shipped texts gives."""

from __future__ import annotations

import hashlib

import numpy as np
import pytest

from kg.embedded import EmbeddedStore
from kg.matching.model import shipped_model
from kg.matching.train import Trained
from kg.matching.training_run import reference_checksum, train_on
from kg.matching.training_texts import contents
from ontology.reference import all_reference_quads

pytestmark = pytest.mark.quality

TRAIN_ANEW = "the shipped model is out of date: run `kreislaufstadt train --out kg/matching`"
# Vectors differ in their last digits between machines; half precision keeps about three digits.
HEADS_TOLERANCE = 0.004
WEIGHTS_TOLERANCE = 0.002


@pytest.fixture(scope="module")
def reference() -> EmbeddedStore:
    return EmbeddedStore.in_memory(all_reference_quads())


@pytest.fixture(scope="module")
def trained(reference: EmbeddedStore) -> Trained:
    return train_on(reference, None)


def test_the_model_was_trained_on_the_texts_at_hand() -> None:
    texts = {name: hashlib.sha256(content).hexdigest() for name, content in contents().items()}
    assert shipped_model().fitted["texts"] == texts, TRAIN_ANEW


def test_the_model_was_trained_on_the_reference_data_at_hand(reference: EmbeddedStore) -> None:
    assert shipped_model().fitted["reference"] == reference_checksum(reference), TRAIN_ANEW


@pytest.mark.slow
@pytest.mark.parametrize("name", ["goal", "target"])
def test_training_again_gives_the_same_classifiers(trained: Trained, name: str) -> None:
    fresh, shipped = getattr(trained.model.heads, name), getattr(shipped_model().heads, name)
    assert fresh.labels == shipped.labels, TRAIN_ANEW
    assert np.abs(fresh.matrix - shipped.matrix).max() <= HEADS_TOLERANCE, TRAIN_ANEW


@pytest.mark.slow
@pytest.mark.parametrize("name", ["goal", "target", "concept"])
def test_training_again_gives_the_same_weights(trained: Trained, name: str) -> None:
    fresh, shipped = getattr(trained.model, name), getattr(shipped_model(), name)
    assert (fresh.names, fresh.line, fresh.slopes) == (shipped.names, shipped.line, shipped.slopes)
    for part in ("coefficients", "intercept", "mean", "scale", "scaling"):
        near = pytest.approx(getattr(shipped, part), abs=WEIGHTS_TOLERANCE)
        assert getattr(fresh, part) == near, TRAIN_ANEW
