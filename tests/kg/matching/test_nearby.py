from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from kg.matching import goal_reading, nearby
from kg.matching.aim_texts import goal_aims
from kg.matching.bodies import Bodies
from kg.matching.cells import Cells
from kg.matching.gold import GoalRow
from kg.matching.match import SdgMatcher
from kg.matching.match_goals import GoalMatcher
from kg.matching.model import shipped_model
from kg.matching.moments import Moments

MEASURES = (
    "Die Stadt eröffnet ein Repair-Café. Es hilft beim Reparieren von Geräten.",
    "Für Feste werden Mehrwegbecher verliehen.",
    "Bauteile aus dem Rückbau der Turnhalle kommen in die Bauteilbörse.",
    "",
)


@pytest.fixture(scope="module")
def goals(sdg_matcher: SdgMatcher) -> list[GoalRow]:
    labels = [
        label.text
        for concept in sorted(
            sdg_matcher.thesaurus.concepts.values(), key=lambda concept: concept.iri
        )
        for label in concept.labels
        if label.language == "de" and label.kind == "pref"
    ]
    return [
        GoalRow(f"g{place}", f"Bis 2030 wird {label} in der Stadt zum Regelfall.", "", "")
        for place, label in enumerate(labels[::3][:500])
    ]


@pytest.fixture(scope="module")
def exact(sdg_matcher: SdgMatcher, goals: list[GoalRow]) -> GoalMatcher:
    return GoalMatcher(goal_aims(goals), sdg_matcher, shipped_model(), many=len(goals) + 1)


@pytest.fixture(scope="module")
def quick(sdg_matcher: SdgMatcher, goals: list[GoalRow]) -> GoalMatcher:
    return GoalMatcher(goal_aims(goals), sdg_matcher, shipped_model(), many=100)


def test_the_first_goals_are_found_among_few_candidates(
    sdg_matcher: SdgMatcher, exact: GoalMatcher, quick: GoalMatcher
) -> None:
    prepared = sdg_matcher.prepare(MEASURES[:3])
    own = sdg_matcher.score_all(prepared)
    found = quick.score_all(prepared, own)
    for one, other in zip(found, exact.score_all(prepared, own), strict=True):
        assert len(one.iris) < len(other.iris) / 2
        assert [iri for iri, _ in one.first(3)] == [iri for iri, _ in other.first(3)]


def test_probabilities_of_candidates_are_close_to_the_exact_ones(
    sdg_matcher: SdgMatcher, exact: GoalMatcher, quick: GoalMatcher
) -> None:
    prepared = sdg_matcher.prepare(MEASURES[:3])
    own = sdg_matcher.score_all(prepared)
    found = quick.score_all(prepared, own)
    for one, other in zip(found, exact.score_all(prepared, own), strict=True):
        assert one.probabilities == pytest.approx([other.of(iri) for iri in one.iris], abs=0.03)


def test_the_same_goals_give_the_same_candidates(
    sdg_matcher: SdgMatcher, goals: list[GoalRow], quick: GoalMatcher
) -> None:
    again = GoalMatcher(goal_aims(goals), sdg_matcher, shipped_model(), many=100)
    prepared = sdg_matcher.prepare(MEASURES[:1])
    own = sdg_matcher.score_all(prepared)
    assert again.score_all(prepared, own)[0].ranked() == quick.score_all(prepared, own)[0].ranked()


def test_an_empty_text_has_candidates_of_low_probability(
    sdg_matcher: SdgMatcher, quick: GoalMatcher
) -> None:
    prepared = sdg_matcher.prepare(["", "Die Stadt eröffnet ein Repair-Café."])
    scores = quick.score_all(prepared, sdg_matcher.score_all(prepared))[0]
    assert scores.probabilities.max() < 0.2


def test_goals_of_the_own_city_come_first_among_candidates(
    sdg_matcher: SdgMatcher, goals: list[GoalRow]
) -> None:
    rows = [replace(row, city="Bonn" if place % 2 else "Köln") for place, row in enumerate(goals)]
    bodies = Bodies([row.city for row in rows])
    matcher = GoalMatcher(goal_aims(rows), sdg_matcher, shipped_model(), bodies=bodies, many=100)
    prepared = sdg_matcher.prepare(MEASURES[:1])[0]
    first = matcher.score(prepared, sdg_matcher.score(prepared), city="Bonn").first(1)
    assert int(first[0][0][1:]) % 2 == 1


def test_few_goals_are_all_compared(sdg_matcher: SdgMatcher, goals: list[GoalRow]) -> None:
    assert len(goals) < nearby.MANY
    assert GoalMatcher(goal_aims(goals[:3]), sdg_matcher, shipped_model()).nearby is None


def test_cells_find_a_point_itself() -> None:
    points = np.random.default_rng(3).normal(size=(600, 8)).astype(np.float32)
    points /= np.linalg.norm(points, axis=1, keepdims=True)
    found = Cells(points).nearest(points[:50], 5)
    assert all(place in near for place, near in enumerate(found))


def test_moments_are_mean_and_deviation_of_all_products() -> None:
    points = np.random.default_rng(5).normal(size=(300, 6)).astype(np.float32)
    query = np.ones((1, 6), dtype=np.float32)
    mean, deviation = Moments(points).of(query)
    products = points @ query[0]
    assert [mean[0], deviation[0]] == pytest.approx([products.mean(), products.std()], abs=1e-4)


def test_goals_read_in_parts_have_the_same_scores(
    sdg_matcher: SdgMatcher,
    goals: list[GoalRow],
    exact: GoalMatcher,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(goal_reading, "_TOGETHER", 64)
    parts = GoalMatcher(goal_aims(goals), sdg_matcher, shipped_model(), many=len(goals) + 1)
    prepared = sdg_matcher.prepare(MEASURES[:2])
    own = sdg_matcher.score_all(prepared)
    found = parts.score_all(prepared, own)
    for one, other in zip(found, exact.score_all(prepared, own), strict=True):
        assert one.probabilities == pytest.approx(other.probabilities, abs=1e-5)
