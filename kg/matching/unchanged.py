"""Tell whether the thesaurus of an earlier generation is still what the graph states."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from pyoxigraph import NamedNode, Quad, Store

from kg.matching.thesaurus import Thesaurus
from ontology.namespaces import KS, RDF

_TYPE: Final = NamedNode(RDF.type)
_CONCEPT: Final = NamedNode(KS.ThesaurusConcept)
_SOURCE: Final = NamedNode(KS.linkSource)
_LINKS: Final = frozenset({_SOURCE, NamedNode(KS.linkTarget)})


def says_the_same(thesaurus: Thesaurus, changed: Iterable[Quad], store: Store) -> bool:
    """Tell whether none of the changed statements can be about the thesaurus.

    Args:
        thesaurus: what was read before the change.
        changed: the statements that came or went.
        store: the graph after the change, conclusions included.

    The queries of the thesaurus ask for concepts, and for links from them: a statement is harmless
    when it makes no thing a concept, is about no concept, and about no link. Yes is certain, no
    only means that the graph has to be read.
    """
    concepts = {quad.subject for quad in store.quads_for_pattern(None, _TYPE, _CONCEPT)}
    if concepts != {NamedNode(iri) for iri in thesaurus.concepts}:
        return False
    return not any(
        quad.subject in concepts
        or quad.predicate in _LINKS
        or any(store.quads_for_pattern(quad.subject, _SOURCE, None))
        for quad in changed
    )
