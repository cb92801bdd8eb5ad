"""Find the words a sentence denies (»kein«) or wants to do without (»Verzicht auf«, »statt«).

To avoid, to reduce, to ban or to lack a thing is to speak about it: »Vermeidung von Abfall« and
»ban on single-use plastics« deny nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
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
        "keinerlei",
        "ohne",
        "nicht",
        "weder",
        "nie",
        "niemals",
        "no",
        "not",
        "without",
        "never",
        "neither",
        "nor",
    }
)
_AVOIDS: Final = frozenset({"statt", "anstatt", "anstelle"})
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
# Words that deny only with the word after them: »instead of«, »frei von«.
_DENIES_WITH: Final = {
    "instead": frozenset({"of"}),
    "rather": frozenset({"than"}),
    "frei": frozenset({"von"}),
    "free": frozenset({"from"}),
}
_BEGINS: Final = frozenset().union(_DENIES, _AVOIDS, _GIVES_UP, _DENIES_WITH)
_NO_LONGER: Final = frozenset({("nicht", "mehr"), ("nicht", "länger"), ("no", "longer")})
_TURNS: Final = frozenset({"sondern", "aber", "jedoch", "but", "sowie", "stattdessen", "dessen"})
# Words that begin another clause where the comma is missing.
_CLAUSES: Final = frozenset(
    {"weil", "damit", "wobei", "wodurch", "because", "while", "whereas", "although", "until"}
)
_AND: Final = frozenset({"und", "oder", "and", "or"})
_STARTS_ANEW: Final = frozenset(
    {
        "ein",
        "eine",
        "einen",
        "einem",
        "einer",
        "mit",
        "mehr",
        "dafür",
        "a",
        "an",
        "with",
        "more",
        "instead",
    }
)
_AFTER_GIVING_UP: Final = frozenset({"auf", "from", "von"})
_NOT_ONLY: Final = frozenset({"nur", "allein", "only", "just", "zuletzt"})
_MORE_THAN: Final = frozenset({"als", "than"})
_STOPS: Final = frozenset(",;:()–—.!?")


def begins_denial(word: str) -> bool:
    """Tell whether a folded word may deny others."""
    return word in _BEGINS


def denied_positions(text: str, words: Sequence[Token]) -> dict[int, bool]:
    """Return the start offsets of denied words; the value says whether avoiding them is the aim.

    The reach ends at a punctuation mark, at »sondern« or another clause, or after three topic
    words. Two denials in one clause cancel each other: »nicht ohne«, »kein Verzicht auf«.

    >>> from kg.matching.text import tokens
    >>> text = "Kein Lager, sondern ein Reparaturtreff"
    >>> [text[start:start + 5] for start in denied_positions(text, tokens(text, "de"))]
    ['Lager']
    """
    denied: dict[int, bool] = {}
    cancelled: set[int] = set()
    for place, token in enumerate(words):
        if place in cancelled or token.word not in _BEGINS:
            continue
        following = words[place + 1].word if place + 1 < len(words) else ""
        if following in _NOT_ONLY or not _governs(token.word, following):
            continue
        if token.word in _GIVES_UP and following not in _AFTER_GIVING_UP:
            denied.update(dict.fromkeys(_given_up_before(text, words, place), True))
            continue
        no_longer = (token.word, following) in _NO_LONGER
        if no_longer and place + 2 < len(words) and words[place + 2].word in _MORE_THAN:
            continue
        starts, other = _reached(text, words, place)
        if other is not None:
            cancelled.add(other)
            if words[other].word in _GIVES_UP or other == place + 1:
                continue
        avoids = no_longer or token.word not in _DENIES
        denied.update(dict.fromkeys(starts, avoids))
        if no_longer:
            denied.update(dict.fromkeys(_clause_before(text, words, place), True))
    return denied


def _governs(word: str, following: str) -> bool:
    return word not in _DENIES_WITH or following in _DENIES_WITH[word]


def _reached(text: str, words: Sequence[Token], place: int) -> tuple[list[int], int | None]:
    """Return the starts of the topic words in reach, and the place of a second denial there."""
    starts: list[int] = []
    end = words[place].span.end
    weder = words[place].word in {"weder", "neither"}
    for later in range(place + 1, len(words)):
        word = words[later]
        if _STOPS.intersection(text[end : word.span.start]) or word.word in _TURNS | _CLAUSES:
            break
        end = word.span.end
        if word.word in _AND and later + 1 < len(words):
            if words[later + 1].word in _STARTS_ANEW:
                break
        elif weder and word.word in {"noch", "nor"}:
            more, _ = _reached(text, words, later)
            return starts + more, None
        elif (word.word in _DENIES or word.word in _GIVES_UP) and word.word != "nicht":
            return starts, later
        if not _is_function(word.word):
            starts.append(word.span.start)
            if len(starts) == REACH:
                break
    return starts, None


def _given_up_before(text: str, words: Sequence[Token], place: int) -> list[int]:
    """Return the topic words of »auf Einweg verzichten«; none of »nicht auf Einweg verzichten«."""
    starts: list[int] = []
    for earlier, word in _backwards(text, words, place):
        if word.word in _DENIES:
            return []
        if word.word == "auf":
            denies = any(item.word in _DENIES for _, item in _backwards(text, words, earlier))
            return [] if denies else starts
        if not _is_function(word.word):
            starts.append(word.span.start)
    return []


def _clause_before(text: str, words: Sequence[Token], place: int) -> list[int]:
    starts = [
        word.span.start for _, word in _backwards(text, words, place) if not _is_function(word.word)
    ]
    return starts[:REACH]


def _backwards(text: str, words: Sequence[Token], place: int) -> Iterator[tuple[int, Token]]:
    """Give the words of the clause before a place, the nearest first."""
    start = words[place].span.start
    for earlier in range(place - 1, -1, -1):
        word = words[earlier]
        if _STOPS.intersection(text[word.span.end : start]) or word.word in _TURNS | _CLAUSES:
            return
        start = word.span.start
        yield earlier, word


@lru_cache(maxsize=4096)
def _is_function(word: str) -> bool:
    return is_function_word(word, "de") or is_function_word(word, "en")
