"""Make a measure anew with a part left out or a slot given, and judge it; nothing is encoded."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Final, Literal

from kg.fit.aims import AimKind
from kg.fit.directed import Decision, directed
from kg.fit.judge import judge
from kg.fit.reading import Reading, SlotUse, with_worded, worded_slots
from kg.fit.report import Answer
from kg.fit.wants import read_moves
from kg.matching.annotate import Mention
from kg.matching.text import Span, normalise
from kg.matching.variants import without_sentences, without_words

PartKind = Literal["concept", "sentence", "slot", "aim"]
# Sentences are tried one by one up to so many.
MOST_SENTENCES: Final = 4


@dataclass(frozen=True, slots=True)
class Part:
    """Name a part of a measure that can be left out.

    `key` is the concept, slot or name of an aim, or the number of a sentence; `size` counts words.
    """

    kind: PartKind
    key: str
    size: int
    spans: tuple[Span, ...] = ()
    shown: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Outcome:
    """Hold what becomes of one aim; `line` is what a support would then need."""

    probability: float
    answer: Answer
    line: float


def concept_part(mentions: Sequence[Mention], text: str) -> Part:
    """Return a named concept as a part: the words of all its mentions."""
    spans = sorted({span for mention in mentions for span in _pieces(mention, text)})
    merged: list[Span] = []
    for span in spans:
        if merged and span.start < merged[-1].end:
            merged[-1] = Span(merged[-1].start, max(merged[-1].end, span.end))
        else:
            merged.append(span)
    shown = dict.fromkeys(" … ".join(mention.words) for mention in mentions)
    size = sum(len(span.of(text).split()) for span in merged)
    return Part("concept", mentions[0].concept, size, tuple(merged), tuple(shown))


def sentence_parts(reading: Reading) -> list[Part]:
    """Return the sentences of a text that has several, the first few."""
    text = reading.text
    if len(text.spans) < 2:
        return []
    return [
        Part("sentence", str(number), len(words.split()), (span,), (words,))
        for number, span in enumerate(text.spans[:MOST_SENTENCES])
        for words in [span.of(text.text)]
    ]


def _pieces(mention: Mention, text: str) -> list[Span]:
    """Return where the words of a mention stand; what stands between them is not its own."""
    found: list[Span] = []
    place = mention.span.start
    for words in mention.words:
        start = text.find(words, place, mention.span.end)
        if start < 0:
            return [mention.span]
        place = start + len(words)
        found.append(Span(start, place))
    return found


def can_go_together(parts: Iterable[Part]) -> bool:
    """Tell whether parts can be left out together: words of a sentence and sentences cannot."""
    return not {"concept", "sentence"} <= {part.kind for part in parts}


def left_out(reading: Reading, parts: Sequence[Part], *, kinds: Collection[AimKind]) -> Reading:
    """Return the reading without some parts, with scores for the SDGs and for these kinds of aims.

    Without a sentence, a slot or the name of an aim it is what reading the rest would give. Without
    words the meaning of the sentence stays as it is.
    """
    by_kind: dict[PartKind, list[Part]] = {"concept": [], "sentence": [], "slot": [], "aim": []}
    for part in parts:
        by_kind[part.kind].append(part)
    found = reading
    if by_kind["concept"]:
        spans = [span for part in by_kind["concept"] for span in part.spans]
        found = _without_words(found, spans, kinds=kinds)
    if by_kind["sentence"]:
        numbers = [int(part.key) for part in by_kind["sentence"]]
        found = _without_sentences(found, numbers, kinds=kinds)
    if by_kind["slot"]:
        gone = {part.key for part in by_kind["slot"]}
        declared = [slot for slot in _declared(found) if slot.iri not in gone]
        found = replace(found, slots=with_worded(declared, found.worded))
    if by_kind["aim"]:
        names = {part.key for part in by_kind["aim"]}
        left = tuple(name for name in found.measure.aims if name not in names)
        found = replace(found, measure=found.measure.model_copy(update={"aims": left}))
    return found


def _without_words(
    reading: Reading, spans: Sequence[Span], *, kinds: Collection[AimKind]
) -> Reading:
    index = reading.index
    text = without_words(reading.text, spans, index.sdg.annotator, index.sdg.places)
    sdg = index.rescored.sdg.without(text, reading.sdg)
    worded = tuple(worded_slots(text, index, sdg))
    changed = replace(
        reading,
        sdg=sdg,
        moves=tuple(move for move in reading.moves if not _touches(move.thing, spans)),
        slots=with_worded(_declared(reading), worded),
        worded=worded,
    )
    if "concept-goal" in kinds and reading.goals is not None:
        goals = index.rescored.goals[reading.city].without(text, reading.goals, sdg)
        changed = replace(changed, goals=goals)
    if "framework-aim" in kinds:
        frameworks = index.rescored.frameworks.without(text, reading.frameworks, sdg)
        changed = replace(changed, frameworks=frameworks)
    return changed


def _touches(thing: Span, spans: Iterable[Span]) -> bool:
    return any(span.start < thing.end and thing.start < span.end for span in spans)


def _without_sentences(
    reading: Reading, numbers: Collection[int], *, kinds: Collection[AimKind]
) -> Reading:
    index, measure = reading.index, reading.measure
    text = without_sentences(reading.text, numbers, index.sdg.annotator, index.sdg.places)
    title = len(normalise(measure.title))
    if any(reading.text.spans[number].start < title for number in numbers):
        measure = measure.model_copy(update={"title": "", "description": text.text})
    sdg = index.sdg.score(text)
    worded = tuple(worded_slots(text, index, sdg))
    own = index.goals.get(reading.city)
    changed = replace(
        reading,
        measure=measure,
        text=text,
        sdg=sdg,
        moves=read_moves(text.text, text.mentions, index.sdg.annotator, index.thesaurus),
        slots=with_worded(_declared(reading), worded),
        worded=worded,
    )
    if "concept-goal" in kinds and own is not None:
        changed = replace(changed, goals=own.matcher.score(text, sdg))
    if "framework-aim" in kinds:
        changed = replace(changed, frameworks=index.frameworks.matcher.score(text, sdg))
    return changed


def _declared(reading: Reading) -> list[SlotUse]:
    return [slot for slot in reading.slots if slot.via == "declared"]


def with_slot(reading: Reading, slot: SlotUse) -> Reading:
    """Return the reading of the measure that declares one slot more."""
    more = replace(slot, via="declared", mentions=())
    return replace(reading, slots=with_worded([*_declared(reading), more], reading.worded))


def with_concept(reading: Reading, concept: str, *, kinds: Collection[AimKind]) -> Reading:
    """Return the reading of a measure that names one concept more; all else stays."""
    index = reading.index
    sdg = index.rescored.sdg.with_concept(concept, reading.sdg)
    changed = replace(reading, sdg=sdg)
    if "concept-goal" in kinds and reading.goals is not None:
        goals = index.rescored.goals[reading.city].with_concept(concept, reading.goals, sdg)
        changed = replace(changed, goals=goals)
    if "framework-aim" in kinds:
        frameworks = index.rescored.frameworks.with_concept(concept, reading.frameworks, sdg)
        changed = replace(changed, frameworks=frameworks)
    return changed


def decided(reading: Reading, rows: Collection[int]) -> Decision:
    """Return the decision on a changed reading as far as these rows need it."""
    return directed(judge(reading), reading, only=rows)


def outcome(decision: Decision, row: int) -> Outcome:
    """Return what a decision says of one row."""
    item = decision.at(row)
    return Outcome(item.probability, item.answer, item.line)
