from __future__ import annotations

import json

import jsonschema
import pytest

from kg.fit.check import check
from kg.fit.csv import COLUMNS, as_csv
from kg.fit.index import FitIndex
from kg.fit.measure import MeasureInput, measure_of, read_measure
from kg.fit.report import FitReport, Verdict
from kg.fit.schema import report_schema
from kg.fit.text import as_text
from ontology.namespaces import sdg

CITY = "99999999"
REPAIR = measure_of(
    {
        "titel": "Repair-Café in der Stadtbücherei",
        "beschreibung": "Ehrenamtliche reparieren gemeinsam mit Bürger*innen defekte Elektrogeräte"
        " und Kleidung. Ziel ist es, Abfall zu vermeiden.",
        "r_strategien": "R4",
        "handlungsfeld": "elektro",
    }
)
EMPTY = ["asdf", "Die Sitzung beginnt um 10 Uhr."]
MEASURES = [REPAIR, *(read_measure(text) for text in (*EMPTY, "Bauteilbörse", "Radwege bauen"))]


def goal(number: int) -> str:
    return f"https://w3id.org/kreislaufstadt/id/{CITY}/goal/awk/{number}"


def about(report: FitReport, iri: str, answer: str = "supports") -> Verdict:
    return next(v for v in report.verdicts if v.aim.iri == iri and v.verdict == answer)


@pytest.fixture(scope="module")
def repair(fit_index: FitIndex) -> FitReport:
    return check(REPAIR, fit_index)


def test_measure_serves_a_target_with_its_own_words(repair: FitReport) -> None:
    verdict = about(repair, sdg("12.5"))
    assert verdict.direct
    assert verdict.probability > 0.8
    first = verdict.evidence[0]
    assert first.kind == "concept"
    assert first.span is not None
    assert repair.text[first.span[0] : first.span[1]] == first.quote


def test_measure_fits_a_goal_of_the_adopted_concept(repair: FitReport) -> None:
    aim = about(repair, goal(1)).aim
    assert (aim.code, aim.concept, aim.resolution) == (
        "3.2",
        "Abfallwirtschaftskonzept 2030",
        "V/0100/2023",
    )


def test_quote_of_a_goal_names_document_and_page(fit_index: FitIndex) -> None:
    report = check(read_measure("Möbel und Kleidung weitergeben statt wegwerfen"), fit_index)
    quote = next(e for e in about(report, goal(1)).evidence if e.kind == "quote")
    assert (quote.page, quote.source) == (14, "https://example.org/awk.pdf")
    assert quote.aim_quote


def test_slot_leads_to_a_target_over_a_named_row(repair: FitReport) -> None:
    verdict = next(v for v in repair.verdicts if v.aim.iri == sdg("8.3"))
    assert not verdict.direct
    path = next(item for item in verdict.evidence if item.kind == "path")
    assert path.row.startswith("https://w3id.org/kreislaufstadt/scheme/reference-link/")
    assert path.path[1] == "R4 Reparieren"


@pytest.mark.parametrize("measure", MEASURES, ids=lambda measure: measure.text[:12])
@pytest.mark.parametrize("language", ["de", "en"])
def test_every_report_follows_the_schema(
    fit_index: FitIndex, measure: MeasureInput, language: str
) -> None:
    schema = json.loads(report_schema())
    jsonschema.Draft202012Validator.check_schema(schema)
    report = check(measure, fit_index, language="de" if language == "de" else "en", all_aims=True)
    jsonschema.validate(report.as_json(), schema)


@pytest.mark.parametrize("measure", MEASURES, ids=lambda measure: measure.text[:12])
def test_every_verdict_has_evidence(fit_index: FitIndex, measure: MeasureInput) -> None:
    report = check(measure, fit_index, all_aims=True)
    assert all(verdict.evidence for verdict in report.verdicts)
    assert all(item.text for verdict in report.verdicts for item in verdict.evidence)


@pytest.mark.parametrize("measure", MEASURES, ids=lambda measure: measure.text[:12])
def test_no_conflict_without_a_row(fit_index: FitIndex, measure: MeasureInput) -> None:
    for verdict in check(measure, fit_index).of("conflicts"):
        assert verdict.evidence[0].row
        assert verdict.strength < 0
        assert verdict.evidence[0].text.startswith("Möglicher Zielkonflikt")


@pytest.mark.parametrize("measure", MEASURES, ids=lambda measure: measure.text[:12])
def test_same_input_gives_the_same_bytes(fit_index: FitIndex, measure: MeasureInput) -> None:
    once, again = (json.dumps(check(measure, fit_index).as_json()) for _ in range(2))
    assert once == again


@pytest.mark.parametrize("text", EMPTY)
def test_text_about_nothing_is_not_known_everywhere(fit_index: FitIndex, text: str) -> None:
    report = check(read_measure(text), fit_index, all_aims=True)
    assert {verdict.verdict for verdict in report.verdicts} == {"not-known"}
    assert report.not_known_count == len(fit_index.aims)
    assert "nicht bekannt" in report.summary


