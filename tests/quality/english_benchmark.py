"""Measure the English benchmark: is a text about this SDG, yes or no, at a probability of 0.5?

    python -m tests.quality.english_benchmark

With a dataset (`KREISLAUFSTADT_DATA`) its SDG texts and its model are measured, else those that
ship. The texts come with the distribution `sdgclassification-benchmark` (MIT,
https://github.com/SDGClassification/benchmark). Its file is read as it lies there, so nothing
imports pandas. No row is used for training or for choosing anything.
"""

from __future__ import annotations

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.metadata import distribution
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from api.commands.matchers import read_matcher
from kg.embedded import EmbeddedStore
from kg.matching.figures import area
from kg.matching.match import SdgMatcher
from kg.matching.model import shipped_model
from kg.matching.sdg import read_sdg_aims
from kg.matching.semantic import EmbeddingCache, UniversalEncoder
from kg.matching.thesaurus import Thesaurus
from ontology.namespaces import sdg
from ontology.reference import all_reference_quads

PACKAGE = "sdgclassification-benchmark"
FILE = "sdgclassification/benchmark/resources/benchmark.csv"
LINE = 0.5
BATCH = 128


@dataclass(frozen=True, slots=True)
class BenchmarkRow:
    """Hold a text, the SDG it was judged for, and the judgement."""

    text: str
    goal: str
    label: bool


@dataclass(frozen=True, slots=True)
class GoalResult:
    """Hold the figures of one SDG's texts."""

    goal: str
    texts: int
    positives: int
    precision: float
    recall: float
    f1: float
    accuracy: float
    area: float


@dataclass(frozen=True, slots=True)
class Result:
    """Hold the figures of the benchmark; `macro_f1` and `mean_area` are means over the SDGs."""

    goals: tuple[GoalResult, ...]
    macro_f1: float
    accuracy: float
    mean_area: float


def benchmark_rows() -> list[BenchmarkRow]:
    """Return the rows of the installed benchmark."""
    path = Path(str(distribution(PACKAGE).locate_file(FILE)))
    with path.open(encoding="utf-8", newline="") as file:
        return [
            BenchmarkRow(row["text"], row["sdg"], row["label"] == "True")
            for row in csv.DictReader(file)
        ]


def judged(matcher: SdgMatcher, rows: Sequence[BenchmarkRow]) -> NDArray[np.float64]:
    """Return the probability of each row's SDG for its text."""
    found: list[float] = []
    for start in range(0, len(rows), BATCH):
        batch = rows[start : start + BATCH]
        scores = matcher.score_all(matcher.prepare([row.text for row in batch]))
        found += [own.goals.of(sdg(row.goal)) for own, row in zip(scores, batch, strict=True)]
    return np.array(found)


def result(rows: Sequence[BenchmarkRow], chances: NDArray[np.float64]) -> Result:
    """Return the figures with "yes" from the probability of 0.5 on."""
    labels = np.array([row.label for row in rows])
    owners = np.array([row.goal for row in rows])
    said = chances >= LINE
    goals: list[GoalResult] = []
    for goal in sorted(set(owners), key=int):
        own = owners == goal
        yes, right = said[own], labels[own]
        both = float((yes & right).sum())
        goals.append(
            GoalResult(
                str(goal),
                int(own.sum()),
                int(right.sum()),
                both / max(1, yes.sum()),
                both / max(1, right.sum()),
                2 * both / max(1, yes.sum() + right.sum()),
                float((yes == right).mean()),
                area(chances[own], right),
            )
        )
    return Result(
        tuple(goals),
        float(np.mean([goal.f1 for goal in goals])),
        float((said == labels).mean()),
        float(np.mean([goal.area for goal in goals])),
    )


def shipped_matcher() -> SdgMatcher:
    """Return the matcher of the shipped reference data and model."""
    store = EmbeddedStore.in_memory(all_reference_quads())
    cache = EmbeddingCache(UniversalEncoder())
    return SdgMatcher(read_sdg_aims(store), Thesaurus.read(store), cache, shipped_model())


def main() -> None:
    """Print the figures as a table in Markdown."""
    rows = benchmark_rows()
    matcher, _ = read_matcher()
    found = result(rows, judged(matcher, rows))
    lines = ["| SDG | texts | of these about it | precision | recall | F1 | accuracy | AUC |"]
    lines.append("|---|---|---|---|---|---|---|---|")
    for goal in found.goals:
        shares = (goal.precision, goal.recall, goal.f1, goal.accuracy, goal.area)
        cells = [goal.goal, str(goal.texts), str(goal.positives), *(f"{x:.2f}" for x in shares)]
        lines.append(f"| {' | '.join(cells)} |")
    lines.append(
        f"macro F1 {found.macro_f1:.4f}, accuracy {found.accuracy:.4f}, "
        f"mean AUC {found.mean_area:.4f}, {len(rows)} texts"
    )
    print("\n".join(lines))  # noqa: T201 - its only output, for the page on quality


if __name__ == "__main__":
    main()
