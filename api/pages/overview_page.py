"""Show the whole graph at once: classes and the relations between them, every thing as a dot."""

from __future__ import annotations

import json
import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from api.pages.explorer.shown import words_for
from api.pages.paths import page_path
from api.pages.rendering import render_page
from api.readers import reader_language
from api.snapshot import Snapshot
from api.state import state_of
from kg.language import Language
from kg.network.network import Network
from kg.network.summary import Summary, summary_of
from visualisations.layout import Position
from visualisations.looks import Look, look_of
from visualisations.overview_layout import group_places
from visualisations.part_layout import apart

# Beyond it a browser without a graphics card takes too long; the classes are drawn instead.
MOST_DOTS: Final = 20_000
_MOST_LINES: Final = 60_000
_DRAWN_CLASSES: Final = 24
_ACROSS: Final = 900.0
_DOWN: Final = 560.0


@dataclass(frozen=True, slots=True)
class KindRow:
    """Hold a class: how many things it has, and where they are listed ("" for no class)."""

    label: str
    count: int
    look: Look
    path: str


@dataclass(frozen=True, slots=True)
class BetweenRow:
    """Hold how many relations of one kind lead from one class to another."""

    source: str
    label: str
    target: str
    count: int


@dataclass(frozen=True, slots=True)
class Bubble:
    """Hold a drawn class: its place, its radius, and the row it stands for."""

    x: float
    y: float
    radius: float
    row: KindRow


@dataclass(frozen=True, slots=True)
class Bundle:
    """Hold a line between two drawn classes; the more relations, the wider."""

    x1: float
    y1: float
    x2: float
    y2: float
    width: float


async def overview_page(request: Request, language: Language) -> Response:
    """Return the page with the table of classes, their picture, and the script that draws all."""
    snapshot = state_of(request).snapshots.current
    values = await run_in_threadpool(_values, snapshot, language)
    return render_page("overview", language, values, island="overview")


async def overview_points(request: Request) -> Response:
    """Return a place, class and name for every thing, and the pairs that are related, as JSON."""
    snapshots = state_of(request).snapshots
    snapshot, language = snapshots.current, reader_language(request)
    write = snapshots.once(f"overview-{language}", lambda: _points(snapshot, language))
    return Response(await run_in_threadpool(write), media_type="application/json")


def _values(snapshot: Snapshot, language: Language) -> dict[str, object]:
    network = snapshot.walk().network
    summary = summary_of(network)
    kinds = _kind_rows(network, summary, language)
    bubbles = _bubbles(summary, kinds)
    return {
        "things": len(summary.things),
        "kinds": list(kinds.values()),
        "relations": _between_rows(network, summary, language),
        "bubbles": list(bubbles.values()),
        "bundles": _bundles(summary, bubbles),
        "box": _box(list(bubbles.values())),
        "is_drawn_whole": len(summary.things) <= MOST_DOTS,
        "points_path": f"/explore/overview.json?lang={language}",
        "graph_path": page_path("graph", language, iri=""),
    }


def _kind_rows(network: Network, summary: Summary, language: Language) -> dict[str, KindRow]:
    rows = [
        (
            kind,
            KindRow(
                words_for(network, kind, language),
                count,
                look_of(kind),
                page_path("search", language, **{"class": kind}) if kind else "",
            ),
        )
        for kind, count in summary.classes.items()
    ]
    rows.sort(key=lambda pair: (-pair[1].count, pair[1].label.casefold(), pair[0]))
    return dict(rows)


def _between_rows(network: Network, summary: Summary, language: Language) -> list[BetweenRow]:
    rows = [
        BetweenRow(
            words_for(network, between.source_kind, language),
            words_for(network, between.predicate, language),
            words_for(network, between.target_kind, language),
            count,
        )
        for between, count in summary.relations.items()
    ]
    return sorted(rows, key=lambda row: (-row.count, row.source, row.label, row.target))


def _bubbles(summary: Summary, kinds: dict[str, KindRow]) -> dict[str, Bubble]:
    drawn = [kind for kind in kinds if kind][:_DRAWN_CLASSES]
    number = {kind: place for place, kind in enumerate(drawn)}
    joined = _joined(summary, number)
    places = group_places([1] * len(drawn), joined) if drawn else []
    where = apart(dict(enumerate(_stretched(places))), set(range(len(drawn))))
    return {
        kind: Bubble(
            *where[place],
            round(6 + 0.75 * math.sqrt(kinds[kind].count), 1),
            kinds[kind],
        )
        for place, kind in enumerate(drawn)
    }


def _stretched(places: Sequence[Position]) -> list[Position]:
    """Return the places on a ground as wide as the page."""
    xs, ys = [x for x, _ in places], [y for _, y in places]
    wide, high = (max(values, default=0) - min(values, default=0) or 1 for values in (xs, ys))
    return [((x - min(xs)) / wide * _ACROSS, (y - min(ys)) / high * _DOWN) for x, y in places]


def _joined(summary: Summary, number: dict[str, int]) -> Counter[tuple[int, int]]:
    joined: Counter[tuple[int, int]] = Counter()
    for between, count in summary.relations.items():
        ends = [number.get(between.source_kind, -1), number.get(between.target_kind, -1)]
        if min(ends) >= 0 and ends[0] != ends[1]:
            joined[min(ends), max(ends)] += count
    return joined


def _bundles(summary: Summary, bubbles: dict[str, Bubble]) -> list[Bundle]:
    at = list(bubbles.values())
    number = {kind: place for place, kind in enumerate(bubbles)}
    return [
        Bundle(at[a].x, at[a].y, at[b].x, at[b].y, round(0.6 + math.log10(count) * 1.6, 1))
        for (a, b), count in sorted(_joined(summary, number).items())
    ]


def _box(bubbles: list[Bubble]) -> tuple[int, int, int, int]:
    """Return left, top, width and height of the picture."""
    if not bubbles:
        return 0, 0, 1, 1
    left = min(one.x - max(one.radius, 70) for one in bubbles) - 10
    top = min(one.y - one.radius for one in bubbles) - 10
    right = max(one.x + max(one.radius, 70) for one in bubbles) + 10
    bottom = max(one.y + one.radius for one in bubbles) + 44
    return round(left), round(top), round(right - left), round(bottom - top)


def _points(snapshot: Snapshot, language: Language) -> bytes:
    network = snapshot.walk().network
    whole = snapshot.overview()
    kinds = _kind_rows(network, whole.summary, language)
    number = {kind: place for place, kind in enumerate(kinds)}
    things = whole.summary.things if len(whole.summary.things) <= MOST_DOTS else ()
    document = {
        "kinds": [{"label": row.label, "look": row.look.name} for row in kinds.values()],
        "things": [
            [
                *whole.places[place],
                number[network.kinds[thing]],
                network.label(thing, language),
                network.iris[thing],
            ]
            for place, thing in enumerate(things)
        ],
        "pairs": [pair for pair in whole.pairs[:_MOST_LINES] if things],
    }
    return json.dumps(document, ensure_ascii=False, separators=(",", ":")).encode()
