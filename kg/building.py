"""Build the dataset: sources in, rules and proposals drawn, one new generation out."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from importlib import resources
from importlib.resources.abc import Traversable
from pathlib import Path

from pyoxigraph import NamedNode, Quad

from kg.dataset import DERIVED, Dataset, Draft, Generation
from kg.errors import DatasetBroken, NoDataset, ShapeViolated
from kg.findings import Finding, Severity
from kg.fit.index import EMBEDDINGS, FitIndex
from kg.fit.linking import propose_links
from kg.matching import thesaurus_file
from kg.matching.model_store import current_model
from kg.matching.thesaurus import Thesaurus
from kg.matching.unchanged import says_the_same
from kg.mentions import has_mentions, mention_quads
from kg.provenance import moment_of, provenance_quads
from kg.reasoning import Closure, fingerprint, infer, reinfer, shipped_rules
from kg.reference import put_reference
from kg.reviewing import Journal
from kg.reviewing.applying import put_reviews
from kg.sources import Loaded
from kg.validation import context_of, shipped_shapes, validate
from ontology.namespaces import (
    INFERRED_GRAPH,
    KS,
    ONTOLOGY_GRAPH,
    PROPOSED_GRAPH,
    PROVENANCE_GRAPH,
)

Step = Callable[[str, str], None]
Edit = Callable[[Draft], Sequence[Loaded]]


@dataclass(frozen=True, slots=True)
class Built:
    """Tell what became of a load or build.

    `findings` are those of the loaders and of the shapes, in source order; `proposals` counts the
    links proposed for review.
    """

    generation: Generation
    findings: tuple[Finding, ...]
    closure: Closure
    proposals: int


def build(dataset: Dataset, loaded: Sequence[Loaded], now: datetime, *, step: Step) -> Built:
    """Publish a generation made of the reference data and these sources alone.

    Raises:
        ShapeViolated: a source breaks a rule; nothing is published.
    """
    with dataset.fresh_draft() as draft:
        step("Referenzdaten", "reference data")
        put_reference(draft)
        return _finish(dataset, draft, loaded, now, step=step)


def add(dataset: Dataset, loaded: Sequence[Loaded], now: datetime, *, step: Step) -> Built:
    """Publish a generation in which these sources take the place of earlier loads of the same name.

    Raises:
        NoDataset: nothing was built yet.
        ShapeViolated: a source breaks a rule; nothing is published.
    """
    return change(dataset, lambda _: loaded, now, step=step)


def change(dataset: Dataset, edit: Edit, now: datetime, *, step: Step) -> Built:
    """Publish a generation in which `edit` changed the current one; no change, no new generation.

    `edit` runs while nobody else can write. It may read the draft, put graphs into it, remove
    sources and raise, which leaves everything as it was; the sources that it returns are checked
    and take the place of earlier ones of the same name.

    Raises:
        NoDataset: nothing was built yet.
        DatasetBusy: another process is writing.
        ShapeViolated: a source breaks a rule; nothing is published.
    """
    with dataset.next_draft() as draft:
        loaded = edit(draft)
        if loaded or draft.is_edited or draft.earlier is None:
            return _finish(dataset, draft, loaded, now, step=step)
        step("Nichts hat sich geändert", "nothing has changed")
        held = draft.earlier.open()
        inferred, proposed = held.graph(INFERRED_GRAPH), held.graph(PROPOSED_GRAPH)
        return Built(draft.earlier, (), Closure(inferred, 0), _links(proposed))


def _finish(
    dataset: Dataset, draft: Draft, loaded: Sequence[Loaded], now: datetime, *, step: Step
) -> Built:
    findings: list[Finding] = []
    for item in loaded:
        draft.put_source(item.record, item.quads)
    shapes = shipped_shapes()
    for item in loaded:
        step(f"Regeln prüfen: {item.record.file}", f"checking rules: {item.record.file}")
        known = context_of(item.quads, draft.store.engine)
        breaches = validate(item.quads, known, shapes, item.places, file=item.record.file)
        findings += [*item.findings.items, *breaches]
        violations = [
            found
            for found in (*item.findings.items, *breaches)
            if found.severity is Severity.VIOLATION
        ]
        if violations:
            raise ShapeViolated(item.record.file, len(violations), tuple(findings))
    put_reviews(draft, Journal(dataset.root).decisions())
    step("Schlussfolgern", "drawing conclusions")
    closure = drawn(draft)
    draft.store.put_graph(INFERRED_GRAPH, closure.quads)
    step("Verknüpfungen vorschlagen", "proposing links")
    index = FitIndex.build(
        draft.store,
        generation="draft",
        cache=dataset.root / EMBEDDINGS,
        calibration=current_model(dataset.root),
        thesaurus=_known_thesaurus(draft),
    )
    proposals = propose_links(index)
    if draft.earlier is not None and has_mentions(draft.earlier.open()):
        proposals += mention_quads(draft.store, index.thesaurus)
    if thesaurus_file.NAME not in draft.files:
        draft.files[thesaurus_file.NAME] = thesaurus_file.as_bytes(index.thesaurus)
    draft.store.put_graph(PROPOSED_GRAPH, proposals)
    draft.stamp(moment_of(now))
    draft.store.put_graph(PROVENANCE_GRAPH, provenance_quads(draft.sources, now))
    step("Speichern", "writing")
    return Built(dataset.publish(draft), tuple(findings), closure, _links(proposals))


def _known_thesaurus(draft: Draft) -> Thesaurus | None:
    """Return the thesaurus of the earlier generation, and keep its file, if it holds still."""
    content = None if draft.earlier is None else draft.earlier.file(thesaurus_file.NAME)
    known = thesaurus_file.of_bytes(content)
    if known is None or content is None:
        return None
    change = draft.change()
    if not says_the_same(known, [*change.removed, *change.added], draft.store.engine):
        return None
    draft.files[thesaurus_file.NAME] = content
    return known


def _links(quads: Iterable[Quad]) -> int:
    return sum(1 for quad in quads if quad.predicate.value == KS.interfaceTarget)


def drawn(draft: Draft, before: Sequence[Quad] | None = None) -> Closure:
    """Return the conclusions: from the earlier ones if few statements changed, else anew.

    `before` are the conclusions of the earlier generation, read from it if they are not given.
    """
    rules, asserted = shipped_rules(), _asserted(draft)
    draft.rules = fingerprint(rules)
    change = draft.change()
    earlier = draft.earlier
    if earlier is None or earlier.rules != draft.rules or len(change) > len(asserted) / 2:
        return infer(asserted, rules)
    known = earlier.open().graph(INFERRED_GRAPH) if before is None else before
    return reinfer(asserted, known, change, rules)


def _asserted(draft: Draft) -> list[Quad]:
    without = {NamedNode(name) for name in (*DERIVED, ONTOLOGY_GRAPH)}
    every = draft.store.engine.quads_for_pattern(None, None, None, None)
    return [quad for quad in every if quad.graph_name not in without]


def inputs_checksum(folder: Path | None) -> str:
    """Return a checksum over all that a build reads: a city's folder and this software."""
    digest = hashlib.sha256()
    if folder is not None and folder.is_dir():
        for path in sorted(entry for entry in folder.rglob("*") if entry.is_file()):
            digest.update(path.relative_to(folder).as_posix().encode())
            digest.update(hashlib.sha256(path.read_bytes()).digest())
    for package in ("kg", "loaders", "ontology"):
        for entry in _files_below(resources.files(package)):
            digest.update(entry)
    return digest.hexdigest()


def _files_below(folder: Traversable) -> Iterator[bytes]:
    for entry in sorted(folder.iterdir(), key=lambda item: item.name):
        if entry.name == "__pycache__":
            continue
        if entry.is_dir():
            yield from _files_below(entry)
        else:
            yield hashlib.sha256(entry.name.encode() + entry.read_bytes()).digest()


def is_current(dataset: Dataset, stamp: str) -> bool:
    """Tell whether the current generation was built from inputs with this checksum."""
    try:
        dataset.current()
        return (dataset.root / "inputs").read_text("utf-8").strip() == stamp
    except (NoDataset, DatasetBroken, FileNotFoundError):
        return False


def remember_inputs(dataset: Dataset, stamp: str) -> None:
    """Note the checksum of the inputs beside the dataset that was built from them."""
    (dataset.root / "inputs").write_text(stamp + "\n", "utf-8")
