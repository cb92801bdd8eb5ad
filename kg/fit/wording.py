"""Hold the sentences of all aims, and find which one a measure comes nearest to."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from kg.fit.aims import Aim
from kg.language import LANGUAGES, Language
from kg.matching.prepare import PlaceNames
from kg.matching.semantic import EmbeddingCache, Vectors
from kg.matching.text import normalise, sentences


@dataclass(frozen=True, slots=True)
class AimSentence:
    """Hold a sentence of an aim; `number` counts from 1 in its wording, 0 is its label."""

    words: str
    number: int


@dataclass(frozen=True, slots=True)
class NearSentence:
    """Say which sentence of a measure (by place) is nearest to which one of an aim."""

    sentence: int
    aim: AimSentence
    cosine: float


class Wordings:
    """Hold the sentences of aims with their vectors; built once, never changed.

    An aim without a text in one language is read in the other.
    """

    def __init__(self, aims: Iterable[Aim], cache: EmbeddingCache, places: PlaceNames) -> None:
        self._sentences: list[AimSentence] = []
        self._rows: dict[tuple[str, Language], NDArray[np.intp]] = {}
        for aim in aims:
            for language in LANGUAGES:
                texts = aim.german if language == "de" else aim.english
                found = _sentences(texts or aim.german or aim.english)
                start = len(self._sentences)
                self._sentences += found
                self._rows[aim.iri, language] = np.arange(start, len(self._sentences))
        self._vectors = cache.vectors([places.removed(item.words) for item in self._sentences])

    def nearest(
        self, vectors: Vectors, aims: Sequence[str], language: Language
    ) -> Mapping[str, NearSentence]:
        """Return the nearest pair of sentences for each aim (IRI) that has a text."""
        groups = [(iri, self._rows[iri, language]) for iri in aims]
        groups = [(iri, rows) for iri, rows in groups if len(rows)]
        if not groups or not len(vectors):
            return {}
        every = np.concatenate([rows for _, rows in groups])
        cosines = self._vectors[every] @ vectors.T
        # The best sentence of the measure for each sentence of an aim, then the best of these.
        own = cosines.argmax(axis=1)
        best = cosines[np.arange(len(every)), own]
        found: dict[str, NearSentence] = {}
        start = 0
        for iri, rows in groups:
            place = start + int(best[start : start + len(rows)].argmax())
            sentence = self._sentences[int(every[place])]
            found[iri] = NearSentence(int(own[place]), sentence, float(best[place]))
            start += len(rows)
        return found


def _sentences(texts: Sequence[str]) -> list[AimSentence]:
    """Return the label, then the sentences of what follows it, each once."""
    found: dict[str, AimSentence] = {}
    number = 0
    for place, text in enumerate(texts):
        clean = normalise(text)
        if not place:
            found[clean] = AimSentence(clean, 0)
            continue
        for span in sentences(clean):
            number += 1
            words = span.of(clean)
            found.setdefault(words, AimSentence(words, number))
    return [item for item in found.values() if item.words]
