"""Keep what was trained: two classifiers of vectors and three models that weigh all figures."""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Final

import numpy as np

from kg.matching.calibration import LinearModel
from kg.matching.head import Head, Heads

FORMAT: Final = 3
KINDS: Final = ("sdg-goal", "sdg-target", "concept-goal")
WEIGHTS: Final = "model.json"
HEADS: Final = "heads.npz"


@dataclass(frozen=True, slots=True)
class Model:
    """Hold everything trained, with the version that its content gives it.

    `fitted` says on what and how it was trained, with figures held out.
    """

    version: str
    heads: Heads
    goal: LinearModel
    target: LinearModel
    concept: LinearModel
    fitted: Mapping[str, object]


def model_of(weights: bytes, heads: bytes) -> Model:
    """Return the model of the two files' contents.

    Raises:
        ValueError: The format is another one, or the two files do not belong together.
    """
    document = json.loads(weights)
    if not isinstance(document, dict) or document.get("format") != FORMAT:
        message = f"model format is not {FORMAT}; train anew"
        raise ValueError(message)
    if document.get("heads") != hashlib.sha256(heads).hexdigest():
        message = "the classifiers do not belong to this model; train anew"
        raise ValueError(message)
    parts = [LinearModel.of_json(document[kind]) for kind in KINDS]
    goal, target, concept = parts
    version = str(document["version"])
    return Model(version, heads_of(heads), goal, target, concept, document["fitted"])


def heads_of(content: bytes) -> Heads:
    """Return the classifiers of a file's content."""
    with np.load(io.BytesIO(content), allow_pickle=False) as stored:
        return Heads(
            *(_head(stored[f"{name}_labels"], stored[name]) for name in ("goal", "target"))
        )


def _head(labels: np.ndarray[tuple[int], np.dtype[np.str_]], matrix: np.ndarray) -> Head:
    return Head(tuple(str(label) for label in labels), matrix.astype(np.float32))


def heads_bytes(heads: Heads) -> bytes:
    """Return the classifiers as bytes: half precision, the same bytes for the same figures."""
    parts = {"goal": heads.goal, "target": heads.target}
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, head in parts.items():
            _store(archive, name, head.matrix.astype(np.float16))
            _store(archive, f"{name}_labels", np.array(head.labels, dtype=np.str_))
    return stream.getvalue()


def _store(archive: zipfile.ZipFile, name: str, values: np.ndarray) -> None:
    content = io.BytesIO()
    np.lib.format.write_array(content, values, allow_pickle=False)
    entry = zipfile.ZipInfo(f"{name}.npy", date_time=(1980, 1, 1, 0, 0, 0))
    entry.compress_type = zipfile.ZIP_DEFLATED
    archive.writestr(entry, content.getvalue())


@lru_cache(maxsize=1)
def shipped_model() -> Model:
    """Return the model that comes with the program."""
    return model_of(*shipped_files())


def shipped_files() -> tuple[bytes, bytes]:
    """Return the two files of the model that comes with the program, weights first."""
    own = files("kg.matching")
    return own.joinpath(WEIGHTS).read_bytes(), own.joinpath(HEADS).read_bytes()
