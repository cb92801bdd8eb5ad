"""Build once per generation what a check needs; the result never changes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, TypeVar

import numpy as np

from kg.dataset import Generation
from kg.fit.additions import Additions, additions_of
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
from kg.fit.candidates import Candidates
from kg.fit.known import Slots, read_measures, read_slots, titled
from kg.fit.layout import Layout, Ways, lay_out, ways_of
from kg.fit.mechanisms import Mechanism, read_mechanisms
from kg.fit.nature import Nature, nature_of_mentions
from kg.fit.ties import Tie, ties_of, worded_ties
from kg.fit.wants import Wants
from kg.fit.wording import Wordings
from kg.matching import thesaurus_file
from kg.matching.match import SdgMatcher
from kg.matching.match_goals import GoalMatcher
from kg.matching.model import Model, shipped_model
from kg.matching.model_store import current_model
from kg.matching.prepare import PlaceNames, PreparedText
from kg.matching.rank import AimText, Matrix
from kg.matching.sdg import read_sdg_aims
from kg.matching.semantic import EmbeddingCache, Encoder, UniversalEncoder
from kg.matching.slots import SlotReader
from kg.matching.thesaurus import Thesaurus
from kg.matching.variants import GoalRescorer, SdgRescorer
from kg.store import Store, text_of

# Beside the generations, so that the next one finds the vectors of texts that stayed.
EMBEDDINGS: Final = "embeddings.npz"
TIED: Final = frozenset({"concept-goal", "framework-aim"})
Entry = TypeVar("Entry", Link, StatedInterface, StatedConflict, KnownMeasure)


@dataclass(frozen=True, slots=True)
class CityGoals:
    """Hold the goals of a city's concepts and the matcher for them."""

    aims: tuple[Aim, ...]
    matcher: GoalMatcher


@dataclass(frozen=True, slots=True)
class CityMeasures:
    """Hold the measures of a city, prepared, with one unit vector each, and by their titles."""

    measures: tuple[KnownMeasure, ...]
    texts: tuple[PreparedText, ...]
    vectors: Matrix
    titled: Mapping[str, tuple[KnownMeasure, ...]]


@dataclass(frozen=True, slots=True)
class Rescored:
    """Hold what scores a measure again from the scores it had, goals by city."""

    sdg: SdgRescorer
    goals: Mapping[str, GoalRescorer]
    frameworks: GoalRescorer


