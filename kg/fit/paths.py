"""Follow the graph from a measure's slots to aims, with a stated confidence for each path.

The confidence of a path is a rule, not a fitted figure: what the row rests on, times how it acts,
times its strength out of three, times how the measure comes to the slot. A path and the text are
two voices for one aim; together they are wrong only if both are (`together`).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from kg.fit.aims import Link
from kg.fit.index import FitIndex
from kg.fit.layout import base_confidence
from kg.fit.reading import Reading, SlotUse, Via
from kg.matching.rank import Matrix

VIA: Final[Mapping[Via, float]] = {"declared": 1.0, "mentioned": 0.6}
DECLARED_BY_MEASURE: Final = 0.9


@dataclass(frozen=True, slots=True)
class SlotPath:
    """Hold the way from a slot of the measure over one reference row to an aim."""

    slot: SlotUse
    link: Link
    confidence: float


def confidence(link: Link, via: Via) -> float:
    """Return how far a row carries from a slot that the measure has in this way."""
    return base_confidence(link) * VIA[via]


def together(*chances: float) -> float:
    """Return the probability that at least one of independent voices is right.

    >>> together(0.5, 0.5)
    0.75
    """
    wrong = 1.0
    for chance in chances:
        wrong *= 1.0 - chance
    return 1.0 - wrong


def slot_paths(slots: Iterable[SlotUse], aim: str, index: FitIndex) -> tuple[SlotPath, ...]:
    """Return the supporting paths to one SDG aim, the strongest first."""
    found = [
        SlotPath(slot, link, confidence(link, slot.via))
        for slot in slots
        if slot.iri in index.ways
        for link in index.ways[slot.iri].links.get(aim, ())
    ]
    return tuple(sorted(found, key=lambda path: (-path.confidence, path.link.iri)))


def path_chances(slots: Iterable[SlotUse], index: FitIndex, rows: int) -> Matrix:
    """Return the confidence of the strongest path for each row of a layout."""
    found = np.zeros(rows)
    for slot in slots:
        ways = index.ways.get(slot.iri)
        if ways is not None:
            found[ways.rows] = np.maximum(found[ways.rows], ways.confidences * VIA[slot.via])
    return found


def best(paths: Sequence[SlotPath]) -> float:
    """Return the confidence of the strongest path; paths overlap, so they do not add up."""
    return max((path.confidence for path in paths), default=0.0)


def named_aims(reading: Reading) -> Mapping[str, str]:
    """Return the aims that the measure itself names, with the words it uses."""
    found: dict[str, str] = {}
    if not reading.measure.aims:
        return found
    own = reading.index.goals.get(reading.city)
    numbered = {aim.code.casefold(): aim.iri for aim in own.aims if aim.code} if own else {}
    for name in reading.measure.aims:
        code = name.strip().casefold()
        bare = code.removeprefix("sdg").strip(" -:.")
        for iri, aim in reading.index.aims.items():
            if aim.kind in {"sdg-goal", "sdg-target"} and aim.code.casefold() == bare:
                found[iri] = name
        head = code.split(" ", 1)[0]
        for key in (code, head):
            if key in numbered:
                found[numbered[key]] = name
    return found
