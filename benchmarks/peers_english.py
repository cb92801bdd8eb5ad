"""Read the open English benchmark, and run seesus on it in a process without our code.

The benchmark is the CSV file of sdgclassification-benchmark 1.0.0 (PyPI): each text was judged for
one goal, whether it is relevant to it or not. seesus 1.2.1 (PyPI, GPL-3.0) names goals by search
terms; it is compared with, never imported by anything of ours.
"""

from __future__ import annotations

import csv
import json
import random
import sys
import time
from collections.abc import Collection, Sequence
from pathlib import Path

Label = tuple[int, bool]
SEED = 17


def english(folder: str, most: int = 0) -> tuple[list[str], list[Label]]:
    """Return the texts, and for each the goal it was judged for and whether it is relevant.

    `most` asks for so many of them only, drawn by a fixed seed; 0 for all.
    """
    path = Path(folder) / "sdgclassification" / "benchmark" / "resources" / "benchmark.csv"
    with path.open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    if 0 < most < len(rows):
        rows = random.Random(SEED).sample(rows, most)  # noqa: S311 - a sample, no secret
    return [row["text"] for row in rows], [
        (int(row["sdg"]), row["label"] == "True") for row in rows
    ]


def scored(
    said: Sequence[Collection[int]], labels: Sequence[Label], seconds: float
) -> dict[str, float]:
    """Return accuracy over all texts, mean F1 of the goals and milliseconds a text."""
    answers = [
        (goal, relevant, goal in goals)
        for goals, (goal, relevant) in zip(said, labels, strict=True)
    ]
    return {
        "texts": len(labels),
        "accuracy": sum(relevant == named for _, relevant, named in answers) / len(answers),
        "f1": sum(f1(answers, goal) for goal in range(1, 18)) / 17,
        "ms": seconds / len(labels) * 1000,
    }


def f1(answers: Sequence[tuple[int, bool, bool]], wanted: int) -> float:
    own = [(relevant, named) for goal, relevant, named in answers if goal == wanted]
    right = sum(relevant and named for relevant, named in own)
    named_or_relevant = sum(relevant for relevant, _ in own) + sum(named for _, named in own)
    return 2 * right / named_or_relevant if named_or_relevant else 0.0


def run_seesus(folder: str, most: int) -> dict[str, float]:
    sys.path.insert(0, folder)
    from seesus import SeeSus

    texts, labels = english(folder, most)
    SeeSus(texts[0])
    began = time.process_time()
    said = [{int(name.removeprefix("SDG")) for name in SeeSus(text).sdg} for text in texts]
    return scored(said, labels, time.process_time() - began)


if __name__ == "__main__":
    print(json.dumps(run_seesus(sys.argv[4], int(sys.argv[3]))))
