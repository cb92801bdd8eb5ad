"""Compare texts by their words: BM25 over stems and cosine over character n-grams."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from functools import lru_cache
from math import log
from typing import Final

import numpy as np
from numpy.typing import NDArray

from kg.matching.text import fold

Scores = NDArray[np.float64]

K1: Final = 1.2
B: Final = 0.75
_EDGES: Final = ".,;:!?()„“”»«"


def _summed(found: Sequence[tuple[tuple[NDArray[np.intp], Scores], float]], size: int) -> Scores:
    """Return for each document the sum of its weighted postings."""
    if not found:
        return np.zeros(size)
    places = np.concatenate([posting[0] for posting, _ in found])
    values = np.concatenate([posting[1] * weight for posting, weight in found])
    return np.asarray(np.bincount(places, weights=values, minlength=size))


class Bm25:
    """Rank documents by the rare words they share with a query (Robertson's BM25).

    `vocabulary` holds the terms that occur in any document.
    """

    def __init__(self, documents: Sequence[Sequence[str]]) -> None:
        self.size = len(documents)
        lengths = np.array([len(document) for document in documents], dtype=np.float64)
        mean = lengths.mean() if self.size and lengths.any() else 1.0
        norm = K1 * (1 - B + B * lengths / mean)
        postings: dict[str, list[tuple[int, int]]] = {}
        for place, document in enumerate(documents):
            for term, count in sorted(Counter(document).items()):
                postings.setdefault(term, []).append((place, count))
        self.vocabulary = frozenset(postings)
        self._postings: dict[str, tuple[NDArray[np.intp], Scores]] = {}
        for term, entries in postings.items():
            places = np.array([place for place, _ in entries], dtype=np.intp)
            counts = np.array([count for _, count in entries], dtype=np.float64)
            rarity = log(1 + (self.size - len(entries) + 0.5) / (len(entries) + 0.5))
            self._postings[term] = (places, rarity * counts * (K1 + 1) / (counts + norm[places]))

    def scores(self, query: Iterable[str]) -> Scores:
        """Return one score a document; repeated words count once and a half at most."""
        found = [
            (self._postings[term], 1.5 if count > 1 else 1.0)
            for term, count in sorted(Counter(query).items())
            if term in self._postings
        ]
        return _summed(found, self.size)


class CharacterGrams:
    """Rank documents by shared letter sequences within words (TF-IDF, cosine)."""

    def __init__(self, documents: Sequence[str], *, shortest: int = 4, longest: int = 6) -> None:
        self.size = len(documents)
        self._range = (shortest, longest)
        self._number: dict[str, int] = {}
        known: dict[str, NDArray[np.intp]] = {}
        counted = [self._counted(document, known) for document in documents]
        total = len(self._number)
        spread = np.zeros(total)
        for grams, _ in counted:
            spread[grams] += 1
        self._rarity = np.log((1 + self.size) / (1 + spread)) + 1
        weights = [_unit((1 + np.log(counts)) * self._rarity[grams]) for grams, counts in counted]
        owners = [np.full(len(grams), place) for place, (grams, _) in enumerate(counted)]
        every = np.concatenate([grams for grams, _ in counted]) if counted else np.zeros(0, np.intp)
        order = np.argsort(every, kind="stable")
        self._starts = np.searchsorted(every[order], np.arange(total + 1))
        self._places = (np.concatenate(owners) if owners else every)[order]
        self._values = (np.concatenate(weights) if weights else np.zeros(0))[order]

    def scores(self, text: str) -> Scores:
        """Return the cosine with every document."""
        counts: dict[str, int] = {}
        for word, count in _words_of(text).items():
            for gram in _grams(word, self._range):
                counts[gram] = counts.get(gram, 0) + count
        # Unknown sequences keep their share of the length, so a foreign text stays far away.
        unknown = log(1 + self.size) + 1
        numbers = [self._number.get(gram, -1) for gram in sorted(counts)]
        found = np.array(numbers, dtype=np.intp)
        rarity = np.where(found >= 0, self._rarity[found], unknown) if self._number else unknown
        repeated = np.array([counts[gram] for gram in sorted(counts)], dtype=np.float64)
        weights = _unit((1 + np.log(repeated)) * rarity)
        postings = [
            (
                (
                    self._places[self._starts[number] : self._starts[number + 1]],
                    self._values[self._starts[number] : self._starts[number + 1]],
                ),
                float(weight),
            )
            for number, weight in zip(numbers, weights, strict=True)
            if number >= 0
        ]
        return _summed(postings, self.size)

    def _counted(
        self, text: str, known: dict[str, NDArray[np.intp]]
    ) -> tuple[NDArray[np.intp], Scores]:
        """Return the numbers of a document's sequences, ascending, and how often each stands."""
        parts: list[NDArray[np.intp]] = []
        repeats: list[NDArray[np.float64]] = []
        for word, count in _words_of(text).items():
            numbers = known.get(word)
            if numbers is None:
                numbers = known[word] = np.array(
                    [
                        self._number.setdefault(gram, len(self._number))
                        for gram in _grams(word, self._range)
                    ],
                    dtype=np.intp,
                )
            parts.append(numbers)
            repeats.append(np.full(len(numbers), float(count)))
        if not parts:
            return np.zeros(0, dtype=np.intp), np.zeros(0)
        grams, inverse = np.unique(np.concatenate(parts), return_inverse=True)
        counts: Scores = np.bincount(inverse, weights=np.concatenate(repeats)).astype(np.float64)
        return grams, counts


def _words_of(text: str) -> Counter[str]:
    words: Counter[str] = Counter()
    for part, count in Counter(text.split()).items():
        words[fold(part.strip(_EDGES))] += count
    return words


@lru_cache(maxsize=16384)
def _grams(word: str, lengths: tuple[int, int]) -> tuple[str, ...]:
    shortest, longest = lengths
    padded = f" {word} "
    return tuple(
        padded[start : start + size]
        for size in range(shortest, longest + 1)
        for start in range(len(padded) - size + 1)
    )


def _unit(weights: Scores) -> Scores:
    length = float(np.sqrt(weights @ weights)) or 1.0
    return weights / length
