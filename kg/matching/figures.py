"""Count how well ranked answers meet stated labels, and whether their probabilities hold."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import asdict, dataclass
from math import nan

import numpy as np
from numpy.typing import NDArray

Matrix = NDArray[np.float64]
Ranked = Sequence[tuple[str, float]]
BINS = 10


@dataclass(frozen=True, slots=True)
class Figures:
    """Hold the figures of one set; only rows with a label count, and no missing label is wrong.

    `accuracy_at_1` and `hit_at_3`: share of texts with a stated label in the first one or three.
    `recall_at_3`: share of the stated labels (three at most) among the first three. `mrr`: mean of
    one through the place of the first stated label. `map`: mean average precision (Manning et al.,
    Introduction to Information Retrieval, 8.4). `calibration_error`: mean distance of the
    first answer's probability from its frequency, over ten bins (Naeini et al. 2015, ECE);
    `calibration_error_all` the same over all pairs of text and aim. Missing labels make both too
    large.
    """

    set: str
    against: str
    rows: int
    accuracy_at_1: float
    hit_at_3: float
    recall_at_3: float
    mrr: float
    map: float
    calibration_error: float
    calibration_error_all: float

    def as_json(self) -> dict[str, str | int | float]:
        """Return the figures for output."""
        return asdict(self)


@dataclass(frozen=True, slots=True)
class Bin:
    """Hold one step of a reliability curve: how probable answers were said to be, and were."""

    lower: float
    count: int
    said: float
    was: float


def measure(name: str, against: str, answers: Iterable[tuple[Ranked, Collection[str]]]) -> Figures:
    """Return the figures of ranked answers with their stated labels.

    >>> ranked = [("12.5", 0.9), ("11.6", 0.4)]
    >>> measure("example", "sdg-target", [(ranked, {"11.6"})]).mrr
    0.5
    """
    labelled = [(ranked, stated) for ranked, stated in answers if stated]
    if not labelled:
        return Figures(name, against, 0, nan, nan, nan, nan, nan, nan, nan)
    place = np.array([first_place(ranked, stated) for ranked, stated in labelled])
    recalls = [
        len({label for label, _ in ranked[:3]} & set(stated)) / min(3, len(stated))
        for ranked, stated in labelled
    ]
    firsts = np.array([ranked[0][1] if ranked else 0.0 for ranked, _ in labelled])
    every, right = pairs(labelled)
    return Figures(
        name,
        against,
        len(labelled),
        round(float((place == 0).mean()), 3),
        round(float((place < 3).mean()), 3),
        round(float(np.mean(recalls)), 3),
        round(float((1 / (place + 1)).mean()), 3),
        round(float(np.mean([average_precision(*answer) for answer in labelled])), 3),
        round(calibration_error(firsts, place == 0), 3),
        round(calibration_error(every, right), 3),
    )


def first_place(ranked: Ranked, stated: Collection[str]) -> int:
    """Return how many answers stand before the first stated label."""
    places = (place for place, (label, _) in enumerate(ranked) if label in stated)
    return next(places, len(ranked))


def average_precision(ranked: Ranked, stated: Collection[str]) -> float:
    """Return the mean, over the stated labels, of the precision down to their place.

    >>> average_precision([("a", 0.9), ("b", 0.5), ("c", 0.1)], {"a", "c"})
    0.8333333333333333
    """
    found = 0
    total = 0.0
    for place, (label, _) in enumerate(ranked, 1):
        if label in stated:
            found += 1
            total += found / place
    return total / len(stated)


def pairs(answers: Iterable[tuple[Ranked, Collection[str]]]) -> tuple[Matrix, NDArray[np.bool_]]:
    """Return the probability of each pair of text and aim, and whether the source states it."""
    chances: list[float] = []
    right: list[bool] = []
    for ranked, stated in answers:
        chances.extend(chance for _, chance in ranked)
        right.extend(label in stated for label, _ in ranked)
    return np.array(chances, dtype=np.float64), np.array(right, dtype=np.bool_)


def reliability(chances: Matrix, right: NDArray[np.bool_]) -> list[Bin]:
    """Return the reliability curve in ten steps, empty steps left out."""
    steps = np.minimum((chances * BINS).astype(int), BINS - 1)
    found: list[Bin] = []
    for step in range(BINS):
        inside = steps == step
        if inside.any():
            said, was = float(chances[inside].mean()), float(right[inside].mean())
            found.append(Bin(step / BINS, int(inside.sum()), said, was))
    return found


def calibration_error(chances: Matrix, right: NDArray[np.bool_]) -> float:
    """Return the mean distance of probability and frequency over ten bins, weighted by size."""
    total = len(chances)
    curve = reliability(chances, np.asarray(right, dtype=np.bool_))
    return sum(abs(step.said - step.was) * step.count / total for step in curve)


def area(scores: Matrix, right: NDArray[np.bool_]) -> float:
    """Return the area under the ROC curve: how often a right one scores above a wrong one.

    >>> area(np.array([0.9, 0.8, 0.1]), np.array([True, False, False]))
    1.0
    """
    positive, negative = scores[right], scores[~right]
    if not len(positive) or not len(negative):
        return nan
    order = np.sort(negative)
    below = np.searchsorted(order, positive, side="left")
    level = np.searchsorted(order, positive, side="right") - below
    return float((below + level / 2).sum() / (len(positive) * len(negative)))
