"""Watch a page in chromium: whom it asks, what the browser complains about, what axe finds."""

from __future__ import annotations

import shutil
from typing import Final
from urllib.parse import urlsplit

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

CHROMIUM: Final = shutil.which("chromium")
ARGUMENTS: Final = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]
# WCAG 2.0 to 2.2, A and AA, and what axe's makers advise beyond it.
_TAGS: Final = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


class Watched:
    """Hold a page, the hosts it asked and what the browser complained about."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.hosts: set[str] = set()
        self.complaints: list[str] = []
        page.on("request", lambda request: self.hosts.add(urlsplit(request.url).netloc))
        page.on("console", lambda message: self.complaints.append(message.text))
        page.on("pageerror", lambda error: self.complaints.append(str(error)))


def violations(page: Page) -> list[str]:
    """Return what axe finds wrong with a page: the rule and the first elements that break it."""
    return _found(page, {"type": "tag", "values": _TAGS})


def weak_contrasts(page: Page) -> list[str]:
    """Return what axe finds wrong with the colours of a page, which takes less time."""
    return _found(page, {"type": "rule", "values": ["color-contrast", "link-in-text-block"]})


def _found(page: Page, only: dict[str, object]) -> list[str]:
    found = Axe().run(page, options={"runOnly": only})
    return [
        f"{entry['id']}: {entry['help']}: {[node['target'] for node in entry['nodes'][:3]]}"
        for entry in found.response["violations"]
    ]


def fits(page: Page) -> bool:
    """Return whether the page needs no sideways scrolling."""
    return bool(page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"))
