"""Weigh the voices for each aim (text, graph paths, statements) into one answer."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from kg.fit.aims import Aim, KnownMeasure, StatedInterface
from kg.fit.direction import Direction
from kg.fit.known import titled
from kg.fit.layout import Layout, Rows
from kg.fit.nature import nature
from kg.fit.paths import DECLARED_BY_MEASURE, SlotPath, named_aims, path_chances, slot_paths
from kg.fit.reading import Reading, SlotUse
from kg.fit.report import Answer
from kg.matching.rank import AimIndex, Matrix

STRONG: Final = 0.7
SUPPORTING: Final = frozenset({"declared", "confirmed"})
MOST_SHARED: Final = 3


@dataclass(frozen=True, slots=True)
class SharedTarget:
    """Say that an aim is about an SDG aim which the measure probably serves.

    `row` says so, or the aim's own wording where there is none; `status` is that row's state.
    """

    target: Aim
    chance: float
    row: str
    status: str


@dataclass(frozen=True, slots=True)
class Judgement:
    """Hold the answer for one aim and the voices behind it.

    `chance` is the text's own probability, `line` the one below which the text says nothing;
    `named` holds the measure's own words for the aim, `stated` a row of the dataset about it,
    `direction` the rule that changed the answer.
    """

    aim: Aim
    index: AimIndex
    chance: float
    line: float
    paths: tuple[SlotPath, ...]
    shared: tuple[SharedTarget, ...]
    named: str
    stated: StatedInterface | None
    probability: float
    answer: Answer
    direct: bool
    strength: int
    direction: Direction | None = None


class Judged:
    """Hold the answers for all aims of a layout as rows; `at` gives one with its voices.

    `probabilities` and `supports` have a row an aim.
    """

    def __init__(self, reading: Reading, slots: Sequence[SlotUse]) -> None:
        self.layout: Final[Layout] = reading.index.layout(reading.city)
        self._reading = reading
        self._slots = slots
        self._named = named_aims(reading)
        self._stated = _stated_interfaces(reading)
        sdg, goals = reading.sdg, reading.goals
        self._chances = np.concatenate(
            [
                sdg.targets.probabilities,
                sdg.goals.probabilities,
                *([goals.probabilities] if goals is not None else ()),
                reading.frameworks.probabilities,
            ]
        )
        layout = self.layout
        speaks = self._chances >= layout.said
        self._lines = np.where(speaks, layout.needed, layout.carried)
        supported = {iri for iri, row in self._stated.items() if _is_support(row)}
        denied = self._stated.keys() - supported - self._named.keys()
        self._told = {*self._stated, *self._named}
        self._known: dict[int, Judgement] = {}
        self._sure = self._rows(supported | self._named.keys())
        self._denied = self._rows(denied)
        self._shared = np.zeros(0)
        self.probabilities: Final = self._weigh()
        self.supports: Final = self._answers(self.probabilities, slice(None))

    def is_silent(self, row: int) -> bool:
        """Tell whether neither text nor paths nor statements say anything of a row's aim."""
        return not self.supports[row] and self.layout.aims[row].iri not in self._told

    def at(self, row: int) -> Judgement:
        """Return the judgement of one row."""
        found = self._known.get(row)
        if found is None:
            found = self._known[row] = self._at(row)
        return found

    def _at(self, row: int) -> Judgement:
        layout = self.layout
        aim = layout.aims[row]
        chance, probability = float(self._chances[row]), float(self.probabilities[row])
        named = self._named.get(aim.iri, "")
        stated = self._stated.get(aim.iri)
        answer: Answer = "supports" if self.supports[row] else "not-known"
        if stated is not None and not _is_support(stated) and not named:
            answer = "neutral"
        paths: tuple[SlotPath, ...] = ()
        if row < layout.goals:
            paths = slot_paths(self._slots, aim.iri, self._reading.index)
        said = chance >= layout.said[row]
        direct = answer == "supports" and bool(
            said or named or (stated is not None and _is_support(stated))
        )
        strength = _strength(probability, paths, direct=direct) if answer == "supports" else 0
        return Judgement(
            aim,
            self._index(row),
            chance,
            float(self._lines[row]),
            paths,
            self._shared_of(row),
            named,
            stated,
            probability,
            answer,
            direct,
            strength,
        )

    def answered(self) -> set[int]:
        """Return the rows of all answers but not known."""
        return {*np.flatnonzero(self.supports).tolist(), *self._denied.tolist()}

    def _weigh(self) -> Matrix:
        layout = self.layout
        rows, targets = len(layout.aims), layout.targets
        # Two voices are wrong only if both are (`together`).
        paths = path_chances(self._slots, self._reading.index, rows)
        found = 1.0 - (1.0 - self._chances) * (1.0 - paths)
        self._declare(found)
        first = slice(0, targets)
        served = self._answers(found, first)
        below = (layout.above[first] >= 0) & served
        # What a served target says of its own goal is certain, so it replaces a weaker voice there.
        np.maximum.at(found, layout.above[first][below], found[first][below])
        self._declare(found)
        tied = layout.tied
        if len(tied.rows):
            kin = self._kinship()
            self._shared = found[tied.targets] * (tied.weights * kin[tied.natures])
            most = np.maximum.reduceat(self._shared, tied.starts)
            found[tied.owners] = 1.0 - (1.0 - found[tied.owners]) * (1.0 - most)
            self._declare(found)
        return found

    def _kinship(self) -> Matrix:
        own = nature(
            (slot.iri for slot in self._slots if slot.kind == "r-strategy"),
            (slot.iri for slot in self._slots if slot.kind == "field"),
        )
        return self.layout.kinship(own)

    def _declare(self, found: Matrix) -> None:
        found[self._sure] = np.maximum(found[self._sure], DECLARED_BY_MEASURE)

    def _answers(self, found: Matrix, part: slice) -> NDArray[np.bool_]:
        served = found >= self._lines
        served[self._denied] = False
        return np.asarray(served[part])

    def _rows(self, iris: set[str]) -> Rows:
        place = self.layout.place
        return np.array(sorted(place[iri] for iri in iris if iri in place), dtype=np.intp)

    def _index(self, row: int) -> AimIndex:
        index, layout = self._reading.index, self.layout
        if row < layout.goals:
            return index.sdg.index
        if row < layout.own:
            return index.goals[self._reading.city].matcher.index
        return index.frameworks.matcher.index

    def _shared_of(self, row: int) -> tuple[SharedTarget, ...]:
        layout = self.layout
        if row < layout.targets:
            return ()
        if row < layout.goals:
            return _top(
                SharedTarget(layout.aims[target], float(self.probabilities[target]), "", "declared")
                for target in layout.below[row]
                if self.supports[target]
            )
        ties = layout.tied.at.get(row)
        if ties is None or not len(self._shared):
            return ()
        return _top(
            SharedTarget(layout.aims[tie.target], chance, tie.row, tie.status)
            for tie in ties
            if (chance := float(self._shared[tie.place])) > 0
        )