@dataclass(frozen=True, slots=True)
class FitIndex:
    """Hold one generation ready for checks; `layouts` has one for no city too, under ""."""

    generation: str
    calibration: Model
    thesaurus: Thesaurus
    sdg: SdgMatcher
    aims: Mapping[str, Aim]
    goals: Mapping[str, CityGoals]
    frameworks: CityGoals
    measures: Mapping[str, CityMeasures]
    candidates: Candidates
    slots: Slots
    links_from: Mapping[str, tuple[Link, ...]]
    links_to: Mapping[str, tuple[Link, ...]]
    interfaces_from: Mapping[str, tuple[StatedInterface, ...]]
    conflicts_from: Mapping[str, tuple[StatedConflict, ...]]
    mechanisms: tuple[Mechanism, ...]
    ties: Mapping[str, tuple[Tie, ...]]
    indicator_concepts: Mapping[str, frozenset[str]]
    natures: Mapping[str, Nature]
    wants: Wants
    layouts: Mapping[str, Layout]
    ways: Mapping[str, Ways]
    rescored: Rescored
    additions: Additions
    wordings: Wordings
    _reasons: dict[str, frozenset[str]] = field(default_factory=dict)

    def reason_concepts(self, link: Link) -> frozenset[str]:
        """Return the concepts that the reason of a link names, found when first asked for."""
        found = self._reasons.get(link.iri)
        if found is None:
            mentions = self.sdg.annotator.annotate(link.rationale.de, "de")
            found = self._reasons[link.iri] = frozenset(item.concept for item in mentions)
        return found

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
        calibration: Model | None = None,
        thesaurus: Thesaurus | None = None,
    ) -> FitIndex:
        """Return the index of a store; the cache file, if given, keeps vectors of its texts.

        A thesaurus that was read already is not read again.
        """
        vectors = EmbeddingCache(encoder or UniversalEncoder(), cache)
        model = calibration or shipped_model()
        thesaurus = Thesaurus.read(store) if thesaurus is None else thesaurus
        names = place_names(store, thesaurus)
        places = PlaceNames(names)
        sdg = SdgMatcher(read_sdg_aims(store), thesaurus, vectors, model, places=places)
        aims = read_aims(store)
        links = read_links(store)
        interfaces = read_interfaces(store)
        conflicts = read_conflicts(store)
        by_city = goals_by_city(aims)
        by_link = _grouped((link.source, link) for link in links)
        by_target = _grouped((link.target, link) for link in links)
        by_interface = _grouped((item.source, item) for item in interfaces)
        goals = {city: _city_goals(by_city[city], sdg, model) for city in sorted(by_city)}
        worded = {
            aim.iri: worded_ties(scores, model.target.line)
            for own in goals.values()
            for aim, scores in zip(own.aims, own.matcher.own_sdg, strict=True)
        }
        slots = read_slots(store)
        measures = read_measures(store)
        texts = sdg.prepare_known([measure.text for measure in measures])
        means = np.vstack([mean_vector(text) for text in texts]) if texts else np.zeros((0, 512))
        by_iri = {aim.iri: aim for aim in aims}
        frameworks = [aim for aim in aims if aim.kind == "framework-aim"]
        ties = {
            aim.iri: ties_of(
                by_link.get(aim.iri, ()), by_interface.get(aim.iri, ()), worded.get(aim.iri, ())
            )
            for aim in aims
            if aim.kind in TIED
        }
        natures = {
            aim.iri: nature_of_mentions(
                sdg.annotator.annotate("\n".join(aim.german), "de"), thesaurus
            )
            for aim in aims
            if aim.kind in TIED
        }
        sdgs = ([by_iri[iri] for iri in sdg.targets], [by_iri[iri] for iri in sdg.goals])
        layouts = {
            city: lay_out(
                (*sdgs, by_city.get(city, ()), frameworks), model, ties=ties, natures=natures
            )
            for city in ("", *sorted(by_city))
        }
        bare = {aim.iri: row for row, aim in enumerate((*sdgs[0], *sdgs[1]))}
        framed = _city_goals(frameworks, sdg, model)
        index = cls(
            generation,
            model,
            thesaurus,
            sdg,
            by_iri,
            goals,
            framed,
            _city_measures(measures, texts, means),
            Candidates(measures, texts, means, SlotReader(thesaurus, sdg.annotator, names)),
            slots,
            by_link,
            by_target,
            by_interface,
            _grouped((conflict.source, conflict) for conflict in conflicts),
            read_mechanisms(),
            ties,
            _indicator_concepts(slots, sdg),
            natures,
            Wants.read((aim for aim in aims if aim.kind in TIED), sdg.annotator, thesaurus),
            layouts,
            {slot: ways_of(found, bare) for slot, found in by_link.items()},
            Rescored(
                SdgRescorer(sdg, model),
                {city: GoalRescorer(own.matcher, model) for city, own in goals.items()},
                GoalRescorer(framed.matcher, model),
            ),
            additions_of(
                aims, by_target, slots.kinds, annotator=sdg.annotator, thesaurus=thesaurus
            ),
            Wordings(aims, vectors, places),
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
            calibration=current_model(generation.directory.parent.parent),
            thesaurus=thesaurus_file.of_bytes(generation.file(thesaurus_file.NAME)),
        )

    def layout(self, city: str) -> Layout:
        """Return the rows of aims for a measure of a city; an unknown city has no goals."""
        return self.layouts.get(city) or self.layouts[""]

    def city_or_only(self, city: str | None) -> str:
        """Return the given city, else the only one there is, else ""."""
        if city:
            return city
        return self.cities[0] if len(self.cities) == 1 else ""


def place_names(store: Store, thesaurus: Thesaurus) -> list[str]:
    """Return the names of municipalities that are no words of the thesaurus, such as Essen."""
    names = {text_of(row["name"]).strip() for row in rows(store, "municipalities")}
    words = {
        label.text.casefold() for concept in thesaurus.concepts.values() for label in concept.labels
    }
    return sorted(name for name in names if name.casefold() not in words)


def goals_by_city(aims: Iterable[Aim]) -> dict[str, list[Aim]]:
    """Return the goals that documents of each city set, in the order given."""
    found: dict[str, list[Aim]] = defaultdict(list)
    for aim in aims:
        if aim.kind == "concept-goal":
            for city in sorted({document.city for document in aim.documents}):
                found[city].append(aim)
    return found


def texts_of(aims: Iterable[Aim], places: PlaceNames) -> list[AimText]:
    """Return what measures are compared with: the texts of aims without names of places."""
    return [
        AimText(
            aim.iri,
            tuple(map(places.removed, aim.german)),
            tuple(map(places.removed, aim.english)),
        )
        for aim in aims
    ]


def _city_goals(aims: Sequence[Aim], sdg: SdgMatcher, model: Model) -> CityGoals:
    return CityGoals(
        tuple(aims), GoalMatcher(texts_of(aims, sdg.places), sdg, model, many=len(aims) + 1)
    )


def _indicator_concepts(slots: Slots, sdg: SdgMatcher) -> Mapping[str, frozenset[str]]:
    """Return the concepts that the label of each indicator names."""
    return {
        iri: frozenset(
            mention.concept for mention in sdg.annotator.annotate(slots.labels[iri].de, "de")
        )
        for iri in slots.of_kind("indicator")
    }


def _city_measures(
    measures: Sequence[KnownMeasure], texts: Sequence[PreparedText], means: Matrix
) -> Mapping[str, CityMeasures]:
    found: dict[str, CityMeasures] = {}
    for city in sorted({city for measure in measures for city in measure.cities}):
        own = [place for place, measure in enumerate(measures) if city in measure.cities]
        found[city] = CityMeasures(
            tuple(measures[place] for place in own),
            tuple(texts[place] for place in own),
            means[own],
            _grouped((titled(measures[place].label), measures[place]) for place in own),
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
