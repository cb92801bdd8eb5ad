"""Say what a measure could name more to lift an aim that is near the line over it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, cast

from kg.fit.changes import Outcome, decided, outcome, with_concept, with_slot
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


def lifting(item: Judgement, reading: Reading, decision: Decision) -> str:
    """Return which slot or concept more would lift an aim over the line, "" when none helps."""
    row = decision.judged.layout.place[item.aim.iri]
    found: list[_Lift] = []
    slot = _best_slot(item, reading)
    if slot is not None:
        after = decided(with_slot(reading, slot), {row})
        labels = reading.index.slots
        name = Text(
            f"der Angabe »{labels.label(slot.iri, 'de')}«",
            f"“{labels.label(slot.iri, 'en')}” given",
        )
        found.append(_Lift(name, outcome(after, row), Text("", "")))
    concept = _best_concept(item, reading)
    if concept is not None and not any(lift.after.answer == "supports" for lift in found):
        after = decided(with_concept(reading, concept.iri, kinds={item.aim.kind}), {row})
        name = Text(f"dem Begriff »{concept.name('de')}«", f"the word “{concept.name('en')}”")
        note = Text(
            " (der Sinn des Textes bleibt dabei gleich gerechnet)",
            " (with the meaning of the text reckoned as it was)",
        )
        found.append(_Lift(name, outcome(after, row), note))
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
