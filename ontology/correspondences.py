"""Read the alignments: how our terms and concepts relate to those of other vocabularies."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from pyoxigraph import BlankNode, NamedNode

from ontology.namespaces import OWL, RDFS, SKOS
from ontology.shipped_files import OntologyFile
from ontology.statements import Statements
from ontology.terms import BASE

RELATIONS: Final = (
    RDFS.subClassOf,
    RDFS.subPropertyOf,
    OWL.equivalentClass,
    SKOS.exactMatch,
    SKOS.closeMatch,
    SKOS.broadMatch,
    SKOS.narrowMatch,
    SKOS.relatedMatch,
)


@dataclass(frozen=True, slots=True)
class Correspondence:
    """Hold one line of an alignment: the relation leads from ours to theirs.

    `is_reversed` says that it leads the other way, from theirs to ours.
    """

    ours: str
    relation: str
    theirs: str
    is_reversed: bool
    document: str


@dataclass(frozen=True, slots=True)
class Chain:
    """Hold a property chain: following the steps in turn means the property."""

    property: str
    steps: tuple[str, ...]
    document: str


def correspondences_in(file: OntologyFile) -> list[Correspondence]:
    """Return the lines of an alignment, sorted."""
    found = []
    for quad in file.quads:
        relation = quad.predicate.value
        subject, value = quad.subject, quad.object
        if not isinstance(subject, NamedNode) or not isinstance(value, NamedNode):
            continue
        if relation not in RELATIONS:
            continue
        is_reversed = not subject.value.startswith(BASE)
        ours, theirs = (value, subject) if is_reversed else (subject, value)
        found.append(Correspondence(ours.value, relation, theirs.value, is_reversed, file.iri))
    order = {relation: place for place, relation in enumerate(RELATIONS)}
    return sorted(found, key=lambda line: (line.ours, order[line.relation], line.theirs))


def chains_in(files: Iterable[OntologyFile]) -> list[Chain]:
    """Return the property chains of these files, sorted."""
    found = []
    for file in files:
        stated = Statements(file.quads)
        for quad in file.quads:
            if quad.predicate.value != OWL.propertyChainAxiom:
                continue
            if isinstance(quad.subject, NamedNode) and isinstance(quad.object, BlankNode):
                steps = stated.iri_members(quad.object)
                found.append(Chain(quad.subject.value, steps, file.iri))
    return sorted(found, key=lambda chain: (chain.property, chain.document, chain.steps))
