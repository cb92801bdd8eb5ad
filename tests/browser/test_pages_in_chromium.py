"""Pages in a real browser: with and without scripts, nothing foreign, readable at 320 pixels."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser

from tests.api.town import MEASURE, TOWN, RunningServer
from tests.browser.watching import Watched, fits, violations, weak_contrasts

pytestmark = pytest.mark.browser
WHY = f"?subject={MEASURE}&predicate=ks:measureOf&object={TOWN}/plan/massnahmen"
PATHS = [
    "/de/",
    "/en/check",
    "/de/matrix",
    "/de/graph",
    "/de/abfragen",
    "/de/abfragen/concepts",
    "/de/sparql",
    "/de/datenbestand",
    "/de/api",
    "/en/accessibility",
    "/id/05515000/measure/m-1?lang=de",
    "/ontology?lang=de",
    "/ontology/interface?lang=de",
    "/ontology/alignments/prov-org?lang=en",
    "/scheme/concept-type?lang=de",
]
# Each page in both languages.
PAIRS = [
    ("/de/", "/en/"),
    ("/de/datenbestand", "/en/dataset"),
    ("/de/barrierefreiheit", "/en/accessibility"),
    ("/de/abfragen", "/en/queries"),
    ("/de/abfragen/concepts", "/en/queries/concepts"),
    ("/de/api", "/en/api"),
    ("/ontology?lang=de", "/ontology?lang=en"),
    ("/ontology/interface?lang=de", "/ontology/interface?lang=en"),
    ("/ontology/alignments/prov-org?lang=de", "/ontology/alignments/prov-org?lang=en"),
    ("/scheme/concept-type?lang=de", "/scheme/concept-type?lang=en"),
    (f"/de/begruendung{WHY}", f"/en/explanation{WHY}"),
    ("/de/gibt-es-nicht", "/en/not-there"),
]


@pytest.fixture(params=[True, False], ids=["scripts on", "scripts off"])
def watched(
    request: pytest.FixtureRequest, browser: Browser, town_server: RunningServer
) -> Iterator[Watched]:
    """Give a narrow page of 320 pixels."""
    context = browser.new_context(
        base_url=town_server.url,
        viewport={"width": 320, "height": 640},
        java_script_enabled=request.param,
    )
    yield Watched(context.new_page())
    context.close()


@pytest.mark.parametrize("path", PATHS)
def test_a_page_stays_at_home_and_fits_320_pixels(
    watched: Watched, town_server: RunningServer, path: str
) -> None:
    watched.page.goto(path)
    assert watched.hosts == {urlsplit(town_server.url).netloc}
    assert watched.complaints == []
    assert fits(watched.page)


@pytest.mark.parametrize("path", [path for pair in PAIRS for path in pair])
def test_axe_finds_nothing_on_a_page(
    browser: Browser, town_server: RunningServer, path: str
) -> None:
    context = browser.new_context(base_url=town_server.url, color_scheme="light")
    page = context.new_page()
    page.goto(path)
    found = violations(page)
    # The same page in other colours.
    page.emulate_media(color_scheme="dark")
    found += weak_contrasts(page)
    context.close()
    assert found == []


def test_a_measure_is_checked_by_keyboard_and_mouse(watched: Watched) -> None:
    page = watched.page
    page.goto("/de/")
    page.get_by_label("Titel der Maßnahme").fill("Bauteilbörse")
    page.get_by_label("Beschreibung").fill("Gebrauchte Türen werden vermittelt.")
    page.get_by_role("button", name="Maßnahme prüfen").click()
    page.get_by_role("heading", name="Ergebnis der Prüfung").wait_for()
    first = page.locator(".verdict summary").first
    first.focus()
    first.press("Enter")
    assert page.get_by_text("Bauabfälle sinken").first.is_visible()
    assert watched.complaints == []
    assert fits(page)


def test_the_first_tab_stop_skips_to_the_content(watched: Watched) -> None:
    page = watched.page
    page.goto("/de/")
    page.keyboard.press("Tab")
    link = page.get_by_role("link", name="Zum Inhalt springen")
    assert link.bounding_box() is not None
    assert page.evaluate("document.activeElement.getAttribute('href')") == "#content"


def test_the_picture_draws_offline(browser: Browser, town_server: RunningServer) -> None:
    page = browser.new_page(base_url=town_server.url)
    watched = Watched(page)
    page.goto(f"/graph.html?iri={MEASURE}&lang=de")
    page.locator("canvas").first.wait_for()
    page.close()
    assert watched.hosts == {urlsplit(town_server.url).netloc}
    assert not [text for text in watched.complaints if "Content Security Policy" in text]


def test_the_iri_of_a_term_lands_on_its_entry_and_leads_to_its_module(watched: Watched) -> None:
    page = watched.page
    page.goto("/ontology?lang=de#Aim")
    entry = page.locator("#Aim")
    assert entry.evaluate("element => element.matches(':target')")
    entry.get_by_role("link", name="Bezugsziel").click()
    page.get_by_role("heading", name="Bezugsziel Aim").wait_for()
    assert page.url.endswith("/ontology/core?lang=de#Aim")
    assert fits(page)


@pytest.mark.parametrize("name", ["core", "interface", "indicator"])
@pytest.mark.parametrize("language", ["de", "en"])
def test_the_writing_in_a_picture_stays_in_its_box(
    browser: Browser, town_server: RunningServer, name: str, language: str
) -> None:
    page = browser.new_page(base_url=town_server.url, viewport={"width": 1100, "height": 900})
    page.goto(f"/ontology/{name}?lang={language}")
    assert page.locator(".diagram").first.evaluate(_STICKING_OUT) == []
    assert page.locator(".drawing .scroll").evaluate("e => e.scrollWidth <= e.clientWidth")
    sizes = page.locator(".diagram text").evaluate_all(
        "all => all.map(text => parseFloat(getComputedStyle(text).fontSize))"
    )
    page.close()
    assert min(sizes) >= 12


# The texts of boxes that are wider or higher than their box.
_STICKING_OUT = """drawing => [...drawing.querySelectorAll('.box')].flatMap(box => {
  const frame = box.querySelector('rect').getBBox();
  return [...box.querySelectorAll('text')].filter(text => {
    const words = text.getBBox();
    return words.x + words.width > frame.x + frame.width
      || words.y + words.height > frame.y + frame.height || words.y < frame.y;
  }).map(text => text.textContent);
})"""


@pytest.mark.parametrize("path", ["/de/", "/ontology/core?lang=de"])
@pytest.mark.parametrize("is_dark", [False, True], ids=["light", "dark"])
def test_text_stands_out_from_its_ground(
    browser: Browser, town_server: RunningServer, is_dark: bool, path: str
) -> None:
    context = browser.new_context(
        base_url=town_server.url, color_scheme="dark" if is_dark else "light"
    )
    page = context.new_page()
    page.goto(path)
    shown = ("body", ".bottom p", ".top nav a", ".quiet", ".facts dt", "h3 code", "figcaption")
    for selector in (*shown, "button.main", ".hint"):
        if not page.locator(selector).count():
            continue
        colours = page.locator(selector).first.evaluate(_COLOURS)
        assert _contrast(*colours) >= 4.5, selector
    context.close()


# The colour of an element's text and of the nearest ground behind it.
_COLOURS = """element => {
  const ink = getComputedStyle(element).color;
  let ground = 'rgba(0, 0, 0, 0)';
  for (let node = element; node && ground === 'rgba(0, 0, 0, 0)'; node = node.parentElement)
    ground = getComputedStyle(node).backgroundColor;
  return [ink, ground];
}"""


def _contrast(ink: str, ground: str) -> float:
    """Return the contrast of two colours (WCAG 2.2, relative luminance)."""
    lighter, darker = sorted((_luminance(ink), _luminance(ground)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    parts = [int(part) / 255 for part in colour[colour.index("(") + 1 : -1].split(",")[:3]]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
