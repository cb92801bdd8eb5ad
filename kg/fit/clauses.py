"""Cut a text into clauses, each a sequence of words that words of change can reach."""

from __future__ import annotations

import csv
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Final

from kg.language import Language
from kg.matching.text import Span, Token, sentences, tokens

_HARD: Final = frozenset(";:–—()!?")
# A clause of its own begins after a comma and one of these.


@lru_cache(maxsize=1)
def _clause_words() -> Mapping[str, frozenset[str]]:
    text = files("kg.fit").joinpath("clause_words.csv").read_text("utf-8")
    return {
        row["use"]: frozenset(row["words"].split(";")) for row in csv.DictReader(text.splitlines())
    }


def clause_words(use: str) -> frozenset[str]:
    """Return the German and English words of one use in a clause, from `clause_words.csv`."""
    return _clause_words()[use]


@dataclass(frozen=True, slots=True)
class Words:
    """Hold the words of one clause with their places in the text."""

    text: str
    tokens: Sequence[Token]
    folded: Sequence[str]
    language: Language
    ends_sentence: bool = False

    def __len__(self) -> int:
        """Return the number of words."""
        return len(self.tokens)

    def is_noun(self, place: int) -> bool:
        """Tell whether a German word is written as a noun; an English one never counts as such."""
        return self.language == "de" and self.text[self.tokens[place].span.start].isupper()

    def comma_after(self, place: int) -> bool:
        """Tell whether a comma follows a word."""
        if place + 1 >= len(self):
            return False
        end, start = self.tokens[place].span.end, self.tokens[place + 1].span.start
        return "," in self.text[end:start]

    def shown(self, place: int) -> str:
        """Return a word as the text writes it."""
        return self.tokens[place].span.of(self.text)

    def span(self, start: int, end: int) -> Span:
        """Return the characters from one word to before another."""
        return Span(self.tokens[start].span.start, self.tokens[end - 1].span.end)

    def places(self, span: Span) -> tuple[int, int]:
        """Return the words a span covers, (-1, -1) when it reaches out of the clause."""
        if span.start < self.tokens[0].span.start or span.end > self.tokens[-1].span.end:
            return (-1, -1)
        inside = [
            place
            for place, token in enumerate(self.tokens)
            if token.span.start < span.end and span.start < token.span.end
        ]
        return (inside[0], inside[-1] + 1) if inside else (-1, -1)


@lru_cache(maxsize=64)
def clauses(text: str, language: Language) -> tuple[Words, ...]:
    """Return the clauses of a normalised text in order."""
    return tuple(_clauses(text, language))


def _clauses(text: str, language: Language) -> Iterator[Words]:
    for area in sentences(text):
        every = tokens(text, language, within=area)
        start = 0
        for place in range(1, len(every)):
            between = text[every[place - 1].span.end : every[place].span.start]
            word = every[place].word
            opens = "," in between and (
                word in clause_words("openers")
                or every[place - 1].word in clause_words("correlates")
            )
            if opens or word in clause_words("turns") or _HARD.intersection(between):
                yield _words(text, every[start:place], language)
                start = place
        if every:
            yield _words(text, every[start:], language, ends_sentence=True)


def _words(
    text: str, found: Sequence[Token], language: Language, *, ends_sentence: bool = False
) -> Words:
    return Words(text, found, [token.word for token in found], language, ends_sentence)


def is_peripheral(words: Words, place: int, prepositions: Collection[str]) -> bool:
    """Tell whether the words at a place stand behind one of these prepositions."""
    for back in range(1, 4):
        if place < back:
            return False
        word = words.folded[place - back]
        if word in prepositions:
            return True
        if word not in clause_words("articles") and not _is_adjective(words, place - back):
            return False
    return False


def _is_adjective(words: Words, place: int) -> bool:
    if words.language == "en":
        return words.folded[place].endswith(("al", "ic", "ed", "new"))
    return not words.is_noun(place) and words.folded[place].endswith(("en", "er", "em", "e"))
