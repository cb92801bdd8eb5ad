"""The pages of the queue: who reads, who decides, what is told when a decision is not taken."""

from __future__ import annotations

import re
from collections.abc import Iterator

import httpx
import pytest

from kg.settings import Settings
from tests.api.town import AGS, TOWN
from tests.api.writers import PAGE_HEADERS as HEADERS
from tests.api.writers import Writers, logged_in, until, writing
from tests.kg.reviewing.conftest import FOUND, LINK

ONE = "/de/vorschlag"


@pytest.fixture(scope="module")
def reading(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Writers]:
    """Give a town on which nothing is decided."""
    with writing(tmp_path_factory.mktemp("proposals") / "data") as writers:
        yield writers


@pytest.fixture
def fresh(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Writers]:
    """Give a town of one's own."""
    root = tmp_path_factory.mktemp("fresh") / "data"
    with writing(root, Settings(data=root)) as writers:
        yield writers


def form_of(client: httpx.Client, link: str = FOUND) -> dict[str, str]:
    """Return the hidden fields of the form of a proposal."""
    text = client.get(ONE, params={"link": link}).text
    form = text.partition('<form id="decide"')[2]
    return dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', form))


def test_the_list_says_how_it_is_ordered_and_leads_to_each_proposal(reading: Writers) -> None:
    text = reading.client.get("/de/vorschlaege").text
    assert "Zuoberst stehen Vorschläge, die Lücken schließen" in text
    assert "2 von 2 offenen Vorschlägen schließen mindestens eine Lücke." in text
    assert re.search(r'href="/de/vorschlag\?link=[^"]*proposed%2F1">Bauteilbörse', text)
    assert "0 von 2 entschieden" in text


def test_the_list_is_narrowed_by_its_address(reading: Writers) -> None:
    params = {"city": AGS, "sdg": "12", "order": "confidence"}
    text = reading.client.get("/en/proposals", params=params).text
    assert text.count('<p class="marks">') == 1
    assert "SDG 12.5" in text
    assert "The likeliest proposals come first." in text
    narrowed = reading.client.get("/de/vorschlaege", params={"document": f"{TOWN}/concept/klima"})
    assert narrowed.text.count('<p class="marks">') == 1


@pytest.mark.parametrize(
    "query", ["sdg=18", "city=1", "kind=x", "order=x", "page=0", "page=x", "since=yesterday"]
)
def test_a_wrong_address_of_the_list_is_told(reading: Writers, query: str) -> None:
    answer = reading.client.get(f"/de/vorschlaege?{query}", headers=HEADERS)
    assert answer.status_code in (400, 404)


def test_a_page_beyond_the_end_is_empty(reading: Writers) -> None:
    text = reading.client.get("/de/vorschlaege?page=99").text
    assert "Mit dieser Auswahl ist kein Vorschlag offen." in text


def test_both_sides_of_a_proposal_stand_on_its_page(reading: Writers) -> None:
    text = reading.client.get(ONE, params={"link": FOUND}).text
    element, _, aim = text.partition('aria-labelledby="aim-heading"')
    assert "Gebrauchte Türen" in element
    assert "Seite 3" in element
    assert "Weniger Bauabfall" in aim
    assert "Klimakonzept" in aim
    assert "Beide nennen Bauteile." in aim
    assert "<mark>Bauteil</mark>" in aim
    assert "90 %" in element


def test_what_is_not_known_of_a_proposal_is_said(reading: Writers) -> None:
    text = reading.client.get(ONE, params={"link": LINK}).text
    assert "Ein Grund ist nicht angegeben." in text
    assert "Steht als Vorschlag in der Quelle selbst." in text
    assert "Über diese Verknüpfung hat noch niemand entschieden." in text


def test_without_a_link_the_first_proposal_is_shown(reading: Writers) -> None:
    text = reading.client.get(ONE).text
    assert "Vorschlag 1 von 2" in text
    assert "Bauteilbörse → Weniger Bauabfall" in text


def test_a_proposal_that_does_not_exist_is_not_found(reading: Writers) -> None:
    answer = reading.client.get(ONE, params={"link": "urn:nothing:1"}, headers=HEADERS)
    assert answer.status_code == 404


def test_the_other_language_shows_the_same_proposal(reading: Writers) -> None:
    text = reading.client.get(ONE, params={"link": LINK, "sdg": "12"}).text
    switch = re.search(r'href="(/en/proposal\?[^"]+)" lang="en"', text)
    assert switch
    assert "sdg=12" in switch[1]
    assert "SDG 12.5" in reading.client.get(switch[1].replace("&amp;", "&")).text


def test_a_stranger_is_led_to_the_login_and_back(reading: Writers) -> None:
    text = reading.client.get(ONE, params={"link": FOUND}).text
    assert '<form id="decide"' not in text
    assert "/de/anmelden?next=%2Fde%2Fvorschlag%3Flink%3D" in text


