"""Fit the map of meanings from the labels of the thesaurus.

    python -m kg.matching.fit_meaning --out kg/matching/meaning.npz

Two labels of a concept mean the same, in either language; so do two wordings of one instrument
around them (»Zuschuss für …«, »… finanziell unterstützen«). Labels of sister concepts and the
same label with another instrument do not. The map learns to pick the partner among all of a
batch (InfoNCE: van den Oord et al. 2018, arXiv:1807.03748, both ways) with Adam (Kingma and Ba
2015). No pair of measures is used. Batches are drawn from a fixed seed. The file also holds the
classifier of instruments, see `fit_kinds`.
"""

from __future__ import annotations

import argparse
import csv
import hashlib
import json
import sys
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from kg.embedded import EmbeddedStore
from kg.matching.fit_kinds import fit_kinds
from kg.matching.meaning import Meaning
from kg.matching.semantic import Encoder, UniversalEncoder, Vectors
from kg.matching.thesaurus import Thesaurus
from ontology.reference import reference_quads

Rows = NDArray[np.intp]

SEED: Final = 1
STEPS: Final = 300
SIZE: Final = 128
BATCH: Final = 384
TEMPERATURE: Final = 0.3
RATE: Final = 1e-3
DECAY: Final = 1e-4
# How many instruments are worded around each concept, and how often labels stand alone.
INSTRUMENTS: Final = 8
ALONE: Final = 0.5
# Fewer sisters than this are no family.
FAMILY: Final = 3


@dataclass(frozen=True, slots=True)
class _Examples:
    """Hold texts and, by concept, the rows of its labels and the pairs of its wordings."""

    texts: tuple[str, ...]
    labels: Mapping[int, Sequence[int]]
    worded: Mapping[int, Sequence[tuple[int, int]]]
    families: Sequence[Rows]


def shipped_wordings() -> str:
    """Return the text of the CSV file with kind, language and wording of instruments."""
    return files("kg.matching").joinpath("words", "wordings.csv").read_text("utf-8")


def fit_meaning(thesaurus: Thesaurus, wordings: str, encoder: Encoder) -> Meaning:
    """Return the map of a thesaurus; same thesaurus, wordings and encoder, same map."""
    random = np.random.default_rng(SEED)
    examples = _examples(thesaurus, wordings, random)
    vectors = encoder.encode(examples.texts)
    known = sorted({row for rows in examples.labels.values() for row in rows})
    mean = vectors[known].mean(axis=0)
    vectors = vectors - mean
    matrix = _start(vectors[known])
    first, second = np.zeros_like(matrix), np.zeros_like(matrix)
    for step in range(1, STEPS + 1):
        left, right = _batch(examples, random)
        slope = _slope(vectors[left], vectors[right], matrix)
        first = 0.9 * first + 0.1 * slope
        second = 0.999 * second + 0.001 * slope * slope
        pace = RATE * 0.5 * (1 + np.cos(np.pi * step / STEPS))
        ahead = first / (1 - 0.9**step) / (np.sqrt(second / (1 - 0.999**step)) + 1e-8)
        matrix = (matrix - pace * (ahead + DECAY * matrix)).astype(np.float32)
    checksum = hashlib.sha256("\n".join(examples.texts).encode()).hexdigest()
    fitted = {"texts": len(examples.texts), "sha256": checksum, "encoder": encoder.model}
    return Meaning(matrix, mean, fit_kinds(thesaurus, _rows(wordings), encoder), json.dumps(fitted))


def _examples(thesaurus: Thesaurus, wordings: str, random: np.random.Generator) -> _Examples:
    row_of: dict[str, int] = {}
    place = {iri: number for number, iri in enumerate(sorted(thesaurus.concepts))}
    labels: dict[int, list[tuple[str, str]]] = {}
    for iri, number in place.items():
        meant = (item for item in thesaurus.concepts[iri].labels if item.kind != "not-meant")
        found = sorted({(item.text, str(item.language)) for item in meant})
        if len(found) > 1:
            labels[number] = found
    rows = {
        number: [row_of.setdefault(text, len(row_of)) for text, _ in found]
        for number, found in labels.items()
    }
    forms = _forms(wordings)
    worded: dict[int, list[tuple[int, int]]] = {}
    for number, found in labels.items():
        pairs: list[tuple[int, int]] = []
        kinds = random.choice(len(forms), min(INSTRUMENTS, len(forms)), replace=False)
        for kind in kinds:
            one, other = random.choice(len(found), 2, replace=False)
            texts = _worded(forms[int(kind)], found[int(one)], found[int(other)], random)
            mine, theirs = (row_of.setdefault(text, len(row_of)) for text in texts)
            pairs.append((mine, theirs))
        worded[number] = pairs
    sisters: dict[str, list[int]] = defaultdict(list)
    for iri, number in place.items():
        if number in labels:
            for above in thesaurus.concepts[iri].broader:
                sisters[above].append(number)
    families = [
        np.array(members, dtype=np.intp)
        for _, members in sorted(sisters.items())
        if len(members) >= FAMILY
    ]
    return _Examples(tuple(row_of), rows, worded, families)


