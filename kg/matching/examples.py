"""Turn labelled texts into examples to fit on: columns by aim, labels, weights and folds."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from kg.matching.calibration import design, fit_logistic, rival_odds
from kg.matching.match import GOAL_FEATURES, TARGET_FEATURES
from kg.matching.rank import Matrix
from kg.matching.training_texts import Passage
from ontology.namespaces import SDG

FOLDS: Final = 5
PENALTY: Final = 5.0
# The goal model answers the question whether a text is about a goal. It learns from pairs somebody
# judged: a passage with the goals it is about and with those one might take for it. The other goals
# of a passage together weigh about as much as one judged pair.
SILENT_WEIGHT: Final = 0.05
# The targets that a passage does not name may be served beside those it names.
SIBLING_WEIGHT: Final = 0.5


@dataclass(frozen=True, slots=True)
class Example:
    """Hold one text: columns by aim, labels and weights (0: unknown, left out), and its fold.

    An unrelated text has no right label; one that is reviewed, or held against a `part` of a city,
    helps to fit, but no figure counts it.
    `above` is the probability of what the aims rest on, by which theirs is multiplied.
    """

    iris: tuple[str, ...]
    columns: Matrix
    labels: Matrix
    weights: Matrix
    fold: int
    related: bool
    reviewed: bool = False
    part: bool = False
    above: Matrix | float = 1.0


@dataclass(frozen=True, slots=True)
class Examples:
    """Hold the texts to fit one model on."""

    texts: tuple[Example, ...]

    def with_more(self, texts: Sequence[Example]) -> Examples:
        """Return these texts and others after them."""
        return Examples((*self.texts, *texts))

    def fit(self, folds: Collection[int]) -> tuple[Matrix, Matrix, Matrix, float]:
        """Return the model fitted on the texts of these folds."""
        kept = [text for text in self.texts if text.fold in folds]
        rows = np.vstack([text.columns for text in kept])
        labels = np.concatenate([text.labels for text in kept])
        weights = np.concatenate([text.weights for text in kept])
        used = weights > 0
        return fit_logistic(rows[used], labels[used], weights[used], penalty=PENALTY)

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
        """Return the log-odds of every text by the model fitted without its fold."""
        folds = sorted({text.fold for text in self.texts})
        models = {fold: self.fit(set(folds) - {fold}) for fold in folds}
        found: list[Matrix] = []
        for text in self.texts:
            mean, scale, coefficients, intercept = models[text.fold]
            found.append(((text.columns - mean) / scale) @ coefficients + intercept)
        return found


def goal_examples(
    iris: tuple[str, ...],
    tables: Sequence[Matrix],
    passages: Sequence[Passage],
    folds: Sequence[int],
) -> Examples:
    """Return the examples of the goal model: passages, then unrelated texts."""
    found: list[Example] = []
    for place, (table, fold) in enumerate(zip(tables, folds, strict=True)):
        shown = design(table, GOAL_FEATURES)
        if place >= len(passages):
            zero = np.zeros(len(iris))
            found.append(Example(iris, shown, zero, zero + 1.0, fold, related=False))
            continue
        own = passages[place]
        stated = {SDG + code for code in own.goals}
        judged = stated | {SDG + code for code in own.not_goals}
        labels = np.array([float(iri in stated) for iri in iris])
        weights = np.array([1.0 if iri in judged else SILENT_WEIGHT for iri in iris])
        found.append(
            Example(
                iris, shown, labels, weights if own.plain else weights * 0.0, fold, related=True
            )
        )
    return Examples(tuple(found))


def target_examples(
    iris: tuple[str, ...],
    tables: Sequence[Matrix],
    passages: Sequence[Passage],
    folds: Sequence[int],
    above: Sequence[Matrix],
) -> Examples:
    """Return the examples of the target model; `above` are the probabilities of the goals."""
    found: list[Example] = []
    for place, (table, fold) in enumerate(zip(tables, folds, strict=True)):
        related = place < len(passages)
        goals = {SDG + code for code in passages[place].goals} if related else set()
        stated = {SDG + code for code in passages[place].targets} if related else set()
        labels = np.array([float(iri in stated) for iri in iris])
        weights = np.array([_target_weight(iri, stated, goals) for iri in iris])
        shown = design(table, TARGET_FEATURES)
        found.append(Example(iris, shown, labels, weights, fold, related, above=above[place]))
    return Examples(tuple(found))


def _target_weight(iri: str, stated: set[str], goals: set[str]) -> float:
    if iri in stated or iri.rsplit(".", 1)[0] not in goals:
        return 1.0
    return SIBLING_WEIGHT if stated else 0.0
