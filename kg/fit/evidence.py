"""Show the grounds of a judgement: quotes, concepts, paths and statements."""

from __future__ import annotations

from kg.fit.aims import Aim, Document
from kg.fit.judge import Judgement
from kg.fit.layout import TEXTUAL
from kg.fit.numbers import percent
from kg.fit.paths import SlotPath
from kg.fit.reading import Reading
from kg.fit.report import AimRef, Evidence
from kg.fit.wording import AimSentence, NearSentence
from kg.language import Language, Text
from kg.matching.match import matched_words
from kg.matching.reasons import NEAR, Named
from kg.matching.text import Span

MOST_CONCEPTS = 3
MOST_PATHS = 3
_STATUS = {
    "declared": Text("in der Quelle genannt", "declared by the source"),
    "confirmed": Text("bestätigt", "confirmed"),
    "proposed": Text("Vorschlag, fachlich zu prüfen", "proposal, to be reviewed"),
    "rejected": Text("verworfen", "rejected"),
}


def aim_ref(aim: Aim, reading: Reading) -> AimRef:
    """Return the aim as a reader of the report sees it."""
    document = aim.document(reading.city) if aim.kind in {"concept-goal", "framework-aim"} else None
    label = aim.label.in_language(reading.language)
    return AimRef(
        aim.iri,
        aim.code,
        label,
        aim.kind,
        document.label.in_language(reading.language) if document else "",
        document.iri if document else "",
        document.resolution if document else "",
        aim.url or (document.url if document else ""),
    )


def evidence(
    judgement: Judgement, reading: Reading, near: NearSentence | None, named: Named
) -> tuple[Evidence, ...]:
    """Return the grounds: statements first, then concepts, the nearest sentences, and paths.

    `near` is the nearest pair of sentences, `named` what the measure's text names.
    """
    return (
        *_stated(judgement, reading),
        *_concepts(judgement, reading, named),
        *([_nearest(judgement, reading, near)] if near is not None else ()),
        *(_path(path, judgement, reading) for path in judgement.paths[:MOST_PATHS]),
        *_shared(judgement, reading),
        _rule(judgement, reading.language),
    )


def status_words(status: str, language: Language) -> str:
    """Return a review state in words."""
    return _STATUS.get(status, _STATUS["proposed"]).in_language(language)


def quoted(words: str, language: Language) -> str:
    """Return words in the quotation marks of a language."""
    return f"»{words}«" if language == "de" else f"“{words}”"


def _stated(judgement: Judgement, reading: Reading) -> list[Evidence]:
    language = reading.language
    found: list[Evidence] = []
    if judgement.named:
        words = quoted(judgement.named, language)
        text = Text(f"Die Maßnahme nennt {words} selbst.", f"The measure itself names {words}.")
        found.append(
            Evidence(
                "declared",
                text.in_language(language),
                matched=(judgement.named,),
                status="declared",
            )
        )
    row = judgement.stated
    if row is not None:
        state = status_words(row.status, language)
        text = Text(
            f"Der Datenbestand kennt diese Verknüpfung ({state}): {row.rationale.de}",
            f"The dataset knows this link ({state}): {row.rationale.en}",
        )
        found.append(
            Evidence(
                "declared",
                text.in_language(language),
                quote=row.quote,
                source=row.url,
                page=row.page,
                row=row.iri,
                status=row.status,
                value=row.confidence,
            )
        )
    return found


def _concepts(judgement: Judgement, reading: Reading, named: Named) -> list[Evidence]:
    language, aim = reading.language, judgement.aim
    found: list[Evidence] = []
    for value, mentions in named.speaking_for(aim.iri, judgement.index)[:MOST_CONCEPTS]:
        concept = reading.index.thesaurus.concepts[mentions[0].concept]
        name = concept.name(language)
        words = matched_words(mentions)
        listed = ", ".join(quoted(word, language) for word in words)
        targets = {aim.iri, *(shared.target.iri for shared in judgement.shared)}
        links = [link for link in concept.aims if link.aim in targets]
        link = max(links, key=lambda item: (item.weight, item.link), default=None)
        text = Text(
            f"Die Maßnahme nennt {listed}; der Begriff »{name}« gehört zu diesem Ziel.",
            f"The measure names {listed}; the concept “{name}” belongs to this aim.",
        )
        span = mentions[0].span
        found.append(
            Evidence(
                "concept",
                text.in_language(language),
                quote=span.of(reading.text.text),
                span=(span.start, span.end),
                aim_quote=aim.wording(language),
                source=link.source if link is not None else "",
                path=(reading.measure.title or words[0], name, _short(aim, language)),
                matched=tuple(words),
                row=link.link if link is not None and link.link else concept.iri,
                status="proposed",
                value=value,
            )
        )
    return found


