"""Read the generation that an engine holds; no answer is made of two."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Final, TypeVar

from pyoxigraph import Quad, Triple

from kg.errors import DatasetBusy, ForbiddenQuery, KreislaufstadtError, NoDataset
from kg.language import Text
from kg.remote.address import RemoteAddress
from kg.remote.mark import Mark, Noted
from kg.remote.scope import Scope
from kg.remote.store import RemoteStore
from kg.store import Row, Term

WAITING_SECONDS: Final = 2.0
_LOOK_SECONDS: Final = 0.1
_Answer = TypeVar("_Answer")


@dataclass(frozen=True, slots=True)
class View:
    """Hold one published generation: its name, what is noted on it, and the graphs to read."""

    name: str
    noted: Noted
    scope: Scope


class Published:
    """Look up what an engine holds, and tell whether it still does."""

    def __init__(self, address: RemoteAddress) -> None:
        self.address = address
        self._mark = Mark(RemoteStore(address).endpoint)

    def view(self) -> View:
        """Return the whole generation that is there; one that is just being written is awaited.

        Raises:
            NoDataset: Nothing was ever published.
            DatasetBusy: The writing took longer than readers wait.
        """
        end = time.monotonic() + WAITING_SECONDS
        while True:
            noted = self._mark.read()
            if noted.state is None:
                raise NoDataset
            if noted.state.is_ready:
                as_union = noted.manifest.startswith(ALONE)
                return View(noted.state.name, noted, Scope(tuple(sorted(noted.graphs)), as_union))
            if time.monotonic() > end:
                raise DatasetBusy
            time.sleep(_LOOK_SECONDS)

    def is_still(self, name: str) -> bool:
        """Tell whether the engine holds this generation, whole."""
        state = self._mark.state()
        return state is not None and state.is_ready and state.name == name


# How the manifest starts where an Oxigraph server holds nothing but the dataset.
ALONE: Final = "alone\n"


class PublishedStore:
    """Answer our own queries from the published generation.

    Each answer is read from one whole generation: the state is looked at after it, and when it is
    another one the query is asked again, or refused with `DatasetBusy` if the store was opened on
    one generation by `name`. Nothing can be written through it.
    """

    def __init__(self, published: Published, name: str = "") -> None:
        self._published = published
        self._name = name
        self._view: View | None = None

    def _read(self, ask: Callable[[RemoteStore], _Answer]) -> _Answer:
        end = time.monotonic() + WAITING_SECONDS
        while True:
            view = self._view or self._published.view()
            if self._name and view.name != self._name:
                raise DatasetBusy
            try:
                answer = ask(RemoteStore(self._published.address, scope=view.scope))
            except KreislaufstadtError:
                # It may be the writing that is at fault.
                if self._published.is_still(view.name):
                    raise
            else:
                if self._published.is_still(view.name):
                    self._view = view
                    return answer
            self._view = None
            if time.monotonic() > end:
                raise DatasetBusy

    def select(self, query: str) -> list[Row]:
        """Return the solutions of a SELECT query; unbound variables are absent from their row."""
        return self._read(lambda store: store.select(query))

    def select_table(self, query: str) -> tuple[list[str], list[list[Term | None]]]:
        """Return a SELECT query's variables in order and its rows, `None` for an unbound one."""
        return self._read(lambda store: store.select_table(query))

    def ask(self, query: str) -> bool:
        """Return the answer of an ASK query."""
        return self._read(lambda store: store.ask(query))

    def construct(self, query: str) -> list[Triple]:
        """Return the triples of a CONSTRUCT or DESCRIBE query."""
        return self._read(lambda store: store.construct(query))

    def graph_names(self) -> list[str]:
        """Return the IRIs of the named graphs, sorted."""
        return self._read(lambda store: store.graph_names())

    def graph(self, name: str) -> list[Quad]:
        """Return the quads of one named graph."""
        return self._read(lambda store: store.graph(name))

    def update(self, update: str) -> None:
        """Refuse: a generation does not change."""
        raise _unchanging()

    def put_graph(self, name: str, quads: Iterable[Quad]) -> None:
        """Refuse: a generation does not change."""
        raise _unchanging()

    def delete_graph(self, name: str) -> None:
        """Refuse: a generation does not change."""
        raise _unchanging()

    def __len__(self) -> int:
        """Return how many quads the generation holds."""
        return self._read(len)


def _unchanging() -> ForbiddenQuery:
    return ForbiddenQuery(
        Text(
            "Ein veröffentlichter Stand wird nicht geändert, sondern durch den nächsten ersetzt.",
            "A published generation is not changed; the next one takes its place.",
        )
    )
