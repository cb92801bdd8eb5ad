"""Turn figures into probabilities with coefficients fitted on labelled texts, kept as data."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

import numpy as np
from numpy.typing import NDArray

from kg.matching.layers import LAYERS, layer_of
from kg.matching.rank import Matrix

DIGITS: Final = 5
# 1 for an aim of a few words, such as the name of a field of action, else 0. Such an aim is near to
# no text, yet wide; so the other figures count differently for it.
HEADING: Final = "heading"
# How probable the best SDG goal is, as a logarithm: the same for all aims of a text. A text about
# no SDG is about none of a city's goals.
ABOUT: Final = "about"
# So many aims in a city make "few" a half. The fewer aims, the less a figure tells in comparison
# with the others, and the more it must tell as it is.
FEW: Final = 2.0

# Spread of a figure over the aims below which it tells nothing apart; noise is not blown up.
FLOORS: Final[Mapping[str, float]] = {
    "cosine_max": 0.03,
    "cosine_mean": 0.03,
    "head": 0.3,
    "share": 0.3,
    "bm25": 1.0,
    "characters": 0.02,
    "thesaurus": 0.3,
    "opening": 0.03,
    "whole": 0.03,
    "profile": 0.1,
    "goal": 1.0,
}
LOGARITHMIC: Final = frozenset({"bm25"})
# Figures that also count as they are, so that a text near to nothing gets no high probability.
ABSOLUTE: Final = frozenset(
    {
        "cosine_max",
        "cosine_mean",
        "bm25",
        "characters",
        "thesaurus",
        "head",
        "share",
        "lead",
        "none",
        "opening",
        "whole",
        "profile",
        "goal",
        HEADING,
        ABOUT,
    }
)
# Figures that already compare the aims of one text, or say something of the aim alone.
NOT_COMPARED: Final = frozenset({"lead", "none", HEADING, ABOUT})
# The columns of a model that is used for cities with many goals and with few begin so.
_FEW: Final = "few"
FEW_AIMS: Final = f"{_FEW}:aims"


def fewness(aims: int) -> float:
    """Return how few aims a text is compared with: near 1 for one, towards 0 for very many.

    >>> fewness(2), fewness(198)
    (0.5, 0.01)
    """
    return FEW / (FEW + aims)


def columns(names: Sequence[str]) -> tuple[str, ...]:
    """Return the names of the columns that `design` makes of figures with these names."""
    compared = [name for name in names if name not in NOT_COMPARED]
    return (
        *(f"z:{name}" for name in compared),
        *(f"raw:{name}" for name in names if name in ABSOLUTE),
        *(f"{HEADING}:{name}" for name in compared if HEADING in names),
        *(f"{_FEW}:{name}" for name in names if name in ABSOLUTE and HEADING in names),
        *((FEW_AIMS,) if HEADING in names else ()),
    )


@lru_cache(maxsize=16)
def _columns(names: tuple[str, ...]) -> tuple[str, ...]:
    return columns(names)


@dataclass(frozen=True, slots=True)
class _Plan:
    """Hold which figures are compared, which stand as they are, and which heading parts them."""

    compared: NDArray[np.intp]
    floors: Matrix
    raw: NDArray[np.intp]
    logarithmic: NDArray[np.intp]
    heading: int


@lru_cache(maxsize=16)
def _plan(names: tuple[str, ...]) -> _Plan:
    compared = [place for place, name in enumerate(names) if name not in NOT_COMPARED]
    raw = [place for place, name in enumerate(names) if name in ABSOLUTE]
    return _Plan(
        np.array(compared, dtype=np.intp),
        np.array([FLOORS[names[place]] for place in compared]),
        np.array(raw, dtype=np.intp),
        np.array([i for i, place in enumerate(raw) if names[place] in LOGARITHMIC], dtype=np.intp),
        names.index(HEADING) if HEADING in names else -1,
    )


def design(figures: Matrix, names: Sequence[str]) -> Matrix:
    """Return the columns of the linear model for one text against all aims of a city.

    They are distances from the mean of the aims, figures as they are, distances for headings, and
    figures as they are times how few the aims are. `figures` has a row an aim, and may have a
    layer a text.
    """
    plan = _plan(tuple(names))
    compared, width = figures[..., plan.compared], len(plan.compared)
    ends, aims = width + len(plan.raw), figures.shape[-2]
    more = ends + 1 if plan.heading >= 0 else 0
    found = np.zeros((*figures.shape[:-1], ends + more))
    if aims > 1:
        apart = compared - compared.sum(axis=-2, keepdims=True) / aims
        spread = np.sqrt((apart * apart).sum(axis=-2, keepdims=True) / aims)
        np.divide(apart, np.maximum(spread, plan.floors), out=found[..., :width])
    raw = figures[..., plan.raw]
    raw[..., plan.logarithmic] = np.log1p(raw[..., plan.logarithmic])
    found[..., width:ends] = raw
    if plan.heading >= 0:
        found[..., ends : ends + width] = found[..., :width] * figures[..., [plan.heading]]
        few = fewness(aims)
        found[..., ends + width : -1] = raw * few
        found[..., -1] = few
    return found


@dataclass(frozen=True, slots=True)
class LinearModel:
    """Hold a logistic model; `line` is the probability below which the answer is not known.

    `scaling` holds steepness, rivalry and shift, see `rescale`; `slopes` how far log-odds above
    and below zero are trusted, see `damp`.
    """

    names: tuple[str, ...]
    mean: tuple[float, ...]
    scale: tuple[float, ...]
    coefficients: tuple[float, ...]
    intercept: float
    scaling: tuple[float, float, float]
    slopes: tuple[float, float]
    line: float

    def logits(self, figures: Matrix, names: Sequence[str]) -> Matrix:
        """Return the log-odds of every aim; of several texts where figures have a layer a text."""
        weights = self._weights(names)
        odds = design(figures, names) @ weights.slopes + weights.shift
        return damp(rescale(odds, self.scaling), self.slopes)

    def lifts(
        self, figures: Matrix, names: Sequence[str], *, aims: Sequence[int] | None = None
    ) -> Matrix:
        """Return how far each layer (column, as in `LAYERS`) lifts each aim over the mean aim.

        A column of the model contributes its coefficient times the standardised value. A layer's
        lift is the sum of its columns' contributions for the aim, less the mean of that sum over
        all aims of the same text: what the intercept and the text as such give every aim lifts
        none. In log-odds before `rescale`, so lifts of one text compare with each other only.
        `aims` asks for some of the rows only.
        """
        weights = self._weights(names)
        table = design(figures, names)
        mean = table.sum(axis=-2, keepdims=True) / max(table.shape[-2], 1)
        asked = table if aims is None else table[np.asarray(aims, dtype=np.intp)]
        return np.asarray((asked - mean) @ weights.layers)

    def shares(
        self, figures: Matrix, names: Sequence[str], *, aims: Sequence[int] | None = None
    ) -> Matrix:
        """Return the share of each layer (column) in what lifts each aim over the mean aim.

        Layers that lower the aim have no share; a row sums to 1, or is 0 if nothing lifts the aim.
        `aims` asks for some of the rows only.
        """
        positive = np.maximum(self.lifts(figures, names, aims=aims), 0.0)
        total = positive.sum(axis=-1, keepdims=True)
        return np.asarray(np.divide(positive, total, out=np.zeros_like(positive), where=total > 0))

    def _weights(self, names: Sequence[str]) -> _Weights:
        if _columns(tuple(names)) != self.names:
            message = "The calibration was fitted on other figures; fit it anew."
            raise ValueError(message)
        return _weights(self)

    @classmethod
    def of_json(cls, part: Mapping[str, object]) -> LinearModel:
        """Return the model that one part of the calibration file describes."""
        return cls(
            tuple(str(name) for name in _items(part["columns"])),
            tuple(_number(value) for value in _items(part["mean"])),
            tuple(_number(value) for value in _items(part["scale"])),
            tuple(_number(value) for value in _items(part["coefficients"])),
            _number(part["intercept"]),
            (
                _number(part["steepness"]),
                _number(part["rivalry"]),
                _number(part["shift"]),
            ),
            (_number(part["above"]), _number(part["below"])),
            _number(part["line"]),
        )

    def as_json(self) -> dict[str, object]:
        """Return the model as the calibration file keeps it."""
        return {
            "columns": list(self.names),
            "mean": [round(value, DIGITS) for value in self.mean],
            "scale": [round(value, DIGITS) for value in self.scale],
            "coefficients": [round(value, DIGITS) for value in self.coefficients],
            "intercept": round(self.intercept, DIGITS),
            "steepness": round(self.scaling[0], DIGITS),
            "rivalry": round(self.scaling[1], DIGITS),
            "shift": round(self.scaling[2], DIGITS),
            "above": round(self.slopes[0], DIGITS),
            "below": round(self.slopes[1], DIGITS),
            "line": self.line,
        }


@dataclass(frozen=True, slots=True)
class _Weights:
    """Hold a model as arrays for columns that are not standardised."""

    slopes: Matrix
    shift: float
    layers: Matrix


@lru_cache(maxsize=16)
def _weights(model: LinearModel) -> _Weights:
    slopes = np.array(model.coefficients) / np.array(model.scale)
    layers = np.array([[layer_of(name) == layer for layer in LAYERS] for name in model.names])
    shift = model.intercept - float(np.array(model.mean) @ slopes)
    return _Weights(slopes, shift, layers * slopes[:, None])


def sigmoid(logits: Matrix) -> Matrix:
    """Return probabilities for log-odds.

    >>> float(sigmoid(np.array(0.0)))
    0.5
    """
    return np.asarray(1.0 / (1.0 + np.exp(-np.clip(logits, -30, 30))))


def rival_odds(odds: Matrix) -> Matrix:
    """Return how much all aims of one text claim together, as a logarithm; or a row a text.

    >>> float(np.round(rival_odds(np.array([0.0, 0.0])), 3))
    0.693
    """
    if not odds.shape[-1]:
        return np.zeros(odds.shape[:-1])
    top = odds.max(axis=-1)
    return np.asarray(top + np.log(np.exp(odds - top[..., None]).sum(axis=-1)))


def rescale(odds: Matrix, scaling: tuple[float, float, float]) -> Matrix:
    """Return log-odds made steeper and lowered by what the rivals claim; the order stays."""
    steepness, rivalry, shift = scaling
    return np.asarray(odds * steepness + rival_odds(odds)[..., None] * rivalry + shift)


def damp(odds: Matrix, slopes: tuple[float, float]) -> Matrix:
    """Return log-odds with one slope above zero and one below; even odds stay even.

    >>> [float(value) for value in damp(np.array([2.0, -2.0]), (0.5, 1.0))]
    [1.0, -2.0]
    """
    return np.asarray(np.where(odds > 0, odds * slopes[0], odds * slopes[1]))


def fit_logistic(
    inputs: Matrix, labels: Matrix, weights: Matrix, *, penalty: float
) -> tuple[Matrix, Matrix, Matrix, float]:
    """Return mean, scale, coefficients and intercept by Newton's method; always the same.

    The penalty is on squared coefficients of standardised columns; the intercept is free.
    """
    mean = np.average(inputs, axis=0, weights=weights)
    scale = np.sqrt(np.average((inputs - mean) ** 2, axis=0, weights=weights))
    scale[scale < 1e-9] = 1.0
    table = np.column_stack([(inputs - mean) / scale, np.ones(len(inputs))])
    ridge: NDArray[np.float64] = np.full(table.shape[1], penalty)
    ridge[-1] = 1e-6
    found = np.zeros(table.shape[1])
    for _ in range(100):
        chance = sigmoid(table @ found)
        slope = table.T @ (weights * (chance - labels)) + ridge * found
        curve = (table * (weights * chance * (1 - chance))[:, None]).T @ table + np.diag(ridge)
        step = np.linalg.solve(curve, slope)
        found -= step
        if np.abs(step).max() < 1e-10:
            break
    return mean, scale, found[:-1], float(found[-1])


def _items(value: object) -> list[object]:
    if not isinstance(value, list):
        message = "a list is expected in the calibration"
        raise TypeError(message)
    return value


def _number(value: object) -> float:
    if not isinstance(value, int | float):
        message = "a number is expected in the calibration"
        raise TypeError(message)
    return float(value)
