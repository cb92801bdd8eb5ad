"""Each verdict tells how much each layer and voice adds to its probability."""

from __future__ import annotations

import pytest

from kg.fit.check import check
from kg.fit.csv import as_csv
from kg.fit.index import FitIndex
from kg.fit.measure import MeasureInput, measure_of
from kg.fit.report import Verdict
from kg.fit.text import as_text
from kg.fit.voices import VOICES, Share, in_words, share_of
from ontology.namespaces import sdg

REPAIR = measure_of(
    {
        "titel": "Repair-Café in der Stadtbücherei",
        "beschreibung": "Ehrenamtliche reparieren defekte Elektrogeräte.",
        "r_strategien": "R4",
        "zielbezug": "SDG 11.4",
    }
)


def verdicts(index: FitIndex, measure: MeasureInput = REPAIR) -> tuple[Verdict, ...]:
    return check(measure, index, all_aims=True).verdicts


def about(index: FitIndex, iri: str) -> dict[str, float]:
    verdict = next(v for v in verdicts(index) if v.aim.iri == iri and v.verdict == "supports")
    return {share.layer: share.value for share in verdict.shares}


def test_shares_of_every_verdict_sum_to_one(fit_index: FitIndex) -> None:
    for verdict in verdicts(fit_index):
        assert sum(share.value for share in verdict.shares) == pytest.approx(1.0)


def test_a_named_concept_has_a_share_in_its_target(fit_index: FitIndex) -> None:
    assert about(fit_index, sdg("12.5"))["concepts"] > 0.05


def test_a_declared_slot_gives_the_path_a_share(fit_index: FitIndex) -> None:
    assert about(fit_index, sdg("12.5"))["path"] > 0.05


def test_an_aim_that_only_the_measure_names_rests_on_the_statement(fit_index: FitIndex) -> None:
    assert about(fit_index, sdg("11.4"))["statement"] > 0.5


def test_a_conflict_rests_on_its_row_or_rule_alone(fit_index: FitIndex) -> None:
    for verdict in check(REPAIR, fit_index).of("conflicts"):
        assert [share.layer for share in verdict.shares] in (["path"], ["rule"], ["statement"])


def test_percents_sum_to_a_hundred() -> None:
    thirds = [share_of(layer, 1 / 3, "de") for layer in ("meaning", "words", "concepts")]
    assert in_words(thirds, "de") == "Sinn 34 %, Wörter 33 %, Begriffe 33 %"


def test_every_layer_has_a_name_in_both_languages() -> None:
    assert all(text.de and text.en for text in VOICES.values())


def test_text_and_table_tell_the_shares(fit_index: FitIndex) -> None:
    report = check(REPAIR, fit_index)
    assert "Anteile: " in as_text(report)
    assert ",shares," in as_csv(report).split("\r\n")[0]


def test_english_reports_name_layers_in_english(fit_index: FitIndex) -> None:
    shares: list[Share] = []
    for verdict in check(REPAIR, fit_index, language="en").verdicts:
        shares += verdict.shares
    assert {share.name for share in shares} <= {text.en for text in VOICES.values()}
