"""Compare the slots of two measures: how alike the wording is, which slots agree or clash."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Literal

import numpy as np
from numpy.typing import NDArray

from kg.matching.places import Names
from kg.matching.quantities import Quantity, QuantityKind
from kg.matching.slots import MeasureSlots

Slot = Literal["place", "number", "site", "object", "action", "instrument"]
FEATURES: Final = (
    "cosine",
    "meaning",
    "other_concepts",
    "object_clashes",
    "place_agrees",
    "place_clashes",
    "place_one_sided",
    "number_agrees",
    "number_clashes",
    "site_agrees",
    "site_clashes",
    "any_clashes",
    "action_agrees",
    "action_clashes",
    "opposite",
    "stage_clashes",
    "instrument_agrees",
    "instrument_clashes",
    "instrument_one_sided",
    "kind_agrees",
    "kind_clashes",
)
# Actions that one measure may be worded by: a park is built, laid out or planted.
_GROUP: Final[Mapping[str, str]] = {
    **dict.fromkeys(("build", "introduce", "plant", "expand", "raise", "buy"), "more"),
    **dict.fromkeys(("stop", "lower", "remove"), "less"),
    **dict.fromkeys(("renovate", "convert", "update"), "other"),
}
# A plan, its execution and its review are not the same measure.
_STAGES: Final = frozenset({"implement", "review", "study", "sell"})
PART: Final = 0.6
_KINDS: Final[tuple[QuantityKind, ...]] = ("count", "share", "year")


@dataclass(frozen=True, slots=True)
class Pair:
    """Say that both texts fill a slot: with what each of them does; `agrees` or they clash."""

    slot: Slot
    agrees: bool
    first: str
    second: str


@dataclass(frozen=True, slots=True)
class Comparison:
    """Hold the figures for the model, in the order of `FEATURES`, and the slots that both fill."""

    figures: NDArray[np.float64]
    pairs: tuple[Pair, ...]


def compare(first: MeasureSlots, second: MeasureSlots) -> Comparison:
    """Return the comparison; the figures are the same in either order."""
    places, numbers = _places(first, second), _numbers(first, second)
    sites = _named("site", first.sites, second.sites)
    actions = _actions(first, second)
    tools = _named("instrument", first.doing.instruments, second.doing.instruments)
    objects = _objects(first, second)
    opposite = first.doing.direction * second.doing.direction < 0
    figures = np.array(
        [
            _cosine(first, second),
            float(first.meaning @ second.meaning),
            min(_left(first, second), _left(second, first)),
            _both(objects)[1],
            *_both(places),
            float(bool(first.places) != bool(second.places)),
            *_both(numbers),
            *_both(sites),
            float(any(not pair.agrees for pair in (*places, *numbers, *sites))),
            *_both(actions),
            float(opposite),
            float(_stages(first) != _stages(second)),
            *_both(tools),
            float(bool(first.doing.instruments) != bool(second.doing.instruments)),
            *_kinds(first, second),
        ],
        dtype=np.float64,
    )
    return Comparison(np.round(figures, 6), (*places, *numbers, *sites, *objects, *actions, *tools))


def _both(pairs: tuple[Pair, ...]) -> tuple[float, float]:
    agrees = any(pair.agrees for pair in pairs)
    clashes = any(not pair.agrees for pair in pairs)
    return float(agrees and not clashes), float(clashes)


def _cosine(first: MeasureSlots, second: MeasureSlots) -> float:
    """Return the cosine of the whole texts, in which the first sentence counts twice."""
    if not len(first.vectors) or not len(second.vectors):
        return 0.0
    left = first.vectors.sum(axis=0) + first.vectors[0]
    right = second.vectors.sum(axis=0) + second.vectors[0]
    norms = float(np.sqrt((left @ left) * (right @ right)))
    return float(left @ right) / (norms or 1.0)


def _kinds(first: MeasureSlots, second: MeasureSlots) -> tuple[float, float]:
    """Return how far the instruments agree and clash by sense; small where either is unclear."""
    totals = [float(text.kinds.sum()) for text in (first, second)]
    if not all(totals):
        return 0.0, 0.0
    clear = min(1.0, totals[0]) * min(1.0, totals[1])
    alike = float(np.sqrt(first.kinds * second.kinds).sum()) / (totals[0] * totals[1]) ** 0.5
    return clear * alike, clear * max(0.0, 1.0 - alike)


def _left(first: MeasureSlots, second: MeasureSlots) -> float:
    """Return the weight of the first's most telling concept whose words the second says not."""
    left = 0.0
    for item in first.content:
        if not item.concepts or not second.keys.isdisjoint(item.keys):
            continue
        best = 0.0 if second.affixes.isdisjoint(item.affixes) else PART
        best = max(best, *(_closeness(concept, second) for concept in item.concepts))
        left = max(left, *(first.concepts[concept] * (1 - best) for concept in item.concepts))
    return left


