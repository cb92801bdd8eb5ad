"""Measure one engine in a process of its own, so that no other one shares its memory."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent


def measured(
    script: str, engine: str, wanted: int, *, limit_seconds: float, more: Sequence[str] = ()
) -> dict[str, Any] | None:
    """Return what `script --one ENGINE SIZE [MORE …]` prints; None when stopped or failed."""
    command = [sys.executable, script, "--one", engine, str(wanted), *more]
    try:
        done = subprocess.run(
            command, capture_output=True, text=True, timeout=limit_seconds, cwd=ROOT, check=False
        )
    except subprocess.TimeoutExpired:
        print(f"{engine}\t{wanted}\tstopped after {limit_seconds} s", flush=True)
        return None
    if done.returncode:
        ended = f"ended by signal {-done.returncode}" if done.returncode < 0 else "no message"
        last = (done.stderr.strip().splitlines() or [ended])[-1]
        print(f"{engine}\t{wanted}\tfailed: {last[:160]}", flush=True)
        return None
    answer: dict[str, Any] = json.loads(done.stdout)
    return answer
