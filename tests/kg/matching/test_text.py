from __future__ import annotations

import pytest

from kg.matching.prepare import PlaceNames, with_title
from kg.matching.text import (
    compound_parts,
    fold,
    index_terms,
    language_of,
    normalise,
    sentences,
    stem,
    tokens,
)


def test_words_broken_at_line_ends_are_joined() -> None:
    assert normalise("Abfall-\nwirtschaft") == "Abfallwirtschaft"


def test_hyphen_before_a_capital_letter_stays() -> None:
    assert normalise("Abfall-\nWirtschaft") == "Abfall-\nWirtschaft"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Wir sparen ca. 5 Tonnen. Das hilft.", ["Wir sparen ca. 5 Tonnen.", "Das hilft."]),
        ("Erster Satz. Zweiter Satz!", ["Erster Satz.", "Zweiter Satz!"]),
        ("Ziele: • Abfall meiden • Reparieren", ["Ziele:", "Abfall meiden", "Reparieren"]),
        ("Titel\n\nText der Maßnahme", ["Titel", "Text der Maßnahme"]),
        ("Laut § 3 Abs. 2 gilt es.", ["Laut § 3 Abs. 2 gilt es."]),
        ("...", []),
    ],
)
def test_sentences_end_where_a_reader_ends_them(text: str, expected: list[str]) -> None:
    assert [span.of(text) for span in sentences(text)] == expected


@pytest.mark.parametrize("word", ["Bürger*innen", "Bürger:innen", "Bürger_innen"])
def test_gender_endings_do_not_change_the_word(word: str) -> None:
    assert fold(word) == "bürger"


def test_sharp_s_and_double_s_have_one_stem() -> None:
    assert stem(fold("Maßnahmen"), "de") == stem(fold("Massnahmen"), "de")


def test_token_offsets_quote_the_text() -> None:
    text = "Die Bürger:innen reparieren."
    assert [token.span.of(text) for token in tokens(text, "de")] == [
        "Die",
        "Bürger:innen",
        "reparieren",
    ]


def test_compounds_are_split_only_into_known_words() -> None:
    assert compound_parts("bauteilbors", {"bauteil", "bors"}) == ["bauteil", "bors"]
    assert compound_parts("bauteilbors", {"fahrrad"}) == []


def test_generic_words_are_no_search_terms() -> None:
    assert index_terms("Maßnahme der Stadt: Kompost", "de") == ["kompost"]


def test_english_is_told_from_german() -> None:
    assert language_of("The city will reuse all of its furniture.") == "en"
    assert language_of("Kompost") == "de"


def test_title_repeated_by_the_text_stands_once() -> None:
    assert with_title("Tempo 30", "Tempo 30 in der Stadt") == "Tempo 30 in der Stadt"


def test_city_names_say_nothing_about_an_aim() -> None:
    places = PlaceNames(["Münster", "Ulm"])
    assert places.removed("Münsters Allianz für Klimaschutz") == "Allianz für Klimaschutz"
    assert places.removed("Münster") == "Münster"
    assert places.removed("Ulmen pflanzen") == "Ulmen pflanzen"
