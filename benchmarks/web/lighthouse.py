"""Let Lighthouse judge five pages of the example city on a desktop.

    python benchmarks/web/lighthouse.py [FOLDER]

Prints a Markdown table of the four scores, 0 to 100. Lighthouse is fetched from the npm registry
into FOLDER (default `/tmp/lighthouse`) the first time; the pages themselves ask nobody but us.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

from serving import example_city, node_and_npm

VERSION = "12.8.2"
FOLDER = Path("/tmp/lighthouse")  # noqa: S108  # a cache that may go at any time
SCORES = ("performance", "accessibility", "best-practices", "seo")
PAGES = ("/de/", "/de/pruefen", "/de/schnittstellen", "/de/graph", "/de/sparql")
CHROMIUM = "--headless=new --no-sandbox --disable-gpu"


def installed(folder: Path) -> Path:
    """Return Lighthouse's script."""
    script = folder / "node_modules" / "lighthouse" / "cli" / "index.js"
    if not script.exists():
        folder.mkdir(parents=True, exist_ok=True)
        node, npm = node_and_npm()
        install = [node, npm, "install", "--no-audit", "--no-fund", f"lighthouse@{VERSION}"]
        path = f"{node.parent}{os.pathsep}{os.environ['PATH']}"
        subprocess.run(install, cwd=folder, env={**os.environ, "PATH": path}, check=True)
    return script


def judged(script: Path, address: str) -> dict[str, int]:
    """Return the scores of a page."""
    command = [
        *(node_and_npm()[0], script, address),
        *("--preset=desktop", "--output=json", "--quiet", f"--chrome-flags={CHROMIUM}"),
        f"--only-categories={','.join(SCORES)}",
    ]
    browser = shutil.which("chromium")
    if browser is None:
        raise RuntimeError("chromium is not installed")
    done = subprocess.run(
        command,
        env={**os.environ, "CHROME_PATH": browser},
        stdout=subprocess.PIPE,
        check=True,
        timeout=300,
    )
    report = json.loads(done.stdout)
    for audit in report["audits"].values():
        if audit["score"] == 0 and audit["scoreDisplayMode"] == "binary":
            print(f"{address}: {audit['id']}: {audit['title']}", file=sys.stderr)
    return {name: round(report["categories"][name]["score"] * 100) for name in SCORES}


def main() -> None:
    script = installed(Path(sys.argv[1]) if len(sys.argv) > 1 else FOLDER)
    print(f"| Page | {' | '.join(SCORES)} |")
    print(f"|---|{'---|' * len(SCORES)}")
    with example_city() as address:
        for page in PAGES:
            scores = judged(script, address + page)
            print(f"| {page} | {' | '.join(str(scores[name]) for name in SCORES)} |", flush=True)


if __name__ == "__main__":
    main()
