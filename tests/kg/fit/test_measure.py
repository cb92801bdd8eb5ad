from __future__ import annotations

import pytest

from kg.errors import BadMeasure
from kg.fit.measure import BYTES, measure_of, read_measure


@pytest.mark.parametrize(
    ("given", "field", "value"),
    [
        ({"titel": "A1", "federführung": "Umweltamt"}, "responsible", "Umweltamt"),
        ({"title": "A1", "responsible": "Umweltamt"}, "responsible", "Umweltamt"),
        ({"Titel": "A1", "R-Strategien": "R3; R4"}, "r_strategies", ("R3", "R4")),
        ({"titel": "A1", "Handlungsfeld": ["bau", "textil"]}, "fields", ("bau", "textil")),
        ({"titel": "A1", "zeitrahmen": 2027}, "period", "2027"),
        ({"titel": "A1", "indikatoren": None}, "indicators", ()),
        ({"Maßnahme": "A1"}, "title", "A1"),
    ],
)
def test_german_and_english_keys_are_known(
    given: dict[str, object], field: str, value: object
) -> None:
    assert getattr(measure_of(given), field) == value


def test_an_unknown_key_is_named_with_near_ones() -> None:
    with pytest.raises(BadMeasure) as caught:
        measure_of({"titel": "A", "beschreibng": "B"})
    assert "»beschreibng«" in caught.value.text.de
    assert "beschreibung" in caught.value.text.de


def test_an_unknown_key_without_near_ones_lists_all() -> None:
    with pytest.raises(BadMeasure, match="Choose from"):
        measure_of({"titel": "A", "xyzzy": "B"})


@pytest.mark.parametrize("text", ["", "  \n", "...", "titel: ''", "{}", '{"titel": "-"}'])
def test_an_empty_description_is_refused(text: str) -> None:
    with pytest.raises(BadMeasure):
        read_measure(text)


def test_few_words_are_the_title() -> None:
    measure = read_measure("Repair-Café: reparieren statt wegwerfen")
    assert (measure.title, measure.description) == ("Repair-Café: reparieren statt wegwerfen", "")


def test_first_line_of_a_text_is_the_title() -> None:
    measure = read_measure("Bauteilbörse\nWir sammeln Bauteile.")
    assert (measure.title, measure.description) == ("Bauteilbörse", "Wir sammeln Bauteile.")


def test_yaml_blocks_and_json_give_the_same_measure() -> None:
    block = read_measure("titel: Börse\nbeschreibung: >\n  Wir sammeln\n  Bauteile.\n")
    assert block == read_measure('{"titel": "Börse", "beschreibung": "Wir sammeln Bauteile."}')


@pytest.mark.parametrize(
    "text",
    [
        "titel: &a x\nquelle: *a",
        "titel: [",
        "titel: x\ntitel: {a: b}",
        '{"titel": ',
        "titel: " + "[" * 5000,
        '{"titel": ' + "[" * 50000,
        "titel: a\ntitle: b",
        "titel: !!python/object:os.system x\n\tb",
    ],
    ids=["alias", "open", "mapping", "json", "nested", "nested-json", "twice", "tab"],
)
def test_malformed_or_dangerous_text_is_refused(text: str) -> None:
    with pytest.raises(BadMeasure):
        read_measure(text)


def test_a_name_asks_for_its_form() -> None:
    with pytest.raises(BadMeasure, match="Fields such as"):
        read_measure("nur Worte", name="massnahme.yaml")


def test_too_long_a_text_is_refused() -> None:
    with pytest.raises(BadMeasure, match="64 KiB"):
        read_measure("a" * (BYTES + 1))


def test_too_long_a_field_is_named() -> None:
    with pytest.raises(BadMeasure, match="title"):
        measure_of({"titel": "a" * 501})


@pytest.mark.parametrize("value", [{"a": 1}, [["a"]], [{"a": 1}]])
def test_nested_values_are_refused(value: object) -> None:
    with pytest.raises(BadMeasure):
        measure_of({"titel": "A", "indikatoren": value})
    with pytest.raises(BadMeasure):
        measure_of({"titel": "A", "quelle": value})


def test_control_characters_do_no_harm() -> None:
    assert "\x00" not in read_measure("Bau\x00teil\x1bbörse \ud800").text
