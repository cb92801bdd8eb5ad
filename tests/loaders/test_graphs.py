"""What loaders state about measures, goals, strategies, indicators and RDF."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from pyoxigraph import Literal, NamedNode

from kg.errors import UnknownName
from kg.findings import Severity
from kg.settings import Settings
from kg.sources import Loaded
from loaders import LOADERS, LoadContext, read, read_bytes
from loaders.city import read_city
from loaders.remarks import REMARKS
from ontology.namespaces import DCTERMS, KS, RDF, RDFS, scheme, sdg

CITY = "https://w3id.org/kreislaufstadt/id/01001000"


def values(loaded: Loaded, subject: str, predicate: str) -> list[str]:
    return [
        quad.object.value
        for quad in loaded.quads
        if quad.subject == NamedNode(subject)
        and quad.predicate == NamedNode(predicate)
        and isinstance(quad.object, NamedNode | Literal)
    ]


def measure(row: str, context: LoadContext, headings: str) -> tuple[Loaded, str]:
    content = f"Nr.;Titel;{headings}\nM 1;Bauteilbörse;{row}\n".encode()
    (loaded,) = read_bytes("Liste.csv", content, "measures", context)
    return loaded, f"{CITY}/measure/liste/m-1"


@pytest.mark.parametrize(
    ("heading", "text", "predicate", "expected"),
    [
        ("Status", "In Umsetzung", KS.measureStatus, [scheme("measure-status", "running")]),
        ("Status", "gescheitert", KS.measureStatus, [scheme("measure-status", "dropped")]),
        ("Status", "In Betrieb", KS.measureStatus, [scheme("measure-status", "continuous")]),
        ("Status", "unbekannt", KS.measureStatus, []),
        ("Zeitrahmen", "04/2024 - 03/2026", KS.plannedStartYear, ["2024"]),
        ("Zeitrahmen", "04/2024 - 03/2026", KS.plannedEndYear, ["2026"]),
        ("Zeitrahmen", "bis 2030", KS.plannedStartYear, []),
        ("Zeitrahmen", "45292", KS.plannedStartYear, ["2024"]),
        ("Geplantes Ende", "31.12.2027", KS.plannedEndYear, ["2027"]),
        ("R-Strategien", "R3, R4", KS.appliesRStrategy, [scheme("r-strategy", "R3")]),
        ("R-Strategien", "R0-R2", KS.appliesRStrategy, [scheme("r-strategy", "R1")]),
        ("Wertschöpfungskette", "bau", KS.inValueChain, [scheme("value-chain", "bau")]),
        ("Instrument", "foe-bonus", KS.usesInstrumentType, [scheme("instrument", "foe-bonus")]),
        ("Zielbezug", "2.1 Abfälle vermeiden", KS.contributesTo, [f"{CITY}/goal/konzept/2.1"]),
        ("Zielbezug", "HF 1", KS.inField, [f"{CITY}/field/konzept/hf-1"]),
        ("Beschluss", "V/0573/2024", KS.resolution, ["V/0573/2024"]),
        ("Kosten", "10.000 € p. a.", KS.costText, ["10.000 € p. a."]),
        ("Farbe", "grün", KS.originalColumn, ["Farbe: grün"]),
        ("Wirkpfad", "weniger Abfall", KS.originalColumn, ["Wirkpfad: weniger Abfall"]),
        ("Quelle", "https://x.test/a", DCTERMS.source, ["https://x.test/a"]),
        ("Herkunft", "abgeleitet", KS.derivation, [scheme("evidence-kind", "inferred")]),
        ("Seite", "12-14", KS.page, ["12"]),
    ],
)
def test_field_of_a_measure(
    heading: str, text: str, predicate: str, expected: list[str], context: LoadContext
) -> None:
    loaded, iri = measure(text, context, heading)
    found = values(loaded, iri, predicate)
    assert set(expected) <= set(found)
    assert bool(found) == bool(expected)


def test_vision_has_a_measure_that_serves_it_as_a_part(context: LoadContext) -> None:
    loaded, iri = measure("LB", context, "Zielbezug")
    assert values(loaded, f"{CITY}/component/konzept/lb", KS.hasPart) == [iri]


def test_price_mark_goes_from_the_title_to_the_costs(context: LoadContext) -> None:
    content = "Titel;Status\n€€€ Bauteilbörse;Idee\n".encode()
    (loaded,) = read_bytes("a.csv", content, "measures", context)
    action = next(iri for iri in loaded.places if "/measure/" in iri)
    assert values(loaded, action, RDFS.label) == ["Bauteilbörse"]
    assert values(loaded, action, KS.costText) == ["€€€"]


def test_bodies_are_split_and_told_apart(context: LoadContext) -> None:
    loaded, iri = measure("Umweltamt in Kooperation mit Muster GmbH", context, "Federführung")
    (leader,) = values(loaded, iri, KS.responsibleActor)
    (partner,) = values(loaded, iri, KS.involvesActor)
    assert values(loaded, leader, RDF.type) == [KS.AdministrativeUnit]
    assert values(loaded, partner, RDF.type) == [KS.Actor]
    assert values(loaded, partner, RDFS.label) == ["Muster GmbH"]


@pytest.mark.parametrize(
    ("derivation", "status", "confidence"),
    [("genannt", "declared", "1.0"), ("abgeleitet", "proposed", "0.5"), ("", "declared", "1.0")],
)
def test_sdg_reference_is_an_interface_with_evidence(
    derivation: str, status: str, confidence: str, context: LoadContext
) -> None:
    loaded, iri = measure(f"SDG 12.5;{derivation}", context, "SDG-Bezug;Herkunft SDG-Bezug")
    interface = f"{CITY}/interface/liste/m-1-sdg-12.5"
    assert values(loaded, interface, KS.interfaceSource) == [iri]
    assert values(loaded, interface, KS.interfaceTarget) == [sdg("12.5")]
    assert values(loaded, interface, KS.reviewStatus) == [scheme("review-status", status)]
    assert values(loaded, interface, KS.confidence) == [confidence]
    (evidence,) = values(loaded, interface, KS.hasEvidence)
    assert values(loaded, evidence, KS.quote) == ["Bauteilbörse"]
    assert values(loaded, evidence, KS.evidenceSource) == [f"{CITY}/document/liste/plan"]


def test_related_measures_of_the_list_are_linked(context: LoadContext) -> None:
    content = b"Nr.;Titel;Wechselwirkungen\nM 1;A;siehe M 2\nM 2;B;\n"
    (loaded,) = read_bytes("a.csv", content, "measures", context)
    first = f"{CITY}/measure/a/m-1"
    assert values(loaded, first, KS.relatedElement) == [f"{CITY}/measure/a/m-2"]


def test_name_and_facts_of_the_caller_describe_the_document(context: LoadContext) -> None:
    named = replace(context, source="Bericht 2026", title="Klimabericht", resolution="V/1/2026")
    (loaded,) = read_bytes("x.csv", b"Nr.;Titel\n1;A\n", "measures", named)
    assert loaded.record.graph.endswith("/graph/source/01001000/bericht-2026")
    document = f"{CITY}/document/bericht-2026/plan"
    assert values(loaded, document, RDFS.label) == ["Klimabericht"]
    assert values(loaded, document, KS.resolution) == ["V/1/2026"]


def test_progress_is_told(context: LoadContext) -> None:
    told: list[tuple[int, int]] = []
    watched = replace(context, progress=lambda done, total: told.append((done, total)))
    read_bytes("a.csv", b"Nr.;Titel\n1;A\n2;B\n", "measures", watched)
    assert told == [(1, 2), (2, 2)]


def test_place_of_every_measure_is_known(context: LoadContext) -> None:
    loaded, iri = measure("Idee", context, "Status")
    assert loaded.places[iri].row == 2
    assert values(loaded, iri, KS.sourceRow) == ["A2"]


def test_goal_tree_of_a_workbook(context: LoadContext, workbook: Callable[..., bytes]) -> None:
    head = ["Nr.", "Ebene", "Übergeordnet", "Ziel", "Ziel (englisch)", "SDG-Bezug", "Seite"]
    content = workbook(
        Konzept=[["Titel", "Konzept X"], ["Konzepttyp", "isek"], ["Beschlussdatum", "2024-05-01"]],
        Ziele=[
            head,
            ["0", "Leitbild", "", "Bild", "Picture", "", ""],
            ["1", "Handlungsfeld", "0", "Bau", "Building", "11", ""],
            ["1.1", "Strategisches Ziel", "1", "Weniger Abfall", "Less waste", "12.5", 7],
            ["1.1.1", "Operatives Ziel", "1.1", "Halbe Menge", "", "", ""],
        ],
    )
    (loaded,) = read_bytes("x.xlsx", content, "concept", context)
    goal = f"{CITY}/goal/x/1.1"
    assert loaded.counts == {"components": 1, "fields": 1, "goals": 2, "interfaces": 2}
    assert values(loaded, goal, KS.inField) == [f"{CITY}/field/x/1"]
    assert values(loaded, f"{CITY}/goal/x/1.1.1", KS.broaderAim) == [goal]
    assert values(loaded, f"{CITY}/component/x/0", KS.hasPart) == [f"{CITY}/field/x/1"]
    assert values(loaded, goal, KS.sourceRow) == ["Ziele!A4"]
    assert values(loaded, goal, RDFS.label) == ["Weniger Abfall", "Less waste"]
    document = f"{CITY}/document/x/concept"
    assert values(loaded, document, KS.conceptType) == [scheme("concept-type", "isek")]
    assert len(values(loaded, document, KS.setsAim)) == 3


def test_strategy_knows_its_own_goals_and_fields(context: LoadContext) -> None:
    content = """
