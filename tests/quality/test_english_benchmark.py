"""Hold the matching to what it reached on the public English benchmark."""

from __future__ import annotations

import numpy as np
import pytest

from tests.quality.english_benchmark import (
    BenchmarkRow,
    Result,
    benchmark_rows,
    judged,
    result,
    shipped_matcher,
)


@pytest.fixture(scope="module")
def measured() -> Result:
    rows = benchmark_rows()
    return result(rows, judged(shipped_matcher(), rows))


def test_the_benchmark_is_the_published_one() -> None:
    rows = benchmark_rows()
    assert len(rows) == 1251
    assert {row.goal for row in rows} == set(map(str, range(1, 18)))


def test_figures_are_counted_by_goal() -> None:
    rows = [
        BenchmarkRow("", goal, label) for goal, label in [("1", True), ("1", False), ("2", True)]
    ]
    found = result(rows, np.array([0.9, 0.5, 0.1]))
    assert [round(goal.f1, 3) for goal in found.goals] == [0.667, 0.0]
    assert (round(found.macro_f1, 3), round(found.accuracy, 3)) == (0.333, 0.333)


@pytest.mark.quality
@pytest.mark.slow
@pytest.mark.parametrize(
    ("figure", "floor"), [("macro_f1", 0.860), ("accuracy", 0.866), ("mean_area", 0.942)]
)
def test_english_stays_above_its_floor(measured: Result, figure: str, floor: float) -> None:
    assert getattr(measured, figure) >= floor