def _forms(wordings: str) -> list[Mapping[str, list[str]]]:
    found: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for row in csv.DictReader(wordings.splitlines()):
        found[row["kind"]][row["language"]].append(row["wording"])
    return [found[kind] for kind in sorted(found)]


def _rows(wordings: str) -> list[tuple[str, str, str]]:
    rows = csv.DictReader(wordings.splitlines())
    return [(row["kind"], row["language"], row["wording"]) for row in rows]


def _worded(
    forms: Mapping[str, list[str]],
    one: tuple[str, str],
    other: tuple[str, str],
    random: np.random.Generator,
) -> tuple[str, str]:
    """Return both labels in wordings of one instrument, in two different ones."""
    first = forms[one[1]][int(random.integers(len(forms[one[1]])))]
    left = [form for form in forms[other[1]] if form != first]
    second = left[int(random.integers(len(left)))]
    return first.replace("{}", one[0]), second.replace("{}", other[0])


def _batch(examples: _Examples, random: np.random.Generator) -> tuple[Rows, Rows]:
    """Return rows of texts and of their partners, whole families together."""
    left: list[int] = []
    right: list[int] = []
    seen: set[int] = set()
    within = len({int(number) for family in examples.families for number in family})
    while len(left) < BATCH and len(seen) < within:
        family = examples.families[int(random.integers(len(examples.families)))]
        for concept in (int(number) for number in family):
            if concept in seen:
                continue
            seen.add(concept)
            if random.random() < ALONE:
                rows = examples.labels[concept]
                one, other = random.choice(len(rows), 2, replace=False)
                pairs = [(rows[int(one)], rows[int(other)])]
            else:
                worded = examples.worded[concept]
                pairs = [worded[int(row)] for row in random.choice(len(worded), 2, replace=False)]
            left += [pair[0] for pair in pairs]
            right += [pair[1] for pair in pairs]
    return np.array(left[:BATCH], dtype=np.intp), np.array(right[:BATCH], dtype=np.intp)


def _start(vectors: Vectors) -> Vectors:
    """Return the main directions of vectors as columns."""
    _, directions = np.linalg.eigh(vectors.T @ vectors)
    return np.ascontiguousarray(directions[:, ::-1][:, :SIZE], dtype=np.float32)


def _slope(left: Vectors, right: Vectors, matrix: Vectors) -> Vectors:
    mine, theirs = left @ matrix, right @ matrix
    lengths = [np.linalg.norm(part, axis=1, keepdims=True) + 1e-9 for part in (mine, theirs)]
    mine, theirs = mine / lengths[0], theirs / lengths[1]
    odds = mine @ theirs.T / TEMPERATURE
    rows = np.exp(odds - odds.max(axis=1, keepdims=True))
    columns = np.exp(odds - odds.max(axis=0, keepdims=True))
    wrong = rows / rows.sum(axis=1, keepdims=True) + columns / columns.sum(axis=0, keepdims=True)
    wrong = (wrong / 2 - np.eye(len(left))) / (len(left) * TEMPERATURE)
    pulls = (wrong @ theirs, wrong.T @ mine)
    found = np.zeros_like(matrix)
    for inputs, unit, length, pull in zip(
        (left, right), (mine, theirs), lengths, pulls, strict=True
    ):
        across = (pull - (pull * unit).sum(axis=1, keepdims=True) * unit) / length
        found += (inputs.T @ across).astype(np.float32)
    return found


def main(arguments: Sequence[str] | None = None) -> int:
    """Write the file of the map, fitted on the shipped thesaurus and wordings."""
    parser = argparse.ArgumentParser(description="Fit the map of meanings.")
    parser.add_argument("--out", type=Path, required=True, help="file to write")
    given = parser.parse_args(arguments)
    thesaurus = Thesaurus.read(EmbeddedStore.in_memory(reference_quads("thesaurus")))
    meaning = fit_meaning(thesaurus, shipped_wordings(), UniversalEncoder())
    given.out.write_bytes(meaning.as_bytes())
    return 0


if __name__ == "__main__":
    sys.exit(main())
