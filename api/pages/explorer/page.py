"""Show the page on which a reader walks through the graph; it works without any script."""

from __future__ import annotations

from typing import Final

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from api.pages.explorer.address import Asked, asked_of
from api.pages.explorer.picture import Picture, corners, picture_of
from api.pages.explorer.shown import Shown, legend, shown_part
from api.pages.paths import PATHS, page_path
from api.pages.rendering import other_language, render
from api.pages.start_points import start_points
from api.snapshot import Snapshot
from api.state import state_of
from kg.language import Language
from kg.network.parts import A_STEP, MOST
from kg.network.paths import LONGEST

_DEPTH: Final = "2"


async def graph_page(request: Request, language: Language) -> Response:
    """Return the part of the graph that the address asks for, and all ways to go on from it."""
    snapshot = state_of(request).snapshots.current
    asked = asked_of(request)
    other = other_language(language)
    values: dict[str, object] = {
        "groups": await run_in_threadpool(start_points, snapshot.store, language),
        "iri": asked.start if asked else "",
        "shown": None,
        "corners": corners,
    }
    switch_path = PATHS["graph"][other]
    if asked is not None:
        shown, picture = await run_in_threadpool(_drawn, snapshot, asked, language)
        values |= _values(asked, shown, picture, language)
        switch_path = asked.path(other)
    return render(
        "graph.html",
        language,
        switch_path=switch_path,
        values=values,
        page="graph",
        island="explorer" if asked else None,
    )


def _drawn(snapshot: Snapshot, asked: Asked, language: Language) -> tuple[Shown, Picture]:
    shown = shown_part(snapshot.walk().network, asked, language, A_STEP)
    return shown, picture_of(shown)


def _values(asked: Asked, shown: Shown, picture: Picture, language: Language) -> dict[str, object]:
    query = asked.query()
    page = page_path("graph", language, iri=asked.start, depth=_DEPTH, lang=language)
    return {
        "shown": shown,
        "picture": picture,
        "legend": legend(shown.things),
        "start": next(one for one in shown.things if one.iri == asked.start),
        "ways": [
            (
                shown.label(way.source),
                shown.label(way.target),
                [shown.label(thing) for thing in way.things],
            )
            for way in shown.part.ways
        ],
        "back_path": asked.back().path(language) if asked.steps else "",
        "again_path": Asked(asked.start).path(language),
        "files": {
            kind: f"/explore/part.{kind}?{query}&lang={language}" for kind in ("ttl", "graphml")
        },
        "file_path": "/graph.html?" + page.partition("?")[2],
        "most": MOST,
        "longest": LONGEST,
    }
