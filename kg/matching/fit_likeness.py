"""Fit the likeness model, or print its figures.

    python -m kg.matching.fit_likeness --out kg/matching/likeness.json
    python -m kg.matching.fit_likeness --evaluate tests/data/measure_pairs.csv
    python -m kg.matching.fit_likeness --held-out

The model is fitted on `pairs.csv`. Added with little weight are every text with itself (same) and
with two texts of other rows, any and the nearest (different), since the pairs are hard ones and of
measures that lie near each other few are the same. What makes texts alike may only raise, what
tells them apart may only lower the probability that they are the same.
"""

from __future__ import annotations

import argparse
import csv
import hashlib
import json
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Final, cast

import numpy as np
from numpy.typing import NDArray

from kg.embedded import EmbeddedStore
from kg.matching.annotate import Annotator
from kg.matching.compare import FEATURES, compare
from kg.matching.likeness import RELATIONS, Figures, LikenessModel, Relation, shipped_likeness
from kg.matching.meaning import shipped_bytes
from kg.matching.prepare import PlaceNames, prepare
from kg.matching.semantic import Encoder, UniversalEncoder
from kg.matching.slots import MeasureSlots, SlotReader
from kg.matching.text import normalise
from kg.matching.thesaurus import Thesaurus
from ontology.reference import reference_quads

Flags = NDArray[np.bool_]

PENALTY: Final = 3.0
STEPS: Final = 4000
SIMPLE_WEIGHT: Final = 0.1
STRIDE: Final = 37
_APART: Final = ("clashes", "one_sided", "opposite", "other_concepts")


@dataclass(frozen=True, slots=True)
class LabelledPair:
    """Hold two measure texts and how a person says they relate; `author` is who wrote them."""

    language: str
    first: str
    second: str
    relation: Relation
    author: str = ""


def read_pairs(text: str) -> list[LabelledPair]:
    """Return the pairs of a CSV text with language, first, second and relation.

    Raises:
        ValueError: A relation is none of the four.
    """
    rows = list(csv.DictReader(text.splitlines()))
    unknown = {row["relation"] for row in rows} - set(RELATIONS)
    if unknown:
        message = f"unknown relations: {', '.join(sorted(unknown))}"
        raise ValueError(message)
    return [
        # Checked above to be one of the four.
        LabelledPair(
            row["language"],
            row["first"],
            row["second"],
            cast("Relation", row["relation"]),
            row.get("id", "")[:1],
        )
        for row in rows
    ]


def shipped_pairs() -> str:
    """Return the text of the CSV file that the shipped model was fitted on."""
    return files("kg.matching").joinpath("pairs.csv").read_text("utf-8")


def slots_of(texts: Sequence[str], encoder: Encoder) -> list[MeasureSlots]:
    """Return the slots of texts, read with the shipped thesaurus."""
    annotator, reader = _shipped_readers()
    prepared = prepare(texts, annotator, encoder, places=PlaceNames())
    return [reader.read(text) for text in prepared]


@cache
def _shipped_readers() -> tuple[Annotator, SlotReader]:
    thesaurus = Thesaurus.read(EmbeddedStore.in_memory(reference_quads("thesaurus")))
    annotator = Annotator(thesaurus)
    return annotator, SlotReader(thesaurus, annotator)


def pair_figures(pairs: Sequence[LabelledPair], slots: Sequence[MeasureSlots]) -> Figures:
    """Return one row of figures a pair; slots are those of all first, then all second texts."""
    half = len(pairs)
    return np.vstack([compare(slots[row], slots[half + row]).figures for row in range(half)])


def fit_likeness(pairs: Sequence[LabelledPair], slots: Sequence[MeasureSlots]) -> LikenessModel:
    """Return the model of labelled pairs; same pairs, same model."""
    texts = list({item.text: item for item in slots}.values())
    shifted = [texts[(row * STRIDE + 11) % len(texts)] for row in range(len(texts))]
    simple = [(item, item) for item in texts]
    simple += [(one, other) for one, other in zip(texts, shifted, strict=True) if one is not other]
    simple += _nearest(pairs, texts)
    added = np.vstack([compare(one, other).figures for one, other in simple])
    figures = np.vstack([pair_figures(pairs, slots), added])
    labels: list[Relation] = [pair.relation for pair in pairs]
    labels += ["same" if one is other else "different" for one, other in simple]
    weights = np.concatenate([np.ones(len(pairs)), np.full(len(simple), SIMPLE_WEIGHT)])
    mean = np.average(figures, axis=0, weights=weights)
    scale = np.sqrt(np.average((figures - mean) ** 2, axis=0, weights=weights))
    scale[scale < 1e-6] = 1.0
    table = np.column_stack([(figures - mean) / scale, np.ones(len(figures))])
    signs = np.array([-1.0 if name.endswith(_APART) else 1.0 for name in FEATURES])
    fitted = [
        _descend(
            table,
            np.array([float(label == relation) for label in labels]),
            weights,
            signs if relation == "same" else np.zeros(len(FEATURES)),
        )
        for relation in RELATIONS
    ]
    found = np.vstack(fitted)
    return LikenessModel(mean, scale, found[:, :-1], found[:, -1])


def _nearest(
    pairs: Sequence[LabelledPair], texts: Sequence[MeasureSlots]
) -> list[tuple[MeasureSlots, MeasureSlots]]:
    """Return every text with the nearest one in meaning that stands in no row with it."""
    place = {item.text: row for row, item in enumerate(texts)}
    meanings = np.vstack([item.meaning for item in texts])
    near = np.round(meanings @ meanings.T, 5)
    np.fill_diagonal(near, -2.0)
    for pair in pairs:
        one, other = (place.get(normalise(text)) for text in (pair.first, pair.second))
        if one is not None and other is not None:
            near[one, other] = near[other, one] = -2.0
    return [
        (item, texts[int(best)])
        for item, best, least in zip(texts, near.argmax(axis=1), near.max(axis=1), strict=True)
        if least > -2.0
    ]