def _nearest(judgement: Judgement, reading: Reading, near: NearSentence) -> Evidence:
    aim, language = judgement.aim, reading.language
    span: Span = reading.text.spans[near.sentence]
    document = aim.document(reading.city) if aim.kind in TEXTUAL else None
    close = near.cosine >= NEAR
    text = Text(
        f"{'Im Sinn nahe' if close else 'Nächster Satz des Ziels, im Sinn nicht nahe'}"
        f" (Ähnlichkeit {percent(near.cosine, 'de')}).",
        f"{'Close in meaning' if close else 'Nearest sentence of the aim, not close in meaning'}"
        f" (similarity {percent(near.cosine, 'en')}).",
    )
    return Evidence(
        "quote",
        text.in_language(language),
        quote=span.of(reading.text.text),
        span=(span.start, span.end),
        aim_quote=near.aim.words,
        source=aim.url or (document.url if document else "") or aim.iri,
        page=aim.page,
        value=near.cosine,
        aim_place=_place(aim, near.aim, document).in_language(language),
    )


def _place(aim: Aim, sentence: AimSentence, document: Document | None) -> Text:
    """Return where a sentence of an aim stands: document or SDG, page if known, and sentence."""
    if document is not None:
        where = document.label
    elif aim.kind in {"sdg-goal", "sdg-target"}:
        where = Text(f"Agenda 2030, SDG {aim.code}", f"2030 Agenda, SDG {aim.code}")
    else:
        where = Text(aim.code, aim.code)
    page = Text(f"S. {aim.page}", f"p. {aim.page}") if aim.page is not None else Text("", "")
    number = Text("Bezeichnung", "label")
    if sentence.number:
        number = Text(f"Satz {sentence.number}", f"sentence {sentence.number}")
    return Text(
        ", ".join(filter(None, (where.de, page.de, number.de))),
        ", ".join(filter(None, (where.en, page.en, number.en))),
    )


def _path(path: SlotPath, judgement: Judgement, reading: Reading) -> Evidence:
    language, link, slot = reading.language, path.link, path.slot
    name = reading.index.slots.label(slot.iri, language)
    words = matched_words(slot.mentions)
    listed = ", ".join(quoted(word, language) for word in words)
    came = (
        Text(f"Angegeben ist »{name}«.", f"“{name}” is given.")
        if slot.via == "declared"
        else Text(f"Die Wörter {listed} gehören zu »{name}«.", f"{listed} belongs to “{name}”.")
    )
    state = status_words(link.status, language)
    text = Text(
        f"{came.de} {link.rationale.de} ({state})", f"{came.en} {link.rationale.en} ({state})"
    )
    span = slot.mentions[0].span if slot.mentions else None
    return Evidence(
        "path",
        text.in_language(language),
        quote=span.of(reading.text.text) if span is not None else "",
        span=(span.start, span.end) if span is not None else None,
        source=link.url or link.citation,
        path=(
            reading.measure.title or Text("Maßnahme", "Measure").in_language(language),
            name,
            _short(judgement.aim, language),
        ),
        matched=tuple(words),
        row=link.iri,
        status=link.status,
        value=path.confidence,
    )


def _shared(judgement: Judgement, reading: Reading) -> list[Evidence]:
    language = reading.language
    found: list[Evidence] = []
    for shared in judgement.shared:
        target = _short(shared.target, language)
        own = judgement.aim.kind == "sdg-goal"
        state = status_words(shared.status, language)
        if own:
            text = Text(
                f"Das Unterziel {target} gehört zu diesem Ziel.",
                f"The target {target} is part of this goal.",
            )
        elif shared.row:
            text = Text(
                f"Diesem Ziel ist {target} zugeordnet ({state}); dem dient wahrscheinlich auch die"
                " Maßnahme.",
                f"This aim is assigned to {target} ({state}), which the measure probably serves"
                " too.",
            )
        else:
            text = Text(
                f"Dieses Ziel handelt nach seinem Wortlaut von {target}; dem dient wahrscheinlich"
                " auch die Maßnahme.",
                f"By its wording this aim is about {target}, which the measure probably serves"
                " too.",
            )
        found.append(
            Evidence(
                "path",
                text.in_language(language),
                path=(
                    reading.measure.title or Text("Maßnahme", "Measure").in_language(language),
                    target,
                    _short(judgement.aim, language),
                ),
                row=shared.row or shared.target.iri,
                status=shared.status,
                value=shared.chance,
            )
        )
    return found


def _rule(judgement: Judgement, language: Language) -> Evidence:
    chance, line = judgement.probability, judgement.line
    above = chance >= line
    text = Text(
        f"Die Wahrscheinlichkeit {percent(chance, 'de')} liegt {'über' if above else 'unter'} der"
        f" Grenze {percent(line, 'de')}.",
        f"The probability {percent(chance, 'en')} is {'above' if above else 'below'} the line"
        f" {percent(line, 'en')}.",
    )
    return Evidence("rule", text.in_language(language), value=line)


def _short(aim: Aim, language: Language) -> str:
    label = aim.label.in_language(language)
    return f"{aim.code} {label}" if aim.code else label
