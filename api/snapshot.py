"""Hold the generation that pages and the fit check read, and go on to the next one."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Final

from starlette.concurrency import run_in_threadpool

from api.dataset_figures import DatasetFigures, figures_of
from api.fitting import FitChecker
from api.graph_files import GraphFiles
from api.proposals.facts import ProposalFacts, read_facts
from kg.dataset import Dataset, Generation
from kg.embedded import embedded
from kg.errors import NoDataset
from kg.network import Network, network_of
from kg.network.search import Entry, search_index
from kg.network.summary import Summary, groups_within, pairs_within, summary_of
from kg.reviewing import Journal
from kg.reviewing.desk import Choice, Desk
from kg.store import Store
from visualisations.layout import Position
from visualisations.overview_layout import member_places

_DOCUMENTS_KEPT: Final = 24
FitBuilder = Callable[[Store, Generation], FitChecker]


@dataclass(frozen=True, slots=True)
class Walk:
    """Hold a generation's things and relations in memory, and what they are found by."""

    network: Network
    index: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Overview:
    """Hold the whole graph summed up, and a place for each of its things."""

    summary: Summary
    pairs: tuple[tuple[int, int], ...]
    places: Mapping[int, Position]


@dataclass(frozen=True, slots=True)
class Snapshot:
    """Hold one generation: opened for our own queries, its fit check, its graphs as files."""

    generation: Generation
    store: Store
    fit: FitChecker
    graph_files: GraphFiles
    desks: list[Desk] = field(default_factory=list)
    proposal_facts: list[ProposalFacts] = field(default_factory=list)
    walks: list[Walk] = field(default_factory=list)
    walking: threading.Lock = field(default_factory=threading.Lock)
    overviews: list[Overview] = field(default_factory=list)
    laying: threading.Lock = field(default_factory=threading.Lock)

    def desk(self, journal: Journal) -> Desk:
        """Return what reviews read of this generation; made once."""
        if not self.desks:
            self.desks.append(Desk(self.generation, embedded(self.store), journal))
        return self.desks[0]

    def read_proposals(self, journal: Journal) -> None:
        """Read what the queue of proposals needs, unless it was read before."""
        self.desk(journal).entries(Choice())
        self.facts_of_proposals()

    def facts_of_proposals(self) -> ProposalFacts:
        """Return what a queue of proposals is ordered and narrowed by; read once."""
        if not self.proposal_facts:
            self.proposal_facts.append(read_facts(self.store))
        return self.proposal_facts[0]

    def walk(self) -> Walk:
        """Return what the explorer and the search read of this generation; made once."""
        with self.walking:
            if not self.walks:
                network = network_of(self.store)
                self.walks.append(Walk(network, tuple(search_index(network))))
            return self.walks[0]

    def overview(self) -> Overview:
        """Return the whole graph with its layout, which takes seconds; made once."""
        with self.laying:
            if not self.overviews:
                network = self.walk().network
                summary = summary_of(network)
                pairs = pairs_within(network, summary.things)
                groups = list(groups_within(network, summary.things).values())
                places = member_places(groups, pairs)
                self.overviews.append(Overview(summary, tuple(pairs), places))
            return self.overviews[0]


class Snapshots:
    """Give the current snapshot; a reader keeps the one it took."""

    def __init__(self, dataset: Dataset, build_fit: FitBuilder) -> None:
        self._dataset = dataset
        self._build_fit = build_fit
        self._current: Snapshot | None = None
        self._counting = asyncio.Lock()
        self._figures: tuple[str, DatasetFigures] | None = None
        self._documents: dict[tuple[str, str], bytes] = {}

    @property
    def current(self) -> Snapshot:
        """Return the newest loaded snapshot, or raise `NoDataset` before the first."""
        if self._current is None:
            raise NoDataset
        return self._current

    @property
    def is_ready(self) -> bool:
        """Tell whether a snapshot is loaded."""
        return self._current is not None

    async def refresh(self) -> bool:
        """Load the dataset's current generation unless it is loaded already."""
        generation = await run_in_threadpool(self._dataset.current)
        if self._current is not None and self._current.generation.name == generation.name:
            return False
        self._current = await run_in_threadpool(self._open, generation)
        return True

    def close(self) -> None:
        """Let go of what lies on disk for the current generation."""
        if self._current is not None:
            self._current.graph_files.close()

    async def warm(self, journal: Journal) -> None:
        """Load the language model and the proposals now, so that the first reader need not wait."""
        await run_in_threadpool(self.current.fit.warm)
        await run_in_threadpool(self.current.read_proposals, journal)

    async def figures(self) -> DatasetFigures:
        """Return the figures of the current generation, which are counted once."""
        async with self._counting:
            snapshot = self.current
            name = snapshot.generation.name
            if self._figures is None or self._figures[0] != name:
                self._figures = (name, await run_in_threadpool(figures_of, snapshot.store))
            return self._figures[1]

    def once(self, key: str, write: Callable[[], bytes]) -> Callable[[], bytes]:
        """Return a writer that writes once a generation; a key stands for one document."""
        place = (self.current.generation.name, key)

        def kept() -> bytes:
            document = self._documents.get(place)
            if document is None:
                document = write()
                # Keys name hosts that clients made up; a few are enough.
                if len(self._documents) >= _DOCUMENTS_KEPT:
                    self._documents = {}
                self._documents[place] = document
            return document

        return kept

    def _open(self, generation: Generation) -> Snapshot:
        store = generation.open()
        fit = self._build_fit(store, generation)
        reading = self._dataset.reading(generation)
        return Snapshot(generation, reading, fit, GraphFiles(reading))
