"""Name the bundled scripts, which improve pages that work without them."""

from __future__ import annotations

import json
from functools import cache
from importlib import resources
from typing import Literal

Island = Literal["check", "explorer", "overview", "review", "sparql"]
BUNDLES_PATH = "/static/dist"


@cache
def script_path(island: Island) -> str | None:
    """Return the address of a script, None where the package was built without scripts."""
    manifest = resources.files("api").joinpath("static", "dist", "manifest.json")
    if not manifest.is_file():
        return None
    entry = json.loads(manifest.read_text("utf-8")).get(island)
    return f"{BUNDLES_PATH}/{entry['file']}" if entry else None
