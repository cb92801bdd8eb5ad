"""Read labelled texts for fitting and checking; a label that is missing is not a negative."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from kg.errors import UnreadableFile
from kg.language import Text
from kg.matching.prepare import with_title

SDG_FILES: Final = "sdg_*.jsonl"
FIT_FILES: Final = "fit_*.jsonl"
GOAL_FILES: Final = "goals_*.jsonl"


@dataclass(frozen=True, slots=True)
class SdgRow:
    """Hold a text with the SDG goals and targets its source states."""

    id: str
    text: str
    goals: tuple[str, ...]
    targets: tuple[str, ...]
    complete: bool


@dataclass(frozen=True, slots=True)
class GoalRow:
    """Hold a goal of a concept of a city, or of a body above the cities."""

    id: str
    text: str
    concept: str
    city: str


@dataclass(frozen=True, slots=True)
class FitRow:
    """Hold a measure with the goals its source states; `stated` is false for noisy labels."""

    id: str
    text: str
    city: str
    goals: tuple[str, ...]
    stated: bool


@dataclass(frozen=True, slots=True)
class GoldFile:
    """Name a file that was read, with its checksum and number of rows."""

    name: str
    sha256: str
    rows: int


@dataclass(frozen=True, slots=True)
class Gold:
    """Hold all labelled sets of a directory, each by its file name without suffix."""

    sdg: Mapping[str, tuple[SdgRow, ...]]
    fit: Mapping[str, tuple[FitRow, ...]]
    goals: tuple[GoalRow, ...]
    files: tuple[GoldFile, ...]


def read_gold(directory: Path) -> Gold:
    """Return the labelled sets of a directory: `sdg_*`, `fit_*` and `goals_*.jsonl`."""
    if not directory.is_dir():
        raise UnreadableFile(
            directory.name, Text("Das Verzeichnis gibt es nicht.", "There is no such directory.")
        )
    read: list[GoldFile] = []
    sdg = {
        path.stem: tuple(_sdg_row(row) for row in _rows(path, read))
        for path in sorted(directory.glob(SDG_FILES))
    }
    goals = tuple(
        GoalRow(
            _text(row, "goal_id"),
            _text(row, "goal_text"),
            _text(row, "concept_title"),
            _text(row, "city"),
        )
        for path in sorted(directory.glob(GOAL_FILES))
        for row in _rows(path, read)
    )
    fit = {
        path.stem: tuple(_fit_row(row) for row in _rows(path, read))
        for path in sorted(directory.glob(FIT_FILES))
    }
    if not sdg and not fit:
        raise UnreadableFile(
            directory.name,
            Text(
                "Hier liegen keine Dateien »sdg_*.jsonl« oder »fit_*.jsonl«.",
                "There are no files “sdg_*.jsonl” or “fit_*.jsonl” here.",
            ),
        )
    return Gold(sdg, fit, goals, tuple(read))


def _sdg_row(row: Mapping[str, object]) -> SdgRow:
    return SdgRow(
        _text(row, "id"),
        with_title(_text(row, "title"), _text(row, "text")),
        _texts(row, "sdgs"),
        _texts(row, "targets"),
        row.get("labels_complete") is True,
    )


def _fit_row(row: Mapping[str, object]) -> FitRow:
    return FitRow(
        _text(row, "id"),
        with_title(_text(row, "measure_title"), _text(row, "measure_text")),
        _text(row, "city"),
        _texts(row, "goal_ids"),
        row.get("label_quality") == "source_stated",
    )


def _rows(path: Path, read: list[GoldFile]) -> Iterator[Mapping[str, object]]:
    try:
        content = path.read_bytes()
        lines = [json.loads(line) for line in content.splitlines() if line.strip()]
    except (OSError, ValueError) as error:
        raise UnreadableFile(
            path.name,
            Text("Jede Zeile muss ein JSON-Objekt sein.", "Each line must be a JSON object."),
        ) from error
    read.append(GoldFile(path.name, hashlib.sha256(content).hexdigest(), len(lines)))
    yield from lines


def _text(row: Mapping[str, object], key: str) -> str:
    value = row.get(key)
    return value if isinstance(value, str) else ""


def _texts(row: Mapping[str, object], key: str) -> tuple[str, ...]:
    value = row.get(key)
    return tuple(str(item) for item in value) if isinstance(value, list) else ()
