"""Give a browser, the town and its server to the tests of this folder."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.api.town import client, town, town_server
from tests.browser.watching import ARGUMENTS, CHROMIUM

__all__ = ["browser", "client", "town", "town_server"]


# For a module only: while it is open, no other loop can run in this thread.
@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Give a browser that asks nobody but us."""
    if CHROMIUM is None:
        why = "chromium is not installed on this machine: apt-get install chromium"
        if os.environ.get("KREISLAUFSTADT_TESTS_NEED_BROWSER"):
            pytest.fail(why)
        pytest.skip(why)
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield running
        running.close()
