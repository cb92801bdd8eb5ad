"""Read the letter sequences of texts as hashes, many texts at once."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from itertools import chain
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from kg.matching.postings import Places
from kg.matching.text import fold

Hashes = NDArray[np.uint64]

# Texts whose sequences are sorted together: a text's number takes the eight bits above a hash.
TOGETHER: Final = 256
_BITS: Final = np.uint64(56)
_CUT: Final = np.uint64(8)
_MASK: Final = (np.uint64(1) << _BITS) - np.uint64(1)
_EDGES: Final = ".,;:!?()„“”»«"
# An odd number with well-mixed bits, so that sequences hardly ever share a hash (Knuth 6.4).
_PRIME: Final = np.uint64(0x9E3779B97F4A7C15)
_SHORTEST: Final = 4
_LONGEST: Final = 6


class Letters(NamedTuple):
    """Hold letter sequences: text, hash and how often it stands there, by text, then hash."""

    owners: Places
    hashes: Hashes
    counts: NDArray[np.intp]


def letters_of(texts: Sequence[str]) -> Letters:
    """Return the sequences of four to six letters within one word, blanks at its ends included."""
    parts = [
        _letters(texts[start : start + TOGETHER], start) for start in range(0, len(texts), TOGETHER)
    ]
    if len(parts) == 1:
        return parts[0]
    if not parts:
        return _letters((), 0)
    return Letters(*(np.concatenate(part) for part in zip(*parts, strict=True)))


def _letters(texts: Sequence[str], first: int) -> Letters:
    words = [[_edged(word) for word in text.split()] for text in texts]
    lengths = np.fromiter(map(len, chain.from_iterable(words)), dtype=np.intp)
    owners = np.repeat(np.arange(len(texts), dtype=np.uint64), [len(own) for own in words])
    codes = "".join(chain.from_iterable(words)).encode("utf-32-le", "surrogatepass")
    letters = np.frombuffer(codes, dtype=np.uint32).astype(np.uint64)
    word_at = np.repeat(np.arange(len(lengths)), lengths)
    above = np.repeat(owners << _BITS, lengths)
    found: list[Hashes] = []
    rolled = np.zeros(len(letters), dtype=np.uint64)
    for size in range(1, _LONGEST + 1):
        count = len(letters) - size + 1
        if count <= 0:
            break
        rolled = rolled[:count] * _PRIME + letters[size - 1 :]
        if size >= _SHORTEST:
            inside = np.flatnonzero(word_at[:count] == word_at[size - 1 :])
            # The high bits are mixed into the low ones; sequences of other sizes differ anyway.
            own = rolled[inside]
            mixed = (own ^ (own >> np.uint64(29))) * _PRIME
            found.append((mixed >> _CUT) | above[inside])
    if not found:
        empty = np.zeros(0, dtype=np.intp)
        return Letters(empty, np.zeros(0, dtype=np.uint64), empty)
    # Text and hash in one number: plain numbers are sorted many times quicker than by two keys.
    both = np.sort(np.concatenate(found))
    starts = np.flatnonzero(np.diff(both, prepend=~both[:1]))
    counts = np.diff(starts, append=len(both))
    both = both[starts]
    return Letters((both >> _BITS).astype(np.intp) + first, both & _MASK, counts)


@lru_cache(maxsize=65536)
def _edged(word: str) -> str:
    """Return a word folded, without marks at its ends, with a blank on either side."""
    return f" {fold(word.strip(_EDGES))} "
