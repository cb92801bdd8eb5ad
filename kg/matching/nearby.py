"""Pick the few of very many goals that may be among the first for a text, and weigh only those.

Candidates are the goals whose whole text, first sentence and SDG profile lie nearest, those that
share rare words, and those that name the same concepts. How a figure lies over all goals is
estimated on a fixed sample of them.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from itertools import pairwise
from typing import Final

import numpy as np
from numpy.typing import NDArray

from kg.matching.aim_table import Layers
from kg.matching.cells import Cells
from kg.matching.goal_table import CONCEPT_FEATURES, AskedGoals, GoalTable
from kg.matching.moments import Moments, sparse_moments
from kg.matching.odds import Odds, Spread, rival_odds
from kg.matching.postings import Places, Query, Rows, shared
from kg.matching.semantic import Vectors

# From so many goals on not every goal is compared with a text.
MANY: Final = 2_000
# Goals on which the spread of the figures is estimated, and on which directions are fitted.
SAMPLE: Final = 512
_FITTED: Final = 4096
# Goals on which it is estimated how concepts lie; few of them name any one, so more are needed.
NAMED: Final = 16_384
# Main directions of whole texts and profiles that the search by vectors goes by.
DIRECTIONS: Final = 96
# Candidates by vectors, by words and by concepts.
BY_VECTORS: Final = 64
BY_WORDS: Final = 40
BY_CONCEPTS: Final = 80
# Goals kept for each word and each concept, and words of a text that are looked up.
KEPT: Final = 256
RAREST: Final = 8


class NearbyGoals:
    """Weigh the goals nearest to a text; built once, never changed."""

    def __init__(self, iris: Sequence[str], table: GoalTable) -> None:
        self._table = table
        shuffled = _shuffled(iris)
        self._sampled = np.sort(shuffled[:SAMPLE])
        self._sample = table.taken(self._sampled)
        self._openings, self._wholes = Moments(table.openings), Moments(table.wholes)
        self._profiles = Moments(table.profiles)
        self._named = table.aims.concepts.taken(np.sort(shuffled[:NAMED]))
        self._mean, self._directions = _directions(table, np.sort(shuffled[:_FITTED]))
        self._cells = Cells(self._sketches())
        self._words = {
            language: postings.strongest(KEPT) for language, postings in table.aims.words.items()
        }
        self._concepts = table.aims.concepts.strongest(KEPT)

    def odds(self, asked: AskedGoals, odds: Odds) -> list[tuple[Places, NDArray[np.float32]]]:
        """Return for each text the places of its candidates, ascending, and their log-odds."""
        places = self.candidates(asked)
        layers = self._table.at(asked, places)
        sampled = self._sample.everywhere(asked)
        spread = self._spread(asked, places, layers, sampled)
        size = len(self._table)
        others = rival_odds(odds.of(sampled, spread, size))
        found: list[tuple[Places, NDArray[np.float32]]] = []
        for text, (own, layer) in enumerate(zip(places, layers, strict=True)):
            one = slice(text, text + 1)
            near = odds.of(layer[None], spread.part(one), size)
            share = max(size - len(own), 1) / len(self._sample)
            rivals = np.logaddexp(rival_odds(near), others[one] + np.float32(np.log(share)))
            found.append((own, odds.weighed(near, rivals)[0]))
        return found

    def _spread(
        self,
        asked: AskedGoals,
        places: Sequence[Places],
        layers: Sequence[Layers],
        sampled: Layers,
    ) -> Spread:
        """Return how figures lie over all goals.

        Candidates count with what they have, the others with the mean of those in the sample
        (stratified estimate: Cochran, Sampling Techniques, 5.3).
        """
        sums = np.stack([sampled, sampled * sampled]).sum(axis=3, dtype=np.float64)
        own = np.zeros_like(sums)
        rest = np.full(len(places), len(self._sampled), dtype=np.float64)
        for text, (near, layer) in enumerate(zip(places, layers, strict=True)):
            own[:, text] = layer.sum(axis=1), np.einsum("fn,fn->f", layer, layer)
            inside = np.flatnonzero(np.isin(self._sampled, near, assume_unique=True))
            both = sampled[text][:, inside]
            sums[:, text] -= np.stack([both, both * both]).sum(axis=2)
            rest[text] -= len(inside)
        size = len(self._table)
        left = np.array([size - len(near) for near in places]) / np.maximum(rest, 1.0)
        mean, squares = (own + sums * left[:, None]) / size
        deviation = np.sqrt(np.maximum(squares - mean * mean, 0.0))
        spread = Spread(mean.astype(np.float32), deviation.astype(np.float32))
        known = {
            "opening": self._openings.of(asked.wholes),
            "whole": self._wholes.of(asked.wholes),
            "profile": self._profiles.of(asked.profiles),
            "thesaurus": sparse_moments(self._named, asked.asked.concepts),
        }
        for name, (middle, apart) in known.items():
            column = CONCEPT_FEATURES.index(name)
            spread.mean[:, column] = middle
            spread.deviation[:, column] = apart
        return spread

    def candidates(self, asked: AskedGoals) -> list[Places]:
        """Return for each text the places of the goals that may be among the first, ascending."""
        queries = np.hstack([asked.wholes, asked.profiles]) @ self._directions.T
        near = self._cells.nearest(queries, BY_VECTORS)
        total = len(self._table)
        size = len(asked.asked)
        parts = [[own] for own in near]
        for language, texts, query in asked.asked.words:
            picked = shared(self._words[language], _rarest(query, self._words[language]), total)
            for text, own in zip(texts, _firsts(*picked, len(texts), BY_WORDS), strict=True):
                parts[text].append(own)
        picked = shared(self._concepts, asked.asked.concepts, total)
        for text, own in enumerate(_firsts(*picked, size, BY_CONCEPTS)):
            parts[text].append(own)
        return [np.unique(np.concatenate(own)) for own in parts]

    def _sketches(self) -> Vectors:
        found = np.zeros((len(self._table), len(self._directions)), dtype=np.float32)
        for start in range(0, len(found), _FITTED):
            places = np.arange(start, min(start + _FITTED, len(found)))
            found[places] = (_joined(self._table, places) - self._mean) @ self._directions.T
        return found


def _joined(table: GoalTable, places: Places) -> Vectors:
    """Return vectors whose products with a text's vector and profile tell how near goals are."""
    texts = table.openings[places].astype(np.float32) + table.wholes[places]
    return np.hstack([texts / np.float32(2), table.profiles[places]]).astype(np.float32)


