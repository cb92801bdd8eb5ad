"""Read from a generation the links that wait for a review."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from pyoxigraph import Literal, NamedNode, Quad

from kg.dataset import Generation
from kg.embedded import EmbeddedStore
from kg.labels import short_name
from kg.reviewing.links import PROPOSED, Link, Passage
from ontology.namespaces import (
    INFERRED_GRAPH,
    KS,
    PROV,
    RDF,
    RDFS,
    REVIEWED_GRAPH,
    SDGO,
    scheme,
)
from ontology.terms import BASE

_AIMS: Final = frozenset({KS.Aim, SDGO.Goal, SDGO.Target})
_OWN_IRI: Final = re.compile(re.escape(f"{BASE}id/") + r"(\d{8})/")
_DERIVED: Final = frozenset({NamedNode(INFERRED_GRAPH), NamedNode(REVIEWED_GRAPH)})


class LinkReader:
    """Read links of one generation."""

    def __init__(self, generation: Generation, store: EmbeddedStore) -> None:
        self._engine = store.engine
        self._loaded_by = {record.graph: record.loaded_by for record in generation.sources}

    def proposed(self) -> Iterable[Link]:
        """Give the links that are proposed and that nobody decided on, in no order."""
        status = NamedNode(scheme("review-status", PROPOSED))
        found = self._engine.quads_for_pattern(None, NamedNode(KS.reviewStatus), status, None)
        for iri in dict.fromkeys(quad.subject for quad in found):
            if isinstance(iri, NamedNode):
                link = self.link(iri.value)
                if link is not None:
                    yield link

    def link(self, iri: str) -> Link | None:
        """Return a link that is proposed, None for anything else."""
        facts = _Facts(self._stated(iri))
        statuses = {short_name(value) for value in facts.all(KS.reviewStatus)}
        source, target = facts.one(KS.interfaceSource), facts.one(KS.interfaceTarget)
        if statuses != {PROPOSED} or not source or not target:
            return None
        return Link(
            iri,
            source,
            target,
            short_name(facts.one(KS.interfaceKind)) or "supports",
            int(facts.one(KS.strength) or 1),
            facts.one(KS.confidence),
            facts.text(RDFS.label, "de"),
            facts.text(RDFS.label, "en"),
            facts.text(KS.rationale, "de"),
            facts.text(KS.rationale, "en"),
            facts.one(KS.assessmentMethod),
            tuple(sorted(facts.all(PROV.wasAttributedTo))),
            tuple(sorted(key for graph in facts.graphs if (key := self._loaded_by.get(graph)))),
            self._cities(source),
            tuple(self._passage(evidence) for evidence in sorted(facts.all(KS.hasEvidence))),
        )

    def is_element(self, iri: str) -> bool:
        """Tell whether something other than a review describes a thing."""
        return bool(_Facts(self._stated(iri)).all(RDF.type))

    def is_aim(self, iri: str) -> bool:
        """Tell whether a thing is an aim."""
        types = self._engine.quads_for_pattern(NamedNode(iri), NamedNode(RDF.type), None, None)
        return any(getattr(quad.object, "value", "") in _AIMS for quad in types)

    def is_known(self, link: Link) -> bool:
        """Tell whether element and aim of a link are still there."""
        return self.is_element(link.source) and self.is_element(link.target)

    def _stated(self, iri: str) -> list[Quad]:
        found = self._engine.quads_for_pattern(NamedNode(iri), None, None, None)
        return [quad for quad in found if quad.graph_name not in _DERIVED]

    def _cities(self, element: str) -> tuple[str, ...]:
        """Return the AGS of the municipalities of an element, else that in its IRI."""
        node, predicate = NamedNode(element), NamedNode(KS.forMunicipality)
        found = {
            short_name(quad.object.value)
            for quad in self._engine.quads_for_pattern(node, predicate, None, None)
            if isinstance(quad.object, NamedNode)
        }
        own = _OWN_IRI.match(element)
        return tuple(sorted(found | ({own[1]} if own else set())))

    def _passage(self, iri: str) -> Passage:
        facts = _Facts(self._stated(iri))
        return Passage(
            iri,
            facts.one(KS.evidenceSource),
            facts.one(KS.quote),
            facts.one(KS.page),
            facts.one(KS.sourceRow),
        )


class _Facts:
    """Hold what is stated of one thing."""

    def __init__(self, quads: Iterable[Quad]) -> None:
        self._values: dict[str, list[NamedNode | Literal]] = {}
        self.graphs: set[str] = set()
        for quad in quads:
            if isinstance(quad.object, NamedNode | Literal):
                self._values.setdefault(quad.predicate.value, []).append(quad.object)
            if isinstance(quad.graph_name, NamedNode):
                self.graphs.add(quad.graph_name.value)

    def all(self, predicate: str) -> set[str]:
        return {value.value for value in self._values.get(predicate, ())}

    def one(self, predicate: str) -> str:
        return min(self.all(predicate), default="")

    def text(self, predicate: str, language: str) -> str:
        values = self._values.get(predicate, ())
        texts = [v.value for v in values if isinstance(v, Literal) and v.language == language]
        return min(texts, default="")
