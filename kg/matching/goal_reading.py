"""Read the goals of concepts into arrays, some thousands at a time, so that few texts are held."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from kg.matching.aim_table import Stored
from kg.matching.concept_weights import ConceptWeights, NearConcepts
from kg.matching.head import text_vectors
from kg.matching.prepare import Batch, PreparedText
from kg.matching.rank import HALF_FROM, AimText
from kg.matching.scores import unit_profiles
from kg.matching.semantic import DIMENSIONS

# An aim with at most so many topic words is a heading.
HEADING_WORDS: Final = 4
_TOGETHER: Final = 4096


@dataclass(frozen=True, slots=True)
class GoalTexts:
    """Hold what the whole texts of goals say, a row a goal.

    `own` has the SDG probabilities of each text, `profiles` the same as unit vectors; the vectors
    of very many goals are in half precision, to save memory.
    """

    weights: ConceptWeights
    openings: Stored
    wholes: Stored
    headings: NDArray[np.float32]
    own: Stored
    profiles: Stored


def read_goals(
    aims: Sequence[AimText],
    prepared: Callable[[Sequence[str]], Sequence[PreparedText]],
    chances: Callable[[Sequence[PreparedText]], NDArray[np.float32]],
    near: NearConcepts,
) -> GoalTexts:
    """Return what goals say, with a way to prepare texts and one to tell their SDG chances."""
    size = len(aims)
    width = chances(()).shape[1]
    kind = np.float16 if size >= HALF_FROM else np.float32
    openings, wholes = np.zeros((size, DIMENSIONS), kind), np.zeros((size, DIMENSIONS), kind)
    own, profiles = np.zeros((size, width), kind), np.zeros((size, width), kind)
    headings = np.zeros(size, dtype=np.float32)

    def texts() -> Iterator[PreparedText]:
        for start in range(0, size, _TOGETHER):
            some = aims[start : start + _TOGETHER]
            batch = Batch(prepared([" \n\n".join(aim.german or aim.english) for aim in some]))
            rows = slice(start, start + len(batch))
            openings[rows] = text_vectors([text.vectors[:1] for text in batch])
            wholes[rows] = text_vectors([text.vectors for text in batch])
            headings[rows] = [len(terms) <= HEADING_WORDS for terms in batch.terms]
            found = chances(batch)
            own[rows] = found
            profiles[rows] = unit_profiles(found)
            yield from batch

    weights = ConceptWeights.shared(texts(), near)
    return GoalTexts(weights, openings, wholes, headings, own, profiles)
