"""Say how close the concepts of a thesaurus are to each other."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from kg.matching.thesaurus import Thesaurus

NEAR: Final = 0.6
BESIDE: Final = 0.4
# Sisters in a larger family have little in common.
FAMILY: Final = 12


def neighbours(thesaurus: Thesaurus) -> Mapping[str, Mapping[str, float]]:
    """Return for each concept the wider, narrower, related and sister concepts by closeness."""
    narrower: dict[str, list[str]] = {}
    for iri, concept in thesaurus.concepts.items():
        for above in concept.broader:
            narrower.setdefault(above, []).append(iri)
    found: dict[str, dict[str, float]] = {iri: {} for iri in thesaurus.concepts}

    def join(one: str, other: str, closeness: float) -> None:
        if one != other and one in found and other in found:
            found[one][other] = max(found[one].get(other, 0.0), closeness)
            found[other][one] = max(found[other].get(one, 0.0), closeness)

    for iri, concept in thesaurus.concepts.items():
        for other in concept.related:
            join(iri, other, BESIDE)
        for above in concept.broader:
            join(iri, above, NEAR)
            children = narrower.get(above, [])
            if len(children) <= FAMILY:
                for child in children:
                    join(iri, child, BESIDE)
    return found
