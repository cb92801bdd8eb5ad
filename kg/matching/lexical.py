"""Compare texts by their words: BM25 over stems and cosine over character n-grams."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from math import log, sqrt
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
        counted = [self._count(document) for document in documents]
        spread = Counter(gram for grams in counted for gram in grams)
        self._rarity = {gram: log((1 + self.size) / (1 + spread[gram])) + 1 for gram in spread}
        collected: dict[str, tuple[list[int], list[float]]] = {}
        for place, grams in enumerate(counted):
            weights = self._weights(grams)
            for gram, weight in weights.items():
                places, values = collected.setdefault(gram, ([], []))
                places.append(place)
                values.append(weight)
        self._postings = {
            gram: (np.array(places, dtype=np.intp), np.array(values))
            for gram, (places, values) in collected.items()
        }

    def scores(self, text: str) -> Scores:
        """Return the cosine with every document."""
        found = [
            (self._postings[gram], weight)
            for gram, weight in self._weights(self._count(text)).items()
            if gram in self._postings
        ]
        return _summed(found, self.size)

    def _count(self, text: str) -> dict[str, int]:
        shortest, longest = self._range
        grams: dict[str, int] = {}
        for part, count in Counter(text.split()).items():
            word = f" {fold(part.strip(_EDGES))} "
            for size in range(shortest, longest + 1):
                for start in range(len(word) - size + 1):
                    gram = word[start : start + size]
                    grams[gram] = grams.get(gram, 0) + count
        return grams

    def _weights(self, grams: dict[str, int]) -> dict[str, float]:
        # Unknown sequences keep their share of the length, so a foreign text stays far away.
        unknown = log(1 + self.size) + 1
        raw = {
            gram: (1 + log(count)) * self._rarity.get(gram, unknown)
            for gram, count in sorted(grams.items())
        }
        length = sqrt(sum(weight * weight for weight in raw.values())) or 1.0
        return {gram: weight / length for gram, weight in raw.items()}
