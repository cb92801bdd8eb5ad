"""Tell which relations say the same: inverses, and relations that a narrower one implies."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Final

from pyoxigraph import NamedNode

from ontology.namespaces import OWL, RDFS, SDGO, SKOS
from ontology.reference import ontology_quads

# Inverses in the vocabularies of others that the dataset states both ways.
_FOREIGN: Final = {
    SDGO.hasTarget: SDGO.isTargetOf,
    SDGO.hasIndicator: SDGO.isIndicatorOf,
    SKOS.broader: SKOS.narrower,
    SKOS.hasTopConcept: SKOS.topConceptOf,
    SKOS.related: SKOS.related,
}


@dataclass(frozen=True, slots=True)
class Relations:
    """Hold by IRI the inverse of each property, and what each property or class implies."""

    inverses: Mapping[str, str]
    wider: Mapping[str, frozenset[str]]

    def implied(self, iris: Iterable[str]) -> set[str]:
        """Return those that another one of them implies."""
        given = set(iris)
        return {wider for iri in given for wider in self.wider.get(iri, ()) if wider in given}


@cache
def relations() -> Relations:
    """Return the relations of the ontology; a wider one of a wider one counts too."""
    inverses: dict[str, str] = dict(_FOREIGN)
    inverses |= {other: one for one, other in _FOREIGN.items()}
    direct: defaultdict[str, set[str]] = defaultdict(set)
    for quad in ontology_quads():
        if not isinstance(quad.subject, NamedNode) or not isinstance(quad.object, NamedNode):
            continue
        one, other = quad.subject.value, quad.object.value
        if quad.predicate.value == OWL.inverseOf:
            inverses[one], inverses[other] = other, one
        elif quad.predicate.value in (RDFS.subPropertyOf, RDFS.subClassOf):
            direct[one].add(other)
    for one, wider in list(direct.items()):
        if one in inverses:
            direct[inverses[one]] |= {inverses[item] for item in wider if item in inverses}
    return Relations(inverses, {one: _reached(one, direct) for one in list(direct)})


def _reached(start: str, direct: Mapping[str, set[str]]) -> frozenset[str]:
    found: set[str] = set()
    waiting = list(direct.get(start, ()))
    while waiting:
        item = waiting.pop()
        if item not in found and item != start:
            found.add(item)
            waiting += direct.get(item, ())
    return frozenset(found)
