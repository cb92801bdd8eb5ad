"""Give what a crosswalk may connect: each thing's kind and its label in German and English."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from ontology.codes import scheme_labels, sdg_labels, shipped_labels
from ontology.namespaces import scheme, sdg


class EndKind(StrEnum):
    """Name the kinds of things; only an aim can be the target of a reference link."""

    AIM = "aim"
    CONCEPT = "concept"
    INDICATOR = "indicator"
    UN_INDICATOR = "un-indicator"


@dataclass(frozen=True, slots=True)
class End:
    """Hold one side of a crosswalk row as the graph knows it."""

    kind: EndKind
    german: str
    english: str


@cache
def ends() -> dict[str, End]:
    """Return all things by IRI."""
    found: dict[str, End] = {}

    def add(kind: EndKind, labels: dict[str, tuple[str, str]]) -> None:
        found.update({iri: End(kind, *words) for iri, words in labels.items()})

    add(EndKind.AIM, {sdg(code): words for code, words in sdg_labels().items()})
    add(EndKind.AIM, _in_scheme("framework-aim", shipped_labels("framework_aims")))
    for name in ("instrument-type", "r-strategy"):
        add(EndKind.CONCEPT, _in_scheme(name, scheme_labels(name)))
    add(EndKind.INDICATOR, _in_scheme("indicator", shipped_labels("municipal_indicators")))
    un_indicators = shipped_labels("sdg_indicators", "permanent_code")
    add(EndKind.UN_INDICATOR, {sdg(code): words for code, words in un_indicators.items()})
    return found


def _in_scheme(name: str, labels: dict[str, tuple[str, str]]) -> dict[str, tuple[str, str]]:
    return {scheme(name, code): words for code, words in labels.items()}
