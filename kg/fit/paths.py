"""Follow the graph from a measure's slots to aims, with a stated confidence for each path.

The confidence of a path is a rule, not a fitted figure: what the row rests on, times how it acts,
times its strength out of three, times how the measure comes to the slot. A path and the text are
two voices for one aim; together they are wrong only if both are (`together`).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from kg.fit.aims import AimKind, Link
from kg.fit.index import FitIndex
from kg.fit.reading import Reading, SlotUse, Via
from kg.fit.ties import ground

RELATION: Final[Mapping[str, float]] = {
    "direct": 1.0,
    "synergy": 0.6,
    "enabling": 0.6,
    "indirect": 0.6,
    "tradeoff": 1.0,
    "": 0.8,
}
VIA: Final[Mapping[Via, float]] = {"declared": 1.0, "mentioned": 0.6}
# How much of a target's probability passes to an aim about the same target; the wide aims of
# frameworks get less than the goals of the city itself.
SHARED_TARGET: Final[Mapping[AimKind, float]] = {
    "concept-goal": 0.65,
    "framework-aim": 0.4,
    "sdg-goal": 1.0,
    "sdg-target": 0.0,
}
DECLARED_BY_MEASURE: Final = 0.9


@dataclass(frozen=True, slots=True)
class SlotPath:
    """Hold the way from a slot of the measure over one reference row to an aim."""

    slot: SlotUse
    link: Link
    confidence: float


def confidence(link: Link, via: Via) -> float:
    """Return how far a row carries from a slot that the measure has in this way."""
    acts = RELATION.get(link.relation, 0.6)
    return ground(link) * acts * abs(link.strength) / 3 * VIA[via]


def together(*chances: float) -> float:
    """Return the probability that at least one of independent voices is right.

    >>> together(0.5, 0.5)
    0.75
    """
    wrong = 1.0
    for chance in chances:
        wrong *= 1.0 - chance
    return 1.0 - wrong


def slot_paths(slots: Iterable[SlotUse], index: FitIndex) -> Mapping[str, list[SlotPath]]:
    """Return the supporting paths by aim, the strongest first."""
    found: dict[str, list[SlotPath]] = defaultdict(list)
    for slot in slots:
        for link in index.links_from.get(slot.iri, ()):
            if link.strength > 0 and link.target in index.aims:
                found[link.target].append(SlotPath(slot, link, confidence(link, slot.via)))
    return {aim: _sorted(paths) for aim, paths in found.items()}


def best(paths: Sequence[SlotPath]) -> float:
    """Return the confidence of the strongest path; paths overlap, so they do not add up."""
    return max((path.confidence for path in paths), default=0.0)


def named_aims(reading: Reading) -> Mapping[str, str]:
    """Return the aims that the measure itself names, with the words it uses."""
    found: dict[str, str] = {}
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


def _sorted(paths: list[SlotPath]) -> list[SlotPath]:
    return sorted(paths, key=lambda path: (-path.confidence, path.link.iri))
