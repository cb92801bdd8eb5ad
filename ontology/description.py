"""Give all that the ontology's documentation tells, read once from the shipped files."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from pyoxigraph import NamedNode

from ontology.competency import CompetencyQuestion, competency_questions
from ontology.correspondences import Chain, Correspondence, chains_in, correspondences_in
from ontology.headers import Header, header_of
from ontology.namespaces import RDFS
from ontology.query_head import Wording
from ontology.scheme_concepts import ConceptDescription, concepts_in
from ontology.shipped_files import ontology_files
from ontology.statements import Statements
from ontology.term_descriptions import TermDescription, described_terms


@dataclass(frozen=True, slots=True)
class OntologyDescription:
    """Hold headers by document, terms by IRI, and what belongs to alignments and schemes.

    Attributes:
        concepts: The concepts of each scheme by the scheme's IRI.
        correspondences: The lines of each alignment by the alignment's IRI.
        chains: The property chains of modules and alignments.
        questions: The competency questions by number.
        labels: The labels of all our terms, concepts and schemes by IRI.
    """

    headers: Mapping[str, Header]
    terms: Mapping[str, TermDescription]
    concepts: Mapping[str, tuple[ConceptDescription, ...]]
    correspondences: Mapping[str, tuple[Correspondence, ...]]
    chains: tuple[Chain, ...]
    questions: Mapping[str, CompetencyQuestion]
    labels: Mapping[str, Wording]

    def of_module(self, module: str) -> list[TermDescription]:
        """Return the terms that a module declares."""
        return [term for term in self.terms.values() if term.module == module]

    def ancestors(self, iri: str) -> list[str]:
        """Return the classes above a class, the nearest first."""
        found: list[str] = []
        waiting = [iri]
        while waiting:
            term = self.terms.get(waiting.pop(0))
            for parent in term.parents if term else ():
                if parent not in found:
                    found.append(parent)
                    waiting.append(parent)
        return found

    def questions_on(self, iri: str) -> list[CompetencyQuestion]:
        """Return the competency questions whose query names a term."""
        return [question for question in self.questions.values() if iri in question.terms()]

    def correspondences_of(self, iri: str) -> list[Correspondence]:
        """Return what all alignments say about a term or concept of ours."""
        return [
            line for lines in self.correspondences.values() for line in lines if line.ours == iri
        ]

    def schemes_of(self, iri: str) -> list[str]:
        """Return the schemes that have concepts of a class."""
        return [
            scheme
            for scheme, concepts in self.concepts.items()
            if any(iri in concept.classes for concept in concepts)
        ]


@cache
def ontology_description() -> OntologyDescription:
    """Return the description of the shipped ontology."""
    files = ontology_files()
    by_kind = defaultdict(list)
    for file in files.values():
        by_kind[file.kind].append(file)
    chains = tuple(chains_in([*by_kind["module"], *by_kind["alignment"]]))
    everything = Statements(quad for file in files.values() for quad in file.quads)
    labelled = {
        quad.subject.value
        for file in files.values()
        for quad in file.quads
        if quad.predicate.value == RDFS.label and isinstance(quad.subject, NamedNode)
    }
    labels = {iri: everything.wording(iri, RDFS.label) for iri in sorted(labelled)}
    return OntologyDescription(
        headers={iri: header_of(file) for iri, file in files.items()},
        terms=described_terms(by_kind["module"], chains),
        concepts={file.iri: concepts_in(file) for file in by_kind["scheme"]},
        correspondences={
            file.iri: tuple(correspondences_in(file)) for file in by_kind["alignment"]
        },
        chains=chains,
        questions=competency_questions(),
        labels={iri: label for iri, label in labels.items() if label is not None},
    )
