"""Read a measure against an index: its text, its slots and the scores of all aims."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Literal

from kg.fit.index import FitIndex
from kg.fit.measure import MeasureInput
from kg.language import Language
from kg.matching.annotate import Mention
from kg.matching.match import Scores, SdgScores
from kg.matching.prepare import PreparedText

SlotKind = Literal["r-strategy", "field", "instrument"]
Via = Literal["declared", "mentioned"]
# A field is taken from the words when it gets at least this share of the strongest field's weight.
FIELD_SHARE: Final = 0.6
SLOTS_AT_MOST: Final = 2


@dataclass(frozen=True, slots=True)
class SlotUse:
    """Say that a measure has an R-strategy, field or instrument, and how that is known."""

    iri: str
    kind: SlotKind
    via: Via
    mentions: tuple[Mention, ...] = ()


@dataclass(frozen=True, slots=True)
class Reading:
    """Hold a measure with everything that follows from its text and slots alone."""

    measure: MeasureInput
    city: str
    language: Language
    index: FitIndex
    text: PreparedText
    slots: tuple[SlotUse, ...]
    unresolved: tuple[tuple[SlotKind, str], ...]
    sdg: SdgScores
    goals: Scores | None
    frameworks: Scores

    def declared(self, kind: SlotKind) -> list[SlotUse]:
        """Return the slots of a kind that the measure itself gives."""
        return [slot for slot in self.slots if slot.kind == kind and slot.via == "declared"]


def read(
    measure: MeasureInput, index: FitIndex, *, language: Language, city: str | None = None
) -> Reading:
    """Return the reading of a measure; nothing of it is kept anywhere."""
    own = index.city_or_only(city)
    text = index.sdg.prepare([measure.text])[0]
    declared, unresolved = _declared(measure, index)
    given = {slot.iri for slot in declared}
    mentioned = [slot for slot in _mentioned(text, index) if slot.iri not in given]
    goals = index.goals.get(own)
    sdg = index.sdg.score(text)
    return Reading(
        measure,
        own,
        language,
        index,
        text,
        (*declared, *mentioned),
        unresolved,
        sdg,
        goals.matcher.score(text, sdg) if goals is not None else None,
        index.frameworks.matcher.score(text, sdg),
    )


def _declared(
    measure: MeasureInput, index: FitIndex
) -> tuple[list[SlotUse], tuple[tuple[SlotKind, str], ...]]:
    given: list[tuple[SlotKind, str]] = [
        *(("r-strategy", name) for name in measure.r_strategies),
        *(("field", name) for name in measure.fields),
        *(("instrument", name) for name in measure.instruments),
    ]
    found: dict[str, SlotUse] = {}
    unresolved: list[tuple[SlotKind, str]] = []
    for kind, name in given:
        iri = index.slots.resolve(kind, name)
        if iri is None:
            unresolved.append((kind, name))
            continue
        found[iri] = SlotUse(iri, kind, "declared")
    return list(found.values()), tuple(unresolved)


def _mentioned(text: PreparedText, index: FitIndex) -> list[SlotUse]:
    by_slot: dict[tuple[SlotKind, str], list[Mention]] = defaultdict(list)
    weights: dict[str, float] = defaultdict(float)
    for mention in text.affirmed:
        if mention.how == "scattered":
            continue
        concept = index.thesaurus.concepts[mention.concept]
        for iri in _few(concept.r_strategies):
            by_slot[("r-strategy", iri)].append(mention)
        for iri in _few(concept.instruments):
            by_slot[("instrument", iri)].append(mention)
        for iri in _few(concept.value_chains):
            by_slot[("field", iri)].append(mention)
            weights[iri] += mention.weight / len(concept.value_chains)
    return [
        SlotUse(iri, kind, "mentioned", tuple(mentions))
        for (kind, iri), mentions in sorted(by_slot.items())
        if kind != "field" or _is_main(iri, weights)
    ]


def _few(slots: tuple[str, ...]) -> tuple[str, ...]:
    """Return the slots of a concept that has few; one with many says little about any."""
    return slots if len(slots) <= SLOTS_AT_MOST else ()


def _is_main(field: str, weights: Mapping[str, float]) -> bool:
    return weights[field] >= FIELD_SHARE * max(weights.values())
