"""Turn links that people accepted or rejected into examples for the three logistic models.

Only judged pairs of a text and an aim count; what nobody judged is no negative. The classifiers of
vectors are not touched, so their reading of a reviewed text is that of a text not seen before.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from importlib.resources import files
from typing import Final

import numpy as np

from kg.matching.calibration import design
from kg.matching.examples import Example
from kg.matching.head import Heads
from kg.matching.match import (
    CONCEPT_FEATURES,
    GOAL_FEATURES,
    TARGET_FEATURES,
    SdgMatcher,
)
from kg.matching.match_goals import GoalMatcher
from kg.matching.prepare import PlaceNames, prepare
from kg.matching.rank import AimText, Matrix
from kg.store import Store, text_of

# A reviewed pair is of the very kind the model answers, judged one by one by somebody who knows the
# city; so it counts more than a training pair. Of the weights 1 to 50, tried on each invented city
# in turn as if half of its measures had been reviewed, 5 and 10 helped the other half most, and
# from 10 on the first answers got worse; see docs/quality.md.
REVIEW_WEIGHT: Final = 5.0


@dataclass(frozen=True, slots=True)
class ReviewedLink:
    """Hold what a person said of the link of an element with an aim; IRIs but for the strength.

    `kind` is "" and `strength` None where nothing is said.
    """

    interface: str
    source: str
    target: str
    status: str
    kind: str
    strength: int | None


@dataclass(frozen=True, slots=True)
class ReviewedText:
    """Hold a text of a city with the aims that people accepted and rejected for it."""

    text: str
    city: str
    accepted: frozenset[str]
    rejected: frozenset[str]


@dataclass(frozen=True, slots=True)
class Reviewed:
    """Hold all reviewed texts, the goals of their cities, and the names of places to leave out."""

    texts: tuple[ReviewedText, ...] = ()
    goals: Mapping[str, tuple[AimText, ...]] = field(default_factory=dict)
    places: tuple[str, ...] = ()

    def as_json(self) -> dict[str, object]:
        """Return what a model's file says of them: counts, the weight and a checksum, no text."""
        rows = [
            (entry.city, entry.text, sorted(entry.accepted), sorted(entry.rejected))
            for entry in self.texts
        ]
        return {
            "accepted": sum(len(entry.accepted) for entry in self.texts),
            "rejected": sum(len(entry.rejected) for entry in self.texts),
            "texts": len(self.texts),
            "weight": REVIEW_WEIGHT,
            "sha256": hashlib.sha256(repr(sorted(rows)).encode()).hexdigest(),
        }


NO_REVIEWS: Final = Reviewed()


def read_reviewed_links(store: Store) -> tuple[ReviewedLink, ...]:
    """Return the links that stand as confirmed or rejected among reviews or sources, by IRI."""
    query = files("kg.matching").joinpath("queries", "reviewed-links.rq").read_text("utf-8")
    found = {
        ReviewedLink(
            text_of(row["interface"]),
            text_of(row["from"]),
            text_of(row["to"]),
            text_of(row["status"]),
            text_of(row.get("kind")),
            int(strength) if (strength := text_of(row.get("strength"))) else None,
        )
        for row in store.select(query)
    }
    return tuple(sorted(found, key=lambda link: (link.interface, repr(link))))


class ReviewExamples:
    """Make the examples of reviewed texts; `folds` tells with which part each is held out."""

    def __init__(
        self, reviewed: Reviewed, matcher: SdgMatcher, heads: Heads, folds: Sequence[int]
    ) -> None:
        self._reviewed = reviewed
        self._matcher = matcher
        self._folds = folds
        texts = [entry.text for entry in reviewed.texts]
        places = PlaceNames(reviewed.places)
        self._prepared = prepare(texts, matcher.annotator, matcher.cache, places=places)
        self._figures = matcher.figures(self._prepared)
        self._goal_readings, self._target_readings = matcher.readings(self._prepared, heads)

    def goals(self) -> list[Example]:
        """Return one example a text for the goal model."""
        tables = [
            np.column_stack([figures.goals, reading])
            for figures, reading in zip(self._figures, self._goal_readings, strict=True)
        ]
        return self._examples(self._matcher.goals, tables, GOAL_FEATURES)

    def targets(self, goal_odds: Sequence[Matrix]) -> list[Example]:
        """Return one example a text for the target model; goal log-odds as for texts held out."""
        tables = [
            self._matcher.target_table(figures.targets, reading, odds)
            for figures, reading, odds in zip(
                self._figures, self._target_readings, goal_odds, strict=True
            )
        ]
        return self._examples(self._matcher.targets, tables, TARGET_FEATURES)

    def concepts(self, sdg: SdgMatcher, *, first_fold: int) -> list[Example]:
        """Return one example a text against the goals of its city; a city is one fold."""
        cities = sorted(
            city
            for city in {entry.city for entry in self._reviewed.texts}
            if self._reviewed.goals.get(city)
        )
        matchers = {city: GoalMatcher(self._reviewed.goals[city], sdg, None) for city in cities}
        found: list[Example] = []
        scored = sdg.score_all(self._prepared)
        for entry, text, scores in zip(self._reviewed.texts, self._prepared, scored, strict=True):
            matcher = matchers.get(entry.city)
            if matcher is None or not _judged(entry) & set(matcher.index.iris):
                continue
            shown = design(matcher.figures(text, scores), CONCEPT_FEATURES)
            fold = first_fold + cities.index(entry.city)
            found.append(_example(entry, matcher.index.iris, shown, fold))
        return found

    def _examples(
        self, iris: tuple[str, ...], tables: Sequence[Matrix], features: Sequence[str]
    ) -> list[Example]:
        return [
            _example(entry, iris, design(table, features), fold)
            for entry, table, fold in zip(self._reviewed.texts, tables, self._folds, strict=True)
        ]


def _judged(entry: ReviewedText) -> frozenset[str]:
    return entry.accepted | entry.rejected


def _example(entry: ReviewedText, iris: tuple[str, ...], shown: Matrix, fold: int) -> Example:
    judged = _judged(entry)
    labels = np.array([float(iri in entry.accepted) for iri in iris])
    weights = np.array([REVIEW_WEIGHT if iri in judged else 0.0 for iri in iris])
    return Example(iris, shown, labels, weights, fold, related=True, reviewed=True)
