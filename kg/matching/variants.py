"""Score a text again with words left out or a concept named more; nothing is encoded.

The vectors of the sentences stay, so the figures of meaning and of the classifiers stay too. What
the words and concepts say is worked out anew, and with it the odds of the goals above targets and
the SDG profile.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Final

import numpy as np

from kg.matching.aim_table import FEATURES, MEANING
from kg.matching.annotate import Annotator
from kg.matching.calibration import ABOUT, sigmoid
from kg.matching.match import (
    CONCEPT_FEATURES,
    GOAL_FEATURES,
    TARGET_FEATURES,
    Scores,
    SdgMatcher,
    SdgScores,
)
from kg.matching.match_goals import GoalMatcher
from kg.matching.model import Model
from kg.matching.prepare import PlaceNames, PreparedText
from kg.matching.rank import Matrix
from kg.matching.scores import about_sdgs
from kg.matching.semantic import DIMENSIONS
from kg.matching.text import Span, language_of
from kg.matching.thesaurus import Thesaurus

# How much a mention counts that a text does not have: that of a word of six letters.
NAMED: Final = 1.0
_NO_VECTORS: Final = np.zeros((0, DIMENSIONS), dtype=np.float32)
WORDED: Final = slice(MEANING, len(FEATURES))
_CONCEPTS: Final = FEATURES.index("thesaurus")
_PROFILE: Final = CONCEPT_FEATURES.index("profile")
_ABOUT: Final = CONCEPT_FEATURES.index(ABOUT)


def without_words(
    text: PreparedText, removed: Iterable[Span], annotator: Annotator, places: PlaceNames
) -> PreparedText:
    """Return a text without some words and without its vectors, its concepts found anew."""
    gone = sorted(removed)
    kept = [_cut(text.text, span, gone) for span in text.spans]
    clean = " ".join("\n".join(kept).split(" "))
    topical = "\n".join(places.removed(part) for part in kept)
    mentions = tuple(annotator.annotate(clean, text.language))
    return PreparedText(clean, topical, text.language, (), _NO_VECTORS, mentions)


def without_sentences(
    text: PreparedText, removed: Iterable[int], annotator: Annotator, places: PlaceNames
) -> PreparedText:
    """Return a text without some sentences, as preparing the rest of it would give it."""
    gone = frozenset(removed)
    kept = [place for place in range(len(text.spans)) if place not in gone]
    ends = [*(span.start for span in text.spans[1:]), len(text.text)]
    spans: list[Span] = []
    clean = ""
    for place in kept:
        span = text.spans[place]
        spans.append(Span(len(clean), len(clean) + span.end - span.start))
        clean += text.text[span.start : ends[place]]
    clean = clean.rstrip()
    language = language_of(clean)
    topical = "\n".join(places.removed(span.of(clean)) for span in spans)
    mentions = tuple(annotator.annotate(clean, language))
    return PreparedText(clean, topical, language, tuple(spans), text.vectors[kept], mentions)


def _cut(text: str, within: Span, removed: Sequence[Span]) -> str:
    parts: list[str] = []
    place = within.start
    for span in removed:
        if span.start < within.end and span.end > place:
            parts.append(text[place : max(place, span.start)])
            place = span.end
    return "".join([*parts, text[place : within.end]])


class SdgRescorer:
    """Score texts against the SDGs from the scores they had; built once, never changed."""

    def __init__(self, sdg: SdgMatcher, model: Model) -> None:
        self._sdg = sdg
        self._model = model
        self._goal = {iri: place for place, iri in enumerate(sdg.goals)}
        self._target = {iri: place for place, iri in enumerate(sdg.targets)}
        above = dict(self._goal)
        for iri in sdg.goals:
            above |= dict.fromkeys(sdg.index.parts.get(iri, ()), self._goal[iri])
        self._above = above
        self._over = np.array([above[iri] for iri in sdg.targets], dtype=np.intp)

    def without(
        self, texts: Sequence[PreparedText], before: Sequence[SdgScores]
    ) -> list[SdgScores]:
        """Return the scores of texts that lack words; `before` holds those of the whole texts."""
        if not texts:
            return []
        goals = np.stack([figures_of(scores.goals) for scores in before])
        targets = np.stack([figures_of(scores.targets) for scores in before])
        for figures, worded in zip((goals, targets), self._sdg.worded(texts), strict=True):
            figures[:, :, WORDED] = worded.transpose(0, 2, 1)
        return self._scored(goals, targets)

    def with_concept(self, concepts: Sequence[str], before: Sequence[SdgScores]) -> list[SdgScores]:
        """Return the scores of texts that name a concept more each, by the thesaurus alone."""
        if not concepts:
            return []
        goals = np.stack([figures_of(scores.goals) for scores in before])
        targets = np.stack([figures_of(scores.targets) for scores in before])
        for row, concept in enumerate(concepts):
            _named_more(goals[row], self._goal_weights(concept))
            best: dict[int, float] = {}
            for link in self._thesaurus.concepts[concept].aims:
                place = self._target.get(link.aim)
                if place is not None:
                    best[place] = max(best.get(place, 0.0), link.weight)
            _named_more(targets[row], list(best.items()))
        return self._scored(goals, targets)

    @property
    def _thesaurus(self) -> Thesaurus:
        return self._sdg.thesaurus

    def _goal_weights(self, concept: str) -> list[tuple[int, float]]:
        best: dict[int, float] = {}
        for link in self._thesaurus.concepts[concept].aims:
            place = self._above.get(link.aim)
            if place is not None:
                best[place] = max(best.get(place, 0.0), link.weight)
        return sorted(best.items())

    def _scored(self, goals: Matrix, targets: Matrix) -> list[SdgScores]:
        goal_odds = self._model.goal.logits(goals, GOAL_FEATURES)
        targets[:, :, -1] = goal_odds[:, self._over]
        target_odds = self._model.target.logits(targets, TARGET_FEATURES)
        above = sigmoid(goal_odds)
        below = self._sdg.target_chances(target_odds, above)
        return [
            SdgScores(
                Scores(self._sdg.goals, above[row], figures=goals[row]),
                Scores(self._sdg.targets, below[row], figures=targets[row]),
            )
            for row in range(len(goals))
        ]


class GoalRescorer:
    """Score texts against goals of concepts from the scores they had; built once."""

    def __init__(self, matcher: GoalMatcher, model: Model) -> None:
        self.matcher = matcher
        self._index = matcher.index
        self._model = model
        self._weights: dict[str, list[tuple[int, float]]] = {}

    def without(
        self, texts: Sequence[PreparedText], before: Sequence[Scores], sdg: Sequence[SdgScores]
    ) -> list[Scores]:
        """Return the scores of texts that lack words, whose SDG scores are those given."""
        if not texts or not len(self._index):
            return list(before)
        figures = np.stack([figures_of(scores) for scores in before])
        figures[:, :, WORDED] = self.matcher.worded(texts).transpose(0, 2, 1)
        return self._scored(figures, before, sdg)

    def with_concept(
        self, concepts: Sequence[str], before: Sequence[Scores], sdg: Sequence[SdgScores]
    ) -> list[Scores]:
        """Return the scores of texts that name a concept more each, by its weight for the goals."""
        if not concepts or not len(self._index):
            return list(before)
        figures = np.stack([figures_of(scores) for scores in before])
        for row, concept in enumerate(concepts):
            _named_more(figures[row], self._weights_of(concept))
        return self._scored(figures, before, sdg)

    def _weights_of(self, concept: str) -> list[tuple[int, float]]:
        weights = self._weights.get(concept)
        if weights is None:
            every = (self._index.concept_weight(concept, iri) for iri in self._index.iris)
            weights = [(place, weight) for place, weight in enumerate(every) if weight]
            self._weights[concept] = weights
        return weights

    def _scored(
        self, figures: Matrix, before: Sequence[Scores], sdg: Sequence[SdgScores]
    ) -> list[Scores]:
        figures[:, :, _PROFILE] = self.matcher.profile_figures(sdg)
        figures[:, :, _ABOUT] = np.array([about_sdgs(scores) for scores in sdg])[:, None]
        chances = sigmoid(self._model.concept.logits(figures, CONCEPT_FEATURES))
        return [
            replace(scores, probabilities=chances[row], figures=figures[row])
            for row, scores in enumerate(before)
        ]


def figures_of(scores: Scores) -> Matrix:
    """Return a copy of the figures behind scores, a row an aim.

    Raises:
        ValueError: The scores were made without keeping their figures.
    """
    if scores.figures is None:
        message = "These scores were made without their figures."
        raise ValueError(message)
    return np.array(scores.figures, dtype=np.float64)


def _named_more(figures: Matrix, weights: Sequence[tuple[int, float]]) -> None:
    for place, weight in weights:
        figures[place, _CONCEPTS] = np.log1p(np.expm1(figures[place, _CONCEPTS]) + weight * NAMED)
