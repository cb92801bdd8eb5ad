"""Score texts against goals of concepts, with calibrated probabilities."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from kg.matching.aim_table import Layers, products
from kg.matching.bodies import FACTORS, Bodies
from kg.matching.goal_reading import read_goals
from kg.matching.goal_table import CONCEPT_FEATURES, AskedGoals, GoalTable
from kg.matching.head import text_vectors
from kg.matching.match import SdgMatcher, batches
from kg.matching.model import Model
from kg.matching.nearby import MANY, NearbyGoals
from kg.matching.odds import Odds, chances, rival_odds
from kg.matching.postings import Places
from kg.matching.prepare import PreparedText
from kg.matching.rank import AimIndex, AimText, AimWords, Matrix
from kg.matching.scores import (
    OwnScores,
    Scores,
    SdgScores,
    about_sdgs,
    profiles_of,
)

_FACTORS: Final = np.array(FACTORS)


class GoalMatcher:
    """Score texts against goals of concepts; built once, never changed.

    `own_sdg` holds the SDG scores of each goal's own text; `bodies` tells whose goals they are,
    where that matters. From `many` goals on, a text is held against the goals near to it only.
    """

    def __init__(
        self,
        aims: Sequence[AimText],
        sdg: SdgMatcher,
        model: Model | None,
        *,
        bodies: Bodies | None = None,
        many: int = MANY,
    ) -> None:
        self.bodies = bodies or Bodies([""] * len(aims))
        self._odds = model and Odds(model.concept, CONCEPT_FEATURES)
        read = read_goals(aims, sdg.prepare_known, sdg.profiles, sdg.near)
        self.index = AimIndex(aims, AimWords(read.weights, {}), sdg.cache)
        self.own_sdg = OwnScores(sdg.goals, sdg.targets, read.own)
        self._table = GoalTable(
            self.index.table, read.openings, read.wholes, read.headings, read.profiles
        )
        pruned = len(aims) >= many
        self.nearby = NearbyGoals(self.index.iris, self._table) if pruned else None

    def figures(self, prepared: PreparedText, sdg: SdgScores) -> Matrix:
        """Return the figures of the goals; the last four are of whole texts and their SDGs."""
        layers = self._table.everywhere(self._asked([prepared], [sdg]))
        return np.asarray(layers[0].T, dtype=np.float64)

    def _asked(self, prepared: Sequence[PreparedText], sdg: Sequence[SdgScores]) -> AskedGoals:
        return AskedGoals(
            self.index.asked(prepared),
            text_vectors([text.vectors for text in prepared]),
            profiles_of(sdg),
            np.array([about_sdgs(scores) for scores in sdg], dtype=np.float32),
        )

    def score(self, prepared: PreparedText, sdg: SdgScores, *, city: str = "") -> Scores:
        """Return the probabilities of the goals for a text whose SDG scores are known.

        Where the measure's city is given, goals of other bodies count less and come later.
        """
        return self.score_all([prepared], [sdg], cities=[city], keep=True)[0]

    def worded(self, prepared: Sequence[PreparedText]) -> Layers:
        """Return for all goals the figures that words and concepts alone give."""
        return self.index.worded(prepared)

    def profile_figures(self, sdg: Sequence[SdgScores]) -> Layers:
        """Return how like the SDG profiles of goals (columns) are to those that scores (rows) make.

        There has to be a goal.
        """
        return products(self._table.profiles, profiles_of(sdg)).T

    def score_all(
        self,
        prepared: Sequence[PreparedText],
        sdg: Sequence[SdgScores],
        *,
        cities: Sequence[str] | None = None,
        keep: bool = False,
    ) -> list[Scores]:
        """Return the probabilities for several texts; their figures only if asked for.

        Where it is known whose measure it is, only goals of its own city are rivals. Of very many
        goals only those near to a text are given, without figures.
        """
        if not self._odds:
            message = "Without a model there are figures, not probabilities."
            raise ValueError(message)
        if not len(self.index):
            return [Scores((), np.zeros(0)) for _ in prepared]
        found: list[Scores] = []
        size = 0 if self.nearby else len(self.index)
        for part in batches(prepared, size):
            done = slice(len(found), len(found) + len(part))
            asked = self._asked(part, sdg[done])
            named = cities[done] if cities else [""] * len(part)
            if self.nearby:
                picked = self.nearby.odds(asked, self._odds)
                found += [self._near(*own, city) for own, city in zip(picked, named, strict=True)]
                continue
            layers = self._table.everywhere(asked)
            odds = self._weighed(layers, named, self._odds)
            for row, (own, city) in enumerate(zip(odds, named, strict=True)):
                ranks = self.bodies.ranks(city)
                figures = layers[row].T if keep else None
                found.append(
                    Scores(self.index.iris, chances(own) * _FACTORS[ranks], ranks, figures)
                )
        return found

    def _weighed(self, layers: Layers, cities: Sequence[str], odds: Odds) -> NDArray[np.float32]:
        """Return the log-odds of texts, to which only goals of their own city are rivals."""
        plain = odds.of(layers)
        rivals = np.zeros(len(cities), dtype=np.float32)
        for city in dict.fromkeys(cities):
            own = np.flatnonzero(self.bodies.ranks(city) == 0)
            rows = np.flatnonzero([name == city for name in cities])
            rivals[rows] = rival_odds(plain[np.ix_(rows, own)])
        return odds.weighed(plain, rivals)

    def _near(self, places: Places, odds: NDArray[np.float32], city: str) -> Scores:
        ranks = self.bodies.ranks(city, places)
        iris = tuple(self.index.iris[place] for place in places.tolist())
        return Scores(iris, chances(odds) * _FACTORS[ranks], ranks)
