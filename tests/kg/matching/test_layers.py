"""The layers of a probability are those of its figures, and their shares sum to one."""

from __future__ import annotations

import numpy as np
import pytest

from kg.matching.calibration import columns
from kg.matching.layers import LAYERS, layer_of
from kg.matching.match import CONCEPT_FEATURES, GOAL_FEATURES, TARGET_FEATURES
from kg.matching.model import shipped_model
from kg.matching.rank import Matrix

PLACE = {name: place for place, name in enumerate(LAYERS)}


def figures() -> Matrix:
    return np.abs(np.random.default_rng(7).normal(0.4, 0.2, (20, len(TARGET_FEATURES))))


@pytest.mark.parametrize("names", [GOAL_FEATURES, TARGET_FEATURES, CONCEPT_FEATURES])
def test_every_column_has_a_layer_but_what_tells_of_a_whole_aim_or_text(
    names: tuple[str, ...],
) -> None:
    without = [column for column in columns(names) if layer_of(column) is None]
    assert set(without) <= {"raw:heading", "few:heading", "raw:about", "few:about", "few:aims"}


def test_shares_of_an_aim_sum_to_one_or_it_is_not_lifted() -> None:
    found = shipped_model().target.shares(figures(), TARGET_FEATURES)
    assert set(np.round(found.sum(axis=1), 9)) <= {0.0, 1.0}
    assert (found >= 0).all()


def test_lifts_are_what_the_model_adds_over_the_mean_aim() -> None:
    model, table = shipped_model().target, figures()
    steep = model.scaling[0]
    plain = np.where(
        (odds := model.logits(table, TARGET_FEATURES)) > 0, odds / model.slopes[0], odds
    )
    apart = (plain - plain.mean()) / steep
    assert model.lifts(table, TARGET_FEATURES).sum(axis=1) == pytest.approx(apart)


def test_a_named_concept_alone_gives_its_layer_the_whole_share() -> None:
    table = np.tile(figures()[:1], (20, 1))
    table[3, TARGET_FEATURES.index("thesaurus")] += 1.0
    found = shipped_model().target.shares(table, TARGET_FEATURES)
    assert found[3, PLACE["concepts"]] == pytest.approx(1.0)
