"""Say what the smallest change would be that alters an answer; every figure in it was computed.

Of a support: leaving out one named concept, one declared slot or one named aim, else one sentence,
else two of these at once. Of an answer that is not known but near the line: one declared slot or
one named concept more. The smallest change is the one with the fewest words; a slot counts as one.
Nothing is encoded for it: without words of a sentence its meaning stays as it was, which the
sentence says.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import combinations
from typing import Final, NamedTuple

import numpy as np

from kg.fit.aims import AimKind
from kg.fit.changes import (
    Omission,
    Outcome,
    Part,
    can_go_together,
    concept_part,
    decided,
    left_out_of_all,
    outcome,
    sentence_parts,
    with_slot,
)
from kg.fit.directed import Decision
from kg.fit.judge import Judgement, judge
from kg.fit.lifting import NOTABLE, liftings
from kg.fit.numbers import figures
from kg.fit.reading import Reading, SlotUse
from kg.language import Text
from kg.matching.reasons import Named

Parts = tuple[Part, ...]

# Concepts of one aim that are tried, the most telling first.
MOST_CONCEPTS: Final = 3
# Of so many strongest parts of one aim, two are tried together.
MOST_PAIRED: Final = 3
# Texts that are compared with aims together or alone give figures that differ beyond these digits.
DIGITS: Final = 6
# A not known answer is near the line from this share of it on.
NEAR: Final = 0.75
MOST_NEAR: Final = 3


class Case(NamedTuple):
    """Hold a measure that was decided, the judgements that are shown, and the named concepts."""

    reading: Reading
    decision: Decision
    shown: Sequence[Judgement]
    named: Named


def counterfactuals(cases: Sequence[Case]) -> list[Mapping[str, str]]:
    """Return for each case a sentence by aim: for supports, and for what is near the line."""
    searches = [_Search(case) for case in cases]
    for step in zip(*(search.rounds() for search in searches), strict=True):
        _try_out(searches, step)
    found = [search.sentences() for search in searches]
    near = [(place, item) for place, case in enumerate(cases) for item in _near(case)]
    lifted = liftings([(item, *cases[place][:2]) for place, item in near])
    for (place, item), sentence in zip(near, lifted, strict=True):
        if sentence:
            found[place][item.aim.iri] = sentence
    return list(found)


def _near(case: Case) -> list[Judgement]:
    near = [
        item
        for item in case.shown
        if item.answer == "not-known"
        and item.direction is None
        and item.probability >= NEAR * item.line
    ]
    near.sort(key=lambda item: (item.probability / item.line, item.aim.iri), reverse=True)
    return near[:MOST_NEAR]


def _try_out(searches: Sequence[_Search], wanted: Sequence[Mapping[Parts, set[int]]]) -> None:
    """Tell each search what becomes of its rows without the parts it asks about."""
    asked = [
        (search, parts, rows)
        for search, own in zip(searches, wanted, strict=True)
        for parts, rows in own.items()
    ]
    changed = left_out_of_all(
        [Omission(search.reading, parts, search.kinds(rows)) for search, parts, rows in asked]
    )
    for (search, parts, rows), reading in zip(asked, changed, strict=True):
        after = decided(reading, rows)
        for row in rows:
            search.known[parts, row] = outcome(after, row)


def gain_of(reading: Reading, before: Decision, slot: SlotUse) -> tuple[Judgement, float] | None:
    """Return the aim that gains most when the measure declares a slot, with its new probability.

    `before` holds the answers without it.
    """
    changed = with_slot(reading, slot)
    after = judge(changed).probabilities
    gains = after - before.probabilities
    if not len(gains) or gains.max() < NOTABLE:
        return None
    most = np.flatnonzero(gains == gains.max())
    row = int(most[np.argmax(before.judged.layout.ranks[most])])
    return before.at(row), float(after[row])


class _Search:
    """Try out what can be left out, each change once for all aims that ask for it."""

    def __init__(self, case: Case) -> None:
        self.reading: Final = case.reading
        self.known: Final[dict[tuple[Parts, int], Outcome]] = {}
        self._layout = case.decision.judged.layout
        self._supports = [item for item in case.shown if item.answer == "supports"]
        self._mentioned = case.named
        self._sentences = [(part,) for part in sentence_parts(case.reading)]
        self._small = {item.aim.iri: self._small_parts(item) for item in self._supports}
        self._pairs: dict[str, list[Parts]] = {}

    def rounds(self) -> Iterator[Mapping[Parts, set[int]]]:
        """Give three times the rows to be decided without some parts.

        `known` has to hold what became of them before the next round.
        """
        supports = self._supports
        yield self._rows((parts, item) for item in supports for parts in self._small[item.aim.iri])
        left = [item for item in supports if not self._turning(item, self._small[item.aim.iri])]
        yield self._rows((parts, item) for item in left for parts in self._sentences)
        left = [item for item in left if not self._turning(item, self._sentences)]
        self._pairs = {item.aim.iri: self._pairs_of(item) for item in left}
        yield self._rows((parts, item) for item in left for parts in self._pairs[item.aim.iri])

    def kinds(self, rows: Iterable[int]) -> frozenset[AimKind]:
        """Return the kinds of the aims in these rows."""
        return frozenset(self._layout.aims[row].kind for row in rows)

    def sentences(self) -> dict[str, str]:
        """Return what is said of each support, by aim."""
        return {item.aim.iri: self.sentence(item) for item in self._supports}

    def sentence(self, item: Judgement) -> str:
        """Return what is said of one support."""
        language = self.reading.language
        iri = item.aim.iri
        for found in (self._small[iri], self._sentences, self._pairs.get(iri, [])):
            turning = self._turning(item, found)
            if turning:
                smallest = min(turning, key=lambda parts: (_size(parts), self._chance(parts, item)))
                return self._told(smallest, item, turns=True).in_language(language)
        every = [*self._small[iri], *self._sentences, *self._pairs.get(iri, [])]
        if not every:
            return _WHOLE.in_language(language)
        strongest = min(every, key=lambda parts: (self._chance(parts, item), _size(parts)))
        return self._told(strongest, item, turns=False).in_language(language)

    def _small_parts(self, item: Judgement) -> list[Parts]:
        reading = self.reading
        asked = [(item.index, item.aim.iri)]
        asked += [(reading.index.sdg.index, shared.target.iri) for shared in item.shared[:1]]
        found: dict[str, Part] = {}
        for index, iri in asked:
            for _, mentions in self._mentioned.speaking_for(iri, index)[:MOST_CONCEPTS]:
                part = concept_part(mentions, reading.text.text)
                found.setdefault(part.key, part)
        for path in item.paths[:1]:
            if path.slot.via == "declared":
                found[path.slot.iri] = Part("slot", path.slot.iri, 1)
            else:
                for mention in path.slot.mentions[:1]:
                    part = concept_part([mention], reading.text.text)
                    found.setdefault(part.key, part)
        if item.named:
            found[item.named] = Part("aim", item.named, 1)
        return [(part,) for part in found.values()]

    def _pairs_of(self, item: Judgement) -> list[Parts]:
        singles = [*self._small[item.aim.iri], *self._sentences]
        singles.sort(key=lambda parts: (self._chance(parts, item), _size(parts)))
        pairs = [(*one, *other) for one, other in combinations(singles[:MOST_PAIRED], 2)]
        sentences = len(self.reading.text.spans)
        return [
            pair
            for pair in pairs
            if can_go_together(pair) and sum(part.kind == "sentence" for part in pair) < sentences
        ]

    def _rows(self, wanted: Iterable[tuple[Parts, Judgement]]) -> Mapping[Parts, set[int]]:
        rows: dict[Parts, set[int]] = defaultdict(set)
        for parts, item in wanted:
            row = self._layout.place[item.aim.iri]
            if (parts, row) not in self.known:
                rows[parts].add(row)
        return rows

    def _turning(self, item: Judgement, tried: Sequence[Parts]) -> list[Parts]:
        row = self._layout.place[item.aim.iri]
        return [parts for parts in tried if self.known[parts, row].answer != "supports"]

    def _chance(self, parts: Parts, item: Judgement) -> float:
        """Return the probability without parts; what is equal but for the last digits is equal."""
        after = self.known[parts, self._layout.place[item.aim.iri]]
        return round(after.probability, DIGITS)

    def _told(self, parts: Parts, item: Judgement, *, turns: bool) -> Text:
        after = self.known[parts, self._layout.place[item.aim.iri]]
        what = self._named(parts)
        note = _same_meaning(parts)
        old, new = figures(item.probability), figures(after.probability)
        line = figures(after.line)
        # Rounded, both can be the same number.
        just = Text("knapp ", "just ") if new == line else Text("", "")
        if not turns:
            return Text(
                f"Keine der versuchten Auslassungen ändert die Antwort; am stärksten wirkt: ohne"
                f" {what.de} läge die Wahrscheinlichkeit bei {new.de} statt {old.de}{note.de}.",
                f"None of the omissions tried alters the answer; the strongest is: without"
                f" {what.en} the probability would be {new.en} instead of {old.en}{note.en}.",
            )
        if after.answer == "not-known":
            return Text(
                f"Ohne {what.de} fiele die Wahrscheinlichkeit von {old.de} auf {new.de},"
                f" {just.de}unter die Grenze {line.de}{note.de}.",
                f"Without {what.en} the probability would fall from {old.en} to {new.en},"
                f" {just.en}below the line {line.en}{note.en}.",
            )
        answer = _ANSWERS[after.answer]
        return Text(
            f"Ohne {what.de} lautete die Antwort »{answer.de}« ({new.de} statt {old.de}){note.de}.",
            f"Without {what.en} the answer would be “{answer.en}” ({new.en} instead of"
            f" {old.en}){note.en}.",
        )

    def _named(self, parts: Parts) -> Text:
        named = [self._name(part) for part in parts]
        return Text(
            " und ".join(name.de for name in named), " and ".join(name.en for name in named)
        )

    def _name(self, part: Part) -> Text:
        words = part.shown
        german = ", ".join(f"»{word}«" for word in words)
        english = ", ".join(f"“{word}”" for word in words)
        match part.kind:
            case "sentence":
                return Text(f"den Satz {german}", f"the sentence {english}")
            case "slot":
                slots = self.reading.index.slots
                return Text(
                    f"die Angabe »{slots.label(part.key, 'de')}«",
                    f"“{slots.label(part.key, 'en')}” given",
                )
            case "aim":
                return Text(f"den Zielbezug »{part.key}«", f"the named aim “{part.key}”")
            case "concept" if len(words) > 1:
                return Text(f"die Begriffe {german}", f"the words {english}")
            case _:
                return Text(f"den Begriff {german}", f"the word {english}")


_ANSWERS: Final[Mapping[str, Text]] = {
    "neutral": Text("neutral", "neutral"),
    "conflicts": Text("möglicher Zielkonflikt", "possible conflict"),
}
_WHOLE: Final = Text(
    "Die Antwort ruht auf dem Sinn des ganzen Textes; kein einzelner Begriff und keine Angabe"
    " trägt sie.",
    "The answer rests on the meaning of the whole text; no single word or given value carries it.",
)


def _size(parts: Parts) -> int:
    return sum(part.size for part in parts)


def _same_meaning(parts: Parts) -> Text:
    if all(part.kind != "concept" for part in parts):
        return Text("", "")
    return Text(
        " (der Sinn des Satzes bleibt dabei gleich gerechnet)",
        " (with the meaning of the sentence reckoned as it was)",
    )
