"""Fit the calibration: `python -m kg.matching.fit_calibration --gold DIR --out FILE`.

What counts as a negative is an assumption, since a source states what it serves and keeps silent on
the rest. It is this, for each model:

- sdg-goal: of a text with stated SDGs, every other goal. Where the source does not say that its
  labels are complete, such a goal has weight 0.7, so probabilities err on the low side.
- sdg-target: of a text with stated targets, every target of a goal the text does not state, and
  with weight 0.5 the targets of its goals that it does not name: they may well be served.
- concept-goal: of a measure, the other goals of its city's concepts (or, where its city has none,
  of the bodies above the cities). Where labels come from titles only (noisy) all weights are 0.5,
  and other goals of the same concept are left out.
- all: texts that have nothing to do with any aim (`unrelated.txt`), with every aim.

The penalty on coefficients draws log-odds together, and aims of one text are rivals; so log-odds of
held-out texts are rescaled by three figures (steepness, rivalry, shift) fitted on them. All
figures in the file come from cross-validation in groups: texts of one SDG, or of one city, are
never on both sides. No single row was looked at to choose anything.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import sys
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Final

import numpy as np

from kg.embedded import EmbeddedStore
from kg.matching.calibration import (
    DIGITS,
    FORMAT,
    Calibration,
    LinearModel,
    columns,
    rescale,
    sigmoid,
)
from kg.matching.evaluate import calibration_error, goal_matchers, measure
from kg.matching.examples import (
    FOLDS,
    PENALTY,
    Example,
    Examples,
    concept_examples,
    goal_examples,
    target_examples,
)
from kg.matching.gold import Gold, read_gold, unrelated_texts
from kg.matching.match import CONCEPT_FEATURES, TARGET_FEATURES, SdgMatcher
from kg.matching.rank import FEATURES, Matrix
from kg.matching.sdg import read_sdg_aims
from kg.matching.semantic import EmbeddingCache, UniversalEncoder
from kg.matching.thesaurus import Thesaurus
from ontology.reference import reference_quads

TABLES: Final = ("sdg_goals", "sdg_indicators", "sdg_targets", "thesaurus")
# An answer is given from the probability that at most this share of unrelated texts reaches.
UNRELATED_SHARE: Final = 0.02
LOWEST_LINE: Final = 0.3
HIGHEST_LINE: Final = 0.6


def fit_calibration(gold: Gold, *, fitted_on: date) -> dict[str, object]:
    """Return the content of the calibration file for labelled texts and the shipped reference."""
    store = EmbeddedStore.in_memory(quad for table in TABLES for quad in reference_quads(table))
    cache = EmbeddingCache(UniversalEncoder())
    matcher = SdgMatcher(read_sdg_aims(store), Thesaurus.read(store), cache, None)
    rows = [row for name in sorted(gold.sdg) for row in gold.sdg[name] if row.goals]
    texts = matcher.prepare([row.text for row in rows])
    unrelated = matcher.prepare(unrelated_texts())
    goals = goal_examples(matcher, rows, [*texts, *unrelated])
    targets = target_examples(matcher, rows, [*texts, *unrelated], goals.held_out())
    parts: dict[str, object] = {
        "sdg-goal": _part(goals, FEATURES),
        "sdg-target": _part(targets, TARGET_FEATURES),
    }
    goal_model = LinearModel.of_json(_mapping(parts["sdg-goal"]))
    target_model = LinearModel.of_json(_mapping(parts["sdg-target"]))
    draft = Calibration("draft", goal_model, target_model, goal_model)
    sdg = SdgMatcher(read_sdg_aims(store), matcher.thesaurus, cache, draft)
    concept = concept_examples(goal_matchers(gold, sdg, None), gold, sdg)
    parts["concept-goal"] = _part(concept, CONCEPT_FEATURES)
    content = {
        "format": FORMAT,
        "fitted": {
            "date": fitted_on.isoformat(),
            "texts": [
                {"name": file.name, "rows": file.rows, "sha256": file.sha256} for file in gold.files
            ],
            "unrelated_texts": len(unrelated_texts()),
            "reference": reference_checksum(),
            "encoder": cache.encoder.model,
            "protocol": " ".join((__doc__ or "").split("\n\n", 1)[1].split()),
            "folds": FOLDS,
            "penalty": PENALTY,
        },
        **parts,
    }
    return {"version": _version(content), **content}


def reference_checksum() -> str:
    """Return the SHA-256 of the shipped reference data that matching reads."""
    digest = hashlib.sha256()
    for table in TABLES:
        for line in sorted(str(quad) for quad in reference_quads(table)):
            digest.update(line.encode() + b"\n")
    return digest.hexdigest()


def _part(examples: Examples, names: Sequence[str]) -> dict[str, object]:
    odds = examples.held_out()
    scaling = examples.scaling(odds)
    chances = [sigmoid(rescale(values, scaling)) for values in odds]
    pairs = list(zip(examples.texts, chances, strict=True))
    highest = np.array([values.max() for text, values in pairs if not text.group])
    line = _line(highest)
    mean, scale, coefficients, intercept = examples.fit(range(FOLDS))
    model = LinearModel(
        columns(names),
        tuple(float(value) for value in mean),
        tuple(float(value) for value in scale),
        tuple(float(value) for value in coefficients),
        intercept,
        scaling,
        line,
    )
    labelled = [(text, values) for text, values in pairs if text.group]
    used = np.concatenate([text.weights for text, _ in labelled]) > 0
    labels = np.concatenate([text.labels for text, _ in labelled])[used]
    given = np.concatenate([values for _, values in labelled])[used]
    figures = measure("", "", [_ranked(text, values) for text, values in labelled]).as_json()
    return {
        **model.as_json(),
        "cross_validated": {
            **{key: value for key, value in figures.items() if key not in {"set", "against"}},
            "calibration_error_all_pairs": round(calibration_error(given, labels), DIGITS),
            "unrelated_below_line": round(float((highest < line).mean()), 3),
        },
        "positives": int(labels.sum()),
        "negatives": int(len(labels) - labels.sum()),
    }


def _ranked(text: Example, chances: Matrix) -> tuple[list[tuple[str, float]], set[str]]:
    order = np.argsort(-chances, kind="stable")
    ranked = [(text.iris[place], float(chances[place])) for place in order]
    return ranked, {text.iris[place] for place in np.flatnonzero(text.labels)}


def _line(highest: Matrix) -> float:
    reached = float(np.quantile(highest, 1 - UNRELATED_SHARE, method="higher"))
    stepped = np.ceil((reached + 1e-9) * 20) / 20
    return round(float(np.clip(stepped, LOWEST_LINE, HIGHEST_LINE)), 2)


def _version(content: Mapping[str, object]) -> str:
    text = json.dumps({key: value for key, value in content.items() if key != "fitted"})
    return hashlib.sha256(text.encode()).hexdigest()[:12]


def _mapping(value: object) -> Mapping[str, object]:
    return value if isinstance(value, Mapping) else {}


def main(arguments: Sequence[str] | None = None) -> int:
    """Fit and write the file; figures go to standard error."""
    parser = argparse.ArgumentParser(description="Fit the calibration on labelled texts.")
    parser.add_argument("--gold", type=Path, required=True, help="directory of labelled texts")
    parser.add_argument("--out", type=Path, required=True, help="calibration file to write")
    parser.add_argument("--date", type=date.fromisoformat, default=None, help="date to note")
    given = parser.parse_args(arguments)
    content = fit_calibration(read_gold(given.gold), fitted_on=given.date or date.today())
    text = json.dumps(content, ensure_ascii=False, indent=1) + "\n"
    fresh = given.out.with_suffix(".new")
    fresh.write_text(text, "utf-8")
    fresh.replace(given.out)
    for kind in ("sdg-goal", "sdg-target", "concept-goal"):
        part = _mapping(content[kind])
        line = f"{kind}: line {part['line']}, {part['cross_validated']}\n"
        sys.stderr.write(line)
    return 0


if __name__ == "__main__":
    sys.exit(main())
