"""Show what the graph knows of a city in numbers, and the way to every other page."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from api.pages.check.page import form_values
from api.pages.check_options import options_for
from api.pages.cities import City, chosen_city, cities_in
from api.pages.paths import page_path
from api.pages.rendering import render_page
from api.state import state_of
from api.stored import answer_stored
from kg.language import Language
from kg.serving.queries import Queries

# Group of numbers: each number's column of `city-numbers` and the stored query that lists it.
_GROUPS: Final = (
    (
        "adopted",
        (("concepts", "concepts"), ("goals", "concepts"), ("measures", "measures"),
         ("targets_touched", "sdg-targets-served")),
    ),
    (
        "circular",
        (("circular_measures", "r-ladder"), ("goals_served", "goals-served")),
    ),
    (
        "open",
        (("proposed", "open-proposals"), ("aims_without_measure", "aims-without-measure"),
         ("measures_without_aim", "measures-without-aim")),
    ),
)  # fmt: skip
# Lists whose things are counted, each thing once.
_LISTS: Final = {
    "goals-served": "aim", "aims-without-measure": "aim", "measures-without-aim": "measure",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Number:
    """Hold one number: the key of its words, its value and the page that lists what it counts."""

    key: str
    value: str
    path: str


@dataclass(frozen=True, slots=True)
class Group:
    """Hold numbers that belong together."""

    key: str
    numbers: tuple[Number, ...]


async def start_page(request: Request, language: Language) -> Response:
    """Return the start page."""
    state = state_of(request)
    store = state.snapshots.current.store
    cities = await run_in_threadpool(cities_in, store, language)
    city = chosen_city(request.query_params.get("city", ""), cities)
    options = await run_in_threadpool(options_for, store, language)
    values = form_values(options, cities, city, {}) | {
        "groups": await _groups(state.queries, city, language),
        "is_short": True,
    }
    query = {"city": city.ags} if city is not None and len(cities) > 1 else {}
    return render_page("start", language, values, query=query, island="check")


async def _groups(queries: Queries, city: City | None, language: Language) -> list[Group]:
    if city is None:
        return []
    values = {"language": language, "city": city.ags}
    counted, *lists = await asyncio.gather(
        *(_rows(queries, name, values) for name in ("city-numbers", *_LISTS))
    )
    found = {key: term["value"] for key, term in counted[0].items()} if counted else {}
    for (name, thing), rows in zip(_LISTS.items(), lists, strict=True):
        found[name.replace("-", "_")] = str(len({row[thing]["value"] for row in rows}))
    return [
        Group(
            group,
            tuple(
                Number(key, found[key], _list_path(name, language, city))
                for key, name in numbers
                if key in found
            ),
        )
        for group, numbers in _GROUPS
    ]


def _list_path(name: str, language: Language, city: City) -> str:
    path, mark, rest = page_path("queries", language, city=city.ags).partition("?")
    return f"{path}/{name}{mark}{rest}"


async def _rows(
    queries: Queries, name: str, values: Mapping[str, str]
) -> list[dict[str, dict[str, str]]]:
    answer = await answer_stored(queries, name, values)
    rows: list[dict[str, dict[str, str]]] = json.loads(answer.body)["results"]["bindings"]
    return rows
