"""Find the document of the ontology that an IRI stands for, and write it in the formats of RDF."""

from __future__ import annotations

from dataclasses import dataclass

from pyoxigraph import CanonicalizationAlgorithm, Dataset, Triple

from api.rdf_documents import rdf_document
from kg.serving.formats import AnswerFormat
from ontology.description import ontology_description
from ontology.headers import Header
from ontology.shipped_files import ontology_files


@dataclass(frozen=True, slots=True)
class FoundDocument:
    """Hold a document and the version that was asked for, "" for whichever there is."""

    header: Header
    asked_version: str = ""

    @property
    def is_superseded(self) -> bool:
        """Tell whether the version asked for is an older one, which is not kept here."""
        return self.asked_version not in ("", self.header.version)


def document_at(iri: str) -> FoundDocument | None:
    """Return the document with this IRI, version IRI or prior version IRI."""
    for header in ontology_description().headers.values():
        if iri == header.iri:
            return FoundDocument(header)
        if iri == header.version_iri:
            return FoundDocument(header, header.version)
        if iri == header.prior_version_iri:
            return FoundDocument(header, iri.rpartition("/")[2])
    return None


def document_text(header: Header, chosen: AnswerFormat) -> bytes:
    """Return a document's statements; as Turtle the file itself, with its order and remarks."""
    file = ontology_files()[header.iri]
    if chosen is AnswerFormat.TURTLE:
        return file.turtle.encode()
    statements = Dataset(file.quads)
    # The same document has the same bytes, whatever its blank nodes were called when it was read.
    statements.canonicalize(CanonicalizationAlgorithm.RDFC_1_0)
    triples = [Triple(quad.subject, quad.predicate, quad.object) for quad in statements]
    return rdf_document(triples, chosen)
