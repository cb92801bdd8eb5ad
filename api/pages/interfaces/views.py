"""Answer the views of the interfaces: a page, and the same as CSV and XLSX."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Final, get_args

from markupsafe import Markup
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request

from api.checking import run_fit
from api.interfaces.double_work import double_work_sheet
from api.interfaces.facts import Facts, is_adopted
from api.interfaces.filters import Filters, chosen
from api.interfaces.flow_view import MOST_NODES, Through, flow_view
from api.interfaces.gap_sheets import (
    aims_without_element,
    conflict_sheet,
    conflicts,
    coverage_sheets,
    elements_without_aim,
    ladder_sheets,
)
from api.interfaces.matrix_view import Rows, matrix_view, read_against, read_rows
from api.interfaces.reading import filters_for, read_city, read_facts, rows_of
from api.interfaces.sheets import Sheet, Texts, concepts_sheet, grid_sheet, links_sheet
from api.pages.cities import City
from api.pages.paths import PageName, page_path, thing_path
from api.wording import texts_in
from kg.errors import UnknownName
from kg.language import Language
from visualisations.flow import flow_svg
from visualisations.grid import grid_html

PAGE_LENGTH: Final = 50


@dataclass(frozen=True, slots=True)
class Asked:
    """Hold a request with what was read for it."""

    request: Request
    language: Language
    cities: Sequence[City]
    city: City
    facts: Facts
    filters: Filters
    texts: Texts

    def path(self, page: str, query: Mapping[str, str]) -> str:
        """Return the address of a view with a query, or of a thing."""
        if page == "thing":
            return thing_path(query["iri"], self.language)
        return page_path(page, self.language, **query)  # type: ignore[arg-type]  # views name pages


@dataclass(frozen=True, slots=True)
class View:
    """Hold what a view shows: its tables, and values of its own for the template.

    `query` are parameters of the address besides the filters.
    """

    sheets: tuple[Sheet, ...]
    values: Mapping[str, object] = field(default_factory=dict)
    query: Mapping[str, str] = field(default_factory=dict)


async def asked_of(request: Request, language: Language) -> Asked | None:
    """Return what was asked for, None where the dataset has no city."""
    cities, city = await read_city(request, language)
    if city is None:
        return None
    facts = await read_facts(request, city, language)
    filters = filters_for(request, city, facts)
    return Asked(request, language, cities, city, facts, filters, texts_in(language)["interfaces"])


async def _overview(asked: Asked) -> View:
    elements, links = chosen(asked.facts, asked.filters)
    table = concepts_sheet(elements, links, asked.facts, asked.texts)
    adopted = sum(is_adopted(link) for link in links)
    counts = {
        "elements": len(elements),
        "links": len(links),
        "adopted": adopted,
        "proposed": len(links) - adopted,
        "conflicts": len(conflicts(links)),
        "aims_without": len(
            aims_without_element(asked.facts, asked.filters, asked.texts).table.rows
        ),
        "elements_without": len(
            elements_without_aim(asked.facts, asked.filters, asked.texts).table.rows
        ),
    }
    return View((table,), {"counts": counts})


async def _matrix(asked: Asked) -> View:
    against = read_against(asked.request.query_params.get("against", ""))
    rows = read_rows(asked.request.query_params.get("rows", ""))
    make = partial(matrix_view, rows=rows)
    view = await run_in_threadpool(
        make, asked.facts, asked.filters, against, asked.texts, asked.path
    )
    states = {
        state: asked.texts[f"state_{state}"] for state in ("reviewed", "proposed", "conflict")
    }
    # Built by our own code, which escapes every label.
    table = Markup(grid_html(view.drawn, states))  # type: ignore[arg-type]  # noqa: S704
    choices = {
        choice: asked.path("matrix", _unopened(asked.filters).query(against=choice, rows=rows))
        for choice in ("sdg", "concepts")
    }
    shown = {
        choice: asked.path("matrix", asked.filters.query(against=against, rows=choice))
        for choice in get_args(Rows)
    }
    values = {"view": view, "table": table, "choices": choices, "rows": rows, "row_paths": shown}
    query = {"against": against, "rows": rows}
    return View((grid_sheet("matrix", view.grid, asked.texts),), values, query)


def _unopened(filters: Filters) -> Filters:
    return Filters(
        **{
            name: getattr(filters, name)
            for name in ("city", "document", "field", "r", "department", "review", "least")
        }
    )


async def _links(asked: Asked) -> View:
    _, links = chosen(asked.facts, asked.filters)
    pages = max(1, -(-len(links) // PAGE_LENGTH))
    wanted = asked.request.query_params.get("part", "1")
    page = min(int(wanted), pages) if wanted.isdigit() and int(wanted) else 1
    shown = links[(page - 1) * PAGE_LENGTH : page * PAGE_LENGTH]
    turns = {
        name: asked.path("links", asked.filters.query(part=str(number)))
        for name, number in (("previous", page - 1), ("next", page + 1))
        if 1 <= number <= pages
    }
    values = {
        "entries": [(link, asked.facts.elements[link.element.iri]) for link in shown],
        "total": len(links),
        "page": page,
        "pages": pages,
        "first": (page - 1) * PAGE_LENGTH + 1,
        "turns": turns,
    }
    return View((links_sheet("links", links, asked.facts, asked.texts),), values)


async def _flow(asked: Asked) -> View:
    given = asked.request.query_params.get("through", "") or "instrument"
    choices: tuple[Through, ...] = ("instrument", "field")
    if given not in choices:
        raise UnknownName(given, choices)
    through: Through = "instrument" if given == "instrument" else "field"
    view = await run_in_threadpool(
        flow_view, asked.facts, asked.filters, through, asked.texts, asked.path
    )
    # Built by our own code, which escapes every label.
    picture = Markup(await run_in_threadpool(flow_svg, view.flow))  # noqa: S704
    paths = {name: asked.path("flow", asked.filters.query(through=name)) for name in choices}
    values = {
        "picture": picture if view.drawn else "",
        "view": view,
        "through": through,
        "choices": paths,
        "most": MOST_NODES,
    }
    return View((view.table,), values, {"through": through})


async def _gaps(asked: Asked) -> View:
    return View(
        (
            aims_without_element(asked.facts, asked.filters, asked.texts),
            elements_without_aim(asked.facts, asked.filters, asked.texts),
        )
    )


async def _conflicts(asked: Asked) -> View:
    _, links = chosen(asked.facts, asked.filters)
    found = conflicts(links)
    known = await rows_of(asked.request, "reference-conflicts", asked.language)
    entries = [(link, asked.facts.elements[link.element.iri]) for link in found]
    table = conflict_sheet(known, asked.facts, asked.filters, asked.texts)
    listed = links_sheet("conflicts", found, asked.facts, asked.texts)
    return View((listed, table), {"entries": entries})


async def _ladder(asked: Asked) -> View:
    rungs = await rows_of(asked.request, "r-ladder", asked.language)
    return View(ladder_sheets(rungs, asked.facts, asked.filters, asked.texts))


async def _doubles(asked: Asked) -> View:
    pairs = await run_fit(asked.request, lambda fit: fit.double_work())
    return View(
        (double_work_sheet(pairs, asked.facts, asked.filters, asked.language, asked.texts),)
    )


async def _coverage(asked: Asked) -> View:
    rows = await rows_of(asked.request, "indicators-per-goal", asked.language, city=asked.city.ags)
    return View(coverage_sheets(rows, asked.facts, asked.filters, asked.texts))


MAKERS: Final[Mapping[PageName, Callable[[Asked], Awaitable[View]]]] = {
    "interfaces": _overview,
    "matrix": _matrix,
    "links": _links,
    "flow": _flow,
    "gaps": _gaps,
    "conflicts": _conflicts,
    "ladder": _ladder,
    "doubles": _doubles,
    "coverage": _coverage,
}
