"""Name the formats in which an answer can be given."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from enum import Enum

from pyoxigraph import NamedNode, QueryResultsFormat, RdfFormat, Triple

from ontology.namespaces import PREFIXES


class AnswerFormat(Enum):
    """Name a format: its short name, its media type, and whether it carries triples."""

    JSON = ("json", "application/sparql-results+json", False)
    XML = ("xml", "application/sparql-results+xml", False)
    CSV = ("csv", "text/csv; charset=utf-8", False)
    TSV = ("tsv", "text/tab-separated-values; charset=utf-8", False)
    TURTLE = ("turtle", "text/turtle; charset=utf-8", True)
    N_TRIPLES = ("ntriples", "application/n-triples; charset=utf-8", True)
    JSON_LD = ("jsonld", "application/ld+json", True)
    RDF_XML = ("rdfxml", "application/rdf+xml; charset=utf-8", True)
    N_QUADS = ("nquads", "application/n-quads", True)
    TRIG = ("trig", "application/trig", True)

    def __init__(self, short_name: str, content_type: str, is_graph: bool) -> None:
        self.short_name = short_name
        self.content_type = content_type
        self.is_graph = is_graph

    @property
    def media_type(self) -> str:
        """Return the media type without its parameters.

        >>> AnswerFormat.CSV.media_type
        'text/csv'
        """
        return self.content_type.partition(";")[0]

    @classmethod
    def named(cls, short_name: str) -> AnswerFormat | None:
        """Return the format with this short name, if there is one."""
        return next((item for item in cls if item.short_name == short_name), None)


SOLUTION_FORMATS = {
    AnswerFormat.JSON: QueryResultsFormat.JSON,
    AnswerFormat.XML: QueryResultsFormat.XML,
    AnswerFormat.CSV: QueryResultsFormat.CSV,
    AnswerFormat.TSV: QueryResultsFormat.TSV,
}
GRAPH_FORMATS = {
    AnswerFormat.TURTLE: RdfFormat.TURTLE,
    AnswerFormat.N_TRIPLES: RdfFormat.N_TRIPLES,
    AnswerFormat.JSON_LD: RdfFormat.JSON_LD,
    AnswerFormat.RDF_XML: RdfFormat.RDF_XML,
    AnswerFormat.N_QUADS: RdfFormat.N_QUADS,
    AnswerFormat.TRIG: RdfFormat.TRIG,
}


def prefixes_of(
    triples: Iterable[Triple], prefixes: Mapping[str, str] = PREFIXES
) -> dict[str, str]:
    """Return those of the prefixes that shorten an IRI of the triples, and no others."""
    iris = {
        term.value
        for triple in triples
        for term in (triple.subject, triple.predicate, triple.object)
        if isinstance(term, NamedNode)
    }
    bases = {iri[: max(iri.rfind("/"), iri.rfind("#")) + 1] for iri in iris}
    return {name: base for name, base in prefixes.items() if base in bases}
