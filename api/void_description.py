"""Say in VoID how much of what there is (https://www.w3.org/TR/void/)."""

from __future__ import annotations

from collections.abc import Iterator

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from api.dataset_figures import ClassFigures, GraphFigures, PropertyFigures
from ontology.namespaces import RDF, VOID

Node = NamedNode | BlankNode
# `class` cannot be declared as a name.
_CLASS = VOID.base + "class"


def figure_triples(node: Node, figures: GraphFigures, key: str) -> Iterator[Triple]:
    """Yield the counts of a graph; `key` tells the blank nodes of several graphs apart."""
    yield Triple(node, NamedNode(RDF.type), NamedNode(VOID.Dataset))
    yield _count(node, VOID.triples, figures.triples)
    yield _count(node, VOID.distinctSubjects, figures.subjects)
    yield _count(node, VOID.classes, len(figures.classes))
    yield _count(node, VOID.properties, len(figures.properties))
    for number, kind in enumerate(figures.classes):
        yield from _of_class(node, kind, f"{key}c{number}")
    for number, line in enumerate(figures.properties):
        yield from _of_property(node, line, f"{key}p{number}")


def _of_class(node: Node, kind: ClassFigures, key: str) -> Iterator[Triple]:
    part = BlankNode(key)
    yield Triple(node, NamedNode(VOID.classPartition), part)
    yield Triple(part, NamedNode(_CLASS), NamedNode(kind.iri))
    yield _count(part, VOID.entities, kind.entities)
    for number, line in enumerate(kind.properties):
        yield from _of_property(part, line, f"{key}p{number}")


def _of_property(node: Node, line: PropertyFigures, key: str) -> Iterator[Triple]:
    part = BlankNode(key)
    yield Triple(node, NamedNode(VOID.propertyPartition), part)
    yield Triple(part, NamedNode(VOID.property), NamedNode(line.iri))
    yield _count(part, VOID.triples, line.triples)
    yield _count(part, VOID.distinctSubjects, line.subjects)
    if line.values is not None:
        yield _count(part, VOID.distinctObjects, line.values)


def _count(node: Node, term: str, number: int) -> Triple:
    return Triple(node, NamedNode(term), Literal(number))
