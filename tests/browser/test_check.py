"""Check measures in a real browser: by keyboard, without scripts, with progress, for everyone."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page

from tests.api.town import RunningServer
from tests.browser.watching import Watched, fits, violations

pytestmark = pytest.mark.browser
TEXT = "Gebrauchte Türen werden vermittelt."
LIST = "Nr.;Titel;Lieblingsfarbe\n" + "".join(f"{number};Lastenrad;rot\n" for number in range(10))


@contextmanager
def opened(browser: Browser, server: RunningServer, **options: object) -> Iterator[Watched]:
    context = browser.new_context(base_url=server.url, **options)  # type: ignore[arg-type]  # of playwright's many
    watched = Watched(context.new_page())
    yield watched
    context.close()
    assert watched.hosts == {urlsplit(server.url).netloc}
    assert watched.complaints == []


@pytest.fixture
def measure_list(tmp_path: Path) -> Path:
    path = tmp_path / "liste.csv"
    path.write_text(LIST, "utf-8")
    return path


def focused(page: Page) -> str:
    return str(page.evaluate("document.activeElement.id || document.activeElement.textContent"))


def tab_to(page: Page, wanted: str) -> None:
    """Press Tab until an element with this id or text has the focus."""
    for _ in range(80):
        page.keyboard.press("Tab")
        if focused(page).strip() == wanted:
            return
    raise AssertionError(f"no tab stop {wanted}")


def test_a_measure_is_checked_by_keyboard_alone(
    browser: Browser, town_server: RunningServer
) -> None:
    with opened(browser, town_server) as watched:
        page = watched.page
        page.goto("/de/pruefen")
        tab_to(page, "title")
        page.keyboard.type("Bauteilbörse")
        page.keyboard.press("Tab")
        page.keyboard.type(TEXT)
        page.get_by_role("button", name="R3 Wiederverwenden").wait_for()
        tab_to(page, "R3 Wiederverwenden")
        page.keyboard.press("Space")
        page.get_by_text("Übernommen: R3 Wiederverwenden").wait_for()
        assert page.get_by_label("R-Strategie", exact=True).last.input_value() == "R3"
        tab_to(page, "Maßnahme prüfen")
        page.keyboard.press("Enter")
        page.get_by_role("heading", name="Ergebnis der Prüfung").wait_for()
        page.locator(".verdict summary").first.focus()
        page.keyboard.press("Enter")
        assert page.get_by_text("Bauabfälle sinken").first.is_visible()
        tab_to(page, "Text kopieren")
        page.keyboard.press("Enter")
        page.get_by_text("Der Text ist kopiert.").wait_for()


def test_enter_in_the_title_checks_although_suggestions_stand_above(
    browser: Browser, town_server: RunningServer
) -> None:
    with opened(browser, town_server, java_script_enabled=False) as watched:
        page = watched.page
        page.goto("/de/pruefen")
        page.locator("#title").fill("Bauteilbörse")
        page.locator("#description").fill(TEXT)
        page.get_by_role("button", name="Vorschläge aus dem Text").click()
        page.get_by_role("button", name="R3 Wiederverwenden").click()
        assert page.locator("#r_strategy").input_value() == "R3"
        page.locator("#title").press("Enter")
        page.get_by_role("heading", name="Ergebnis der Prüfung").wait_for()
        assert page.locator("#r_strategy").input_value() == "R3"
        assert not page.get_by_role("button", name="Text kopieren").is_visible()
        with page.expect_download() as loaded:
            page.get_by_role("button", name="Als Word-Dokument (DOCX)").click()
        assert loaded.value.suggested_filename == "kreislaufstadt-pruefung.docx"


def test_a_list_is_checked_without_scripts(
    browser: Browser, town_server: RunningServer, measure_list: Path
) -> None:
    with opened(browser, town_server, java_script_enabled=False) as watched:
        page = watched.page
        page.goto("/de/pruefen/liste")
        page.get_by_label("Datei").set_input_files(measure_list)
        page.get_by_role("button", name="Liste prüfen", exact=True).click()
        page.get_by_text("Geprüfte Maßnahmen: 10, gelesen: 10.").wait_for()
        with page.expect_download() as loaded:
            page.get_by_role("link", name="Übersicht als CSV").click()
        assert len(loaded.value.path().read_text("utf-8-sig").splitlines()) >= 11
        page.get_by_role("button", name="Ansehen: Lastenrad").first.click()
        page.get_by_role("heading", name="Ergebnis der Prüfung").wait_for()


def test_a_list_tells_its_progress_and_ends_on_its_answer(
    browser: Browser, town_server: RunningServer, measure_list: Path
) -> None:
    with opened(browser, town_server) as watched:
        page = watched.page
        page.goto("/en/check/list")
        page.get_by_label("File").set_input_files(measure_list)
        with page.expect_download() as loaded:
            page.get_by_role("button", name="Check and download all evidence as CSV").click()
        page.get_by_text("Done. kreislaufstadt-check.csv").wait_for()
        assert loaded.value.suggested_filename == "kreislaufstadt-check.csv"
        page.get_by_role("button", name="Check the list").click()
        page.get_by_role("heading", name="Result of the list").wait_for()
        assert page.evaluate("document.activeElement.localName") == "main"
        assert page.title().startswith("Result of the list")


def form(page: Page, language: str) -> None:
    page.goto({"de": "/de/pruefen", "en": "/en/check"}[language])
    page.locator("#title").fill("Bauteilbörse")
    page.locator("#description").fill(TEXT)
    page.locator("#suggestions button").first.click()


def answer(page: Page, language: str) -> None:
    page.goto({"de": "/de/pruefen", "en": "/en/check"}[language])
    page.locator("#title").fill("Bauteilbörse")
    page.locator("button.main").click()
    page.locator(".verdict summary").first.click()


def listed(page: Page, language: str) -> None:
    page.goto({"de": "/de/pruefen/liste", "en": "/en/check/list"}[language])
    page.locator("#text").fill("Bauteilbörse\nLastenrad\n!!!")
    page.locator('button[value="text"]').last.click()
    page.locator("table.list").wait_for()


def upload(page: Page, language: str) -> None:
    page.goto({"de": "/de/pruefen/liste", "en": "/en/check/list"}[language])


@pytest.mark.parametrize("language", ["de", "en"])
@pytest.mark.parametrize("show", [form, answer, listed, upload])
def test_axe_finds_nothing_and_320_pixels_are_enough(
    browser: Browser,
    town_server: RunningServer,
    show: Callable[[Page, str], None],
    language: str,
) -> None:
    with opened(browser, town_server, viewport={"width": 320, "height": 640}) as watched:
        page = watched.page
        show(page, language)
        assert fits(page)
        assert violations(page) == []
        page.emulate_media(color_scheme="dark")
        assert violations(page) == []


def test_print_opens_all_evidence_and_hides_the_forms(
    browser: Browser, town_server: RunningServer
) -> None:
    with opened(browser, town_server) as watched:
        page = watched.page
        answer(page, "de")
        page.emulate_media(media="print")
        assert page.locator(".evidence").last.is_visible()
        assert not page.get_by_role("button", name="Als Word-Dokument (DOCX)").is_visible()
        assert page.locator(".paper").is_visible()
        assert not page.get_by_role("heading", name="Noch einmal prüfen").is_visible()
