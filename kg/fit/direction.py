"""Decide whether a measure moves what an aim wants, against it, both ways, or only denies it.

A conflict needs a rule of `direction_rules.csv`; without one the answer is at most »neutral«.
Things are compared by family (`families.csv`) or by concept: what an SDG target wants follows from
the family's row or the thesaurus, what a goal wants from its own wording first.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Final, cast

from kg.fit.families import families
from kg.fit.polarity import Move
from kg.fit.report import Answer
from kg.language import Text
from kg.matching.thesaurus import Concept, Thesaurus
from ontology.namespaces import scheme

# A thesaurus link of this weight makes a concept a thing that a target wants.
WANTED_WEIGHT: Final = 0.6
# »Reduzierung von X« often fights what X stands for; these words end X itself.
_ENDING: Final = frozenset({"end", "cut"})
_RULE_OF: Final[Mapping[str, str]] = {
    "end": "ends-what-is-wanted",
    "ban": "bans-what-is-wanted",
    "cut": "cuts-what-is-wanted",
    "reduce": "reduces-what-is-wanted",
    "hinder": "reduces-what-is-wanted",
    "replace": "replaces-what-is-wanted",
    "refuse": "replaces-what-is-wanted",
}
_INCINERATION: Final = "energy-recovery"
_ABOVE_ENERGY: Final = frozenset({"waste", "reuse", "single-use", "food-waste", "recycling"})
RECYCLING: Final = frozenset({"recycling", "separate-collection"})
PREVENTION: Final = frozenset({"waste", "reuse"})


@dataclass(frozen=True, slots=True)
class DirectionRule:
    """Hold a rule that a verdict can name; `source` is "" where the two wordings are the source."""

    name: str
    answer: Answer
    strength: int
    label: Text
    reason: Text
    source: str

    @property
    def iri(self) -> str:
        """Return the identifier that evidence gives as its row."""
        return scheme("direction-rule", self.name)


@dataclass(frozen=True, slots=True)
class Direction:
    """Say that a rule holds between a measure and an aim.

    `move` is the measure's part, `wanted` the aim's where its own wording says it; `family` names
    the row of `families.csv` that gives the valence, "" where a concept does.
    """

    rule: DirectionRule
    move: Move
    wanted: Move | None
    family: str


@lru_cache(maxsize=1)
def direction_rules() -> Mapping[str, DirectionRule]:
    """Return the rules by name."""
    text = files("kg.fit").joinpath("direction_rules.csv").read_text("utf-8")
    return {
        row["rule"]: DirectionRule(
            row["rule"],
            cast("Answer", row["answer"]),
            int(row["strength"]),
            Text(row["name_de"], row["name_en"]),
            Text(row["reason_de"], row["reason_en"]),
            row["source"],
        )
        for row in csv.DictReader(text.splitlines())
    }


@lru_cache(maxsize=1)
def open_concepts() -> frozenset[str]:
    """Return the concepts (IRIs) of which neither more nor less is wanted as such."""
    text = files("kg.fit").joinpath("open_concepts.csv").read_text("utf-8")
    return frozenset(
        scheme("thesaurus", name)
        for row in csv.DictReader(text.splitlines())
        for name in row["concepts"].split(";")
    )


def against_target(moves: Sequence[Move], target: str, thesaurus: Thesaurus) -> Direction | None:
    """Return the rule that holds between a measure's moves and an SDG target; None for none."""
    related = [
        _Pair(move, None, family, move.good if _weighs(move, family) else 0)
        for move in moves
        for family in [_family_for(move, target, thesaurus)]
        if family is not None
    ]
    return _decide(related)


def target_candidates(moves: Iterable[Move], thesaurus: Thesaurus) -> frozenset[str]:
    """Return the SDG targets that the moves of a measure may concern."""
    known = families()
    found: set[str] = set()
    for move in moves:
        for name in move.families:
            found |= known[name].targets
        for iri in move.keys & thesaurus.concepts.keys():
            found.update(link.aim for link in thesaurus.concepts[iri].aims)
    return frozenset(found)


def against_goal(
    moves: Sequence[Move], wants: Sequence[Move], thesaurus: Thesaurus
) -> Direction | None:
    """Return the rule that holds between a measure's moves and a goal's own wording."""
    ladder = _ladder(moves, wants)
    if ladder is not None:
        return ladder
    related = [
        pair
        for move in moves
        for want in wants
        for pair in [_pair(move, want, thesaurus)]
        if pair is not None
    ]
    return _decide(related)


def pulls_back(moves: Iterable[Move]) -> Move | None:
    """Return the first move against a wanted thing when no other acts for one."""
    acting = [move for move in moves if move.way != "named"]
    if any(move.good > 0 for move in acting):
        return None
    return next(
        (
            m
            for m in acting
            if m.good < 0 and not m.examined and (m.families or m.action in _ENDING)
        ),
        None,
    )


