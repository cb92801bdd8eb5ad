"""Rankings against given goals put those of the measure's own city first."""

from __future__ import annotations

import pytest

from kg.matching.batch import Lines, goal_rows, rank_against_goals, text_rows
from kg.matching.match import SdgMatcher
from kg.matching.model import shipped_model

GOALS = [
    '{"goal_id": "B", "goal_text": "Fahrradstraßen einrichten", "city": "Bdorf"}',
    '{"goal_id": "A", "goal_text": "Radverkehr fördern", "city": "Astadt"}',
    '{"goal_id": "L", "goal_text": "Fahrräder im Alltag nutzen", "city": "Land"}',
]
MEASURE = '{"id": "1", "text": "Fahrradstraße in der Goethestraße", "city": "Astadt"}'
OTHERS = '{"id": "2", "text": "Radwege ausbauen", "city": "Bdorf"}'


def ranked(matcher: SdgMatcher, *texts: str) -> list[list[tuple[str, float]]]:
    lines = Lines(matcher, shipped_model(), "de", 5)
    answers = rank_against_goals(text_rows(texts), goal_rows(GOALS), lines)
    found: list[list[tuple[str, float]]] = []
    for answer in answers:
        entries = answer["ranked"]
        assert isinstance(entries, list)
        found.append([(entry["id"], entry["probability"]) for entry in entries])
    return found


def test_a_ranking_puts_goals_of_the_measures_city_first(sdg_matcher: SdgMatcher) -> None:
    own, _ = ranked(sdg_matcher, MEASURE, OTHERS)
    assert [goal for goal, _ in own] == ["A", "L", "B"]


def test_a_city_is_taken_from_the_text_where_none_is_given(sdg_matcher: SdgMatcher) -> None:
    unnamed = '{"id": "3", "text": "Fahrradstraße für Bdorf"}'
    found = ranked(sdg_matcher, MEASURE, OTHERS, unnamed)[2]
    assert found[0][0] == "B"


def test_goals_of_other_cities_lose_probability(sdg_matcher: SdgMatcher) -> None:
    unknown = '{"id": "4", "text": "Fahrradstraße in der Goethestraße"}'
    own, _, nobodys = map(dict, ranked(sdg_matcher, MEASURE, OTHERS, unknown))
    assert own["B"] == pytest.approx(nobodys["B"] * 0.05, abs=0.01)
    assert own["L"] == pytest.approx(nobodys["L"] * 0.5, abs=0.1)
    assert own["A"] >= nobodys["A"]
