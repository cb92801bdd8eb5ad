"""Score texts against the SDGs and against goals of concepts, with calibrated probabilities."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import log
from typing import Final

import numpy as np

from kg.matching.annotate import Annotator, Mention
from kg.matching.calibration import Calibration, sigmoid
from kg.matching.prepare import PlaceNames, PreparedText, prepare
from kg.matching.rank import (
    FEATURES,
    AimIndex,
    AimText,
    AimWords,
    Matrix,
    thesaurus_evidence,
    thesaurus_words,
)
from kg.matching.sdg import SdgAims
from kg.matching.semantic import EmbeddingCache, Vectors
from kg.matching.thesaurus import Concept, Thesaurus

TARGET_FEATURES: Final = (*FEATURES, "goal")
CONCEPT_FEATURES: Final = (*(name for name in FEATURES if name != "head"), "profile")
# How much a goal that names a wider or a related concept counts for the concept itself.
NARROWER: Final = 0.6
RELATED: Final = 0.4


@dataclass(frozen=True, slots=True)
class Scores:
    """Hold the probability of every aim of an index, in its order, and the figures behind it."""

    iris: tuple[str, ...]
    probabilities: Matrix
    figures: Matrix

    def of(self, iri: str) -> float:
        """Return the probability of one aim."""
        return float(self.probabilities[self.iris.index(iri)])

    def ranked(self) -> list[tuple[str, float]]:
        """Return all aims, the most probable first; ties keep the index's order."""
        order = np.argsort(-np.round(self.probabilities, 6), kind="stable")
        return [(self.iris[place], float(self.probabilities[place])) for place in order]


@dataclass(frozen=True, slots=True)
class SdgScores:
    """Hold the scores of the goals and of the targets."""

    goals: Scores
    targets: Scores


@dataclass(frozen=True, slots=True)
class SdgFigures:
    """Hold the figures of a text for the goals and, without the last column, for the targets."""

    goals: Matrix
    targets: Matrix


class SdgMatcher:
    """Score texts against the SDG goals and targets; built once, never changed."""

    def __init__(
        self,
        aims: SdgAims,
        thesaurus: Thesaurus,
        cache: EmbeddingCache,
        calibration: Calibration | None,
        *,
        places: PlaceNames | None = None,
    ) -> None:
        self.thesaurus = thesaurus
        self.places = places or PlaceNames()
        self.annotator = Annotator(thesaurus)
        self.cache = cache
        every = (*aims.goals, *aims.targets)
        self.index = AimIndex(every, thesaurus_words(every, thesaurus), cache, head=True)
        self.goals = tuple(aim.iri for aim in aims.goals)
        self.targets = tuple(aim.iri for aim in aims.targets)
        group = {aim.iri: place for place, aim in enumerate(aims.goals)}
        group |= {part: place for place, aim in enumerate(aims.goals) for part in aim.parts}
        self._group = np.array([group[iri] for iri in self.index.iris], dtype=np.intp)
        self._order = np.argsort(self._group, kind="stable")
        self._starts = np.searchsorted(self._group[self._order], np.arange(len(aims.goals)))
        self._goal_weights = _grouped_weights(thesaurus, group)
        self._calibration = calibration

    def prepare(
        self, texts: Sequence[str], *, like: PreparedText | None = None
    ) -> list[PreparedText]:
        """Return texts of people prepared; their vectors are not kept."""
        return prepare(texts, self.annotator, self.cache.encoder, places=self.places, like=like)

    def prepare_known(self, texts: Sequence[str]) -> list[PreparedText]:
        """Return texts of the dataset prepared; their vectors go to the cache."""
        return prepare(texts, self.annotator, self.cache, places=self.places)

    def figures(self, prepared: PreparedText) -> SdgFigures:
        """Return the figures of targets, and of goals by what they and their targets say."""
        return self._figures(prepared, self.index.near([prepared])[0])

    def _figures(self, prepared: PreparedText, near: Vectors) -> SdgFigures:
        compared = self.index.compare(prepared, near)
        count = len(self.goals)
        table = compared.table[self._order]
        goals = np.maximum.reduceat(table, self._starts, axis=0) if count else table
        if count and len(compared.best):
            best = np.maximum.reduceat(compared.best[:, self._order], self._starts, axis=1)
            goals[:, 1] = best.mean(axis=0)
        if count:
            goals[:, 2] = np.add.reduceat(table[:, 2], self._starts)
        goals[:, 5] = thesaurus_evidence(prepared, self._goal_weights, count)
        return SdgFigures(goals, compared.table[count:])

    def target_figures(self, targets: Matrix, goal_odds: Matrix) -> Matrix:
        """Return the figures of the targets with the log-odds of their goals as last column."""
        return np.column_stack([targets, goal_odds[self._group[len(self.goals) :]]])

    def score(self, prepared: PreparedText) -> SdgScores:
        """Return the probabilities of all goals and targets."""
        return self.score_all([prepared])[0]

    def score_all(self, prepared: Sequence[PreparedText]) -> list[SdgScores]:
        """Return the probabilities for several texts, quicker than one by one."""
        if not prepared:
            return []
        pairs = zip(prepared, self.index.near(prepared), strict=True)
        return [self._score(self._figures(text, near)) for text, near in pairs]

    def _score(self, figures: SdgFigures) -> SdgScores:
        if self._calibration is None:
            message = "An uncalibrated matcher gives figures, not probabilities."
            raise ValueError(message)
        goal_odds = self._calibration.goal.logits(figures.goals, FEATURES)
        targets = self.target_figures(figures.targets, goal_odds)
        target_odds = self._calibration.target.logits(targets, TARGET_FEATURES)
        return SdgScores(
            Scores(self.goals, sigmoid(goal_odds), figures.goals),
            Scores(self.targets, sigmoid(target_odds), targets),
        )


