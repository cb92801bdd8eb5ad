"""Answers name the sentence of the aim that is nearest, and where it stands."""

from __future__ import annotations

import json

import pytest

from kg.fit.check import check, check_all
from kg.fit.csv import as_csv
from kg.fit.index import FitIndex
from kg.fit.measure import measure_of
from kg.fit.report import Evidence, FitReport, Verdict
from kg.fit.text import as_text

TEXTS = [
    "Möbel und Kleidung weitergeben statt wegwerfen",
    "Ehrenamtliche reparieren Elektrogeräte. Das Café öffnet jeden Samstag.",
    "Die Biotonne wird abgeschafft.",
    "Bauteilbörse",
    "asdf",
]
MEASURES = [measure_of({"titel": text}) for text in TEXTS]


def quote_of(verdict: Verdict) -> Evidence:
    return next(item for item in verdict.evidence if item.kind == "quote")


def by_text(report: FitReport) -> list[Verdict]:
    rules = [v for v in report.of("conflicts") if v.evidence[0].kind == "rule"]
    return [*report.of("supports"), *rules]


@pytest.mark.parametrize("language", ["de", "en"])
@pytest.mark.parametrize("text", TEXTS[:4])
def test_every_answer_by_text_names_a_sentence_of_its_aim(
    fit_index: FitIndex, text: str, language: str
) -> None:
    report = check(
        measure_of({"titel": text}), fit_index, language="en" if language == "en" else "de"
    )
    found = by_text(report)
    assert found
    assert all(quote_of(verdict).aim_quote and quote_of(verdict).aim_place for verdict in found)


def test_place_of_a_goal_is_document_page_and_sentence(fit_index: FitIndex) -> None:
    report = check(MEASURES[0], fit_index)
    places = [quote_of(verdict).aim_place for verdict in report.of("supports", "concept-goal")]
    assert any(place.startswith("Abfallwirtschaftskonzept 2030, S. 14, ") for place in places)


def test_place_of_an_sdg_target_is_its_code_and_sentence(fit_index: FitIndex) -> None:
    (first, *_) = check(MEASURES[1], fit_index).of("supports", "sdg-target")
    assert quote_of(first).aim_place.startswith(f"Agenda 2030, SDG {first.aim.code}, ")


def test_the_sentence_quoted_is_the_measures_own(fit_index: FitIndex) -> None:
    report = check(MEASURES[1], fit_index)
    for verdict in report.of("supports"):
        found = quote_of(verdict)
        assert found.span is not None
        assert report.text[slice(*found.span)] == found.quote


def test_text_and_table_show_the_place(fit_index: FitIndex) -> None:
    report = check(MEASURES[0], fit_index)
    assert "(Abfallwirtschaftskonzept 2030, S. 14" in as_text(report)
    assert as_csv(report).split("\r\n")[0].endswith(",aim_sentence,aim_place")


def test_many_at_once_get_the_reports_they_get_singly(fit_index: FitIndex) -> None:
    for report, measure in zip(check_all(MEASURES, fit_index), MEASURES, strict=True):
        together, alone = (
            json.loads(json.dumps(one.as_json())) for one in (report, check(measure, fit_index))
        )
        for one, other in zip(together["verdicts"], alone["verdicts"], strict=True):
            # In single precision a share may lie on either side of where it is rounded.
            mine, theirs = ([s["share"] for s in v.pop("shares")] for v in (one, other))
            assert mine == pytest.approx(theirs, abs=0.0011)
        assert together == alone


def test_many_at_once_get_the_probabilities_they_get_singly(fit_index: FitIndex) -> None:
    reports = zip(check_all(MEASURES, fit_index, all_aims=True), MEASURES, strict=True)
    for report, measure in reports:
        alone = check(measure, fit_index, all_aims=True)
        assert [v.aim.iri for v in report.verdicts] == [v.aim.iri for v in alone.verdicts]
        chances = [v.probability for v in report.verdicts]
        assert chances == pytest.approx([v.probability for v in alone.verdicts], abs=1e-5)
