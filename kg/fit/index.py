"""Build once per generation what a check needs; the result never changes."""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Final, TypeVar

import numpy as np

from kg.dataset import Generation
from kg.fit.aims import (
    Aim,
    KnownMeasure,
    Link,
    StatedConflict,
    StatedInterface,
    read_aims,
    read_conflicts,
    read_interfaces,
    read_links,
    rows,
)
from kg.fit.known import Slots, read_measures, read_slots
from kg.fit.nature import Nature, nature_of_mentions
from kg.fit.ties import Tie, ties_of, worded_ties
from kg.matching import thesaurus_file
from kg.matching.calibration import Calibration, shipped_calibration
from kg.matching.match import GoalMatcher, SdgMatcher
from kg.matching.prepare import PlaceNames, PreparedText
from kg.matching.rank import AimText, Matrix
from kg.matching.sdg import read_sdg_aims
from kg.matching.semantic import EmbeddingCache, Encoder, UniversalEncoder
from kg.matching.thesaurus import Thesaurus
from kg.store import Store, text_of
from ontology.namespaces import scheme

# Beside the generations, so that the next one finds the vectors of texts that stayed.
EMBEDDINGS: Final = "embeddings.npz"
TIED: Final = frozenset({"concept-goal", "framework-aim"})
Entry = TypeVar("Entry", Link, StatedInterface, StatedConflict)


@dataclass(frozen=True, slots=True)
class Mechanism:
    """Say when a mechanism such as a rebound effect is worth a look: all given parts must hold.

    A part holds when the measure has one of its concepts, R-strategies or fields.
    """

    iri: str
    concepts: frozenset[str]
    r_strategies: frozenset[str]
    fields: frozenset[str]


@dataclass(frozen=True, slots=True)
class CityGoals:
    """Hold the goals of a city's concepts and the matcher for them."""

    aims: tuple[Aim, ...]
    matcher: GoalMatcher


@dataclass(frozen=True, slots=True)
class CityMeasures:
    """Hold the measures of a city, prepared, with one unit vector each."""

    measures: tuple[KnownMeasure, ...]
    texts: tuple[PreparedText, ...]
    vectors: Matrix


@dataclass(frozen=True, slots=True)
class FitIndex:
    """Hold one generation ready for checks."""

    generation: str
    calibration: Calibration
    thesaurus: Thesaurus
    sdg: SdgMatcher
    aims: Mapping[str, Aim]
    goals: Mapping[str, CityGoals]
    frameworks: CityGoals
    measures: Mapping[str, CityMeasures]
    slots: Slots
    links_from: Mapping[str, tuple[Link, ...]]
    links_to: Mapping[str, tuple[Link, ...]]
    interfaces_from: Mapping[str, tuple[StatedInterface, ...]]
    conflicts_from: Mapping[str, tuple[StatedConflict, ...]]
    mechanisms: tuple[Mechanism, ...]
    ties: Mapping[str, tuple[Tie, ...]]
    indicator_concepts: Mapping[str, frozenset[str]]
    natures: Mapping[str, Nature]

    @property
    def cities(self) -> tuple[str, ...]:
        """Return the AGS of the municipalities that have goals or measures, sorted."""
        return tuple(sorted({*self.goals, *self.measures}))

    @classmethod
    def build(
        cls,
        store: Store,
        *,
        generation: str,
        cache: Path | None = None,
        encoder: Encoder | None = None,
        calibration: Calibration | None = None,
        thesaurus: Thesaurus | None = None,
    ) -> FitIndex:
        """Return the index of a store; the cache file, if given, keeps vectors of its texts.

        A thesaurus that was read already is not read again.
        """
        vectors = EmbeddingCache(encoder or UniversalEncoder(), cache)
        model = calibration or shipped_calibration()
        thesaurus = Thesaurus.read(store) if thesaurus is None else thesaurus
        places = PlaceNames(_place_names(store, thesaurus))
        sdg = SdgMatcher(read_sdg_aims(store), thesaurus, vectors, model, places=places)
        aims = read_aims(store)
        links = read_links(store)
        interfaces = read_interfaces(store)
        conflicts = read_conflicts(store)
        by_city: dict[str, list[Aim]] = defaultdict(list)
        for aim in aims:
            if aim.kind == "concept-goal":
                for city in sorted({document.city for document in aim.documents}):
                    by_city[city].append(aim)
        by_link = _grouped((link.source, link) for link in links)
        by_interface = _grouped((item.source, item) for item in interfaces)
        goals = {city: _city_goals(by_city[city], sdg, model) for city in sorted(by_city)}
        worded = {
            aim.iri: worded_ties(scores, model.target.line)
            for own in goals.values()
            for aim, scores in zip(own.aims, own.matcher.own_sdg, strict=True)
        }
        slots = read_slots(store)
        index = cls(
            generation,
            model,
            thesaurus,
            sdg,
            {aim.iri: aim for aim in aims},
            goals,
            _city_goals([aim for aim in aims if aim.kind == "framework-aim"], sdg, model),
            _city_measures(read_measures(store), sdg),
            slots,
            by_link,
            _grouped((link.target, link) for link in links),
            by_interface,
            _grouped((conflict.source, conflict) for conflict in conflicts),
            _mechanisms(),
            {
                aim.iri: ties_of(
                    by_link.get(aim.iri, ()), by_interface.get(aim.iri, ()), worded.get(aim.iri, ())
                )
                for aim in aims
                if aim.kind in TIED
            },
            _indicator_concepts(slots, sdg),
            {
                aim.iri: nature_of_mentions(
                    sdg.annotator.annotate("\n".join(aim.german), "de"), thesaurus
                )
                for aim in aims
                if aim.kind in TIED
            },
        )
        vectors.save()
        return index

    @classmethod
    def of_generation(cls, generation: Generation, store: Store) -> FitIndex:
        """Return the index of a published generation, which is open as `store`."""
        return cls.build(
            store,
            generation=generation.name,
            cache=generation.directory.parent.parent / EMBEDDINGS,
            thesaurus=thesaurus_file.of_bytes(generation.file(thesaurus_file.NAME)),
        )

    def city_or_only(self, city: str | None) -> str:
        """Return the given city, else the only one there is, else ""."""
        if city:
            return city
        return self.cities[0] if len(self.cities) == 1 else ""


