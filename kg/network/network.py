"""Describe things and relations by number, with their names and classes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from kg.errors import UnknownIri
from kg.labels import short_name
from kg.language import Language

Names = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Reified:
    """Hold what an interface or reference link says about the relation it describes.

    `confidence` is the probability that came with a proposal, None when none is stated.
    """

    iri: str
    is_open: bool
    confidence: float | None


@dataclass(frozen=True, slots=True)
class Link:
    """Hold one relation as seen from a thing; outward when the thing is its subject."""

    predicate: str
    other: int
    is_outward: bool
    reified: Reified | None


@dataclass(frozen=True, slots=True)
class Network:
    """Hold the things of a generation by number, 0 to n - 1, in the order of their IRIs.

    `names` has a German and an English name, "" where there is none; `codes` its numbers and
    codes, `words` its other names; `kinds` its most telling class; `cities` the municipality it
    belongs to, -1 for none; `inverses` how a relation is called from its other end. The links of
    thing i are the rows `starts[i]` to `starts[i + 1]` of `columns`: predicate, other thing,
    whether outward, and the reified link or -1.
    """

    iris: Sequence[str]
    index: Mapping[str, int]
    names: Sequence[Names]
    codes: Sequence[str]
    words: Sequence[str]
    kinds: Sequence[str]
    cities: Sequence[int]
    predicates: Sequence[str]
    inverses: Mapping[str, str]
    reified: Sequence[Reified]
    starts: NDArray[np.int32]
    columns: NDArray[np.int32]

    def __len__(self) -> int:
        """Return how many things there are."""
        return len(self.iris)

    def number(self, iri: str) -> int:
        """Return the number of a thing, or raise `UnknownIri`."""
        found = self.index.get(iri)
        if found is None:
            raise UnknownIri(iri)
        return found

    def label(self, thing: int, language: Language) -> str:
        """Return a thing's name: in the wanted language, else the other, else the IRI's end."""
        german, english = self.names[thing]
        wanted = (german or english) if language == "de" else (english or german)
        return wanted or short_name(self.iris[thing])

    def label_of(self, iri: str, language: Language) -> str:
        """Return the name of a thing or term that may be unknown here."""
        thing = self.index.get(iri)
        return short_name(iri) if thing is None else self.label(thing, language)

    def links(self, thing: int) -> list[Link]:
        """Return all relations of a thing, in both directions."""
        rows = self.columns[self.starts[thing] : self.starts[thing + 1]].tolist()
        return [
            Link(
                self.predicates[predicate],
                other,
                bool(is_outward),
                self.reified[via] if via >= 0 else None,
            )
            for predicate, other, is_outward, via in rows
        ]

    def others(self, thing: int) -> list[int]:
        """Return the things a thing is related to, each once, in the order of their numbers."""
        row = self.columns[self.starts[thing] : self.starts[thing + 1], 1]
        found: list[int] = np.unique(row).tolist()
        return found
