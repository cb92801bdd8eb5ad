"""Give a server with the real fit check on the town, which has more to list here."""

from __future__ import annotations

from collections.abc import Iterator

import httpx
import pytest

from api.fitting import fit_checker
from kg.settings import Settings
from tests.api.town import GOAL, MEASURE, TOWN, RunningServer, publish_town, serving
from tests.conftest import turtle

_MORE = f"""
<{MEASURE}> ks:measureStatus <https://w3id.org/kreislaufstadt/scheme/measure-status/running> ;
  ks:inValueChain <https://w3id.org/kreislaufstadt/scheme/value-chain/bau> ; ks:page 7 ;
  ks:measuredBy <{TOWN}/indicator/quote> .
<{TOWN}/measure/m-2> a ks:Measure ; rdfs:label "Parkplätze erweitern"@de , "More parking"@en ;
  dcterms:identifier "M 2" ; ks:forMunicipality <{TOWN}> ;
  dcterms:description "Zwölf neue Stellplätze am Markt werden gepflastert."@de .
<{TOWN}/measure/m-3> a ks:Measure ; rdfs:label "Bauteilbörse am Hafen"@de ;
  dcterms:identifier "M 3" ; ks:forMunicipality <{TOWN}> ;
  dcterms:description "Gebrauchte Türen und Fenster werden vermittelt, zu 100 % kostenfrei."@de .
<{TOWN}/plan/massnahmen> ks:hasMeasure <{TOWN}/measure/m-2> , <{TOWN}/measure/m-3> .
<{TOWN}/interface/2> a ks:Interface ; ks:interfaceSource <{MEASURE}> ;
  ks:interfaceTarget <{GOAL}> ; ks:interfaceKind ik:supports ; ks:strength 3 ;
  ks:reviewStatus st:confirmed ; ks:confidence 0.9 ; ks:rationale "Türen bleiben in Gebrauch."@de ,
  "Doors stay in use."@en ; ks:hasEvidence <{TOWN}/evidence/2> .
<{TOWN}/evidence/2> a ks:Evidence ; ks:quote "Gebrauchte Türen werden vermittelt." ; ks:page 12 ;
  ks:evidenceSource <{TOWN}/plan/massnahmen> .
<{TOWN}/plan/massnahmen> dcterms:source <https://example.org/massnahmen.pdf> .
<{TOWN}/interface/3> a ks:Interface ; ks:interfaceSource <{TOWN}/measure/m-2> ;
  ks:interfaceTarget <{GOAL}> ; ks:interfaceKind ik:conflicts ; ks:strength -1 ;
  ks:reviewStatus st:proposed ; ks:confidence 0.5 .
<{TOWN}/interface/4> a ks:Interface ; ks:interfaceSource <{TOWN}/measure/m-2> ;
  ks:interfaceTarget sdg:12.5 ; ks:interfaceKind ik:supports ; ks:strength 1 ;
  ks:reviewStatus st:rejected ; ks:confidence 0.2 .
ik:supports rdfs:label "unterstützt"@de , "supports"@en .
ik:conflicts rdfs:label "behindert"@de , "hinders"@en .
st:proposed rdfs:label "vorgeschlagen"@de , "proposed"@en .
st:confirmed rdfs:label "bestätigt"@de , "confirmed"@en .
<{TOWN}/goal/klima/z-2> a ks:Goal ; rdfs:label "Mehr Grün"@de , "More green"@en ;
  dcterms:identifier "Z 2" ; ks:forMunicipality <{TOWN}> .
<{TOWN}/concept/klima> ks:setsAim <{TOWN}/goal/klima/z-2> ; ks:resolution "V/1/2024" .
<{TOWN}/indicator/quote> a ks:Indicator ; rdfs:label "Vermittelte Türen"@de , "Doors passed on"@en ;
  dcterms:identifier "I 1" ; ks:unitSymbol "St." ; dcterms:source <https://example.org/bericht> .
<{TOWN}/value/1> a ks:ObservedValue ; ks:valueOf <{TOWN}/indicator/quote> ; ks:year 2024 ;
  ks:numericValue 120 ; dcterms:source <https://example.org/bericht> .
<{TOWN}/value/2> a ks:TargetValue ; ks:valueOf <{TOWN}/indicator/quote> ; ks:year 2030 ;
  ks:numericValue 300 .
<https://w3id.org/kreislaufstadt/scheme/r-strategy/R3> ks:rLevel 3 .
"""


@pytest.fixture(scope="session")
def rest_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningServer]:
    """Give a server on the town with the real fit check and low limits for lists."""
    dataset = publish_town(tmp_path_factory.mktemp("rest"), more=turtle(_MORE))
    settings = Settings(batch_rows=5, queries_at_once=4, upload_unpacked_bytes=200_000)
    with serving(dataset, settings, build_fit=fit_checker) as running:
        yield running


@pytest.fixture
def rest(rest_server: RunningServer) -> Iterator[httpx.Client]:
    """Give an HTTP client of that server."""
    with httpx.Client(base_url=rest_server.url, timeout=30) as opened:
        yield opened
