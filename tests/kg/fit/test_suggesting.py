"""The words of a text suggest values for the form, as the check reads them."""

from __future__ import annotations

from kg.fit.check import check
from kg.fit.index import FitIndex
from kg.fit.measure import measure_of
from kg.fit.suggesting import suggested
from kg.labels import short_name

TEXT = "Repair-Café in der Stadtbücherei. Ehrenamtliche reparieren defekte Elektrogeräte."


def test_a_text_about_repair_suggests_the_rung_with_its_words(fit_index: FitIndex) -> None:
    found = {group.kind: group.suggestions for group in suggested(TEXT, fit_index, "de")}
    assert "R4" in {short_name(item.iri) for item in found["r-strategy"]}
    assert all(item.reason.startswith("Der Text nennt ") for item in found["r-strategy"])


def test_suggestions_are_what_the_check_names_as_missing(fit_index: FitIndex) -> None:
    report = check(measure_of({"beschreibung": TEXT}), fit_index)
    missing = {gap.field: [item.iri for item in gap.suggestions] for gap in report.missing}
    found = {
        group.kind: [item.iri for item in group.suggestions]
        for group in suggested(report.text, fit_index, "de")
    }
    assert found["r-strategy"] == missing["r_strategies"]


def test_a_text_about_nothing_of_ours_suggests_nothing(fit_index: FitIndex) -> None:
    assert suggested("Betriebsausflug nach Köln", fit_index, "de") == ()
    assert suggested(" – ", fit_index, "de") == ()
