"""Read a measure against an index: its text, its slots and the scores of all aims."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Literal, NamedTuple

from kg.fit.course import Course
from kg.fit.index import FitIndex
from kg.fit.measure import MeasureInput
from kg.fit.wants import read_moves
from kg.language import Language
from kg.matching.annotate import Mention
from kg.matching.match import Scores, SdgScores
from kg.matching.prepare import Batch, PreparedText

SlotKind = Literal["r-strategy", "field", "instrument"]
Via = Literal["declared", "mentioned"]
# A field is taken from the words when it gets at least this share of the strongest field's weight.
FIELD_SHARE: Final = 0.6
SLOTS_AT_MOST: Final = 2
# A text whose most probable SDG is less probable than this is about none of them.
ABOUT_NOTHING: Final = 0.2


@dataclass(frozen=True, slots=True)
class SlotUse:
    """Say that a measure has an R-strategy, field or instrument, and how that is known."""

    iri: str
    kind: SlotKind
    via: Via
    mentions: tuple[Mention, ...] = ()


@dataclass(frozen=True, slots=True)
class Reading:
    """Hold a measure with everything that follows from its text and slots alone.

    `worded` holds the slots that its words alone give, also those that it declares as well.
    """

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
    course: Course
    worded: tuple[SlotUse, ...] = ()

    def declared(self, kind: SlotKind) -> list[SlotUse]:
        """Return the slots of a kind that the measure itself gives."""
        return [slot for slot in self.slots if slot.kind == kind and slot.via == "declared"]


def read(
    measure: MeasureInput, index: FitIndex, *, language: Language, city: str | None = None
) -> Reading:
    """Return the reading of a measure; nothing of it is kept anywhere."""
    return read_all([measure], index, language=language, city=city)[0]


def read_all(
    measures: Sequence[MeasureInput],
    index: FitIndex,
    *,
    language: Language,
    city: str | None = None,
) -> list[Reading]:
    """Return the readings of several measures, quicker than one by one."""
    texts = Batch(index.sdg.prepare([measure.text for measure in measures]))
    scores = index.sdg.score_all(texts, keep=True)
    own = index.city_or_only(city)
    goals = index.goals.get(own)
    own_goals: Sequence[Scores | None] = [None] * len(texts)
    if goals is not None:
        own_goals = goals.matcher.score_all(texts, scores, keep=True)
    frameworks = index.frameworks.matcher.score_all(texts, scores, keep=True)
    scored = map(_Scored, scores, own_goals, frameworks)
    return [
        _reading(measure, index, text, found, (own, language))
        for measure, text, found in zip(measures, texts, scored, strict=True)
    ]


class _Scored(NamedTuple):
    sdg: SdgScores
    goals: Scores | None
    frameworks: Scores


def _reading(
    measure: MeasureInput,
    index: FitIndex,
    text: PreparedText,
    scored: _Scored,
    place: tuple[str, Language],
) -> Reading:
    own, language = place
    declared, unresolved = _declared(measure, index)
    worded = tuple(worded_slots(text, index, scored.sdg))
    return Reading(
        measure,
        own,
        language,
        index,
        text,
        with_worded(declared, worded),
        unresolved,
        *scored,
        course_of(text, index),
        worded,
    )


def course_of(text: PreparedText, index: FitIndex) -> Course:
    """Return in which direction a prepared text goes."""
    moves = read_moves(text.text, text.mentions, index.sdg.annotator, index.thesaurus)
    return Course(moves, text.text, index.wants, index.thesaurus)


def with_worded(declared: Iterable[SlotUse], worded: Iterable[SlotUse]) -> tuple[SlotUse, ...]:
    """Return declared slots and those of the words that are not among them."""
    first = tuple(declared)
    given = {slot.iri for slot in first}
    return (*first, *(slot for slot in worded if slot.iri not in given))


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


def worded_slots(text: PreparedText, index: FitIndex, sdg: SdgScores) -> list[SlotUse]:
    """Return the slots that the words of a text give; a text about no SDG gives none.

    The »Betrieb« of a staff outing makes no measure for trade and industry.
    """
    if len(sdg.goals.iris) and float(sdg.goals.probabilities.max()) < ABOUT_NOTHING:
        return []
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
