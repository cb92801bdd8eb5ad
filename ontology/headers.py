"""Read what each document of the ontology says about itself."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from ontology.namespaces import DCTERMS, OWL, SKOS, VANN
from ontology.query_head import Wording
from ontology.shipped_files import DocumentKind, OntologyFile
from ontology.statements import Statements

_NOTHING = Wording("", "")


@dataclass(frozen=True, slots=True)
class Header:
    """Hold a document's header; days are ISO dates, what is not stated is empty."""

    iri: str
    name: str
    kind: DocumentKind
    title: Wording
    description: Wording
    note: Wording
    citation: Wording
    creator: str
    publisher: str
    created: str
    modified: str
    licence: str
    sources: tuple[str, ...]
    imports: tuple[str, ...]
    prefix: str
    namespace: str
    version: str
    version_iri: str
    prior_version_iri: str


def header_of(file: OntologyFile) -> Header:
    """Return the header of a file."""
    stated = Statements(file.quads)
    iri = file.iri
    return Header(
        iri=iri,
        name=file.name,
        kind=file.kind,
        title=stated.wording(iri, DCTERMS.title) or _NOTHING,
        description=stated.wording(iri, DCTERMS.description) or _NOTHING,
        note=stated.wording(iri, SKOS.note) or _NOTHING,
        citation=stated.wording(iri, DCTERMS.bibliographicCitation) or _NOTHING,
        creator=stated.text(iri, DCTERMS.creator),
        publisher=stated.text(iri, DCTERMS.publisher),
        created=stated.text(iri, DCTERMS.created)[:10],
        modified=stated.text(iri, DCTERMS.modified)[:10],
        licence=stated.first_iri(iri, DCTERMS.license),
        sources=stated.iris(iri, DCTERMS.source),
        imports=stated.iris(iri, OWL.imports),
        prefix=stated.text(iri, VANN.preferredNamespacePrefix),
        namespace=stated.text(iri, VANN.preferredNamespaceUri),
        version=stated.text(iri, OWL.versionInfo),
        version_iri=stated.first_iri(iri, OWL.versionIRI),
        prior_version_iri=stated.first_iri(iri, OWL.priorVersion),
    )


def in_reading_order(headers: Mapping[str, Header]) -> list[Header]:
    """Return headers so that what a document imports comes before it."""
    return sorted(
        headers.values(), key=lambda header: (len(_imported(header, headers)), header.iri)
    )


def _imported(header: Header, headers: Mapping[str, Header]) -> set[str]:
    found: set[str] = set()
    waiting = list(header.imports)
    while waiting:
        iri = waiting.pop()
        if iri not in found:
            found.add(iri)
            waiting += headers[iri].imports if iri in headers else ()
    return found
