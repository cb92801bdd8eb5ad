"""Put the reviewed links into a draft, so that rules, matching and readers see them."""

from __future__ import annotations

from collections.abc import Sequence

from pyoxigraph import NamedNode, Quad

from kg.dataset import Draft
from kg.reviewing.decisions import Decision, standing
from kg.reviewing.links import Link
from kg.reviewing.statements import reviewed_quads
from ontology.namespaces import KS, RDF, REVIEWED_GRAPH

_STATUS = NamedNode(KS.reviewStatus)
_REVIEWED = NamedNode(REVIEWED_GRAPH)


def put_reviews(draft: Draft, decisions: Sequence[Decision]) -> None:
    """Replay all decisions into the draft; without any, `graph/reviewed` stays as it is.

    A status that a source states of a decided link leaves the source's graph: a link has one
    status, the latest (`ks:reviewStatus` is functional), and the source is there to look it up.
    """
    if not decisions:
        return
    draft.put_graph(REVIEWED_GRAPH, ())
    quads = reviewed_quads(decisions, lambda link: _is_known(draft, link))
    draft.put_graph(REVIEWED_GRAPH, quads)
    decided = {NamedNode(iri) for iri in standing(decisions)}
    elsewhere = [
        quad
        for link in sorted(decided, key=str)
        for quad in draft.store.engine.quads_for_pattern(link, _STATUS, None, None)
        if quad.graph_name != _REVIEWED
    ]
    for graph in sorted({str(quad.graph_name).strip("<>") for quad in elsewhere}):
        kept = [
            quad
            for quad in draft.store.graph(graph)
            if not (quad.predicate == _STATUS and quad.subject in decided)
        ]
        draft.put_graph(graph, kept)
    draft.reviews = len(decisions)


def open_proposals(quads: Sequence[Quad], decisions: Sequence[Decision]) -> list[Quad]:
    """Return the proposed links without those whose element and aim people decided on already."""
    items = standing(decisions).values()
    settled = {(f"<{item.link.source}>", f"<{item.link.target}>") for item in items}
    sources = {q.subject: q.object for q in quads if q.predicate.value == KS.interfaceSource}
    gone = {
        quad.subject
        for quad in quads
        if quad.predicate.value == KS.interfaceTarget
        and (str(sources[quad.subject]), str(quad.object)) in settled
    }
    evidence = {
        quad.object
        for quad in quads
        if quad.subject in gone and quad.predicate.value == KS.hasEvidence
    }
    still = {
        quad.object
        for quad in quads
        if quad.subject not in gone and quad.predicate.value == KS.hasEvidence
    }
    return [quad for quad in quads if quad.subject not in gone | (evidence - still)]


def _is_known(draft: Draft, link: Link) -> bool:
    described = NamedNode(RDF.type)
    return all(
        next(draft.store.engine.quads_for_pattern(NamedNode(iri), described, None, None), None)
        is not None
        for iri in (link.source, link.target)
    )
