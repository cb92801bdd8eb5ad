"""Find what a source may refer to: numbers of goals and elements, SDG codes, instruments."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import Final

from kg.identifiers import Ags, municipality_iri
from kg.store import Store
from ontology.namespaces import DCTERMS, KS, SDGO, SKOS, scheme

REFERRED_TABLES: Final = ("instruments", "sdg_goals", "sdg_indicators", "sdg_targets")

_OF_CITY = f"""
SELECT DISTINCT ?thing ?number WHERE {{
  ?thing a ?class ; <{DCTERMS.identifier}> ?number .
  FILTER(?class IN (CLASSES))
  FILTER(STRSTARTS(STR(?thing), "CITY/"))
}}
"""
_GOALS = (KS.Goal, KS.FieldOfAction)
_ELEMENTS = (*_GOALS, KS.Measure, KS.Indicator, KS.Vision, KS.StrategicApproach, KS.Instrument)
_TARGETS = f"""
SELECT ?thing ?code WHERE {{ ?thing <{SKOS.notation}> ?code ; a ?class
  FILTER(?class IN (<{SDGO.Goal}>, <{SDGO.Target}>)) }}
"""
_INDICATORS = f"""
SELECT ?thing ?number WHERE {{ ?thing a <{SDGO.Indicator}> ; <{SKOS.notation}> ?number }}
"""
_INSTRUMENTS = f"""
SELECT ?thing ?number WHERE {{
  ?thing <{SKOS.inScheme}> <{scheme("instrument")}> ; <{SKOS.notation}> ?number }}
"""


@dataclass(frozen=True, slots=True)
class Lookups:
    """Hold IRIs by the number or code a source uses; a number that two things share is left out."""

    goal_by_number: dict[str, str]
    element_by_number: dict[str, str]
    sdg_codes: frozenset[str]
    sdg_indicator_codes: dict[str, str]
    instruments: dict[str, str]


def lookups(store: Store, ags: Ags | None) -> Lookups:
    """Return what a source of a city can refer to in this store; without a city no numbers."""
    return Lookups(
        goal_by_number=_by_number(store, ags, _GOALS),
        element_by_number=_by_number(store, ags, _ELEMENTS),
        sdg_codes=frozenset(row["code"].value for row in store.select(_TARGETS)),
        sdg_indicator_codes=_unique(store, _INDICATORS),
        instruments=_unique(store, _INSTRUMENTS),
    )


def _by_number(store: Store, ags: Ags | None, classes: tuple[str, ...]) -> dict[str, str]:
    if ags is None:
        return {}
    listed = ", ".join(f"<{name}>" for name in classes)
    query = _OF_CITY.replace("CLASSES", listed).replace("CITY", municipality_iri(ags))
    return _unique(store, query)


def _unique(store: Store, query: str) -> dict[str, str]:
    found: dict[str, set[str]] = defaultdict(set)
    for row in store.select(query):
        found[row["number"].value].add(row["thing"].value)
    return {number: next(iter(iris)) for number, iris in sorted(found.items()) if len(iris) == 1}
