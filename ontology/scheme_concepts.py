"""Read the concepts of the shipped schemes."""

from __future__ import annotations

import re
from dataclasses import dataclass

from ontology.namespaces import RDF, RDFS, SKOS
from ontology.query_head import Wording
from ontology.shipped_files import OntologyFile
from ontology.statements import Statements


@dataclass(frozen=True, slots=True)
class ConceptDescription:
    """Hold a concept: its code, its words and the classes it belongs to besides `skos:Concept`."""

    iri: str
    code: str
    label: Wording
    definition: Wording | None
    rationale: Wording | None
    example: Wording | None
    classes: tuple[str, ...]


def concepts_in(file: OntologyFile) -> tuple[ConceptDescription, ...]:
    """Return the concepts of a scheme in the order of their codes, numbers by size."""
    stated = Statements(file.quads)
    found = [_concept(stated, iri) for iri in stated.subjects(SKOS.inScheme, file.iri)]
    return tuple(sorted(found, key=lambda concept: (_by_size(concept.code), concept.iri)))


def _concept(stated: Statements, iri: str) -> ConceptDescription:
    return ConceptDescription(
        iri=iri,
        code=stated.text(iri, SKOS.notation),
        label=stated.wording(iri, RDFS.label) or Wording(iri, iri),
        definition=stated.wording(iri, SKOS.definition),
        rationale=stated.wording(iri, SKOS.note),
        example=stated.wording(iri, SKOS.example),
        classes=tuple(kind for kind in stated.iris(iri, RDF.type) if kind != SKOS.Concept),
    )


def _by_size(code: str) -> list[tuple[int, str]]:
    """Return a key by which R10 comes after R9."""
    return [
        (int(part), "") if part.isdigit() else (-1, part) for part in re.findall(r"\d+|\D+", code)
    ]
