"""Serve the files of the pages; what is named by its content may be kept for ever."""

from __future__ import annotations

import os
from typing import Final

from starlette.responses import Response
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

_BUNDLES: Final = "dist/"
_FOR_EVER: Final = "public, max-age=31536000, immutable"


class NamedByContent(StaticFiles):
    """Serve a folder; the bundles in `dist` have a digest in their names and never change."""

    async def get_response(self, path: str, scope: Scope) -> Response:
        """Return a file."""
        response = await super().get_response(path, scope)
        if path.replace(os.sep, "/").startswith(_BUNDLES) and path.endswith(".js"):
            response.headers["Cache-Control"] = _FOR_EVER
        return response
