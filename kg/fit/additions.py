"""Hold what a measure could say more to serve an aim: slots and concepts that lead to it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from kg.fit.aims import Aim, Link
from kg.fit.layout import base_confidence
from kg.matching.annotate import Annotator
from kg.matching.thesaurus import Thesaurus

_SLOTS: Final = frozenset({"r-strategy", "field", "instrument"})
# A concept speaks for an aim at least this strongly to be worth naming.
TELLING: Final = 0.5


@dataclass(frozen=True, slots=True)
class Additions:
    """Hold by aim the slots that lead to it and the concepts that speak for it, the best first."""

    slots: Mapping[str, tuple[str, ...]]
    concepts: Mapping[str, tuple[str, ...]]


def additions_of(
    aims: Iterable[Aim],
    links: Mapping[str, tuple[Link, ...]],
    kinds: Mapping[str, str],
    *,
    annotator: Annotator,
    thesaurus: Thesaurus,
) -> Additions:
    """Return what leads to aims: by rows from slots, the thesaurus, and a goal's own wording."""
    weighed: dict[str, dict[str, float]] = {}
    for concept in thesaurus.concepts.values():
        for link in concept.aims:
            if link.weight >= TELLING:
                known = weighed.setdefault(link.aim, {})
                known[concept.iri] = max(known.get(concept.iri, 0.0), link.weight)
    slots: dict[str, tuple[str, ...]] = {}
    concepts: dict[str, tuple[str, ...]] = {}
    for aim in aims:
        leading = [
            (-base_confidence(link), link.source)
            for link in links.get(aim.iri, ())
            if link.strength > 0 and kinds.get(link.source) in _SLOTS
        ]
        slots[aim.iri] = tuple(dict.fromkeys(iri for _, iri in sorted(leading)))
        telling = weighed.get(aim.iri, {})
        if aim.kind in {"concept-goal", "framework-aim"}:
            mentions = annotator.annotate("\n".join(aim.german[:1]), "de")
            telling = {mention.concept: mention.weight for mention in mentions}
        ordered = sorted(telling, key=lambda iri: (-telling[iri], iri))
        concepts[aim.iri] = tuple(ordered)
    return Additions(slots, concepts)
