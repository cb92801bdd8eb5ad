"""A checked measure goes into the data by who may edit it, and its links wait for review."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape

import httpx
import pytest

from kg.settings import Settings
from tests.api.town import AGS
from tests.api.writers import Writers, add_reference, logged_in, until, writing

CHECK, TAKE_OVER = "/de/pruefen", "/de/vorschlaege/uebernehmen"
ENTERED = {
    "title": "Leihladen für Werkzeug",
    "description": "Die Stadt verleiht Werkzeug an Haushalte.",
    "r_strategy": "R3",
    "period": "2027",
    "city": AGS,
}


@pytest.fixture(scope="module")
def town(few_concepts: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Writers]:
    root = tmp_path_factory.mktemp("taking-over") / "data"
    with writing(root, Settings(data=root), prepare=add_reference) as writers:
        yield writers


def form_token(client: httpx.Client) -> str:
    """Return the token in the form of an answer, "" when nothing is offered there."""
    text = client.post(CHECK, data=ENTERED).text
    form = text.partition('<form class="take"')[2].partition("</form>")[0]
    found = re.search(r'name="form_token" value="([^"]+)"', form)
    return found[1] if found and TAKE_OVER in form else ""


def test_an_editor_takes_a_checked_measure_over(town: Writers) -> None:
    with logged_in(town, "editor") as client:
        sent = client.post(TAKE_OVER, data=ENTERED | {"form_token": form_token(client)})
        assert sent.status_code == 303
        place = sent.headers["location"]
        until(lambda: "wird" not in _state(client, place))
        told = unescape(client.get(place).text)
    assert "steht im Datenbestand" in told
    assert "Umsetzungsstand der Maßnahme fehlt" in told
    reuse = "https://w3id.org/kreislaufstadt/scheme/r-strategy/R3"
    facts = f'rdfs:label "Leihladen für Werkzeug"@de ; ks:appliesRStrategy <{reuse}>'
    until(lambda: _knows(town, facts), seconds=30)


def _state(client: httpx.Client, place: str) -> str:
    return unescape(client.get(place).text.partition('role="status">')[2].partition("</p>")[0])


def _knows(town: Writers, facts: str) -> bool:
    query = (
        "PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>"
        f" PREFIX ks: <https://w3id.org/kreislaufstadt/ontology#> ASK {{ ?measure {facts} }}"
    )
    return bool(town.client.get("/sparql", params={"query": query}).json()["boolean"])


@pytest.mark.parametrize("who", ["reviewer", "elsewhere"])
def test_nothing_is_offered_to_who_may_not_edit_the_municipality(town: Writers, who: str) -> None:
    with logged_in(town, who) as client:
        assert form_token(client) == ""


def test_who_may_not_edit_the_municipality_takes_nothing_over(town: Writers) -> None:
    with logged_in(town, "elsewhere") as client:
        page = client.get(CHECK).text
        found = re.search(r'name="form_token" value="([^"]+)"', page)
        assert found is not None
        answer = client.post(TAKE_OVER, data=ENTERED | {"form_token": found[1]})
    assert answer.status_code == 403


def test_a_form_of_another_session_takes_nothing_over(town: Writers) -> None:
    with logged_in(town, "editor") as client:
        answer = client.post(TAKE_OVER, data=ENTERED | {"form_token": "x"})
    assert answer.status_code == 403


def test_a_stranger_is_led_to_the_login(town: Writers) -> None:
    offered = town.client.post(CHECK, data=ENTERED).text
    assert "Zum Übernehmen anmelden" in offered
    asked = town.client.get(TAKE_OVER, params={"job": "0123456789abcdef"})
    assert asked.headers["location"].startswith("/de/anmelden?next=")


def test_who_was_logged_out_meanwhile_is_led_to_the_login_and_nothing_is_queued(
    town: Writers,
) -> None:
    before = town.client.get("/api/v1/jobs", headers=town.headers["admin"]).json()
    sent = town.client.post(TAKE_OVER, data=ENTERED | {"form_token": "x"})
    assert sent.headers["location"].startswith("/de/anmelden?next=")
    assert town.client.get("/api/v1/jobs", headers=town.headers["admin"]).json() == before


def test_a_measure_without_a_title_is_refused_before_it_is_queued(town: Writers) -> None:
    with logged_in(town, "editor") as client:
        data = {"city": AGS, "form_token": form_token(client)}
        assert client.post(TAKE_OVER, data=data).status_code == 422
