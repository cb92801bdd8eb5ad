"""Measure how well labelled texts are matched, and show the answers that went furthest wrong."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from kg.language import Language
from kg.matching.aim_texts import goal_aims
from kg.matching.bodies import Bodies
from kg.matching.figures import Ranked, area, first_place, measure, pairs, reliability
from kg.matching.gold import FitRow, GoalRow, Gold, SdgRow
from kg.matching.match import (
    SdgMatcher,
    SdgScores,
)
from kg.matching.match_goals import GoalMatcher
from kg.matching.model import Model
from kg.matching.prepare import PreparedText
from kg.matching.quality import GoalFigures, Quality, WorstRow
from kg.matching.rank import AimIndex
from kg.matching.reasons import Reason, reasons
from kg.matching.sdg import sdg_code
from kg.matching.text import language_of

WORST: Final = 5
# Name of the matcher that holds the goals of every city.
ALL_CITIES: Final = "*"
OWN_GOALS: Final = "concept-goal"
ALL_GOALS: Final = "concept-goal, all cities"
# The city is known only where the text names it, as `match` does without a city.
CITY_NOT_TOLD: Final = "concept-goal, all cities, city not told"


@dataclass(frozen=True, slots=True)
class _Answer:
    id: str
    prepared: PreparedText
    ranked: tuple[tuple[str, float], ...]
    stated: frozenset[str]


def evaluate(
    gold: Gold, sdg: SdgMatcher, model: Model, *, language: Language = "de"
) -> list[Quality]:
    """Return the quality on every labelled set.

    Measures are compared with the goals of their city (or of the bodies above the cities where
    their city has none), then with all goals of all cities together: once with the measure's city
    known, as it is in a dataset, and once without.
    """
    found: list[Quality] = []
    for name, rows in sorted(gold.sdg.items()):
        found.extend(_evaluate_sdg(name, rows, sdg, language))
    matchers = goal_matchers(gold, sdg, model)
    for name, fit_rows in sorted(gold.fit.items()):
        found.extend(_evaluate_fit(name, fit_rows, sdg, matchers, language))
    return found


def goal_matchers(gold: Gold, sdg: SdgMatcher, model: Model) -> dict[str, GoalMatcher]:
    """Return a matcher a city, one for all cities, and "" for goals of bodies above the cities."""
    cities = {row.city for rows in gold.fit.values() for row in rows}
    grouped: dict[str, list[GoalRow]] = {}
    for row in gold.goals:
        grouped.setdefault(row.city if row.city in cities else "", []).append(row)
    if grouped:
        grouped[ALL_CITIES] = list(gold.goals)
    return {
        city: GoalMatcher(
            goal_aims(rows),
            sdg,
            model,
            bodies=Bodies([row.city if row.city in cities else "" for row in rows]),
        )
        for city, rows in sorted(grouped.items())
    }


def candidates_of(row: FitRow, matchers: Collection[str]) -> str:
    """Return whose goals a measure is compared with: its city's, else those above the cities."""
    return row.city if row.city in matchers else ""


def known_from_unrelated(
    sdg: SdgMatcher, related: Sequence[str], unrelated: Sequence[str]
) -> float:
    """Return how often a text about an aim has a higher best probability than one about none."""
    chances = [
        np.array([_best(sdg, text) for text in sdg.prepare(list(texts))])
        for texts in (related, unrelated)
    ]
    right = np.repeat([True, False], [len(related), len(unrelated)])
    return area(np.concatenate(chances), right)


def _best(sdg: SdgMatcher, text: PreparedText) -> float:
    scores = sdg.score(text)
    return float(max(scores.goals.probabilities.max(), scores.targets.probabilities.max()))


def _evaluate_sdg(
    name: str, rows: Sequence[SdgRow], sdg: SdgMatcher, language: Language
) -> list[Quality]:
    prepared = sdg.prepare([row.text for row in rows])
    scored = sdg.score_all(prepared)
    goals = [
        _Answer(row.id, text, _coded(scores.goals.ranked()), frozenset(row.goals))
        for row, text, scores in zip(rows, prepared, scored, strict=True)
    ]
    targets = [
        _Answer(row.id, text, _coded(scores.targets.ranked()), frozenset(row.targets))
        for row, text, scores in zip(rows, prepared, scored, strict=True)
    ]
    iris = {sdg_code(iri): iri for iri in sdg.index.iris}
    return [
        _quality(name, "sdg-goal", goals, sdg, sdg.index, iris, language),
        _quality(name, "sdg-target", targets, sdg, sdg.index, iris, language),
    ]


