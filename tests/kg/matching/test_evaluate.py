"""Labelled texts are measured set by set, and the worst answers are shown with reasons."""

from __future__ import annotations

import json

import pytest

from kg.matching.evaluate import (
    ALL_GOALS,
    CITY_NOT_TOLD,
    OWN_GOALS,
    candidates_of,
    evaluate,
    goal_matchers,
    known_from_unrelated,
)
from kg.matching.gold import Gold, read_gold
from kg.matching.match import SdgMatcher
from kg.matching.model import shipped_model
from kg.matching.quality import Quality
from kg.matching.quality_words import figure_rows, goal_rows, sets, worst_lines
from tests.kg.matching.labelled import write_gold


@pytest.fixture(scope="module")
def gold(tmp_path_factory: pytest.TempPathFactory) -> Gold:
    return read_gold(write_gold(tmp_path_factory.mktemp("gold")))


@pytest.fixture(scope="module")
def found(gold: Gold, sdg_matcher: SdgMatcher) -> dict[tuple[str, str], Quality]:
    every = evaluate(gold, sdg_matcher, shipped_model())
    return {(quality.figures.set, quality.figures.against): quality for quality in every}


def test_every_set_is_measured_against_every_kind_of_aim(
    found: dict[tuple[str, str], Quality],
) -> None:
    fit = [
        (f"fit_x, {kind}", against)
        for kind in ("source_stated", "noisy")
        for against in (OWN_GOALS, ALL_GOALS, CITY_NOT_TOLD)
    ]
    assert list(found) == [("sdg_x", "sdg-goal"), ("sdg_x", "sdg-target"), *fit]


def test_only_rows_with_a_label_are_counted(found: dict[tuple[str, str], Quality]) -> None:
    rows = {key: quality.figures.rows for key, quality in found.items()}
    assert rows[("sdg_x", "sdg-target")] == 5
    assert rows[("fit_x, source_stated", OWN_GOALS)] == 2


def test_measures_are_compared_with_goals_of_their_city_or_those_above(
    gold: Gold, sdg_matcher: SdgMatcher
) -> None:
    matchers = goal_matchers(gold, sdg_matcher, shipped_model())
    assert sorted(matchers) == ["", "*", "Astadt"]
    chosen = [candidates_of(row, matchers) for row in gold.fit["fit_x"]]
    assert chosen == ["Astadt", "Astadt", "", "", "Astadt"]


def test_curves_count_all_pairs_and_all_first_answers(
    found: dict[tuple[str, str], Quality],
) -> None:
    quality = found[("sdg_x", "sdg-goal")]
    assert sum(step.count for step in quality.curve) == 6 * 17
    assert sum(step.count for step in quality.first_curve) == 6


def test_the_table_by_goal_counts_statements_and_answers(
    found: dict[tuple[str, str], Quality],
) -> None:
    by_goal = {goal.goal: goal for goal in found[("sdg_x", "sdg-goal")].by_goal}
    assert list(by_goal) == [str(number) for number in range(1, 18)]
    assert sum(goal.stated for goal in by_goal.values()) == 7
    assert sum(goal.first for goal in by_goal.values()) == 6


def test_worst_rows_are_wrong_ones_the_furthest_first(
    found: dict[tuple[str, str], Quality],
) -> None:
    places = [row.place for row in found[("sdg_x", "sdg-target")].worst]
    assert places == sorted(places, reverse=True)
    assert min(places) > 1


def test_a_worst_row_says_what_speaks_for_both_aims(found: dict[tuple[str, str], Quality]) -> None:
    row = found[("sdg_x", "sdg-target")].worst[0]
    assert row.for_first
    assert {row.answers[0][0], *row.stated} <= set(row.names)


def test_everything_goes_out_as_json(found: dict[tuple[str, str], Quality]) -> None:
    answer = json.loads(json.dumps([quality.as_json() for quality in found.values()]))
    assert {"set", "against", "map", "reliability", "reliability_first", "by_goal", "worst"} <= set(
        answer[0]
    )


def test_tables_hold_a_row_for_each_kind_of_aim(found: dict[tuple[str, str], Quality]) -> None:
    every = list(found.values())
    assert sets(every) == ["sdg_x", "fit_x, source_stated", "fit_x, noisy"]
    rows = figure_rows(every, "fit_x, noisy", "de")
    assert [row[0] for row in rows] == ["Ziele der Stadt", "aller Städte", "ohne Stadt"]
    assert len(goal_rows(every[0])) == 17


@pytest.mark.parametrize(
    ("language", "words"),
    [("de", ("Am weitesten daneben", "genannt:", "zuerst:")), ("en", ("Furthest", "stated:"))],
)
def test_worst_rows_are_told_in_both_languages(
    found: dict[tuple[str, str], Quality], language: str, words: tuple[str, ...]
) -> None:
    quality = found[("sdg_x", "sdg-target")]
    lines = worst_lines(quality, "de" if language == "de" else "en")
    assert all(word in "\n".join(lines) for word in words)
    assert len(lines) <= 20
    assert all("\n" not in line and len(line) < 300 for line in lines)


def test_a_set_without_wrong_answers_has_no_worst_rows(
    found: dict[tuple[str, str], Quality],
) -> None:
    quality = found[("sdg_x", "sdg-goal")]
    assert quality.figures.accuracy_at_1 == 1.0
    assert worst_lines(quality, "de") == []


def test_texts_about_aims_are_told_from_others(sdg_matcher: SdgMatcher) -> None:
    related = ["Radwege ausbauen", "Repair-Café eröffnen"]
    assert known_from_unrelated(sdg_matcher, related, ["Niederschrift genehmigen"]) == 1.0