@pytest.mark.parametrize(
    ("who", "words"),
    [("editor", "»reviewer«"), ("elsewhere", "für die Kommune dieser Verknüpfung")],
    ids=["other role", "other city"],
)
def test_who_may_not_decide_is_told_before(reading: Writers, who: str, words: str) -> None:
    with logged_in(reading, who) as client:
        text = client.get(ONE, params={"link": FOUND}).text
    assert '<form id="decide"' not in text
    assert words in text.partition('id="decide-heading"')[2].partition("</section>")[0]


def test_a_decision_without_a_reason_keeps_what_was_entered(reading: Writers) -> None:
    with logged_in(reading) as client:
        order = {**form_of(client), "decision": "correct", "kind": "implements", "reason": " "}
        answer = client.post(ONE, data=order)
    assert answer.status_code == 400
    assert 'value="implements" selected' in answer.text
    assert 'value="correct" required data-key="c" checked' in answer.text


@pytest.mark.parametrize(
    ("entered", "words"),
    [
        ({"decision": "correct"}, "Bitte wählen Sie, was stattdessen gilt"),
        ({"decision": "correct", "strength": "-2"}, "Art und Stärke passen nicht zusammen"),
        ({"reason": ""}, "Bitte geben Sie eine Begründung an"),
        ({"decision": ""}, "Bitte wählen Sie: bestätigen"),
    ],
    ids=["nothing corrected", "strength", "reason", "decision"],
)
def test_a_mistake_in_the_form_is_told_in_its_words(
    reading: Writers, entered: dict[str, str], words: str
) -> None:
    with logged_in(reading) as client:
        order = {**form_of(client), "decision": "accept", "reason": "Passt.", **entered}
        answer = client.post(ONE, data=order)
    assert answer.status_code == 400
    assert words in answer.text


def test_a_reason_is_not_lost_with_the_login(reading: Writers) -> None:
    order = {"link": FOUND, "decision": "accept", "reason": "Das <Konzept> nennt es."}
    answer = reading.client.post(ONE, data=order, headers=HEADERS)
    assert answer.status_code == 403
    assert "Ihre Anmeldung ist beendet" in answer.text
    assert "Das &lt;Konzept&gt; nennt es." in answer.text


def test_a_decision_leads_to_the_next_proposal_and_is_visible_soon(fresh: Writers) -> None:
    with logged_in(fresh) as client:
        order = {**form_of(client), "decision": "accept", "reason": "Steht so im Konzept."}
        answer = client.post(f"{ONE}?city={AGS}", data=order)
        assert answer.status_code == 303
        following = client.get(answer.headers["location"]).text
        assert "Bestätigt" in following
        assert "wird mit dem nächsten Stand veröffentlicht" in following
        assert "1 von 2 entschieden" in following
        assert "Vorschlag 1 von 1" in following
        until(lambda: "im Graphen sichtbar." in client.get(answer.headers["location"]).text)

        again = client.post(ONE, data={**order, "decision": "reject"})
        assert again.status_code == 409
        assert "Unten steht der jetzige Stand" in again.text
        assert "Steht so im Konzept.</textarea>" in again.text
        assert again.text.count('class="outcome accept"') == 1

        changed = {**form_of(client), "decision": "reject", "reason": "Doch nicht."}
        assert client.post(ONE, data=changed).status_code == 303
        history = client.get(ONE, params={"link": FOUND}).text
        assert history.index("Steht so im Konzept.") < history.index("Doch nicht.")

        since = client.get("/de/vorschlaege?since=2020-01-01").text
        assert "2 Entscheidungen seit 01.01.2020<" in since
        assert "0 Entscheidungen seit" in client.get("/de/vorschlaege?since=own").text


def test_the_last_decision_leads_to_the_end_of_the_queue(fresh: Writers) -> None:
    with logged_in(fresh) as client:
        for link in (FOUND, LINK):
            order = {**form_of(client, link), "decision": "reject", "reason": "Passt nicht."}
            answer = client.post(ONE, data=order)
        end = client.get(answer.headers["location"]).text
    assert "Kein Vorschlag ist mehr offen" in end
    assert "2 von 2 entschieden" in end


def test_who_corrected_a_link_is_told_that_another_person_decides(fresh: Writers) -> None:
    with logged_in(fresh) as client:
        order = {
            **form_of(client),
            "decision": "correct",
            "target": "http://metadata.un.org/sdg/12.5",
            "reason": "Gemeint ist Abfall.",
        }
        assert client.post(ONE, data=order).status_code == 303
        text = client.get(ONE, params={"link": FOUND}).text
        assert "wurde durch eine korrigierte ersetzt" in text
        found = re.search(rf"{TOWN}/interface/reviewed/[0-9a-f]+", _history(fresh))
        assert found
        own = client.get(ONE, params={"link": found[0]}).text
        assert "Prüfen muss eine zweite Person mit eigener Anmeldung." in own
    with logged_in(fresh, "second") as client:
        assert '<form id="decide"' in client.get(ONE, params={"link": found[0]}).text


def _history(writers: Writers) -> str:
    return writers.client.get("/api/v1/reviews/history", params={"link": FOUND}).text
