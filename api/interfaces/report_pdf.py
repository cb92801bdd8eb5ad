"""Print a document as tagged PDF through the browser of this machine, where there is one."""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
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
        for sandbox in _sandboxes():
            options = (*_OPTIONS, *sandbox, f"--user-data-dir={folder}/profile")
            _run([browser, *options, f"--print-to-pdf={target}", source.as_uri()], folder)
            if target.is_file():
                return target.read_bytes()
    raise PrintingFailed(_SECONDS)


def _sandboxes() -> tuple[tuple[str, ...], ...]:
    """Return with and without chromium's own sandbox, in the order to try.

    It refuses its sandbox to root, and where the unit of the service forbids namespaces; the
    document holds no script and may load nothing.
    """
    without = ("--no-sandbox",)
    return (without,) if os.geteuid() == 0 else ((), without)


def _run(command: list[str], folder: str) -> None:
    """Run the browser with nothing of our environment, and end all its processes in time."""
    environment = {"HOME": folder, "PATH": os.environ.get("PATH", ""), "LANG": "C.UTF-8"}
    try:
        running = subprocess.Popen(
            command,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
    except OSError as error:
        raise PrintingFailed(_SECONDS) from error
    try:
        running.wait(_SECONDS)
    except subprocess.TimeoutExpired as error:
        raise PrintingFailed(_SECONDS) from error
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(running.pid, signal.SIGKILL)
        running.wait()
