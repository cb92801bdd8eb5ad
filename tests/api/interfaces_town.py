"""Give a server on a town whose strategy has interfaces, gaps and a conflict."""

from __future__ import annotations

from collections.abc import Iterator

import httpx
import pytest

from kg.settings import Settings
from tests.api.town import GOAL, MEASURE, TOWN, RunningServer, publish_town, serving
from tests.conftest import turtle

SCHEME = "https://w3id.org/kreislaufstadt/scheme"
STRATEGY = f"{TOWN}/strategy/kreislauf"
CONCEPT = f"{TOWN}/concept/klima"
PARKING = f"{TOWN}/measure/m-2"
_MORE = f"""
<{STRATEGY}> ks:hasPart <{PARKING}> , <{TOWN}/goal/kreislauf/k-1> ;
  ks:setsAim <{TOWN}/goal/kreislauf/k-1> .
<{TOWN}/goal/kreislauf/k-1> a ks:Goal ; rdfs:label "Kreisläufe schließen"@de , "Close loops"@en ;
  dcterms:identifier "K 1" ; ks:forMunicipality <{TOWN}> .
<{PARKING}> a ks:Measure ; rdfs:label "=Parken & <b>Laden</b>"@de ,
  "=Parking & <b>charging</b>"@en ;
  dcterms:identifier "M 2" ; ks:forMunicipality <{TOWN}> ;
  ks:inValueChain <{SCHEME}/value-chain/bau> ; ks:measuredBy <{TOWN}/indicator/quote> .
<{MEASURE}> ks:appliesRStrategy <{SCHEME}/r-strategy/R3> ;
  ks:inValueChain <{SCHEME}/value-chain/bau> ;
  ks:usesInstrumentType <{SCHEME}/instrument/boerse> ;
  ks:contributesTo <{TOWN}/goal/kreislauf/k-1> .
<{SCHEME}/instrument/boerse> a ks:InstrumentType ; rdfs:label "Börse"@de , "Exchange"@en .
<{TOWN}/plan/massnahmen> ks:hasMeasure <{PARKING}> .
<{CONCEPT}> ks:setsAim <{TOWN}/goal/klima/z-2> ; ks:hasPart <{GOAL}> , <{TOWN}/goal/klima/z-2> .
<{TOWN}/goal/klima/z-2> a ks:Goal ; rdfs:label "Mehr Grün"@de , "More green"@en ;
  dcterms:identifier "Z 2" ; ks:forMunicipality <{TOWN}> .
<{CONCEPT}> ks:setsAim <{TOWN}/field/klima> ; ks:hasPart <{TOWN}/field/klima> .
<{TOWN}/field/klima> a ks:FieldOfAction ; rdfs:label "Stadtgrün"@de , "City green"@en ;
  ks:forMunicipality <{TOWN}> .
<{TOWN}/interface/2> a ks:Interface ; ks:interfaceSource <{MEASURE}> ;
  ks:interfaceTarget <{GOAL}> ; ks:interfaceKind ik:supports ; ks:strength 3 ;
  ks:reviewStatus st:confirmed ; ks:confidence 0.9 ; ks:rationale "Türen bleiben in Gebrauch."@de ,
  "Doors stay in use."@en ; ks:hasEvidence <{TOWN}/evidence/2> .
<{TOWN}/evidence/2> a ks:Evidence ; ks:quote "Gebrauchte Türen werden vermittelt." ; ks:page 12 ;
  ks:evidenceSource <{TOWN}/plan/massnahmen> .
<{TOWN}/plan/massnahmen> dcterms:source <https://example.org/massnahmen.pdf> .
<{TOWN}/interface/3> a ks:Interface ; ks:interfaceSource <{PARKING}> ;
  ks:interfaceTarget <{GOAL}> ; ks:interfaceKind ik:conflicts ; ks:strength -1 ;
  ks:reviewStatus st:proposed ; ks:confidence 0.4 .
<{TOWN}/interface/4> a ks:Interface ; ks:interfaceSource <{GOAL}> ;
  ks:interfaceTarget sdg:12.5 ; ks:interfaceKind ik:supports ; ks:strength 1 ;
  ks:reviewStatus st:proposed ; ks:confidence 0.7 .
<{TOWN}/interface/5> a ks:Interface ; ks:interfaceSource <{PARKING}> ;
  ks:interfaceTarget sdg:12.5 ; ks:interfaceKind ik:supports ; ks:strength 1 ;
  ks:reviewStatus st:rejected ; ks:confidence 0.2 .
<{TOWN}/interface/6> a ks:Interface ; ks:interfaceSource <{MEASURE}> ;
  ks:interfaceTarget <{TOWN}/goal/kreislauf/k-1> ; ks:interfaceKind ik:supports ; ks:strength 1 ;
  ks:reviewStatus st:proposed ; ks:confidence 0.6 .
ik:supports rdfs:label "unterstützt"@de , "supports"@en .
ik:conflicts rdfs:label "behindert"@de , "hinders"@en .
st:proposed rdfs:label "vorgeschlagen"@de , "proposed"@en .
st:confirmed rdfs:label "bestätigt"@de , "confirmed"@en .
st:declared rdfs:label "vom Dokument erklärt"@de , "declared by the document"@en .
<{TOWN}/indicator/quote> a ks:Indicator ; rdfs:label "Vermittelte Türen"@de , "Doors passed on"@en ;
  dcterms:identifier "I 1" ; ks:unitSymbol "St." .
<{TOWN}/value/1> a ks:ObservedValue ; ks:valueOf <{TOWN}/indicator/quote> ; ks:year 2024 ;
  ks:numericValue 120 .
<{SCHEME}/r-strategy/R3> ks:rLevel 3 .
<{SCHEME}/r-strategy/R0> a ks:RStrategy ; ks:rLevel 0 ; rdfs:label "Verzichten"@de , "Refuse"@en .
<{TOWN}/tradeoff/1> a ks:ReferenceLink ; ks:linkSource <{SCHEME}/value-chain/bau> ;
  ks:linkTarget sdg:12.5 ; ks:strength -2 ; ks:reviewStatus st:proposed ;
  ks:rationale "Mehr Baustoff"@de , "More material"@en .
"""


@pytest.fixture(scope="session")
def circular_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningServer]:
    """Give a server on the town with its strategy."""
    dataset = publish_town(tmp_path_factory.mktemp("circular"), more=turtle(_MORE))
    with serving(dataset, Settings(queries_at_once=4)) as running:
        yield running


@pytest.fixture
def circular(circular_server: RunningServer) -> Iterator[httpx.Client]:
    """Give an HTTP client of the server."""
    with httpx.Client(base_url=circular_server.url, timeout=60) as opened:
        yield opened
