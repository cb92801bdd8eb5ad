"""Weigh what the concepts that a text names say for each aim."""

from __future__ import annotations

from array import array
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import log
from typing import Final

import numpy as np
from numpy.typing import NDArray

from kg.matching.postings import Places, Postings, Query, Rows, Table
from kg.matching.prepare import Batch, PreparedText, concept_strengths
from kg.matching.thesaurus import Concept, Thesaurus

# How much an aim that names a wider or a related concept counts for the concept itself.
NARROWER: Final = 0.6
RELATED: Final = 0.4

Named = tuple[NDArray[np.int32], Table]


@dataclass(frozen=True, slots=True)
class NearConcepts:
    """Hold what an aim may name in the place of a concept, and how much it then counts.

    `sources` has the concept itself and those around it by concept, `heard` by source the concepts
    that it counts for.
    """

    sources: Mapping[str, tuple[tuple[str, float], ...]]
    heard: Mapping[str, tuple[str, ...]]

    @classmethod
    def of(cls, thesaurus: Thesaurus) -> NearConcepts:
        """Return what counts for each concept: itself, wider concepts and related ones."""
        sources: dict[str, tuple[tuple[str, float], ...]] = {}
        heard: dict[str, list[str]] = defaultdict(list)
        for concept, entry in thesaurus.concepts.items():
            related = ((near, RELATED) for near in entry.related)
            sources[concept] = ((concept, 1.0), *_wider(entry, thesaurus), *related)
            for source, _ in sources[concept]:
                heard[source].append(concept)
        return cls(sources, {source: tuple(own) for source, own in heard.items()})


class ConceptWeights:
    """Hold by concept how strongly it speaks for aims; built once, never changed."""

    def __init__(self, named: Mapping[str, Named], size: int) -> None:
        self._number = {concept: number for number, concept in enumerate(named)}
        lengths = np.array([len(places) for places, _ in named.values()], dtype=np.intp)
        empty = np.zeros(0, dtype=np.int32)
        places = np.concatenate([empty, *(places for places, _ in named.values())])
        values = np.concatenate(
            [empty.astype(np.float32), *(weights for _, weights in named.values())]
        )
        self._by_concept = Rows.counted(lengths, places, values)
        self.postings = Postings(self._by_concept.turned(size), len(named))

    @classmethod
    def of(cls, weights: Mapping[str, Mapping[int, float]], size: int) -> ConceptWeights:
        """Return weights that are given by concept and place of the aim."""
        named = {
            concept: (
                np.array(sorted(own), dtype=np.int32),
                np.array([own[place] for place in sorted(own)], dtype=np.float32),
            )
            for concept, own in weights.items()
            if own
        }
        return cls(named, size)

    @classmethod
    def shared(cls, texts: Iterable[PreparedText], near: NearConcepts) -> ConceptWeights:
        """Return how strongly each aim's own text speaks of a concept, rarer concepts more.

        A wider or related concept in the aim's text counts for the concept too, but less.
        """
        places: dict[str, array[int]] = defaultdict(lambda: array("i"))
        weights: dict[str, array[float]] = defaultdict(lambda: array("d"))
        size = 0
        for place, text in enumerate(texts):
            size = place + 1
            for concept, weight in concept_strengths(text).items():
                places[concept].append(place)
                weights[concept].append(weight)
        whole = log(1 + size)
        spoken: dict[str, tuple[NDArray[np.int32], NDArray[np.float64]]] = {}
        for concept, own in places.items():
            rarity = log(1 + size / len(own)) / whole
            spoken[concept] = (
                np.array(own, dtype=np.int32),
                np.array(weights[concept], dtype=np.float64) * rarity,
            )
        known = {concept for source in spoken for concept in near.heard.get(source, ())}
        named: dict[str, Named] = {}
        for concept in sorted(known):
            sources = near.sources[concept]
            parts = [(*spoken[source], factor) for source, factor in sources if source in spoken]
            named[concept] = _largest(parts)
        return cls(named, size)

    def query(self, prepared: Sequence[PreparedText]) -> Query:
        """Return the known concepts that texts name and do not deny."""
        texts: list[int] = []
        concepts: list[int] = []
        weights: list[float] = []
        for place, own in enumerate(Batch.of(prepared).concepts):
            for concept, weight in own.items():
                number = self._number.get(concept)
                if number is not None:
                    texts.append(place)
                    concepts.append(number)
                    weights.append(weight)
        return Query(
            np.array(texts, dtype=np.intp),
            np.array(concepts, dtype=np.intp),
            np.array(weights, dtype=np.float32),
            len(prepared),
        )

    def evidence(self, prepared: Sequence[PreparedText]) -> Table:
        """Return for each text (row) and aim the logarithm of what the named concepts say."""
        return np.asarray(np.log1p(self.postings.everywhere(self.query(prepared))))

    def weight(self, concept: str, places: Sequence[int]) -> float:
        """Return the largest weight of a concept for the aims at these places."""
        number = self._number.get(concept)
        if number is None:
            return 0.0
        own = slice(self._by_concept.starts[number], self._by_concept.starts[number + 1])
        held = self._by_concept.columns[own]
        at = np.searchsorted(held, places)
        inside = at < len(held)
        at = at[inside]
        found = self._by_concept.values[own][at[held[at] == np.asarray(places)[inside]]]
        return float(found.max(initial=0.0))


def _largest(
    parts: Sequence[tuple[NDArray[np.int32], NDArray[np.float64], float]],
) -> Named:
    """Return the largest weight at each place, places ascending."""
    places = np.concatenate([own for own, _, _ in parts])
    values = np.concatenate([own * factor for _, own, factor in parts])
    order = np.argsort(places, kind="stable")
    sorted_places = places[order]
    firsts: Places = np.flatnonzero(np.diff(sorted_places, prepend=-1))
    largest = np.maximum.reduceat(values[order], firsts)
    return sorted_places[firsts], largest.astype(np.float32)


def _wider(concept: Concept, thesaurus: Thesaurus) -> list[tuple[str, float]]:
    """Return the concepts one and two steps above a concept, with what is left of the weight."""
    found: dict[str, float] = {}
    step = [concept]
    factor = NARROWER
    for _ in range(2):
        above = sorted({iri for entry in step for iri in entry.broader} - found.keys())
        found.update(dict.fromkeys(above, factor))
        step = [thesaurus.concepts[iri] for iri in above if iri in thesaurus.concepts]
        factor *= NARROWER
    return sorted(found.items())
