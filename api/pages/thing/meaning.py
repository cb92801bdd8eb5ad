"""Tell what a fact is about, and which facts a reader expects of a kind of thing."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from functools import cache
from importlib import resources
from typing import Final, Literal, cast

from kg.identifiers import expanded
from ontology.namespaces import DCTERMS, KS

SectionKey = Literal["about", "state", "belongs", "content", "fits", "numbers", "source", "more"]
SECTIONS: Final[tuple[SectionKey, ...]] = (
    "about",
    "state",
    "belongs",
    "content",
    "fits",
    "numbers",
    "source",
    "more",
)
# Asked of every thing of a class; where none of the properties is stated, that is told.
_EXPECTED: Final[Mapping[str, tuple[tuple[str, tuple[str, ...]], ...]]] = {
    KS.Measure: (
        ("status", (KS.measureStatus, KS.statusText)),
        ("responsible", (KS.responsibleActor,)),
        ("time", (KS.timeText, KS.plannedStartYear, KS.plannedEndYear)),
        ("cost", (KS.costText, KS.costEstimate)),
        ("funding", (KS.fundingText, KS.budgetReference, KS.budgetOperating, KS.budgetInvestment)),
    ),
    KS.MunicipalConcept: (
        ("day", (DCTERMS.issued, DCTERMS.date)),
        ("paper", (KS.resolution,)),
    ),
    KS.PolicyFramework: (("as_of", (KS.statusAsOf,)), ("validity", (KS.statusNote,))),
}


@cache
def _meanings() -> Mapping[str, tuple[int, SectionKey]]:
    """Return the place and the section of each property that has one."""
    table = resources.files("api.pages.thing").joinpath("meaning.csv").read_text("utf-8")
    found: dict[str, tuple[int, SectionKey]] = {}
    for place, row in enumerate(csv.DictReader(table.splitlines())):
        if row["section"] not in SECTIONS:
            raise ValueError(f"meaning.csv: {row['section']} is no section")
        # Checked above.
        found[expanded(row["property"])] = (place, cast("SectionKey", row["section"]))
    return found


def section_of(property_iri: str) -> SectionKey:
    """Return what a fact with a property is about.

    >>> section_of("http://purl.org/dc/terms/description"), section_of("urn:x")
    ('about', 'more')
    """
    return _meanings().get(property_iri, (0, "more"))[1]


def place_of(property_iri: str) -> int:
    """Return the place of a property in its section; those without one come last."""
    return _meanings().get(property_iri, (len(_meanings()), "more"))[0]


def missing_of(classes: set[str], stated: set[str]) -> list[str]:
    """Return what nobody stated of a thing though one would ask for it.

    >>> missing_of({KS.MunicipalConcept}, {DCTERMS.issued})
    ['paper']
    """
    asked = [item for kind in sorted(classes) for item in _EXPECTED.get(kind, ())]
    return [key for key, properties in asked if not stated.intersection(properties)]
