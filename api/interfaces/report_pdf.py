"""Print a document as tagged PDF through the browser of this machine, where there is one."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from functools import cache
from pathlib import Path
from typing import Final

from kg.errors import PrintingFailed

MEDIA_TYPE: Final = "application/pdf"
_SECONDS: Final = 60
_NAMES: Final = ("chromium", "chromium-browser", "google-chrome")
_OPTIONS: Final = (
    "--headless",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-extensions",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--no-default-browser-check",
    # The document is whole in itself: no name of a host leads anywhere.
    "--host-resolver-rules=MAP * ~NOTFOUND",
    "--export-tagged-pdf",
    "--generate-pdf-document-outline",
    "--no-pdf-header-footer",
)


@cache
def printer() -> str | None:
    """Return the browser that can print here, None where there is none."""
    return next((path for name in _NAMES if (path := shutil.which(name))), None)


def pdf_bytes(html: str, browser: str) -> bytes:
    """Return the document as PDF with tags and an outline; takes seconds.

    Raises:
        PrintingFailed: The browser ended without a document or took too long.
    """
    with tempfile.TemporaryDirectory(prefix="kreislaufstadt-print-") as folder:
        source, target = Path(folder) / "report.html", Path(folder) / "report.pdf"
        source.write_text(html, "utf-8")
        command = [
            browser,
            *_OPTIONS,
            *_sandbox(),
            f"--user-data-dir={folder}/profile",
            f"--print-to-pdf={target}",
            source.as_uri(),
        ]
        try:
            subprocess.run(
                command,
                check=True,
                timeout=_SECONDS,
                capture_output=True,
                env={"HOME": folder, "PATH": os.environ.get("PATH", ""), "LANG": "C.UTF-8"},
            )
            return target.read_bytes()
        except (OSError, subprocess.SubprocessError) as error:
            raise PrintingFailed(_SECONDS) from error


def _sandbox() -> tuple[str, ...]:
    # Chromium refuses its own sandbox to root; the document holds no script.
    return ("--no-sandbox",) if os.geteuid() == 0 else ()
