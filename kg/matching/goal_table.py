"""Hold goals of concepts as arrays: what aims have, and how their whole texts lie."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from kg.matching.aim_table import FEATURES, AimTable, Asked, Layers, Stored, products
from kg.matching.calibration import ABOUT, HEADING
from kg.matching.postings import Places
from kg.matching.semantic import Vectors

CONCEPT_FEATURES: Final = (*FEATURES, "opening", "whole", HEADING, "profile", ABOUT)
_COUNT: Final = len(FEATURES)


@dataclass(frozen=True, slots=True)
class AskedGoals:
    """Hold what texts are compared with goals by: a whole vector and an SDG profile each, too.

    `about` says of each how probable its best SDG goal is, see `about_sdgs`.
    """

    asked: Asked
    wholes: Vectors
    profiles: Vectors
    about: NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class GoalTable:
    """Hold goals, a row each: their first sentences, whole texts, SDG profiles; 1 for headings."""

    aims: AimTable
    openings: Stored
    wholes: Stored
    headings: NDArray[np.float32]
    profiles: Stored

    def __len__(self) -> int:
        """Return the number of goals."""
        return len(self.headings)

    def taken(self, places: Places) -> GoalTable:
        """Return a table of these goals only, all figures as before."""
        single = np.float32
        return GoalTable(
            self.aims.taken(places),
            self.openings[places].astype(single),
            self.wholes[places].astype(single),
            self.headings[places],
            self.profiles[places].astype(single),
        )

    def everywhere(self, asked: AskedGoals) -> Layers:
        """Return the figures of texts for every goal."""
        size = (len(asked.asked), len(CONCEPT_FEATURES), len(self))
        layers = np.zeros(size, dtype=np.float32)
        layers[:, :_COUNT] = self.aims.everywhere(asked.asked).table
        layers[:, _COUNT] = products(self.openings, asked.wholes).T
        layers[:, _COUNT + 1] = products(self.wholes, asked.wholes).T
        layers[:, _COUNT + 2] = self.headings
        layers[:, _COUNT + 3] = products(self.profiles, asked.profiles).T
        layers[:, _COUNT + 4] = asked.about[:, None]
        return layers

    def at(self, asked: AskedGoals, places: Sequence[Places]) -> list[Layers]:
        """Return for each text the figures (rows) for the goals at its places (columns)."""
        found: list[Layers] = []
        common = self.aims.at(asked.asked, places)
        for text, (own, first) in enumerate(zip(places, common, strict=True)):
            layer = np.zeros((len(CONCEPT_FEATURES), len(own)), dtype=np.float32)
            layer[:_COUNT] = first
            layer[_COUNT] = _single(self.openings[own]) @ asked.wholes[text]
            layer[_COUNT + 1] = _single(self.wholes[own]) @ asked.wholes[text]
            layer[_COUNT + 2] = self.headings[own]
            layer[_COUNT + 3] = _single(self.profiles[own]) @ asked.profiles[text]
            layer[_COUNT + 4] = asked.about[text]
            found.append(layer)
        return found


def _single(stored: Stored) -> Vectors:
    return stored.astype(np.float32, copy=False)