def _evaluate_fit(
    name: str,
    rows: Sequence[FitRow],
    sdg: SdgMatcher,
    matchers: Mapping[str, GoalMatcher],
    language: Language,
) -> list[Quality]:
    usable = [row for row in rows if candidates_of(row, matchers) in matchers]
    prepared = sdg.prepare([row.text for row in usable])
    scored = sdg.score_all(prepared)
    texts = list(zip(usable, prepared, scored, strict=True))
    index = matchers[ALL_CITIES].index if matchers else sdg.index
    iris = {iri: iri for iri in index.iris}
    found: list[Quality] = []
    for kind, stated in (("source_stated", True), ("noisy", False)):
        for against in (OWN_GOALS, ALL_GOALS, CITY_NOT_TOLD):
            answers = [
                _goal_answer(row, text, scores, matchers, against)
                for row, text, scores in texts
                if row.stated == stated
            ]
            found.append(_quality(f"{name}, {kind}", against, answers, sdg, index, iris, language))
    return found


def _goal_answer(
    row: FitRow,
    text: PreparedText,
    scores: SdgScores,
    matchers: Mapping[str, GoalMatcher],
    against: str,
) -> _Answer:
    own = candidates_of(row, matchers)
    matcher = matchers[own if against == OWN_GOALS else ALL_CITIES]
    city = row.city
    if against == CITY_NOT_TOLD:
        city = matcher.bodies.named_in(text.text)
    ranked = tuple(matcher.score(text, scores, city=city).ranked())
    return _Answer(row.id, text, ranked, frozenset(row.goals))


def _quality(
    name: str,
    against: str,
    answers: Sequence[_Answer],
    sdg: SdgMatcher,
    index: AimIndex,
    iris: Mapping[str, str],
    language: Language,
) -> Quality:
    labelled = [(answer.ranked, answer.stated) for answer in answers if answer.stated]
    firsts = [(ranked[:1], stated) for ranked, stated in labelled]
    worst = sorted(
        (answer for answer in answers if answer.stated),
        key=lambda answer: (-first_place(answer.ranked, answer.stated), answer.id),
    )

    def why(answer: _Answer, label: str) -> tuple[Reason, ...]:
        iri = iris.get(label)
        if iri is None:
            return ()
        found = reasons(
            answer.prepared, index, iri, thesaurus=sdg.thesaurus, language=language, most=2
        )
        return tuple(found)

    return Quality(
        measure(name, against, labelled),
        tuple(reliability(*pairs(labelled))),
        tuple(reliability(*pairs(firsts))),
        _by_goal(labelled) if against == "sdg-goal" else (),
        tuple(
            WorstRow(
                answer.id,
                " ".join(answer.prepared.text.split())[:200],
                tuple(sorted(answer.stated)),
                first_place(answer.ranked, answer.stated) + 1,
                answer.ranked[:3],
                {
                    label: aim_name(index, iris[label], language)
                    for label in (*sorted(answer.stated), *(key for key, _ in answer.ranked[:3]))
                    if label in iris
                },
                why(answer, min(answer.stated)),
                why(answer, answer.ranked[0][0]),
            )
            for answer in worst[:WORST]
            if first_place(answer.ranked, answer.stated) > 0
        ),
    )


def aim_name(index: AimIndex, iri: str, language: Language) -> str:
    """Return what an aim is called: its first text in the language, or its first text."""
    place = index.place[iri]
    own = index.prototypes[index.table.starts[place] : index.table.starts[place + 1]]
    return next((text for text in own if language_of(text) == language), own[0] if own else "")


def _by_goal(labelled: Sequence[tuple[Ranked, Collection[str]]]) -> tuple[GoalFigures, ...]:
    goals = sorted({label for ranked, _ in labelled for label, _ in ranked}, key=int)
    return tuple(
        GoalFigures(
            goal,
            sum(goal in stated for _, stated in labelled),
            sum(
                goal in stated and goal in [label for label, _ in ranked[:3]]
                for ranked, stated in labelled
            ),
            sum(ranked[0][0] == goal for ranked, _ in labelled),
            sum(ranked[0][0] == goal and goal in stated for ranked, stated in labelled),
        )
        for goal in goals
    )


def _coded(ranked: Sequence[tuple[str, float]]) -> tuple[tuple[str, float], ...]:
    return tuple((sdg_code(iri), chance) for iri, chance in ranked)
