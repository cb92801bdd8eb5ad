"""Show the matrix of measures and SDGs, and what surrounds a thing as one file."""

from __future__ import annotations

from typing import Final

from markupsafe import Markup
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from api.pages.cities import chosen_city, cities_in
from api.pages.rendering import render_page
from api.pages.things import checked_iri
from api.readers import reader_language
from api.state import state_of
from kg.errors import BadParameter
from kg.language import Language, Text
from visualisations.graph_html import graph_html
from visualisations.matrix import matrix_html, measure_sdg_matrix

# The picture brings its own script along in the page; sandboxed, it can reach nothing with it.
PICTURE_POLICY: Final = (
    "default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'; img-src data:;"
    " base-uri 'none'; form-action 'none'; frame-ancestors 'none'; sandbox allow-scripts"
)
_DEPTHS: Final = (1, 2, 3)
_NODE_LIMIT: Final = 80


async def matrix_page(request: Request, language: Language) -> Response:
    """Return the matrix of a city's measures against the 17 goals."""
    store = state_of(request).snapshots.current.store
    cities = await run_in_threadpool(cities_in, store, language)
    city = chosen_city(request.query_params.get("city", ""), cities)
    table = Markup()
    rows = 0
    if city is not None:
        matrix = await run_in_threadpool(measure_sdg_matrix, store, city.ags, language)
        rows = len(matrix.rows)
        # Built by our own code, which escapes every label.
        table = Markup(matrix_html(matrix, language))  # noqa: S704
    values = {"cities": cities, "city": city, "table": table, "rows": rows}
    query = {"city": city.ags} if city is not None and len(cities) > 1 else {}
    return render_page("matrix", language, values, query=query)


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
