from __future__ import annotations

import pytest

from kg.language import Language
from kg.matching.actions import doing_of
from kg.matching.places import PlaceFinder
from kg.matching.quantities import Quantity, quantities
from kg.matching.text import tokens

VOCABULARY = {"schul", "spielplatz", "busspur", "radweg", "kantin", "sanier", "gardening"}


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Busspur Ringstraße", {"ringstrasse"}),
        ("Sanierung Grundschule Nord", {"nord"}),
        ("Kita Wirbelwind erweitern", {"wirbelwind"}),
        ("Hochwasserschutz an der Wupper", {"wupper"}),
        ("Urban Gardening in Köln-Kalk", {"köln", "kalk"}),
        ("Schulgarten der Mörikeschule", {"mörikeschule"}),
        ("Zebrastreifen Am Rosengarten", {"rosengarten"}),
        ("Fahrradstraße und Radweg zum Spielplatz", set()),
        ("Weniger Reste in Kantinen", set()),
        ("Leitfaden für den Lebensweg von Gebäuden", set()),
        ("Leihladen am Mühlenweg", {"mühlenweg"}),
        ("LED für die Grundschule", set()),
    ],
)
def test_german_names_of_places_are_found(text: str, names: set[str]) -> None:
    assert set(PlaceFinder(VOCABULARY).names(text, "de")) == names


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Convert London Road into a cycle street", {"london"}),
        ("Restore the River Calder", {"calder"}),
        ("School street at Ashton Primary", {"ashton"}),
        ("Close Church Lane to cars", {"church"}),
        ("Cycle lanes near schools", set()),
    ],
)
def test_english_names_of_places_are_found(text: str, names: set[str]) -> None:
    assert set(PlaceFinder(VOCABULARY).names(text, "en")) == names


def test_municipality_of_the_dataset_is_a_place_wherever_it_stands() -> None:
    assert "bonn" in PlaceFinder({"bonn"}, ["Bonn"]).names("Bonn spart Strom", "de")


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("1.000 Bäume", Quantity("count", 1000)),
        ("1,000 trees", Quantity("count", 1000)),
        ("tausend Bäume", Quantity("count", 1000)),
        ("fünfundzwanzig Bänke", Quantity("count", 25)),
        ("bis 2030", Quantity("year", 2030)),
        ("um 40 %", Quantity("share", 40)),
        ("Papier halbieren", Quantity("share", 50)),
        ("2,5 Mio. Euro", Quantity("count", 2_500_000)),
        ("zwei Millionen", Quantity("count", 2)),
    ],
)
def test_numbers_are_read_in_figures_and_words(text: str, found: Quantity) -> None:
    assert list(quantities(text)) == [found]


@pytest.mark.parametrize("text", ["CO2-Bilanz", "ein Haus", "E-Akte"])
def test_words_with_digits_and_articles_are_no_numbers(text: str) -> None:
    assert not quantities(text)


@pytest.mark.parametrize(
    ("text", "language", "action", "direction"),
    [
        ("Parkgebühren einführen", "de", "introduce", 1),
        ("Parkgebühren abschaffen", "de", "stop", -1),
        ("Demolish the car park", "en", "remove", -1),
        ("Konzept umsetzen", "de", "implement", 0),
    ],
)
def test_action_has_a_kind_and_a_direction(
    text: str, language: Language, action: str, direction: int
) -> None:
    doing = doing_of(text, tokens(text, language), language)
    assert action in doing.actions
    assert doing.direction == direction


@pytest.mark.parametrize("text", ["Nachtbus am Wochenende", "40 Haltestellen", "Digitale Schulen"])
def test_ends_of_other_compounds_are_no_actions(text: str) -> None:
    doing = doing_of(text, tokens(text, "de"))
    assert not doing.actions
    assert not doing.instruments
