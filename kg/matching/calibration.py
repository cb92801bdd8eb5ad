"""Turn figures into probabilities with coefficients fitted on labelled texts, kept as data."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from kg.matching.rank import Matrix

FORMAT: Final = 1
DIGITS: Final = 5
KINDS: Final = ("sdg-goal", "sdg-target", "concept-goal")

# Spread of a figure over the aims below which it tells nothing apart; noise is not blown up.
_FLOORS: Final[Mapping[str, float]] = {
    "cosine_max": 0.03,
    "cosine_mean": 0.03,
    "head": 0.02,
    "bm25": 1.0,
    "characters": 0.02,
    "thesaurus": 0.3,
    "profile": 0.1,
    "goal": 1.0,
}
_LOGARITHMIC: Final = frozenset({"bm25"})
# Figures that also count as they are, so that a text near to nothing gets no high probability.
_ABSOLUTE: Final = frozenset(
    {"cosine_max", "cosine_mean", "bm25", "characters", "thesaurus", "profile", "goal"}
)


def columns(names: Sequence[str]) -> tuple[str, ...]:
    """Return the names of the columns that `design` makes of figures with these names."""
    return (
        *(f"z:{name}" for name in names),
        *(f"raw:{name}" for name in names if name in _ABSOLUTE),
    )


def design(figures: Matrix, names: Sequence[str]) -> Matrix:
    """Return the columns of the linear model for one text: distances from the mean, and raw."""
    floors = np.array([_FLOORS[name] for name in names])
    if len(figures) < 2:
        relative = np.zeros_like(figures)
    else:
        relative = (figures - figures.mean(axis=0)) / np.maximum(figures.std(axis=0), floors)
    raw = [
        np.log1p(figures[:, place]) if name in _LOGARITHMIC else figures[:, place]
        for place, name in enumerate(names)
        if name in _ABSOLUTE
    ]
    return np.asarray(np.column_stack([relative, *raw]))


@dataclass(frozen=True, slots=True)
class LinearModel:
    """Hold a logistic model; `line` is the probability below which the answer is not known.

    `scaling` holds steepness, rivalry and shift, see `rescale`.
    """

    names: tuple[str, ...]
    mean: tuple[float, ...]
    scale: tuple[float, ...]
    coefficients: tuple[float, ...]
    intercept: float
    scaling: tuple[float, float, float]
    line: float

    def logits(self, figures: Matrix, names: Sequence[str]) -> Matrix:
        """Return the log-odds of every aim."""
        if columns(names) != self.names:
            message = "The calibration was fitted on other figures; fit it anew."
            raise ValueError(message)
        scaled = (design(figures, names) - np.array(self.mean)) / np.array(self.scale)
        return rescale(scaled @ np.array(self.coefficients) + self.intercept, self.scaling)

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
            "line": self.line,
        }


@dataclass(frozen=True, slots=True)
class Calibration:
    """Hold the three models and the version that their content gives them."""

    version: str
    goal: LinearModel
    target: LinearModel
    concept: LinearModel

    @classmethod
    def of_json(cls, document: Mapping[str, object]) -> Calibration:
        """Return the calibration that a parsed file describes."""
        if document.get("format") != FORMAT:
            message = f"calibration format {document.get('format')!r} is not {FORMAT}"
            raise ValueError(message)
        parts = [LinearModel.of_json(_mapping(document[kind])) for kind in KINDS]
        return cls(str(document["version"]), *parts)


@lru_cache(maxsize=1)
def shipped_calibration() -> Calibration:
    """Return the calibration that comes with the program."""
    text = files("kg.matching").joinpath("calibration.json").read_text("utf-8")
    return Calibration.of_json(json.loads(text))


def read_calibration(path: Path) -> Calibration:
    """Return the calibration of a file that `fit_calibration` wrote."""
    return Calibration.of_json(json.loads(path.read_text("utf-8")))


def sigmoid(logits: Matrix) -> Matrix:
    """Return probabilities for log-odds.

    >>> float(sigmoid(np.array(0.0)))
    0.5
    """
    return np.asarray(1.0 / (1.0 + np.exp(-np.clip(logits, -30, 30))))


def rival_odds(odds: Matrix) -> float:
    """Return how much all aims of one text claim together, as a logarithm.

    >>> round(rival_odds(np.array([0.0, 0.0])), 3)
    0.693
    """
    top = float(odds.max()) if len(odds) else 0.0
    return top + float(np.log(np.exp(odds - top).sum())) if len(odds) else 0.0


def rescale(odds: Matrix, scaling: tuple[float, float, float]) -> Matrix:
    """Return log-odds made steeper and lowered by what the rivals claim; the order stays."""
    steepness, rivalry, shift = scaling
    return np.asarray(odds * steepness + rival_odds(odds) * rivalry + shift)


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


def _mapping(value: object) -> Mapping[str, object]:
    if not isinstance(value, Mapping):
        message = "an object is expected in the calibration"
        raise TypeError(message)
    return value
