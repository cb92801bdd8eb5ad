"""The page about a thing in a browser: readable when narrow, by keyboard, in both schemes."""

from __future__ import annotations

from urllib.parse import urlencode, urlsplit

import pytest
from playwright.sync_api import Browser, expect

from tests.api.town import MEASURE, TOWN, RunningServer
from tests.browser.watching import Watched, fits, violations

pytestmark = pytest.mark.browser
RELATION = {"iri": TOWN, "relation": "https://w3id.org/kreislaufstadt/ontology#municipalityOf"}
PATHS = [
    "/id/05515000/measure/m-1?lang=de",
    "/id/05515000/interface/1?lang=en",
    f"/de/ding?{urlencode(RELATION)}",
    "/en/thing?iri=urn:nothing",
]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_on_the_pages_about_things(
    browser: Browser, town_server: RunningServer, scheme: str
) -> None:
    context = browser.new_context(
        base_url=town_server.url, color_scheme="dark" if scheme == "dark" else "light"
    )
    page = context.new_page()
    found = {}
    for path in PATHS:
        page.goto(path)
        for details in page.locator(".verdict details").all():
            details.locator("summary").click()
        found[path] = violations(page)
    context.close()
    assert found == {path: [] for path in PATHS}


def test_the_pages_about_things_fit_a_narrow_window_without_scripts(
    browser: Browser, town_server: RunningServer
) -> None:
    context = browser.new_context(
        base_url=town_server.url,
        viewport={"width": 320, "height": 640},
        java_script_enabled=False,
    )
    watched = Watched(context.new_page())
    narrow = {}
    for path in PATHS:
        watched.page.goto(path)
        narrow[path] = fits(watched.page)
    context.close()
    assert narrow == dict.fromkeys(PATHS, True)
    assert watched.hosts == {urlsplit(town_server.url).netloc}


def test_a_link_is_opened_and_followed_by_keyboard(
    browser: Browser, town_server: RunningServer
) -> None:
    page = browser.new_page(base_url=town_server.url)
    page.goto(f"/de/ding?{urlencode({'iri': MEASURE})}")
    summary = page.locator(".verdict summary").first
    summary.focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    expect(page.locator(".verdict a").first).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Abfall verringern", level=1)).to_be_visible()
    page.close()