@dataclass(frozen=True, slots=True)
class _Pair:
    move: Move
    want: Move | None
    family: str
    towards: int


def _weighs(move: Move, family: str) -> bool:
    """Tell whether a move counts: any of a family, of a concept only a clear end of it."""
    return bool(family) or move.good > 0 or move.action in _ENDING


def _family_for(move: Move, target: str, thesaurus: Thesaurus) -> str | None:
    """Return the family by which a thing concerns a target, "" by a concept, None not at all."""
    known = families()
    for name in sorted(move.families):
        if target in known[name].targets:
            return name
    for iri in sorted(move.keys & thesaurus.concepts.keys()):
        concept = thesaurus.concepts[iri]
        if iri not in open_concepts() and any(
            link.aim == target and link.weight >= WANTED_WEIGHT for link in concept.aims
        ):
            return ""
    return None


def _pair(move: Move, want: Move, thesaurus: Thesaurus) -> _Pair | None:
    shared = sorted(move.families & want.keys & families().keys())
    if shared:
        family = shared[0]
        if move.good and want.good:
            return _Pair(move, want, family, move.good * want.good)
        if move.sense == want.sense and move.head == want.head:
            return _Pair(move, want, family, move.sign * want.sign)
        return _Pair(move, want, family, 0 if move.way == "denied" else move.good)
    concept = _common(move, want, thesaurus)
    if concept is None:
        return None
    same = move.head == want.head
    if move.sign and want.sign and same:
        return _Pair(move, want, "", move.sign * want.sign)
    if move.way == "denied":
        return _Pair(move, want, "", 0)
    if move.good > 0 and want.good > 0:
        return _Pair(move, want, "", 1)
    opposed = move.good < 0 < want.good and move.action in _ENDING and concept
    return _Pair(move, want, "", -1) if opposed else None


def _common(move: Move, want: Move, thesaurus: Thesaurus) -> bool | None:
    """Tell whether two things share a concept or one is below the other; None if they do not.

    The answer is false where more of the concept is not wanted as such.
    """
    mine = [thesaurus.concepts[iri] for iri in move.keys if iri in thesaurus.concepts]
    theirs = [thesaurus.concepts[iri] for iri in want.keys if iri in thesaurus.concepts]
    for one in mine:
        for other in theirs:
            if one.iri == other.iri or _below(one, other) or _below(other, one):
                return not {one.iri, other.iri} & open_concepts()
    return None


def _below(one: Concept, other: Concept) -> bool:
    return other.iri in one.broader


def _decide(pairs: Sequence[_Pair]) -> Direction | None:
    against = [p for p in pairs if p.towards < 0 and not p.move.examined]
    towards = [p for p in pairs if p.towards > 0]
    denied = [p for p in pairs if p.move.way == "denied" and p.towards == 0]
    examined = [p for p in pairs if p.towards < 0 and p.move.examined]
    rules = direction_rules()
    acting = [p for p in towards if p.move.way != "named"]
    if against and not acting:
        first = against[0]
        return Direction(rules[_rule_of(first)], first.move, first.want, first.family)
    if against and len(against) >= len(acting):
        return Direction(
            rules["both-directions"], against[0].move, against[0].want, against[0].family
        )
    if towards or against:
        return None
    for found, name in ((examined, "only-examined"), (denied, "only-denied")):
        if found:
            return Direction(rules[name], found[0].move, found[0].want, found[0].family)
    return None


def _rule_of(pair: _Pair) -> str:
    move = pair.move
    if pair.family == _INCINERATION:
        return "energy-before-prevention"
    if move.sign > 0:
        return "expands-what-is-unwanted"
    return _RULE_OF.get(move.action, "reduces-what-is-wanted")


def _ladder(moves: Sequence[Move], wants: Sequence[Move]) -> Direction | None:
    """Return the rule of the waste hierarchy that holds, if any (KrWG section 6)."""
    named = frozenset(key for want in wants if want.good >= 0 for key in want.keys)
    burning = next((m for m in moves if _INCINERATION in m.keys and m.sign > 0), None)
    want = next((w for w in wants if w.keys & _ABOVE_ENERGY), None)
    if burning is not None and want is not None and _INCINERATION not in named:
        name = "only-examined" if burning.examined else "energy-before-prevention"
        return Direction(direction_rules()[name], burning, want, _INCINERATION)
    known = families().keys()
    own = frozenset(key for move in moves for key in move.keys & known)
    sorting = next((m for m in moves if m.keys & RECYCLING and m.sign * m.good > 0), None)
    first = next((w for w in wants if w.keys & PREVENTION and w.good > 0), None)
    if sorting is not None and first is not None and own <= RECYCLING and not named & RECYCLING:
        family = min(sorting.keys & RECYCLING)
        return Direction(direction_rules()["recycling-is-not-prevention"], sorting, first, family)
    return None
