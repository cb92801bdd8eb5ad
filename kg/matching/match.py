"""Score texts against the SDG goals and targets, with calibrated probabilities."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from kg.matching.aim_table import FEATURES, Layers
from kg.matching.annotate import Annotator, Mention
from kg.matching.concept_weights import ConceptWeights, NearConcepts
from kg.matching.goal_table import CONCEPT_FEATURES
from kg.matching.head import HEAD_FEATURES, Heads, Readings, text_vectors
from kg.matching.model import Model
from kg.matching.odds import Odds, chances
from kg.matching.prepare import Batch, PlaceNames, PreparedText, prepare
from kg.matching.rank import AimIndex, Matrix, thesaurus_words
from kg.matching.scores import (
    Scores,
    SdgScores,
)
from kg.matching.sdg import SdgAims
from kg.matching.semantic import EmbeddingCache
from kg.matching.thesaurus import Thesaurus

__all__ = [
    "CONCEPT_FEATURES",
    "GOAL_FEATURES",
    "TARGET_FEATURES",
    "Scores",
    "SdgFigures",
    "SdgMatcher",
    "SdgScores",
    "matched_words",
]

GOAL_FEATURES: Final = (*FEATURES, *HEAD_FEATURES)
TARGET_FEATURES: Final = (*FEATURES, *HEAD_FEATURES, "goal")
# Texts and pairs of text and aim that are scored together: enough for numpy, few enough to stay in
# the processor's cache.
TEXTS_TOGETHER: Final = 128
PAIRS_TOGETHER: Final = 30_000


@dataclass(frozen=True, slots=True)
class SdgFigures:
    """Hold the figures of a text for the goals and for the targets, without the classifiers'."""

    goals: Matrix
    targets: Matrix


class _Scored(NamedTuple):
    """Hold figures and probabilities of texts for the goals and for the targets."""

    layers: tuple[Layers, Layers]
    chances: tuple[Matrix, Matrix]


