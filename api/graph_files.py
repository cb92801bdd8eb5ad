"""Write a graph, or all graphs, to a file once a generation and format, whoever asks for it."""

from __future__ import annotations

import asyncio
import os
import shutil
import tempfile
import weakref
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from typing import Final

from pyoxigraph import NamedNode, Quad, RdfFormat, Triple, serialize
from starlette.concurrency import run_in_threadpool

from kg.editing.applying import state_tag
from kg.embedded import EmbeddedStore
from kg.serving.formats import GRAPH_FORMATS, AnswerFormat
from kg.store import Store, every_quad
from ontology.namespaces import PREFIXES, PROVENANCE_GRAPH

_PREFIX: Final = "kreislaufstadt-graphs-"
# The union of all graphs, which has no name.
ALL_GRAPHS: Final = ""
_NAMED: Final = (RdfFormat.N_QUADS, RdfFormat.TRIG)


class GraphFiles:
    """Hold the files of one generation in a private directory, which goes when nobody holds this.

    So an answer is whole before its first byte, never in memory, and many slow readers of a large
    graph need the room on disk once.
    """

    def __init__(self, store: Store) -> None:
        self._store = store
        self._writing = asyncio.Lock()
        self._states: dict[str, str] = {}
        self._directory: Path | None = None

    def close(self) -> None:
        """Remove the files now; a process that is told to stop does not wait for the collector."""
        directory, self._directory = self._directory, None
        if directory is not None:
            shutil.rmtree(directory, ignore_errors=True)

    def _place(self) -> Path:
        if self._directory is None:
            _sweep(Path(tempfile.gettempdir()))
            self._directory = Path(tempfile.mkdtemp(prefix=f"{_PREFIX}{os.getpid()}-"))
            weakref.finalize(self, shutil.rmtree, self._directory, ignore_errors=True)
        return self._directory

    async def file(self, graph: str, chosen: AnswerFormat) -> Path:
        """Return the file of a graph, with what is known about it in formats with graph names.

        In such a format `ALL_GRAPHS` keeps the names of its graphs.
        """
        name = sha256(graph.encode()).hexdigest()[:24]
        async with self._writing:
            path = self._place() / f"{name}.{chosen.short_name}"
            if not path.exists():
                await run_in_threadpool(self._write, graph, GRAPH_FORMATS[chosen], path)
        return path

    async def state(self, graph: str, limit_bytes: int) -> str | None:
        """Return the tag of what a graph states, None when it is too large to be sorted for one.

        It is the tag that a writer's `If-Match` is held against.
        """
        if graph not in self._states:
            lines = await self.file(graph, AnswerFormat.N_TRIPLES)
            if lines.stat().st_size > limit_bytes:
                return None
            content = await run_in_threadpool(lines.read_bytes)
            self._states[graph] = await run_in_threadpool(state_tag, content.splitlines())
        return self._states[graph]

    def _write(self, graph: str, format_: RdfFormat, path: Path) -> None:
        fresh = path.with_suffix(".new")
        with fresh.open("wb") as file:
            if graph == ALL_GRAPHS:
                serialize(self._all(format_), file, format_, prefixes=_prefixes(format_))
            elif format_ in _NAMED:
                serialize(self._quads(graph), file, format_, prefixes=_prefixes(format_))
            elif isinstance(self._store, EmbeddedStore):
                self._store.engine.dump(
                    file, format_, from_graph=NamedNode(graph), prefixes=_prefixes(format_)
                )
            else:
                triples = (quad.triple for quad in self._store.graph(graph))
                serialize(triples, file, format_, prefixes=_prefixes(format_))
        fresh.rename(path)

    def _all(self, format_: RdfFormat) -> Iterator[Quad] | Iterator[Triple]:
        if format_ in _NAMED:
            return every_quad(self._store)
        # What several graphs state is written once for each of them; a set of triples it is anyway.
        return (quad.triple for quad in every_quad(self._store))

    def _quads(self, name: str) -> Iterator[Quad]:
        graph, provenance = NamedNode(name), NamedNode(PROVENANCE_GRAPH)
        yield from self._store.graph(name)
        if graph == provenance:
            return
        about = (graph, NamedNode(f"{name}#load"))
        yield from (quad for quad in self._store.graph(PROVENANCE_GRAPH) if quad.subject in about)


def hold(_: object) -> None:
    """Do nothing: as the last task of an answer, it keeps the files' owner until it was sent."""


def _sweep(folder: Path) -> None:
    """Remove what killed servers left behind: directories named for processes that are gone."""
    for entry in folder.glob(f"{_PREFIX}*-*"):
        number = entry.name.removeprefix(_PREFIX).partition("-")[0]
        if number.isdecimal() and not Path(f"/proc/{number}").exists():
            shutil.rmtree(entry, ignore_errors=True)


def _prefixes(format_: RdfFormat) -> dict[str, str] | None:
    return PREFIXES if format_ in (RdfFormat.TURTLE, RdfFormat.TRIG, RdfFormat.RDF_XML) else None
