"""Know how products with a text lie over very many points without forming each product."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

import numpy as np
from numpy.typing import NDArray

from kg.matching.aim_table import Stored
from kg.matching.postings import Postings, Query
from kg.matching.semantic import Vectors

_TOGETHER: Final = 8192

Values = NDArray[np.float32]


class Moments:
    """Hold mean and covariance of points; both give those of products with any vector."""

    def __init__(self, points: Stored) -> None:
        size = max(1, len(points))
        total = np.zeros(points.shape[1])
        for part in _parts(points):
            total += part.sum(axis=0)
        self._mean = (total / size).astype(np.float32)
        apart = np.zeros((points.shape[1], points.shape[1]))
        for part in _parts(points):
            centred = part - self._mean
            apart += centred.T @ centred
        self._covariance = (apart / size).astype(np.float32)

    def of(self, queries: Vectors) -> tuple[Values, Values]:
        """Return mean and standard deviation of the products with each query (row)."""
        squares = np.einsum("bd,bd->b", queries @ self._covariance, queries)
        return queries @ self._mean, np.sqrt(np.maximum(squares, 0.0))


def sparse_moments(postings: Postings, query: Query) -> tuple[Values, Values]:
    """Return mean and deviation of the logarithm of one and the sums over shared terms.

    Only documents that share a term are touched.
    """
    texts, _, sums = postings.shared(query)
    values = np.log1p(sums)
    size = max(1, len(postings.documents))
    mean = np.bincount(texts, weights=values, minlength=query.size) / size
    squares = np.bincount(texts, weights=values * values, minlength=query.size) / size
    deviation = np.sqrt(np.maximum(squares - mean * mean, 0.0))
    return mean.astype(np.float32), deviation.astype(np.float32)


def _parts(points: Stored) -> Iterable[Vectors]:
    for start in range(0, len(points), _TOGETHER):
        yield points[start : start + _TOGETHER].astype(np.float32, copy=False)