class SdgMatcher:
    """Score texts against the SDG goals and targets; built once, never changed.

    Without a model it gives figures only.
    """

    def __init__(
        self,
        aims: SdgAims,
        thesaurus: Thesaurus,
        cache: EmbeddingCache,
        model: Model | None,
        *,
        places: PlaceNames | None = None,
    ) -> None:
        self.thesaurus = thesaurus
        self.places = places or PlaceNames()
        self.annotator = Annotator(thesaurus)
        self.near = NearConcepts.of(thesaurus)
        self.cache = cache
        every = (*aims.goals, *aims.targets)
        self.index = AimIndex(every, thesaurus_words(every, thesaurus), cache)
        self.goals = tuple(aim.iri for aim in aims.goals)
        self.targets = tuple(aim.iri for aim in aims.targets)
        group = {aim.iri: place for place, aim in enumerate(aims.goals)}
        group |= {part: place for place, aim in enumerate(aims.goals) for part in aim.parts}
        self._group = np.array([group[iri] for iri in self.index.iris], dtype=np.intp)
        self._order = np.argsort(self._group, kind="stable")
        self._starts = np.searchsorted(self._group[self._order], np.arange(len(aims.goals)))
        self._goal_weights = _grouped_weights(thesaurus, group, len(aims.goals))
        self._model = model
        self._goal_odds = model and Odds(model.goal, GOAL_FEATURES)
        self._target_odds = model and Odds(model.target, TARGET_FEATURES)

    def prepare(
        self, texts: Sequence[str], *, like: PreparedText | None = None
    ) -> list[PreparedText]:
        """Return texts of people prepared; their vectors are not kept."""
        return prepare(texts, self.annotator, self.cache.encoder, places=self.places, like=like)

    def prepare_known(self, texts: Sequence[str]) -> list[PreparedText]:
        """Return texts of the dataset prepared; their vectors go to the cache."""
        return prepare(texts, self.annotator, self.cache, places=self.places)

    def figures(self, prepared: Sequence[PreparedText]) -> list[SdgFigures]:
        """Return the figures of targets, and of goals by what they and their targets say."""
        return [
            SdgFigures(goals.T.astype(np.float64), targets.T.astype(np.float64))
            for part in batches(prepared, len(self.index))
            for goals, targets in zip(*self._figures(part), strict=True)
        ]

    def worded(self, prepared: Sequence[PreparedText]) -> tuple[Layers, Layers]:
        """Return for goals and targets the figures that words and concepts alone give.

        They are those of `FEATURES` from `MEANING` on.
        """
        table = self.index.worded(prepared)
        count = len(self.goals)
        if not count:
            return table, table
        goals = np.maximum.reduceat(table[:, :, self._order], self._starts, axis=2)
        goals[:, -1] = self._goal_weights.evidence(prepared)
        return goals, table[:, :, count:]

    def _figures(self, prepared: Sequence[PreparedText]) -> tuple[Layers, Layers]:
        compared = self.index.compare(prepared)
        count = len(self.goals)
        if not count:
            return compared.table, compared.table
        goals = np.maximum.reduceat(compared.table[:, :, self._order], self._starts, axis=2)
        best = np.maximum.reduceat(compared.best[self._order], self._starts, axis=0)
        for text, (start, end) in enumerate(pairwise(compared.starts.tolist())):
            if end > start:
                goals[text, 1] = best[:, start:end].mean(axis=1)
        goals[:, -1] = self._goal_weights.evidence(prepared)
        return goals, compared.table[:, :, count:]

    def readings(self, prepared: Sequence[PreparedText], heads: Heads) -> tuple[Readings, Readings]:
        """Return what classifiers say of the goals and of the targets, for each text."""
        vectors = text_vectors([text.vectors for text in prepared])
        return (
            heads.goal.reading(vectors, self.goals),
            heads.target.reading(vectors, self.targets),
        )

    def target_table(self, figures: Matrix, reading: Matrix, goal_odds: Matrix) -> Matrix:
        """Return all figures of the targets; the last is the log-odds of their goals."""
        return np.column_stack([figures, reading, goal_odds[self._group[len(self.goals) :]]])

    def target_chances(self, odds: NDArray[np.floating], goals: Matrix) -> Matrix:
        """Return the probabilities of the targets: a target is served only if its goal is.

        Of one text, or a row a text.
        """
        return np.asarray(chances(odds) * self.over_targets(goals))

    def over_targets(self, goals: Matrix) -> Matrix:
        """Return for each target what is given for its goal."""
        return np.asarray(goals[..., self._group[len(self.goals) :]])

    def score(self, prepared: PreparedText) -> SdgScores:
        """Return the probabilities of all goals and targets, with their figures."""
        return self.score_all([prepared], keep=True)[0]

    def score_all(self, prepared: Sequence[PreparedText], *, keep: bool = False) -> list[SdgScores]:
        """Return the probabilities for several texts, quicker than one by one.

        The figures are only kept if asked for, since they take far more room.
        """
        found: list[SdgScores] = []
        for part in batches(prepared, len(self.index)):
            scored = self._scored(part)
            for row, (goals, targets) in enumerate(zip(*scored.chances, strict=True)):
                own = [layers[row].T if keep else None for layers in scored.layers]
                found.append(
                    SdgScores(
                        Scores(self.goals, goals, figures=own[0]),
                        Scores(self.targets, targets, figures=own[1]),
                    )
                )
        return found

    def profiles(self, prepared: Sequence[PreparedText]) -> NDArray[np.float32]:
        """Return the probabilities of all goals and all targets (columns) for texts (rows)."""
        found = [
            np.hstack(self._scored(part).chances).astype(np.float32)
            for part in batches(prepared, len(self.index))
        ]
        width = len(self.goals) + len(self.targets)
        return np.vstack([np.zeros((0, width), dtype=np.float32), *found])

    def _scored(self, prepared: Sequence[PreparedText]) -> _Scored:
        if self._model is None or not self._goal_odds or not self._target_odds:
            message = "Without a model there are figures, not probabilities."
            raise ValueError(message)
        goals, targets = self._figures(prepared)
        goal_reading, target_reading = self.readings(prepared, self._model.heads)
        goals = np.concatenate([goals, _layers(goal_reading)], axis=1)
        goal_odds = self._goal_odds.weighed(self._goal_odds.of(goals))
        above = goal_odds[:, None, self._group[len(self.goals) :]]
        targets = np.concatenate([targets, _layers(target_reading), above], axis=1)
        target_odds = self._target_odds.weighed(self._target_odds.of(targets))
        goal_chances = chances(goal_odds)
        target_chances = self.target_chances(target_odds, goal_chances)
        return _Scored((goals, targets), (goal_chances, target_chances))


def _layers(readings: Readings) -> Layers:
    return readings.transpose(0, 2, 1).astype(np.float32)


def batches(prepared: Sequence[PreparedText], aims: int) -> Iterator[Batch]:
    """Give texts in parts that are compared with so many aims together."""
    size = max(1, min(TEXTS_TOGETHER, PAIRS_TOGETHER // max(1, aims)))
    batch = Batch.of(prepared)
    for start in range(0, len(batch), size):
        yield batch[start : start + size]


def _grouped_weights(thesaurus: Thesaurus, group: Mapping[str, int], size: int) -> ConceptWeights:
    """Return by concept the weight for each goal: the largest of the goal and its targets."""
    weights: dict[str, dict[int, float]] = {}
    for concept in thesaurus.concepts.values():
        best: dict[int, float] = {}
        for link in concept.aims:
            if link.aim in group:
                place = group[link.aim]
                best[place] = max(best.get(place, 0.0), link.weight)
        weights[concept.iri] = best
    return ConceptWeights.of(weights, size)


def matched_words(mentions: Sequence[Mention]) -> list[str]:
    """Return the words of mentions as the text has them, each once, in order of place."""
    return list(dict.fromkeys(" … ".join(mention.words) for mention in mentions))