def _place_names(store: Store, thesaurus: Thesaurus) -> list[str]:
    """Return the names of municipalities that are no words of the thesaurus, such as Essen."""
    names = {text_of(row["name"]).strip() for row in rows(store, "municipalities")}
    words = {
        label.text.casefold() for concept in thesaurus.concepts.values() for label in concept.labels
    }
    return sorted(name for name in names if name.casefold() not in words)


def _city_goals(aims: Sequence[Aim], sdg: SdgMatcher, model: Calibration) -> CityGoals:
    texts = [
        AimText(
            aim.iri,
            tuple(map(sdg.places.removed, aim.german)),
            tuple(map(sdg.places.removed, aim.english)),
        )
        for aim in aims
    ]
    return CityGoals(tuple(aims), GoalMatcher(texts, sdg, model))


def _indicator_concepts(slots: Slots, sdg: SdgMatcher) -> Mapping[str, frozenset[str]]:
    """Return the concepts that the label of each indicator names."""
    return {
        iri: frozenset(
            mention.concept for mention in sdg.annotator.annotate(slots.labels[iri].de, "de")
        )
        for iri in slots.of_kind("indicator")
    }


def _city_measures(measures: Sequence[KnownMeasure], sdg: SdgMatcher) -> Mapping[str, CityMeasures]:
    texts = sdg.prepare_known([measure.text for measure in measures])
    found: dict[str, CityMeasures] = {}
    for city in sorted({city for measure in measures for city in measure.cities}):
        own = [place for place, measure in enumerate(measures) if city in measure.cities]
        found[city] = CityMeasures(
            tuple(measures[place] for place in own),
            tuple(texts[place] for place in own),
            np.vstack([mean_vector(texts[place]) for place in own]),
        )
    return found


def mean_vector(prepared: PreparedText) -> Matrix:
    """Return the direction of all sentences together; the first one, the title, counts twice."""
    if not len(prepared.vectors):
        return np.zeros(512)
    total = prepared.vectors.astype(np.float64).sum(axis=0) + prepared.vectors[0]
    return np.asarray(total / (np.linalg.norm(total) or 1.0))


def _grouped(entries: Iterable[tuple[str, Entry]]) -> Mapping[str, tuple[Entry, ...]]:
    grouped: dict[str, list[Entry]] = defaultdict(list)
    for key, entry in entries:
        grouped[key].append(entry)
    return {key: tuple(found) for key, found in sorted(grouped.items())}


def _mechanisms() -> tuple[Mechanism, ...]:
    text = files("kg.fit").joinpath("mechanisms.csv").read_text("utf-8")

    def iris(name: str, cell: str) -> frozenset[str]:
        return frozenset(scheme(name, code.strip()) for code in cell.split(";") if code.strip())

    return tuple(
        Mechanism(
            scheme("mechanism", row["mechanism"]),
            iris("thesaurus", row["concepts"]),
            iris("r-strategy", row["r_strategies"]),
            iris("value-chain", row["fields"]),
        )
        for row in csv.DictReader(text.splitlines())
    )
