"""Links are listed, decided and remembered over HTTP, by who may and in the state they saw."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

import httpx
import pytest

from kg.access import TokenFile
from tests.api.town import AGS, GOAL
from tests.api.writers import Writers, until, writing
from tests.kg.reviewing.conftest import FOUND, LINK

PATH = "/api/v1/reviews"


@pytest.fixture(scope="module")
def reading(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Writers]:
    """Give a town on which nothing is decided."""
    with writing(tmp_path_factory.mktemp("reading") / "data") as writers:
        yield writers


@pytest.fixture
def fresh(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Writers]:
    """Give a town of one's own."""
    with writing(tmp_path_factory.mktemp("fresh") / "data") as writers:
        yield writers


def decide(
    writers: Writers, who: str = "reviewer", link: str = FOUND, **more: object
) -> httpx.Response:
    order = {"link": link, "decision": "accept", "reason": "Steht so im Konzept.", **more}
    return writers.client.post(PATH, json=order, headers=writers.headers[who])


def test_open_links_are_listed_with_reason_evidence_and_state(reading: Writers) -> None:
    answer = reading.client.get(PATH).json()
    first = answer["items"][0]
    assert (answer["total"], first["link"], first["confidence"]) == (2, FOUND, 0.9)
    assert first["evidence"][0]["quote"] == "Gebrauchte Türen"
    assert len(first["state"]) == 16


def test_the_list_speaks_the_language_of_the_reader(reading: Writers) -> None:
    answer = reading.client.get(PATH, params={"lang": "en"})
    assert answer.json()["items"][0]["reason"] == "Both name building parts."
    assert answer.headers["content-language"] == "en"


def test_pages_follow_each_other_to_the_end(reading: Writers) -> None:
    first = reading.client.get(PATH, params={"limit": 1, "city": AGS}).json()
    second = reading.client.get(first["next"]).json()
    assert [page["items"][0]["link"] for page in (first, second)] == [FOUND, LINK]
    assert second["next"] is None


@pytest.mark.parametrize(
    ("choice", "total"),
    [({"target": GOAL}, 1), ({"target": "sdg:12.5"}, 1), ({"status": "rejected"}, 0)],
)
def test_the_list_is_narrowed(reading: Writers, choice: dict[str, str], total: int) -> None:
    assert reading.client.get(PATH, params=choice).json()["total"] == total


@pytest.mark.parametrize(
    ("choice", "status"),
    [({"city": "1"}, 400), ({"limit": "0"}, 422), ({"status": "all and more"}, 422)],
)
def test_a_wrong_choice_is_told(reading: Writers, choice: dict[str, str], status: int) -> None:
    answer = reading.client.get(PATH, params=choice)
    assert (answer.status_code, answer.json()["status"]) == (status, status)


@pytest.mark.parametrize(
    ("who", "status", "code"),
    [("editor", 403, "not-allowed"), ("elsewhere", 403, "not-allowed")],
)
def test_a_token_of_another_role_or_city_decides_nothing(
    reading: Writers, who: str, status: int, code: str
) -> None:
    answer = decide(reading, who)
    assert (answer.status_code, answer.json()["code"]) == (status, code)


@pytest.mark.parametrize("header", [{}, {"Authorization": "Bearer ks_00000000_" + "A" * 43}])
def test_nobody_decides_without_a_token_that_holds(
    reading: Writers, header: dict[str, str]
) -> None:
    order = {"link": FOUND, "decision": "accept", "reason": "x"}
    answer = reading.client.post(PATH, json=order, headers=header)
    assert (answer.status_code, answer.json()["code"]) == (401, "not-authorised")


@pytest.mark.parametrize(
    ("more", "status"),
    [
        ({"link": "urn:nothing:1"}, 404),
        ({"reason": ""}, 400),
        ({"decision": "perhaps"}, 422),
        ({"decision": "correct", "strength": -2}, 400),
        ({"decision": "correct", "strength": 9}, 422),
        ({"decision": "correct", "target": "urn:nothing:1"}, 404),
        ({"surprise": 1}, 422),
    ],
)
def test_an_impossible_decision_is_refused(
    reading: Writers, more: dict[str, object], status: int
) -> None:
    assert decide(reading, **more).status_code == status  # type: ignore[arg-type]  # a table


def test_a_decision_is_remembered_at_once_and_in_the_graph_soon(fresh: Writers) -> None:
    answer = decide(fresh)
    assert answer.status_code == 201
    told = fresh.client.get(answer.headers["location"]).json()
    assert (told["current"]["status"], told["decisions"][0]["reviewer"]) == (
        "confirmed",
        "Amt reviewer",
    )
    until(lambda: fresh.dataset.current().reviews == 1)
    until(lambda: fresh.client.get(answer.headers["location"]).json()["decisions"][0]["published"])
    ask = f"ASK {{ <{FOUND}> <https://w3id.org/kreislaufstadt/ontology#reviewedBy> ?who }}"
    until(lambda: fresh.client.get("/sparql", params={"query": ask}).json()["boolean"])


def test_of_two_who_saw_the_same_the_second_is_told(fresh: Writers) -> None:
    seen = fresh.client.get(PATH).json()["items"][0]["state"]
    assert decide(fresh, state=seen).status_code == 201
    answer = decide(fresh, "second", decision="reject", state=seen)
    assert (answer.status_code, answer.json()["code"]) == (409, "review-outdated")
    assert "Amt reviewer" in answer.json()["detail"]


def test_the_same_request_sent_twice_decides_once(fresh: Writers) -> None:
    assert [decide(fresh).status_code for _ in range(2)] == [201, 409]
    told = fresh.client.get(f"{PATH}/history", params={"link": FOUND}).json()
    assert len(told["decisions"]) == 1


def test_a_corrected_link_is_reviewed_by_somebody_else(fresh: Writers) -> None:
    made = decide(fresh, decision="correct", target="sdg:12.5").json()["successor"]["link"]
    told = fresh.client.get(f"{PATH}/history", params={"link": made}).json()
    state = told["current"]["state"]
    own = decide(fresh, link=made, state=state)
    assert (own.status_code, own.json()["code"]) == (409, "second-person-needed")
    assert decide(fresh, "second", made, state=state).status_code == 201


def test_a_revoked_token_decides_nothing_any_more(fresh: Writers) -> None:
    tokens = TokenFile(fresh.dataset.root)
    key = fresh.headers["reviewer"]["Authorization"].split("_")[1]
    tokens.revoke(key, datetime.now(UTC))
    assert decide(fresh).status_code == 401


def test_every_way_is_described_with_an_example(reading: Writers) -> None:
    paths = reading.client.get("/api/v1/openapi.json").json()["paths"]
    for path in (PATH, f"{PATH}/history", "/api/v1/loads", "/api/v1/jobs", "/api/v1/jobs/{job}"):
        for way in paths[path].values():
            good = next(found for code, found in way["responses"].items() if code < "300")
            assert good["content"]["application/json"]["example"], path
