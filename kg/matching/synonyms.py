"""Know which common words of measures mean the same, in German and English."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from functools import lru_cache
from importlib.resources import files
from typing import Final

from kg.language import Language
from kg.matching.text import fold, stem

SHORTEST_PART: Final = 4


@lru_cache(maxsize=16384)
def meanings(folded: str, language: Language) -> tuple[str, ...]:
    """Return keys that a folded word shares with its synonyms, none for a word without any.

    >>> set(meanings("kita", "de")) & set(meanings("kindergarten", "de")) == {"=kita"}
    True
    """
    known = _table()
    return known.get(folded) or known.get(stem(folded, language), ())


@lru_cache(maxsize=16384)
def part_meanings(folded: str) -> tuple[str, ...]:
    """Return the keys of the longest word that begins and the longest that ends a compound."""
    known = _table()
    found: list[str] = []
    for end in range(len(folded) - 3, SHORTEST_PART - 1, -1):
        if folded[:end] in known:
            found.extend(known[folded[:end]])
            break
    for start in range(3, len(folded) - SHORTEST_PART + 1):
        if folded[start:] in known:
            found.extend(known[folded[start:]])
            break
    return tuple(dict.fromkeys(found))


@lru_cache(maxsize=1)
def _table() -> Mapping[str, tuple[str, ...]]:
    text = files("kg.matching").joinpath("words", "synonyms.txt").read_text("utf-8")
    found: dict[str, dict[str, None]] = defaultdict(dict)
    for line in text.splitlines():
        words = line.split()
        for word in words:
            found[fold(word)][f"={words[0]}"] = None
    return {word: tuple(keys) for word, keys in found.items()}
