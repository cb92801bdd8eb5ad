"""Open a source and hand it to the loader of its kind."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import Literal

from kg.errors import UnknownName
from kg.findings import Severity
from kg.sources import Loaded
from loaders.concept import load_concept
from loaders.context import LoadContext
from loaders.files import SourceFile, given_bytes, open_file
from loaders.indicators import load_indicators
from loaders.measures import load_measures
from loaders.rdf import load_rdf
from loaders.sdg_official import load_sdg
from loaders.strategy import load_strategy

Kind = Literal["measures", "concept", "strategy", "indicators", "rdf", "sdg"]
Loader = Callable[[Sequence[SourceFile], LoadContext], list[Loaded]]
_IN_FOLDER = frozenset({".yml", ".yaml", ".ttl", ".rdf", ".nt"})
_DEEPEST_FOLDER = 3


def _each(load: Callable[[SourceFile, LoadContext], Loaded]) -> Loader:
    def load_all(files: Sequence[SourceFile], context: LoadContext) -> list[Loaded]:
        return [load(file, context) for file in files]

    return load_all


LOADERS: Mapping[Kind, Loader] = MappingProxyType(
    {
        "measures": _each(load_measures),
        "concept": _each(load_concept),
        "strategy": _each(load_strategy),
        "indicators": _each(load_indicators),
        "rdf": _each(load_rdf),
        "sdg": load_sdg,
    }
)


def read(path: Path, kind: Kind, context: LoadContext) -> list[Loaded]:
    """Return what a file, or for the official SDG texts a folder, holds.

    A source with violations comes without quads, so that nothing of it can be written by accident.

    Raises:
        UnreadableFile: A file is missing, broken, too large or of another kind.
        NothingLoaded: A file holds nothing usable.
        UnknownName: There is no such kind.
        BadParameter: An assignment of columns names a field that does not exist.
    """
    if path.is_dir() and kind == "sdg":
        files = [
            open_file(file, context.file_bytes)
            for file in sorted(path.rglob("*"))
            if file.suffix.lower() in _IN_FOLDER
            and len(file.relative_to(path).parts) <= _DEEPEST_FOLDER
        ]
    else:
        files = [open_file(path, context.file_bytes)]
    return _load(files, kind, context)


def read_bytes(name: str, content: bytes, kind: Kind, context: LoadContext) -> list[Loaded]:
    """Return what bytes hold that came by another way than a path, such as an upload."""
    return _load([given_bytes(name, content, context.file_bytes)], kind, context)


def _load(files: Sequence[SourceFile], kind: Kind, context: LoadContext) -> list[Loaded]:
    loader = LOADERS.get(kind)
    if loader is None:
        raise UnknownName(kind, tuple(LOADERS))
    return [_without_violators(loaded) for loaded in loader(files, context)]


def _without_violators(loaded: Loaded) -> Loaded:
    if not loaded.findings.of(Severity.VIOLATION):
        return loaded
    return Loaded(loaded.record, [], loaded.read, {}, loaded.findings, loaded.places)
