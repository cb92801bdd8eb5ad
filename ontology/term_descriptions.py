"""Describe each class and property of the modules: its words, its axioms and what refers to it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final, Literal

from pyoxigraph import BlankNode, NamedNode

from ontology.correspondences import Chain
from ontology.namespaces import DCTERMS, KS, OWL, RDF, RDFS, SKOS
from ontology.query_head import Wording
from ontology.shipped_files import OntologyFile
from ontology.statements import Statements

TermKind = Literal["class", "object_property", "data_property", "annotation_property"]

KINDS: Final[Mapping[TermKind, str]] = {
    "class": OWL.Class,
    "object_property": OWL.ObjectProperty,
    "data_property": OWL.DatatypeProperty,
    "annotation_property": OWL.AnnotationProperty,
}
CHARACTERISTICS: Final = (
    OWL.FunctionalProperty,
    OWL.InverseFunctionalProperty,
    OWL.TransitiveProperty,
    OWL.SymmetricProperty,
    OWL.AsymmetricProperty,
    OWL.ReflexiveProperty,
    OWL.IrreflexiveProperty,
)


@dataclass(frozen=True, slots=True)
class ValueDefinition:
    """Say which things belong to a class: those of another class with a fixed value."""

    parent: str
    property: str
    value: str


@dataclass(frozen=True, slots=True)
class TermDescription:
    """Hold what the modules state about one term; all values are IRIs or words.

    Attributes:
        module: The IRI of the module that declares the term.
        domain: What the property holds for, "" for anything.
        range: Where the property leads, "" for anything.
        ends_from_inverse: Domain and range are those of the inverse, turned round.
        chains: The chains that mean this property, those of alignments too.
        chain_part_of: The properties whose chains have this one as a step.
        outgoing: Of a class, the properties that hold for it.
        incoming: Of a class, the properties that lead to it.
    """

    iri: str
    kind: TermKind
    module: str
    label: Wording
    definition: Wording | None
    rationale: Wording | None
    example: Wording | None
    sources: tuple[str, ...]
    parents: tuple[str, ...]
    children: tuple[str, ...]
    disjoint: tuple[str, ...]
    value_definitions: tuple[ValueDefinition, ...]
    domain: str
    range: str
    ends_from_inverse: bool
    inverse: str
    characteristics: tuple[str, ...]
    chains: tuple[Chain, ...]
    chain_part_of: tuple[str, ...]
    outgoing: tuple[str, ...]
    incoming: tuple[str, ...]

    @property
    def name(self) -> str:
        """Return the part of the IRI that is the term's own."""
        return self.iri.removeprefix(KS.base)


def described_terms(
    modules: Iterable[OntologyFile], chains: Iterable[Chain]
) -> dict[str, TermDescription]:
    """Return the terms that the modules declare, by IRI, sorted."""
    read = list(modules)
    described = _Describer(Statements(quad for file in read for quad in file.quads), tuple(chains))
    kinds = {iri: kind for kind, iri in KINDS.items()}
    found = [
        described.term(quad.subject.value, kinds[quad.object.value], file.iri)
        for file in read
        for quad in file.quads
        if quad.predicate.value == RDF.type
        and isinstance(quad.subject, NamedNode)
        and isinstance(quad.object, NamedNode)
        and quad.object.value in kinds
        and quad.subject.value.startswith(KS.base)
    ]
    return {term.iri: term for term in sorted(found, key=lambda term: term.iri)}


class _Describer:
    """Look up everything that belongs to one term."""

    def __init__(self, stated: Statements, chains: tuple[Chain, ...]) -> None:
        self._stated = stated
        self._chains = chains

    def term(self, iri: str, kind: TermKind, module: str) -> TermDescription:
        stated = self._stated
        below = RDFS.subClassOf if kind == "class" else RDFS.subPropertyOf
        own_ends = self._ends(iri)
        inverse = self._inverse(iri)
        ends = own_ends
        if inverse and not any(own_ends):
            ends = (self._ends(inverse)[1], self._ends(inverse)[0])
        return TermDescription(
            iri=iri,
            kind=kind,
            module=module,
            label=stated.wording(iri, RDFS.label) or Wording(iri, iri),
            definition=stated.wording(iri, SKOS.definition),
            rationale=stated.wording(iri, SKOS.note),
            example=stated.wording(iri, SKOS.example),
            sources=stated.iris(iri, DCTERMS.source),
            parents=stated.iris(iri, below),
            children=stated.subjects(below, iri),
            disjoint=self._disjoint(iri),
            value_definitions=self._value_definitions(iri),
            domain=ends[0],
            range=ends[1],
            ends_from_inverse=ends != own_ends,
            inverse=inverse,
            characteristics=tuple(
                kind for kind in CHARACTERISTICS if kind in stated.iris(iri, RDF.type)
            ),
            chains=tuple(chain for chain in self._chains if chain.property == iri),
            chain_part_of=tuple(
                sorted({chain.property for chain in self._chains if iri in chain.steps} - {iri})
            ),
            outgoing=stated.subjects(RDFS.domain, iri),
            incoming=stated.subjects(RDFS.range, iri),
        )

    def _ends(self, iri: str) -> tuple[str, str]:
        return self._stated.first_iri(iri, RDFS.domain), self._stated.first_iri(iri, RDFS.range)

    def _inverse(self, iri: str) -> str:
        stated = self._stated.first_iri(iri, OWL.inverseOf)
        return stated or next(iter(self._stated.subjects(OWL.inverseOf, iri)), "")

    def _disjoint(self, iri: str) -> tuple[str, ...]:
        stated = self._stated
        found = {
            other
            for predicate in (OWL.disjointWith, OWL.propertyDisjointWith)
            for other in (*stated.iris(iri, predicate), *stated.subjects(predicate, iri))
        }
        for axiom in stated.nodes(RDF.type, OWL.AllDisjointClasses):
            for head in stated.values(axiom, OWL.members):
                members = stated.iri_members(head)
                found.update(members if iri in members else ())
        return tuple(sorted(found - {iri}))

    def _value_definitions(self, iri: str) -> tuple[ValueDefinition, ...]:
        stated = self._stated
        found = []
        for same in stated.values(NamedNode(iri), OWL.equivalentClass):
            if not isinstance(same, BlankNode):
                continue
            for head in stated.values(same, OWL.intersectionOf):
                (parent,) = stated.iri_members(head)
                found += [
                    ValueDefinition(parent, on.value, value.value)
                    for restriction in stated.members(head)
                    if isinstance(restriction, BlankNode)
                    for on in stated.values(restriction, OWL.onProperty)
                    for value in stated.values(restriction, OWL.hasValue)
                ]
        return tuple(found)
