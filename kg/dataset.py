"""Keep the dataset as a row of immutable generations; readers never see a half-written one.

Layout of the directory: `current` holds the name of the generation readers use,
`generations/{name}/store` its Oxigraph directory, `generations/{name}/manifest.json` its sources
and the checksum of the rules that drew its conclusions,
`writer.lock` the single writer's lock. A draft lives in memory until `publish` writes it to a fresh
directory and swaps `current` in one rename.
"""

from __future__ import annotations

import contextlib
import fcntl
import hashlib
import json
import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from pyoxigraph import NamedNode, Quad

from kg.embedded import EmbeddedStore
from kg.errors import DatasetBroken, DatasetBusy, NoDataset
from kg.reasoning import Change
from kg.sources import SourceRecord
from kg.store import Store, every_quad
from ontology.namespaces import INFERRED_GRAPH, PROPOSED_GRAPH, PROVENANCE_GRAPH

FORMAT = 1
MANIFEST = "manifest.json"
DERIVED = (INFERRED_GRAPH, PROPOSED_GRAPH, PROVENANCE_GRAPH)


@dataclass(frozen=True, slots=True)
class Generation:
    """Point to one finished generation.

    `name` is a checksum of its content, `rules` one of the rules that drew its conclusions,
    `reviews` the number of decisions in it.
    """

    name: str
    directory: Path
    sources: tuple[SourceRecord, ...]
    rules: str = ""
    reviews: int = 0

    def open(self) -> Store:
        """Return its store, opened for reading."""
        return EmbeddedStore.read_only(self.directory / "store")

    def file(self, name: str) -> bytes | None:
        """Return what was worked out from the graph and written beside it; None if it is not."""
        try:
            return (self.directory / name).read_bytes()
        except FileNotFoundError:
            return None

    def source(self, graph: str) -> SourceRecord | None:
        """Return the record of the source behind a named graph, if it is one."""
        return next((record for record in self.sources if record.graph == graph), None)


class Draft:
    """Hold the next generation in memory while it is being changed.

    `earlier` is the generation it started from, None for a fresh one; `files` is written beside
    the graph, name by name.
    """

    def __init__(
        self,
        store: EmbeddedStore,
        sources: Iterable[SourceRecord],
        earlier: Generation | None = None,
    ) -> None:
        self.store = store
        self.earlier = earlier
        self.rules = ""
        self.reviews = 0 if earlier is None else earlier.reviews
        self.files: dict[str, bytes] = {}
        self._sources = {record.graph: record for record in sources}
        self._replaced: dict[str, list[Quad]] = {}

    @classmethod
    def of_manifest(cls, manifest: str, store: EmbeddedStore) -> Draft:
        """Return a finished draft: the graph with its derived parts, and its manifest's sources."""
        sources, rules, reviews = read_manifest(manifest, MANIFEST)
        draft = cls(store, sources)
        draft.rules, draft.reviews = rules, reviews
        return draft

    @property
    def sources(self) -> tuple[SourceRecord, ...]:
        """Return the sources in the draft, by graph name."""
        return tuple(self._sources[graph] for graph in sorted(self._sources))

    def put_source(self, record: SourceRecord, quads: Iterable[Quad]) -> None:
        """Add a source, in the place of an earlier load into the same graph."""
        self.put_graph(record.graph, quads)
        self._sources[record.graph] = record

    def put_graph(self, graph: str, quads: Iterable[Quad]) -> None:
        """Replace a graph and leave its record as it is; one of reviews has none."""
        self._replaced.setdefault(graph, self.store.graph(graph))
        self.store.put_graph(graph, quads)

    def states(self, graph: str) -> bool:
        """Tell whether a graph holds a statement."""
        node = NamedNode(graph)
        return any(self.store.engine.quads_for_pattern(None, None, None, node))

    def stamp(self, moment: str) -> None:
        """Give every source that entered the dataset just now its time."""
        for graph, record in self._sources.items():
            if not record.at:
                self._sources[graph] = replace(record, at=moment)

    def remove_source(self, graph: str) -> None:
        """Take a source and everything it stated out of the draft."""
        self._replaced.setdefault(graph, self.store.graph(graph))
        self.store.delete_graph(graph)
        self._sources.pop(graph, None)

    @property
    def is_edited(self) -> bool:
        """Tell whether a graph was put or a source removed, be it by the same statements."""
        return bool(self._replaced)

    def change(self) -> Change:
        """Return what the changed sources stated before and do not now, and the other way."""
        change = Change()
        for graph, before in self._replaced.items():
            now = self.store.graph(graph)
            change.removed.extend(set(before).difference(now))
            change.added.extend(set(now).difference(before))
        return change