def _grouped_weights(
    thesaurus: Thesaurus, group: Mapping[str, int]
) -> Mapping[str, Sequence[tuple[int, float]]]:
    """Return by concept the weight for each goal: the largest of the goal and its targets."""
    weights: dict[str, Sequence[tuple[int, float]]] = {}
    for concept in thesaurus.concepts.values():
        best: dict[int, float] = {}
        for link in concept.aims:
            if link.aim in group:
                place = group[link.aim]
                best[place] = max(best.get(place, 0.0), link.weight)
        weights[concept.iri] = sorted(best.items())
    return weights


class GoalMatcher:
    """Score texts against goals of concepts; built once, never changed.

    `own_sdg` holds the SDG scores of each goal's own text.
    """

    def __init__(
        self, aims: Sequence[AimText], sdg: SdgMatcher, calibration: Calibration | None
    ) -> None:
        self._sdg = sdg
        self._calibration = calibration
        whole = sdg.prepare_known([" \n\n".join(aim.german or aim.english) for aim in aims])
        words = AimWords(_shared_weights(aims, whole, sdg.thesaurus), {})
        self.index = AimIndex(aims, words, sdg.cache, head=False)
        self.own_sdg = tuple(sdg.score_all(whole))
        profiles = [profile_of(scores) for scores in self.own_sdg]
        self._profiles = np.vstack(profiles) if profiles else np.zeros((0, 1))

    def figures(self, prepared: PreparedText, sdg: SdgScores) -> Matrix:
        """Return the figures of the goals; the last column compares SDG profiles."""
        profile = self._profiles @ profile_of(sdg) if len(self.index) else np.zeros(0)
        found = self.index.compare(prepared, self.index.near([prepared])[0]).table
        kept = [place for place, name in enumerate(FEATURES) if name != "head"]
        return np.column_stack([found[:, kept], profile])

    def score(self, prepared: PreparedText, sdg: SdgScores) -> Scores:
        """Return the probabilities of all goals for a text whose SDG scores are known."""
        if self._calibration is None:
            message = "An uncalibrated matcher gives figures, not probabilities."
            raise ValueError(message)
        figures = self.figures(prepared, sdg)
        if not len(self.index):
            return Scores((), np.zeros(0), figures)
        odds = self._calibration.concept.logits(figures, CONCEPT_FEATURES)
        return Scores(self.index.iris, sigmoid(odds), figures)


def profile_of(scores: SdgScores) -> Matrix:
    """Return the SDG probabilities of a text as a unit vector."""
    profile = np.concatenate([scores.goals.probabilities, scores.targets.probabilities])
    root = np.sqrt(profile)
    return np.asarray(root / (np.linalg.norm(root) or 1.0))


def _shared_weights(
    aims: Sequence[AimText], prepared: Sequence[PreparedText], thesaurus: Thesaurus
) -> Mapping[str, Mapping[str, float]]:
    """Return by concept how strongly each aim's own text speaks of it, rarer concepts more."""
    named: dict[str, dict[str, float]] = defaultdict(dict)
    for aim, text in zip(aims, prepared, strict=True):
        for mention in text.affirmed:
            before = named[mention.concept].get(aim.iri, 0.0)
            named[mention.concept][aim.iri] = max(before, mention.weight)
    rarity = {
        concept: log(1 + len(aims) / len(holders)) / log(1 + len(aims))
        for concept, holders in named.items()
    }
    weights: dict[str, dict[str, float]] = defaultdict(dict)
    for concept in sorted(thesaurus.concepts):
        entry = thesaurus.concepts[concept]
        sources = [(concept, 1.0), *_wider(entry, thesaurus)]
        sources += [(near, RELATED) for near in entry.related]
        for source, factor in sources:
            for iri, weight in named.get(source, {}).items():
                value = factor * rarity[source] * weight
                weights[concept][iri] = max(weights[concept].get(iri, 0.0), value)
    return weights


def _wider(concept: Concept, thesaurus: Thesaurus) -> list[tuple[str, float]]:
    """Return the concepts one and two steps above a concept, with what is left of the weight."""
    found: dict[str, float] = {}
    step = [concept]
    factor = NARROWER
    for _ in range(2):
        above = sorted({iri for entry in step for iri in entry.broader} - found.keys())
        found.update(dict.fromkeys(above, factor))
        step = [thesaurus.concepts[iri] for iri in above if iri in thesaurus.concepts]
        factor *= NARROWER
    return sorted(found.items())


def matched_words(mentions: Sequence[Mention]) -> list[str]:
    """Return the words of mentions as the text has them, each once, in order of place."""
    return list(dict.fromkeys(" … ".join(mention.words) for mention in mentions))
