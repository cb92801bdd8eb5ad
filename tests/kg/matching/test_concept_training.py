from __future__ import annotations

import numpy as np
import pytest

from kg.matching.concept_training import PARTS, concept_examples
from kg.matching.examples import Examples
from kg.matching.gold import FitRow, GoalRow
from kg.matching.match import SdgMatcher
from kg.matching.training_texts import Cities

THINGS = ("Radwege", "Mehrweg", "Solardächer", "Stadtbäume", "Reparatur", "Wärmenetze")


def cities() -> Cities:
    goals = [
        GoalRow(f"{city}-{place}", f"{thing} ausbauen", "Konzept", city)
        for city in ("Abach", "Behl")
        for place, thing in enumerate(THINGS)
    ]
    measures = [
        FitRow(goal.id, f"Die Stadt fördert {thing}.", goal.city, (goal.id,), stated=True)
        for goal, thing in zip(goals, THINGS * 2, strict=True)
    ]
    return Cities(tuple(goals), tuple(measures))


@pytest.fixture(scope="module")
def examples(sdg_matcher: SdgMatcher) -> Examples:
    return concept_examples(cities(), sdg_matcher, sdg_matcher.prepare(["Chorkonzert im Advent"]))


def test_a_part_of_a_city_is_held_out_with_its_city(examples: Examples) -> None:
    for text in examples.texts:
        assert {iri.partition("-")[0] for iri in text.iris} == {("Abach", "Behl")[text.fold]}


def test_parts_have_fewer_goals_than_their_city(examples: Examples) -> None:
    sizes = {len(text.iris) for text in examples.texts if text.part}
    assert sizes == {size for size in PARTS if size < len(THINGS)}


def test_a_text_that_serves_a_goal_outside_the_part_serves_none_inside(examples: Examples) -> None:
    single = [text for text in examples.texts if text.part and len(text.iris) == 1]
    assert {float(text.labels.sum()) for text in single} == {0.0, 1.0}


def test_the_same_cities_give_the_same_examples(sdg_matcher: SdgMatcher) -> None:
    one, other = (concept_examples(cities(), sdg_matcher, []) for _ in range(2))
    assert all(
        np.array_equal(first.columns, second.columns)
        for first, second in zip(one.texts, other.texts, strict=True)
    )
