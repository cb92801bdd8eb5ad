"""Load the example city once, with three links that a person confirmed."""

from __future__ import annotations

from pathlib import Path

import pytest
from pyoxigraph import Quad

from kg.embedded import EmbeddedStore
from kg.reasoning import infer, shipped_rules
from kg.settings import Settings
from kg.sources import Loaded
from loaders.city import read_city
from ontology.namespaces import INFERRED_GRAPH, REVIEWED_GRAPH
from ontology.reference import all_reference_quads, ontology_quads
from tests.conftest import turtle

CITY = "https://w3id.org/kreislaufstadt/id/05515000"
# Repair and reuse serve prevention (AWM-1); less food waste serves NHS-1.7; incineration would not.
REVIEWER = "https://w3id.org/kreislaufstadt/id/token/0a1b2c3d"
REVIEWED = f"""
@prefix m: <{CITY}/measure/kreislaufstrategie/> .
<{CITY}/interface/reviewed/1> a ks:Interface ; ks:interfaceSource m:km-14 ;
  ks:interfaceTarget <{CITY}/goal/awm-vision-2030/awm-1> ; ks:interfaceKind ik:supports ;
  ks:strength 2 ; ks:confidence 0.9 ; ks:reviewStatus st:confirmed ;
  ks:rationale "Eigene Behälter sparen Einwegverpackung."@de , "Own containers save packaging."@en .
<{CITY}/interface/reviewed/2> a ks:Interface ; ks:interfaceSource m:km-09 ;
  ks:interfaceTarget <{CITY}/goal/nachhaltigkeitsstrategie-2030/nhs-1.7> ;
  ks:interfaceKind ik:supports ; ks:strength 3 ; ks:confidence 0.95 ; ks:reviewStatus st:confirmed ;
  ks:rationale "Weniger Speisereste sind weniger Lebensmittelabfall."@de .
<{CITY}/interface/reviewed/3> a ks:Interface ; ks:interfaceSource m:km-09 ;
  ks:interfaceTarget sdg:12.3 ; ks:interfaceKind ik:supports ; ks:strength 3 ;
  ks:confidence 0.95 ; ks:reviewStatus st:confirmed .
<{CITY}/interface/reviewed/4> a ks:Interface ; ks:interfaceSource m:km-16 ;
  ks:interfaceTarget <{CITY}/goal/awm-vision-2030/awm-2> ; ks:interfaceKind ik:conflicts ;
  ks:strength -1 ; ks:confidence 0.6 ; ks:reviewStatus st:confirmed ;
  ks:rationale "Gärreste, die verkohlt werden, fehlen als Dünger."@de .
<{CITY}/review/1> a ks:Review ; dcterms:identifier "1" ; prov:used <{CITY}/interface/proposed/1> ;
  dcterms:type st:superseded ; dcterms:spatial <{CITY}> ; prov:wasAssociatedWith <{REVIEWER}> ;
  dcterms:description "Gemeint ist das Ziel der Stoffstromplanung."@de ;
  prov:endedAtTime "2026-11-23T09:00:00Z"^^xsd:dateTime .
<{CITY}/review/2> a ks:Review ; dcterms:identifier "2" ; prov:used <{CITY}/interface/reviewed/3> ;
  dcterms:type st:confirmed ; dcterms:spatial <{CITY}> ; prov:wasAssociatedWith <{REVIEWER}> ;
  dcterms:description "Speisereste sind der Kern der Maßnahme."@de ;
  prov:endedAtTime "2026-11-23T10:00:00Z"^^xsd:dateTime .
<{CITY}/interface/reviewed/4> prov:wasGeneratedBy <{CITY}/review/1> .
<{REVIEWER}> a ks:Actor ; rdfs:label "Umweltamt"@de , "Environment office"@en .
"""


@pytest.fixture(scope="session")
def sources(repository: Path) -> list[Loaded]:
    """Give what the loaders make of the example city's folder."""
    return read_city(repository / "examples" / "muenster", Settings())


@pytest.fixture(scope="session")
def muenster(sources: list[Loaded]) -> EmbeddedStore:
    """Give the example city with the ontology, the tables, the reviews and what follows."""
    asserted = [*all_reference_quads(), *(quad for item in sources for quad in item.quads)]
    reviewed = [Quad(q.subject, q.predicate, q.object) for q in turtle(REVIEWED)]
    store = EmbeddedStore.in_memory([*ontology_quads(), *asserted])
    store.put_graph(REVIEWED_GRAPH, reviewed)
    store.put_graph(INFERRED_GRAPH, infer([*asserted, *reviewed], shipped_rules()).quads)
    return store
