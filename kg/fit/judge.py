"""Weigh the voices for each aim (text, graph paths, statements) into one answer."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from kg.fit.aims import Aim, KnownMeasure, StatedInterface
from kg.fit.nature import kinship, nature
from kg.fit.paths import (
    DECLARED_BY_MEASURE,
    SHARED_TARGET,
    SlotPath,
    best,
    named_aims,
    slot_paths,
    together,
)
from kg.fit.reading import Reading, SlotUse
from kg.fit.report import Answer
from kg.matching.match import Scores
from kg.matching.rank import AimIndex
from kg.matching.text import normalise

STRONG: Final = 0.7
# Texts of goals and frameworks are short and their ties weak: less than this is not said.
CONCEPT_LINE: Final = 0.4
_TEXTUAL: Final = frozenset({"concept-goal", "framework-aim"})
SUPPORTING: Final = frozenset({"declared", "confirmed"})


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
    `named` holds the measure's own words for the aim, `stated` a row of the dataset about it.
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


@dataclass(frozen=True, slots=True)
class _Stated:
    """Hold what the measure and the dataset say of the measure's aims."""

    named: Mapping[str, str]
    interfaces: Mapping[str, StatedInterface]


def judge(
    reading: Reading,
    slots: Sequence[SlotUse] | None = None,
    *,
    only: Collection[str] | None = None,
) -> list[Judgement]:
    """Return one judgement an aim: targets, goals, the city's concept goals, framework aims.

    Other slots than the reading's can be given, to see what they would change; then `only` names
    the concept goals and framework aims that are asked for, and the others are left out.
    """
    index, calibration = reading.index, reading.index.calibration
    used = reading.slots if slots is None else slots
    paths = slot_paths(used, index)
    stated = _Stated(named_aims(reading), _stated_interfaces(reading))
    found: list[Judgement] = []
    served: dict[str, float] = {}
    for iri, chance in _pairs(reading.sdg.targets):
        judged = _judgement(
            index.aims[iri],
            index.sdg.index,
            chance,
            calibration.target.line,
            stated,
            paths=paths.get(iri, ()),
        )
        found.append(judged)
        served[iri] = judged.probability
    below: dict[str, list[Judgement]] = {}
    for judged in found:
        below.setdefault(judged.aim.iri.rsplit(".", 1)[0], []).append(judged)
    for iri, chance in _pairs(reading.sdg.goals):
        shared = [
            SharedTarget(target.aim, target.probability, "", "declared")
            for target in below.get(iri, ())
            if target.answer == "supports"
        ]
        judged = _judgement(
            index.aims[iri],
            index.sdg.index,
            chance,
            calibration.goal.line,
            stated,
            paths=paths.get(iri, ()),
            shared=_top(shared),
        )
        found.append(judged)
        served[iri] = judged.probability
    own = index.goals.get(reading.city)
    own_nature = nature(
        (slot.iri for slot in used if slot.kind == "r-strategy"),
        (slot.iri for slot in used if slot.kind == "field"),
    )
    for scores, matcher in (
        *(((reading.goals, own.matcher),) if reading.goals is not None and own else ()),
        (reading.frameworks, index.frameworks.matcher),
    ):
        for iri, chance in _pairs(scores):
            if only is not None and iri not in only:
                continue
            factor = SHARED_TARGET[index.aims[iri].kind] * kinship(own_nature, index.natures[iri])
            shared = [
                SharedTarget(
                    index.aims[tie.target],
                    served[tie.target] * tie.confidence * factor,
                    tie.row,
                    tie.status,
                )
                for tie in index.ties.get(iri, ())
                if tie.target in served
            ]
            found.append(
                _judgement(
                    index.aims[iri],
                    matcher.index,
                    chance,
                    calibration.concept.line,
                    stated,
                    shared=_top(shared),
                )
            )
    return found


def known_twins(reading: Reading) -> list[KnownMeasure]:
    """Return the city's loaded measures that bear exactly the measure's title."""
    own = reading.index.measures.get(reading.city)
    title = normalise(reading.measure.title).casefold()
    if own is None or not title:
        return []
    return [item for item in own.measures if normalise(item.label).casefold() == title]


def _stated_interfaces(reading: Reading) -> Mapping[str, StatedInterface]:
    found: dict[str, StatedInterface] = {}
    for twin in known_twins(reading):
        for interface in reading.index.interfaces_from.get(twin.iri, ()):
            if interface.strength >= 0 and interface.status in {*SUPPORTING, "rejected"}:
                found[interface.target] = interface
    return found


def _judgement(
    aim: Aim,
    index: AimIndex,
    chance: float,
    line: float,
    stated: _Stated,
    *,
    paths: Sequence[SlotPath] = (),
    shared: Sequence[SharedTarget] = (),
) -> Judgement:
    named = stated.named.get(aim.iri, "")
    interface = stated.interfaces.get(aim.iri)
    indirect = max((item.chance for item in shared), default=0.0)
    # What a served target says of its own goal is certain, so it replaces a weaker voice there.
    whole = aim.kind == "sdg-goal"
    probability = together(chance, best(paths))
    probability = max(probability, indirect) if whole else together(probability, indirect)
    supported = interface is not None and interface.status in SUPPORTING and interface.strength > 0
    if named or supported:
        probability = max(probability, DECLARED_BY_MEASURE)
    needed = max(line, CONCEPT_LINE) if aim.kind in _TEXTUAL else line
    answer: Answer = "supports" if probability >= needed else "not-known"
    if interface is not None and not supported and not named:
        answer = "neutral"
    direct = answer == "supports" and (chance >= line or bool(named) or supported)
    return Judgement(
        aim,
        index,
        chance,
        needed,
        tuple(paths),
        tuple(shared),
        named,
        interface,
        probability,
        answer,
        direct,
        _strength(probability, paths, direct=direct) if answer == "supports" else 0,
    )


def _strength(probability: float, paths: Sequence[SlotPath], *, direct: bool) -> int:
    if direct:
        return 2 if probability >= STRONG else 1
    if paths:
        strongest = paths[0].link
        return min(2, strongest.strength) if strongest.relation == "direct" else 1
    return 1


def _pairs(scores: Scores) -> list[tuple[str, float]]:
    return [
        (iri, float(chance)) for iri, chance in zip(scores.iris, scores.probabilities, strict=True)
    ]


def _top(shared: Sequence[SharedTarget]) -> tuple[SharedTarget, ...]:
    ordered = sorted(shared, key=lambda item: (-item.chance, item.target.iri))
    return tuple(item for item in ordered[:3] if item.chance > 0)
