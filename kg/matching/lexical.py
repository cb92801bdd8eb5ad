"""Compare texts by their words: BM25 over stems and cosine over character n-grams."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import lru_cache
from itertools import chain, islice
from typing import Final

import numpy as np
from numpy.typing import NDArray

from kg.language import Language
from kg.matching.letters import Hashes, Letters, letters_of
from kg.matching.postings import Places, Postings, Query, Rows, Table, query_of
from kg.matching.text import compound_parts, index_terms

K1: Final = 1.2
B: Final = 0.75
# Documents whose letter sequences are read together.
_TOGETHER: Final = 512


class Bm25:
    """Rank documents by the rare words they share with a query (Robertson's BM25).

    `vocabulary` holds the terms that occur in any document.
    """

    def __init__(self, documents: Iterable[Sequence[str]]) -> None:
        self._number: dict[str, int] = {}
        number = self._number
        found: list[NDArray[np.int32]] = []
        lengths: list[int] = []
        for document in documents:
            lengths.append(len(document))
            found.append(
                np.array([number.setdefault(term, len(number)) for term in document], np.int32)
            )
        self.size = len(lengths)
        self.vocabulary = frozenset(number)
        total = np.array(lengths, dtype=np.float64)
        mean = total.mean() if self.size and total.any() else 1.0
        norm = K1 * (1 - B + B * total / mean)
        terms = np.concatenate(found) if found else np.zeros(0, dtype=np.int32)
        owners = np.repeat(np.arange(self.size), np.array(lengths, dtype=np.intp))
        entries, counts = query_of(owners, terms.astype(np.intp), self.size)
        spread = np.bincount(entries.terms, minlength=len(number))
        rarity = np.log(1 + (self.size - spread + 0.5) / (spread + 0.5))
        repeated = counts.astype(np.float64)
        impacts = rarity[entries.terms] * repeated * (K1 + 1) / (repeated + norm[entries.texts])
        rows = np.bincount(entries.texts, minlength=self.size)
        self.rarity = rarity
        self.postings = Postings(
            Rows.counted(rows, entries.terms, impacts.astype(np.float32)), len(number)
        )

    def query(self, texts: Sequence[Iterable[str]]) -> Query:
        """Return the known terms; repeated words count once and a half at most."""
        number = self._number
        numbers = [[number[term] for term in terms if term in number] for terms in texts]
        owners = np.repeat(np.arange(len(texts)), [len(terms) for terms in numbers])
        terms = np.fromiter(chain.from_iterable(numbers), dtype=np.intp, count=len(owners))
        entries, counts = query_of(owners, terms, len(texts))
        return replace(entries, weights=np.where(counts > 1, np.float32(1.5), np.float32(1.0)))

    def scores(self, query: Iterable[str]) -> Table:
        """Return one score a document."""
        found: Table = self.postings.everywhere(self.query([list(query)]))[0]
        return found


class Terms:
    """Read the terms of texts by which an index searches, with known parts of compounds."""

    def __init__(self, language: Language, vocabulary: frozenset[str]) -> None:
        self._language = language
        self._vocabulary = vocabulary
        self._parts = lru_cache(maxsize=65536)(self._cut)

    def of(self, text: str) -> list[str]:
        """Return the terms of a text; the parts of a compound follow it."""
        return self.expanded(index_terms(text, self._language))

    def expanded(self, terms: Iterable[str]) -> list[str]:
        """Return terms with the known parts of compounds among them."""
        return [part for term in terms for part in self._parts(term)]

    def _cut(self, term: str) -> tuple[str, ...]:
        if self._language != "de" or not self._vocabulary:
            return (term,)
        return (term, *compound_parts(term, self._vocabulary))


class CharacterGrams:
    """Rank documents by shared letter sequences within words (TF-IDF, cosine)."""

    def __init__(self, documents: Iterable[str]) -> None:
        remaining = iter(documents)
        sizes: list[NDArray[np.intp]] = []
        read: list[Hashes] = []
        counted: list[NDArray[np.uint16]] = []
        while batch := list(islice(remaining, _TOGETHER)):
            owners, hashes, counts = letters_of(batch)
            sizes.append(np.bincount(owners, minlength=len(batch)))
            read.append(hashes)
            counted.append(np.minimum(counts, 65535).astype(np.uint16))
        known = _all_of(read)
        self._known = known
        lengths = np.concatenate(sizes) if sizes else np.zeros(0, dtype=np.intp)
        self.size = len(lengths)
        numbers = []
        for place, part in enumerate(read):
            numbers.append(np.searchsorted(known, part).astype(np.int32))
            read[place] = part[:0]
        columns = np.concatenate(numbers) if numbers else np.zeros(0, dtype=np.int32)
        spread = np.bincount(columns, minlength=len(known))
        self._rarity = (np.log((1 + self.size) / (1 + spread)) + 1).astype(np.float32)
        # Sequences that no document has keep their share of the length, so a foreign text stays
        # far away.
        self._unknown = np.float32(np.log(1 + self.size) + 1)
        repeated = np.concatenate(counted) if counted else np.zeros(0, dtype=np.uint16)
        values = _damped(repeated) * self._rarity[columns]
        rows = Rows.counted(lengths, columns, values)
        values /= np.repeat(_lengths(values, rows.starts), lengths)
        self.postings = Postings(rows, len(known))

    def query(self, letters: Letters, size: int) -> Query:
        """Return the known letter sequences of `size` texts, weighted so that sums are cosines."""
        owners, hashes, counts = letters
        places = np.searchsorted(self._known, hashes)
        if len(self._known):
            places[places == len(self._known)] = 0
            found = self._known[places] == hashes
            rarity = np.where(found, self._rarity[places], self._unknown)
        else:
            found = np.zeros(len(hashes), dtype=np.bool_)
            rarity = np.full(len(hashes), self._unknown)
        weights = _damped(counts) * rarity
        starts = np.searchsorted(owners, np.arange(size + 1))
        weights /= _lengths(weights, starts)[owners]
        return Query(owners[found], places[found], weights[found], size)

    def scores(self, text: str) -> Table:
        """Return the cosine with every document."""
        found: Table = self.postings.everywhere(self.query(letters_of([text]), 1))[0]
        return found


def _all_of(parts: Sequence[Hashes]) -> Hashes:
    """Return the hashes of all parts, each once, ascending."""
    known = np.zeros(0, dtype=np.uint64)
    for start in range(0, len(parts), 16):
        known = np.unique(np.concatenate([known, *parts[start : start + 16]]))
    return known


def _damped(counts: NDArray[np.integer]) -> Table:
    return np.asarray(1 + np.log(counts.astype(np.float32)), dtype=np.float32)


def _lengths(weights: Table, starts: Places) -> Table:
    """Return the Euclidean length of each stretch of weights; 1 for an empty one."""
    squares = np.concatenate([[0.0], np.cumsum(weights.astype(np.float64) ** 2)])
    found = np.sqrt(squares[starts[1:]] - squares[starts[:-1]])
    return np.where(found > 0, found, 1.0).astype(np.float32)
