"""Measure how well texts are matched: hits among the first, and whether probabilities hold."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from math import nan

import numpy as np

from kg.matching.calibration import Calibration
from kg.matching.gold import FitRow, GoalRow, Gold, SdgRow, unrelated_texts
from kg.matching.match import GoalMatcher, SdgMatcher
from kg.matching.rank import AimText, Matrix
from kg.matching.sdg import sdg_code
from kg.matching.text import normalise, sentences

BINS = 10


@dataclass(frozen=True, slots=True)
class Figures:
    """Hold the figures of one set; only rows with a label count, and no missing label is wrong.

    `accuracy_at_1` and `hit_at_3`: share of texts with a stated label in the first one or three.
    `recall_at_3`: share of the stated labels (three at most) among the first three. `mrr`: mean of
    one through the place of the first stated label. `calibration_error`: mean distance of the
    first answer's probability from its frequency, over ten bins; missing labels make it too large.
    """

    set: str
    against: str
    rows: int
    accuracy_at_1: float
    hit_at_3: float
    recall_at_3: float
    mrr: float
    calibration_error: float

    def as_json(self) -> dict[str, str | int | float]:
        """Return the figures for output."""
        return asdict(self)


def measure(
    name: str,
    against: str,
    answers: Iterable[tuple[Sequence[tuple[str, float]], Collection[str]]],
) -> Figures:
    """Return the figures of ranked answers with their stated labels.

    >>> ranked = [("12.5", 0.9), ("11.6", 0.4)]
    >>> measure("example", "sdg-target", [(ranked, {"11.6"})]).mrr
    0.5
    """
    places: list[int] = []
    recalls: list[float] = []
    chances: list[float] = []
    for ranked, stated in answers:
        if not stated:
            continue
        order = [label for label, _ in ranked]
        places.append(next((n for n, label in enumerate(order) if label in stated), len(order)))
        found = len(set(order[:3]) & set(stated))
        recalls.append(found / min(3, len(stated)))
        chances.append(ranked[0][1] if ranked else 0.0)
    if not places:
        return Figures(name, against, 0, nan, nan, nan, nan, nan)
    place = np.array(places)
    return Figures(
        name,
        against,
        len(places),
        round(float((place == 0).mean()), 3),
        round(float((place < 3).mean()), 3),
        round(float(np.mean(recalls)), 3),
        round(float((1 / (place + 1)).mean()), 3),
        round(calibration_error(np.array(chances), place == 0), 3),
    )


def calibration_error(chances: Matrix, right: Matrix) -> float:
    """Return the mean distance of probability and frequency over ten bins, weighted by size."""
    bins = np.minimum((chances * BINS).astype(int), BINS - 1)
    total = 0.0
    for place in range(BINS):
        inside = bins == place
        if inside.any():
            distance = abs(float(chances[inside].mean()) - float(right[inside].mean()))
            total += distance * float(inside.mean())
    return total


def goal_aims(rows: Iterable[GoalRow]) -> list[AimText]:
    """Return goals of concepts as aims: each of their sentences and the whole text."""
    aims: list[AimText] = []
    for row in rows:
        text = normalise(row.text)
        parts = [span.of(text) for span in sentences(text)]
        aims.append(AimText(row.id, tuple(dict.fromkeys([*parts, text])), ()))
    return aims


def goal_matchers(
    gold: Gold, sdg: SdgMatcher, calibration: Calibration | None
) -> dict[str, GoalMatcher]:
    """Return a matcher a city; goals of bodies above the cities are under the name ""."""
    cities = {row.city for rows in gold.fit.values() for row in rows}
    grouped: dict[str, list[GoalRow]] = {}
    for row in gold.goals:
        grouped.setdefault(row.city if row.city in cities else "", []).append(row)
    return {
        city: GoalMatcher(goal_aims(rows), sdg, calibration)
        for city, rows in sorted(grouped.items())
    }


def candidates_of(row: FitRow, matchers: Mapping[str, GoalMatcher]) -> str:
    """Return whose goals a measure is compared with: its city's, else those above the cities."""
    return row.city if row.city in matchers else ""


def evaluate(gold: Gold, sdg: SdgMatcher, calibration: Calibration) -> list[Figures]:
    """Return the figures of every labelled set."""
    found: list[Figures] = []
    for name, rows in sorted(gold.sdg.items()):
        found.extend(_evaluate_sdg(name, rows, sdg))
    matchers = goal_matchers(gold, sdg, calibration)
    for name, fit_rows in sorted(gold.fit.items()):
        found.extend(_evaluate_fit(name, fit_rows, sdg, matchers))
    return found


def unrelated_share(sdg: SdgMatcher, *, goal_line: float, target_line: float) -> float:
    """Return the share of unrelated texts that stay below both lines, as they should."""
    quiet = 0
    texts = unrelated_texts()
    for prepared in sdg.prepare(texts):
        scores = sdg.score(prepared)
        goals, targets = scores.goals.probabilities, scores.targets.probabilities
        quiet += int(goals.max() < goal_line and targets.max() < target_line)
    return round(quiet / len(texts), 3)


def _evaluate_sdg(name: str, rows: Sequence[SdgRow], sdg: SdgMatcher) -> list[Figures]:
    scored = [sdg.score(prepared) for prepared in sdg.prepare([row.text for row in rows])]
    goals = [_coded(scores.goals.ranked()) for scores in scored]
    targets = [_coded(scores.targets.ranked()) for scores in scored]
    goal_labels = [frozenset(row.goals) for row in rows]
    target_labels = [frozenset(row.targets) for row in rows]
    return [
        measure(name, "sdg-goal", zip(goals, goal_labels, strict=True)),
        measure(name, "sdg-target", zip(targets, target_labels, strict=True)),
    ]


def _evaluate_fit(
    name: str, rows: Sequence[FitRow], sdg: SdgMatcher, matchers: Mapping[str, GoalMatcher]
) -> list[Figures]:
    usable = [row for row in rows if candidates_of(row, matchers) in matchers]
    prepared = sdg.prepare([row.text for row in usable])
    answers = [
        (
            matchers[candidates_of(row, matchers)].score(text, sdg.score(text)).ranked(),
            frozenset(row.goals),
        )
        for row, text in zip(usable, prepared, strict=True)
    ]
    stated = [answer for answer, row in zip(answers, usable, strict=True) if row.stated]
    noisy = [answer for answer, row in zip(answers, usable, strict=True) if not row.stated]
    return [
        measure(f"{name}, source_stated", "concept-goal", stated),
        measure(f"{name}, noisy", "concept-goal", noisy),
    ]


def _coded(ranked: Sequence[tuple[str, float]]) -> list[tuple[str, float]]:
    return [(sdg_code(iri), chance) for iri, chance in ranked]
