"""Carry a change of named graphs into the next generation: worked out, allowed, checked, published.

Who may write is asked of what has changed, graph by graph, not of the words of the change.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Final
from urllib.parse import unquote

from pyoxigraph import Quad, RdfFormat, Triple, serialize

from kg.access import Grant, city_of_graph, demand_graph, demand_statements
from kg.building import Built, Step, change
from kg.dataset import Dataset, Draft
from kg.editing.evaluation import difference_of
from kg.editing.frames import EditKind, GraphEdit
from kg.errors import GraphChanged, UnknownIri
from kg.serving.limits import ServingLimits
from kg.sources import Loaded, SourceRecord

KIND: Final = "update"
_TAG: Final = 32


@dataclass(frozen=True, slots=True)
class Condition:
    """Hold what a writer demands of a graph before it is changed.

    `states` are tags of which the graph must have one (None: any, or no graph at all); with
    `is_new` there must be no graph yet, with `must_match` there must be one. With `exists` a graph
    that is not there is an unknown one.
    """

    states: frozenset[str] | None = None
    is_new: bool = False
    must_match: bool = False
    exists: bool = False


@dataclass(frozen=True, slots=True)
class Writer:
    """Hold who writes and within which limits."""

    grant: Grant
    limits: ServingLimits
    step: Step


@dataclass(slots=True)
class Written:
    """Tell what became of a change: the generation, the graphs it made, changed and removed."""

    built: Built
    created: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    removed: list[str] = field(default_factory=list)


def state_tag(lines: Iterable[bytes]) -> str:
    """Return a tag of what a graph states, from its N-Triples in any order.

    >>> state_tag([b"b", b"a"]) == state_tag([b"a", b"b"])
    True
    """
    return _checksum(lines)[:_TAG]


def _checksum(lines: Iterable[bytes]) -> str:
    digest = hashlib.sha256()
    for line in sorted(lines):
        digest.update(line + b"\n")
    return digest.hexdigest()


def _lines(quads: Iterable[Quad]) -> list[bytes]:
    triples = [Triple(quad.subject, quad.predicate, quad.object) for quad in quads]
    return (serialize(triples, format=RdfFormat.N_TRIPLES) or b"").splitlines()


def carry_out(
    dataset: Dataset,
    edit: GraphEdit,
    writer: Writer,
    now: datetime,
    condition: Condition = Condition(),
) -> Written:
    """Publish a generation in which a change is carried out; it is on disk when this returns.

    Raises:
        NotAllowed: the grant does not reach a graph that changed or a thing that is described.
        GraphProtected: a graph that changed is computed or shipped.
        GraphChanged: the graph is not as the writer demands.
        UnknownIri: there is no such graph.
        ShapeViolated: a graph breaks a rule; nothing is published.
        DatasetBusy: another process is writing.
        KreislaufstadtError: as `difference_of` tells.
    """
    carrying = _Carrying(edit, writer, condition)
    built = change(dataset, carrying.apply, now, step=writer.step)
    return Written(built, carrying.created, carrying.changed, carrying.removed)


def remove(
    dataset: Dataset,
    graph: str,
    writer: Writer,
    now: datetime,
    condition: Condition = Condition(),
) -> Written:
    """Publish a generation without a graph.

    Raises:
        UnknownIri: there is no such graph.
        KreislaufstadtError: as `carry_out` tells.
    """

    def edit(draft: Draft) -> list[Loaded]:
        demand_graph(writer.grant, graph)
        _demand_state(draft, graph, replace(condition, exists=True))
        draft.remove_source(graph)
        return []

    built = change(dataset, edit, now, step=writer.step)
    return Written(built, removed=[graph])


def has_graph(draft: Draft, graph: str) -> bool:
    """Tell whether a draft holds a graph, be it one that states nothing."""
    return draft.states(graph) or any(record.graph == graph for record in draft.sources)


def _demand_state(draft: Draft, graph: str, condition: Condition) -> None:
    exists = has_graph(draft, graph)
    if condition.exists and not exists:
        raise UnknownIri(graph)
    if condition.is_new and exists:
        raise GraphChanged(graph)
    if condition.must_match and not exists:
        raise GraphChanged(graph)
    if condition.states is None:
        return
    if not exists or state_tag(_lines(draft.store.graph(graph))) not in condition.states:
        raise GraphChanged(graph)


@dataclass(slots=True)
class _Carrying:
    """Apply one change to a draft and note which graphs it touched."""

    edit: GraphEdit
    writer: Writer
    condition: Condition
    created: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    removed: list[str] = field(default_factory=list)

    def apply(self, draft: Draft) -> Sequence[Loaded]:
        """Change the draft and return the graphs that are to be checked."""
        if self.edit.graph:
            demand_graph(self.writer.grant, self.edit.graph)
            _demand_state(draft, self.edit.graph, self.condition)
        if draft.earlier is None:
            raise TypeError("a change needs a generation to start from")
        store = draft.earlier.directory / "store"
        difference = difference_of(self.edit, store, self.writer.limits)
        graphs = difference.graphs()
        for graph in graphs:
            demand_graph(self.writer.grant, graph)
        demand_statements(self.writer.grant, difference.added)
        removed, added = _by_graph(difference.removed), _by_graph(difference.added)
        # An empty body makes an empty graph; an update that empties one removes it.
        if self.edit.kind in (EditKind.PUT, EditKind.MERGE) and not graphs:
            graphs = () if has_graph(draft, self.edit.graph) else (self.edit.graph,)
        loaded = []
        for graph in graphs:
            gone = set(removed.get(graph, ()))
            left = [quad for quad in draft.store.graph(graph) if quad not in gone]
            quads = left + added.get(graph, [])
            is_known = has_graph(draft, graph)
            if quads or self.edit.kind in (EditKind.PUT, EditKind.MERGE):
                (self.changed if is_known else self.created).append(graph)
                loaded.append(self._loaded(draft, graph, quads))
            else:
                self.removed.append(graph)
                draft.remove_source(graph)
        return loaded

    def _loaded(self, draft: Draft, graph: str, quads: list[Quad]) -> Loaded:
        earlier = next((record for record in draft.sources if record.graph == graph), None)
        name = unquote(graph.rstrip("/").rpartition("/")[2]) or graph
        record = SourceRecord(
            graph=graph,
            kind=KIND,
            title_de=earlier.title_de if earlier else name,
            title_en=earlier.title_en if earlier else name,
            file=earlier.file if earlier else name,
            sha256=_checksum(_lines(quads)),
            city=city_of_graph(graph),
            licence=earlier.licence if earlier else "",
            url=earlier.url if earlier else "",
            loaded_by=self.writer.grant.key,
        )
        return Loaded(record, quads, len(quads), Counter({"triples": len(quads)}))


def _by_graph(quads: Iterable[Quad]) -> dict[str, list[Quad]]:
    found: dict[str, list[Quad]] = {}
    for quad in quads:
        found.setdefault(str(quad.graph_name)[1:-1], []).append(quad)
    return found