def judge(reading: Reading, slots: Sequence[SlotUse] | None = None) -> Judged:
    """Return the judgements on targets, goals, the city's concept goals and framework aims.

    Other slots than the reading's can be given, to see what they would change.
    """
    return Judged(reading, reading.slots if slots is None else slots)


def known_twins(reading: Reading) -> tuple[KnownMeasure, ...]:
    """Return the city's loaded measures that bear exactly the measure's title."""
    own = reading.index.measures.get(reading.city)
    title = titled(reading.measure.title)
    return own.titled.get(title, ()) if own is not None and title else ()


def _stated_interfaces(reading: Reading) -> Mapping[str, StatedInterface]:
    found: dict[str, StatedInterface] = {}
    for twin in known_twins(reading):
        for interface in reading.index.interfaces_from.get(twin.iri, ()):
            if interface.strength >= 0 and interface.status in {*SUPPORTING, "rejected"}:
                found[interface.target] = interface
    return found


def _is_support(row: StatedInterface) -> bool:
    return row.status in SUPPORTING and row.strength > 0


def _strength(probability: float, paths: Sequence[SlotPath], *, direct: bool) -> int:
    if direct:
        return 2 if probability >= STRONG else 1
    if paths:
        strongest = paths[0].link
        return min(2, strongest.strength) if strongest.relation == "direct" else 1
    return 1


def _top(shared: Iterable[SharedTarget]) -> tuple[SharedTarget, ...]:
    ordered = sorted(shared, key=lambda item: (-item.chance, item.target.iri))
    return tuple([item for item in ordered[:MOST_SHARED] if item.chance > 0])
