"""Say what would change an answer, by scoring the measure again without the words that matter."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Final

from kg.fit.judge import Judgement, judge
from kg.fit.paths import best, together
from kg.fit.reading import Reading, SlotUse
from kg.language import Language, Text
from kg.matching.annotate import Mention
from kg.matching.match import matched_words
from kg.matching.reasons import concept_mentions
from kg.matching.text import Span

# Different word groups that are tried out for one report; each costs a few milliseconds.
MOST_TRIED: Final = 3
# A change that two decimals do not show is no change.
NOTABLE: Final = 0.005

Removed = tuple[Span, ...]


def counterfactuals(reading: Reading, judged: Sequence[Judgement]) -> Mapping[str, str]:
    """Return a sentence by aim; each figure in it was computed by scoring again.

    Aims beyond the first groups of words tried get the sentence for the slot that carries them, or
    none.
    """
    language = reading.language
    supported = frozenset(item.aim.iri for item in judged if item.answer == "supports")
    wanted: dict[str, tuple[Removed, list[str], bool]] = {}
    for item in judged:
        if item.answer == "supports":
            spans, words, whole = _carrying(item, reading)
            if spans:
                wanted[item.aim.iri] = (spans, words, whole)
    tried = list(dict.fromkeys(spans for spans, _, _ in wanted.values()))[:MOST_TRIED]
    without = dict(zip(tried, _scored_without(reading, tried, supported), strict=True))
    sentences: dict[str, str] = {}
    lacking: dict[str, dict[str, float]] = {}
    for item in judged:
        spans, words, whole = wanted.get(item.aim.iri, ((), [], False))
        if spans in without:
            chance = without[spans].get(item.aim.iri, 0.0)
            what = _sentence(words[0]) if whole else _words(words)
            sentences[item.aim.iri] = _without(what, item.probability, chance, language)
        elif item.answer == "supports" and item.paths:
            slot = item.paths[0].slot
            if slot.iri not in lacking:
                kept = [use for use in reading.slots if use.iri != slot.iri]
                lacking[slot.iri] = _chances(judge(reading, kept, only=supported))
            chance = lacking[slot.iri].get(item.aim.iri, 0.0)
            name = reading.index.slots.label(slot.iri, language)
            given = Text(f"Ohne die Angabe »{name}«", f"Without “{name}” given")
            sentences[item.aim.iri] = _without(given, item.probability, chance, language)
        elif item.answer == "supports" and item.shared:
            target = item.shared[0].target
            name = f"{target.code} {target.label.in_language(language)}"
            chance = together(item.chance, best(item.paths))
            if item.probability - chance < NOTABLE:
                continue
            sentences[item.aim.iri] = _unrelated(name, item.probability, chance, language)
    return sentences


def gain_of(
    reading: Reading, before: Sequence[Judgement], slot: SlotUse
) -> tuple[Judgement, float] | None:
    """Return the aim that gains most when the measure declares a slot, with its new probability.

    `before` holds the judgements without it.
    """
    declared = replace(slot, via="declared", mentions=())
    kept = [use for use in reading.slots if use.iri != slot.iri]
    after = _chances(judge(reading, [*kept, declared]))
    most = max(
        before,
        key=lambda item: (after[item.aim.iri] - item.probability, item.aim.iri),
        default=None,
    )
    if most is None or after[most.aim.iri] - most.probability < NOTABLE:
        return None
    return most, after[most.aim.iri]


def percent(chance: float, language: Language) -> str:
    """Return a probability with two decimals.

    >>> percent(0.8251, "de")
    '0,83'
    """
    text = f"{chance:.2f}"
    return text.replace(".", ",") if language == "de" else text


def _carrying(item: Judgement, reading: Reading) -> tuple[Removed, list[str], bool]:
    """Return the words that carry a judgement: its concepts, else a whole sentence (true)."""
    mentions: list[Mention] = [
        mention
        for _, found in concept_mentions(reading.text, item.index, item.aim.iri)
        for mention in found
    ]
    mentions += [mention for path in item.paths for mention in path.slot.mentions]
    if mentions:
        ordered = sorted(set(mentions), key=lambda entry: (entry.span.start, entry.concept))
        return _merged(entry.span for entry in ordered), matched_words(ordered), False
    if item.chance < item.line:
        return (), [], False
    nearest = item.index.nearest(reading.text, item.aim.iri)
    if nearest is None or len(reading.text.spans) < 2:
        return (), [], False
    span = reading.text.spans[nearest.sentence]
    return (span,), [span.of(reading.text.text)], True


def _merged(spans: Iterable[Span]) -> Removed:
    merged: list[Span] = []
    for span in spans:
        if merged and span.start < merged[-1].end:
            merged[-1] = Span(merged[-1].start, max(merged[-1].end, span.end))
        else:
            merged.append(span)
    return tuple(merged)


def _scored_without(
    reading: Reading, removals: Sequence[Removed], only: Collection[str]
) -> list[dict[str, float]]:
    texts = [_cut(reading.text.text, removed) for removed in removals]
    found: list[dict[str, float]] = []
    own = reading.index.goals.get(reading.city)
    prepared = reading.index.sdg.prepare(texts, like=reading.text)
    scores = reading.index.sdg.score_all(prepared)
    for removed, text, sdg in zip(removals, prepared, scores, strict=True):
        gone = set(removed)
        slots = [
            slot
            for slot in reading.slots
            if slot.via == "declared"
            or not all(
                any(span.start <= m.span.start < span.end for span in gone) for m in slot.mentions
            )
        ]
        changed = replace(
            reading,
            text=text,
            sdg=sdg,
            goals=own.matcher.score(text, sdg) if own is not None else None,
            frameworks=reading.index.frameworks.matcher.score(text, sdg),
        )
        found.append(_chances(judge(changed, slots, only=only)))
    return found


def _cut(text: str, removed: Removed) -> str:
    parts: list[str] = []
    place = 0
    for span in removed:
        parts.append(text[place : span.start])
        place = span.end
    return " ".join("".join([*parts, text[place:]]).split(" "))


def _chances(judged: Iterable[Judgement]) -> dict[str, float]:
    return {item.aim.iri: item.probability for item in judged}


def _unrelated(name: str, before: float, after: float, language: Language) -> str:
    return Text(
        f"Ohne den Bezug zu {name} läge die Wahrscheinlichkeit bei {percent(after, 'de')}"
        f" statt {percent(before, 'de')}.",
        f"Without the relation to {name} the probability would be {percent(after, 'en')}"
        f" instead of {percent(before, 'en')}.",
    ).in_language(language)


def _sentence(words: str) -> Text:
    return Text(f"Ohne den Satz »{words}«", f"Without the sentence “{words}”")


def _words(words: Sequence[str]) -> Text:
    several = len(words) > 1
    return Text(
        ("Ohne die Begriffe " if several else "Ohne den Begriff ")
        + ", ".join(f"»{word}«" for word in words),
        ("Without the words " if several else "Without the word ")
        + ", ".join(f"“{word}”" for word in words),
    )


def _without(what: Text, before: float, after: float, language: Language) -> str:
    old = Text(percent(before, "de"), percent(before, "en"))
    new = Text(percent(after, "de"), percent(after, "en"))
    if new.de == old.de:
        return Text(
            f"{what.de} bliebe die Wahrscheinlichkeit bei {old.de}.",
            f"{what.en} the probability would stay at {old.en}.",
        ).in_language(language)
    fell = after < before
    return Text(
        f"{what.de} {'fiele' if fell else 'stiege'} die Wahrscheinlichkeit"
        f" von {old.de} auf {new.de}.",
        f"{what.en} the probability would {'fall' if fell else 'rise'} from {old.en} to {new.en}.",
    ).in_language(language)
