"""Gather what people said of links as labelled pairs of a text and an aim, to learn from.

A link counts when a person confirmed or rejected that it supports; a corrected link counts as
confirmed, with the aim, kind and strength the reviewer gave it.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Literal

from kg.fit.aims import Aim, AimKind, KnownMeasure, last_part, read_aims
from kg.fit.index import goals_by_city, place_names, texts_of
from kg.fit.known import read_measures
from kg.language import Text
from kg.matching.prepare import PlaceNames
from kg.matching.review_training import (
    Reviewed,
    ReviewedLink,
    ReviewedText,
    read_reviewed_links,
)
from kg.matching.thesaurus import Thesaurus
from kg.store import Store

Answer = Literal["accepted", "rejected"]
Ground = Literal["other-kind", "no-text", "unknown-aim", "not-compared", "contradictory"]
GROUNDS: Final[Mapping[Ground, Text]] = {
    "other-kind": Text(
        "Art oder Stärke sagt nichts über Unterstützung (etwa ein Konflikt)",
        "its kind or strength says nothing about support (such as a conflict)",
    ),
    "no-text": Text(
        "Ausgangspunkt ist weder Maßnahme noch Ziel mit Text",
        "it starts from neither a measure nor a goal with a text",
    ),
    "unknown-aim": Text(
        "Ziel steht nicht im Datenbestand", "the dataset does not describe its aim"
    ),
    "not-compared": Text(
        "dieses Paar ordnet das Modell nie zu (Rahmenziel, Ziel einer anderen Kommune,"
        " Ziel mit Ziel)",
        "the model never matches such a pair (framework aim, goal of another municipality,"
        " goal with goal)",
    ),
    "contradictory": Text(
        "für denselben Text bestätigt und verworfen",
        "confirmed and rejected for the same text",
    ),
}
_SUPPORTING_KINDS: Final = frozenset({"", "supports", "implements"})


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Name a reviewed link that is not learned from, and why."""

    interface: str
    ground: Ground


@dataclass(frozen=True, slots=True)
class Reviews:
    """Hold the reviews to learn from, how many there are of each kind, and those left out."""

    reviewed: Reviewed
    counts: Mapping[tuple[AimKind, Answer], int]
    left_out: tuple[LeftOut, ...]

    def as_json(self) -> dict[str, object]:
        """Return the counts and every link left out with its ground."""
        return {
            "used": [
                {"against": kind, "answer": answer, "count": count}
                for (kind, answer), count in self.counts.items()
            ],
            "left_out": [
                {"interface": item.interface, "reason": item.ground} for item in self.left_out
            ],
        }


@dataclass(frozen=True, slots=True)
class _Pair:
    interface: str
    text: str
    city: str
    aim: Aim
    answer: Answer


def read_reviews(store: Store, thesaurus: Thesaurus) -> Reviews:
    """Return the reviews of a store; the same store gives the same in the same order."""
    links = read_reviewed_links(store)
    if not links:
        return Reviews(Reviewed(), {}, ())
    aims = {aim.iri: aim for aim in read_aims(store)}
    measures = {measure.iri: measure for measure in read_measures(store)}
    by_city = goals_by_city(aims.values())
    left_out: list[LeftOut] = []
    pairs: list[_Pair] = []
    for link in links:
        found = _pair(link, aims, measures, by_city)
        if isinstance(found, _Pair):
            pairs.append(found)
        else:
            left_out.append(LeftOut(link.interface, found))
    answers: dict[tuple[str, str, str], set[Answer]] = defaultdict(set)
    for pair in pairs:
        answers[pair.city, pair.text, pair.aim.iri].add(pair.answer)
    clear: list[_Pair] = []
    for pair in pairs:
        if len(answers[pair.city, pair.text, pair.aim.iri]) > 1:
            left_out.append(LeftOut(pair.interface, "contradictory"))
        else:
            clear.append(pair)
    names = place_names(store, thesaurus)
    places = PlaceNames(names)
    texts = _texts(clear)
    goals = {
        city: tuple(texts_of(by_city[city], places))
        for city in sorted({entry.city for entry in texts})
        if city in by_city
    }
    counts = Counter((pair.aim.kind, pair.answer) for pair in clear)
    return Reviews(
        Reviewed(texts, goals, tuple(names)),
        dict(sorted(counts.items())),
        tuple(sorted(set(left_out), key=lambda item: (item.interface, item.ground))),
    )


def _pair(
    link: ReviewedLink,
    aims: Mapping[str, Aim],
    measures: Mapping[str, KnownMeasure],
    by_city: Mapping[str, list[Aim]],
) -> _Pair | Ground:
    answer: Answer = "accepted" if last_part(link.status) == "confirmed" else "rejected"
    strength = 1 if link.strength is None else link.strength
    lowest = 1 if answer == "accepted" else 0
    if last_part(link.kind) not in _SUPPORTING_KINDS or strength < lowest:
        return "other-kind"
    aim = aims.get(link.target)
    if aim is None:
        return "unknown-aim"
    measure, goal = measures.get(link.source), aims.get(link.source)
    if measure is not None:
        text, cities = measure.text, sorted(measure.cities)
    elif goal is not None and goal.kind == "concept-goal":
        text = "\n\n".join(goal.german or goal.english)
        cities = sorted({document.city for document in goal.documents})
    else:
        return "no-text"
    if aim.kind == "concept-goal":
        cities = [city for city in cities if aim in by_city.get(city, ())]
        if measure is None or not cities:
            return "not-compared"
    elif aim.kind == "framework-aim":
        return "not-compared"
    return _Pair(link.interface, text, next(iter(cities), ""), aim, answer)


def _texts(pairs: list[_Pair]) -> tuple[ReviewedText, ...]:
    """Return the texts in order of city and text, each once with all that was said of it."""
    said: dict[tuple[str, str], dict[Answer, set[str]]] = defaultdict(lambda: defaultdict(set))
    for pair in pairs:
        said[pair.city, pair.text][pair.answer].add(pair.aim.iri)
    return tuple(
        ReviewedText(text, city, frozenset(own["accepted"]), frozenset(own["rejected"]))
        for (city, text), own in sorted(said.items())
    )
