"""Remember what each word of a language can mean to a thesaurus, worked out when first met."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from types import MappingProxyType
from typing import Final, Literal, NamedTuple

from kg.language import Language
from kg.matching.abbreviations import short_phrases
from kg.matching.compounds import LONGEST, Splitter, completions, plain, spellings, word_forms
from kg.matching.negation import begins_denial
from kg.matching.phrases import Phrase, PhraseTable, Scattered, phrases_of
from kg.matching.text import fold, in_capitals, is_function_word, stem
from kg.matching.thesaurus import Thesaurus

# Letters a part of a compound needs to be searched by: more where the rest is no known word.
KNOWN_PART: Final = 4
LONE_PART: Final = 5
# Words kept; a text with more different ones begins anew.
KEPT: Final = 100_000


Alone = tuple[tuple[Phrase, Literal["phrase", "compound"]], ...]


class Reading(NamedTuple):
    """Say what one word does in phrases: alone, inside itself, or together with others.

    `reach` has the stems that may follow in a longer phrase with its number of words, `joins` how
    the next word begins if both may spell one (»Repair Café«).
    """

    alone: Alone = ()
    reach: Mapping[str, int] = MappingProxyType({})
    joins: frozenset[str] = frozenset()
    scattered: Scattered | None = None


NOTHING: Final = Reading()


class Role:
    """Say what a word can do in a sentence."""

    SPEAKS: Final = 1
    BLOCKS: Final = 2
    DENIES: Final = 4
    SCATTERS: Final = 8
    ATTACHED: Final = 16
    # Of a sentence: it has halves of words.
    OPEN: Final = 32


class Word(NamedTuple):
    """Hold a word as a text has it: folded, its stem, what it can mean and what it must not.

    `attached` is a function word that is a short form where a hyphen binds it (»green-it«);
    `head` are its first two letters without umlauts; `roles` sums up its `Role`.
    """

    word: str
    stem: str
    head: str
    topical: bool
    attached: bool
    meant: Reading
    not_meant: Reading
    roles: int


class Lexicon(dict[str, Word]):
    """Give the `Word` of a surface; at most `KEPT` are kept."""

    def __init__(self, thesaurus: Thesaurus, language: Language) -> None:
        super().__init__()
        self.language = language
        self._thesaurus = thesaurus
        self._completed: dict[tuple[str, str, bool], Word | None] = {}
        concepts = thesaurus.concepts.values()
        phrases = phrases_of(concepts, language, meant=True)
        self.meant = PhraseTable([*phrases, *short_phrases(concepts, phrases, language)])
        self.not_meant = PhraseTable(phrases_of(concepts, language, meant=False))
        tables = (self.meant, self.not_meant)
        self._tails = frozenset().union(*(table.one_word for table in tables))
        self._heads = self._tails.union(*(table.by_first for table in tables))

    def __missing__(self, surface: str) -> Word:
        """Return the word of a surface not met before."""
        if len(self) >= KEPT:
            self.clear()
        found = self[surface] = self._word(surface)
        return found

    @cached_property
    def _stems(self) -> frozenset[str]:
        tables = (self.meant, self.not_meant)
        parts = (part for table in tables for stems in table.by_stems for part in stems)
        return frozenset().union(parts, *(table.solid for table in tables))

    @cached_property
    def _splitter(self) -> Splitter:
        labels = (
            label.text
            for concept in self._thesaurus.concepts.values()
            for label in concept.labels
            if label.language == self.language
        )
        return Splitter(word_forms(labels), self._stems)

    def _word(self, surface: str) -> Word:
        word = fold(surface)
        word_stem = stem(word, self.language)
        topical, attached = True, False
        if is_function_word(word, self.language):
            known = word_stem in self._stems
            topical = known and in_capitals(surface)
            attached = known and not topical
        meant = not_meant = NOTHING
        if topical or attached:
            meant, not_meant = self._readings(word, word_stem)
        if not meant.alone and len(word) > LONE_PART:
            for other in spellings(word) if self.language == "de" else ():
                other_stem = stem(other, "de")
                readings = self._readings(other, other_stem)
                if readings[0].alone:
                    word, word_stem, (meant, not_meant) = other, other_stem, readings
                    break
        roles = Role.SPEAKS if meant is not NOTHING else 0
        roles |= Role.BLOCKS if not_meant is not NOTHING else 0
        roles |= Role.DENIES if begins_denial(word) else 0
        roles |= Role.SCATTERS if meant.scattered else 0
        roles |= Role.ATTACHED if attached else 0
        head = plain(word[:2])
        return Word(word, word_stem, head, topical, attached, meant, not_meant, roles)

    def completed(self, part: str, whole: str, *, first: bool) -> Word | None:
        """Return the word that a half stands for beside a whole one, if it means more than both.

        For »Bio- und Restabfall« the half comes first: »Bioabfall«.
        """
        key = (part, whole, first)
        if key not in self._completed:
            if len(self._completed) >= KEPT:
                self._completed.clear()
            self._completed[key] = self._complete(part, whole, first=first)
        return self._completed[key]

    def _complete(self, part: str, whole: str, *, first: bool) -> Word | None:
        letters = plain(part)
        if len(part) + len(whole) > LONGEST:
            return None
        for candidate in completions(part, whole, first=first):
            reading, _ = self._readings(candidate, stem(candidate, self.language))
            for phrase, how in reading.alone:
                stems = "".join(phrase.stems)
                if how == "phrase" or (letters in stems and letters != stems):
                    return self[candidate]
        return None

    def _readings(self, word: str, word_stem: str) -> tuple[Reading, Reading]:
        """Return what a word means and what it looks like only."""
        letters = plain(word)
        inside = self._inside(letters, word_stem)
        if inside is None and word_stem not in self._stems:
            return _beginning(self.meant, letters), _beginning(self.not_meant, letters)
        return (
            self._reading(self.meant, word, word_stem, inside),
            self._reading(self.not_meant, word, word_stem, inside),
        )

    def _reading(
        self, table: PhraseTable, word: str, word_stem: str, inside: _Inside | None
    ) -> Reading:
        reach = table.reach.get(word_stem)
        joins = table.continuations(plain(word))
        scattered = table.scattered(word_stem)
        alone: Alone = tuple((phrase, "phrase") for phrase in table.single(word_stem, word))
        if not alone and inside:
            alone = tuple((phrase, "compound") for phrase in inside.phrases(table))
        if alone or reach or joins or scattered:
            return Reading(alone, reach or NOTHING.reach, joins, scattered)
        return NOTHING

    def _inside(self, letters: str, word_stem: str) -> _Inside | None:
        """Return the known words inside a word; None without one."""
        size = len(word_stem)
        if len(letters) > LONGEST:
            return None
        heads, tails = self._heads, self._tails
        ends = [end for end in range(size - 3, LONE_PART - 1, -1) if letters[:end] in heads]
        starts = [start for start in range(3, size - 3) if word_stem[start:] in tails]
        parts = self._splitter.split(letters, word_stem) if self.language == "de" else ()
        return _Inside(letters, word_stem, ends, starts, parts) if ends or starts or parts else None


def _beginning(table: PhraseTable, letters: str) -> Reading:
    """Return what a word means that says nothing itself but may begin a known one."""
    joins = table.continuations(letters)
    return Reading(joins=joins) if joins else NOTHING


class _Inside(NamedTuple):
    """Hold where known words end and begin inside a word, and its parts if all are known."""

    letters: str
    stem: str
    ends: Sequence[int]
    starts: Sequence[int]
    parts: Sequence[str]

    def phrases(self, table: PhraseTable) -> tuple[Phrase, ...]:
        """Return the phrases inside: of both its ends, of known parts, else of one end."""
        found = [
            phrase
            for end in self.ends
            for phrase in table.by_first.get(self.letters[:end], ())
            if self.stem.endswith(phrase.stems[1]) and end + len(phrase.stems[1]) <= len(self.stem)
        ]
        if found:
            return tuple(found)
        if self.parts:
            return tuple(_in_parts(table, self.parts))
        heads = (table.by_stems.get((self.letters[:end],)) for end in self.ends)
        tails = (
            table.by_stems.get((self.stem[start:],))
            for start in self.starts
            if len(self.stem) - start >= LONE_PART
        )
        return (*next(filter(None, heads), ()), *next(filter(None, tails), ()))


def _in_parts(table: PhraseTable, parts: Sequence[str]) -> Iterator[Phrase]:
    """Give the phrases that parts of a compound spell, the longest first at each part."""
    position = 0
    while position < len(parts):
        step = 1
        for end in range(len(parts), position, -1):
            stems = tuple(parts[position:end])
            entries = [*table.by_stems.get(stems, ()), *table.solid.get("".join(stems), ())]
            if entries and len("".join(stems)) >= KNOWN_PART:
                yield from entries
                step = end - position
                break
        position += step
