"""Say what a measure could name more to lift an aim that is near the line over it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, cast

from kg.fit.changes import Addition, Outcome, decided, outcome, with_concepts, with_slot
from kg.fit.directed import Decision
from kg.fit.judge import Judgement
from kg.fit.numbers import figures
from kg.fit.reading import Reading, SlotKind, SlotUse
from kg.language import Text
from kg.matching.thesaurus import Concept

# A change that two decimals do not show is no change.
NOTABLE: Final = 0.005


@dataclass(frozen=True, slots=True)
class _Lift:
    """Hold something more that a measure could say, and what would come of it."""

    name: Text
    after: Outcome
    note: Text


def liftings(asked: Sequence[tuple[Judgement, Reading, Decision]]) -> list[str]:
    """Return for each aim which slot or concept more lifts it over the line, "" when none does."""
    found = [_by_slot(*one) for one in asked]
    additions: dict[int, Addition] = {}
    for place, (item, reading, _) in enumerate(asked):
        concept = _best_concept(item, reading)
        if concept is not None and not any(
            lift.after.answer == "supports" for lift in found[place]
        ):
            additions[place] = Addition(reading, concept.iri, frozenset({item.aim.kind}))
    changed = with_concepts(list(additions.values()))
    for (place, addition), reading in zip(additions.items(), changed, strict=True):
        item, _, decision = asked[place]
        concept = reading.index.thesaurus.concepts[addition.concept]
        name = Text(f"dem Begriff »{concept.name('de')}«", f"the word “{concept.name('en')}”")
        note = Text(
            " (der Sinn des Textes bleibt dabei gleich gerechnet)",
            " (with the meaning of the text reckoned as it was)",
        )
        found[place].append(_Lift(name, _outcome(item, reading, decision), note))
    return [
        _told(item, reading, lifts) for (item, reading, _), lifts in zip(asked, found, strict=True)
    ]


def _by_slot(item: Judgement, reading: Reading, decision: Decision) -> list[_Lift]:
    slot = _best_slot(item, reading)
    if slot is None:
        return []
    labels = reading.index.slots
    name = Text(
        f"der Angabe »{labels.label(slot.iri, 'de')}«", f"“{labels.label(slot.iri, 'en')}” given"
    )
    return [_Lift(name, _outcome(item, with_slot(reading, slot), decision), Text("", ""))]


def _outcome(item: Judgement, changed: Reading, decision: Decision) -> Outcome:
    row = decision.judged.layout.place[item.aim.iri]
    return outcome(decided(changed, {row}), row)


def _told(item: Judgement, reading: Reading, found: Sequence[_Lift]) -> str:
    best = max(found, key=lambda lift: lift.after.probability, default=None)
    if best is None or best.after.probability - item.probability < NOTABLE:
        return ""
    if best.after.answer != "supports" and best.after.probability >= item.line:
        return ""
    old, new, line = map(figures, (item.probability, best.after.probability, item.line))
    name, note = best.name, best.note
    if best.after.answer == "supports":
        told = Text(
            f"Mit {name.de} stiege die Wahrscheinlichkeit von {old.de} auf {new.de}, über die"
            f" Grenze {line.de}{note.de}.",
            f"With {name.en} the probability would rise from {old.en} to {new.en}, above the line"
            f" {line.en}{note.en}.",
        )
    else:
        told = Text(
            f"Keine der versuchten Ergänzungen reicht; am stärksten wirkt: mit {name.de} läge die"
            f" Wahrscheinlichkeit bei {new.de} statt {old.de}{note.de}.",
            f"None of the additions tried is enough; the strongest is: with {name.en} the"
            f" probability would be {new.en} instead of {old.en}{note.en}.",
        )
    return told.in_language(reading.language)


def _best_slot(item: Judgement, reading: Reading) -> SlotUse | None:
    """Return the slot that leads furthest to an aim and that the measure does not declare.

    One that its words hint at comes first.
    """
    declared = {slot.iri for slot in reading.slots if slot.via == "declared"}
    hinted = {slot.iri for slot in reading.worded}
    leading = reading.index.additions.slots.get(item.aim.iri, ())
    missing = [iri for iri in leading if iri not in declared]
    for iri in sorted(missing, key=lambda iri: iri not in hinted)[:1]:
        kind = cast("SlotKind", reading.index.slots.kinds[iri])  # only these kinds are held
        return SlotUse(iri, kind, "declared")
    return None


def _best_concept(item: Judgement, reading: Reading) -> Concept | None:
    """Return the concept that speaks most for an aim and that the measure does not name."""
    named = {mention.concept for mention in reading.text.mentions}
    for iri in reading.index.additions.concepts.get(item.aim.iri, ()):
        if iri not in named:
            return reading.index.thesaurus.concepts[iri]
    return None
