"""Bind each page to its address in both languages."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Final, get_args

from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.routing import Route

from api.pages import (
    api_page,
    dataset_page,
    login_page,
    overview_page,
    pictures,
    proposal_page,
    proposals_page,
    queries_page,
    report_page,
    search_page,
    start_page,
)
from api.pages.accessibility_page import accessibility_page
from api.pages.check.list_page import list_page
from api.pages.check.page import check_page
from api.pages.explanation_page import explanation_page
from api.pages.explorer.files import part_as_graphml, part_as_turtle
from api.pages.explorer.page import graph_page
from api.pages.interfaces.answers import view_file, view_page
from api.pages.paths import LOGOUT, PATHS, VIEWS, PageName
from api.pages.sparql.page import ask_page
from api.pages.sparql.terms import terms
from api.pages.taking_over import take_over_page
from api.pages.thing.page import asked_thing_page
from api.readers import reader_language
from kg.language import Language

Page = Callable[[Request, Language], Awaitable[Response]]

_PAGES: Final[dict[PageName, Page]] = {
    "start": start_page.start_page,
    "search": search_page.search_page,
    "graph": graph_page,
    "overview": overview_page.overview_page,
    "dataset": dataset_page.dataset_page,
    "report": report_page.report_page,
    "thing": asked_thing_page,
    "explanation": explanation_page,
    "api": api_page.api_page,
    "accessibility": accessibility_page,
    "proposals": proposals_page.proposals_page,
}
# Pages may be found; what computes an answer to every address is not for crawlers (RFC 9309).
_COMPUTED: Final = (
    "/api/",
    "/graph",
    "/explore/",
    "/sparql",
    *(f"{path}?" for page in ("graph", "search") for path in PATHS[page].values()),
)
_ROBOTS: Final = "".join(["User-agent: *\n", *(f"Disallow: {path}\n" for path in _COMPUTED)])


def routes() -> list[Route]:
    """Return the routes of all pages; `/` leads to the start page in the reader's language."""
    made = [
        Route("/", _to_start),
        Route("/robots.txt", _robots),
        Route("/graph.html", pictures.graph_file),
        Route("/explore/part.ttl", part_as_turtle),
        Route("/explore/part.graphml", part_as_graphml),
        Route("/explore/overview.json", overview_page.overview_points),
    ]
    for page, answer in _PAGES.items():
        made += [
            Route(path, _bound(answer, language), name=f"{page}-{language}")
            for language, path in PATHS[page].items()
        ]
    for view in VIEWS:
        for language, path in PATHS[view].items():
            made.append(Route(path, _bound(view_page(view), language)))
            made.append(Route(path + ".csv", _bound(view_file(view, "csv"), language)))
            made.append(Route(path + ".xlsx", _bound(view_file(view, "xlsx"), language)))
    for language, path in PATHS["report"].items():
        made += [
            Route(f"{path}.{kind}", _bound(report_page.report_file(kind), language))
            for kind in get_args(report_page.FileKind)
        ]
    for language, path in PATHS["check"].items():
        made.append(Route(path, _bound(check_page, language), methods=["GET", "POST"]))
    for language, path in PATHS["proposal"].items():
        bound = _bound(proposal_page.proposal_page, language)
        made.append(Route(path, bound, methods=["GET", "POST"]))
    for language, path in PATHS["take_over"].items():
        made.append(Route(path, _bound(take_over_page, language), methods=["GET", "POST"]))
    for language, path in PATHS["login"].items():
        made.append(Route(path, _bound(login_page.login_page, language), methods=["GET", "POST"]))
    for language, path in LOGOUT.items():
        made.append(Route(path, _bound(login_page.log_out, language), methods=["POST"]))
    for language, path in PATHS["check_list"].items():
        made.append(Route(path, _bound(list_page, language), methods=["GET", "POST"]))
    for language, path in PATHS["sparql"].items():
        made.append(Route(path, _bound(ask_page, language), methods=["GET", "POST"]))
        made.append(Route(path + "/terms.json", _bound(terms, language)))
    for language, path in PATHS["queries"].items():
        made.append(Route(path, _bound(queries_page.list_page, language)))
        made.append(Route(path + "/{name}.csv", _bound(queries_page.query_csv, language)))
        made.append(Route(path + "/{name}", _bound(queries_page.query_page, language)))
    return made


def _bound(page: Page, language: Language) -> Callable[[Request], Awaitable[Response]]:
    async def answer(request: Request) -> Response:
        return await page(request, language)

    return answer


async def _robots(_: Request) -> Response:
    return PlainTextResponse(_ROBOTS)


async def _to_start(request: Request) -> Response:
    path = PATHS["start"][reader_language(request)]
    return RedirectResponse(path, status_code=303, headers={"Vary": "Accept-Language"})
