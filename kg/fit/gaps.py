"""Name what a description leaves out and propose values that the graph gives a reason for."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Final

from kg.fit.counterfactual import gain_of
from kg.fit.directed import Decision
from kg.fit.duplicates import similar_measures
from kg.fit.numbers import percent
from kg.fit.reading import Reading, SlotKind
from kg.fit.report import Missing, Suggestion
from kg.fit.suggesting import MOST, most_telling, named_words
from kg.language import Text

SHORTEST: Final = 80
_TEXTS: Final[dict[str, Text]] = {
    "responsible": Text("Es fehlt, wer federführend ist.", "It is not said who is responsible."),
    "period": Text("Es fehlt der Zeitrahmen.", "The period is missing."),
    "indicators": Text(
        "Es fehlt ein Indikator, an dem sich der Erfolg messen lässt.",
        "An indicator to measure success by is missing.",
    ),
    "instrument": Text("Es fehlt das Instrument.", "The instrument is missing."),
    "r_strategies": Text("Es fehlt die R-Strategie (R0 bis R9).", "The R-strategy is missing."),
    "field": Text("Es fehlt das Handlungsfeld.", "The field of action is missing."),
    "description": Text(
        "Die Beschreibung ist sehr kurz. Zwei, drei Sätze machen das Ergebnis verlässlicher.",
        "The description is very short. Two or three sentences make the result more reliable.",
    ),
}
_SLOTS: Final[dict[SlotKind, str]] = {
    "r-strategy": "r_strategies",
    "field": "field",
    "instrument": "instrument",
}


def gaps(reading: Reading, decided: Decision) -> tuple[Missing, ...]:
    """Return the gaps in the order of a measure sheet, then names that nobody knows."""
    measure, language = reading.measure, reading.language
    found: list[Missing] = []

    def add(field: str, suggestions: Sequence[Suggestion] = ()) -> None:
        found.append(Missing(field, _TEXTS[field].in_language(language), tuple(suggestions)))

    if len(measure.description) < SHORTEST and len(measure.text) < SHORTEST + 40:
        add("description")
    if not measure.responsible:
        add("responsible", _actors(reading))
    if not measure.period:
        add("period")
    if not measure.fields:
        add("field", _mentioned(reading, decided, "field"))
    if not measure.instruments:
        add("instrument", _mentioned(reading, decided, "instrument"))
    if not measure.r_strategies:
        add("r_strategies", _mentioned(reading, decided, "r-strategy"))
    if not measure.indicators:
        add("indicators", _indicators(reading, decided))
    return (*found, *_unknown(reading, decided))


def _mentioned(reading: Reading, decided: Decision, kind: SlotKind) -> list[Suggestion]:
    language = reading.language
    found: list[Suggestion] = []
    for slot in most_telling(reading.slots, kind):
        label = reading.index.slots.label(slot.iri, language)
        reason = named_words(slot, language)
        gain = gain_of(reading, decided, slot) if kind == "r-strategy" else None
        if gain is not None:
            item, chance = gain
            code = item.aim.code or item.aim.label.in_language(language)
            name = Text("Mit Angabe der R-Strategie", "With the R-strategy given")
            reason = Text(
                f"{reason.de} {name.de} {label} stiege die Wahrscheinlichkeit für {code} von"
                f" {percent(item.probability, 'de')} auf {percent(chance, 'de')}.",
                f"{reason.en} {name.en} ({label}) the probability for {code} would rise from"
                f" {percent(item.probability, 'en')} to {percent(chance, 'en')}.",
            )
        found.append(Suggestion(label, slot.iri, reason.in_language(language)))
    return found


def _indicators(reading: Reading, decided: Decision) -> list[Suggestion]:
    """Return indicators that inform the best supported aims, those of the same field first."""
    language, index = reading.language, reading.index
    served = [
        item
        for item in decided.answered()
        if item.answer == "supports" and item.aim.kind == "sdg-target"
    ]
    served.sort(key=lambda item: (-item.probability, item.aim.iri))
    words = {mention.concept for mention in reading.text.affirmed}
    scored: list[tuple[int, int, str, str]] = []
    for place, item in enumerate(served[:MOST]):
        for link in index.links_to.get(item.aim.iri, ()):
            if index.slots.kinds.get(link.source) == "indicator" and link.strength > 0:
                named = index.indicator_concepts.get(link.source, frozenset())
                scored.append((-len(words & named), place, link.source, item.aim.iri))
    found: dict[str, Suggestion] = {}
    for _, _, iri, aim in sorted(scored):
        if iri not in found and len(found) < MOST:
            target = index.aims[aim]
            reason = Text(
                f"Der Indikator gibt Auskunft über {target.code} ({target.label.de}).",
                f"The indicator tells about {target.code} ({target.label.en}).",
            )
            label = index.slots.label(iri, language)
            found[iri] = Suggestion(label, iri, reason.in_language(language))
    return list(found.values())


def _actors(reading: Reading) -> list[Suggestion]:
    language = reading.language
    counted: Counter[str] = Counter()
    example: dict[str, str] = {}
    for measure, _, _ in similar_measures(reading)[:5]:
        for actor in sorted(measure.actors):
            counted[actor] += 1
            example.setdefault(actor, measure.label)
    ordered = sorted(counted, key=lambda actor: (-counted[actor], actor))
    return [
        Suggestion(
            reading.index.slots.label(actor, language),
            actor,
            Text(
                f"Federführend bei einer ähnlichen Maßnahme: »{example[actor]}«.",
                f"Responsible for a similar measure: “{example[actor]}”.",
            ).in_language(language),
        )
        for actor in ordered[:MOST]
    ]


def _unknown(reading: Reading, decided: Decision) -> list[Missing]:
    found: list[Missing] = []
    for kind, name in reading.unresolved:
        text = Text(
            f"Die Angabe »{name}« ist nicht bekannt und wurde nicht ausgewertet.",
            f"The value “{name}” is not known and was not used.",
        )
        found.append(
            Missing(
                _SLOTS[kind],
                text.in_language(reading.language),
                tuple(_mentioned(reading, decided, kind)),
            )
        )
    return found