def _descend(table: Figures, labels: Figures, weights: Figures, signs: Figures) -> Figures:
    """Return logistic coefficients by accelerated gradient steps; a sign of 0 leaves one free."""
    weighted = table * np.sqrt(weights)[:, None]
    length = float(np.linalg.norm(weighted, 2)) ** 2 / 4 + PENALTY
    ridge = np.full(table.shape[1], PENALTY)
    ridge[-1] = 0.0
    best = np.zeros(table.shape[1])
    ahead = best.copy()
    pace = 1.0
    for _ in range(STEPS):
        chances = 1.0 / (1.0 + np.exp(-np.clip(table @ ahead, -30, 30)))
        step = ahead - (table.T @ (weights * (chances - labels)) + ridge * ahead) / length
        step[:-1] = np.where(step[:-1] * signs < 0, 0.0, step[:-1])
        following = (1 + np.sqrt(1 + 4 * pace * pace)) / 2
        ahead = step + (pace - 1) / following * (step - best)
        best, pace = step, following
    return best


def area_under_curve(scores: Figures, positive: Flags, negative: Flags) -> float:
    """Return how often a positive scores above a negative; ties count half.

    >>> area_under_curve(np.array([0.9, 0.1]), np.array([True, False]), np.array([False, True]))
    1.0
    """
    high, low = scores[positive][:, None], scores[negative][None, :]
    return float((high > low).mean() + 0.5 * (high == low).mean())


def evaluation(
    pairs: Sequence[LabelledPair], figures: Figures, scores: Figures
) -> Mapping[str, tuple[float, float]]:
    """Return the AUC of "same" by group: of these scores and of the plain cosine."""
    cosines = figures[:, FEATURES.index("cosine")]
    relations = np.array([pair.relation for pair in pairs])
    languages = np.array([pair.language for pair in pairs])
    same = relations == "same"
    groups = {
        "all": (same, ~same),
        **{f"same/{name}": (same, relations == name) for name in RELATIONS[1:]},
        **{
            name: (same & (languages == name), ~same & (languages == name))
            for name in ("de", "en", "de-en")
        },
    }
    return {
        name: (area_under_curve(scores, *group), area_under_curve(cosines, *group))
        for name, group in groups.items()
        if group[0].any() and group[1].any()
    }


def held_out(pairs: Sequence[LabelledPair], slots: Sequence[MeasureSlots]) -> Figures:
    """Return the probability of "same" of each pair by a model fitted on other authors' pairs."""
    half = len(pairs)
    figures = pair_figures(pairs, slots)
    scores = np.zeros(half)
    authors = np.array([pair.author for pair in pairs])
    for author in sorted(set(authors)):
        rows = [row for row in range(half) if authors[row] != author]
        model = fit_likeness(
            [pairs[row] for row in rows],
            [*(slots[row] for row in rows), *(slots[half + row] for row in rows)],
        )
        own = authors == author
        scores[own] = model.probabilities(figures[own])[:, 0]
    return scores


def model_document(encoder: Encoder) -> dict[str, object]:
    """Return the content of the model file, fitted on the shipped pairs."""
    text = shipped_pairs()
    pairs, slots = _read(text, encoder)
    fitted = {
        "pairs": len(pairs),
        "sha256": hashlib.sha256(text.encode()).hexdigest(),
        "encoder": encoder.model,
        "meaning": hashlib.sha256(shipped_bytes()).hexdigest(),
    }
    return {**fit_likeness(pairs, slots).as_json(), "fitted": fitted}


def _read(text: str, encoder: Encoder) -> tuple[list[LabelledPair], list[MeasureSlots]]:
    pairs = read_pairs(text)
    texts = [*(pair.first for pair in pairs), *(pair.second for pair in pairs)]
    return pairs, slots_of(texts, encoder)


def _print(figures: Mapping[str, tuple[float, float]]) -> None:
    sys.stdout.write("AUC of same     model  cosine\n")
    for name, (model, cosine) in figures.items():
        sys.stdout.write(f"{name:15} {model:.3f}  {cosine:.3f}\n")


def main(arguments: Sequence[str] | None = None) -> int:
    """Write the model file, or print the figures of the shipped model."""
    parser = argparse.ArgumentParser(description="Fit or evaluate the likeness of measures.")
    parser.add_argument("--out", type=Path, help="model file to write")
    parser.add_argument("--evaluate", type=Path, help="CSV file of labelled pairs")
    parser.add_argument(
        "--held-out", action="store_true", help="each author's shipped pairs, fitted on the others'"
    )
    given = parser.parse_args(arguments)
    encoder = UniversalEncoder()
    if given.out is not None:
        given.out.write_text(json.dumps(model_document(encoder), indent=1) + "\n", "utf-8")
    if given.evaluate is not None:
        pairs, slots = _read(given.evaluate.read_text("utf-8"), encoder)
        figures = pair_figures(pairs, slots)
        _print(evaluation(pairs, figures, shipped_likeness().probabilities(figures)[:, 0]))
    if given.held_out:
        pairs, slots = _read(shipped_pairs(), encoder)
        figures, scores = pair_figures(pairs, slots), held_out(pairs, slots)
        for author in sorted({pair.author for pair in pairs}):
            rows = [row for row, pair in enumerate(pairs) if pair.author == author]
            sys.stdout.write(f"pairs {author!r}, fitted on the others\n")
            _print(evaluation([pairs[row] for row in rows], figures[rows], scores[rows]))
    return 0


if __name__ == "__main__":
    sys.exit(main())
