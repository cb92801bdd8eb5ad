"""The goals of the own city come first, then those of bodies above the cities."""

from __future__ import annotations

import pytest

from kg.matching.bodies import FACTORS, Bodies

OWNERS = ("Münster", "", "Bad Lindenquell", "Münster")


@pytest.fixture
def bodies() -> Bodies:
    return Bodies(OWNERS)


def test_own_goals_come_before_those_above_and_those_of_others(bodies: Bodies) -> None:
    assert bodies.ranks("Münster").tolist() == [0, 1, 2, 0]


@pytest.mark.parametrize("city", ["", "Hamburg"], ids=["no city", "city without goals"])
def test_without_goals_of_the_city_no_goal_comes_first(bodies: Bodies, city: str) -> None:
    assert bodies.ranks(city).tolist() == [0, 0, 0, 0]


def test_a_body_above_the_cities_is_no_city(bodies: Bodies) -> None:
    assert bodies.cities == ("Bad Lindenquell", "Münster")


def test_what_is_left_of_a_probability_falls_with_the_distance() -> None:
    assert FACTORS[0] == 1.0 > FACTORS[1] > FACTORS[2] > 0.0


@pytest.mark.parametrize(
    ("text", "city"),
    [
        ("Die Stadtwerke Münster bauen aus.", "Münster"),
        ("Die Therme in Lindenquell wird saniert.", "Bad Lindenquell"),
        ("Münster und Lindenquell arbeiten zusammen.", ""),
        ("Das Münsterland ist flach.", ""),
        ("Ohne Ort.", ""),
        ("", ""),
    ],
)
def test_a_text_names_a_city_only_if_it_names_one(bodies: Bodies, text: str, city: str) -> None:
    assert bodies.named_in(text) == city


def test_there_may_be_no_goals_at_all() -> None:
    assert Bodies([]).ranks("Münster").tolist() == []
    assert Bodies([]).named_in("Münster") == ""
