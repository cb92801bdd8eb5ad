"""Keep which terms stand in which documents as plain arrays, and sum their weights for queries."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

Places = NDArray[np.intp]
Table = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Query:
    """Hold the terms of `size` texts: the text, the term's number and its weight, ordered by text.

    A term stands once in a text.
    """

    texts: Places
    terms: Places
    weights: Table
    size: int

    def part(self, start: int, end: int) -> Query:
        """Return the query of the texts from `start` to `end` (exclusive)."""
        first, last = np.searchsorted(self.texts, (start, end))
        return Query(
            self.texts[first:last] - start,
            self.terms[first:last],
            self.weights[first:last],
            end - start,
        )


class Rows:
    """Hold a sparse table by rows: row i has the entries from `starts[i]` to `starts[i + 1]`."""

    def __init__(self, starts: Places, columns: NDArray[np.int32], values: Table) -> None:
        self.starts = starts
        self.columns = columns
        self.values = values

    @classmethod
    def counted(
        cls, lengths: NDArray[np.integer], columns: NDArray[np.integer], values: Table
    ) -> Rows:
        """Return the table whose rows have these numbers of entries."""
        starts = np.zeros(len(lengths) + 1, dtype=np.intp)
        np.cumsum(lengths, out=starts[1:])
        return cls(starts, columns.astype(np.int32, copy=False), values)

    def __len__(self) -> int:
        """Return the number of rows."""
        return len(self.starts) - 1

    def entries(self, rows: Places) -> tuple[Places, Places]:
        """Return where the entries of these rows stand, row after row, and their number a row."""
        return stretches(self.starts, rows)

    def turned(self, columns: int) -> Rows:
        """Return the same table by columns, of which there are so many."""
        order = np.argsort(self.columns, kind="stable")
        owners = np.repeat(np.arange(len(self), dtype=np.int32), np.diff(self.starts))
        lengths = np.bincount(self.columns, minlength=columns)
        return Rows.counted(lengths, owners[order], self.values[order])

    def taken(self, rows: Places) -> Rows:
        """Return a table of these rows only."""
        at, lengths = self.entries(rows)
        return Rows.counted(lengths, self.columns[at], self.values[at])


class Postings:
    """Hold the weights of terms in documents; built once, never changed."""

    def __init__(self, documents: Rows, terms: int) -> None:
        self.documents = documents
        self.terms = terms

    @cached_property
    def _by_term(self) -> Rows:
        return self.documents.turned(self.terms)

    def taken(self, places: Places) -> Postings:
        """Return the postings of these documents only; terms keep their numbers."""
        return Postings(self.documents.taken(places), self.terms)

    def everywhere(self, query: Query) -> Table:
        """Return for each text (row) and document (column) the sum over the terms they share."""
        size = len(self.documents)
        at, lengths = self._by_term.entries(query.terms)
        cells = np.repeat(query.texts * size, lengths)
        cells += self._by_term.columns[at]
        values = np.repeat(query.weights, lengths)
        values *= self._by_term.values[at]
        found = np.bincount(cells, weights=values, minlength=query.size * size)
        return found.reshape(query.size, size).astype(np.float32)

    def at(self, query: Query, places: Sequence[Places]) -> list[Table]:
        """Return for each text the same sums, only for the documents at its places."""
        weights = np.zeros(self.terms, dtype=np.float32)
        ends = np.searchsorted(query.texts, np.arange(query.size + 1)).tolist()
        found: list[Table] = []
        for text, wanted in enumerate(places):
            own = slice(ends[text], ends[text + 1])
            terms = query.terms[own]
            weights[terms] = query.weights[own]
            found.append(self._sums(weights, wanted))
            weights[terms] = 0.0
        return found

    def _sums(self, weights: Table, wanted: Places) -> Table:
        """Return the sum of weighted terms for some documents."""
        rows = self.documents
        starts, ends = rows.starts[wanted], rows.starts[wanted + 1]
        found = np.zeros(len(wanted), dtype=np.float32)
        filled = starts < ends
        if filled.any():
            # Copying stretches is quicker than reading entry by entry.
            parts = [slice(*part) for part in zip(starts.tolist(), ends.tolist(), strict=True)]
            products = weights.take(np.concatenate([rows.columns[part] for part in parts]))
            products *= np.concatenate([rows.values[part] for part in parts])
            lengths = (ends - starts)[filled]
            found[filled] = np.add.reduceat(products, np.cumsum(lengths) - lengths)
        return found

    def shared(self, query: Query) -> tuple[Places, Places, NDArray[np.float64]]:
        """Return texts, documents that share their terms, and the sums, by text and document."""
        return shared(self._by_term, query, len(self.documents))

    def strongest(self, most: int) -> Rows:
        """Return by term the `most` documents where it weighs most; of equal ones the first."""
        by_term = self._by_term
        owners = np.repeat(np.arange(len(by_term)), np.diff(by_term.starts))
        order = np.lexsort((by_term.columns, -by_term.values, owners))
        rank = np.arange(len(order)) - by_term.starts[owners[order]]
        kept = order[rank < most]
        lengths = np.minimum(np.diff(by_term.starts), most)
        return Rows.counted(lengths, by_term.columns[kept], by_term.values[kept])


def shared(by_term: Rows, query: Query, size: int) -> tuple[Places, Places, NDArray[np.float64]]:
    """Return texts, documents (of `size`) that share terms with them, and the sums."""
    at, lengths = by_term.entries(query.terms)
    cells = np.repeat(query.texts * size, lengths) + by_term.columns[at]
    values = np.repeat(query.weights, lengths) * by_term.values[at]
    order = np.argsort(cells, kind="stable")
    cells = cells[order]
    firsts = np.flatnonzero(np.diff(cells, prepend=-1))
    texts, documents = np.divmod(cells[firsts], size)
    sums = np.add.reduceat(values[order], firsts) if len(firsts) else np.zeros(0)
    return texts, documents, sums.astype(np.float64)


def stretches(starts: Places, rows: Places) -> tuple[Places, Places]:
    """Return the numbers from `starts[i]` to `starts[i + 1]` for each row i, and how many."""
    lengths = starts[rows + 1] - starts[rows]
    found = np.repeat(starts[rows] - (np.cumsum(lengths) - lengths), lengths)
    found += np.arange(len(found))
    return found, lengths


def query_of(texts: Places, terms: Places, size: int) -> tuple[Query, NDArray[np.intp]]:
    """Return a query of repeated terms, each text's terms once, and how often each stands."""
    if not len(texts):
        empty = np.zeros(0, dtype=np.intp)
        return Query(empty, empty, np.zeros(0, dtype=np.float32), size), empty
    width = int(terms.max()) + 1
    cells, counts = np.unique(texts * width + terms, return_counts=True)
    own, found = np.divmod(cells, width)
    return Query(own, found, np.ones(len(cells), dtype=np.float32), size), counts
