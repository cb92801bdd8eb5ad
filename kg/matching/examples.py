"""Turn labelled texts into examples to fit on: figures, labels, weights and groups."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from kg.matching.calibration import design, fit_logistic, rival_odds
from kg.matching.evaluate import candidates_of
from kg.matching.gold import FitRow, Gold, SdgRow, unrelated_texts
from kg.matching.match import CONCEPT_FEATURES, TARGET_FEATURES, GoalMatcher, SdgMatcher
from kg.matching.prepare import PreparedText
from kg.matching.rank import FEATURES, Matrix
from kg.matching.sdg import sdg_code

FOLDS: Final = 5
PENALTY: Final = 5.0
SILENT_WEIGHT: Final = 0.7
NOISY_WEIGHT: Final = 0.5
SIBLING_WEIGHT: Final = 0.5


@dataclass(frozen=True, slots=True)
class Example:
    """Hold one text: columns by aim, labels and weights (0: unknown, left out), and its group.

    An unrelated text has the group "".
    """

    iris: tuple[str, ...]
    columns: Matrix
    labels: Matrix
    weights: Matrix
    group: str


@dataclass(frozen=True, slots=True)
class Examples:
    """Hold the texts to fit one model on."""

    texts: tuple[Example, ...]

    def fit(self, folds: Collection[int]) -> tuple[Matrix, Matrix, Matrix, float]:
        """Return the model fitted on the texts of these folds."""
        kept = [text for text, fold in zip(self.texts, self.folds(), strict=True) if fold in folds]
        rows = np.vstack([text.columns for text in kept])
        labels = np.concatenate([text.labels for text in kept])
        weights = np.concatenate([text.weights for text in kept])
        used = weights > 0
        return fit_logistic(rows[used], labels[used], weights[used], penalty=PENALTY)

    def folds(self) -> list[int]:
        """Return the fold of each text: one a group, unrelated texts are dealt out."""
        sizes = Counter(text.group for text in self.texts if text.group)
        load = [0] * FOLDS
        fold_of: dict[str, int] = {}
        for name in sorted(sizes, key=lambda item: (-sizes[item], item)):
            fold_of[name] = load.index(min(load))
            load[fold_of[name]] += sizes[name]
        return [
            fold_of[text.group] if text.group else place % FOLDS
            for place, text in enumerate(self.texts)
        ]

    def scaling(self, odds: Sequence[Matrix]) -> tuple[float, float, float]:
        """Return steepness, rivalry and shift that turn held-out log-odds into fitting ones."""
        weights = np.concatenate([text.weights for text in self.texts])
        labels = np.concatenate([text.labels for text in self.texts])
        used = weights > 0
        rivals = [np.full(len(values), rival_odds(values)) for values in odds]
        inputs = np.column_stack([np.concatenate(list(odds)), np.concatenate(rivals)])[used]
        mean, scale, slopes, intercept = fit_logistic(
            inputs, labels[used], weights[used], penalty=1e-6
        )
        steepness, rivalry = slopes / scale
        shift = intercept - float(mean @ (slopes / scale))
        return float(steepness), float(rivalry), shift

    def held_out(self) -> list[Matrix]:
        """Return the log-odds of every text by the model fitted without its group."""
        models = [self.fit(set(range(FOLDS)) - {fold}) for fold in range(FOLDS)]
        found: list[Matrix] = []
        for text, fold in zip(self.texts, self.folds(), strict=True):
            mean, scale, coefficients, intercept = models[fold]
            found.append(((text.columns - mean) / scale) @ coefficients + intercept)
        return found


def goal_examples(
    matcher: SdgMatcher, rows: Sequence[SdgRow], texts: Sequence[PreparedText]
) -> Examples:
    """Return the examples of the goal model; texts beyond the rows are unrelated ones."""
    iris = matcher.goals
    examples: list[Example] = []
    for place, text in enumerate(texts):
        columns = design(matcher.figures(text).goals, FEATURES)
        if place >= len(rows):
            examples.append(_unrelated(iris, columns))
            continue
        row = rows[place]
        stated = [sdg_code(iri) in row.goals for iri in iris]
        silent = 1.0 if row.complete else SILENT_WEIGHT
        weights = [1.0 if known else silent for known in stated]
        examples.append(_example(iris, columns, stated, weights, min(row.goals, key=int)))
    return Examples(tuple(examples))


def target_examples(
    matcher: SdgMatcher,
    rows: Sequence[SdgRow],
    texts: Sequence[PreparedText],
    goal_odds: Sequence[Matrix],
) -> Examples:
    """Return the examples of the target model; `goal_odds` are those of texts held out."""
    iris = matcher.targets
    examples: list[Example] = []
    for place, (text, odds) in enumerate(zip(texts, goal_odds, strict=True)):
        columns = design(
            matcher.target_figures(matcher.figures(text).targets, odds), TARGET_FEATURES
        )
        if place >= len(rows):
            examples.append(_unrelated(iris, columns))
        elif rows[place].targets:
            row = rows[place]
            codes = [sdg_code(iri) for iri in iris]
            stated = [code in row.targets for code in codes]
            weights = [_target_weight(row, code) for code in codes]
            examples.append(_example(iris, columns, stated, weights, min(row.goals, key=int)))
    return Examples(tuple(examples))


def concept_examples(matchers: Mapping[str, GoalMatcher], gold: Gold, sdg: SdgMatcher) -> Examples:
    """Return the examples of the concept goal model: each text against the goals of its city."""
    rows = [row for name in sorted(gold.fit) for row in gold.fit[name] if row.goals]
    concept_of = {row.id: row.concept for row in gold.goals}
    examples: list[Example] = []
    for row, text in zip(rows, sdg.prepare([row.text for row in rows]), strict=True):
        matcher = matchers[candidates_of(row, matchers)]
        iris = matcher.index.iris
        columns = design(matcher.figures(text, sdg.score(text)), CONCEPT_FEATURES)
        stated = [iri in row.goals for iri in iris]
        concepts = {concept_of[goal] for goal in row.goals if goal in concept_of}
        weights = [_fit_weight(row, iri, concepts, concept_of) for iri in iris]
        examples.append(_example(iris, columns, stated, weights, row.city))
    for text in sdg.prepare(unrelated_texts()):
        for _, matcher in sorted(matchers.items()):
            columns = design(matcher.figures(text, sdg.score(text)), CONCEPT_FEATURES)
            examples.append(_unrelated(matcher.index.iris, columns))
    return Examples(tuple(examples))


def _example(
    iris: tuple[str, ...],
    columns: Matrix,
    stated: Sequence[bool],
    weights: Sequence[float],
    group: str,
) -> Example:
    return Example(iris, columns, np.array(stated, dtype=np.float64), np.array(weights), group)


def _unrelated(iris: tuple[str, ...], columns: Matrix) -> Example:
    return Example(iris, columns, np.zeros(len(iris)), np.ones(len(iris)), "")


def _target_weight(row: SdgRow, code: str) -> float:
    if code in row.targets:
        return 1.0
    return SIBLING_WEIGHT if code.split(".")[0] in row.goals else 1.0


def _fit_weight(row: FitRow, goal: str, concepts: set[str], concept_of: Mapping[str, str]) -> float:
    quality = 1.0 if row.stated else NOISY_WEIGHT
    if goal in row.goals or row.stated:
        return quality
    return 0.0 if concept_of[goal] in concepts else quality
