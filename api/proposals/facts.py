"""Read from a generation what tells how much a proposal would change if it were accepted."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Literal

from api.own_queries import own_query
from kg.labels import short_name
from kg.reviewing.links import Link
from kg.store import Store
from ontology.namespaces import SDG

Effect = Literal["aim", "element"]
_SERVING: Final = frozenset({"supports", "implements"})


@dataclass(frozen=True, slots=True)
class ProposalFacts:
    """Hold what is served as a fact, and in which documents things stand.

    `served_aims` are pairs of an aim and the AGS of a municipality of which an element serves it.
    """

    served_aims: frozenset[tuple[str, str]]
    serving_elements: frozenset[str]
    aims_of: Mapping[str, tuple[str, ...]]
    documents_of: Mapping[str, tuple[str, ...]]

    def effects(self, link: Link) -> tuple[Effect, ...]:
        """Return which gaps accepting a link would close.

        `aim`: its aim would be served by its municipality for the first time; `element`: its
        element would serve an aim for the first time. A link that serves nothing closes no gap.
        """
        if link.kind not in _SERVING:
            return ()
        found: list[Effect] = []
        if not any((link.target, city) in self.served_aims for city in link.cities):
            found.append("aim")
        if link.source not in self.serving_elements:
            found.append("element")
        return tuple(found)

    def documents(self, link: Link) -> tuple[str, ...]:
        """Return the documents of both ends of a link."""
        ends = (*self.documents_of.get(link.source, ()), *self.documents_of.get(link.target, ()))
        return tuple(dict.fromkeys(ends))

    def sdgs(self, link: Link) -> frozenset[int]:
        """Return the SDGs of a link: that of its aim, and those which its aim serves."""
        aims = (link.target, *self.aims_of.get(link.target, ()))
        return frozenset(sdg for aim in aims if (sdg := sdg_of(aim)))


def sdg_of(aim: str) -> int:
    """Return the number of the SDG that an aim is or belongs to, 0 for other aims.

    >>> sdg_of("http://metadata.un.org/sdg/12.5"), sdg_of("http://metadata.un.org/sdg/7")
    (12, 7)
    >>> sdg_of("https://w3id.org/kreislaufstadt/id/05515000/goal/1")
    0
    """
    number = aim.removeprefix(SDG).partition(".")[0]
    return int(number) if aim.startswith(SDG) and number.isdecimal() else 0


def read_facts(store: Store) -> ProposalFacts:
    """Return the facts of one generation."""
    served = [
        (row["element"].value, row["aim"].value, short_name(row["city"].value))
        for row in store.select(own_query("served-aims"))
    ]
    aims_of: dict[str, set[str]] = defaultdict(set)
    for element, aim, _ in served:
        aims_of[element].add(aim)
    documents: dict[str, set[str]] = defaultdict(set)
    for row in store.select(own_query("proposal-documents")):
        documents[row["thing"].value].add(row["document"].value)
    return ProposalFacts(
        frozenset((aim, city) for _, aim, city in served),
        frozenset(element for element, _, _ in served),
        {element: tuple(sorted(aims)) for element, aims in aims_of.items()},
        {thing: tuple(sorted(found)) for thing, found in documents.items()},
    )
