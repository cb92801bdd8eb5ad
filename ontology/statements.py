"""Look up statements by subject and predicate, or by predicate and object."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from pyoxigraph import BlankNode, Literal, NamedNode, Quad

from ontology.namespaces import RDF
from ontology.query_head import Wording

Resource = NamedNode | BlankNode
Value = NamedNode | BlankNode | Literal


class Statements:
    """Hold statements, whatever their graphs; every answer has a fixed order."""

    def __init__(self, quads: Iterable[Quad]) -> None:
        self._values: dict[tuple[Resource, str], list[Value]] = defaultdict(list)
        self._subjects: dict[tuple[str, Value], list[Resource]] = defaultdict(list)
        for quad in quads:
            subject, value = quad.subject, quad.object
            if isinstance(subject, Resource) and isinstance(value, Value):
                self._values[subject, quad.predicate.value].append(value)
                self._subjects[quad.predicate.value, value].append(subject)

    def values(self, subject: Resource, predicate: str) -> list[Value]:
        """Return the objects in the order in which they were stated."""
        return list(self._values.get((subject, predicate), ()))

    def iris(self, subject: str, predicate: str) -> tuple[str, ...]:
        """Return the objects that are IRIs, sorted."""
        found = self.values(NamedNode(subject), predicate)
        return tuple(sorted({value.value for value in found if isinstance(value, NamedNode)}))

    def first_iri(self, subject: str, predicate: str) -> str:
        """Return the first of the objects that are IRIs, "" when there is none."""
        return next(iter(self.iris(subject, predicate)), "")

    def nodes(self, predicate: str, value: str) -> list[Resource]:
        """Return the subjects of statements with this predicate and this IRI as object."""
        return list(self._subjects.get((predicate, NamedNode(value)), ()))

    def subjects(self, predicate: str, value: str) -> tuple[str, ...]:
        """Return those subjects that are IRIs, sorted."""
        found = self.nodes(predicate, value)
        return tuple(sorted({node.value for node in found if isinstance(node, NamedNode)}))

    def text(self, subject: str, predicate: str) -> str:
        """Return the first literal, "" when there is none."""
        found = self.values(NamedNode(subject), predicate)
        return next((value.value for value in found if isinstance(value, Literal)), "")

    def wording(self, subject: str, predicate: str) -> Wording | None:
        """Return the text in German and English; one that is missing stands for both."""
        found = self.values(NamedNode(subject), predicate)
        texts = {value.language or "": value.value for value in found if isinstance(value, Literal)}
        if not texts:
            return None
        spare = next(iter(texts.values()))
        return Wording(texts.get("de", spare), texts.get("en", spare))

    def members(self, head: Value) -> list[Value]:
        """Return the members of an RDF list."""
        found: list[Value] = []
        while isinstance(head, BlankNode):
            found += self.values(head, RDF.first)
            head = next(iter(self.values(head, RDF.rest)), NamedNode(RDF.nil))
        return found

    def iri_members(self, head: Value) -> tuple[str, ...]:
        """Return the members of an RDF list that are IRIs."""
        return tuple(item.value for item in self.members(head) if isinstance(item, NamedNode))
