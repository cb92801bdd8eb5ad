"""Publish generations to a remote engine, from which every reader then reads."""

from __future__ import annotations

import contextlib
import hashlib
import uuid
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Final

from pyoxigraph import Literal, Quad

from kg.dataset import MANIFEST, Dataset, Generation, read_manifest
from kg.errors import DatasetBroken, DatasetBusy, NoDataset, RemoteFailed
from kg.remote.address import RemoteAddress
from kg.remote.mark import MARK, Mark, Noted, State
from kg.remote.published import ALONE, Published, PublishedStore
from kg.remote.store import RemoteStore
from kg.store import Store

# A writer that was not heard of for so long is taken for dead.
STALE: Final = timedelta(minutes=15)
_RENEWED: Final = timedelta(minutes=1)


def _utc_now() -> datetime:
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class RemoteGeneration(Generation):
    """Point to the generation that an engine holds; its directory may be on another machine."""

    published: Published | None = None

    def open(self) -> Store:
        """Return its store; it answers `DatasetBusy` as soon as the engine holds another one."""
        if self.published is None:
            raise DatasetBroken(self.name)
        return PublishedStore(self.published, self.name)


class RemoteDataset(Dataset):
    """Read the generation that an engine holds and put the next one there.

    The directory keeps the generations that were written on this machine, letter by letter, since
    engines change how numbers and dates are written; a machine that only reads needs none of them.
    While graphs are being replaced readers wait, then are told `DatasetBusy`; they never get an
    answer of two generations. A writer that died leaves the engine so until the next publication,
    which rewrites only the graphs that were not finished.
    """

    def __init__(
        self,
        root: Path,
        address: RemoteAddress,
        *,
        kept: int = 3,
        now: Callable[[], datetime] = _utc_now,
    ) -> None:
        super().__init__(root, kept=kept)
        self.address = address
        self.published = Published(address)
        self._now = now

    def current(self) -> Generation:
        """Return the generation that the engine holds, or raise `NoDataset` or `DatasetBusy`."""
        view = self.published.view()
        text = view.noted.manifest.removeprefix(ALONE)
        sources, rules, reviews = read_manifest(text, view.name)
        directory = self.root / "generations" / view.name
        return RemoteGeneration(view.name, directory, sources, rules, reviews, self.published)

    def reading(self, generation: Generation) -> Store:
        """Return a store that goes on to the next generation by itself."""
        del generation
        return PublishedStore(self.published)

    def _base(self) -> Generation:
        """Return what the next draft starts from: this machine's own copy where there is one."""
        state = Mark(RemoteStore(self.address).endpoint).state()
        if state is None:
            raise NoDataset
        if not state.is_ready and not self._may_take_over(state):
            raise DatasetBusy
        name = state.name if state.is_ready else state.earlier
        if (self.root / "generations" / name / MANIFEST).is_file():
            return self._generation(name)
        return self.current()

    def _announce(self, name: str) -> None:
        """Bring the engine from what it holds to this generation, graph by graph."""
        store = RemoteStore(self.address)
        mark = Mark(store.endpoint)
        noted = mark.read()
        local = self._generation(name)
        source = local.open()
        names = source.graph_names()
        sums = {graph: checksum(source.graph(graph)) for graph in names}
        changed = [graph for graph in names if noted.graphs.get(graph) != sums[graph]]
        gone = sorted({*noted.graphs, *store.graph_names()}.difference(names))
        if noted.state == State(name) and not changed and not gone:
            return
        state = self._claimed(mark, noted, name)
        mark.forget_graphs([*changed, *gone])
        for graph in gone:
            store.delete_graph(graph)
        for graph in changed:
            _put(store, graph, source.graph(graph))
            mark.note_graph(graph, sums[graph])
            state = self._renewed(mark, state)
        manifest = (local.directory / MANIFEST).read_text("utf-8")
        alone = store.is_oxigraph() and store.holds_only([*names, MARK.value])
        mark.note_manifest((ALONE if alone else "") + manifest)
        if not mark.claim(state, State(name)):
            raise DatasetBusy

    def _may_take_over(self, state: State) -> bool:
        # Of this directory there is one writer at a time, so an earlier one of its own is dead.
        return state.writer == self._writer() or self._now() - state.since > STALE

    def _claimed(self, mark: Mark, noted: Noted, name: str) -> State:
        held = noted.state
        if held is not None and not held.is_ready and not self._may_take_over(held):
            raise DatasetBusy
        earlier = "" if held is None else held.name if held.is_ready else held.earlier
        # To the second, as it is noted.
        wanted = State(name, earlier, self._writer(), self._now().replace(microsecond=0))
        if not mark.claim(held, wanted):
            raise DatasetBusy
        return wanted

    def _renewed(self, mark: Mark, state: State) -> State:
        if self._now() - state.since < _RENEWED:
            return state
        renewed = replace(state, since=self._now().replace(microsecond=0))
        if not mark.claim(state, renewed):
            raise DatasetBusy
        return renewed

    def _writer(self) -> str:
        """Return the number of this directory, by which it knows a dead writer for its own."""
        path = self.root / "writer"
        with contextlib.suppress(FileNotFoundError):
            return path.read_text("ascii").strip()
        number = uuid.uuid4().hex
        path.write_text(number + "\n", "ascii")
        return number


def checksum(quads: Iterable[Quad]) -> str:
    """Return 64 hexadecimal digits over the triples, whatever their order."""
    digest = hashlib.sha256()
    for line in sorted(str(quad.triple) for quad in quads):
        digest.update(line.encode())
        digest.update(b"\n")
    return digest.hexdigest()


def _put(store: RemoteStore, graph: str, quads: list[Quad]) -> None:
    """Put a graph and see that it is there: not every engine says so when it stored nothing."""
    store.put_graph(graph, quads)
    held, most = store.count(graph), len(quads)
    if held != most and not _fewest(quads) <= held <= most:
        raise RemoteFailed(store.address.query, f"{held} of {most} triples of {graph} were stored")


def _fewest(quads: Iterable[Quad]) -> int:
    """Return how many triples are left where equal numbers and tags are written in one way."""
    return len({(quad.subject, quad.predicate, _value(quad.object)) for quad in quads})


def _value(term: object) -> object:
    if not isinstance(term, Literal):
        return term
    if term.language:
        return term.value, term.language.lower()
    try:
        return Decimal(term.value).normalize(), term.datatype
    except InvalidOperation:
        return term
