"""Publish the decisions that readers do not see yet, without matching anything again."""

from __future__ import annotations

from kg.building import drawn
from kg.dataset import Dataset, Generation
from kg.errors import NoDataset
from kg.matching import thesaurus_file
from kg.reviewing.applying import open_proposals, put_reviews
from kg.reviewing.journal import Journal
from ontology.namespaces import INFERRED_GRAPH, PROPOSED_GRAPH, PROVENANCE_GRAPH


def unpublished(dataset: Dataset, journal: Journal) -> int:
    """Return how many decisions the current generation lacks."""
    try:
        return max(0, len(journal.decisions()) - dataset.current().reviews)
    except NoDataset:
        return 0


def publish_reviews(dataset: Dataset) -> Generation | None:
    """Publish one generation with all decisions; None when readers see all of them already.

    Nothing that the matcher reads has changed, so its other proposals stay; conclusions are kept
    up with what changed.

    Raises:
        NoDataset: nothing was built yet.
        DatasetBusy: another process is writing; the decisions are kept and come with its next one.
    """
    with dataset.next_draft() as draft:
        decisions = Journal(dataset.root).decisions()
        earlier = draft.earlier
        if earlier is None or earlier.reviews >= len(decisions):
            return None
        store = earlier.open()
        inferred = store.graph(INFERRED_GRAPH)
        draft.store.put_graph(PROVENANCE_GRAPH, store.graph(PROVENANCE_GRAPH))
        proposed = store.graph(PROPOSED_GRAPH)
        draft.store.put_graph(PROPOSED_GRAPH, open_proposals(proposed, decisions))
        put_reviews(draft, decisions)
        draft.store.put_graph(INFERRED_GRAPH, drawn(draft, inferred).quads)
        change = draft.change()
        for graph, before in ((PROPOSED_GRAPH, proposed), (INFERRED_GRAPH, inferred)):
            now = draft.store.graph(graph)
            change.removed.extend(set(before).difference(now))
            change.added.extend(set(now).difference(before))
        content = earlier.file(thesaurus_file.NAME)
        if content is not None:
            draft.files[thesaurus_file.NAME] = content
        return dataset.publish(draft, change)
