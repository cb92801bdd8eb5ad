from __future__ import annotations

import numpy as np
import pytest

from kg.errors import BadParameter
from kg.matching.batch import (
    Lines,
    goal_rows,
    rank_against_goals,
    rank_against_sdg,
    text_rows,
)
from kg.matching.match import SdgMatcher
from kg.matching.match_goals import GoalMatcher
from kg.matching.model import shipped_model
from kg.matching.rank import AimText
from kg.matching.sdg import sdg_code


def lines(matcher: SdgMatcher) -> Lines:
    return Lines(matcher, shipped_model(), "de", 5)


@pytest.mark.parametrize(
    ("text", "target"),
    [
        ("Repair-Café in der Stadtbücherei", "12.5"),
        ("Foodsharing und Lebensmittelrettung in Schulmensen", "12.3"),
        ("Schutzstreifen und Radwege für den Alltagsverkehr", "11.2"),
        ("Photovoltaik auf allen städtischen Dächern", "7.2"),
        ("Nachhaltige Beschaffung: Kriterien für Recyclingpapier", "12.7"),
        ("The city will collect bio-waste separately and make compost", "12.5"),
    ],
)
def test_clear_measures_find_their_target(sdg_matcher: SdgMatcher, text: str, target: str) -> None:
    scores = sdg_matcher.score(sdg_matcher.prepare([text])[0])
    assert target in [sdg_code(iri) for iri, _ in scores.targets.ranked()[:3]]


def test_several_texts_score_as_each_alone(sdg_matcher: SdgMatcher) -> None:
    prepared = sdg_matcher.prepare(["Bauteilbörse", "Blühwiesen im Park"])
    together = sdg_matcher.score_all(prepared)
    alone = [sdg_matcher.score(text) for text in prepared]
    for one, other in zip(together, alone, strict=True):
        assert np.allclose(one.targets.probabilities, other.targets.probabilities, atol=1e-5)


def test_all_goals_and_targets_are_scored(sdg_matcher: SdgMatcher) -> None:
    scores = sdg_matcher.score(sdg_matcher.prepare(["Kompost"])[0])
    assert (len(scores.goals.iris), len(scores.targets.iris)) == (17, 169)


def test_match_writes_the_contracted_fields(sdg_matcher: SdgMatcher) -> None:
    rows = text_rows(['{"id": "m1", "title": "Repair-Café", "text": "Geräte reparieren"}', ""])
    (answer,) = list(rank_against_sdg(rows, lines(sdg_matcher)))
    assert answer["id"] == "m1"
    assert answer["abstained"] is False
    ranked, goals = answer["ranked"], answer["goals"]
    assert isinstance(ranked, list)
    assert isinstance(goals, list)
    assert set(ranked[0]) == {"id", "goal", "probability", "reasons"}
    assert ranked[0]["reasons"][0]["kind"] == "concept"
    assert (len(ranked), len(goals)) == (5, 17)


def test_match_abstains_on_a_text_about_nothing(sdg_matcher: SdgMatcher) -> None:
    rows = text_rows(['{"id": 1, "text": "Die Sitzung beginnt um 10 Uhr."}'])
    (answer,) = list(rank_against_sdg(rows, lines(sdg_matcher)))
    assert answer["abstained"] is True


def test_match_against_goals_lists_their_ids(sdg_matcher: SdgMatcher) -> None:
    goals = goal_rows(
        [
            '{"goal_id": "A", "goal_text": "Radverkehr stärken", "concept_title": "Verkehrsplan"}',
            '{"goal_id": "B", "goal_text": "Abfälle vermeiden und wiederverwenden"}',
        ]
    )
    rows = text_rows(['{"id": "x", "text": "Fahrradstraße in der Goethestraße"}'])
    (answer,) = list(rank_against_goals(rows, goals, lines(sdg_matcher)))
    ranked = answer["ranked"]
    assert isinstance(ranked, list)
    assert [entry["id"] for entry in ranked] == ["A", "B"]


@pytest.mark.parametrize(
    "line", ["{", "[]", '{"text": "x"}', '{"id": "x"}', '{"id": 1, "text": 2}']
)
def test_a_line_that_is_no_text_is_named(line: str) -> None:
    with pytest.raises(BadParameter):
        list(text_rows([line]))


@pytest.mark.parametrize("line", ["{", '{"goal_id": "x"}', '{"goal_id": "x", "goal_text": " "}'])
def test_a_line_that_is_no_goal_is_named(line: str) -> None:
    with pytest.raises(BadParameter):
        goal_rows([line])


def test_an_empty_text_is_scored_low(sdg_matcher: SdgMatcher) -> None:
    scores = sdg_matcher.score(sdg_matcher.prepare([""])[0])
    assert scores.goals.probabilities.max() < 0.3


def test_no_goals_give_no_scores(sdg_matcher: SdgMatcher) -> None:
    matcher = GoalMatcher([], sdg_matcher, shipped_model())
    (text,) = sdg_matcher.prepare(["Kompost"])
    assert matcher.score(text, sdg_matcher.score(text)).iris == ()


def test_a_single_goal_tells_texts_apart(sdg_matcher: SdgMatcher) -> None:
    matcher = GoalMatcher([AimText("g", ("Radverkehr stärken",), ())], sdg_matcher, shipped_model())
    near, far = sdg_matcher.prepare(["Radverkehr stärken", "Chorkonzert im Advent"])
    found = [matcher.score(text, sdg_matcher.score(text)).of("g") for text in (near, far)]
    assert found[0] > 0.8
    assert found[1] < 0.3
