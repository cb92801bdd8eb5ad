"""Take the pictures of docs/screenshots: each page of the example city in both languages.

python benchmarks/web/screenshots.py [FOLDER]
"""

from __future__ import annotations

import re
import shutil
import sys
from pathlib import Path

from playwright.sync_api import Page, sync_playwright
from serving import ROOT, example_city

from api.pages.paths import PATHS, PageName
from kg.language import LANGUAGES, Language

FOLDER = ROOT / "docs" / "screenshots"
MEASURE = (
    "Reparaturbonus für Elektrogeräte",
    "Die Stadt zahlt Haushalten einen Zuschuss für die Reparatur von Elektrogeräten in"
    " Werkstätten der Stadt, damit weniger Elektroschrott anfällt.",
)
QUERIES: dict[PageName, str] = {
    "search": "?q=abfall",
    "thing": "?iri=http://metadata.un.org/sdg/12.5",
}
# They show nothing without an address of something, or are taken apart.
LEFT_OUT: tuple[PageName, ...] = ("explanation", "proposal", "thing", "graph")


def take(page: Page, folder: Path, name: str, language: Language) -> None:
    page.screenshot(path=folder / f"{name}-{language}.png")
    print(f"{name}-{language}", flush=True)


def pages(page: Page, server: str, folder: Path, language: Language) -> None:
    for name, paths in PATHS.items():
        if name in LEFT_OUT:
            continue
        page.goto(server + paths[language] + QUERIES.get(name, ""))
        page.wait_for_load_state("networkidle")
        if name == "overview":
            page.locator("canvas").first.wait_for()
            page.wait_for_timeout(4000)
        take(page, folder, name, language)


def answer(page: Page, server: str, folder: Path, language: Language) -> None:
    page.goto(server + PATHS["check"][language])
    page.locator("#title").fill(MEASURE[0])
    page.locator("#description").fill(MEASURE[1])
    page.locator("form.check button.main").click()
    page.locator(".verdict summary").first.click()
    take(page, folder, "answer", language)


def walks(page: Page, server: str, folder: Path, language: Language) -> None:
    page.goto(server + PATHS["proposal"][language])
    take(page, folder, "proposal", language)
    page.goto(f"{server}{PATHS['thing'][language]}{QUERIES['thing']}")
    take(page, folder, "thing", language)
    links = page.locator("main a").evaluate_all("all => all.map(one => one.getAttribute('href'))")
    start = next(link for link in links if re.match(rf"{PATHS['graph'][language]}\?", link or ""))
    page.goto(server + start)
    take(page, folder, "graph", language)


def main() -> None:
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    with example_city() as server, sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox", "--disable-gpu"]
        )
        for language in LANGUAGES:
            page = browser.new_page(viewport={"width": 1040, "height": 860})
            pages(page, server, folder, language)
            answer(page, server, folder, language)
            walks(page, server, folder, language)
            page.close()
        browser.close()


if __name__ == "__main__":
    main()
