"""Turn vectors of sentences into what a measure does about which thing, and by which instrument."""

from __future__ import annotations

import io
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Final

import numpy as np

from kg.matching.head import Head
from kg.matching.semantic import Vectors

FILE: Final = "meaning.npz"


@dataclass(frozen=True, slots=True)
class Meaning:
    """Hold a linear map of sentence vectors in which other words for one thing lie together.

    `mean` is taken off a vector first. `kinds` reads the instrument of a sentence. `fitted` says on
    what, by checksums, both were fitted.
    """

    matrix: Vectors
    mean: Vectors
    kinds: Head
    fitted: str

    def of(self, sentences: Vectors) -> Vectors:
        """Return the unit vector of a text's sentences (rows), the first of which counts twice.

        A text without sentences has the zero vector.
        """
        if not len(sentences):
            return np.zeros(self.matrix.shape[1], dtype=np.float32)
        whole = sentences.sum(axis=0) + sentences[0]
        found = (whole / (np.linalg.norm(whole) or 1.0) - self.mean) @ self.matrix
        return np.asarray(found / (np.linalg.norm(found) or 1.0), dtype=np.float32)

    def instruments(self, sentences: Vectors) -> Vectors:
        """Return how probable each kind of instrument is, by the sentence that says it most."""
        if not len(sentences):
            return np.zeros(len(self.kinds.labels) - 1, dtype=np.float32)
        odds = self.kinds.logits(sentences)
        chances = np.exp(odds - odds.max(axis=1, keepdims=True))
        chances /= chances.sum(axis=1, keepdims=True)
        return np.asarray(chances[:, :-1].max(axis=0), dtype=np.float32)

    def as_bytes(self) -> bytes:
        """Return the content of the map's file; the same map gives the same bytes."""
        stream = io.BytesIO()
        np.savez(
            stream,
            matrix=self.matrix.astype(np.float16),
            mean=self.mean.astype(np.float16),
            kinds=self.kinds.matrix.astype(np.float16),
            labels=np.array(self.kinds.labels, dtype=np.str_),
            fitted=np.array(self.fitted),
        )
        return stream.getvalue()

    @classmethod
    def of_bytes(cls, content: bytes) -> Meaning:
        """Return the map of a file's content."""
        with np.load(io.BytesIO(content), allow_pickle=False) as stored:
            return cls(
                stored["matrix"].astype(np.float32),
                stored["mean"].astype(np.float32),
                Head(
                    tuple(str(label) for label in stored["labels"]),
                    stored["kinds"].astype(np.float32),
                ),
                str(stored["fitted"]),
            )


@lru_cache(maxsize=1)
def shipped_meaning() -> Meaning:
    """Return the map that comes with the program."""
    return Meaning.of_bytes(shipped_bytes())


def shipped_bytes() -> bytes:
    """Return the file of the map that comes with the program, as it is."""
    return files("kg.matching").joinpath(FILE).read_bytes()
