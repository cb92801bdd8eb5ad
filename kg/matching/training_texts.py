"""Read the texts that the shipped model is trained on, all written for this purpose."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from importlib.resources import files

from kg.matching.gold import FitRow, GoalRow
from kg.matching.prepare import with_title

FOLDER = "training"


@dataclass(frozen=True, slots=True)
class Passage:
    """Hold a text with all SDG goals it is about, and the targets it is about most.

    `goals` is complete: a goal that does not stand there is not a subject of the text, and
    `not_goals` names those one might take for it. A `plain` passage is an ordinary excerpt, any
    other was written to be hard: without the usual words, or with them about something else.
    """

    id: str
    language: str
    text: str
    goals: tuple[str, ...]
    targets: tuple[str, ...]
    not_goals: tuple[str, ...]
    plain: bool


@dataclass(frozen=True, slots=True)
class Cities:
    """Hold goals of invented cities' concepts and measures with the goals they serve.

    A measure without goals serves none of its city's.
    """

    goals: tuple[GoalRow, ...]
    measures: tuple[FitRow, ...]


@dataclass(frozen=True, slots=True)
class TrainingTexts:
    """Hold everything the model is trained on besides the thesaurus and the aims' own texts."""

    passages: tuple[Passage, ...]
    unrelated: tuple[str, ...]
    cities: Cities


def shipped_texts() -> TrainingTexts:
    """Return the training texts that come with the program."""
    return TrainingTexts(
        tuple(
            _passage(row, plain=name == "excerpts")
            for name in ("excerpts", "passages")
            for row in _rows(f"{name}.csv")
        ),
        tuple(row["text"] for row in _rows("unrelated.csv")),
        Cities(
            tuple(
                GoalRow(row["id"], row["text"], row["concept"], row["city"])
                for row in _rows("city-goals.csv")
            ),
            tuple(
                FitRow(
                    row["id"],
                    with_title(row["title"], row["text"]),
                    row["city"],
                    _codes(row["goals"]),
                    stated=True,
                )
                for row in _rows("city-measures.csv")
            ),
        ),
    )


def contents() -> Mapping[str, bytes]:
    """Return the files of training texts by name, as they are."""
    folder = files("kg.matching").joinpath(FOLDER)
    return {
        item.name: item.read_bytes()
        for item in sorted(folder.iterdir(), key=lambda entry: entry.name)
        if item.name.endswith(".csv")
    }


def _passage(row: Mapping[str, str], *, plain: bool) -> Passage:
    codes = {name: _codes(row[name]) for name in ("goals", "targets", "not_goals")}
    return Passage(row["id"], row["language"], row["text"], **codes, plain=plain)


def _rows(name: str) -> Iterator[Mapping[str, str]]:
    text = files("kg.matching").joinpath(FOLDER, name).read_text("utf-8")
    yield from csv.DictReader(text.splitlines(keepends=True))


def _codes(cell: str) -> tuple[str, ...]:
    return tuple(code for code in cell.split(";") if code)
