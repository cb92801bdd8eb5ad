"""Compare the quick arithmetic over arrays with the same formulas written out plainly."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from math import log, log1p, sqrt

import numpy as np
import pytest

from kg.matching.aim_texts import goal_aims
from kg.matching.calibration import sigmoid
from kg.matching.gold import GoalRow
from kg.matching.lexical import K1, B, Bm25, CharacterGrams
from kg.matching.match import (
    CONCEPT_FEATURES,
    GOAL_FEATURES,
    SdgMatcher,
)
from kg.matching.match_goals import GoalMatcher
from kg.matching.model import shipped_model
from kg.matching.odds import Odds, chances
from kg.matching.text import fold

DOCUMENTS = (
    "Bauteile werden wiederverwendet, Bauteile werden gelagert.",
    "Reparatur vor Neukauf",
    "Die Stadt repariert Räder und Bänke.",
    "",
)
QUERIES = ("Bauteile reparieren, Bauteile lagern", "Räder", "xyz", "")
GOALS = (
    "Bis 2030 gibt es in jedem Stadtteil ein Reparaturangebot.",
    "Bauteile aus dem Rückbau werden wieder eingebaut. Der Bestand geht vor Neubau.",
    "Mehrweg",
)
MEASURES = (
    "Die Stadt eröffnet ein Repair-Café. Es hilft beim Reparieren von Geräten.",
    "Für Feste werden Mehrwegbecher verliehen.",
    "Der Chor probt am Dienstag.",
    "",
)


@pytest.fixture(scope="module")
def matcher(sdg_matcher: SdgMatcher) -> SdgMatcher:
    return sdg_matcher


@pytest.fixture(scope="module")
def goals(matcher: SdgMatcher) -> GoalMatcher:
    rows = [GoalRow(f"g{place}", text, "", "") for place, text in enumerate(GOALS)]
    return GoalMatcher(goal_aims(rows), matcher, shipped_model())


def plain_bm25(documents: Sequence[Sequence[str]], query: Sequence[str]) -> list[float]:
    mean = sum(map(len, documents)) / len(documents)
    found: list[float] = []
    for document in documents:
        total = 0.0
        for term, count in Counter(query).items():
            holders = sum(term in other for other in documents)
            repeated = document.count(term)
            rarity = log(1 + (len(documents) - holders + 0.5) / (holders + 0.5))
            norm = K1 * (1 - B + B * len(document) / mean)
            weight = 1.5 if count > 1 else 1.0
            total += weight * rarity * repeated * (K1 + 1) / (repeated + norm)
        found.append(total)
    return found


def plain_grams(text: str) -> Counter[str]:
    found: Counter[str] = Counter()
    for word in text.split():
        padded = f" {fold(word.strip('.,'))} "
        for size in (4, 5, 6):
            found.update(padded[at : at + size] for at in range(len(padded) - size + 1))
    return found


def plain_characters(documents: Sequence[str], query: str) -> list[float]:
    counted = [plain_grams(document) for document in documents]
    spread = Counter(gram for grams in counted for gram in grams)

    def unit(grams: Counter[str]) -> dict[str, float]:
        weights = {
            gram: (1 + log(count)) * (log((1 + len(documents)) / (1 + spread[gram])) + 1)
            for gram, count in grams.items()
        }
        length = sqrt(sum(weight * weight for weight in weights.values())) or 1.0
        return {gram: weight / length for gram, weight in weights.items()}

    own = unit(plain_grams(query))
    return [
        sum(weight * own.get(gram, 0.0) for gram, weight in unit(grams).items())
        for grams in counted
    ]


@pytest.mark.parametrize("query", QUERIES)
def test_bm25_is_the_written_formula(query: str) -> None:
    documents = [document.lower().split() for document in DOCUMENTS]
    found = Bm25(documents).scores(query.lower().split())
    assert found == pytest.approx(plain_bm25(documents, query.lower().split()), abs=1e-5)


@pytest.mark.parametrize("query", QUERIES)
def test_shared_letters_are_the_cosine_of_weighted_sequences(query: str) -> None:
    found = CharacterGrams(DOCUMENTS).scores(query)
    assert found == pytest.approx(plain_characters(DOCUMENTS, query), abs=1e-5)


@pytest.mark.parametrize("text", MEASURES)
def test_best_cosines_are_those_of_the_nearest_texts_of_an_aim(
    matcher: SdgMatcher, text: str
) -> None:
    prepared = matcher.prepare([text])[0]
    index = matcher.index
    found = index.compare([prepared]).table[0]
    cosines = index.table.prototypes(np.arange(len(index.prototypes))) @ prepared.vectors.T
    for place in range(0, len(index), 10):
        own = cosines[index.table.starts[place] : index.table.starts[place + 1]]
        best = own.max(axis=0) if own.size else np.zeros(1)
        assert found[:2, place] == pytest.approx([best.max(), best.mean()], abs=1e-5)


def test_the_thesaurus_counts_the_strongest_mention_of_each_concept(matcher: SdgMatcher) -> None:
    prepared = matcher.prepare(MEASURES[:1])[0]
    found = matcher.index.compare([prepared]).table[0, 4]
    strongest: dict[str, float] = {}
    for mention in prepared.affirmed:
        strongest[mention.concept] = max(strongest.get(mention.concept, 0.0), mention.weight)
    for place, iri in enumerate(matcher.index.iris):
        if iri in matcher.index.parts:
            continue
        said = sum(
            weight * matcher.index.concept_weight(concept, iri)
            for concept, weight in strongest.items()
        )
        assert found[place] == pytest.approx(log1p(said), abs=1e-5)


def test_probabilities_of_goals_are_those_of_the_linear_model(
    matcher: SdgMatcher, goals: GoalMatcher
) -> None:
    prepared = matcher.prepare(MEASURES)
    scores = matcher.score_all(prepared)
    for text, own, found in zip(prepared, scores, goals.score_all(prepared, scores), strict=True):
        plain = shipped_model().concept.logits(goals.figures(text, own), CONCEPT_FEATURES)
        assert found.probabilities == pytest.approx(sigmoid(plain), abs=1e-4)


def test_probabilities_of_sdgs_are_those_of_the_linear_model(matcher: SdgMatcher) -> None:
    prepared = matcher.prepare(MEASURES)
    model = shipped_model()
    readings, _ = matcher.readings(prepared, model.heads)
    figures = matcher.figures(prepared)
    for own, reading, found in zip(figures, readings, matcher.score_all(prepared), strict=True):
        plain = model.goal.logits(np.column_stack([own.goals, reading]), GOAL_FEATURES)
        assert found.goals.probabilities == pytest.approx(sigmoid(plain), abs=1e-4)


def test_a_target_is_never_more_probable_than_its_goal(matcher: SdgMatcher) -> None:
    for scores in matcher.score_all(matcher.prepare(MEASURES)):
        above = matcher.over_targets(scores.goals.probabilities)
        assert (scores.targets.probabilities <= above).all()


def test_a_single_aim_is_weighed_without_others(goals: GoalMatcher) -> None:
    figures = np.full((1, len(CONCEPT_FEATURES)), 0.4)
    model = shipped_model().concept
    quick = Odds(model, CONCEPT_FEATURES)
    found = chances(quick.weighed(quick.of(figures.T[None].astype(np.float32))))
    assert found[0] == pytest.approx(sigmoid(model.logits(figures, CONCEPT_FEATURES)), abs=1e-4)


def test_the_first_few_are_the_beginning_of_the_whole_order(
    matcher: SdgMatcher, goals: GoalMatcher
) -> None:
    prepared = matcher.prepare(MEASURES)
    for scores in matcher.score_all(prepared):
        assert scores.targets.first(7) == scores.targets.ranked()[:7]
