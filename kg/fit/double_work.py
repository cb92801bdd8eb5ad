"""Find measures of the dataset that may be the same work twice, in one city or in two."""

from __future__ import annotations

from dataclasses import dataclass

from kg.fit.aims import KnownMeasure
from kg.fit.duplicates import has_ground, relation_of, worded
from kg.fit.index import FitIndex, mean_vector
from kg.fit.report import DuplicateRelation
from kg.language import Language
from kg.matching.likeness import Likeness, likenesses, shipped_likeness


@dataclass(frozen=True, slots=True)
class Pair:
    """Hold two measures that people should compare; the first has the smaller IRI.

    `relation` is "same" only where both belong to one city, else "elsewhere".
    """

    first: KnownMeasure
    second: KnownMeasure
    relation: DuplicateRelation
    similarity: float
    likeness: Likeness

    @property
    def cities(self) -> frozenset[str]:
        """Return the AGS of both."""
        return self.first.cities | self.second.cities

    def agrees(self, language: Language) -> tuple[str, ...]:
        """Return what speaks for one measure, in words."""
        return worded(self.likeness.agrees, language)

    def clashes(self, language: Language) -> tuple[str, ...]:
        """Return what speaks against it, in words."""
        return worded(self.likeness.clashes, language)


def double_work(index: FitIndex) -> tuple[Pair, ...]:
    """Return the pairs of measures that may be the same, the most probable first.

    Nothing is ever merged; every pair is for people to decide.
    """
    known, model = index.candidates, shipped_likeness()
    found: dict[tuple[int, int], Pair] = {}
    for place, measure in enumerate(known.measures):
        text = known.text(place)
        if not len(text.vectors):
            continue
        slots = known.slots(place)
        city = min(measure.cities, default="")
        near = [
            (other, cosine)
            for other, cosine in known.near(slots, mean_vector(text), city)
            if other != place and (min(place, other), max(place, other)) not in found
        ]
        alike = likenesses(slots, [known.slots(other) for other, _ in near], model)
        for (other, cosine), likeness in zip(near, alike, strict=True):
            own = bool(measure.cities & known.measures[other].cities)
            relation = relation_of(likeness, own=own)
            if relation is None or not has_ground(likeness, cosine, relation):
                continue
            pair = (min(place, other), max(place, other))
            first, second = (known.measures[item] for item in pair)
            found[pair] = Pair(first, second, relation, cosine, likeness)
    return tuple(sorted(found.values(), key=_order))


def _order(pair: Pair) -> tuple[bool, float, float, str, str]:
    return (
        pair.relation != "same",
        -round(pair.likeness.probability, 3),
        -round(pair.similarity, 3),
        pair.first.iri,
        pair.second.iri,
    )
