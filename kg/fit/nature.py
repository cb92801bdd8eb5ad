"""Tell whether a measure and a goal are of one nature: same side of the R-ladder, same field.

Two things can serve the same SDG target and have little to do with each other: a repair voucher
and a bio-waste plant both serve 12.5. What the German waste law separates (KrWG § 3 (20):
preventing waste includes re-use and longer life; § 3 (23): recovery does not) and what the fields
separate (building, food, electronics …) keeps such pairs apart. The factor is a rule, not a fitted
figure.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from kg.matching.annotate import Mention
from kg.matching.thesaurus import Thesaurus
from ontology.namespaces import scheme

OTHER_NATURE: Final = 0.6
_RECOVERY: Final = frozenset({scheme("r-strategy", "R8"), scheme("r-strategy", "R9")})
_CROSS_CUTTING: Final = scheme("value-chain", "quer")


@dataclass(frozen=True, slots=True)
class Nature:
    """Hold the sides of the R-ladder ("prevention", "recovery") and the fields of a text."""

    sides: frozenset[str]
    fields: frozenset[str]


def nature(r_strategies: Iterable[str], fields: Iterable[str]) -> Nature:
    """Return the nature that R-strategies and fields (IRIs) make; cross-cutting is no field."""
    sides = {"recovery" if iri in _RECOVERY else "prevention" for iri in r_strategies}
    return Nature(frozenset(sides), frozenset(fields) - {_CROSS_CUTTING})


def nature_of_mentions(mentions: Iterable[Mention], thesaurus: Thesaurus) -> Nature:
    """Return the nature of a text by the concepts it names as words or compounds."""
    r_strategies: set[str] = set()
    fields: set[str] = set()
    for mention in mentions:
        if mention.denied or mention.how == "scattered":
            continue
        concept = thesaurus.concepts[mention.concept]
        r_strategies.update(concept.r_strategies)
        fields.update(concept.value_chains)
    return nature(r_strategies, fields)


def kinship(one: Nature, other: Nature) -> float:
    """Return 1 for one nature, less for each thing that sets two natures apart.

    What is not known of either sets nothing apart.
    """
    factor = 1.0
    for mine, theirs in ((one.sides, other.sides), (one.fields, other.fields)):
        if mine and theirs and not mine & theirs:
            factor *= OTHER_NATURE
    return factor
