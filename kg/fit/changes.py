"""Make a measure anew with a part left out or a slot given, and judge it; nothing is encoded.

Many such readings are made together, since comparing texts with aims is cheaper in one go.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Final, Literal

from kg.fit.aims import AimKind
from kg.fit.directed import Decision, directed
from kg.fit.judge import judge
from kg.fit.reading import Reading, SlotUse, course_of, with_worded, worded_slots
from kg.fit.report import Answer
from kg.matching.annotate import Mention
from kg.matching.prepare import Batch
from kg.matching.scores import Scores
from kg.matching.text import Span, normalise
from kg.matching.variants import GoalRescorer, without_sentences, without_words

# Scores goals anew for some of the texts, given by number, from the scores they had.
Scorer = Callable[[GoalRescorer, Sequence[int], Sequence[Scores]], list[Scores]]
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


@dataclass(frozen=True, slots=True)
class Omission:
    """Ask for a reading without some parts, with scores for the SDGs and these kinds of aims."""

    reading: Reading
    parts: tuple[Part, ...]
    kinds: frozenset[AimKind]

    def of(self, kind: PartKind) -> list[Part]:
        """Return the parts of one kind."""
        return [part for part in self.parts if part.kind == kind]


def left_out(reading: Reading, parts: Sequence[Part], *, kinds: Collection[AimKind]) -> Reading:
    """Return the reading without some parts, with scores for the SDGs and for these kinds of aims.

    Without a sentence, a slot or the name of an aim it is what reading the rest would give. Without
    words the meaning of the sentence stays as it is.
    """
    return left_out_of_all([Omission(reading, tuple(parts), frozenset(kinds))])[0]


def left_out_of_all(omissions: Sequence[Omission]) -> list[Reading]:
    """Return what `left_out` gives for each; texts are compared with the aims together."""
    found = [omission.reading for omission in omissions]
    for kind, without in (("concept", _without_words), ("sentence", _without_sentences)):
        places = [
            place
            for place, omission in enumerate(omissions)
            if any(part.kind == kind for part in omission.parts)
        ]
        changed = without([omissions[place] for place in places])
        for place, reading in zip(places, changed, strict=True):
            found[place] = reading
    return [_undeclared(*pair) for pair in zip(found, omissions, strict=True)]


def _undeclared(reading: Reading, omission: Omission) -> Reading:
    """Return a reading without the slots and names of aims that are left out."""
    gone = {part.key for part in omission.of("slot")}
    if gone:
        declared = [slot for slot in _declared(reading) if slot.iri not in gone]
        reading = replace(reading, slots=with_worded(declared, reading.worded))
    names = {part.key for part in omission.of("aim")}
    if names:
        left = tuple(name for name in reading.measure.aims if name not in names)
        reading = replace(reading, measure=reading.measure.model_copy(update={"aims": left}))
    return reading


def _without_words(omissions: Sequence[Omission]) -> list[Reading]:
    if not omissions:
        return []
    index = omissions[0].reading.index
    gone = [[span for part in item.of("concept") for span in part.spans] for item in omissions]
    texts = Batch(
        without_words(item.reading.text, spans, index.sdg.annotator, index.sdg.places)
        for item, spans in zip(omissions, gone, strict=True)
    )
    scores = index.rescored.sdg.without(texts, [item.reading.sdg for item in omissions])
    changed: list[Reading] = []
    for item, spans, text, sdg in zip(omissions, gone, texts, scores, strict=True):
        reading = item.reading
        worded = tuple(worded_slots(text, index, sdg))
        changed.append(
            replace(
                reading,
                sdg=sdg,
                course=reading.course.with_moves(
                    [move for move in reading.course.moves if not _touches(move.thing, spans)]
                ),
                slots=with_worded(_declared(reading), worded),
                worded=worded,
            )
        )

    def rescored(
        matcher: GoalRescorer, some: Sequence[int], before: Sequence[Scores]
    ) -> list[Scores]:
        return matcher.without(
            Batch(texts[row] for row in some), before, [scores[row] for row in some]
        )

    return _with_goals(changed, [item.kinds for item in omissions], rescored)


def _with_goals(
    readings: Sequence[Reading], kinds: Sequence[Collection[AimKind]], scored: Scorer
) -> list[Reading]:
    """Return readings with new scores of the goals of their cities and of frameworks, if asked."""
    found = list(readings)
    by_city: dict[str, list[int]] = defaultdict(list)
    framed: list[int] = []
    for row, (reading, wanted) in enumerate(zip(readings, kinds, strict=True)):
        if "concept-goal" in wanted and reading.goals is not None:
            by_city[reading.city].append(row)
        if "framework-aim" in wanted:
            framed.append(row)
    for city, rows in by_city.items():
        matcher = readings[rows[0]].index.rescored.goals[city]
        before = [goals for row in rows if (goals := readings[row].goals) is not None]
        for row, goals in zip(rows, scored(matcher, rows, before), strict=True):
            found[row] = replace(found[row], goals=goals)
    if framed:
        matcher = readings[framed[0]].index.rescored.frameworks
        before = [readings[row].frameworks for row in framed]
        for row, frameworks in zip(framed, scored(matcher, framed, before), strict=True):
            found[row] = replace(found[row], frameworks=frameworks)
    return found


def _touches(thing: Span, spans: Iterable[Span]) -> bool:
    return any(span.start < thing.end and thing.start < span.end for span in spans)


def _without_sentences(omissions: Sequence[Omission]) -> list[Reading]:
    if not omissions:
        return []
    index = omissions[0].reading.index
    gone = [[int(part.key) for part in item.of("sentence")] for item in omissions]
    texts = Batch(
        without_sentences(item.reading.text, numbers, index.sdg.annotator, index.sdg.places)
        for item, numbers in zip(omissions, gone, strict=True)
    )
    scores = index.sdg.score_all(texts, keep=True)
    changed: list[Reading] = []
    for item, numbers, text, sdg in zip(omissions, gone, texts, scores, strict=True):
        reading, measure = item.reading, item.reading.measure
        title = len(normalise(measure.title))
        if any(reading.text.spans[number].start < title for number in numbers):
            measure = measure.model_copy(update={"title": "", "description": text.text})
        worded = tuple(worded_slots(text, index, sdg))
        changed.append(
            replace(
                reading,
                measure=measure,
                text=text,
                sdg=sdg,
                course=course_of(text, index),
                slots=with_worded(_declared(reading), worded),
                worded=worded,
            )
        )

    def scored(
        rescorer: GoalRescorer, some: Sequence[int], _before: Sequence[Scores]
    ) -> list[Scores]:
        own = Batch(texts[row] for row in some)
        return rescorer.matcher.score_all(own, [scores[row] for row in some], keep=True)

    return _with_goals(changed, [item.kinds for item in omissions], scored)


def _declared(reading: Reading) -> list[SlotUse]:
    return [slot for slot in reading.slots if slot.via == "declared"]


def with_slot(reading: Reading, slot: SlotUse) -> Reading:
    """Return the reading of the measure that declares one slot more."""
    more = replace(slot, via="declared", mentions=())
    return replace(reading, slots=with_worded([*_declared(reading), more], reading.worded))


@dataclass(frozen=True, slots=True)
class Addition:
    """Ask for a reading that names a concept more, with scores for these kinds of aims."""

    reading: Reading
    concept: str
    kinds: frozenset[AimKind]


def with_concepts(additions: Sequence[Addition]) -> list[Reading]:
    """Return each reading with the concept that it shall name more; all else stays."""
    if not additions:
        return []
    index = additions[0].reading.index
    named = [item.concept for item in additions]
    scores = index.rescored.sdg.with_concept(named, [item.reading.sdg for item in additions])
    changed = [replace(item.reading, sdg=sdg) for item, sdg in zip(additions, scores, strict=True)]

    def rescored(
        matcher: GoalRescorer, some: Sequence[int], before: Sequence[Scores]
    ) -> list[Scores]:
        return matcher.with_concept(
            [named[row] for row in some], before, [scores[row] for row in some]
        )

    return _with_goals(changed, [item.kinds for item in additions], rescored)


def decided(reading: Reading, rows: Collection[int]) -> Decision:
    """Return the decision on a changed reading as far as these rows need it."""
    return directed(judge(reading), reading, only=rows)


def outcome(decision: Decision, row: int) -> Outcome:
    """Return what a decision says of one row."""
    item = decision.at(row)
    return Outcome(item.probability, item.answer, item.line)
