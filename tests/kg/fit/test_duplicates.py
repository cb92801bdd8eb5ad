from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from kg.fit.aims import KnownMeasure
from kg.fit.candidates import Candidates
from kg.fit.check import check
from kg.fit.index import FitIndex, mean_vector
from kg.fit.measure import read_measure
from kg.fit.report import FitReport
from kg.fit.text import as_text

HOME = "99999999"
AWAY = "05315000"
TITLES = {
    "own": ("Gründächer auf Schulen anlegen", HOME),
    "number": ("Anlage von 12 Gründächern auf Schulen", HOME),
    "street": ("Busspur Brahmsstraße", HOME),
    "away": ("Gründächer auf Schulen anlegen", AWAY),
    "means": ("Sanierungsstrategie Wohnungsbau", HOME),
    "nothing": ("Chor im Park", HOME),
}


@pytest.fixture(scope="module")
def index(fit_index: FitIndex) -> FitIndex:
    empty: frozenset[str] = frozenset()
    measures = [
        KnownMeasure(
            f"urn:measure:{name}", title, title, "", frozenset({city}), "", "", "", None,
            empty, empty, empty, empty,
        )
        for name, (title, city) in TITLES.items()
    ]  # fmt: skip
    texts = fit_index.sdg.prepare([measure.text for measure in measures])
    vectors = np.vstack([mean_vector(text) for text in texts])
    known = Candidates(measures, texts, vectors, fit_index.candidates.reader)
    return replace(fit_index, candidates=known)


def report_of(title: str, index: FitIndex) -> FitReport:
    return check(read_measure(title), index, city=HOME)


def test_same_measure_of_the_city_comes_first(index: FitIndex) -> None:
    first = report_of("Dachbegrünung von Schulgebäuden", index).duplicates[0]
    assert (first.iri, first.relation) == ("urn:measure:own", "same")
    assert first.probability >= 0.5
    assert any(reason.startswith("Gleicher Gegenstand") for reason in first.agrees)


def test_same_words_in_another_city_are_its_kind_elsewhere(index: FitIndex) -> None:
    found = {item.iri: item for item in report_of(TITLES["own"][0], index).duplicates}
    assert found["urn:measure:away"].relation == "elsewhere"
    assert found["urn:measure:away"].cities == (AWAY,)
    assert found["urn:measure:own"].probability == 1.0


def test_other_street_is_its_kind_elsewhere_and_named(index: FitIndex) -> None:
    (entry,) = report_of("Busspur Ringstraße", index).duplicates
    assert entry.relation == "elsewhere"
    assert "Anderer Ort: Ringstraße – Brahmsstraße" in entry.clashes


def test_measure_without_a_likeness_is_not_listed(index: FitIndex) -> None:
    assert not report_of("Bodenbelag der Sporthalle", index).duplicates


def test_a_common_means_without_a_common_object_is_not_listed(index: FitIndex) -> None:
    assert not report_of("Kommunale Wärmeplanung aufstellen", index).duplicates


def test_text_report_lists_both_kinds_with_reasons(index: FitIndex) -> None:
    text = as_text(report_of(TITLES["own"][0], index))
    assert "Vermutlich dieselbe Maßnahme (Prüfliste)" in text
    assert "Gleiche Art anderswo (Prüfliste)" in text
    assert "= Gleicher Gegenstand" in text


def test_english_report_says_reasons_in_english(index: FitIndex) -> None:
    report = check(read_measure("Busspur Ringstraße"), index, city=HOME, language="en")
    assert "≠ Other place: Ringstraße – Brahmsstraße" in as_text(report)


def test_dataset_without_measures_has_no_candidates(index: FitIndex) -> None:
    known = Candidates([], [], np.zeros((0, 512)), index.candidates.reader)
    assert not check(read_measure("Busspur"), replace(index, candidates=known)).duplicates
