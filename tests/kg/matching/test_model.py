"""A model comes back from its two files as it was, or not at all."""

from __future__ import annotations

import json
from importlib.resources import files

import numpy as np
import pytest

from kg.matching.head import NONE
from kg.matching.model import HEADS, WEIGHTS, heads_bytes, heads_of, model_of, shipped_model


@pytest.fixture(scope="module")
def shipped() -> tuple[bytes, bytes]:
    own = files("kg.matching")
    return own.joinpath(WEIGHTS).read_bytes(), own.joinpath(HEADS).read_bytes()


def test_the_shipped_model_says_what_it_was_trained_on(shipped: tuple[bytes, bytes]) -> None:
    document = json.loads(shipped[0])
    assert {"texts", "reference", "encoder", "passages", "slopes"} <= set(document["fitted"])
    for kind in ("sdg-goal", "sdg-target", "concept-goal"):
        assert document[kind]["held_out"]["rows"] > 0
        assert 0 < document[kind]["line"] < 1


@pytest.mark.parametrize("change", [{"format": 1}, {"format": None}])
def test_another_format_is_refused(shipped: tuple[bytes, bytes], change: dict[str, object]) -> None:
    document = json.loads(shipped[0]) | change
    with pytest.raises(ValueError, match="format is not 3"):
        model_of(json.dumps(document).encode(), shipped[1])


def test_a_file_that_is_no_model_is_refused(shipped: tuple[bytes, bytes]) -> None:
    with pytest.raises(ValueError, match="format is not 3"):
        model_of(b"[]", shipped[1])


def test_classifiers_of_another_model_are_refused(shipped: tuple[bytes, bytes]) -> None:
    with pytest.raises(ValueError, match="do not belong to this model"):
        model_of(shipped[0], shipped[1] + b" ")


def test_classifiers_come_back_with_their_labels() -> None:
    heads = shipped_model().heads
    assert (len(heads.goal.labels), len(heads.target.labels)) == (18, 170)
    assert heads.goal.labels[-1] == NONE
    assert heads.target.matrix.shape == (513, 170)


def test_the_same_classifiers_are_the_same_bytes() -> None:
    heads = shipped_model().heads
    assert heads_bytes(heads) == heads_bytes(heads_of(heads_bytes(heads)))


def test_a_label_that_is_not_known_is_read_as_none() -> None:
    head = shipped_model().heads.goal
    vector = np.full((1, 512), 512**-0.5, dtype=np.float32)
    assert np.array_equal(head.reading(vector, ["urn:new"]), head.reading(vector, [NONE]))
