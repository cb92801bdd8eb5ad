"""Collect statements for one named graph in a fixed order, each once."""

from __future__ import annotations

from pyoxigraph import Literal, NamedNode, Quad

from ontology.namespaces import DCTERMS, KS, RDF, RDFS, SKOS, XSD, scheme


class QuadList:
    """Collect quads of one graph; the order is the order of adding, repetitions are dropped."""

    def __init__(self, graph: str) -> None:
        """Start an empty list for a graph."""
        self._graph = NamedNode(graph)
        self._quads: dict[Quad, None] = {}

    def quads(self) -> list[Quad]:
        """Return what was collected."""
        return list(self._quads)

    def add(self, subject: str, predicate: str, value: NamedNode | Literal) -> None:
        """Add one statement."""
        self._quads[Quad(NamedNode(subject), NamedNode(predicate), value, self._graph)] = None

    def iri(self, subject: str, predicate: str, value: str) -> None:
        """Add a statement whose object is an IRI."""
        self.add(subject, predicate, NamedNode(value))

    def iris(self, subject: str, predicate: str, values: list[str]) -> None:
        """Add one statement for each object."""
        for value in values:
            self.iri(subject, predicate, value)

    def types(self, subject: str, *classes: str) -> None:
        """State the classes of a thing."""
        self.iris(subject, RDF.type, list(classes))

    def text(self, subject: str, predicate: str, value: str, language: str) -> None:
        """Add a text in a language; an empty text adds nothing."""
        if value:
            self.add(subject, predicate, Literal(value, language=language))

    def both(self, subject: str, predicate: str, german: str, english: str) -> None:
        """Add a text in German and English."""
        self.text(subject, predicate, german, "de")
        self.text(subject, predicate, english, "en")

    def string(self, subject: str, predicate: str, value: str) -> None:
        """Add a text without language; an empty text adds nothing."""
        if value:
            self.add(subject, predicate, Literal(value))

    def integer(self, subject: str, predicate: str, value: int) -> None:
        """Add a whole number."""
        self.add(subject, predicate, Literal(str(value), datatype=NamedNode(XSD.integer)))

    def day(self, subject: str, predicate: str, value: str | None) -> None:
        """Add a day; no day adds nothing."""
        if value is not None:
            self.add(subject, predicate, Literal(value, datatype=NamedNode(XSD.date)))

    def label(self, subject: str, german: str, english: str) -> None:
        """Add the label as RDFS label and as SKOS preferred label."""
        self.both(subject, RDFS.label, german, english)
        self.both(subject, SKOS.prefLabel, german, english)

    def concept(self, name: str, code: str, *classes: str) -> str:
        """State a concept of a scheme and return its IRI."""
        subject = scheme(name, code)
        self.types(subject, SKOS.Concept, *classes)
        self.string(subject, SKOS.notation, code)
        self.iri(subject, SKOS.inScheme, scheme(name))
        return subject

    def concept_scheme(self, name: str, german: str, english: str) -> None:
        """State a concept scheme with its title."""
        self.types(scheme(name), SKOS.ConceptScheme)
        self.label(scheme(name), german, english)

    def ground(self, subject: str, evidence: str, source: str | None) -> None:
        """State what a row rests on: its evidence kind and, if there is one, its source."""
        self.iri(subject, KS.derivation, scheme("evidence-kind", evidence))
        if source is not None:
            self.iri(subject, DCTERMS.source, source)
