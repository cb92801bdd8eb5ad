"""Find the phrases of a table among the topic words of one sentence."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from typing import Final, Literal, NamedTuple

from kg.language import Language
from kg.matching.lexicon import NOTHING, Reading, Word
from kg.matching.phrases import Phrase, PhraseTable
from kg.matching.text import stem

# Words more than it has that a scattered phrase may stretch over.
WINDOW: Final = 4


class Hit(NamedTuple):
    """Hold a phrase and the places of the topic words that stand for it."""

    phrase: Phrase
    places: tuple[int, ...]
    how: Literal["phrase", "compound", "scattered"]


class TopicWords(NamedTuple):
    """Hold the topic words of a sentence in order, with their stems.

    `beside` tells of a place whether nothing but a blank or a hyphen parts it from the next one.
    """

    words: Sequence[Word]
    stems: Sequence[str]
    language: Language
    beside: Callable[[int], bool]


def close_hits(table: PhraseTable, readings: Sequence[Reading], topic: TopicWords) -> list[Hit]:
    """Return the longest phrase at each place, and what compounds hold where none is."""
    found: list[Hit] = []
    words, stems = topic.words, topic.stems
    free, last = 0, len(words) - 1
    for place, reading in enumerate(readings):
        if reading is NOTHING or place < free:
            continue
        alone, reach, joins, _ = reading
        if place < last and (reach or joins):
            following = stems[place + 1]
            if following in reach or (joins and words[place + 1].head in joins):
                count, phrases = _longest(table, reach.get(following, 0), topic, place)
                if count:
                    spelled = tuple(range(place, place + count))
                    found += [Hit(phrase, spelled, "phrase") for phrase in phrases]
                    free = place + count
                    continue
        if alone:
            found += [Hit(phrase, (place,), how) for phrase, how in alone]
    return found


def _longest(
    table: PhraseTable, most: int, topic: TopicWords, place: int
) -> tuple[int, Sequence[Phrase]]:
    """Return the longest phrase of 2 to `most` words at a place; 0 words without one."""
    words, stems = topic.words, topic.stems
    for count in range(min(most, len(words) - place), 2, -1):
        found = table.by_stems.get(tuple(stems[place : place + count]))
        if found:
            return count, found
    pair = table.by_stems.get((stems[place], stems[place + 1]), [])
    joined = stem(words[place].word + words[place + 1].word, topic.language)
    solid = table.by_stems.get((joined,))
    if solid and topic.beside(place):
        pair = [*pair, *solid]
    return (2, pair) if pair else (0, ())


def scattered_hits(
    topic: TopicWords, near: Sequence[Hit], blocked: Collection[tuple[str, int]]
) -> Iterator[Hit]:
    """Give the phrases whose words stand near each other, none where its concept is already.

    `near` are the close hits, `blocked` where a concept must not be found. Of phrases of one
    concept that share a word the one with the most letters counts.
    """
    stems = topic.stems
    present = frozenset(stems)
    leading = [
        (word.stem, scattered)
        for word in topic.words
        if (scattered := word.meant.scattered) is not None
        and not scattered.others.isdisjoint(present)
    ]
    if not leading:
        return
    places = dict(zip(reversed(stems), range(len(stems) - 1, -1, -1), strict=True))
    found: dict[str, list[tuple[int, tuple[int, ...], str, Phrase]]] = {}
    for lead, scattered in dict(leading).items():
        first = places[lead]
        for other in scattered.others & present:
            apart = abs(places[other] - first)
            for phrase in scattered.phrases[other]:
                parts = phrase.stems
                if apart < len(parts) + WINDOW and present.issuperset(parts):
                    spots = tuple(sorted({places[part] for part in parts}))
                    if spots[-1] - spots[0] < len(parts) + WINDOW:
                        entry = (-sum(map(len, parts)), spots, phrase.label, phrase)
                        found.setdefault(phrase.concept, []).append(entry)
    taken: dict[str, set[int]] = {concept: set() for concept in found}
    for hit in near:
        if hit.phrase.concept in taken:
            taken[hit.phrase.concept].update(hit.places)
    for concept, place in blocked:
        if concept in taken:
            taken[concept].add(place)
    for concept, entries in found.items():
        for _, spots, _, phrase in sorted(entries):
            if taken[concept].isdisjoint(spots):
                taken[concept].update(spots)
                yield Hit(phrase, spots, "scattered")
