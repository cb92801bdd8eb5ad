"""The explorer and the overview in a browser: by mouse, by keys only, and without scripts."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.api.town import GOAL, MEASURE, TOWN, RunningServer
from tests.browser.watching import Watched, fits, violations

pytestmark = pytest.mark.browser
GRAPH = f"/de/graph?iri={GOAL}"
CROWD = f"{GRAPH}&step=open+{TOWN}&step=open+{MEASURE}"
PATHS = [
    "/{}/graph?iri=" + f"{GOAL}&step=open+{TOWN}",
    "/{}/search?q=e",
    "/{}/overview",
]
GERMAN = {"search": "suche", "overview": "ueberblick"}


def _opened(browser: Browser, server: RunningServer, **settings: object) -> Page:
    context = browser.new_context(base_url=server.url, **settings)  # type: ignore[arg-type]  # passed on
    return context.new_page()


@pytest.fixture
def page(browser: Browser, town_server: RunningServer) -> Iterator[Page]:
    opened = _opened(browser, town_server)
    yield opened
    opened.context.close()


def _things(page: Page) -> Locator:
    return page.locator("#explorer-picture").get_by_role("button")


def _path(pattern: str, language: str) -> str:
    path = pattern.format(language)
    if language == "de":
        for english, german in GERMAN.items():
            path = path.replace(f"/{english}", f"/{german}")
    return path


def _settled(page: Page) -> None:
    """Wait until the overview has drawn, where this is one."""
    if page.locator("#overview-canvas").count():
        page.locator("#overview-canvas canvas").first.wait_for()


@pytest.mark.parametrize("is_dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("language", ["de", "en"])
def test_axe_finds_nothing_and_all_stays_at_home(
    browser: Browser, town_server: RunningServer, language: str, is_dark: bool
) -> None:
    scheme = "dark" if is_dark else "light"
    page = _opened(
        browser,
        town_server,
        color_scheme=scheme,
        viewport={"width": 320, "height": 640},
    )
    watched = Watched(page)
    found = {}
    for pattern in PATHS:
        page.goto(_path(pattern, language))
        _settled(page)
        found[pattern] = violations(page)
        assert fits(page), pattern
    page.context.close()
    assert found == {pattern: [] for pattern in PATHS}
    assert watched.hosts == {urlsplit(town_server.url).netloc}
    assert [text for text in watched.complaints if "GL Driver Message" not in text] == []


def test_every_drawn_thing_is_a_named_button_and_stands_in_the_table(page: Page) -> None:
    page.goto(CROWD)
    tree = page.locator("#explorer-picture").aria_snapshot()
    named = re.findall(r'- button "([^"]+)"', tree)
    assert len(named) == page.locator("#explorer-picture .thing").count() > 5
    table = page.locator("#explorer-things").inner_text()
    assert [name for name in named if name.split(",")[0] not in table] == []


def test_every_line_of_the_picture_is_a_row_of_the_table(page: Page) -> None:
    page.goto(CROWD)
    ends = page.locator("#explorer-picture .line").evaluate_all(
        """lines => lines.map(line => line.dataset.ends.split(' ').map(number =>
             document.querySelector('#thing-' + number).dataset.iri))"""
    )
    names = page.locator("#explorer-picture .thing").evaluate_all(
        "all => all.map(one => [one.dataset.iri, one.getAttribute('aria-label').split(',')[0]])"
    )
    label = dict(names)
    rows = page.locator("#explorer-relations tbody tr").evaluate_all(
        "rows => rows.map(row => [row.cells[0].textContent, row.cells[2].textContent].sort())"
    )
    assert ends
    assert [pair for pair in ends if sorted(label[iri] for iri in pair) not in rows] == []


def test_three_steps_are_walked_and_taken_back_by_keys_only(page: Page) -> None:
    page.goto(GRAPH)
    before = _things(page).count()
    first = page.locator("#explorer-picture .thing[tabindex='0']")
    expect(first).to_have_attribute("data-iri", GOAL)
    first.focus()
    for key in ("Space", "Enter", "Enter"):
        _go_to_a_closed_thing(page)
        iri = page.locator(".thing:focus").get_attribute("data-iri")
        page.keyboard.press(key)
        opened = page.locator(f"#explorer-picture .thing[data-iri='{iri}']")
        expect(opened).to_have_attribute("aria-expanded", "true")
        expect(opened).to_be_focused()
    assert page.url.count("step=open") == 3
    expect(page.get_by_role("status")).to_contain_text("Stand aktualisiert.")
    for _ in range(3):
        steps = page.url.count("step=")
        page.locator("#explorer-back").focus()
        page.keyboard.press("Enter")
        expect(page).to_have_url(re.compile(f"^((?!step=).)*(step=((?!step=).)*){{{steps - 1}}}$"))
    expect(_things(page)).to_have_count(before)


def _go_to_a_closed_thing(page: Page) -> None:
    """Press arrow keys until the focus is on a thing that can be opened."""
    for _ in range(12):
        key = page.evaluate(_KEY_TOWARDS_A_CLOSED_THING)
        if not key:
            return
        page.keyboard.press(key)
    raise AssertionError("no arrow key leads to a closed thing")


_KEY_TOWARDS_A_CLOSED_THING = """() => {
  const here = document.activeElement;
  if (here.getAttribute('aria-expanded') === 'false') return '';
  const there = document.querySelector(".thing[aria-expanded='false']");
  const [x, y] = ['x', 'y'].map(axis => there.dataset[axis] - here.dataset[axis]);
  if (Math.abs(x) > Math.abs(y)) return x > 0 ? 'ArrowRight' : 'ArrowLeft';
  return y > 0 ? 'ArrowDown' : 'ArrowUp';
}"""


def test_a_thing_is_removed_by_a_key(page: Page) -> None:
    page.goto(GRAPH)
    page.locator(f"#explorer-picture .thing[data-iri='{TOWN}']").focus()
    page.keyboard.press("Delete")
    expect(page.locator(f".thing[data-iri='{TOWN}']")).to_have_count(0)


def test_a_thing_that_was_dragged_stays_there_and_is_pinned(page: Page) -> None:
    page.goto(GRAPH)
    thing = page.locator(f"#explorer-picture .thing[data-iri='{TOWN}']")
    thing.scroll_into_view_if_needed()
    box = thing.locator("polygon.look").bounding_box()
    assert box
    page.mouse.move(box["x"] + 10, box["y"] + 10)
    page.mouse.down()
    page.mouse.move(box["x"] + 40, box["y"] + 50, steps=4)
    page.mouse.up()
    expect(page).to_have_url(re.compile("step=pin"))
    expect(thing).to_have_accessible_name(re.compile("angeheftet"))


def test_a_shared_address_shows_the_same_picture(
    browser: Browser, town_server: RunningServer, page: Page
) -> None:
    page.goto(GRAPH)
    page.locator(f"#explorer-picture .thing[data-iri='{TOWN}']").click()
    expect(page).to_have_url(re.compile("step=open"))
    other = _opened(browser, town_server, java_script_enabled=False)
    other.goto(page.url)
    drawn = "all => all.map(one => [one.dataset.iri, one.getAttribute('transform')])"
    assert other.locator(".thing").evaluate_all(drawn) == page.locator(".thing").evaluate_all(drawn)
    other.context.close()


def test_the_state_is_saved_loaded_and_drawn_into_files(page: Page, tmp_path: Path) -> None:
    page.goto(CROWD)
    kept = {}
    for name in ("save", "svg", "png"):
        with page.expect_download() as download:
            page.locator(f"#explorer-{name}").click()
        kept[name] = tmp_path / download.value.suggested_filename
        download.value.save_as(kept[name])
    assert json.loads(kept["save"].read_text("utf-8"))["query"].count("step=") == 2
    assert "Bauteilbörse" in kept["svg"].read_text("utf-8")
    assert kept["png"].read_bytes()[:4] == b"\x89PNG"
    count = _things(page).count()
    page.goto(GRAPH)
    page.locator("#explorer-load").set_input_files(kept["save"])
    expect(_things(page)).to_have_count(count)
    page.locator("#explorer-load").set_input_files(kept["png"])
    expect(page.get_by_role("status")).to_contain_text("kein gespeicherter Stand")


def test_without_scripts_links_walk_search_and_find_a_way(
    browser: Browser, town_server: RunningServer
) -> None:
    page = _opened(
        browser,
        town_server,
        java_script_enabled=False,
        viewport={"width": 320, "height": 640},
    )
    page.goto("/de/suche?q=bauabfall")
    page.get_by_role("link", name="Im Graphen erkunden: Weniger Bauabfall").click()
    before = page.locator(".thing").count()
    page.get_by_role("link", name="Aufklappen: Musterstadt").click()
    assert page.locator(".thing").count() > before
    page.get_by_role("link", name="Letzten Schritt zurücknehmen").click()
    assert page.locator(".thing").count() == before
    page.get_by_label("Weg zu einem anderen Ding suchen").fill("12.5")
    page.locator("form:has(#way-to) button").click()
    page.get_by_role("link", name="Weg hierher zeigen: Abfall verringern").click()
    assert "Kürzester Weg" in page.get_by_role("status").inner_text()
    assert fits(page)
    page.context.close()


def test_the_overview_is_named_and_its_tables_carry_the_content(page: Page) -> None:
    page.goto("/de/ueberblick")
    _settled(page)
    expect(page.get_by_role("status")).to_have_text("Das Bild ist gezeichnet.")
    picture = page.get_by_role("img", name="Bild aller Dinge als Punkte")
    expect(picture).to_have_accessible_description(re.compile("Tabellen"))
    expect(page.locator("#overview-kinds")).to_contain_text("Maßnahme")
    assert page.locator("#overview-relations tbody tr").count() > 3


def test_without_scripts_the_overview_draws_the_classes(
    browser: Browser, town_server: RunningServer
) -> None:
    page = _opened(browser, town_server, java_script_enabled=False)
    page.goto("/de/ueberblick")
    page.get_by_role("link", name="Maßnahme: 1").click()
    expect(page.locator(".findings")).to_contain_text("Bauteilbörse")
    page.context.close()
