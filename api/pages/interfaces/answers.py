"""Bind the views of the interfaces to addresses: the page, and the files beside it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from typing import Final, Literal

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from api.interfaces.facts import Facts
from api.interfaces.filters import ALL, REVIEWS, Filters, short_key
from api.interfaces.workbook import MEDIA_TYPE, workbook_bytes
from api.pages.interfaces.views import MAKERS, Asked, View, asked_of
from api.pages.paths import VIEWS, PageName, page_path
from api.pages.rendering import render_page
from api.rest.listing import Named
from api.tables import spreadsheet_csv
from kg.errors import UnknownName
from kg.labels import short_name
from kg.language import Language

FileKind = Literal["csv", "xlsx"]
LEAST: Final = (0, 30, 50, 75, 90)
_TABLES: Final = frozenset({"gaps", "ladder", "doubles", "coverage"})
Answer = Callable[[Request, Language], Awaitable[Response]]


def view_page(name: PageName) -> Answer:
    """Return what answers with the page of a view."""

    async def answer(request: Request, language: Language) -> Response:
        asked = await asked_of(request, language)
        if asked is None:
            return render_page(name, language, {}, template="interfaces_nothing.html")
        view = await MAKERS[name](asked)
        template = "tables" if name in _TABLES else name
        query = asked.filters.query(**view.query)
        values = {**shared_values(name, asked, view), **view.values}
        return render_page(
            name, language, values, template=f"interfaces_{template}.html", query=query
        )

    return answer


def view_file(name: PageName, kind: FileKind) -> Answer:
    """Return what answers with the tables of a view as a file for spreadsheet programs."""

    async def answer(request: Request, language: Language) -> Response:
        asked = await asked_of(request, language)
        if asked is None:
            raise UnknownName(name, ())
        view = await MAKERS[name](asked)
        if kind == "xlsx":
            title = f"{asked.texts[f'{name}_heading']}: {asked.city.name}"
            content = await run_in_threadpool(workbook_bytes, view.sheets, title)
            return _file(content, MEDIA_TYPE, f"{name}.xlsx")
        parts = [spreadsheet_csv(sheet.table, language) for sheet in view.sheets]
        chosen = request.query_params.get("table", view.sheets[0].key)
        keys = tuple(sheet.key for sheet in view.sheets)
        if chosen not in keys:
            raise UnknownName(chosen, keys)
        return _file(parts[keys.index(chosen)], "text/csv; charset=utf-8", f"{chosen}.csv")

    return answer


def _file(content: bytes, media_type: str, name: str) -> Response:
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(content, media_type=media_type, headers=headers)


def shared_values(name: PageName, asked: Asked, view: View) -> dict[str, object]:
    """Return what the templates of all views need: the filters, the ways on and the files."""
    filters, language = asked.filters, asked.language
    query = filters.query(**view.query)
    xlsx = f"{page_path(name, language)}.xlsx?{_search(name, language, query)}"
    files = [
        (
            sheet.title,
            f"{page_path(name, language)}.csv?"
            + _search(name, language, query | {"table": sheet.key}),
        )
        for sheet in view.sheets
    ]
    return {
        "name": name,
        "cities": asked.cities,
        "city": asked.city,
        "filters": filters,
        "sheets": view.sheets,
        "extra": view.query,
        "choices_of": _choices(asked.facts, filters),
        "reviews": REVIEWS,
        "leasts": LEAST,
        "ways": [(page, page_path(page, language, **filters.query())) for page in VIEWS],
        "report_path": page_path("report", language, **_report_query(filters)),
        "csv_paths": files,
        "xlsx_path": xlsx,
        "narrowed": _narrowed(asked.facts, filters),
        "all_path": page_path(name, language, city=filters.city, document=ALL),
    }


def _report_query(filters: Filters) -> dict[str, str]:
    query = filters.query()
    return {key: query[key] for key in ("city", "document") if key in query}


def _search(name: PageName, language: Language, query: Mapping[str, str]) -> str:
    return page_path(name, language, **query).partition("?")[2]


def _choices(facts: Facts, filters: Filters) -> dict[str, list[tuple[str, str, bool]]]:
    """Return the choices of each select: value, label, whether it is chosen."""
    things: dict[str, tuple[Named, ...]] = {
        "document": facts.documents,
        "concept": facts.concepts,
        "field": facts.things("value_chain", "field"),
        "r": tuple(
            Named(iri=item.iri, label=f"{short_name(item.iri)} {item.label}")
            for item in sorted(facts.things("r_strategy"), key=lambda item: item.iri)
        ),
        "department": facts.things("department"),
    }
    found = {
        name: [
            (short_key(item.iri), item.label, getattr(filters, name) == item.iri) for item in all_
        ]
        for name, all_ in things.items()
    }
    goal = filters.sdg.partition(".")[0]
    found["sdg"] = [
        (item.code, f"{item.code} {item.label}", item.code == goal) for item in facts.goals
    ]
    return found


def _narrowed(facts: Facts, filters: Filters) -> list[str]:
    """Return in words what the form does not show: one element, one aim, one SDG target."""
    found = []
    if filters.element:
        element = facts.elements.get(filters.element)
        found.append(element.heading if element else filters.element)
    if filters.aim:
        aim = facts.aims.get(filters.aim)
        found.append(aim.heading if aim else filters.aim)
    if "." in filters.sdg:
        found += [item.heading for item in facts.targets if item.code == filters.sdg]
    return found
