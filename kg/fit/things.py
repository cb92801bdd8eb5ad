"""Find the things of a clause: words of families and mentions of thesaurus concepts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from kg.fit.change_words import PARTICLES, ChangeWord, change_word, compound_tail, separated
from kg.fit.clauses import Words
from kg.fit.families import Found, Sense, families, found_at, sense_of_label
from kg.fit.verbs import is_idiom
from kg.language import Language
from kg.matching.annotate import Mention
from kg.matching.thesaurus import Thesaurus

# Kinds of concepts that are means: to have more of them is what their aims want.
_MEANS: Final = frozenset({"practice", "instrument", "place", "actor", "sector"})


@dataclass(frozen=True, slots=True)
class Thing:
    """Hold a thing of a clause: its words, what it is, and a word of change inside its compound.

    `keys` are its own family and concepts, `families` those it serves too; `sense` is 1 for a
    wanted, -1 for an unwanted thing, 0 for neither.
    """

    start: int
    end: int
    keys: frozenset[str]
    families: frozenset[str]
    sense: Sense
    inner: ChangeWord | None
    denied: bool


def things_of(
    words: Words, mentions: Sequence[Mention], thesaurus: Thesaurus, language: Language
) -> Iterator[Thing]:
    """Give the things of a clause; words of a family and mentions of the same words are one."""
    taken: list[Thing] = []
    known = families()
    place = 0
    while place < len(words):
        folded = list(words.folded)
        tail = _tail(folded[place], language)
        found = found_at(folded, place, language)
        inner: ChangeWord | None = None
        if tail is not None:
            head = found_at([folded[place][: tail[0]].removesuffix("s")], 0, language) or found_at(
                [folded[place][: tail[0]]], 0, language
            )
            if head is not None and (found is None or found.sense != 1):
                found, inner = head, tail[1]
        if found is None or (inner is not None and inner.action == "price"):
            # What a thing costs is not the thing.
            place += 1
            continue
        end = place + found.length
        if language == "en" and inner is None and end < len(words):
            inner = _head_noun(words, end)
        if inner is not None and inner.effect == "study" and found.sense < 0:
            # Information about what is unwanted is against it.
            found = Found(found.family, 1, found.length)
        family = known[found.family]
        serves = family.serves if found.sense > 0 else frozenset[str]()
        taken.append(
            Thing(
                place,
                place + found.length,
                frozenset({found.family}),
                frozenset({found.family}) | serves,
                found.sense,
                inner,
                denied=False,
            )
        )
        place += found.length
    for mention in mentions:
        start, end = words.places(mention.span)
        if start < 0 or _is_change(words, start, end, language):
            continue
        over = next((i for i, t in enumerate(taken) if t.start < end and start < t.end), None)
        if over is not None:
            thing = taken[over]
            taken[over] = replace(
                thing,
                keys=thing.keys | {mention.concept},
                denied=thing.denied or mention.denied,
            )
            continue
        if mention.how == "scattered":
            continue
        concept = thesaurus.concepts[mention.concept]
        sense = sense_of_label(mention.label, language)
        if sense is None:
            sense = 1 if concept.kind in _MEANS else 0
        inner = None
        if mention.how == "compound" and (tail := _tail(words.folded[start], language)) is not None:
            inner = tail[1]
        taken.append(
            Thing(
                start,
                end,
                frozenset({mention.concept}),
                frozenset(),
                sense,
                inner,
                denied=mention.denied,
            )
        )
    taken.sort(key=lambda thing: (thing.start, thing.end))
    last = -1
    for thing in taken:
        if thing.start >= last:
            yield thing
            last = thing.end


def _head_noun(words: Words, place: int) -> ChangeWord | None:
    """Return the English noun of change that follows its object: »landfill expansion«."""
    after = words.folded[place + 1] if place + 1 < len(words) else ""
    found = change_word(words.folded[place], "en")
    if found is None or found.kind != "noun" or after in {"of", "on", "to", "for"}:
        return None
    return found


def _is_change(words: Words, start: int, end: int, language: Language) -> bool:
    """Tell whether a mention is nothing but a word of change, such as »Rückbau«."""
    return end - start == 1 and change_word(words.folded[start], language) is not None


def word_at(words: Words, place: int, language: Language) -> ChangeWord | None:
    """Return the word of change at a place, with its particle if that stands at the end."""
    word = words.folded[place]
    last = words.folded[-1]
    if (
        language == "de"
        and last in PARTICLES
        and place < len(words) - 1
        and not words.is_noun(place)
    ):
        apart = separated(word, last)
        if apart is not None:
            return apart
    found = change_word(word, language)
    if found is None and language == "de" and words.is_noun(place):
        tail = compound_tail(word)
        return tail[1] if tail is not None else None
    if found is None or is_idiom(words, place):
        return None
    if language == "de" and found.kind == "verb" and words.is_noun(place) and place:
        return found if word.endswith(("ung", "ungen", "en")) else None
    return found


def changes_at(words: Words, place: int, language: Language) -> list[ChangeWord]:
    """Return the word of change at a place, or the one that ends a compound there."""
    found = word_at(words, place, language)
    if found is not None:
        return [found]
    tail = _tail(words.folded[place], language)
    return [] if tail is None else [tail[1]]


def _tail(word: str, language: Language) -> tuple[int, ChangeWord] | None:
    return compound_tail(word) if language == "de" else None
