"""Give what surrounds a thing as one offline file."""

from __future__ import annotations

from typing import Final

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from api.pages.things import checked_iri
from api.readers import reader_language
from api.state import state_of
from kg.errors import BadParameter
from kg.language import Text
from visualisations.graph_html import graph_html

# The picture brings its own script along in the page; sandboxed, it can reach nothing with it.
PICTURE_POLICY: Final = (
    "default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'; img-src data:;"
    " base-uri 'none'; form-action 'none'; frame-ancestors 'none'; sandbox allow-scripts"
)
_DEPTHS: Final = (1, 2, 3)
_NODE_LIMIT: Final = 80


async def graph_file(request: Request) -> Response:
    """Return the picture itself as one offline document with a policy of its own."""
    store = state_of(request).snapshots.current.store
    iri = checked_iri(request.query_params.get("iri", ""))
    depth = _depth(request)

    def draw() -> str:
        return graph_html(store, iri, reader_language(request), depth=depth, limit=_NODE_LIMIT)

    document = await run_in_threadpool(draw)
    return HTMLResponse(document, headers={"Content-Security-Policy": PICTURE_POLICY})


def _depth(request: Request) -> int:
    asked = request.query_params.get("depth", "2")
    if asked not in map(str, _DEPTHS):
        raise BadParameter("depth", asked, Text("1, 2 oder 3", "1, 2 or 3"))
    return int(asked)
