"""Figures become probabilities by a linear model whose parts behave as they say."""

from __future__ import annotations

import json

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.matching.calibration import (
    LinearModel,
    columns,
    damp,
    design,
    fit_logistic,
    rescale,
    rival_odds,
    sigmoid,
)
from kg.matching.goal_table import CONCEPT_FEATURES
from kg.matching.model import shipped_model

ODDS = st.lists(st.floats(-20, 20), min_size=1, max_size=20)


def test_figures_of_another_kind_are_refused() -> None:
    with pytest.raises(ValueError, match="fitted on other figures"):
        shipped_model().goal.logits(np.zeros((3, 1)), ("bm25",))


def test_figures_as_they_are_count_more_where_aims_are_few() -> None:
    figures = np.ones((6, len(CONCEPT_FEATURES)))
    place = columns(CONCEPT_FEATURES).index("few:profile")
    few, many = (design(figures[:count], CONCEPT_FEATURES)[0, place] for count in (1, 6))
    assert few > 2 * many > 0


def test_logistic_fit_finds_the_separating_column() -> None:
    inputs = np.array([[0.0, 1.0], [1.0, 0.0], [0.0, 0.0], [1.0, 1.0]])
    labels = np.array([0.0, 1.0, 0.0, 1.0])
    _, _, slopes, _ = fit_logistic(inputs, labels, np.ones(4), penalty=0.1)
    assert slopes[0] > 1 > abs(slopes[1])


def test_logistic_fit_of_weighted_rows_is_that_of_repeated_rows() -> None:
    inputs, labels = np.array([[0.0], [1.0], [2.0]]), np.array([0.0, 1.0, 1.0])
    weighted = fit_logistic(inputs, labels, np.array([2.0, 1.0, 1.0]), penalty=1.0)
    rows = [0, 0, 1, 2]
    repeated = fit_logistic(inputs[rows], labels[rows], np.ones(4), penalty=1.0)
    assert weighted[2] == pytest.approx(repeated[2], abs=1e-6)


def test_rescaling_keeps_the_order() -> None:
    odds = np.array([-1.0, 2.0, 0.5])
    assert list(np.argsort(rescale(odds, (1.2, -0.4, 0.1)))) == list(np.argsort(odds))


def test_strong_rivals_lower_an_aim() -> None:
    alone = rescale(np.array([1.0, -5.0]), (1.0, -0.5, 0.0))
    beside = rescale(np.array([1.0, 3.0]), (1.0, -0.5, 0.0))
    assert beside[0] < alone[0]


def test_no_aims_claim_nothing() -> None:
    assert rival_odds(np.zeros(0)) == 0.0


@pytest.mark.property
@given(ODDS, st.floats(0.05, 1.0), st.floats(0.05, 1.0))
def test_damping_keeps_order_and_side(values: list[float], above: float, below: float) -> None:
    odds = np.array(values)
    damped = damp(odds, (above, below))
    assert (np.sign(damped) * np.sign(odds) >= 0).all()
    assert (np.diff(damped[np.argsort(odds, kind="stable")]) >= 0).all()
    assert (np.abs(damped) <= np.abs(odds)).all()


def test_one_aim_has_no_distance_from_others() -> None:
    assert not design(np.array([[0.4]]), ("cosine_max",))[0, 0]


def test_probabilities_stay_between_zero_and_one() -> None:
    chances = sigmoid(np.array([-1e9, 0.0, 1e9]))
    assert 0 < chances[0] < chances[1] < chances[2] < 1.0000001


def test_a_linear_model_is_read_as_it_was_written() -> None:
    written = shipped_model().concept.as_json()
    assert LinearModel.of_json(json.loads(json.dumps(written))) == shipped_model().concept


@pytest.mark.parametrize(("key", "value"), [("mean", 1.0), ("intercept", "1"), ("columns", None)])
def test_a_part_of_another_kind_is_refused(key: str, value: object) -> None:
    with pytest.raises(TypeError, match="is expected"):
        LinearModel.of_json({**shipped_model().goal.as_json(), key: value})
