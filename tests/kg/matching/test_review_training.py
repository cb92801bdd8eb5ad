"""Reviewed texts weigh by what was judged, and are held out together with their likes."""

from __future__ import annotations

import numpy as np
import pytest

from kg.embedded import EmbeddedStore
from kg.matching.examples import Example
from kg.matching.match import SdgMatcher
from kg.matching.model import shipped_model
from kg.matching.rank import AimText
from kg.matching.review_training import REVIEW_WEIGHT, Reviewed, ReviewedText, ReviewExamples
from kg.matching.sdg import read_sdg_aims
from kg.matching.semantic import EmbeddingCache, UniversalEncoder
from kg.matching.thesaurus import Thesaurus
from ontology.namespaces import sdg
from tests.kg.reviewed_town import town

OWN, OTHER = "urn:goal:own", "urn:goal:other"
REVIEWS = Reviewed(
    (
        ReviewedText(
            "Repair-Café", "1", frozenset({sdg("12"), sdg("12.5"), OWN}), frozenset({sdg("3.9")})
        ),
        ReviewedText("Radweg am Kanal", "2", frozenset(), frozenset({sdg("12"), OTHER})),
        ReviewedText("Ohne Stadt", "", frozenset({sdg("11.2")}), frozenset()),
    ),
    {
        "1": (AimText(OWN, ("Dinge reparieren",), ()), AimText("urn:goal:2", ("Bäume",), ())),
        "2": (AimText(OTHER, ("Dinge länger nutzen",), ()),),
    },
)


@pytest.fixture(scope="module")
def matcher() -> SdgMatcher:
    store = EmbeddedStore.in_memory(town())
    cache = EmbeddingCache(UniversalEncoder())
    return SdgMatcher(read_sdg_aims(store), Thesaurus.read(store), cache, shipped_model())


@pytest.fixture(scope="module")
def examples(matcher: SdgMatcher) -> ReviewExamples:
    return ReviewExamples(REVIEWS, matcher, shipped_model().heads, [3, 0, 1])


def judged(example: Example) -> dict[str, float]:
    """Return by aim the label of every pair that has a weight."""
    return {
        iri: float(label)
        for iri, label, weight in zip(example.iris, example.labels, example.weights, strict=True)
        if weight
    }


def test_only_judged_pairs_have_a_weight(examples: ReviewExamples) -> None:
    assert [judged(example) for example in examples.goals()] == [
        {sdg("12"): 1.0},
        {sdg("12"): 0.0},
        {},
    ]


def test_a_confirmed_target_says_nothing_of_other_targets(
    examples: ReviewExamples, matcher: SdgMatcher
) -> None:
    odds = [np.zeros(len(matcher.goals))] * 3
    assert [judged(example) for example in examples.targets(odds)] == [
        {sdg("3.9"): 0.0, sdg("12.5"): 1.0},
        {},
        {sdg("11.2"): 1.0},
    ]


def test_goals_of_a_city_are_judged_among_the_goals_of_that_city(
    examples: ReviewExamples, matcher: SdgMatcher
) -> None:
    found = examples.concepts(matcher, first_fold=12)
    assert [judged(example) for example in found] == [{OWN: 1.0}, {OTHER: 0.0}]
    assert [example.iris for example in found] == [(OWN, "urn:goal:2"), (OTHER,)]


def test_a_city_is_held_out_as_a_whole_and_apart_from_the_training_cities(
    examples: ReviewExamples, matcher: SdgMatcher
) -> None:
    assert [found.fold for found in examples.concepts(matcher, first_fold=12)] == [12, 13]


def test_a_text_is_held_out_with_the_part_it_was_given(examples: ReviewExamples) -> None:
    assert [example.fold for example in examples.goals()] == [3, 0, 1]


def test_a_reviewed_pair_counts_several_times_a_training_pair(examples: ReviewExamples) -> None:
    (first, *_) = examples.goals()
    assert first.weights.max() == REVIEW_WEIGHT > 1
    assert first.reviewed


def test_without_reviews_there_are_no_examples(matcher: SdgMatcher) -> None:
    empty = ReviewExamples(Reviewed(), matcher, shipped_model().heads, [])
    assert (empty.goals(), empty.targets([]), empty.concepts(matcher, first_fold=0)) == ([], [], [])


def test_names_of_places_do_not_count(matcher: SdgMatcher) -> None:
    def columns(text: str, places: tuple[str, ...]) -> np.ndarray:
        entry = ReviewedText(text, "1", frozenset({sdg("12")}), frozenset())
        found = ReviewExamples(Reviewed((entry,), {}, places), matcher, shipped_model().heads, [0])
        return found.goals()[0].columns

    without = columns("Reparaturbonus einführen", ())
    assert (columns("Reparaturbonus Musterstadt einführen", ("Musterstadt",)) == without).all()
    assert (columns("Reparaturbonus Musterstadt einführen", ()) != without).any()


def test_what_a_model_says_of_its_reviews_does_not_depend_on_their_order() -> None:
    turned = Reviewed(REVIEWS.texts[::-1], REVIEWS.goals)
    assert turned.as_json() == REVIEWS.as_json()
    assert REVIEWS.as_json()["accepted"] == 4
