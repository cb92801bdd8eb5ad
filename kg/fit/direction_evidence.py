"""Show the rule of direction behind a verdict, and the wording that would turn it."""

from __future__ import annotations

from collections.abc import Sequence

from kg.fit.direction import Direction
from kg.fit.evidence import quoted, status_words
from kg.fit.families import families
from kg.fit.judge import Judgement
from kg.fit.reading import Reading
from kg.fit.report import Evidence
from kg.language import Text


def direction_evidence(
    judgement: Judgement, direction: Direction, reading: Reading, grounds: Sequence[Evidence]
) -> tuple[Evidence, ...]:
    """Return the grounds with the rule: first for a conflict or neutral answer, else last.

    Of the other grounds only the nearest quote stays where they spoke for a support.
    """
    shown = _rule(judgement, direction, reading)
    if judgement.answer == "supports":
        return (*grounds, shown)
    return (shown, *(item for item in grounds if item.kind == "quote"))


def other_wording(direction: Direction, reading: Reading) -> str:
    """Return the sentence that says which wording would turn the answer."""
    thing = direction.move.thing.of(reading.text.text)
    words = quoted(thing, reading.language)
    match direction.move.way:
        case "less":
            text = Text(
                f"Würde {words} ausgebaut oder erhalten, entfiele dieser Hinweis.",
                f"If {words} were expanded or kept, this note would go.",
            )
        case "more" | "kept":
            text = Text(
                f"Würde {words} verringert oder vermieden, entfiele dieser Hinweis.",
                f"If {words} were reduced or avoided, this note would go.",
            )
        case "denied":
            text = Text(
                f"Ohne die Verneinung bei {words} entfiele dieser Hinweis.",
                f"Without the negation at {words} this note would go.",
            )
        case _:
            text = Text(
                f"Ohne {words} entfiele dieser Hinweis.", f"Without {words} this note would go."
            )
    return text.in_language(reading.language)


def _rule(judgement: Judgement, direction: Direction, reading: Reading) -> Evidence:
    language, rule, move = reading.language, direction.rule, direction.move
    family = families().get(direction.family)
    words = quoted(move.span.of(reading.text.text), language)
    because = [rule.reason.in_language(language)]
    if family is not None and family.reason.in_language(language) not in because:
        because.append(family.reason.in_language(language))
    state = status_words("proposed", language)
    head = {
        "conflicts": Text(
            "Möglicher Zielkonflikt, bitte prüfen", "Possible conflict, please check"
        ),
        "neutral": Text("Richtung", "Direction"),
    }.get(judgement.answer, Text("Stärke", "Strength"))
    wording = direction.wanted
    wanted = judgement.aim.wording(language)
    return Evidence(
        "rule",
        f"{head.in_language(language)}: {words} – {rule.label.in_language(language)}:"
        f" {' '.join(because)} ({state})",
        quote=move.span.of(reading.text.text),
        span=(move.span.start, move.span.end),
        aim_quote=wanted,
        source=rule.source or (family.source if family else "") or _source(judgement, reading),
        page=judgement.aim.page if wording is not None else None,
        path=(
            reading.measure.title or Text("Maßnahme", "Measure").in_language(language),
            family.label.in_language(language) if family else move.thing.of(reading.text.text),
            judgement.aim.label.in_language(language),
        ),
        matched=tuple(dict.fromkeys(filter(None, (move.change, move.thing.of(reading.text.text))))),
        row=rule.iri,
        status="proposed",
        value=judgement.probability if judgement.answer == "conflicts" else None,
    )


def _source(judgement: Judgement, reading: Reading) -> str:
    """Return where the aim's wording stands: that of the two wordings which a reader can open."""
    document = judgement.aim.document(reading.city)
    return judgement.aim.url or (document.url if document else "") or judgement.aim.iri
