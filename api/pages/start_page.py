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

from api.pages.check_options import options_for
from api.pages.cities import City, chosen_city, cities_in
from api.pages.paths import page_path
from api.pages.rendering import render_page
from api.state import state_of
from api.stored import answer_stored
from kg.language import Language
from kg.serving.queries import Queries

# Number on the page: the column of `city-numbers` it comes from, the stored query that lists it.
_NUMBERS: Final = (
    ("concepts", "concepts"),
    ("goals", "concepts"),
    ("measures", "measures"),
    ("circular_measures", "r-ladder"),
    ("targets_touched", "sdg-targets-served"),
    ("declared", "interfaces-list"),
    ("proposed", "open-proposals"),
)
_GAPS: Final = ("aims-without-measure", "measures-without-aim")


@dataclass(frozen=True, slots=True)
class Number:
    """Hold one number: the key of its words, its value and the page that lists what it counts."""

    key: str
    value: str
    path: str


async def start_page(request: Request, language: Language) -> Response:
    """Return the start page."""
    state = state_of(request)
    store = state.snapshots.current.store
    cities = await run_in_threadpool(cities_in, store, language)
    city = chosen_city(request.query_params.get("city", ""), cities)
    numbers = await _numbers(state.queries, city, language)
    values: dict[str, object] = {
        "cities": cities,
        "city": city,
        "numbers": numbers,
        "options": await run_in_threadpool(options_for, store, language),
        "entered": {},
    }
    query = {"city": city.ags} if city is not None and len(cities) > 1 else {}
    return render_page("start", language, values, query=query)


async def _numbers(queries: Queries, city: City | None, language: Language) -> list[Number]:
    values = {"language": language} | ({"city": city.ags} if city is not None else {})
    counted, *gaps = await asyncio.gather(
        _rows(queries, "city-numbers", values),
        *(_rows(queries, name, values) for name in _GAPS),
    )
    first = counted[0] if counted else {}
    query = {key: value for key, value in values.items() if key == "city"}
    numbers = [
        Number(key, first[key]["value"], _list_path(name, language, query))
        for key, name in _NUMBERS
        if key in first
    ]
    for name, rows in zip(_GAPS, gaps, strict=True):
        key = name.replace("-", "_")
        numbers.append(Number(key, str(len(rows)), _list_path(name, language, query)))
    return numbers


def _list_path(name: str, language: Language, query: Mapping[str, str]) -> str:
    path, mark, rest = page_path("queries", language, **query).partition("?")
    return f"{path}/{name}{mark}{rest}"


async def _rows(
    queries: Queries, name: str, values: Mapping[str, str]
) -> list[dict[str, dict[str, str]]]:
    answer = await answer_stored(queries, name, values)
    rows: list[dict[str, dict[str, str]]] = json.loads(answer.body)["results"]["bindings"]
    return rows
