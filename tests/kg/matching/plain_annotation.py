"""Find mentions the slow and plain way: every phrase is tried at every place."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import sqrt
from typing import NamedTuple

from kg.language import Language
from kg.matching.annotate import FACTOR, How, Mention
from kg.matching.compounds import Splitter, plain, word_forms
from kg.matching.negation import denied_positions
from kg.matching.phrases import Phrase, phrases_of
from kg.matching.text import Span, Token, fold, is_function_word, sentences, stem, tokens
from kg.matching.thesaurus import Thesaurus

ENDINGS = {"", "e", "es", "s", "en", "n", "in", "innen"}


class Found(NamedTuple):
    phrase: Phrase
    places: tuple[int, ...]
    how: How


def annotate(thesaurus: Thesaurus, text: str, language: Language) -> list[Mention]:
    """Return what `Annotator.annotate` promises for texts without halves or other spellings."""
    concepts = list(thesaurus.concepts.values())
    meant = phrases_of(concepts, language, meant=True)
    not_meant = phrases_of(concepts, language, meant=False)
    every_stem = {part for phrase in (*meant, *not_meant) for part in phrase.stems}
    every_stem |= {"".join(phrase.stems) for phrase in (*meant, *not_meant)}
    labels = [
        label.text for concept in concepts for label in concept.labels if label.language == language
    ]
    splitter = Splitter(word_forms(labels), every_stem) if language == "de" else None
    refused = {c.iri for c in concepts if any(iri.endswith("/R0") for iri in c.r_strategies)}
    best: dict[tuple[int, int, str], Mention] = {}
    for area in sentences(text):
        every = tokens(text, language, within=area)
        topical = [token for token in every if not is_function_word(token.word, language)]
        blocked = {
            (found.phrase.concept, place)
            for found in _close(not_meant, topical, every, text, language, splitter, not_meant)
            for place in found.places
        }
        close = [
            found
            for found in _close(meant, topical, every, text, language, splitter, meant)
            if not any((found.phrase.concept, place) in blocked for place in found.places)
        ]
        denied = denied_positions(text, every)
        for phrase, places, how in [*close, *_scattered(meant, topical, close, blocked)]:
            matched = [topical[place] for place in places]
            span = Span(matched[0].span.start, matched[-1].span.end)
            pieces = [item.span for item in matched] if how == "scattered" else [span]
            weight = round(min(2.0, sqrt(sum(map(len, phrase.stems)) / 6)) * FACTOR[how], 4)
            avoided = [denied[item.span.start] for item in matched if item.span.start in denied]
            mention = Mention(
                phrase.concept,
                span,
                tuple(piece.of(text) for piece in pieces),
                phrase.label,
                how,
                weight,
                denied=bool(avoided) and not (phrase.concept in refused and all(avoided)),
            )
            key = (*span, phrase.concept)
            if key not in best or (-mention.weight, mention.label) < (
                -best[key].weight,
                best[key].label,
            ):
                best[key] = mention
    return [best[key] for key in sorted(best)]


def _close(
    phrases: Sequence[Phrase],
    topical: Sequence[Token],
    every: Sequence[Token],
    text: str,
    language: Language,
    splitter: Splitter | None,
    table: Sequence[Phrase],
) -> Iterator[Found]:
    position = 0
    while position < len(topical):
        length, found = _longest(phrases, topical, every, text, language, position)
        places = tuple(range(position, position + length))
        for phrase in found:
            yield Found(phrase, places, "phrase")
        if not length:
            for phrase in _inside(table, topical[position], splitter):
                yield Found(phrase, (position,), "compound")
        position += max(length, 1)


def _longest(
    phrases: Sequence[Phrase],
    topical: Sequence[Token],
    every: Sequence[Token],
    text: str,
    language: Language,
    position: int,
) -> tuple[int, list[Phrase]]:
    for length in range(len(topical) - position, 0, -1):
        here = topical[position : position + length]
        stems = tuple(token.stem for token in here)
        found = [phrase for phrase in phrases if phrase.stems == stems]
        if length == 1:
            found = [phrase for phrase in found if _same(phrase, here[0])]
            found += [p for p in phrases if len(p.stems) > 1 and "".join(p.stems) == stems[0]]
        if length == 2 and _beside(here[0], here[1], every, text):
            solid = stem(here[0].word + here[1].word, language)
            found += [
                phrase
                for phrase in phrases
                if phrase.stems == (solid,) and _continues(here[0].word, here[1].word, solid)
            ]
        if found:
            return length, found
    return 0, []


def _same(phrase: Phrase, token: Token) -> bool:
    rest = token.word.removeprefix(fold(phrase.label))
    return len(token.stem) > 4 or rest == token.word or rest in ENDINGS


def _continues(first: str, second: str, solid: str) -> bool:
    head = plain(first)
    return len(head) > 1 and solid.startswith(head) and solid[len(head) :][:2] == plain(second[:2])


def _beside(first: Token, second: Token, every: Sequence[Token], text: str) -> bool:
    follows = every.index(second) == every.index(first) + 1
    between = text[first.span.end : second.span.start]
    return follows and between in {" ", "-", "\n", "-\n", "- "}


def _inside(phrases: Sequence[Phrase], token: Token, splitter: Splitter | None) -> list[Phrase]:
    letters, tail = plain(token.word), token.stem
    ends = range(len(tail) - 3, 4, -1)
    pairs = [
        phrase
        for phrase in phrases
        if len(phrase.stems) == 2
        for end in ends
        if letters[:end] == phrase.stems[0]
        and tail.endswith(phrase.stems[1])
        and end + len(phrase.stems[1]) <= len(tail)
    ]
    if pairs:
        return pairs
    parts = splitter.split(letters, tail) if splitter else ()
    if parts:
        return _in_parts(phrases, parts)
    first = next((f for end in ends if (f := _one(phrases, letters[:end]))), [])
    starts = range(3, len(tail) - 4)
    last = next((f for start in starts if (f := _one(phrases, tail[start:]))), [])
    return first + last


def _one(phrases: Sequence[Phrase], word: str) -> list[Phrase]:
    return [phrase for phrase in phrases if phrase.stems == (word,)]


def _in_parts(phrases: Sequence[Phrase], parts: Sequence[str]) -> list[Phrase]:
    found: list[Phrase] = []
    position = 0
    while position < len(parts):
        step = 1
        for end in range(len(parts), position, -1):
            stems = tuple(parts[position:end])
            here = [
                phrase
                for phrase in phrases
                if phrase.stems == stems
                or (len(phrase.stems) > 1 and "".join(phrase.stems) == "".join(stems))
            ]
            if here and len("".join(stems)) >= 4:
                found += here
                step = end - position
                break
        position += step
    return found


def _scattered(
    phrases: Sequence[Phrase],
    topical: Sequence[Token],
    close: Sequence[Found],
    blocked: set[tuple[str, int]],
) -> Iterator[Found]:
    stems = [token.stem for token in topical]
    taken = blocked | {(found.phrase.concept, p) for found in close for p in found.places}
    candidates: list[tuple[str, int, tuple[int, ...], str, Phrase]] = []
    for phrase in phrases:
        parts = phrase.stems
        if len(parts) < 2 or any(part.isdigit() for part in parts) or not set(parts) <= set(stems):
            continue
        spots = tuple(sorted({stems.index(part) for part in parts}))
        if spots[-1] - spots[0] < len(parts) + 4:
            size = -sum(map(len, parts))
            candidates.append((phrase.concept, size, spots, phrase.label, phrase))
    for concept, _, spots, _, phrase in sorted(candidates):
        if not any((concept, place) in taken for place in spots):
            taken |= {(concept, place) for place in spots}
            yield Found(phrase, spots, "scattered")
