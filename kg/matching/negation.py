"""Find the words a sentence denies (»kein«) or wants to do without (»Verzicht auf«, »statt«)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from kg.matching.text import Token, is_function_word

REACH: Final = 3
_DENIES: Final = frozenset(
    {
        "kein",
        "keine",
        "keinen",
        "keinem",
        "keiner",
        "keines",
        "ohne",
        "nicht",
        "weder",
        "no",
        "not",
        "without",
        "never",
        "neither",
    }
)
_AVOIDS: Final = frozenset({"statt", "anstatt", "anstelle", "stattdessen", "instead"})
_GIVES_UP: Final = frozenset(
    {
        "verzicht",
        "verzichtet",
        "verzichten",
        "verzichtete",
        "abkehr",
        "abschied",
        "refrain",
        "refraining",
    }
)
_TURNS: Final = frozenset({"sondern", "aber", "jedoch", "but", "sowie"})
_AFTER_GIVING_UP: Final = frozenset({"auf", "from", "von"})
_NOT_ONLY: Final = frozenset({"nur", "allein", "only", "just", "zuletzt"})
_STOPS: Final = frozenset(",;:()–—.!?")


def denied_positions(text: str, words: Sequence[Token]) -> dict[int, bool]:
    """Return the start offsets of denied words; the value says whether avoiding them is the aim.

    The reach ends at a punctuation mark, at »sondern«, or after three topic words.

    >>> from kg.matching.text import tokens
    >>> text = "Kein Lager, sondern ein Reparaturtreff"
    >>> [text[start:start + 5] for start in denied_positions(text, tokens(text, "de"))]
    ['Lager']
    """
    denied: dict[int, bool] = {}
    for place, token in enumerate(words):
        avoids = token.word in _AVOIDS or token.word in _GIVES_UP
        if not avoids and token.word not in _DENIES:
            continue
        following = words[place + 1 :]
        if following and following[0].word in _NOT_ONLY:
            continue
        governs = bool(following) and following[0].word in _AFTER_GIVING_UP
        if token.word in _GIVES_UP and not governs:
            continue
        for start in _reached(text, token, following):
            denied[start] = avoids
    return denied


def _reached(text: str, token: Token, following: Sequence[Token]) -> list[int]:
    starts: list[int] = []
    end = token.span.end
    for word in following:
        if _STOPS.intersection(text[end : word.span.start]) or word.word in _TURNS:
            break
        end = word.span.end
        if is_function_word(word.word, "de") or is_function_word(word.word, "en"):
            continue
        starts.append(word.span.start)
        if len(starts) == REACH:
            break
    return starts
