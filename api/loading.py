"""Load files into the dataset: one way for the command line and for jobs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path

from kg import building
from kg.access.reach import demand_reach
from kg.building import Built, Step
from kg.dataset import Dataset
from kg.findings import Severity
from kg.identifiers import Ags
from kg.language import Language
from kg.settings import Settings
from kg.sources import Loaded
from loaders.city import Progress, read_files
from loaders.registry import Kind


@dataclass(frozen=True, slots=True)
class LoadOrder:
    """Hold what is to be loaded; `loaded_by` is the key of a token, "" at the command line."""

    files: Sequence[Path]
    kind: Kind
    ags: Ags | None
    source: str | None = None
    columns: Mapping[str, str] = field(default_factory=dict)
    loaded_by: str = ""


def load_files(
    dataset: Dataset,
    order: LoadOrder,
    settings: Settings,
    now: datetime,
    *,
    step: Step,
    progress: Progress | None = None,
) -> tuple[list[Loaded], Callable[[], Built]]:
    """Return what the files hold, and what publishes it.

    A source that comes with a token states nothing of other municipalities and confirms nothing.

    Raises:
        NotAllowed: it tries to.
    """
    store = dataset.current().open()
    loaded = read_files(
        order.files,
        order.kind,
        store,
        settings,
        ags=order.ags,
        source=order.source,
        columns=order.columns,
        progress=progress,
    )
    if order.loaded_by:
        for item in loaded:
            demand_reach(item.quads, order.ags or "")
            item.record = replace(item.record, loaded_by=order.loaded_by)
    return loaded, lambda: building.add(dataset, loaded, now, step=step)


def loaded_as_json(built: Built, loaded: Sequence[Loaded], language: Language) -> dict[str, object]:
    """Return what `load --json` prints."""
    dropped = [item for item in built.findings if item.severity is Severity.DROPPED]
    counts: Counter[str] = Counter()
    for item in loaded:
        counts.update(item.counts)
    return {
        "read": sum(item.read for item in loaded),
        "loaded": dict(counts),
        "dropped": [item.as_json(language) for item in dropped],
        "findings": [item.as_json(language) for item in built.findings],
        "graph": loaded[0].record.graph if loaded else None,
        "graphs": [item.record.graph for item in loaded],
        "generation": built.generation.name,
        "inferred": len(built.closure.quads),
        "proposals": built.proposals,
    }
