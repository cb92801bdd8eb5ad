"""Complete the halves of words that share a part: »Bio- und Restabfall«, »Bau und -betrieb«."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final, NamedTuple

from kg.matching.lexicon import Lexicon, Word
from kg.matching.text import Span

_OPEN: Final = re.compile(r"-(?:(?<=[^\W_]-)(?=[\s,/])|(?<![^\s,/(]-)(?=[^\W\d_]))")
_BETWEEN: Final = frozenset({"und", "oder", "bzw", "sowie", "beziehungsweise", "and", "or"})
# Words between the half and the whole one: »Bio-, Grün- und Restabfall« has two.
_REACH: Final = 6

Spans = Sequence[tuple[int, int]]


class Completed(NamedTuple):
    """Hold a completed word and the places of the words it was put together from."""

    word: Word
    places: tuple[int, int]


def has_open_words(text: str, within: Span) -> bool:
    """Tell whether a piece of text has words with a hyphen at one end."""
    return _OPEN.search(text, within.start, within.end) is not None


def completed_words(
    lexicon: Lexicon, text: str, words: Sequence[Word], spans: Spans
) -> dict[int, Completed]:
    """Return by place the words of a sentence that only make sense with a part of another."""
    found: dict[int, Completed] = {}
    for place in range(len(words)):
        if _opens_right(text, spans, place):
            whole = _next_whole(text, words, spans, place)
        elif place and _opens_left(text, spans, place):
            whole = _previous_whole(text, words, spans, place)
        else:
            continue
        if whole is None:
            continue
        word = lexicon.completed(words[place].word, words[whole].word, first=place < whole)
        if word is not None:
            found[place] = Completed(word, (min(place, whole), max(place, whole)))
    return found


def _opens_right(text: str, spans: Spans, place: int) -> bool:
    end = spans[place][1]
    return text[end : end + 1] == "-" and not text[end + 1 : end + 2].isalnum()


def _opens_left(text: str, spans: Spans, place: int) -> bool:
    start = spans[place][0]
    return text[start - 1 : start] == "-" and not text[start - 2 : start - 1].isalnum()


def _next_whole(text: str, words: Sequence[Word], spans: Spans, place: int) -> int | None:
    for later in range(place + 1, min(place + 1 + _REACH, len(words))):
        if words[later].word not in _BETWEEN and not _opens_right(text, spans, later):
            return later
    return None


def _previous_whole(text: str, words: Sequence[Word], spans: Spans, place: int) -> int | None:
    for earlier in range(place - 1, max(place - 1 - _REACH, -1), -1):
        if words[earlier].word not in _BETWEEN and not _opens_left(text, spans, earlier):
            return earlier
    return None