def _closeness(concept: str, other: MeasureSlots) -> float:
    return 1.0 if concept in other.concepts else other.near.get(concept, 0.0)


def _places(first: MeasureSlots, second: MeasureSlots) -> tuple[Pair, ...]:
    return _partly("place", first.places, second.places)


def _partly(slot: Slot, first: Names, second: Names) -> tuple[Pair, ...]:
    """Return what agrees; a clash only where each side has a name that the other has not."""
    shared = [name for name in first if name in second]
    mine = [name for name in first if name not in second]
    theirs = [name for name in second if name not in first]
    pairs = [Pair(slot, True, first[name], second[name]) for name in shared]
    if mine and theirs:
        pairs.append(Pair(slot, False, _shown(first, mine), _shown(second, theirs)))
    return tuple(pairs)


def _shown(names: Mapping[str, str], keys: list[str]) -> str:
    return ", ".join(dict.fromkeys(names[key] for key in keys))


def _named(slot: Slot, first: Mapping[str, str], second: Mapping[str, str]) -> tuple[Pair, ...]:
    """Return what agrees, or one clash where both sides say something and nothing agrees."""
    shared = [name for name in first if name in second]
    if shared:
        return tuple(Pair(slot, True, first[name], second[name]) for name in shared)
    if first and second:
        pair = Pair(slot, False, _shown(first, list(first)), _shown(second, list(second)))
        return (pair,)
    return ()


def _stages(text: MeasureSlots) -> frozenset[str]:
    doing = text.doing
    return _STAGES.intersection(doing.actions) | _STAGES.intersection(doing.instruments)


def _actions(first: MeasureSlots, second: MeasureSlots) -> tuple[Pair, ...]:
    pairs = _named("action", first.doing.actions, second.doing.actions)
    if pairs and not pairs[0].agrees:
        groups = [{_GROUP.get(name, name) for name in one.doing.actions} for one in (first, second)]
        if groups[0] & groups[1]:
            return ()
    return pairs


def _numbers(first: MeasureSlots, second: MeasureSlots) -> tuple[Pair, ...]:
    pairs: list[Pair] = []
    for kind in _KINDS:
        mine = {item: said for item, said in first.numbers.items() if item.kind == kind}
        theirs = {item: said for item, said in second.numbers.items() if item.kind == kind}
        pairs += _quantities(mine, theirs)
    return tuple(pairs)


def _quantities(first: Mapping[Quantity, str], second: Mapping[Quantity, str]) -> list[Pair]:
    shared = [item for item in first if item in second]
    pairs = [Pair("number", True, first[item], second[item]) for item in shared]
    mine = [said for item, said in first.items() if item not in second]
    theirs = [said for item, said in second.items() if item not in first]
    if mine and theirs:
        pairs.append(Pair("number", False, ", ".join(mine), ", ".join(theirs)))
    return pairs


def _objects(first: MeasureSlots, second: MeasureSlots) -> tuple[Pair, ...]:
    shared = sorted(iri for iri in first.concepts if iri in second.concepts)
    if shared:
        return tuple(Pair("object", True, first.said[iri], second.said[iri]) for iri in shared)
    mine, theirs = _far(first, second), _far(second, first)
    if mine and theirs:
        pair = Pair("object", False, _shown(first.said, mine), _shown(second.said, theirs))
        return (pair,)
    return ()


def _far(first: MeasureSlots, second: MeasureSlots) -> list[str]:
    """Return the first text's concepts that the second says neither by concept nor by word."""
    said = {
        concept
        for item in first.content
        if not second.affixes.isdisjoint((*item.keys, *item.affixes))
        for concept in item.concepts
    }
    return sorted(iri for iri in first.concepts if iri not in said and not _closeness(iri, second))
