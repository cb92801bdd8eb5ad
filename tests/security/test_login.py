"""Nobody gets in without a right answer, and nobody uses the login of somebody else."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import httpx
import pytest

from kg.access import AccountFile, Role, TokenFile
from kg.settings import Settings
from tests.api.town import AGS
from tests.api.writers import Writers, tokens_of, writing
from tests.kg.reviewing.conftest import FOUND, NOON

LOGIN = "/de/anmelden"
PASSWORD = "Kreide Kanne Kastanie"
PAGE = {"Accept": "text/html"}
OWN = {**PAGE, "Sec-Fetch-Site": "same-origin"}
FOREIGN = [
    {"Sec-Fetch-Site": "cross-site"},
    {"Sec-Fetch-Site": "same-site"},
    {"Origin": "https://evil.example"},
    {"Origin": "null"},
    {},
]


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Writers]:
    """Give a town with accounts, whose limits of attempts are out of the way."""
    root = tmp_path_factory.mktemp("login") / "data"
    settings = Settings(data=root, login_attempts_per_account=100, login_attempts_per_address=1000)
    with writing(root, settings) as writers:
        accounts = AccountFile(root)
        for name in ("Umweltamt", "Ordnungsamt"):
            accounts.create(name, PASSWORD, Role.REVIEWER, AGS, NOON)
        yield writers


@pytest.fixture
def browser(town: Writers) -> Iterator[httpx.Client]:
    """Give a browser that keeps cookies."""
    with httpx.Client(base_url=town.client.base_url, headers=OWN, timeout=60) as client:
        yield client


def log_in(browser: httpx.Client, name: str = "Umweltamt", **more: str) -> httpx.Response:
    return browser.post(LOGIN, data={"name": name, "password": PASSWORD, **more})


def enter(browser: httpx.Client, town: Writers, who: str = "reviewer") -> httpx.Response:
    """Log in with a token, which is quick."""
    token = town.headers[who]["Authorization"].removeprefix("Bearer ")
    return browser.post(LOGIN, data={"token": token})


def form_token(browser: httpx.Client) -> str:
    text = browser.get("/de/vorschlag", params={"link": FOUND}).text
    found = re.search(r'name="form_token" value="([^"]+)"', text)
    assert found
    return found[1]


def test_a_right_password_opens_a_session_with_a_guarded_cookie(browser: httpx.Client) -> None:
    answer = log_in(browser, next="/de/matrix?city=05515000")
    cookie = answer.headers["set-cookie"].lower()
    assert (answer.status_code, answer.headers["location"]) == (303, "/de/matrix?city=05515000")
    assert all(part in cookie for part in ("httponly", "samesite=strict", "path=/"))
    assert "expires" not in cookie
    page = browser.get("/de/")
    assert "Umweltamt" in page.text
    assert page.headers["cache-control"] == "no-store"


@pytest.mark.parametrize("way", ["https://evil.example", "//evil.example", "/\\evil.example"])
def test_a_login_leads_to_no_other_place(browser: httpx.Client, town: Writers, way: str) -> None:
    token = town.headers["reviewer"]["Authorization"].removeprefix("Bearer ")
    answer = browser.post(LOGIN, data={"token": token, "next": way})
    assert answer.headers["location"] == "/de/vorschlaege"


def test_a_wrong_name_and_a_wrong_password_get_the_same_answer(
    browser: httpx.Client, town: Writers
) -> None:
    AccountFile(town.dataset.root).disable("Ordnungsamt", datetime.now(UTC))
    tried = [("Umweltamt", "falsch"), ("Gibt es nicht", "falsch"), ("Ordnungsamt", PASSWORD)]
    answers = [
        browser.post(LOGIN, data={"name": name, "password": password}) for name, password in tried
    ]
    assert {answer.status_code for answer in answers} == {403}
    assert all("set-cookie" not in answer.headers for answer in answers)
    texts = {re.sub(r'value="[^"]*"', "", answer.text) for answer in answers}
    assert len(texts) == 1


def test_a_login_gives_an_id_of_its_own(browser: httpx.Client, town: Writers) -> None:
    browser.cookies.set("kreislaufstadt", "chosen-by-somebody-else")
    enter(browser, town)
    given = {cookie.value for cookie in browser.cookies.jar if cookie.name == "kreislaufstadt"}
    first = next(iter(given - {"chosen-by-somebody-else"}))
    browser.cookies.clear()
    browser.cookies.set("kreislaufstadt", first)
    enter(browser, town)
    browser.cookies.clear()
    browser.cookies.set("kreislaufstadt", first)
    assert "Abmelden" not in browser.get("/de/").text


@pytest.mark.parametrize("headers", FOREIGN, ids=str)
def test_a_foreign_page_logs_nobody_in(town: Writers, headers: dict[str, str]) -> None:
    answer = town.client.post(
        LOGIN, data={"name": "Umweltamt", "password": PASSWORD}, headers={**PAGE, **headers}
    )
    assert (answer.status_code, "set-cookie" in answer.headers) == (403, False)


def test_an_older_browser_names_its_origin(town: Writers) -> None:
    origin = {"Origin": str(town.client.base_url).rstrip("/")}
    data = {"name": "Umweltamt", "password": PASSWORD}
    assert town.client.post(LOGIN, data=data, headers=origin).status_code == 303
    town.client.cookies.clear()


@pytest.mark.parametrize("headers", FOREIGN, ids=str)
def test_a_foreign_page_decides_nothing_with_a_session(
    browser: httpx.Client, town: Writers, headers: dict[str, str]
) -> None:
    enter(browser, town)
    order = {"link": FOUND, "decision": "accept", "reason": "x", "form_token": form_token(browser)}
    del browser.headers["Sec-Fetch-Site"]
    answer = browser.post("/de/vorschlag", data=order, headers=headers)
    assert answer.status_code == 403
    assert "stammt nicht von einer Seite" in answer.text
    assert not (town.dataset.root / "reviews.ndjson").exists()


@pytest.mark.parametrize("token", ["", "x", "ä\ud7ff", "A" * 43])
def test_a_form_without_the_token_of_its_session_decides_nothing(
    browser: httpx.Client, town: Writers, token: str
) -> None:
    enter(browser, town)
    order = {"link": FOUND, "decision": "accept", "reason": "x", "form_token": token}
    assert browser.post("/de/vorschlag", data=order).status_code == 403
    assert not (town.dataset.root / "reviews.ndjson").exists()


def test_the_token_of_another_session_decides_nothing(browser: httpx.Client, town: Writers) -> None:
    enter(browser, town, "second")
    theirs = form_token(browser)
    browser.cookies.clear()
    enter(browser, town)
    order = {"link": FOUND, "decision": "accept", "reason": "x", "form_token": theirs}
    assert browser.post("/de/vorschlag", data=order).status_code == 403
    assert not (town.dataset.root / "reviews.ndjson").exists()


def test_a_cookie_is_no_right_to_write_over_the_api(browser: httpx.Client, town: Writers) -> None:
    enter(browser, town)
    order = {"link": FOUND, "decision": "accept", "reason": "x"}
    answer = browser.post("/api/v1/reviews", json=order, headers={"Accept": "application/json"})
    assert (answer.status_code, answer.json()["code"]) == (401, "not-authorised")


def test_logging_out_ends_the_session_and_needs_its_token(
    browser: httpx.Client, town: Writers
) -> None:
    enter(browser, town)
    stolen = dict(browser.cookies)
    assert browser.post("/de/abmelden", data={"form_token": "x"}).status_code == 403
    assert browser.post("/de/abmelden", data={"form_token": form_token(browser)}).status_code == 303
    browser.cookies.update(stolen)
    assert "Abmelden" not in browser.get("/de/").text


@pytest.mark.parametrize("end", ["disable", "password"])
def test_a_session_ends_with_its_account(browser: httpx.Client, town: Writers, end: str) -> None:
    accounts, name = AccountFile(town.dataset.root), f"Amt {end}"
    accounts.create(name, PASSWORD, Role.REVIEWER, AGS, NOON)
    log_in(browser, name)
    assert name in browser.get("/de/").text
    if end == "disable":
        accounts.disable(name, datetime.now(UTC))
    else:
        accounts.change_password(name, "Lampe Leiter Linde")
    assert name not in browser.get("/de/").text


def test_a_session_ends_with_its_token(browser: httpx.Client, town: Writers) -> None:
    token = tokens_of(town.dataset.root)["second"]
    assert browser.post(LOGIN, data={"token": token}).status_code == 303
    assert "Amt second" in browser.get("/de/").text
    TokenFile(town.dataset.root).revoke(token.split("_")[1], datetime.now(UTC))
    assert "Amt second" not in browser.get("/de/").text


def test_blanks_of_a_password_are_part_of_it(browser: httpx.Client) -> None:
    answer = browser.post(LOGIN, data={"name": " Umweltamt ", "password": PASSWORD + " "})
    assert answer.status_code == 403


def test_a_malformed_token_opens_nothing(browser: httpx.Client) -> None:
    answer = browser.post(LOGIN, data={"token": "ks_00000000_" + "A" * 43})
    assert (answer.status_code, "set-cookie" in answer.headers) == (403, False)


@pytest.fixture(scope="module")
def closed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Writers]:
    """Give a town that shows nothing to strangers and takes two wrong answers."""
    root: Path = tmp_path_factory.mktemp("closed") / "data"
    settings = Settings(
        data=root,
        public_reading=False,
        https="yes",
        login_attempts_per_account=2,
        login_attempts_per_address=4,
    )
    with writing(root, settings) as writers:
        AccountFile(root).create("Umweltamt", PASSWORD, Role.EDITOR, AGS, NOON)
        yield writers


@pytest.mark.parametrize(
    "path", ["/", "/de/", "/de/vorschlaege", "/en/check", "/id/05515000/measure/m-1", "/nix"]
)
def test_a_closed_service_asks_a_reader_to_log_in(closed: Writers, path: str) -> None:
    answer = closed.client.get(path, headers=PAGE)
    assert answer.status_code == 303
    assert answer.headers["location"].startswith(("/de/anmelden?next=", "/en/login?next="))


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "/sparql?query=ASK%7B%7D"),
        ("POST", "/sparql"),
        ("GET", "/api/v1/measures"),
        ("POST", "/api/v1/check"),
        ("GET", "/api/v1/reviews"),
        ("GET", "/id/05515000/measure/m-1"),
        ("GET", "/void"),
        ("GET", "/rdf-graph-store?graph=urn:x"),
    ],
)
def test_a_closed_service_gives_a_stranger_no_data(closed: Writers, method: str, path: str) -> None:
    answer = closed.client.request(method, path, headers={"Accept": "application/json"})
    assert (answer.status_code, answer.json()["code"]) == (401, "login-needed")


@pytest.mark.parametrize("path", [LOGIN, "/en/login", "/static/style.css", "/healthz", "/readyz"])
def test_a_closed_service_shows_what_tells_nothing(closed: Writers, path: str) -> None:
    assert closed.client.get(path).status_code == 200


def test_a_closed_service_lets_a_token_read(closed: Writers) -> None:
    answer = closed.client.get("/sparql?query=ASK%7B%7D", headers=closed.headers["editor"])
    assert answer.status_code == 200


def test_a_cookie_over_https_is_bound_to_the_host(closed: Writers) -> None:
    data = {"name": "Umweltamt", "password": PASSWORD}
    answer = closed.client.post(LOGIN, data=data, headers=OWN)
    cookie = answer.headers["set-cookie"]
    assert cookie.startswith("__Host-kreislaufstadt=")
    assert "; Secure" in cookie
    # A plain client does not send it back by itself.
    sent = {"Cookie": cookie.partition(";")[0], **PAGE}
    assert closed.client.get("/de/", headers=sent).status_code == 200


def test_attempts_are_limited_per_account_then_per_address(closed: Writers) -> None:
    def tried(name: str) -> httpx.Response:
        return closed.client.post(LOGIN, data={"name": name, "password": "falsch"}, headers=OWN)

    assert [tried("Umweltamt").status_code for _ in range(2)] == [403, 403]
    third = tried("umweltamt ")
    assert (third.status_code, "2 misslungene Anmeldungen für dieses Konto" in third.text) == (
        429,
        True,
    )
    assert int(third.headers["retry-after"]) > 600
    assert [tried(f"Amt {number}").status_code for number in range(2)] == [403, 403]
    last = closed.client.post(LOGIN, data={"token": "ks_"}, headers=OWN)
    assert (last.status_code, "4 misslungene Anmeldungen von dieser" in last.text) == (429, True)
