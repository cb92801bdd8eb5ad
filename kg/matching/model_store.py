"""Keep the models trained for a dataset, each in a folder of its own; going back is one step.

`model/current` names the folder that is used, `model/history` the ones before it. Without either,
the model that comes with the program is used.
"""

from __future__ import annotations

import hashlib
import json
import os
import tempfile
from pathlib import Path
from typing import Final

from kg.errors import ModelBroken
from kg.matching.model import HEADS, WEIGHTS, Model, model_of, shipped_files, shipped_model

FOLDER: Final = "model"
SHIPPED: Final = "shipped"


def current_model(root: Path) -> Model:
    """Return the model of a dataset's directory, or the shipped one where none was trained.

    Raises:
        ModelBroken: A file of the model is missing or damaged; it is named.
    """
    name = _name(root)
    return shipped_model() if name == SHIPPED else _model(name, *_files(root, name))


def current_files(root: Path) -> tuple[bytes, bytes]:
    """Return the two files of the model in use, weights first, as they are.

    Raises:
        ModelBroken: One of them is missing.
    """
    name = _name(root)
    return shipped_files() if name == SHIPPED else _files(root, name)


def publish_model(root: Path, weights: bytes, heads: bytes) -> Model:
    """Write a model and use it from now on; readers see the former one until the last step."""
    model = model_of(weights, heads)
    folder = root / FOLDER / model.version
    folder.mkdir(parents=True, exist_ok=True)
    _write(folder / HEADS, heads)
    _write(folder / WEIGHTS, weights)
    before = _name(root)
    if before != model.version:
        _write(root / FOLDER / "history", "\n".join([*_history(root), before]).encode())
        _write(root / FOLDER / "current", model.version.encode())
    return model


def undo_model(root: Path) -> Model | None:
    """Use the model before the current one again; None when there is none to go back to.

    Raises:
        ModelBroken: The model before cannot be read; then nothing changes.
    """
    history = _history(root)
    if not history:
        return None
    name = history[-1]
    model = shipped_model() if name == SHIPPED else _model(name, *_files(root, name))
    _write(root / FOLDER / "current", name.encode())
    _write(root / FOLDER / "history", "\n".join(history[:-1]).encode())
    return model


def _files(root: Path, name: str) -> tuple[bytes, bytes]:
    folder = root / FOLDER / name
    found: list[bytes] = []
    for file in (WEIGHTS, HEADS):
        try:
            found.append((folder / file).read_bytes())
        except OSError as error:
            raise ModelBroken(f"{FOLDER}/{name}/{file}") from error
    return found[0], found[1]


def _model(name: str, weights: bytes, heads: bytes) -> Model:
    try:
        return model_of(weights, heads)
    except (ValueError, KeyError, TypeError) as error:
        stated = _stated_heads(weights)
        intact = not stated or stated == hashlib.sha256(heads).hexdigest()
        raise ModelBroken(f"{FOLDER}/{name}/{WEIGHTS if intact else HEADS}") from error


def _stated_heads(weights: bytes) -> str:
    """Return the checksum that the weights name for the classifiers, "" if they cannot be read."""
    try:
        return str(json.loads(weights)["heads"])
    except (ValueError, KeyError, TypeError):
        return ""


def _name(root: Path) -> str:
    try:
        return (root / FOLDER / "current").read_text("utf-8").strip() or SHIPPED
    except FileNotFoundError:
        return SHIPPED


def _history(root: Path) -> list[str]:
    try:
        return (root / FOLDER / "history").read_text("utf-8").split()
    except FileNotFoundError:
        return []


def _write(path: Path, content: bytes) -> None:
    handle, name = tempfile.mkstemp(dir=path.parent)
    with os.fdopen(handle, "wb") as stream:
        stream.write(content)
        stream.flush()
        os.fsync(stream.fileno())
    Path(name).chmod(0o644)
    Path(name).replace(path)
