"""Lay out the aims a measure is judged on as rows, so that all are judged by a few array steps."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from kg.fit.aims import Aim, AimKind, Link
from kg.fit.nature import Nature, kinship
from kg.fit.ties import RELATION, SHARED_TARGET, Tie, ground
from kg.matching.model import Model
from kg.matching.rank import Matrix

Rows = NDArray[np.intp]

# What declared facts and paths must reach for a target of which the text itself does not speak: a
# field that is only guessed from a word stays below.
PATH_LINE: Final = 0.45
# Texts of goals and frameworks are short and their ties weak: less than this is not said.
CONCEPT_LINE: Final = 0.4
TEXTUAL: Final[frozenset[AimKind]] = frozenset({"concept-goal", "framework-aim"})


class TieRow(NamedTuple):
    """Say which row's SDG aim a tie names, and where its chance stands among those of all ties.

    `row` says so in the dataset, `status` is that row's state.
    """

    target: int
    place: int
    row: str
    status: str


@dataclass(frozen=True, slots=True)
class TiedRows:
    """Hold the ties of goals and framework aims, sorted by their row; `at` has them by row.

    Tie i says that the aim in `rows[i]` is about the SDG aim in `targets[i]`; `natures[i]` is the
    place of that aim's nature in `Layout.natures`.
    """

    rows: Rows
    targets: Rows
    weights: Matrix
    natures: Rows
    owners: Rows
    starts: Rows
    at: Mapping[int, tuple[TieRow, ...]]


@dataclass(frozen=True, slots=True)
class Layout:
    """Hold a row an aim: SDG targets, SDG goals, a city's concept goals, framework aims.

    `said` is the probability from which a text itself speaks of an aim, `needed` the one from which
    the answer is a support, `carried` the same where the text itself does not speak; `above` the
    row of each SDG target's goal, -1 without any, `below` the rows of each goal's targets; `ranks`
    the place of each aim among all when sorted by IRI.
    """

    aims: tuple[Aim, ...]
    place: Mapping[str, int]
    targets: int
    goals: int
    own: int
    said: Matrix
    needed: Matrix
    carried: Matrix
    above: Rows
    below: Mapping[int, tuple[int, ...]]
    ranks: Rows
    tied: TiedRows
    natures: tuple[Nature, ...]
    of_kind: Mapping[AimKind, Rows]
    _kin: dict[Nature, Matrix] = field(default_factory=dict)

    def kinship(self, own: Nature) -> Matrix:
        """Return how much a measure of this nature is of one nature with each of `natures`."""
        found = self._kin.get(own)
        if found is None:
            found = self._kin[own] = np.array([kinship(own, other) for other in self.natures])
        return found


def lay_out(
    groups: Sequence[Sequence[Aim]],
    model: Model,
    *,
    ties: Mapping[str, Sequence[Tie]],
    natures: Mapping[str, Nature],
) -> Layout:
    """Return the rows for four groups of aims: targets, goals, a city's goals, framework aims."""
    aims = tuple(aim for group in groups for aim in group)
    place = {aim.iri: row for row, aim in enumerate(aims)}
    targets, goals, own, _ = np.cumsum([len(group) for group in groups]).tolist()
    lines = {
        "sdg-target": model.target.line,
        "sdg-goal": model.goal.line,
        "concept-goal": model.concept.line,
        "framework-aim": model.concept.line,
    }
    said = np.array([lines[aim.kind] for aim in aims])
    textual = np.array([aim.kind in TEXTUAL for aim in aims], dtype=bool)
    needed = np.where(textual, np.maximum(said, CONCEPT_LINE), said)
    targeted = np.arange(len(aims)) < targets
    ordered = sorted(range(len(aims)), key=lambda row: aims[row].iri)
    ranks = np.empty(len(aims), dtype=np.intp)
    ranks[ordered] = np.arange(len(aims))
    distinct = tuple(dict.fromkeys(natures[aim.iri] for aim in aims[goals:]))
    above = [place.get(aim.iri.rsplit(".", 1)[0], -1) for aim in aims[:targets]]
    kinds: dict[AimKind, list[int]] = defaultdict(list)
    for row, aim in enumerate(aims):
        kinds[aim.kind].append(row)
    return Layout(
        aims,
        place,
        targets,
        goals,
        own,
        said,
        needed,
        np.where(targeted, np.maximum(needed, PATH_LINE), needed),
        np.array(above, dtype=np.intp),
        {
            row: tuple(target for target, goal in enumerate(above) if goal == row)
            for row in range(targets, goals)
        },
        ranks,
        _tied(aims[goals:], place, goals, ties, {n: i for i, n in enumerate(distinct)}, natures),
        distinct,
        {kind: np.array(rows, dtype=np.intp) for kind, rows in kinds.items()},
    )


def _tied(
    aims: Iterable[Aim],
    place: Mapping[str, int],
    sdgs: int,
    ties: Mapping[str, Sequence[Tie]],
    numbers: Mapping[Nature, int],
    natures: Mapping[str, Nature],
) -> TiedRows:
    found = [
        (
            place[aim.iri],
            place[tie.target],
            tie.confidence * SHARED_TARGET[aim.kind],
            numbers[natures[aim.iri]],
            tie,
        )
        for aim in aims
        for tie in ties.get(aim.iri, ())
        if place.get(tie.target, sdgs) < sdgs
    ]
    rows = np.array([entry[0] for entry in found], dtype=np.intp)
    owners, starts = np.unique(rows, return_index=True)
    # Of several ties of one aim to one target the last one's chance stands for all.
    last = {(entry[0], entry[1]): number for number, entry in enumerate(found)}
    at: dict[int, list[TieRow]] = defaultdict(list)
    for row, target, _, _, tie in found:
        at[row].append(TieRow(target, last[row, target], tie.row, tie.status))
    return TiedRows(
        rows,
        np.array([entry[1] for entry in found], dtype=np.intp),
        np.array([entry[2] for entry in found], dtype=np.float64),
        np.array([entry[3] for entry in found], dtype=np.intp),
        owners,
        starts,
        {row: tuple(entries) for row, entries in at.items()},
    )


@dataclass(frozen=True, slots=True)
class Ways:
    """Hold the supporting rows of reference tables that leave a slot, by aim.

    `rows` and `confidences` say the same for the SDG aims of a layout, of a declared slot.
    """

    links: Mapping[str, tuple[Link, ...]]
    rows: Rows
    confidences: Matrix


def base_confidence(link: Link) -> float:
    """Return how far a row carries from a slot that the measure declares."""
    return ground(link) * RELATION.get(link.relation, 0.6) * abs(link.strength) / 3


def ways_of(links: Sequence[Link], place: Mapping[str, int]) -> Ways:
    """Return the ways from one slot to SDG aims, which have these rows."""
    found: dict[str, list[Link]] = defaultdict(list)
    for link in links:
        if link.strength > 0 and link.target in place:
            found[link.target].append(link)
    return Ways(
        {target: tuple(entries) for target, entries in found.items()},
        np.array([place[target] for target in found], dtype=np.intp),
        np.array([max(map(base_confidence, entries)) for entries in found.values()]),
    )
