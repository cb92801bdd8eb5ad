"""Ranked answers are counted as the figures' definitions say."""

from __future__ import annotations

from math import isnan

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.matching.figures import (
    area,
    average_precision,
    calibration_error,
    first_place,
    measure,
    pairs,
    reliability,
)

RANKED = [("a", 0.9), ("b", 0.6), ("c", 0.3), ("d", 0.1)]
CHANCES = st.lists(st.tuples(st.floats(0, 1), st.booleans()), min_size=1, max_size=60)


def columns(answers: list[tuple[float, bool]]) -> tuple[np.ndarray, np.ndarray]:
    return np.array([chance for chance, _ in answers]), np.array([right for _, right in answers])


def test_rows_without_a_label_do_not_count() -> None:
    figures = measure("x", "sdg-goal", [([("1", 0.9)], {"1"}), ([("2", 0.9)], set())])
    assert (figures.rows, figures.accuracy_at_1) == (1, 1.0)


def test_no_labelled_rows_give_no_figures() -> None:
    figures = measure("x", "sdg-goal", [])
    assert figures.rows == 0
    assert isnan(figures.map)


def test_a_hit_needs_one_label_and_recall_all_of_them() -> None:
    figures = measure("x", "sdg-goal", [(RANKED, {"b", "d"})])
    assert (figures.accuracy_at_1, figures.hit_at_3, figures.recall_at_3) == (0.0, 1.0, 0.5)


def test_more_than_three_labels_can_be_recalled() -> None:
    assert measure("x", "sdg-goal", [(RANKED, {"a", "b", "c", "d"})]).recall_at_3 == 1.0


def test_a_label_that_was_not_ranked_comes_after_all() -> None:
    assert first_place(RANKED, {"z"}) == 4


@pytest.mark.parametrize(
    ("stated", "expected"),
    [({"a"}, 1.0), ({"d"}, 0.25), ({"b", "d"}, 0.5), ({"a", "z"}, 0.5), ({"z"}, 0.0)],
)
def test_average_precision_counts_what_is_never_found(stated: set[str], expected: float) -> None:
    assert average_precision(RANKED, stated) == expected


@pytest.mark.property
@given(st.permutations("abcdef"), st.sets(st.sampled_from("abcdef"), min_size=1))
def test_average_precision_is_best_when_labels_come_first(
    order: list[str], stated: set[str]
) -> None:
    found = average_precision([(label, 0.5) for label in order], stated)
    assert 0 < found <= 1
    assert (found == 1) == (set(order[: len(stated)]) == stated)


def test_every_pair_of_text_and_aim_is_counted() -> None:
    chances, right = pairs([(RANKED, {"a"}), (RANKED[:1], {"b"})])
    assert list(chances) == [0.9, 0.6, 0.3, 0.1, 0.9]
    assert list(right) == [True, False, False, False, False]


def test_the_curve_says_what_was_said_and_what_was() -> None:
    (low, high) = reliability(np.array([0.12, 0.14, 1.0]), np.array([False, True, True]))
    assert (low.lower, low.count, round(low.said, 2), low.was) == (0.1, 2, 0.13, 0.5)
    assert (high.lower, high.count, high.said, high.was) == (0.9, 1, 1.0, 1.0)


def test_perfect_probabilities_have_no_calibration_error() -> None:
    assert calibration_error(np.array([1.0, 0.0]), np.array([True, False])) == 0.0


def test_certainty_that_is_always_wrong_has_the_whole_error() -> None:
    assert calibration_error(np.array([1.0, 0.0]), np.array([False, True])) == 1.0


@pytest.mark.property
@given(CHANCES)
def test_the_curve_counts_every_answer_once(answers: list[tuple[float, bool]]) -> None:
    curve = reliability(*columns(answers))
    assert sum(step.count for step in curve) == len(answers)
    assert [step.lower for step in curve] == sorted({step.lower for step in curve})


@pytest.mark.property
@given(CHANCES)
def test_calibration_error_is_no_less_than_the_error_of_the_mean(
    answers: list[tuple[float, bool]],
) -> None:
    chances, right = columns(answers)
    found = calibration_error(chances, right)
    assert abs(float(chances.mean() - right.mean())) - 1e-9 <= found <= 1


@pytest.mark.property
@given(CHANCES)
def test_the_area_of_turned_scores_is_the_rest_of_one(answers: list[tuple[float, bool]]) -> None:
    scores, right = columns(answers)
    found = area(scores, right)
    if right.all() or not right.any():
        assert isnan(found)
        return
    assert found == pytest.approx(1 - area(-scores, right))


def test_equal_scores_tell_nothing_apart() -> None:
    assert area(np.array([0.5, 0.5, 0.5]), np.array([True, False, False])) == 0.5
