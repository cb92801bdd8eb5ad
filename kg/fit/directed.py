"""Let the direction of a measure decide: what likeness calls a support may be the opposite."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from itertools import islice
from typing import Final

import numpy as np

from kg.fit.aims import Aim, AimKind, last_part
from kg.fit.clauses import clause_words
from kg.fit.direction import PREVENTION, RECYCLING, Direction, direction_rules
from kg.fit.judge import Judged, Judgement
from kg.fit.reading import Reading
from kg.matching.rank import Matrix
from kg.matching.text import fold

# How far a rule is trusted: of a family with its row, of a concept of the thesaurus or a wording.
BY_FAMILY: Final = 0.7
BY_CONCEPT: Final = 0.6


def directed(judged: Judged, reading: Reading, *, only: Collection[int] | None = None) -> Decision:
    """Return the answers with their direction; what the measure itself names stays as it is.

    A conflict always carries the rule that states it. A support that only rests on a target which
    conflicts, or on likeness while the measure pulls back, becomes neutral; one of a measure that
    only examines or informs becomes weak. With `only`, rows are left out that these do not rest on.
    """
    if not reading.course.moves:
        rows = judged.answered()
        if only is not None:
            rows &= set(only)
        return Decision(judged, {row: judged.at(row) for row in rows}, judged.probabilities)
    director = _Director(reading, judged)
    rows = director.rows()
    if only is not None:
        most = max(only, default=0)
        resting = (0, judged.layout.targets, judged.layout.goals)
        below = resting[(most >= resting[1]) + (most >= resting[2])]
        rows = {row for row in rows if row in only or row < below}
    for row in sorted(rows):
        director.take(row)
    probabilities = judged.probabilities.copy()
    for row, item in director.taken.items():
        probabilities[row] = item.probability
    return Decision(judged, director.taken, probabilities)


@dataclass(frozen=True, slots=True)
class Decision:
    """Hold the final answers: of the rows `taken` as they are there, of all others not known."""

    judged: Judged
    taken: Mapping[int, Judgement]
    probabilities: Matrix

    def at(self, row: int) -> Judgement:
        """Return the judgement of one row."""
        found = self.taken.get(row)
        return found if found is not None else self.judged.at(row)

    def about(self, iri: str) -> Judgement:
        """Return the judgement of one aim of the layout."""
        return self.at(self.judged.layout.place[iri])

    def answered(self) -> list[Judgement]:
        """Return the judgements with another answer than not known, in the order of the rows."""
        return [item for _, item in sorted(self.taken.items()) if item.answer != "not-known"]

    def nearest(self, kind: AimKind, most: int) -> list[Judgement]:
        """Return the most probable aims of a kind that are not known."""
        layout = self.judged.layout
        rows = layout.of_kind.get(kind)
        if rows is None:
            return []
        order = np.lexsort((layout.ranks[rows], -np.round(self.probabilities[rows], 4)))
        silent = (
            row
            for row in rows[order].tolist()
            if row not in self.taken or self.taken[row].answer == "not-known"
        )
        return [self.at(row) for row in islice(silent, most)]

    def __len__(self) -> int:
        """Return the number of aims."""
        return len(self.judged.layout.aims)


class _Director:
    """Hold what of a measure decides, and the targets that were decided before their goals."""

    def __init__(self, reading: Reading, judged: Judged) -> None:
        self.taken: dict[int, Judgement] = {}
        self._judged = judged
        self._reading = reading
        self._course = reading.course
        self._moves = reading.course.moves
        self._opposed: set[str] = set()
        self._served: set[str] = set()

    def rows(self) -> set[int]:
        """Return the rows that have an answer or may get one by direction."""
        place = self._judged.layout.place
        concerned = {place[iri] for iri in self._course.concerned if iri in place}
        return concerned | self._judged.answered()

    def take(self, row: int) -> None:
        """Add the judgement of a row with its direction; not of one that nothing is known of."""
        aim = self._judged.layout.aims[row]
        if self._judged.is_silent(row) and self._direction(aim, supports=False) is None:
            return
        item = self._judged.at(row)
        changed = item if item.named or item.stated is not None else self._changed(item)
        if changed.answer == "supports":
            self._served.add(changed.aim.iri)
        elif changed.direction is not None:
            self._opposed.add(changed.aim.iri)
        self.taken[row] = changed

    def _changed(self, item: Judgement) -> Judgement:
        direction = self._direction(item.aim, supports=item.answer == "supports")
        if direction is None and item.answer == "supports":
            direction = self._only_likeness(item)
        if direction is None:
            return item
        rule = direction.rule
        if rule.answer == "supports":
            strength = min(item.strength, rule.strength)
            return replace(item, strength=strength, direction=direction)
        sure = BY_FAMILY if direction.family else BY_CONCEPT
        return replace(
            item,
            answer=rule.answer,
            strength=rule.strength,
            probability=sure if rule.answer == "conflicts" else item.probability,
            direct=False,
            direction=direction,
        )

    def _direction(self, aim: Aim, *, supports: bool) -> Direction | None:
        if aim.iri in self._course.concerned:
            return self._course.against(aim.iri)
        if aim.kind == "sdg-goal" and supports:
            return self._of_sdg(aim.iri)
        return None

    def _of_sdg(self, iri: str) -> Direction | None:
        """Return the direction of an SDG of which one target conflicts and none is served."""
        below = [other for other in self.taken.values() if other.aim.iri.startswith(f"{iri}.")]
        if any(other.aim.iri in self._served for other in below):
            return None
        against = (other.direction for other in below if other.answer == "conflicts")
        return next(filter(None, against), None)

    def _only_likeness(self, item: Judgement) -> Direction | None:
        """Return why a support of no known direction is none, or a weak one."""
        rules = direction_rules()
        rests_on_opposed = bool(item.shared) and all(
            shared.target.iri in self._opposed for shared in item.shared
        )
        back = self._course.pulls_back
        if back is not None:
            return Direction(rules["direction-unclear"], back, None, "")
        if rests_on_opposed and not item.direct:
            return Direction(rules["direction-unclear"], self._moves[0], None, "")
        below = self._below_prevention(item)
        if below is not None:
            return below
        if self._course.only_examines and not _asks_to_learn(item):
            return Direction(rules["only-informs"], self._moves[0], None, "")
        return None

    def _below_prevention(self, item: Judgement) -> Direction | None:
        """Return the rule of the hierarchy for a measure that declares R8 or R9 alone."""
        declared = {last_part(slot.iri) for slot in self._reading.declared("r-strategy")}
        wants = self._reading.index.wants.by_aim.get(item.aim.iri, ())
        named = {key for want in wants for key in want.keys}
        own = {family for move in self._moves if move.good > 0 for family in move.families}
        prevents = next((w for w in wants if w.keys & PREVENTION and w.good > 0), None)
        if not declared or declared - {"R8", "R9"} or prevents is None:
            return None
        if named & RECYCLING or own & PREVENTION:
            return None
        name = "recycling-is-not-prevention" if "R8" in declared else "energy-is-not-prevention"
        return Direction(direction_rules()[name], self._moves[0], prevents, "")


def _asks_to_learn(item: Judgement) -> bool:
    """Tell whether the aim itself is about knowing, learning, reporting or planning."""
    words = fold(" ".join((*item.aim.german, *item.aim.english)))
    return any(word in words for word in clause_words("learning"))
