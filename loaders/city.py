"""Read a city's folder, or files for a city, each source knowing what was read before it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from kg.embedded import EmbeddedStore
from kg.identifiers import Ags, municipality_iri
from kg.labels import labels_of
from kg.settings import Settings
from kg.sources import Loaded
from kg.store import Store
from loaders.context import LoadContext
from loaders.lookups import REFERRED_TABLES, lookups
from loaders.manifest import CityManifest, ManifestSource, read_manifest
from loaders.registry import Kind, read
from ontology.reference import reference_quads

Progress = Callable[[int, int], None]


def read_city(folder: Path, settings: Settings, progress: Progress | None = None) -> list[Loaded]:
    """Return every source that a city's `stadt.yaml` names, in its order.

    Raises:
        UnreadableFile: the manifest or a source cannot be read.
    """
    manifest = read_manifest(folder)
    tables = (quad for table in REFERRED_TABLES for quad in reference_quads(table))
    known = EmbeddedStore.in_memory(tables)
    loaded: list[Loaded] = []
    for source in manifest.sources:
        found = read(
            source.path, source.kind, _of_manifest(known, manifest, source, settings, progress)
        )
        for item in found:
            known.engine.extend(item.quads)
        loaded += found
    return loaded


def _of_manifest(
    known: EmbeddedStore,
    manifest: CityManifest,
    source: ManifestSource,
    settings: Settings,
    progress: Progress | None,
) -> LoadContext:
    names = lookups(known, manifest.ags)
    return LoadContext(
        ags=manifest.ags,
        city_name=manifest.name,
        file_bytes=settings.file_bytes,
        unpacked_bytes=settings.unpacked_bytes,
        goal_by_number=names.goal_by_number,
        element_by_number=names.element_by_number,
        sdg_codes=names.sdg_codes,
        sdg_indicator_codes=names.sdg_indicator_codes,
        instruments=names.instruments,
        progress=progress,
        title=source.title,
        url=source.url,
        resolution=source.resolution,
        issued=source.issued,
    )


def read_files(
    files: Sequence[Path],
    kind: Kind,
    store: Store,
    settings: Settings,
    *,
    ags: Ags | None,
    source: str | None = None,
    columns: Mapping[str, str] | None = None,
    progress: Progress | None = None,
) -> list[Loaded]:
    """Return the sources in these files, read against what the store holds already.

    Args:
        files: files, for the official SDG texts also folders.
        kind: what the files hold.
        store: the dataset that gives the numbers and codes a source may refer to.
        settings: the limits.
        ags: the municipality; only the official SDG texts need none.
        source: name of the source in place of the file name.
        columns: headings of the file by the field or heading they stand for.
        progress: called with done and total.
    """
    names = lookups(store, ags)
    context = LoadContext(
        ags=ags or Ags(""),
        city_name=_city_name(store, ags),
        file_bytes=settings.file_bytes,
        unpacked_bytes=settings.unpacked_bytes,
        source=source,
        columns=columns or {},
        goal_by_number=names.goal_by_number,
        element_by_number=names.element_by_number,
        sdg_codes=names.sdg_codes,
        sdg_indicator_codes=names.sdg_indicator_codes,
        instruments=names.instruments,
        progress=progress,
    )
    return [item for file in files for item in read(file, kind, context)]


def _city_name(store: Store, ags: Ags | None) -> str:
    if ags is None:
        return ""
    iri = municipality_iri(ags)
    name = labels_of(store, [iri], "de")[iri]
    return name if name != ags else f"Kommune {ags}"
