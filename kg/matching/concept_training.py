"""Make examples for goals of a city's concepts: whole invented cities, and parts of them.

Many cities have loaded a concept or two, so a text is also held against parts of a city with one to
eight goals. Of a part, half are any goals of the city, half such as follow one another, which
mostly are of one concept. Beside the measures that serve a goal of the part stand half as many that
serve others, and three unrelated texts: how often a measure serves a goal at all is an assumption.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Final

import numpy as np

from kg.matching.aim_texts import goal_aims
from kg.matching.calibration import design
from kg.matching.examples import Example, Examples
from kg.matching.gold import FitRow, GoalRow
from kg.matching.match import (
    CONCEPT_FEATURES,
    SdgMatcher,
    SdgScores,
)
from kg.matching.match_goals import GoalMatcher
from kg.matching.prepare import PreparedText
from kg.matching.training_texts import Cities

# How many parts of so many goals are made of a city.
PARTS: Final = {1: 4, 2: 3, 3: 2, 5: 2, 8: 2}
# A text counts in several parts.
PART_WEIGHT: Final = 0.2
UNRELATED: Final = 3
SEED: Final = 5


@dataclass(frozen=True, slots=True)
class _Text:
    """Hold a text, its SDG scores and the goals it serves; None for a text about no goal."""

    prepared: PreparedText
    scores: SdgScores
    goals: frozenset[str] | None


def concept_examples(
    cities: Cities, sdg: SdgMatcher, unrelated: Sequence[PreparedText]
) -> Examples:
    """Return the examples of the concept goal model: each text against the goals of its city.

    A city is one fold, its parts belong to it; unrelated texts are compared with one city each, in
    turn.
    """
    rows = sorted(cities.goals, key=lambda row: row.city)
    by_city = {city: list(own) for city, own in groupby(rows, key=lambda row: row.city)}
    texts = _texts(cities.measures, sdg)
    others = [
        _Text(text, scores, None)
        for text, scores in zip(unrelated, sdg.score_all(unrelated), strict=True)
    ]
    random = np.random.default_rng(SEED)
    found: list[Example] = []
    for fold, (city, goals) in enumerate(by_city.items()):
        measures = [
            text for row, text in zip(cities.measures, texts, strict=True) if row.city == city
        ]
        silent = others[fold :: len(by_city)]
        found += _examples(goals, [*measures, *silent], sdg, fold)
        for number, part in enumerate(_parts(goals, random)):
            chosen = _chosen(part, measures, random)
            chosen += [*silent, *silent][number % max(1, len(silent)) :][:UNRELATED]
            found += _examples(part, chosen, sdg, fold, weight=PART_WEIGHT)
    return Examples(tuple(found))


def _texts(measures: Sequence[FitRow], sdg: SdgMatcher) -> list[_Text]:
    prepared = sdg.prepare_known([row.text for row in measures])
    return [
        _Text(text, scores, frozenset(row.goals))
        for row, text, scores in zip(measures, prepared, sdg.score_all(prepared), strict=True)
    ]


def _parts(goals: Sequence[GoalRow], random: np.random.Generator) -> list[list[GoalRow]]:
    found: list[list[GoalRow]] = []
    for size, count in PARTS.items():
        for number in range(count if size < len(goals) else 0):
            if number % 2:
                start = int(random.integers(len(goals) - size + 1))
                found.append(list(goals[start : start + size]))
            else:
                places = np.sort(random.permutation(len(goals))[:size])
                found.append([goals[place] for place in places.tolist()])
    return found


def _chosen(
    part: Sequence[GoalRow], measures: Sequence[_Text], random: np.random.Generator
) -> list[_Text]:
    iris = {goal.id for goal in part}
    serving = [text for text in measures if iris & (text.goals or frozenset())]
    others = [text for text in measures if not iris & (text.goals or frozenset())]
    places = random.permutation(len(others))[: (len(serving) + 1) // 2]
    return [*serving, *(others[place] for place in np.sort(places).tolist())]


def _examples(
    goals: Sequence[GoalRow],
    texts: Sequence[_Text],
    sdg: SdgMatcher,
    fold: int,
    *,
    weight: float = 1.0,
) -> list[Example]:
    matcher = GoalMatcher(goal_aims(goals), sdg, None)
    iris = matcher.index.iris
    return [
        Example(
            iris,
            design(matcher.figures(text.prepared, text.scores), CONCEPT_FEATURES),
            np.array([float(iri in (text.goals or ())) for iri in iris]),
            np.full(len(iris), weight),
            fold,
            related=bool(text.goals),
            part=weight != 1.0,
        )
        for text in texts
    ]
