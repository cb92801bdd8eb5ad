"""Hold the figures by which texts and aims are compared as arrays, and compare many at once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

import numpy as np
from numpy.typing import NDArray

from kg.language import Language
from kg.matching.postings import Places, Postings, Query, stretches
from kg.matching.semantic import Vectors

# One layer a text, a row a figure, a column an aim.
Layers = NDArray[np.float32]
# Half precision is for keeping only; products are taken in single precision.
Stored = NDArray[np.float32] | NDArray[np.float16]

FEATURES: Final = ("cosine_max", "cosine_mean", "bm25", "characters", "thesaurus")
# Kept vectors that are turned into single precision together.
_TOGETHER: Final = 16_384
# So many of them come from vectors; those that follow come from words and concepts.
MEANING: Final = 2


@dataclass(frozen=True, slots=True)
class Asked:
    """Hold what several texts are compared by.

    Sentences of text i are the rows `starts[i]` to `starts[i + 1]` of `sentences`; `words` gives
    for each language which of the texts are written in it, and their words.
    """

    sentences: Vectors
    starts: Places
    words: Sequence[tuple[Language, Sequence[int], Query]]
    grams: Query
    concepts: Query

    def __len__(self) -> int:
        """Return the number of texts."""
        return len(self.starts) - 1


@dataclass(frozen=True, slots=True)
class Compared:
    """Hold what several texts have in common with aims.

    `best` has the best cosines, a row an aim, a column a sentence; `starts` says where the
    sentences of each text begin. `table` has a layer a text, a row for each of `FEATURES`, a column
    an aim.
    """

    best: Vectors
    starts: Places
    table: Layers


class AimTable:
    """Hold vectors, words, letter sequences and concepts of aims; built once, never changed.

    Text k of the aims has the vector `vectors[rows[k]]`; the texts of aim i are those from
    `starts[i]` to `starts[i + 1]`.
    """

    def __init__(
        self,
        vectors: Stored,
        rows: Places,
        starts: Places,
        words: Mapping[Language, Postings],
        grams: Postings,
        concepts: Postings,
    ) -> None:
        self.starts = starts
        self.words = words
        self.concepts = concepts
        self._vectors = vectors
        self._rows = rows
        self._grams = grams
        self._in_order = bool(np.array_equal(rows, np.arange(len(vectors))))

    def __len__(self) -> int:
        """Return the number of aims."""
        return len(self.starts) - 1

    def prototypes(self, texts: Places) -> Vectors:
        """Return the vectors of these texts of aims."""
        return self._vectors[self._rows[texts]].astype(np.float32, copy=False)

    def taken(self, places: Places) -> AimTable:
        """Return a table of these aims only, all figures as before."""
        texts, lengths = stretches(self.starts, places)
        return AimTable(
            self.prototypes(texts),
            np.arange(len(texts)),
            np.concatenate([[0], np.cumsum(lengths)]).astype(np.intp),
            {language: postings.taken(places) for language, postings in self.words.items()},
            self._grams.taken(places),
            self.concepts.taken(places),
        )

    def best(self, asked: Asked) -> Vectors:
        """Return the best cosines of sentences (columns) with the aims' texts, a row an aim."""
        if not len(self) or not len(asked.sentences):
            return np.zeros((len(self), len(asked.sentences)), dtype=np.float32)
        every = products(self._vectors, asked.sentences)
        if not self._in_order:
            every = every[self._rows]
        return np.maximum.reduceat(every, self.starts[:-1], axis=0)

    def everywhere(self, asked: Asked) -> Compared:
        """Return the figures of texts for every aim."""
        best = self.best(asked)
        table = np.zeros((len(asked), len(FEATURES), len(self)), dtype=np.float32)
        for text, (start, end) in enumerate(pairwise(asked.starts.tolist())):
            _largest_and_mean(best[:, start:end], table[text])
        table[:, MEANING:] = self.worded(asked)
        return Compared(best, asked.starts, table)

    def worded(self, asked: Asked) -> Layers:
        """Return only the figures that words and concepts give, for every aim."""
        table = np.zeros((len(asked), len(FEATURES) - MEANING, len(self)), dtype=np.float32)
        for language, texts, query in asked.words:
            table[texts, 0] = self.words[language].everywhere(query)
        table[:, 1] = self._grams.everywhere(asked.grams)
        table[:, 2] = np.log1p(self.concepts.everywhere(asked.concepts))
        return table

    def at(self, asked: Asked, places: Sequence[Places]) -> list[Layers]:
        """Return for each text the figures (rows) for the aims at its places (columns)."""
        found = [np.zeros((len(FEATURES), len(own)), dtype=np.float32) for own in places]
        for text, (start, end) in enumerate(pairwise(asked.starts.tolist())):
            if end > start and len(places[text]):
                texts, lengths = stretches(self.starts, places[text])
                cosines = self.prototypes(texts) @ asked.sentences[start:end].T
                firsts = np.cumsum(lengths) - lengths
                _largest_and_mean(np.maximum.reduceat(cosines, firsts, axis=0), found[text])
        for language, own, query in asked.words:
            wanted = [places[text] for text in own]
            for text, values in zip(own, self.words[language].at(query, wanted), strict=True):
                found[text][2] = values
        for row, grams in zip(found, self._grams.at(asked.grams, places), strict=True):
            row[3] = grams
        for row, said in zip(found, self.concepts.at(asked.concepts, places), strict=True):
            row[4] = np.log1p(said)
        return found


def products(stored: Stored, vectors: Vectors) -> Vectors:
    """Return the products of vectors that are kept (rows) with others (columns)."""
    if stored.dtype == np.float32:
        return np.asarray(stored @ vectors.T)
    found = np.zeros((len(stored), len(vectors)), dtype=np.float32)
    for start in range(0, len(stored), _TOGETHER):
        part = slice(start, start + _TOGETHER)
        found[part] = stored[part].astype(np.float32) @ vectors.T
    return found


def _largest_and_mean(best: Vectors, rows: Layers) -> None:
    """Write the largest and the mean cosine of one text's sentences into the first two rows."""
    if best.shape[1] == 1:
        rows[:2] = best[:, 0]
    elif best.shape[1]:
        rows[0] = best.max(axis=1)
        rows[1] = best.mean(axis=1)