def _directions(table: GoalTable, fitted: Places) -> tuple[Vectors, Vectors]:
    """Return the mean of goals' vectors and the directions in which they differ most."""
    points = _joined(table, fitted).astype(np.float64)
    mean = points.mean(axis=0)
    _, axes = np.linalg.eigh((points - mean).T @ (points - mean))
    return mean.astype(np.float32), axes.T[::-1][:DIRECTIONS].astype(np.float32)


def _shuffled(iris: Sequence[str]) -> Places:
    """Return the places of aims in an order that their IRIs alone decide."""
    digests = [hashlib.blake2b(iri.encode(), digest_size=8).digest() for iri in iris]
    return np.argsort(np.frombuffer(b"".join(digests), dtype=">u8"), kind="stable")


def _rarest(query: Query, rows: Rows) -> Query:
    """Return the words of each text that weigh most in a goal."""
    weights = np.zeros(len(rows), dtype=np.float32)
    filled = np.diff(rows.starts) > 0
    weights[filled] = rows.values[rows.starts[:-1][filled]]
    order = np.lexsort((-weights[query.terms], query.texts))
    starts = np.searchsorted(query.texts, np.arange(query.size))
    rank = np.arange(len(order)) - starts[query.texts[order]]
    kept = np.sort(order[rank < RAREST])
    return Query(query.texts[kept], query.terms[kept], query.weights[kept], query.size)


def _firsts(
    texts: Places, goals: Places, values: NDArray[np.float64], size: int, most: int
) -> list[Places]:
    """Return for each text the goals of the largest values; of equal ones the first."""
    order = np.lexsort((goals, -np.round(values, 5), texts))
    starts = np.searchsorted(texts, np.arange(size + 1))
    return [goals[order[start:end]][:most] for start, end in pairwise(starts.tolist())]
