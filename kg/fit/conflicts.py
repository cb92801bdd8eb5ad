"""Find possible conflicts: only from rows that state one, each named with its ground."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from kg.fit.aims import Aim, Link
from kg.fit.evidence import aim_ref, quoted, status_words
from kg.fit.judge import Judgement, known_twins
from kg.fit.paths import confidence
from kg.fit.reading import Reading, SlotUse, Via
from kg.fit.report import Evidence, Verdict
from kg.fit.voices import alone
from kg.language import Text
from kg.matching.annotate import Mention
from kg.matching.match import matched_words
from ontology.namespaces import KS


@dataclass(frozen=True, slots=True)
class _Trigger:
    """Say what of the measure makes a row apply."""

    via: Via
    name: str
    mentions: tuple[Mention, ...]


def conflict_verdicts(reading: Reading, judged: Sequence[Judgement]) -> list[Verdict]:
    """Return the possible conflicts, one a row, by strength and row."""
    found = [*_from_slots(reading), *_from_mechanisms(reading), *_from_statements(reading, judged)]
    unique = {(verdict.aim.iri, verdict.evidence[0].row): verdict for verdict in reversed(found)}
    return sorted(
        unique.values(), key=lambda item: (item.strength, item.aim.iri, item.evidence[0].row)
    )


def _from_slots(reading: Reading) -> Iterable[Verdict]:
    for slot in reading.slots:
        trigger = _Trigger(
            slot.via, reading.index.slots.label(slot.iri, reading.language), slot.mentions
        )
        for link in reading.index.links_from.get(slot.iri, ()):
            if link.strength >= 0 or link.target not in reading.index.aims:
                continue
            if slot.via == "declared" or _speaks_of(link, reading):
                yield _of_link(link, trigger, reading)
    for mention in reading.text.affirmed:
        name = reading.index.thesaurus.concepts[mention.concept].name(reading.language)
        for link in reading.index.links_from.get(mention.concept, ()):
            if link.strength < 0 and link.target in reading.index.aims:
                yield _of_link(link, _Trigger("mentioned", name, (mention,)), reading)


def _speaks_of(link: Link, reading: Reading) -> bool:
    """Tell whether a row of a field that is only guessed from words fits these words.

    It does when its own reason names a concept that the measure names too. A whole sector does not
    count, for it is what the field was guessed from: a heat pump in a river is about water, and
    returns no pollutants.
    """
    concepts = reading.index.thesaurus.concepts
    named = {
        concept
        for concept in reading.index.reason_concepts(link)
        if concepts[concept].kind != "sector"
    }
    return any(mention.concept in named for mention in reading.text.affirmed)


def _from_mechanisms(reading: Reading) -> Iterable[Verdict]:
    # What a measure ends has no rebound.
    less = [move.thing for move in reading.course.moves if move.way == "less"]
    mentions = [
        mention
        for mention in reading.text.affirmed
        if mention.how != "scattered"
        and not any(
            thing.start < mention.span.end and mention.span.start < thing.end for thing in less
        )
    ]
    for mechanism in reading.index.mechanisms:
        named = tuple(item for item in mentions if item.concept in mechanism.concepts)
        # An R-strategy counts only when it is declared: words alone fit too many of them.
        given = reading.declared("r-strategy")
        parts: list[tuple[frozenset[str], Sequence[SlotUse]]] = [
            (mechanism.r_strategies, [s for s in given if s.iri in mechanism.r_strategies]),
            (mechanism.fields, [s for s in reading.slots if s.iri in mechanism.fields]),
        ]
        if mechanism.concepts and not named:
            continue
        if any(wanted and not slots for wanted, slots in parts):
            continue
        slots = [slot for _, hits in parts for slot in hits]
        declared = not named and all(slot.via == "declared" for slot in slots)
        names = [
            *(
                reading.index.thesaurus.concepts[item.concept].name(reading.language)
                for item in named
            ),
            *(reading.index.slots.label(slot.iri, reading.language) for slot in slots),
        ]
        every = (*named, *(mention for slot in slots for mention in slot.mentions))
        trigger = _Trigger(
            "declared" if declared else "mentioned", ", ".join(dict.fromkeys(names)), every
        )
        for link in reading.index.links_from.get(mechanism.iri, ()):
            if link.strength < 0 and link.target in reading.index.aims:
                yield _of_link(link, trigger, reading)


def _from_statements(reading: Reading, judged: Sequence[Judgement]) -> Iterable[Verdict]:
    """Give the conflicts that sources state for the measure itself or for goals it supports."""
    twins = [(twin.iri, twin.label) for twin in known_twins(reading)]
    served = [
        (item.aim.iri, item.aim.label.in_language(reading.language))
        for item in judged
        if item.answer == "supports" and item.aim.kind == "concept-goal"
    ]
    for iri, name in (*twins, *served):
        for interface in reading.index.interfaces_from.get(iri, ()):
            aim = reading.index.aims.get(interface.target)
            stands = interface.status not in {"rejected", "superseded"}
            if interface.strength < 0 and stands and aim is not None:
                text = interface.rationale
                yield _verdict(
                    aim,
                    reading,
                    interface.strength,
                    interface.confidence,
                    Evidence(
                        "declared",
                        _possible(name, text, interface.status, reading),
                        quote=interface.quote,
                        source=interface.url,
                        page=interface.page,
                        path=(name, aim.label.in_language(reading.language)),
                        row=interface.iri,
                        status=interface.status,
                        value=interface.confidence,
                    ),
                    name,
                )
        for conflict in reading.index.conflicts_from.get(iri, ()):
            aim = reading.index.aims.get(conflict.target)
            if aim is None:
                continue
            hinders = conflict.relation == KS.hindersAim
            text = Text(
                "Die Quelle nennt das Ziel als behindert."
                if hinders
                else "Die Quelle nennt beide als Gegensatz.",
                "The source names the aim as hindered."
                if hinders
                else "The source names the two as opposed.",
            )
            yield _verdict(
                aim,
                reading,
                -2,
                1.0,
                Evidence(
                    "declared",
                    _possible(name, text, "declared", reading),
                    source=conflict.graph,
                    path=(name, aim.label.in_language(reading.language)),
                    row=f"{conflict.source} {conflict.relation} {conflict.target}",
                    status="declared",
                    value=1.0,
                ),
                name,
            )


def _of_link(link: Link, trigger: _Trigger, reading: Reading) -> Verdict:
    aim = reading.index.aims[link.target]
    language = reading.language
    span = trigger.mentions[0].span if trigger.mentions else None
    sure = confidence(link, trigger.via)
    shown = Evidence(
        "path",
        _possible(trigger.name, link.rationale, link.status, reading),
        quote=span.of(reading.text.text) if span is not None else "",
        span=(span.start, span.end) if span is not None else None,
        source=link.url or link.citation or link.iri,
        path=(
            reading.measure.title or Text("Maßnahme", "Measure").in_language(language),
            trigger.name,
            aim.label.in_language(language),
        ),
        matched=tuple(matched_words(trigger.mentions)),
        row=link.iri,
        status=link.status,
        value=sure,
    )
    return _verdict(aim, reading, link.strength, sure, shown, trigger.name)


def _possible(name: str, reason: Text, status: str, reading: Reading) -> str:
    language = reading.language
    state = status_words(status, language)
    words = quoted(name, language)
    return Text(
        f"Möglicher Zielkonflikt, bitte prüfen: {words} – {reason.de} ({state})",
        f"Possible conflict, please check: {words} – {reason.en} ({state})",
    ).in_language(language)


def _verdict(
    aim: Aim, reading: Reading, strength: int, chance: float, shown: Evidence, name: str
) -> Verdict:
    words = quoted(name, reading.language)
    return Verdict(
        aim_ref(aim, reading),
        "conflicts",
        direct=False,
        strength=strength,
        probability=chance,
        evidence=(shown,),
        counterfactual=Text(
            f"Ohne {words} entfiele dieser Hinweis.", f"Without {words} this note would go."
        ).in_language(reading.language),
        shares=alone("statement" if shown.kind == "declared" else "path", reading.language),
    )
