"""Read vectors of texts with linear classifiers (softmax regression) for goals and targets.

Fitting minimises the mean cross-entropy with a ridge on the coefficients by steps against a fixed
upper bound of the curvature (Böhning 1992, Multinomial logistic regression algorithm), hastened
after Nesterov. It draws no random number.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from kg.matching.semantic import DIMENSIONS, Vectors

Matrix = NDArray[np.float64]

# The last class of a head: the text is about none of the labels.
NONE: Final = ""
STEPS: Final = 60


HEAD_FEATURES: Final = ("head", "share", "lead", "none")

# A row a text, a row a label, a column for each of `HEAD_FEATURES`.
Readings = NDArray[np.float64]


def readings(logits: Matrix, columns: Sequence[int]) -> Readings:
    """Return the figures that the model reads of log-odds; the last column of these is none.

    `head`: log-odds as they are; `share`: logarithm of the label's probability; `lead`: how far
    it is from the most probable other label; `none`: logarithm of the probability of none.
    """
    top = logits.max(axis=1, keepdims=True)
    shares = logits - top - np.log(np.exp(logits - top).sum(axis=1, keepdims=True))
    labelled = shares[:, :-1]
    best = labelled.max(axis=1, keepdims=True)
    second = np.sort(labelled, axis=1)[:, -2:-1] if labelled.shape[1] > 1 else best
    lead = shares - np.where(shares == best, second, best)
    none = np.repeat(shares[:, -1:], len(columns), axis=1)
    places = np.asarray(columns, dtype=np.intp)
    return np.stack([logits[:, places], shares[:, places], lead[:, places], none], axis=2)


@dataclass(frozen=True, slots=True)
class Head:
    """Hold one classifier: a column of `matrix` a label, the last one for none of them."""

    labels: tuple[str, ...]
    matrix: Vectors

    def reading(self, vectors: Vectors, labels: Sequence[str]) -> Readings:
        """Return what the classifier says of each of these labels for unit vectors (rows).

        A label it does not know is read as none.
        """
        places = {label: place for place, label in enumerate(self.labels)}
        columns = [places.get(label, len(self.labels) - 1) for label in labels]
        return readings(self.logits(vectors), columns)

    def logits(self, vectors: Vectors) -> Matrix:
        """Return the log-odds of every label and of none (columns) for unit vectors (rows)."""
        found = vectors @ self.matrix[:-1] + self.matrix[-1]
        return np.asarray(found, dtype=np.float64)


@dataclass(frozen=True, slots=True)
class Heads:
    """Hold the classifiers of the SDG goals and of the SDG targets."""

    goal: Head
    target: Head


def text_vectors(texts: Sequence[Vectors]) -> Vectors:
    """Return one unit vector a text: the direction of the mean of its sentences' vectors."""
    found = np.zeros((len(texts), DIMENSIONS), dtype=np.float32)
    for row, sentences in enumerate(texts):
        if len(sentences):
            mean = sentences.mean(axis=0)
            found[row] = mean / (np.linalg.norm(mean) or 1.0)
    return found


def balanced(targets: Matrix, weights: Matrix) -> Matrix:
    """Return weights of texts under which every label weighs the same; their mean is 1."""
    totals = (targets * weights[:, None]).sum(axis=0)
    share = np.divide(1.0, totals, out=np.zeros_like(totals), where=totals > 0)
    found = weights * (targets * share).sum(axis=1)
    return np.asarray(found / found.mean())


def fit_head(
    labels: Sequence[str], vectors: Vectors, targets: Matrix, weights: Matrix, *, ridge: float
) -> Head:
    """Return the classifier for texts whose rows of `targets` sum to one.

    `targets` has a column a label and a last one for none; `weights` has mean 1.
    """
    rows = len(vectors)
    inputs = np.hstack([vectors, np.ones((rows, 1), dtype=np.float32)])
    aimed = targets.astype(np.float32)
    scaled = (weights / rows).astype(np.float32)[:, None]
    penalty = np.full(inputs.shape[1], ridge)
    penalty[-1] = 1e-6
    bound = 0.5 * (inputs.T @ (inputs * scaled)).astype(np.float64) + np.diag(penalty)
    inverse = np.linalg.inv(bound).astype(np.float32)
    found = np.zeros((inputs.shape[1], aimed.shape[1]), dtype=np.float32)
    ahead, pace = found, 1.0
    for _ in range(STEPS):
        slope = inputs.T @ (scaled * (_softmax(inputs @ ahead) - aimed))
        slope += penalty[:, None].astype(np.float32) * ahead
        fresh = ahead - inverse @ slope
        faster = (1.0 + np.sqrt(1.0 + 4.0 * pace * pace)) / 2.0
        ahead = fresh + np.float32((pace - 1.0) / faster) * (fresh - found)
        found, pace = fresh, faster
    return Head((*labels, NONE), found)


def _softmax(odds: Vectors) -> Vectors:
    odds = odds - odds.max(axis=1, keepdims=True)
    np.exp(odds, out=odds)
    odds /= odds.sum(axis=1, keepdims=True)
    return odds
