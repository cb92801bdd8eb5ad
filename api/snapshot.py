"""Hold the generation that pages and the fit check read, and go on to the next one."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final

from starlette.concurrency import run_in_threadpool

from api.dataset_figures import DatasetFigures, figures_of
from api.fitting import FitChecker
from api.graph_files import GraphFiles
from kg.dataset import Dataset, Generation
from kg.embedded import embedded
from kg.errors import NoDataset
from kg.reviewing import Journal
from kg.reviewing.desk import Desk
from kg.store import Store

_DOCUMENTS_KEPT: Final = 24
FitBuilder = Callable[[Store, Generation], FitChecker]


@dataclass(frozen=True, slots=True)
class Snapshot:
    """Hold one generation: opened for our own queries, its fit check, its graphs as files."""

    generation: Generation
    store: Store
    fit: FitChecker
    graph_files: GraphFiles
    desks: list[Desk] = field(default_factory=list)

    def desk(self, journal: Journal) -> Desk:
        """Return what reviews read of this generation; made once."""
        if not self.desks:
            self.desks.append(Desk(self.generation, embedded(self.store), journal))
        return self.desks[0]


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

    async def warm(self) -> None:
        """Load the language model now, so that the first check need not wait for it."""
        await run_in_threadpool(self.current.fit.warm)

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
