"""Find quickly which known measures may be alike: by the cosine and by the concepts they share."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from kg.fit.aims import KnownMeasure
from kg.matching.prepare import PreparedText
from kg.matching.rank import Matrix
from kg.matching.slots import MeasureSlots, SlotReader
from kg.matching.text import is_function_word, is_generic, tokens

Places = NDArray[np.intp]

OWN: Final = 5
ELSEWHERE: Final = 3
# Below both lines two measures have nothing to do with each other.
LEAST_COSINE: Final = 0.3
LEAST_SHARED: Final = 0.3


class Candidates:
    """Hold all measures of the dataset ready for comparison; slots are read when first needed."""

    def __init__(
        self,
        measures: Sequence[KnownMeasure],
        texts: Sequence[PreparedText],
        vectors: Matrix,
        reader: SlotReader,
    ) -> None:
        self.measures = tuple(measures)
        self.reader = reader
        self._texts = tuple(texts)
        self._vectors = np.asarray(vectors, dtype=np.float32)
        self._slots: dict[int, MeasureSlots] = {}
        self._words: dict[int, Mapping[str, str]] = {}
        naming: dict[str, list[int]] = defaultdict(list)
        named: list[int] = []
        for place, text in enumerate(texts):
            concepts = {mention.concept for mention in text.mentions}
            named.append(len(concepts))
            for concept in concepts:
                naming[concept].append(place)
        self._naming = {
            concept: np.array(places, dtype=np.intp) for concept, places in naming.items()
        }
        self._named = np.array(named, dtype=np.float32)
        members: dict[str, list[int]] = defaultdict(list)
        for place, measure in enumerate(measures):
            for city in measure.cities:
                members[city].append(place)
        self._members = {city: np.array(places, dtype=np.intp) for city, places in members.items()}

    def text(self, place: int) -> PreparedText:
        """Return the prepared text of a measure."""
        return self._texts[place]

    def slots(self, place: int) -> MeasureSlots:
        """Return the slots of a measure, read once."""
        found = self._slots.get(place)
        if found is None:
            found = self._slots[place] = self.reader.read(self._texts[place])
        return found

    def words(self, place: int) -> Mapping[str, str]:
        """Return the topic words of a measure's text by their stems, read once."""
        found = self._words.get(place)
        if found is None:
            found = self._words[place] = topic_words(self._texts[place])
        return found

    def near(self, slots: MeasureSlots, vector: Matrix, city: str) -> list[tuple[int, float]]:
        """Return places of measures worth comparing with their cosines, in the order held.

        They are the nearest of the city by either sign, and fewer of all the cities.
        """
        if not self.measures:
            return []
        cosines = self._vectors @ vector.astype(np.float32)
        shared = self._shared(slots)
        picked: set[int] = set()
        for scores, least in ((cosines, LEAST_COSINE), (shared, LEAST_SHARED)):
            own = self._members.get(city)
            if own is not None:
                picked.update(own[_best(scores[own], OWN, least)].tolist())
            picked.update(_best(scores, ELSEWHERE, least).tolist())
        return [(place, float(cosines[place])) for place in sorted(picked)]

    def _shared(self, slots: MeasureSlots) -> NDArray[np.float32]:
        """Return for each measure how much of the concepts it shares, neighbours counting less."""
        found = np.zeros(len(self.measures), dtype=np.float32)
        for concept, weight in slots.concepts.items():
            places = self._naming.get(concept)
            if places is not None:
                found[places] += weight
        for concept, closeness in slots.near.items():
            places = self._naming.get(concept)
            if places is not None and concept not in slots.concepts:
                found[places] += closeness / 2
        return np.asarray(found / np.sqrt((1 + len(slots.concepts)) * (1 + self._named)))


def topic_words(text: PreparedText) -> dict[str, str]:
    """Return the longer topic words of a text as it has them, by their stems."""
    language = text.language
    return {
        token.stem: token.span.of(text.text)
        for token in tokens(text.text, language)
        if len(token.word) > 3
        and not is_function_word(token.word, language)
        and not is_generic(token.word)
    }


def _best(scores: NDArray[np.float32], most: int, least: float) -> Places:
    """Return the places of the highest scores; of equal ones the first."""
    enough = np.flatnonzero(scores >= least)
    order = np.argsort(-np.round(scores[enough], 5), kind="stable")[:most]
    return np.asarray(enough[order], dtype=np.intp)