strategie: {titel: Kreislaufstadt X, titel_en: Circular city X}
bausteine:
- {nr: Z1, art: ziel, titel: Wissen teilen}
- {nr: F1, art: handlungsfeld, titel: Bau}
- {nr: P1, art: produkt, titel: Leitfaden}
massnahmen:
- {nr: K1, titel: Börse, handlungsfeld: Bau, zielbezug: [Z1], indikatoren: [Besuche, IND-1]}
""".encode()
    (loaded,) = read_bytes("s.yml", content, "strategy", context)
    strategy, plan = f"{CITY}/document/s/concept", f"{CITY}/document/s/plan"
    action = f"{CITY}/measure/s/k1"
    assert values(loaded, strategy, RDF.type) == [KS.CircularStrategy]
    assert values(loaded, strategy, KS.hasActionPlan) == [plan]
    assert values(loaded, plan, KS.hasMeasure) == [action]
    assert values(loaded, action, KS.contributesTo) == [f"{CITY}/goal/s/z1"]
    assert values(loaded, action, KS.inField) == [f"{CITY}/field/s/f1"]
    assert f"{CITY}/indicator/zahlen/ind-1" in values(loaded, action, KS.measuredBy)
    assert loaded.counts["indicators"] == 1


def test_indicator_with_values(context: LoadContext) -> None:
    content = (
        "Kürzel;Indikator;Indikator (englisch);Einheit;Art;Bezug;SDG-Indikator;Jahr;Wert;Wertart\n"
        "I1;Abfall;Waste;kg;Impact;2.1;12.5.1;2020;1.234,5;Ausgangswert\n"
        "I1;Abfall;Waste;kg;Impact;2.1;12.5.1;2030;900;Zielwert\n"
    ).encode()
    (loaded,) = read_bytes("i.csv", content, "indicators", context)
    indicator = f"{CITY}/indicator/i/i1"
    baseline = f"{CITY}/value/i/i1-2020-baseline"
    assert loaded.counts == {"indicators": 1, "values": 2}
    assert values(loaded, baseline, KS.numericValue) == ["1234.5"]
    assert values(loaded, baseline, RDF.type) == [KS.BaselineValue]
    assert values(loaded, indicator, KS.alignsWithSdgIndicator) == [sdg("C120501")]
    assert values(loaded, f"{CITY}/goal/konzept/2.1", KS.measuredBy) == [indicator]


RDF_FILES = {
    "a.ttl": b"<https://x.test/a> <https://x.test/b> [ <https://x.test/c> 1 ] .",
    "a.nt": b"<https://x.test/a> <https://x.test/b> _:x .\n"
    b"_:x <https://x.test/c> <https://x.test/d> .",
    "a.trig": b"<https://x.test/g> {"
    b" <https://x.test/a> <https://x.test/b> [ <https://x.test/c> 1 ] }",
    "a.jsonld": b'{"@context": {"b": "https://x.test/b", "c": "https://x.test/c"},'
    b' "@id": "https://x.test/a", "b": {"c": 1}}',
    "a.rdf": b'<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"'
    b' xmlns:x="https://x.test/"><rdf:Description rdf:about="https://x.test/a">'
    b'<x:b rdf:parseType="Resource"><x:c>1</x:c></x:b></rdf:Description></rdf:RDF>',
}


@pytest.mark.parametrize(("name", "content"), RDF_FILES.items(), ids=RDF_FILES)
def test_blank_nodes_get_lasting_names(name: str, content: bytes, context: LoadContext) -> None:
    (first,), (second,) = (read_bytes(name, content, "rdf", context) for _ in range(2))
    assert first.quads == second.quads
    assert {str(quad.graph_name) for quad in first.quads} == {f"<{first.record.graph}>"}
    assert values(first, "https://x.test/a", "https://x.test/b") == [f"{CITY}/node/a/b1"]


def test_rdf_is_known_by_its_content(context: LoadContext) -> None:
    (loaded,) = read_bytes(
        "daten.txt", b"@prefix a: <https://x.test/> .\na:a a:b a:c .", "rdf", context
    )
    assert loaded.counts == {"triples": 1}


def test_example_city_loads_without_anything_grave(example_city: Path) -> None:
    loaded = read_city(example_city, Settings())
    grave = [
        item
        for source in loaded
        for item in source.findings.items
        if item.severity is Severity.VIOLATION
    ]
    assert grave == []
    assert sum(source.counts.get("goals", 0) for source in loaded) > 50
    assert sum(source.counts.get("measures", 0) for source in loaded) == 71


def test_unknown_kind_names_those_that_exist(context: LoadContext, tmp_path: Path) -> None:
    file = tmp_path / "a.csv"
    file.write_bytes(b"Nr.;Titel\n1;A\n")
    with pytest.raises(UnknownName) as caught:
        read(file, "wetter", context)  # type: ignore[arg-type]  # a kind that does not exist
    assert caught.value.known == tuple(LOADERS)


def test_every_remark_has_both_languages_and_a_remedy() -> None:
    for code, kind in REMARKS.items():
        texts = (kind.reason.de, kind.reason.en, kind.fix.de, kind.fix.en)
        assert all(texts), code
        assert kind.reason.de != kind.reason.en, code