def test_only_the_five_nearest_unknown_of_a_kind_are_listed(repair: FitReport) -> None:
    for kind in ("sdg-target", "sdg-goal", "framework-aim"):
        assert len(repair.of("not-known", kind)) == 5


def test_heat_from_a_river_is_not_suspected_of_pollutants_in_returned_water(
    fit_index: FitIndex,
) -> None:
    text = "Eine Wärmepumpe entzieht dem Flusswasser Wärme und speist sie ins Fernwärmenetz."
    conflicts = check(read_measure(text), fit_index).of("conflicts")
    assert sdg("3.9") not in {verdict.aim.iri for verdict in conflicts}


def test_phosphorus_from_sewage_is_suspected_of_pollutants(fit_index: FitIndex) -> None:
    text = "Aus Abwasser und Klärschlamm wird Phosphor zurückgewonnen."
    conflicts = check(read_measure(text), fit_index).of("conflicts")
    assert sdg("3.9") in {verdict.aim.iri for verdict in conflicts}


def test_conflict_declared_between_goals_is_shown(repair: FitReport) -> None:
    verdict = about(repair, goal(4), "conflicts")
    assert "conflictsWithElement" in verdict.evidence[0].row


def test_mechanism_names_its_row_and_source(repair: FitReport) -> None:
    verdict = about(repair, sdg("12.2"), "conflicts")
    assert verdict.evidence[0].row.endswith("ce-l101")
    assert verdict.evidence[0].source.startswith("https://")


def test_field_given_by_the_measure_shows_its_trade_offs(repair: FitReport) -> None:
    assert about(repair, sdg("3.9"), "conflicts").strength == -2


def test_rejected_link_of_the_same_measure_is_neutral(fit_index: FitIndex) -> None:
    report = check(read_measure("Neue Radabstellanlagen am Bahnhof"), fit_index)
    assert about(report, goal(2), "neutral").evidence[0].status == "rejected"


def test_r_strategy_suggestion_says_what_it_would_change(fit_index: FitIndex) -> None:
    report = check(read_measure("Repair-Café"), fit_index)
    gap = next(item for item in report.missing if item.field == "r_strategies")
    assert gap.suggestions[0].label == "R4 Reparieren"
    assert "stiege die Wahrscheinlichkeit" in gap.suggestions[0].reason


def test_gaps_get_suggestions_from_the_graph(repair: FitReport) -> None:
    gaps = {gap.field: gap for gap in repair.missing}
    assert gaps["responsible"].suggestions[0].label == "Umweltamt"
    assert gaps["indicators"].suggestions
    assert "period" in gaps
    assert "r_strategies" not in gaps


def test_unknown_slot_is_named_not_dropped(fit_index: FitIndex) -> None:
    report = check(measure_of({"titel": "Börse", "r_strategien": "R77"}), fit_index)
    assert any("R77" in gap.text for gap in report.missing)


@pytest.mark.parametrize(
    "name", ["Ernährung und Lebensmittel", "Lebensmittel und Ernährung", "ernaehrung"]
)
def test_field_is_known_by_code_or_words(fit_index: FitIndex, name: str) -> None:
    iri = fit_index.slots.resolve("field", name)
    assert iri is not None
    assert iri.endswith("/value-chain/ernaehrung")


def test_similar_measure_is_listed_for_comparison(repair: FitReport) -> None:
    (entry,) = repair.duplicates
    assert (entry.number, entry.label) == ("M 7", "Reparaturtreff im Bürgerhaus")
    assert "reparieren" in entry.shared


def test_aim_named_by_the_measure_counts_as_declared(fit_index: FitIndex) -> None:
    report = check(
        measure_of({"titel": "Chor im Park", "zielbezug": ["SDG 11.4", "3.3"]}), fit_index
    )
    for iri in (sdg("11.4"), goal(2)):
        verdict = about(report, iri)
        assert verdict.evidence[0].kind == "declared"
        assert verdict.direct


def test_unknown_city_checks_no_concept_goals(fit_index: FitIndex) -> None:
    report = check(REPAIR, fit_index, city="01001000")
    assert not any(verdict.aim.kind == "concept-goal" for verdict in report.verdicts)


def test_measure_of_another_city_is_never_called_the_same(fit_index: FitIndex) -> None:
    report = check(REPAIR, fit_index, city="01001000")
    assert {entry.relation for entry in report.duplicates} == {"elsewhere"}


def test_text_report_is_german_or_english(fit_index: FitIndex, repair: FitReport) -> None:
    assert "Ziele der Konzepte" in as_text(repair)
    english = as_text(check(REPAIR, fit_index, language="en"))
    assert "Goals of the concepts" in english
    assert "Maßnahme nennt" not in english


def test_csv_has_one_line_a_verdict_and_no_formulas(fit_index: FitIndex) -> None:
    report = check(read_measure('=HYPERLINK("x") reparieren'), fit_index)
    lines = as_csv(report).split("\r\n")
    assert lines[0] == ",".join(COLUMNS)
    assert len(lines) == len(report.verdicts) + 2
    assert not any(cell.startswith("=") for line in lines for cell in line.split(","))
