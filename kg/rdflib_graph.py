"""Hand quads over to the libraries that work on rdflib graphs."""

from __future__ import annotations

from collections.abc import Iterable

from pyoxigraph import BlankNode, Literal, NamedNode, Quad
from pyoxigraph import Triple as TripleTerm
from rdflib import BNode, Graph, URIRef
from rdflib import Literal as RdflibLiteral
from rdflib.term import Node

from ontology.namespaces import XSD

_Term = NamedNode | BlankNode | Literal | TripleTerm


def as_rdflib(quads: Iterable[Quad]) -> Graph:
    """Return the statements of the quads as one graph; graph names are left out.

    Each term is made once, which takes less than half the time of writing and parsing N-Triples.
    Statements about statements, which rdflib does not know, are left out.
    """
    graph = Graph()
    terms: dict[_Term, Node] = {}
    for quad in quads:
        if isinstance(quad.subject, TripleTerm) or isinstance(quad.object, TripleTerm):
            continue
        parts = (quad.subject, quad.predicate, quad.object)
        for part in parts:
            if part not in terms:
                terms[part] = _term(part)
        subject, predicate, value = (terms[part] for part in parts)
        graph.add((subject, predicate, value))
    return graph


def _term(term: NamedNode | BlankNode | Literal) -> Node:
    if isinstance(term, NamedNode):
        return URIRef(term.value)
    if isinstance(term, BlankNode):
        return BNode(term.value)
    if term.language is not None:
        return RdflibLiteral(term.value, lang=term.language)
    # rdflib takes "a" and "a"^^xsd:string for two different literals
    kind = None if term.datatype.value == XSD.string else URIRef(term.datatype.value)
    return RdflibLiteral(term.value, datatype=kind)
