"""A measure finds its disclosure topics and taxonomy objectives, each with the row that says so."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from kg.embedded import EmbeddedStore
from ontology.namespaces import RDF, SSSOM, scheme
from ontology.reference import ontology_quads, reference_quads
from ontology.tables import shipped_crosswalks
from queries import stored_query
from tests.conftest import turtle

TOWN = """
@prefix town: <https://w3id.org/kreislaufstadt/id/05999999/measure/> .
@prefix r: <https://w3id.org/kreislaufstadt/scheme/r-strategy/> .
@prefix instrument: <https://w3id.org/kreislaufstadt/scheme/instrument/> .
town:repair a ks:Measure ; rdfs:label "Reparaturbonus zahlen"@de , "Pay a repair bonus"@en ;
    ks:appliesRStrategy r:R4 .
town:water a ks:Measure ; rdfs:label "Brauchwasser nutzen"@de .
town:link a ks:Interface ; ks:interfaceSource town:water ; ks:interfaceTarget sdg:6.4 ;
    ks:reviewStatus st:proposed .
town:rejected a ks:Interface ; ks:interfaceSource town:water ; ks:interfaceTarget sdg:16.5 ;
    ks:reviewStatus st:rejected .
town:buying a ks:Measure ; rdfs:label "Zirkulär einkaufen"@de ;
    ks:usesInstrumentType instrument:besch-rc-baustoffe .
"""
MEASURE = "https://w3id.org/kreislaufstadt/id/05999999/measure/"
TABLES = ("framework_aims", "instruments", "r_strategies", "sdg_targets", *shipped_crosswalks())

Ask = Callable[..., list[dict[str, str]]]


@pytest.fixture(scope="module")
def ask() -> Ask:
    reference = [quad for table in TABLES for quad in reference_quads(table)]
    store = EmbeddedStore.in_memory([*ontology_quads(), *reference, *turtle(TOWN)])

    def answer(**values: str) -> list[dict[str, str]]:
        names, rows = store.select_table(stored_query("disclosure-of-measure").bound(values))
        return [
            {name: value.value for name, value in zip(names, row, strict=True) if value is not None}
            for row in rows
        ]

    return answer


def _found(rows: list[dict[str, str]]) -> list[tuple[str, str, str, str]]:
    return [
        (row["aim_code"], row["through_label"], row["row_confidence"], row["row_status_label"])
        for row in rows
    ]


def test_r_strategy_leads_to_topics_and_objectives_with_status_and_confidence(ask: Ask) -> None:
    rows = ask(measure=MEASURE + "repair", language="en")
    assert _found(rows) == [
        ("1", "Repair", "0.4", "Proposed"),
        ("4", "Repair", "0.95", "Declared"),
        ("E5", "Repair", "0.95", "Declared"),
        ("S4", "Repair", "0.4", "Proposed"),
    ]
    assert rows[1]["source"] == "https://eur-lex.europa.eu/eli/reg/2020/852/oj"
    assert rows[1]["reason"].startswith("Article 13 (1)(e)")


def test_proposed_sdg_target_leads_there_too_and_says_that_it_is_proposed(ask: Ask) -> None:
    rows = ask(measure=MEASURE + "water", language="en")
    assert [(row["aim_code"], row["through_status_label"]) for row in rows] == [
        ("3", "Proposed"),
        ("E3", "Proposed"),
    ]


def test_rejected_link_of_the_measure_leads_nowhere(ask: Ask) -> None:
    assert "G1" not in {row["aim_code"] for row in ask(measure=MEASURE + "water")}


def test_instrument_type_leads_there_by_two_rows_and_both_are_named(ask: Ask) -> None:
    rows = ask(measure=MEASURE + "buying", language="en")
    found = {(row["instrument_type_label"], row["instrument_row"], row["row"]) for row in rows}
    link = "https://w3id.org/kreislaufstadt/scheme/reference-link/"
    assert (
        "Procurement",
        link + "instrument-type-sdg-procurement-12.7",
        link + "taxonomy-sdg-taxonomie-4-12.7",
    ) in found


def test_without_a_measure_all_are_answered(ask: Ask) -> None:
    assert {row["measure_label"] for row in ask()} == {
        "Brauchwasser nutzen",
        "Reparaturbonus zahlen",
        "Zirkulär einkaufen",
    }


def test_evidence_is_a_row_that_can_be_looked_up(ask: Ask) -> None:
    rows = {row["row"] for row in ask()} | {
        row["instrument_row"] for row in ask() if "instrument_row" in row
    }
    stated = {
        quad.subject.value
        for table in shipped_crosswalks()
        for quad in reference_quads(table)
        if quad.predicate.value == RDF.type and quad.object.value == SSSOM.Mapping
    }
    assert rows
    assert rows <= stated
    assert all(row.startswith(scheme("reference-link", "")) for row in rows)
