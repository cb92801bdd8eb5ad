"""The doctor's part on the ontology: counts, numbers of findings, first errors in words."""

from __future__ import annotations

import pytest

from api.ontology_report import ontology_rows, quality_facts, quality_rows
from kg.language import Language
from ontology.quality import QualityFinding, quality_checks
from ontology.term_counts import TermCounts, term_counts

CHECKS = quality_checks()


def finding(check: str, term: str) -> QualityFinding:
    return QualityFinding(CHECKS[check], term, "")


FOUND = [
    finding("label-german-missing", "ks:a0"),
    finding("label-german-missing", "ks:a1"),
    finding("class-cycle", "ks:c"),
    finding("example-missing", "ks:b"),
]


def test_the_shipped_ontology_is_counted() -> None:
    counts = term_counts()
    assert counts.classes > 50
    assert counts.object_properties > counts.data_properties > 0
    assert counts.concepts["r-strategy"] == 10
    assert counts.thesaurus_concepts > 400


@pytest.mark.parametrize(("language", "name"), [("de", "Klassen"), ("en", "classes")])
def test_counts_are_named_in_the_language(language: Language, name: str) -> None:
    counts = TermCounts("0.1.0", 3, 0, 0, 0, {"r-strategy": 2, "value-chain": 5}, 0)
    rows = [(label.rsplit(": ", 1)[-1], value) for label, value in ontology_rows(counts, language)]
    assert (name, "3") in rows
    assert "7" in {value for _, value in rows}


def test_numbers_come_first_and_then_an_error_of_each_check() -> None:
    numbers, errors = quality_rows(FOUND, "de")[:3], quality_rows(FOUND, "de")[3:]
    assert [value for _, value in numbers] == ["3", "1", "0"]
    assert [value for _, value in errors] == [
        "ks:a0: Deutsche Benennung fehlt → rdfs:label mit @de ergänzen.",
        "ks:c: Klasse steht über sich selbst → Eine der Oberklassen im Kreis streichen.",
    ]


def test_more_than_five_errors_are_not_told() -> None:
    checks = [name for name, check in CHECKS.items() if check.severity == "error"]
    rows = quality_rows([finding(name, "ks:a") for name in checks], "de")
    assert len(rows) == 3 + 5


def test_programs_get_the_same_as_values() -> None:
    facts = quality_facts(FOUND, "en")
    assert (facts["errors"], facts["warnings"], facts["notes"]) == (3, 1, 0)
    assert isinstance(facts["first_errors"], list)
    assert facts["first_errors"][0] == {
        "check": "label-german-missing",
        "term": "ks:a0",
        "detail": "",
        "title": "ks:a0: German label missing",
        "remedy": "Add an rdfs:label with @de.",
    }
