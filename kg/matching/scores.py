"""Hold probabilities of aims for texts, and order the aims by them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, overload

import numpy as np
from numpy.typing import NDArray

from kg.matching.aim_table import Stored
from kg.matching.rank import Matrix
from kg.matching.semantic import Vectors

# Below this a text is about no SDG, and how far below tells nothing more.
LEAST: Final = 0.01


@dataclass(frozen=True, slots=True)
class Scores:
    """Hold the probability of every aim of an index, in its order.

    `ranks`, if given, puts aims of a lower number first, however probable the others are.
    `figures`, where they were kept, are those behind the probabilities: a row an aim.
    """

    iris: tuple[str, ...]
    probabilities: Matrix
    ranks: NDArray[np.intp] | None = None
    figures: NDArray[np.floating] | None = None

    def of(self, iri: str) -> float:
        """Return the probability of one aim."""
        return float(self.probabilities[self.iris.index(iri)])

    def ranked(self) -> list[tuple[str, float]]:
        """Return all aims, the most probable first; ties keep the index's order."""
        return self.first(len(self.iris))

    def first(self, most: int) -> list[tuple[str, float]]:
        """Return the `most` first aims as `ranked` gives them, without ordering all others."""
        values = -np.round(self.probabilities, 6)
        ranks = self.ranks if self.ranks is not None else np.zeros(len(values), dtype=np.intp)
        places = np.arange(len(values))
        if most < len(values):
            keys = ranks * 2.0 + values
            last = np.partition(keys, most - 1)[most - 1] if most else -np.inf
            places = np.flatnonzero(keys <= last)
        order = places[np.lexsort((places, values[places], ranks[places]))][:most]
        return [(self.iris[place], float(self.probabilities[place])) for place in order.tolist()]


@dataclass(frozen=True, slots=True)
class SdgScores:
    """Hold the scores of the goals and of the targets."""

    goals: Scores
    targets: Scores


class OwnScores(Sequence[SdgScores]):
    """Hold the SDG scores of goals' own texts: a row of probabilities each."""

    def __init__(self, goals: tuple[str, ...], targets: tuple[str, ...], rows: Stored) -> None:
        self._goals = goals
        self._targets = targets
        self._rows = rows

    def __len__(self) -> int:
        """Return the number of goals of concepts."""
        return len(self._rows)

    @overload
    def __getitem__(self, place: int) -> SdgScores: ...

    @overload
    def __getitem__(self, place: slice) -> OwnScores: ...

    def __getitem__(self, place: int | slice) -> SdgScores | OwnScores:
        """Return the scores of one goal, or of some."""
        if isinstance(place, slice):
            return OwnScores(self._goals, self._targets, self._rows[place])
        row = self._rows[place].astype(np.float64)
        count = len(self._goals)
        return SdgScores(Scores(self._goals, row[:count]), Scores(self._targets, row[count:]))


def about_sdgs(scores: SdgScores) -> float:
    """Return how probable the best SDG goal is, as a logarithm that stays finite."""
    return float(np.log(scores.goals.probabilities.max(initial=0.0) + LEAST))


def profiles_of(scores: Sequence[SdgScores]) -> Vectors:
    """Return the SDG probabilities of texts as unit vectors (rows)."""
    return unit_profiles(
        np.array(
            [
                np.concatenate([one.goals.probabilities, one.targets.probabilities])
                for one in scores
            ],
            dtype=np.float32,
        )
    )


def unit_profiles(probabilities: NDArray[np.float32]) -> Vectors:
    """Return the square roots of probabilities (rows), each row of length one."""
    roots = np.sqrt(probabilities)
    lengths = np.linalg.norm(roots, axis=1, keepdims=True)
    return np.asarray(np.divide(roots, lengths, out=np.zeros_like(roots), where=lengths > 0))
