"""Measure what pages of the example city cost a reader's browser, beside pyvis on the same graph.

    python benchmarks/web

Prints processor seconds of all of chromium's processes (headless, no graphics card) until a page is
at rest, median of several fresh browser contexts, and kilobytes sent (gzip). The peer is the
offline file that pyvis draws of the same start, and pyvis as it comes: physics in the browser.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import statistics
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlencode

from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright
from pyvis.network import Network
from serving import example_city

CITY = "https://w3id.org/kreislaufstadt/id/05515000"
RUNS = 3
STEPS = 6
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run"]
_TICK = os.sysconf("SC_CLK_TCK")


def family(root: int) -> dict[int, int]:
    """Return the processor ticks of the living processes below one."""
    ticks: dict[int, int] = {}
    waiting = [root]
    while waiting:
        process = waiting.pop()
        with contextlib.suppress(OSError):
            stat = Path(f"/proc/{process}/stat").read_text("ascii").rpartition(")")[2].split()
            ticks[process] = int(stat[11]) + int(stat[12])
            for task in Path(f"/proc/{process}/task").iterdir():
                waiting += map(int, (task / "children").read_text("ascii").split())
    return ticks


class Clock:
    """Add up what the browser uses: every process of this one but itself."""

    def __init__(self) -> None:
        self.before = family(os.getpid())

    def seconds(self) -> float:
        """Return what was used since the clock began."""
        own = os.getpid()
        now = family(own)
        used = sum(ticks - self.before.get(pid, 0) for pid, ticks in now.items() if pid != own)
        return used / _TICK


def at_rest(page: Page, clock: Clock, most_seconds: float = 60) -> float:
    """Return the seconds used once half a second passes without work."""
    end = time.monotonic() + most_seconds
    last = -1.0
    while time.monotonic() < end:
        page.wait_for_timeout(500)
        used = clock.seconds()
        if used - last < 0.03:
            return used
        last = used
    return last


@contextlib.contextmanager
def fresh(browser: Browser) -> Iterator[BrowserContext]:
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    try:
        yield context
    finally:
        context.close()


def opened(browser: Browser, address: str) -> tuple[float, int]:
    """Return the median seconds to open an address, and the bytes that came."""
    seconds, sizes = [], []
    for _ in range(RUNS):
        with fresh(browser) as context:
            page = context.new_page()
            came: list[int] = []
            page.on(
                "requestfinished",
                lambda request, came=came: came.append(request.sizes()["responseBodySize"]),
            )
            page.goto("about:blank")
            clock = Clock()
            page.goto(address)
            seconds.append(at_rest(page, clock))
            sizes.append(sum(came))
    return statistics.median(seconds), round(statistics.median(sizes))


def acted(browser: Browser, address: str, act: Callable[[Page], None]) -> float:
    """Return the median seconds that an action on an open page takes."""
    seconds = []
    for _ in range(RUNS):
        with fresh(browser) as context:
            page = context.new_page()
            page.goto(address)
            at_rest(page, Clock())
            clock = Clock()
            act(page)
            seconds.append(at_rest(page, clock))
    return statistics.median(seconds)


def explorer(server: str, steps: int) -> str:
    pairs = [("iri", CITY), *[("step", f"open {CITY}")] * steps]
    return f"{server}/de/graph?{urlencode(pairs)}"


def open_next(page: Page) -> None:
    thing = page.locator("a.thing").first
    thing.focus()
    thing.press("Enter")
    page.locator("#explorer:not([aria-busy=true])").wait_for()


def as_pyvis_comes(page: Page, folder: Path) -> Path:
    """Return a file with the nodes and edges that the explorer shows, drawn by pyvis unchanged."""
    names = page.locator("a.thing").evaluate_all("all => all.map(one => one.id)")
    network = Network(cdn_resources="in_line")
    for name in names:
        network.add_node(name, label=name)
    for name in names[1:]:
        network.add_edge(names[0], name)
    path = folder / "pyvis.html"
    path.write_text(network.generate_html(), "utf-8")
    return path


def main() -> None:
    browser_path = shutil.which("chromium")
    with example_city() as server, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=browser_path, args=ARGUMENTS)
        pages = {
            "robots.txt, for comparison": f"{server}/robots.txt",
            "start": f"{server}/de/",
            "explorer, one step": explorer(server, 1),
            f"explorer, {STEPS} steps": explorer(server, STEPS),
            "matrix": f"{server}/de/matrix",
            "overview": f"{server}/de/ueberblick",
            "SPARQL": f"{server}/de/sparql",
        }
        print("| What | CPU-s | kB sent |\n|---|---|---|")
        for name, address in pages.items():
            seconds, size = opened(browser, address)
            print(f"| {name} | {seconds:.2f} | {size / 1000:.0f} |", flush=True)
        step = acted(browser, explorer(server, 2), open_next)
        print(f"| explorer, the next step | {step:.2f} | |", flush=True)
        with fresh(browser) as context:
            page = context.new_page()
            page.goto(explorer(server, STEPS))
            count = page.locator("a.thing").count()
            file = as_pyvis_comes(page, Path("/tmp"))  # noqa: S108  # read once by the browser here
        own = opened(browser, explorer(server, STEPS))[0]
        peer = opened(browser, file.as_uri())[0]
        print(
            f"\n{count} things: explorer {own:.2f} s, pyvis as it comes {peer:.2f} s,"
            f" {peer / own:.1f} times as much"
        )
        browser.close()


if __name__ == "__main__":
    main()
