"""Train the model from the thesaurus, the aims' own texts and texts written for this purpose.

Two classifiers read vectors of texts; three logistic models weigh their readings with all other
figures. Every passage is read by classifiers trained without its fold before the logistic models
are fitted, so these learn how far to trust a reading of a text not seen before. The penalty on
coefficients draws log-odds together, and aims of one text are rivals; so log-odds of held-out texts
are rescaled by three figures (steepness, rivalry, shift) fitted on them. Same input, same model.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Literal

import numpy as np

from kg.matching.calibration import LinearModel, columns, damp, rescale, sigmoid
from kg.matching.concept_training import concept_examples
from kg.matching.examples import (
    FOLDS,
    PENALTY,
    Example,
    Examples,
    goal_examples,
    target_examples,
)
from kg.matching.figures import measure
from kg.matching.head import Heads, text_vectors
from kg.matching.head_training import (
    GOAL_RIDGE,
    TARGET_RIDGE,
    held_out_readings,
    passage_rows,
    phrase_rows,
    trained_head,
)
from kg.matching.match import (
    CONCEPT_FEATURES,
    GOAL_FEATURES,
    TARGET_FEATURES,
    SdgMatcher,
)
from kg.matching.model import FORMAT, KINDS, Model, heads_bytes, heads_of
from kg.matching.rank import Matrix
from kg.matching.review_training import NO_REVIEWS, Reviewed, ReviewExamples
from kg.matching.sdg import SdgAims
from kg.matching.semantic import EmbeddingCache
from kg.matching.thesaurus import Thesaurus
from kg.matching.training_texts import TrainingTexts

# How far log-odds above zero are trusted. Texts of cities and ministries are further from the
# training texts than these are from each other, so first answers held less often on development
# texts than on passages held out; chosen there once for goals and targets, see docs/quality.md.
SLOPES: Final[Mapping[str, float]] = {"sdg-goal": 0.3, "sdg-target": 0.3, "concept-goal": 1.0}
# An answer is given from the probability that at most this share of unrelated texts reaches.
UNRELATED_SHARE: Final = 0.02
LOWEST_LINES: Final[Mapping[str, float]] = {"sdg-goal": 0.5, "sdg-target": 0.3, "concept-goal": 0.3}
HIGHEST_LINE: Final = 0.6
Kind = Literal["sdg-goal", "sdg-target", "concept-goal"]
FIGURES: Final[Mapping[Kind, Sequence[str]]] = {
    "sdg-goal": GOAL_FEATURES,
    "sdg-target": TARGET_FEATURES,
    "concept-goal": CONCEPT_FEATURES,
}


@dataclass(frozen=True, slots=True)
class Trained:
    """Hold a trained model and the contents of its two files."""

    model: Model
    weights: bytes
    heads: bytes

    def held_out(self) -> dict[str, dict[str, object]]:
        """Return by model the figures on texts held out while it was fitted."""
        document = json.loads(self.weights)
        return {kind: document[kind]["held_out"] for kind in KINDS}

    def summary(self) -> dict[str, object]:
        """Return version, what it was trained on, and the figures held out."""
        return {
            "version": self.model.version,
            "fitted": dict(self.model.fitted),
            "held_out": self.held_out(),
        }


def train(
    aims: SdgAims,
    thesaurus: Thesaurus,
    cache: EmbeddingCache,
    texts: TrainingTexts,
    *,
    trained_on: Mapping[str, object],
    reviewed: Reviewed = NO_REVIEWS,
) -> Trained:
    """Return the model for a store's SDG aims and thesaurus.

    `trained_on` is kept in the model's file as it is: names and checksums of what it rests on.
    Reviewed texts weigh in the logistic models only; figures held out never count them.
    """
    matcher = SdgMatcher(aims, thesaurus, cache, None)
    passages = matcher.prepare_known([passage.text for passage in texts.passages])
    unrelated = matcher.prepare_known(texts.unrelated)
    every = [*passages, *unrelated]
    folds = [_fold(passage.text) for passage in texts.passages]
    folds += [_fold(text) for text in texts.unrelated]
    phrases = phrase_rows(matcher, aims, thesaurus, cache)
    vectors = text_vectors([text.vectors for text in every])
    goal = passage_rows(matcher.goals, texts.passages, len(unrelated), vectors, "goals")
    target = passage_rows(matcher.targets, texts.passages, len(unrelated), vectors, "targets")
    goal_readings = held_out_readings(matcher.goals, phrases["goal"], goal, folds, GOAL_RIDGE)
    target_readings = held_out_readings(
        matcher.targets, phrases["target"], target, folds, TARGET_RIDGE
    )
    heads_file = heads_bytes(
        Heads(
            trained_head(matcher.goals, phrases["goal"], goal, GOAL_RIDGE),
            trained_head(matcher.targets, phrases["target"], target, TARGET_RIDGE),
        )
    )
    heads = heads_of(heads_file)
    figures = matcher.figures(every)
    goals = goal_examples(
        matcher.goals,
        [np.column_stack([f.goals, r]) for f, r in zip(figures, goal_readings, strict=True)],
        texts.passages,
        folds,
    )
    reviews = ReviewExamples(reviewed, matcher, heads, [_fold(own.text) for own in reviewed.texts])
    goals = goals.with_more(reviews.goals())
    goal_part, goal_odds = _part(goals, "sdg-goal")
    tables = [
        matcher.target_table(own.targets, reading, odds)
        for own, reading, odds in zip(
            figures, target_readings, goal_odds[: len(every)], strict=True
        )
    ]
    above = [matcher.over_targets(sigmoid(odds)) for odds in goal_odds[: len(every)]]
    targets = target_examples(matcher.targets, tables, texts.passages, folds, above)
    targets = targets.with_more(reviews.targets(goal_odds[len(every) :]))
    target_part, _ = _part(targets, "sdg-target")
    goal_model, target_model = LinearModel.of_json(goal_part), LinearModel.of_json(target_part)
    draft = Model("draft", heads, goal_model, target_model, goal_model, {})
    sdg = SdgMatcher(aims, thesaurus, cache, draft)
    concepts = concept_examples(texts.cities, sdg, unrelated)
    next_fold = 1 + max((text.fold for text in concepts.texts), default=-1)
    concepts = concepts.with_more(reviews.concepts(sdg, first_fold=next_fold))
    concept_part, _ = _part(concepts, "concept-goal")
    parts = {"sdg-goal": goal_part, "sdg-target": target_part, "concept-goal": concept_part}
    fitted = {
        **trained_on,
        "passages": len(texts.passages),
        "unrelated": len(texts.unrelated),
        "city_measures": len(texts.cities.measures),
        "encoder": cache.encoder.model,
        "folds": FOLDS,
        "penalty": PENALTY,
        "ridge": {"goal": GOAL_RIDGE, "target": TARGET_RIDGE},
        "slopes": dict(SLOPES),
        **({"reviewed": reviewed.as_json()} if reviewed.texts else {}),
    }
    content = {"format": FORMAT, "heads": hashlib.sha256(heads_file).hexdigest(), **parts}
    version = hashlib.sha256(json.dumps(content).encode()).hexdigest()[:12]
    document = {"version": version, "fitted": fitted, **content}
    weights = (json.dumps(document, ensure_ascii=False, indent=1) + "\n").encode()
    model = Model(
        version, heads, goal_model, target_model, LinearModel.of_json(concept_part), fitted
    )
    return Trained(model, weights, heads_file)


def _fold(text: str) -> int:
    return int(hashlib.sha256(text.encode()).hexdigest(), 16) % FOLDS


def _part(examples: Examples, kind: Kind) -> tuple[dict[str, object], list[Matrix]]:
    """Return one model as its file keeps it, and the log-odds of texts held out."""
    odds = examples.held_out()
    # Goals are judged one by one; only targets, and goals of a city, are rivals of one another.
    scaling = (1.0, 0.0, 0.0) if kind == "sdg-goal" else examples.scaling(odds)
    slopes = (SLOPES[kind], 1.0)
    rescaled = [damp(rescale(values, scaling), slopes) for values in odds]
    chances = [
        sigmoid(values) * text.above for text, values in zip(examples.texts, rescaled, strict=True)
    ]
    silent = [
        float(values.max())
        for text, values in zip(examples.texts, chances, strict=True)
        if not text.related and not text.part
    ]
    line = _line(np.array(silent), LOWEST_LINES[kind])
    mean, scale, coefficients, intercept = examples.fit({text.fold for text in examples.texts})
    model = LinearModel(
        columns(FIGURES[kind]),
        tuple(float(value) for value in mean),
        tuple(float(value) for value in scale),
        tuple(float(value) for value in coefficients),
        intercept,
        scaling,
        slopes,
        line,
    )
    answers = [
        (_ranked(text, values), {text.iris[place] for place in np.flatnonzero(text.labels)})
        for text, values in zip(examples.texts, chances, strict=True)
        if not text.reviewed and not text.part
    ]
    figures = measure("", "", answers).as_json()
    return {
        **model.as_json(),
        "held_out": {
            **{key: value for key, value in figures.items() if key not in {"set", "against"}},
            "unrelated_below_line": round(float((np.array(silent) < line).mean()), 3),
        },
        "texts": len(answers),
        "positives": sum(len(stated) for _, stated in answers),
    }, rescaled


def _ranked(text: Example, chances: Matrix) -> list[tuple[str, float]]:
    order = np.argsort(-chances, kind="stable")
    return [(text.iris[place], float(chances[place])) for place in order]


def _line(highest: Matrix, lowest: float) -> float:
    reached = float(np.quantile(highest, 1 - UNRELATED_SHARE, method="higher"))
    stepped = np.ceil((reached + 1e-9) * 20) / 20
    return round(float(np.clip(stepped, lowest, HIGHEST_LINE)), 2)
