"""The example city is complete: enough concepts, goals and measures, each row with its source."""

from __future__ import annotations

from collections import Counter

import pytest

from kg.embedded import EmbeddedStore
from kg.findings import Severity
from kg.sources import Loaded
from kg.stored import run_stored


def test_every_source_loads_without_a_violation(sources: list[Loaded]) -> None:
    assert [item.record.file for item in sources if item.findings.of(Severity.VIOLATION)] == []


def test_nothing_is_dropped_but_the_indicator_without_a_known_code(sources: list[Loaded]) -> None:
    dropped = [(f.place.file, f.value) for s in sources for f in s.findings.of(Severity.DROPPED)]
    assert dropped == [("indikatoren.csv", "13.2.2")]


def test_there_is_enough_of_everything(muenster: EmbeddedStore) -> None:
    (numbers,) = run_stored(muenster, "city-numbers", {"city": "05515000"}).records()
    assert int(numbers["concepts"]) >= 3
    assert int(numbers["goals"]) + int(numbers["fields"]) >= 40
    assert int(numbers["measures"]) - int(numbers["circular_measures"]) >= 50
    assert int(numbers["circular_measures"]) >= 8


@pytest.mark.parametrize("kind", ["Measure", "Goal", "FieldOfAction"])
def test_every_row_names_its_source_and_ground(kind: str, muenster: EmbeddedStore) -> None:
    lacking = muenster.select(
        "PREFIX ks: <https://w3id.org/kreislaufstadt/ontology#>"
        "PREFIX dcterms: <http://purl.org/dc/terms/>"
        f"SELECT DISTINCT ?x {{ ?x a ks:{kind} ; dcterms:identifier ?number"
        " FILTER(NOT EXISTS { ?x dcterms:source ?s } || NOT EXISTS { ?x ks:derivation ?d }) }"
    )
    assert lacking == []


def test_both_chosen_fields_have_measures(muenster: EmbeddedStore) -> None:
    rows = muenster.select(
        "PREFIX ks: <https://w3id.org/kreislaufstadt/ontology#> SELECT DISTINCT ?m ?v"
        " { ?s a ks:CircularStrategy ; ks:hasPart ?m . ?m a ks:Measure ; ks:inValueChain ?v }"
    )
    found = Counter(row["v"].value.rsplit("/", 1)[-1] for row in rows)
    assert {name for name, count in found.items() if count >= 4} >= {"bau", "ernaehrung"}


def test_what_is_inferred_enters_as_a_proposal(muenster: EmbeddedStore) -> None:
    facts = muenster.select(
        "PREFIX ks: <https://w3id.org/kreislaufstadt/ontology#>"
        "PREFIX st: <https://w3id.org/kreislaufstadt/scheme/review-status/>"
        "SELECT ?i { ?i ks:interfaceSource ?s ; ks:reviewStatus st:declared ."
        " ?s ks:derivation <https://w3id.org/kreislaufstadt/scheme/evidence-kind/inferred> }"
    )
    assert facts == []