class Dataset:
    """Read the current generation of a directory and publish the next one."""

    def __init__(self, root: Path, *, kept: int = 3) -> None:
        self.root = root
        self._kept = kept

    def current(self) -> Generation:
        """Return the generation that readers use now, or raise `NoDataset`."""
        try:
            name = (self.root / "current").read_text("utf-8").strip()
        except FileNotFoundError as error:
            raise NoDataset from error
        return self._generation(name)

    def _generation(self, name: str) -> Generation:
        directory = self.root / "generations" / name
        try:
            text = (directory / MANIFEST).read_text("utf-8")
        except (OSError, UnicodeDecodeError) as error:
            raise DatasetBroken(name) from error
        return Generation(name, directory, *read_manifest(text, name))

    @contextmanager
    def held(self) -> Iterator[Generation]:
        """Give the current generation; nothing is written or removed meanwhile."""
        self.current()
        with self._writing():
            yield self._base()

    @contextmanager
    def fresh_draft(self) -> Iterator[Draft]:
        """Give an empty draft; nothing is published unless `publish` is called inside the block."""
        with self._writing():
            yield Draft(EmbeddedStore.in_memory(), ())

    @contextmanager
    def next_draft(self) -> Iterator[Draft]:
        """Give a draft that starts as the current generation, without what is derived from it."""
        with self._writing():
            generation = self._base()
            store = generation.open()
            derived = {NamedNode(name) for name in DERIVED}
            asserted = (quad for quad in every_quad(store) if quad.graph_name not in derived)
            yield Draft(EmbeddedStore.in_memory(asserted), generation.sources, generation)

    @contextmanager
    def _writing(self) -> Iterator[None]:
        self.root.mkdir(parents=True, exist_ok=True)
        with (self.root / "writer.lock").open("w") as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError as error:
                raise DatasetBusy from error
            yield

    def publish(self, draft: Draft, change: Change | None = None) -> Generation:
        """Write the draft to a fresh directory and make it current; a failure changes nothing.

        A draft that differs from the generation it started from by `change` alone is written as a
        copy of it with that change, which costs less where the change is small.
        """
        name = content_name(draft)
        generations = self.root / "generations"
        directory = generations / name
        if not (directory / MANIFEST).is_file():
            fresh = generations / f"{name}.new"
            shutil.rmtree(fresh, ignore_errors=True)
            shutil.rmtree(directory, ignore_errors=True)
            fresh.mkdir(parents=True)
            try:
                self._write(draft, fresh, change)
                fresh.rename(directory)
            except OSError:
                shutil.rmtree(fresh, ignore_errors=True)
                raise
        self._announce(name)
        self._swap(name)
        self._forget_old(name)
        return self._generation(name)

    def _base(self) -> Generation:
        """Return the generation that the next draft starts from."""
        return self.current()

    def _announce(self, name: str) -> None:
        """Have nobody else to tell of a generation before it becomes the current one."""

    def reading(self, generation: Generation) -> Store:
        """Return the store that pages read for as long as this generation is loaded."""
        return generation.open()

    def _write(self, draft: Draft, directory: Path, change: Change | None) -> None:
        if change is None or not _patched(draft, directory / "store", change):
            store = EmbeddedStore.create(directory / "store")
            store.engine.bulk_extend(draft.store.engine.quads_for_pattern(None, None, None, None))
            store.finish()
        manifest = {
            "format": FORMAT,
            "rules": draft.rules,
            "reviews": draft.reviews,
            "sources": [asdict(record) for record in draft.sources],
        }
        for name, content in sorted(draft.files.items()):
            (directory / name).write_bytes(content)
        text = json.dumps(manifest, ensure_ascii=False, indent=1, sort_keys=True)
        (directory / MANIFEST).write_text(text + "\n", "utf-8")

    def _swap(self, name: str) -> None:
        pointer = self.root / "current.new"
        pointer.write_text(name + "\n", "utf-8")
        pointer.replace(self.root / "current")

    def _forget_old(self, current: str) -> None:
        directories = [entry for entry in (self.root / "generations").iterdir() if entry.is_dir()]
        old = sorted(
            (entry for entry in directories if entry.name != current),
            key=lambda entry: entry.stat().st_mtime,
            reverse=True,
        )
        for entry in old[self._kept - 1 :]:
            shutil.rmtree(entry, ignore_errors=True)


def read_manifest(text: str, name: str) -> tuple[tuple[SourceRecord, ...], str, int]:
    """Return the sources of a generation, the checksum of its rules, how many reviews it has."""
    try:
        manifest = json.loads(text)
        if manifest["format"] != FORMAT:
            raise DatasetBroken(f"format {manifest['format']}")
        sources = tuple(SourceRecord(**record) for record in manifest["sources"])
        return sources, str(manifest.get("rules", "")), int(manifest.get("reviews", 0))
    except (ValueError, KeyError, TypeError) as error:
        raise DatasetBroken(name) from error


def _patched(draft: Draft, directory: Path, change: Change) -> bool:
    """Write a draft as its earlier generation with a change; False when that is not the draft."""
    # That of a remote engine may have been written on another machine.
    if draft.earlier is None or not (draft.earlier.directory / "store").is_dir():
        return False
    shutil.copytree(draft.earlier.directory / "store", directory, copy_function=_linked)
    store = EmbeddedStore.create(directory)
    for quad in change.removed:
        store.engine.remove(quad)
    store.engine.extend(change.added)
    store.engine.flush()
    if len(store) == len(draft.store):
        return True
    del store
    shutil.rmtree(directory)
    return False


def _linked(source: str, target: str) -> None:
    """Copy a file of the engine; tables never change once written, so a second name is enough."""
    if source.endswith(".sst"):
        # where the file system has no second names, it is copied
        with contextlib.suppress(OSError):
            Path(target).hardlink_to(source)
            return
    shutil.copy2(source, target)


def content_name(draft: Draft) -> str:
    """Return 16 hexadecimal digits over all quads but those that tell when something was loaded.

    A source that states nothing counts by its name, since readers see that there is one.
    """
    provenance = NamedNode(PROVENANCE_GRAPH)
    lines = sorted(
        str(quad)
        for quad in draft.store.engine.quads_for_pattern(None, None, None, None)
        if quad.graph_name != provenance
    )
    lines += [f"empty {record.graph}" for record in draft.sources if not draft.states(record.graph)]
    digest = hashlib.sha256(f"format {FORMAT}\n".encode())
    for line in lines:
        digest.update(line.encode())
        digest.update(b"\n")
    return digest.hexdigest()[:16]
