"""Fit the classifier that reads a sentence's instrument (grant, advice, duty …) off its vector.

It learns from wordings of instruments, each around a few labels of the thesaurus, so that what is
promoted or forbidden tells nothing; labels alone are of no kind. No pair of measures is used.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np

from kg.matching.head import Head, balanced, fit_head
from kg.matching.semantic import Encoder
from kg.matching.thesaurus import Thesaurus

Wordings = Sequence[tuple[str, str, str]]

SEED: Final = 2
RIDGE: Final = 1e-3
# How many labels each wording is put around, and how many labels a language stand alone.
AROUND: Final = 10
ALONE: Final = 60


def fit_kinds(thesaurus: Thesaurus, wordings: Wordings, encoder: Encoder) -> Head:
    """Return the classifier of wordings given as kind, language and text with `{}` for a label."""
    random = np.random.default_rng(SEED)
    labels = {
        language: [
            label.text
            for concept in thesaurus.concepts.values()
            for label in sorted(concept.labels)
            if label.kind == "pref" and label.language == language
        ]
        for language in ("de", "en")
    }
    kinds = sorted({kind for kind, _, _ in wordings})
    texts: list[str] = []
    rows: list[int] = []
    for kind, language, wording in wordings:
        texts += [wording.replace("{}", text) for text in _some(labels[language], AROUND, random)]
        rows += [kinds.index(kind)] * (len(texts) - len(rows))
    for own in labels.values():
        texts += _some(own, ALONE, random)
    rows += [len(kinds)] * (len(texts) - len(rows))
    targets = np.eye(len(kinds) + 1)[rows]
    weights = balanced(targets, np.ones(len(rows)))
    return fit_head(kinds, encoder.encode(texts), targets, weights, ridge=RIDGE)


def _some(labels: Sequence[str], most: int, random: np.random.Generator) -> list[str]:
    places = random.permutation(len(labels))[:most]
    return [labels[place] for place in places.tolist()]
