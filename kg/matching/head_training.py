"""Train the classifiers of vectors, and let each passage be read by one that did not see it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from kg.matching.head import Head, Readings, balanced, fit_head
from kg.matching.match import SdgMatcher
from kg.matching.rank import PHRASE_LINE, Matrix
from kg.matching.sdg import SdgAims
from kg.matching.semantic import EmbeddingCache, Vectors
from kg.matching.thesaurus import Thesaurus
from kg.matching.training_texts import Passage
from ontology.namespaces import SDG

GOAL_RIDGE: Final = 1e-3
TARGET_RIDGE: Final = 1e-3
# A passage says more about how people write than a label or a title does.
PASSAGE_WEIGHT: Final = 3.0


@dataclass(frozen=True, slots=True)
class Labelled:
    """Hold texts to train a classifier on: a row a text, a column a label and one for none."""

    vectors: Vectors
    targets: Matrix
    weights: Matrix


def phrase_rows(
    matcher: SdgMatcher, aims: SdgAims, thesaurus: Thesaurus, cache: EmbeddingCache
) -> dict[str, Labelled]:
    """Return the aims' own texts and the thesaurus' names, labelled with goals and targets."""
    owners: dict[str, set[str]] = defaultdict(set)
    for aim in (*aims.goals, *aims.targets):
        for text in aim.texts():
            owners[text].add(aim.iri)
    for concept in thesaurus.concepts.values():
        named = {link.aim for link in concept.aims if link.weight >= PHRASE_LINE}
        for label in concept.labels:
            if label.kind == "pref" and named:
                owners[label.text] |= named
    texts = sorted(owners)
    vectors = cache.vectors(texts)
    goal_of = {part: aim.iri for aim in aims.goals for part in (aim.iri, *aim.parts)}
    goals = [{goal_of[iri] for iri in owners[text] if iri in goal_of} for text in texts]
    targets = [owners[text] & set(matcher.targets) for text in texts]
    return {
        "goal": _labelled(matcher.goals, goals, vectors),
        "target": _labelled(matcher.targets, targets, vectors),
    }


def _labelled(labels: Sequence[str], stated: Sequence[set[str]], vectors: Vectors) -> Labelled:
    kept = [place for place, own in enumerate(stated) if own]
    targets = _targets(labels, [stated[place] for place in kept])
    return Labelled(vectors[kept], targets, np.ones(len(kept)))


def _targets(labels: Sequence[str], stated: Sequence[set[str]]) -> Matrix:
    places = {label: place for place, label in enumerate(labels)}
    found = np.zeros((len(stated), len(labels) + 1))
    for row, own in enumerate(stated):
        for label in own:
            found[row, places[label]] = 1.0 / len(own)
        if not own:
            found[row, -1] = 1.0
    return found


def passage_rows(
    labels: Sequence[str], passages: Sequence[Passage], unrelated: int, vectors: Vectors, kind: str
) -> Labelled:
    """Return passages and unrelated texts; one with goals but no target says nothing of targets."""
    known = set(labels)
    stated = [{SDG + code for code in getattr(item, kind)} & known for item in passages]
    weights = [
        PASSAGE_WEIGHT if own or not item.goals else 0.0
        for own, item in zip(stated, passages, strict=True)
    ]
    stated += [set()] * unrelated
    weights += [1.0] * unrelated
    return Labelled(vectors, _targets(labels, stated), np.array(weights))


def trained_head(labels: Sequence[str], phrases: Labelled, own: Labelled, ridge: float) -> Head:
    """Return the classifier for phrases and passages, every label weighing the same."""
    targets = np.vstack([phrases.targets, own.targets])
    weights = balanced(targets, np.concatenate([phrases.weights, own.weights]))
    return fit_head(
        labels, np.vstack([phrases.vectors, own.vectors]), targets, weights, ridge=ridge
    )


def held_out_readings(
    labels: Sequence[str], phrases: Labelled, own: Labelled, folds: Sequence[int], ridge: float
) -> Readings:
    """Return the readings of the texts, each by a classifier trained without its fold."""
    fold = np.array(folds)
    found: Readings | None = None
    for number in sorted(set(folds)):
        kept, left = fold != number, fold == number
        rest = Labelled(own.vectors[kept], own.targets[kept], own.weights[kept])
        reading = trained_head(labels, phrases, rest, ridge).reading(own.vectors[left], labels)
        if found is None:
            found = np.zeros((len(fold), *reading.shape[1:]))
        found[left] = reading
    return found if found is not None else np.zeros((0, len(labels), 4))
