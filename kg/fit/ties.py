"""Tie goals and framework aims to SDG aims: by document, reference row or their own wording."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from kg.fit.aims import AimKind, Link, StatedInterface
from kg.matching.match import SdgScores

AT_MOST: Final = 3
GROUND: Final[Mapping[str, float]] = {
    "official": 0.9,
    "stated": 0.9,
    "page": 0.8,
    "literature": 0.8,
    "law": 0.7,
    "expert": 0.7,
    "inferred": 0.5,
}
# How far a row carries by how its source acts on its target.
RELATION: Final[Mapping[str, float]] = {
    "direct": 1.0,
    "synergy": 0.6,
    "enabling": 0.6,
    "indirect": 0.6,
    "tradeoff": 1.0,
    "": 0.8,
}
# How much of a target's probability passes to an aim about the same target; the wide aims of
# frameworks get less than the goals of the city itself.
SHARED_TARGET: Final[Mapping[AimKind, float]] = {
    "concept-goal": 0.65,
    "framework-aim": 0.4,
    "sdg-goal": 1.0,
    "sdg-target": 0.0,
}


@dataclass(frozen=True, slots=True)
class Tie:
    """Say that an aim itself is about an SDG aim, how surely, by which row, in which state.

    Without a row it is the aim's own wording that says so.
    """

    target: str
    confidence: float
    row: str
    status: str


def ground(link: Link) -> float:
    """Return how far a row is trusted by what it rests on."""
    return GROUND.get(link.evidence, 0.5)


def ties_of(
    links: Sequence[Link], interfaces: Sequence[StatedInterface], worded: Sequence[Tie]
) -> tuple[Tie, ...]:
    """Return the ties of one aim by target; what a document states beats what is only probable.

    A rejected interface removes the tie.
    """
    found = {tie.target: tie for tie in worded}
    for link in links:
        if link.strength > 0:
            found[link.target] = Tie(link.target, ground(link), link.iri, link.status)
    for item in interfaces:
        own = found.get(item.target)
        if item.status in {"rejected", "superseded"}:
            found.pop(item.target, None)
        elif item.strength > 0:
            stated = item.status in {"declared", "confirmed"}
            before = own.confidence if own is not None else 0.0
            sure = 1.0 if stated else 1.0 - (1.0 - before) * (1.0 - item.confidence)
            found[item.target] = Tie(item.target, sure, item.iri, item.status)
    return tuple(found[target] for target in sorted(found))


def worded_ties(scores: SdgScores, line: float) -> tuple[Tie, ...]:
    """Return the targets that an aim's own text probably is about."""
    return tuple(
        Tie(iri, chance, "", "proposed")
        for iri, chance in scores.targets.ranked()[:AT_MOST]
        if chance >= line
    )
