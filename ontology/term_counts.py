"""Count what the shipped ontology holds."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from pyoxigraph import Literal, NamedNode, Store

from ontology.namespaces import KS, ONTOLOGY, OWL, RDF, SKOS, scheme
from ontology.reference import ontology_quads, reference_quads


@dataclass(frozen=True, slots=True)
class TermCounts:
    """Hold the ontology's version and how many terms of each kind it defines.

    `concepts` counts by scheme, without the thesaurus, which is counted on its own.
    """

    version: str
    classes: int
    object_properties: int
    data_properties: int
    annotation_properties: int
    concepts: Mapping[str, int]
    thesaurus_concepts: int


def term_counts() -> TermCounts:
    """Return the counts of the ontology and the thesaurus as they are shipped."""
    store = Store()
    store.extend(ontology_quads())
    (version,) = _objects(store, NamedNode(ONTOLOGY), OWL.versionInfo)
    schemes = Counter(iri.removeprefix(scheme("")) for iri in _objects(store, None, SKOS.inScheme))
    thesaurus = {
        quad.subject
        for quad in reference_quads("thesaurus")
        if quad.predicate.value == RDF.type and quad.object == NamedNode(KS.ThesaurusConcept)
    }
    return TermCounts(
        version=version,
        classes=_own(store, OWL.Class),
        object_properties=_own(store, OWL.ObjectProperty),
        data_properties=_own(store, OWL.DatatypeProperty),
        annotation_properties=_own(store, OWL.AnnotationProperty),
        concepts=dict(sorted(schemes.items())),
        thesaurus_concepts=len(thesaurus),
    )


def _objects(store: Store, subject: NamedNode | None, predicate: str) -> list[str]:
    found = store.quads_for_pattern(subject, NamedNode(predicate), None)
    return [quad.object.value for quad in found if isinstance(quad.object, NamedNode | Literal)]


def _own(store: Store, kind: str) -> int:
    declared = store.quads_for_pattern(None, NamedNode(RDF.type), NamedNode(kind))
    return sum(str(quad.subject).startswith(f"<{KS.base}") for quad in declared)
