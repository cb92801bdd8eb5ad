"""Build a small town's dataset and a server on it, for all tests of the doors."""

from __future__ import annotations

import asyncio
import contextlib
import socket
import threading
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest
import uvicorn
from pyoxigraph import Quad

from api.app import create_app
from api.server import server_config
from api.snapshot import FitBuilder
from kg.dataset import Dataset, Generation
from kg.fit.double_work import Pair
from kg.fit.measure import MeasureInput
from kg.fit.report import AimRef, Duplicate, Evidence, FitReport, Missing, Suggestion, Verdict
from kg.fit.suggesting import Suggested
from kg.language import Language
from kg.reasoning import infer, shipped_rules
from kg.settings import Settings
from kg.sources import SourceRecord
from kg.store import Store
from ontology.namespaces import INFERRED_GRAPH, ONTOLOGY_GRAPH
from tests.conftest import turtle

AGS = "05515000"
TOWN = f"https://w3id.org/kreislaufstadt/id/{AGS}"
MEASURE = f"{TOWN}/measure/m-1"
GOAL = f"{TOWN}/goal/klima/z-1"
R_STRATEGIES = "https://w3id.org/kreislaufstadt/scheme/r-strategy/"
SOURCE_GRAPH = f"https://w3id.org/kreislaufstadt/graph/source/{AGS}/massnahmen"
CONCEPT_GRAPH = f"https://w3id.org/kreislaufstadt/graph/source/{AGS}/klima"

_MEASURES = f"""
<{TOWN}> a ks:Municipality ; rdfs:label "Musterstadt"@de , "Sampletown"@en ; ks:ags "{AGS}" .
<{MEASURE}> a ks:Measure ; rdfs:label "Bauteilbörse"@de , "Building parts exchange"@en ;
  dcterms:identifier "M 1" ; ks:forMunicipality <{TOWN}> ;
  dcterms:description "Gebrauchte <Türen> & Fenster werden \\"vermittelt\\", 100 % kostenfrei."@de ;
  dcterms:source <https://example.org/massnahmen.pdf> ; ks:inValueChain ksc:value-chain ;
  ks:responsibleActor <{TOWN}/actor/bauamt> .
<{TOWN}/actor/bauamt> a ks:AdministrativeUnit ; rdfs:label "Bauamt"@de , "Building office"@en .
<{TOWN}/plan/massnahmen> a ks:ActionPlan ; rdfs:label "Maßnahmenplan"@de , "Action plan"@en ;
  ks:forMunicipality <{TOWN}> ; ks:hasMeasure <{MEASURE}> ; ks:hasPart <{MEASURE}> .
<{TOWN}/strategy/kreislauf> a ks:CircularStrategy , ks:MunicipalConcept ;
  rdfs:label "Kreislaufstrategie"@de , "Circular strategy"@en ; ks:forMunicipality <{TOWN}> ;
  ks:hasPart <{MEASURE}> .
<{TOWN}/interface/1> a ks:Interface ; ks:interfaceSource <{MEASURE}> ; ks:interfaceTarget sdg:12.5 ;
  ks:interfaceKind ik:supports ; ks:strength 2 ; ks:reviewStatus st:proposed ; ks:confidence 0.8 .
"""
_CONCEPT = f"""
<{TOWN}/concept/klima> a ks:MunicipalConcept ; rdfs:label "Klimakonzept"@de , "Climate plan"@en ;
  ks:forMunicipality <{TOWN}> ; ks:setsAim <{GOAL}> .
<{GOAL}> a ks:Goal ; rdfs:label "Weniger Bauabfall"@de , "Less building waste"@en ;
  ks:forMunicipality <{TOWN}> .
sdg:12 a sdgo:Goal ; skos:notation "12" ; rdfs:label "Nachhaltiger Konsum"@de , "Consumption"@en .
sdg:12.5 a sdgo:Target ; skos:notation "12.5" ; sdgo:isTargetOf sdg:12 ;
  rdfs:label "Abfall verringern"@de , "Reduce waste"@en .
<https://w3id.org/kreislaufstadt/scheme/r-strategy/R3> a ks:RStrategy ; skos:notation "R3" ;
  rdfs:label "Wiederverwenden"@de , "Reuse"@en .
<https://w3id.org/kreislaufstadt/scheme/value-chain/bau> a ks:ValueChain ; skos:notation "bau" ;
  rdfs:label "Bauen"@de , "Construction"@en .
"""
_ONTOLOGY = """
@prefix owl: <http://www.w3.org/2002/07/owl#> .
ks:Measure a owl:Class ; rdfs:label "Maßnahme"@de , "Measure"@en ;
  skos:definition "Ein Vorhaben."@de , "An undertaking."@en .
ks:forMunicipality a owl:ObjectProperty ; rdfs:label "gehört zu"@de , "belongs to"@en .
"""


def record(graph: str, file: str) -> SourceRecord:
    """Return the record of a source of the town."""
    return SourceRecord(
        graph=graph,
        kind="measures",
        title_de=f"Quelle {file}",
        title_en=f"Source {file}",
        file=file,
        sha256="0" * 64,
        city=AGS,
        licence="CC-BY-4.0",
        url="https://example.org/quelle",
    )


def publish_town(
    root: Path, *, more: list[Quad] | None = None, dataset: Dataset | None = None
) -> Dataset:
    """Publish the town in a directory or the dataset given; `more` quads come on top."""
    dataset = dataset or Dataset(root)
    with dataset.fresh_draft() as draft:
        draft.put_source(record(SOURCE_GRAPH, "massnahmen.xlsx"), turtle(_MEASURES) + (more or []))
        draft.put_source(record(CONCEPT_GRAPH, "klima.docx"), turtle(_CONCEPT))
        draft.store.put_graph(ONTOLOGY_GRAPH, turtle(_ONTOLOGY))
        drawn = infer([*turtle(_MEASURES), *turtle(_CONCEPT)], shipped_rules())
        draft.store.put_graph(INFERRED_GRAPH, drawn.quads)
        dataset.publish(draft)
    return dataset


