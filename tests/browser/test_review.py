"""Proposals are reviewed by keyboard alone, without scripts, and by people who see little."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import quote, urlsplit

import pytest
from playwright.sync_api import Browser, Page

from api.pages.islands import script_path
from tests.api.writers import Writers, writing
from tests.browser.watching import Watched, fits, violations
from tests.kg.reviewing.conftest import FOUND

pytestmark = pytest.mark.browser
ONE = f"/de/vorschlag?link={quote(FOUND, safe='')}"
with_scripts = pytest.mark.skipif(
    script_path("review") is None, reason="the scripts are not bundled: cd web && node build.mjs"
)


@pytest.fixture
def town(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Writers]:
    """Give a town with two open proposals."""
    with writing(tmp_path_factory.mktemp("review") / "data") as writers:
        yield writers


def opened(browser: Browser, town: Writers, *, scripts: bool = True, dark: bool = False) -> Page:
    """Return a narrow page of a reviewer who is logged in."""
    context = browser.new_context(
        base_url=str(town.client.base_url),
        viewport={"width": 320, "height": 640},
        java_script_enabled=scripts,
        color_scheme="dark" if dark else "light",
    )
    page = context.new_page()
    page.goto("/de/anmelden?next=" + quote(ONE, safe=""))
    page.locator("#token").fill(town.headers["reviewer"]["Authorization"].removeprefix("Bearer "))
    page.keyboard.press("Enter")
    page.locator("#decide").wait_for()
    return page


@with_scripts
def test_a_proposal_is_reviewed_by_keyboard_alone(browser: Browser, town: Writers) -> None:
    page = opened(browser, town)
    watched = Watched(page)
    first = page.locator("h1").inner_text()
    page.keyboard.press("j")
    page.locator("h1", has_not_text=first).wait_for()
    page.keyboard.press("k")
    page.locator("h1", has_text=first).wait_for()
    assert not page.locator("#correction").is_visible()
    page.keyboard.press("c")
    assert page.get_by_label("Richtiges Ziel").evaluate("e => e === document.activeElement")
    page.get_by_label("Korrigieren").focus()
    page.keyboard.press("a")
    page.keyboard.type("Ja, c und r: steht im Konzept.")
    page.keyboard.press("Control+Enter")
    message = page.get_by_role("status").filter(has_text="Bestätigt")
    message.wait_for()
    assert message.evaluate("e => e === document.activeElement")
    assert "1 von 2 entschieden" in page.locator("main").inner_text()
    page.keyboard.press("?")
    assert page.locator("#keys-heading").evaluate("e => e === document.activeElement")
    assert watched.hosts == {urlsplit(str(town.client.base_url)).netloc}
    assert watched.complaints == []
    assert fits(page)

    page.get_by_label("Kürzel mit einzelnen Tasten verwenden").uncheck()
    page.reload()
    page.keyboard.press("r")
    assert not page.get_by_label("Verwerfen").is_checked()
    page.context.close()


def test_a_proposal_is_reviewed_without_scripts(browser: Browser, town: Writers) -> None:
    page = opened(browser, town, scripts=False)
    page.get_by_label("Korrigieren").check()
    page.get_by_label("Richtiges Ziel").select_option("http://metadata.un.org/sdg/12.5")
    page.get_by_label("Begründung").fill("Gemeint ist das Abfallaufkommen.")
    page.get_by_role("button", name="Entscheidung festhalten").click()
    page.get_by_role("status").filter(has_text="Korrigiert").wait_for()
    page.get_by_role("link", name="Diese Entscheidung noch einmal ansehen").click()
    assert "Gemeint ist das Abfallaufkommen." in page.locator("main").inner_text()
    page.get_by_role("button", name="Abmelden").click()
    page.get_by_role("link", name="Anmelden", exact=True).wait_for()
    page.context.close()


@pytest.mark.parametrize("is_dark", [False, True], ids=["light", "dark"])
def test_axe_finds_nothing_on_the_pages_of_reviewers(
    browser: Browser, town: Writers, is_dark: bool
) -> None:
    page = opened(browser, town, dark=is_dark)
    paths = (ONE, ONE.replace("/de/vorschlag", "/en/proposal"), "/de/vorschlaege", "/en/proposals")
    found = {}
    for path in paths:
        page.goto(path)
        found[path] = violations(page), fits(page)
    page.get_by_role("button", name="Log out").click()
    for path in ("/de/anmelden", "/en/login"):
        page.goto(path)
        found[path] = violations(page), fits(page)
    page.context.close()
    assert found == dict.fromkeys(found, ([], True))
