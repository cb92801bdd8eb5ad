"""Headings are recognised however they are spelt."""

from __future__ import annotations

import pytest

from kg.errors import BadParameter
from loaders.headings import heading_key, headings_for

MEASURES = headings_for("measures", {})


@pytest.mark.parametrize(
    ("heading", "field"),
    [
        ("CO2-Reduktionspo-\ntential  ", "ghg_saving"),
        ("CO2-Reduktionspo-tential", "ghg_saving"),
        ("CO2-Re\u00adduktionspotential", "ghg_saving"),
        ("Kurzbeschreibung\xa0", "description"),
        ("Kosten1)", "cost_text"),
        ("Kosten*", "cost_text"),
        ("THG-Einsparung2", "ghg_saving"),
        ("THG-Einsparung (t CO2e/a)", "ghg_saving"),
        ("THG-Einsparung [kg]", "ghg_saving"),
        ("Sachstand 07/2024", "status_text"),
        ("Sachstand (Stand 12/2025)", "status_text"),
        ("Plan 2026", "plan_text"),
        ("MAẞNAHMENTITEL".replace("ẞ", "SS"), "title"),
        ("€€€ Titel", "title"),
        ("Maßnahmen-Nummer", "code"),
        ("Massnahmen Nr", "code"),
        ("Zuständigkeit / Federführung", "responsible"),
        ("Titel (englisch)", "title_en"),
        ("titel_en", "title_en"),
        ("Beschreibung (englisch)", "description_en"),
        ("Action name", "title"),
        ("Involved stakeholders", "actors"),
        ("Beschluss / Vorlage-Nr.", "council_ref"),
        ("Sachstand und Plan 2025", "status_text"),
    ],
)
def test_known_heading_has_its_field(heading: str, field: str) -> None:
    match = MEASURES.match(heading)
    assert match is not None
    assert match.field == field


@pytest.mark.parametrize("heading", ["Farbe", "2022", "!", "", "Wirtschaftsplanung", "(englisch)"])
def test_other_heading_has_none(heading: str) -> None:
    assert MEASURES.match(heading) is None


def test_two_headings_run_together_are_seen() -> None:
    merged = "CO2-Reduktionspo- tential     Indikatoren (Ge- samtmaßnahme)"
    assert MEASURES.match(merged) is None
    assert MEASURES.is_two(merged)


def test_cut_heading_is_completed_when_only_one_field_fits() -> None:
    assert MEASURES.begins("Informationen zu")
    assert MEASURES.completed("Informationen zu") == "funding_text"
    assert MEASURES.completed("Pro") is None


def test_goal_is_a_title_among_goals_only() -> None:
    goals = headings_for("goals", {}).match("Ziel")
    assert goals is not None
    assert goals.field == "title"
    assert MEASURES.match("Ziel") is None


@pytest.mark.parametrize("new", ["title", "Titel", "TITEL "])
def test_own_assignment_goes_first(new: str) -> None:
    headings = headings_for("measures", {"Farbe": new})
    match = headings.match("Farbe*")
    assert match is not None
    assert match.field == "title"


def test_assignment_to_a_field_that_does_not_exist_names_those_that_do() -> None:
    with pytest.raises(BadParameter, match="title") as caught:
        headings_for("measures", {"Farbe": "colour"})
    assert "Farbe=colour" in caught.value.text.de


def test_key_keeps_letters_and_digits_only() -> None:
    assert heading_key("Größe der Fläche (ha)²") == "groessederflaecheha"