@dataclass(frozen=True, slots=True)
class StatedFit:
    """Answer every check with one report of each kind, so that pages can be read."""

    generation: str

    def warm(self) -> None:
        """Have nothing to load."""

    def check_all(
        self, measures: Sequence[MeasureInput], city: str, language: Language
    ) -> Iterator[FitReport]:
        """Give the report of each measure in order."""
        return (self.check(measure, city, language) for measure in measures)

    def suggest(self, text: str, language: Language) -> tuple[Suggested, ...]:
        """Suggest an R-strategy for a text about doors, nothing for another."""
        if "Türen" not in text:
            return ()
        label = "R3 Wiederverwenden" if language == "de" else "R3 Reuse"
        reason = "Der Text nennt »Türen«." if language == "de" else "The text names “Türen”."
        return (Suggested("r-strategy", (Suggestion(label, f"{R_STRATEGIES}R3", reason),)),)

    def check(self, measure: MeasureInput, city: str, language: Language) -> FitReport:
        """Return a report with a goal, a target, a framework aim, a conflict and gaps."""
        german = language == "de"
        return FitReport(
            measure=measure.as_json(),
            text=measure.text,
            city=city,
            generation=self.generation,
            language=language,
            verdicts=(
                _verdict(GOAL, "concept-goal", "Weniger Bauabfall", 0.93, status="declared"),
                _verdict("http://metadata.un.org/sdg/12.5", "sdg-target", "Abfall", 0.78),
                _verdict("urn:aim:e5", "framework-aim", "Ressourcennutzung", 0.6),
                _verdict("urn:aim:x", "concept-goal", "Neue Gewerbeflächen", 0.5, strength=-2),
            ),
            duplicates=(
                Duplicate(MEASURE, "Bauteilbörse", "M 1", 0.9, ("Bauen",), ("Ort",), "Ähnlich", ""),
            ),
            missing=(
                Missing("period", "Zeitraum fehlt", (Suggestion("2026–2028", "", "üblich"),)),
            ),
            summary="Die Maßnahme dient drei Zielen." if german else "It serves three aims.",
            not_known_count=7,
            calibration="",
        )

    def double_work(self) -> tuple[Pair, ...]:
        """Know of no pair."""
        return ()


def _verdict(
    iri: str, kind: str, label: str, probability: float, *, strength: int = 2, status: str = ""
) -> Verdict:
    evidence = Evidence(
        "declared" if status else "concept",
        "Beide nennen <b>Bauteile</b>.",
        quote="Gebrauchte Türen",
        aim_quote="Bauabfälle sinken",
        source="https://example.org/klima.pdf",
        page=12,
        path=("Maßnahme", "Begriff", "Ziel"),
        matched=("Bauteil",),
        status=status,
    )
    return Verdict(
        AimRef(iri, "1", label, kind, "Klimakonzept", "", "V/1", ""),  # type: ignore[arg-type]  # from a table
        "supports" if strength > 0 else "conflicts",
        strength > 0,
        strength,
        probability,
        (evidence,),
        "Ohne Bauteile wäre es anders.",
    )


def stated_fit(_: Store, generation: Generation) -> StatedFit:
    """Return the fit check of the tests for a generation."""
    return StatedFit(generation.name)


@dataclass(frozen=True, slots=True)
class RunningServer:
    """Hold the address of a server in a thread of this process."""

    url: str
    server: uvicorn.Server


@contextlib.contextmanager
def serving(
    dataset: Dataset, settings: Settings, *, build_fit: FitBuilder = stated_fit
) -> Iterator[RunningServer]:
    """Run the application on a free port of this machine."""
    app = create_app(settings, dataset=dataset, build_fit=build_fit)
    config = server_config(app, settings)
    server = uvicorn.Server(config)

    def run(listening: socket.socket) -> None:
        with asyncio.Runner(loop_factory=config.get_loop_factory()) as runner:
            runner.run(server.serve(sockets=[listening]))

    with socket.socket(proto=socket.IPPROTO_TCP) as listening:
        listening.bind(("127.0.0.1", 0))
        port = listening.getsockname()[1]
        thread = threading.Thread(target=run, args=(listening,), daemon=True)
        thread.start()
        started = threading.Event()
        while not server.started:
            if not thread.is_alive():
                raise RuntimeError("the server did not start")
            started.wait(0.02)
        try:
            yield RunningServer(f"http://127.0.0.1:{port}", server)
        finally:
            server.should_exit = True
            thread.join(10)


@pytest.fixture(scope="session")
def town(tmp_path_factory: pytest.TempPathFactory) -> Dataset:
    """Give the town's dataset."""
    return publish_town(tmp_path_factory.mktemp("town"))


@pytest.fixture(scope="session")
def town_server(town: Dataset) -> Iterator[RunningServer]:
    """Give a server on the town with a short deadline and small limits."""
    settings = Settings(
        query_seconds=1.5, query_memory_mib=128, answer_bytes=200_000, queries_at_once=4
    )
    with serving(town, settings) as running:
        yield running


@pytest.fixture
def client(town_server: RunningServer) -> Iterator[httpx.Client]:
    """Give an HTTP client of the town's server that follows no redirect."""
    with httpx.Client(base_url=town_server.url, timeout=20) as opened:
        yield opened
