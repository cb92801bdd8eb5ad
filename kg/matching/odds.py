"""Turn the figures of many texts into log-odds at once; the same figures as the linear model's."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from kg.matching.aim_table import Layers
from kg.matching.calibration import (
    FEW_AIMS,
    FLOORS,
    HEADING,
    LOGARITHMIC,
    NOT_COMPARED,
    LinearModel,
    columns,
    fewness,
)


class Spread(NamedTuple):
    """Hold mean and standard deviation of each figure (column) over the aims, a row a text."""

    mean: NDArray[np.float32]
    deviation: NDArray[np.float32]

    def part(self, texts: slice) -> Spread:
        """Return the spread for some of the texts."""
        return Spread(self.mean[texts], self.deviation[texts])


def spread_of(layers: Layers) -> Spread:
    """Return how the figures of each text lie over the aims."""
    mean = layers.mean(axis=2)
    apart = layers - mean[:, :, None]
    return Spread(mean, np.sqrt(np.einsum("bfn,bfn->bf", apart, apart) / layers.shape[2]))


class Odds:
    """Read log-odds off the figures of many texts, without the columns of the model in between."""

    def __init__(self, model: LinearModel, names: Sequence[str]) -> None:
        if columns(names) != model.names:
            message = "The calibration was fitted on other figures; fit it anew."
            raise ValueError(message)
        slopes = np.array(model.coefficients) / np.array(model.scale)
        by_column = dict(zip(model.names, slopes, strict=True))
        self._model = model
        self._constant = float(model.intercept - slopes @ np.array(model.mean))
        self._logarithmic = [place for place, name in enumerate(names) if name in LOGARITHMIC]
        self._compared = np.array([name not in NOT_COMPARED for name in names])
        self._heading = names.index(HEADING) if HEADING in names else None
        self._floors = np.array([FLOORS.get(name, 1.0) for name in names], dtype=np.float32)

        def part(kind: str) -> NDArray[np.float32]:
            return np.array([by_column.get(f"{kind}:{name}", 0.0) for name in names], np.float32)

        self._relative, self._raw, self._headed = part("z"), part("raw"), part(HEADING)
        self._few, self._few_aims = part("few"), float(by_column.get(FEW_AIMS, 0.0))

    def of(
        self, layers: Layers, spread: Spread | None = None, aims: int | None = None
    ) -> NDArray[np.float32]:
        """Return linear log-odds of every text (row) and aim, before rivals and damping.

        `spread` is that of the aims which are compared, and `aims` their number, where the figures
        are not just theirs.
        """
        texts, figures, shown = layers.shape
        if spread is None and shown > 1:
            spread = spread_of(layers)
        few = np.float32(fewness(shown if aims is None else aims))
        slopes = np.zeros((texts, 2, figures), dtype=np.float32)
        offsets = np.full(texts, self._constant + few * self._few_aims, dtype=np.float32)
        turned = np.zeros(texts, dtype=np.float32)
        if spread is not None:
            steep = self._compared / np.maximum(spread.deviation, self._floors)
            slopes[:, 0] = self._relative * steep
            slopes[:, 1] = self._headed * steep
            offsets -= np.einsum("bf,bf->b", slopes[:, 0], spread.mean)
            turned -= np.einsum("bf,bf->b", slopes[:, 1], spread.mean)
        raw = self._raw + few * self._few
        logarithmic = raw[self._logarithmic]
        raw[self._logarithmic] = 0.0
        slopes[:, 0] += raw
        both = slopes @ layers
        odds = both[:, 0] + offsets[:, None]
        for place, slope in zip(self._logarithmic, logarithmic, strict=True):
            odds += slope * np.log1p(layers[:, place])
        if self._heading is not None:
            odds += layers[:, self._heading] * (both[:, 1] + turned[:, None])
        return np.asarray(odds, dtype=np.float32)

    def weighed(
        self, odds: NDArray[np.float32], rivals: NDArray[np.float32] | None = None
    ) -> NDArray[np.float32]:
        """Return the log-odds with what the rivals of each text claim, and damped.

        `rivals` says what all aims claim, where the log-odds are those of some.
        """
        steepness, rivalry, shift = (np.float32(value) for value in self._model.scaling)
        if rivals is None:
            rivals = rival_odds(odds)
        found = odds * steepness
        found += (rivals * rivalry + shift)[:, None]
        above, below = (np.float32(value) for value in self._model.slopes)
        return np.asarray(np.where(found > 0, found * above, found * below))


def rival_odds(odds: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return how much all aims of each text claim together, as a logarithm."""
    top = odds.max(axis=1)
    return np.asarray(top + np.log(np.exp(odds - top[:, None]).sum(axis=1)))


def chances(odds: NDArray[np.floating]) -> NDArray[np.float64]:
    """Return probabilities for log-odds."""
    return np.asarray(1.0 / (1.0 + np.exp(-np.clip(odds, -30, 30).astype(np.float64))))
