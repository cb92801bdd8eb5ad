"""The SPARQL page in a browser: the editor by keyboard, its colours, and the page without it."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.api.town import RunningServer
from tests.browser.test_pages_in_chromium import _COLOURS, _contrast
from tests.browser.watching import Watched, fits, violations

pytestmark = pytest.mark.browser
COUNTED = "SELECT ?kind (COUNT(?s) AS ?things) { ?s a ?kind } GROUP BY ?kind"
EVERY_COLOUR = """# note
PREFIX ks: <https://w3id.org/kreislaufstadt/ontology#>
SELECT ?s { ?s ?p "text"@de , 3 , true }"""


@pytest.fixture
def watched(browser: Browser, town_server: RunningServer) -> Iterator[Watched]:
    """Give a page of 320 pixels with scripts."""
    context = browser.new_context(base_url=town_server.url, viewport={"width": 320, "height": 900})
    yield Watched(context.new_page())
    context.close()


def _write(page: Page, text: str) -> None:
    page.locator(".cm-content").click()
    page.keyboard.press("Control+a")
    page.keyboard.press("Delete")
    page.keyboard.type(text)


def test_escape_and_tab_leave_the_editor_with_suggestions_open(watched: Watched) -> None:
    page = watched.page
    page.goto("/de/sparql")
    page.get_by_role("textbox", name="Anfrage").focus()
    page.keyboard.press("Control+End")
    page.keyboard.press("Control+Space")
    page.get_by_role("listbox").wait_for()
    page.keyboard.press("Escape")
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Antwort zeigen")).to_be_focused()


def test_a_query_is_written_asked_and_sorted_by_keyboard(
    watched: Watched, town_server: RunningServer
) -> None:
    page = watched.page
    page.goto("/de/sparql")
    page.get_by_role("textbox", name="Anfrage").focus()
    page.keyboard.press("Control+a")
    page.keyboard.press("Delete")
    page.keyboard.type(COUNTED)
    page.keyboard.press("Control+Enter")
    page.locator("svg.bars").wait_for()
    expect(page.get_by_role("status")).to_contain_text("Zeilen")
    page.keyboard.press("Escape")
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Antwort zeigen")).to_be_focused()
    heading = page.locator("th .sort").nth(1)
    heading.focus()
    heading.press("Enter")
    page.locator("th[aria-sort=ascending]").wait_for()
    expect(page.locator("th .sort").nth(1)).to_be_focused()
    assert "query=" in page.url
    assert fits(page)
    assert watched.complaints == []
    assert watched.hosts == {urlsplit(town_server.url).netloc}


def test_a_class_is_found_by_its_german_name_and_its_prefix_is_declared(watched: Watched) -> None:
    page = watched.page
    page.goto("/de/sparql")
    _write(page, "SELECT ?m { ?m a Maßn")
    page.get_by_role("listbox", name="Vorschläge").wait_for()
    page.get_by_role("option", name="ks:Measure").wait_for()
    page.wait_for_timeout(100)  # A suggestion is taken only when it has been seen for a moment.
    page.keyboard.press("Enter")
    expect(page.locator("#query")).to_have_value(
        "PREFIX ks: <https://w3id.org/kreislaufstadt/ontology#>\nSELECT ?m { ?m a ks:Measure"
    )
    assert watched.complaints == []


def test_a_mistake_is_marked_and_its_link_moves_the_cursor(watched: Watched) -> None:
    page = watched.page
    page.goto("/en/sparql")
    _write(page, "SELECT * {\n?s ?p }")
    page.get_by_role("button", name="Show the answer").click()
    page.locator(".cm-mistake").wait_for()
    page.get_by_role("link", name="Go to the place").press("Enter")
    expect(page.get_by_role("textbox", name="Query")).to_be_focused()
    assert page.locator(".cm-activeLine").inner_text().strip() == "?s ?p }"
    assert violations(page) == []


def test_an_example_fills_the_editor_in_place(watched: Watched) -> None:
    page = watched.page
    page.goto("/de/sparql")
    page.locator("summary", has_text="Indikatoren").click()
    link = page.locator("#examples details[open] a").first
    name = link.inner_text()
    link.click()
    expect(page.get_by_role("status")).to_contain_text(name)
    assert "?example=" in page.url
    assert page.locator("#query").input_value() != ""


@pytest.fixture(params=["light", "dark"])
def coloured(
    request: pytest.FixtureRequest, browser: Browser, town_server: RunningServer
) -> Iterator[Page]:
    """Give a page in a light or dark scheme."""
    context = browser.new_context(base_url=town_server.url, color_scheme=request.param)
    yield context.new_page()
    context.close()


@pytest.mark.parametrize("language", ["de", "en"])
def test_axe_finds_nothing_in_the_editor_and_an_answer(coloured: Page, language: str) -> None:
    coloured.goto(f"/{language}/sparql?query={COUNTED}")
    coloured.locator(".cm-editor").wait_for()
    assert violations(coloured) == []


def test_every_colour_of_a_query_stands_out_on_the_line_of_the_cursor(coloured: Page) -> None:
    coloured.goto("/de/sparql")
    _write(coloured, EVERY_COLOUR)
    parts = coloured.locator(".cm-line span[class^=tok-]")
    names = set()
    for number in range(parts.count()):
        kind = parts.nth(number).get_attribute("class")
        if kind in names:
            continue
        names.add(kind)
        parts.nth(number).click()
        expect(coloured.locator(".cm-activeLine", has=coloured.locator(f".{kind}"))).to_be_visible()
        assert _contrast(*parts.nth(number).evaluate(_COLOURS)) >= 4.5, kind
    assert len(names) >= 6


def test_without_a_script_the_form_answers_sorts_and_points_at_mistakes(
    browser: Browser, town_server: RunningServer
) -> None:
    context = browser.new_context(
        base_url=town_server.url,
        viewport={"width": 320, "height": 900},
        java_script_enabled=False,
    )
    page = context.new_page()
    page.goto("/de/sparql")
    page.get_by_label("Anfrage").fill(COUNTED)
    page.get_by_role("button", name="Antwort zeigen").click()
    page.locator("th .sort").nth(1).click()
    assert page.locator("th[aria-sort=ascending]").count() == 1
    page.get_by_label("Anfrage").fill("SELECT {")
    page.get_by_role("button", name="Antwort zeigen").click()
    assert page.get_by_role("link", name="Zur Stelle in der Anfrage").count() == 1
    assert page.locator(".cm-editor").count() == 0
    assert fits(page)
    context.close()
