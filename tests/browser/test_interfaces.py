"""Interfaces and report in a browser: accessible, narrow, without scripts, by keyboard."""

from __future__ import annotations

from typing import Literal
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, expect

from api.pages.paths import PATHS, VIEWS
from kg.language import Language
from tests.api.interfaces_town import circular_server
from tests.api.town import RunningServer
from tests.browser.watching import Watched, fits, violations

__all__ = ["circular_server"]
pytestmark = pytest.mark.browser
_PAGES = (*VIEWS, "report")
_MORE = {"matrix": "?against=concepts", "flow": "?through=field&document=all"}


# Dark colours are the same in both languages: each page is looked at in one of them.
_LOOKS: list[tuple[Language, Literal["light", "dark"], tuple[str, ...]]] = [
    ("de", "light", _PAGES),
    ("en", "light", _PAGES),
    ("de", "dark", _PAGES[0::2]),
    ("en", "dark", _PAGES[1::2]),
]


@pytest.mark.parametrize(
    ("language", "scheme", "names"),
    _LOOKS,
    ids=[f"{language} {scheme}" for language, scheme, _ in _LOOKS],
)
def test_axe_finds_nothing_and_nothing_foreign_is_asked(
    browser: Browser,
    circular_server: RunningServer,
    language: Language,
    scheme: Literal["light", "dark"],
    names: tuple[str, ...],
) -> None:
    context = browser.new_context(base_url=circular_server.url, color_scheme=scheme)
    watched = Watched(context.new_page())
    found = {}
    for name in names:
        path = PATHS[name][language]  # type: ignore[index]  # views name pages
        watched.page.goto(path + (_MORE.get(name, "") if scheme == "dark" else ""))
        found[name] = violations(watched.page)
    context.close()
    assert {name: entries for name, entries in found.items() if entries} == {}
    assert watched.hosts == {urlsplit(circular_server.url).netloc}
    assert watched.complaints == []


def test_pages_fit_320_pixels_without_scripts(
    browser: Browser, circular_server: RunningServer
) -> None:
    context = browser.new_context(
        base_url=circular_server.url,
        viewport={"width": 320, "height": 640},
        java_script_enabled=False,
    )
    page = context.new_page()
    wide = []
    for name in _PAGES:
        page.goto(PATHS[name]["de"])  # type: ignore[index]  # views name pages
        if not fits(page):
            wide.append(name)
    context.close()
    assert wide == []


def test_by_keyboard_from_a_cell_of_the_matrix_to_the_evidence(
    browser: Browser, circular_server: RunningServer
) -> None:
    context = browser.new_context(base_url=circular_server.url, java_script_enabled=False)
    page = context.new_page()
    page.goto("/de/matrix?against=concepts")
    page.locator("td.is-reviewed a").first.focus()
    page.keyboard.press("Enter")
    summary = page.locator(".verdict summary").first
    summary.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_text("Gebrauchte Türen werden vermittelt.")).to_be_visible()
    context.close()


def test_filters_work_without_scripts(browser: Browser, circular_server: RunningServer) -> None:
    context = browser.new_context(base_url=circular_server.url, java_script_enabled=False)
    page = context.new_page()
    page.goto("/de/schnittstellen/liste")
    page.get_by_text("Auswahl ändern").click()
    page.get_by_label("Prüfstand").select_option("adopted")
    page.get_by_role("button", name="Auswahl anwenden").click()
    expect(page.get_by_role("heading", name="2 Schnittstellen")).to_be_visible()
    assert "review=adopted" in page.url
    context.close()


def test_every_box_of_the_flow_is_named_and_every_band_is_in_the_table(
    browser: Browser, circular_server: RunningServer
) -> None:
    page = browser.new_page(base_url=circular_server.url)
    page.goto("/de/schnittstellen/fluss")
    snapshot = page.locator("svg.flow").aria_snapshot()
    bands = page.locator("path.band").count()
    rows = page.locator("main table tbody tr")
    cells = [rows.nth(place).locator("td").all_inner_texts() for place in range(rows.count())]
    page.close()
    assert len(cells) == bands
    assert {label for row in cells for label in (row[1], row[3]) if label not in snapshot} == set()


def test_a_box_of_the_flow_leads_to_its_evidence(
    browser: Browser, circular_server: RunningServer
) -> None:
    page = browser.new_page(base_url=circular_server.url)
    page.goto("/de/schnittstellen/fluss")
    page.locator("svg.flow").get_by_role("link", name="M 1 Bauteilbörse").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="3 Schnittstellen")).to_be_visible()
    page.close()


def test_targets_are_large_enough_to_hit(browser: Browser, circular_server: RunningServer) -> None:
    page = browser.new_page(base_url=circular_server.url)
    page.goto("/de/matrix")
    sizes = page.locator("table.matrix a, .views a").evaluate_all(
        "all => all.map(a => { const b = a.getBoundingClientRect(); return [b.width, b.height]; })"
    )
    page.close()
    assert min(min(size) for size in sizes) >= 24
