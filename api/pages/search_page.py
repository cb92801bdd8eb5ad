"""Search the names and numbers of all things, narrowed by class, city and document."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlencode

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from api.pages.explorer.address import Asked
from api.pages.explorer.shown import words_for
from api.pages.paths import PATHS
from api.pages.rendering import other_language, render
from api.snapshot import Snapshot, Walk
from api.state import state_of
from kg.errors import BadParameter
from kg.identifiers import expanded
from kg.language import Language, Text
from kg.network.network import Network
from kg.network.search import FACETS, Facet, found_in
from kg.network.steps import Path
from visualisations.looks import Look, look_of

PAGE: Final = 25
MOST_SIGNS: Final = 200
_SHOWN_VALUES: Final = 8
# A code without a figure is the name once more.
_DIGIT: Final = re.compile(r"\d")


@dataclass(frozen=True, slots=True)
class Choice:
    """Hold a value of a facet with its count, and where choosing or dropping it leads."""

    label: str
    count: int
    is_chosen: bool
    path: str


@dataclass(frozen=True, slots=True)
class FacetChoices:
    """Hold a facet's values, most frequent first; the first few are shown at once."""

    name: Facet
    shown: tuple[Choice, ...]
    more: tuple[Choice, ...]


@dataclass(frozen=True, slots=True)
class Finding:
    """Hold one thing found, and where the ways on from it lead; no way when none was asked for."""

    iri: str
    label: str
    other_label: str
    numbers: str
    kind: str
    look: Look
    city: str
    explorer_path: str
    way_path: str


@dataclass(frozen=True, slots=True)
class Results:
    """Hold one page of findings, with the number of all and the facets."""

    total: int
    pages: int
    page: int
    findings: tuple[Finding, ...]
    facets: tuple[FacetChoices, ...]
    source: str


async def search_page(request: Request, language: Language) -> Response:
    """Return what the graph holds under some words."""
    query = _query(request)
    snapshot = state_of(request).snapshots.current
    results = await run_in_threadpool(_results, snapshot, query, language)

    def page_link(number: int) -> str:
        return _address(language, {**query, "page": str(number)})

    values = {"query": query, "results": results, "page_link": page_link, "most": MOST_SIGNS}
    return render(
        "search.html",
        language,
        switch_path=_address(other_language(language), query),
        values=values,
        page="search",
    )


def _address(language: Language, query: Mapping[str, str]) -> str:
    """Return the address of a search; `page` is a field of it, so `page_path` does not fit."""
    path = PATHS["search"][language]
    return f"{path}?{urlencode(query)}" if query else path


def _query(request: Request) -> dict[str, str]:
    """Return what was asked, empty fields left out."""
    asked = {
        name: request.query_params.get(name, "").strip() for name in ("q", *FACETS, "from", "page")
    }
    if len(asked["q"]) > MOST_SIGNS:
        expected = Text(f"höchstens {MOST_SIGNS} Zeichen", f"at most {MOST_SIGNS} characters")
        raise BadParameter("q", asked["q"][:40] + "…", expected)
    if asked["from"]:
        asked["from"] = expanded(asked["from"])
    page = asked["page"] or "1"
    if not (page.isascii() and page.isdecimal() and 0 < len(page) < 6 and int(page) > 0):
        raise BadParameter("page", page, Text("eine Seitenzahl ab 1", "a page number from 1"))
    asked["page"] = "" if int(page) == 1 else str(int(page))
    return {name: value for name, value in asked.items() if value}


def _results(snapshot: Snapshot, query: Mapping[str, str], language: Language) -> Results:
    walk: Walk = snapshot.walk()
    network = walk.network
    wanted: dict[Facet, str] = {facet: query[facet] for facet in FACETS if facet in query}
    found = found_in(walk.index, query.get("q", ""), wanted)
    pages = max(1, -(-len(found.things) // PAGE))
    page = min(int(query.get("page", "1")), pages)
    source = query.get("from", "")
    if source:
        network.number(source)
    return Results(
        len(found.things),
        pages,
        page,
        tuple(
            _finding(network, thing, source, language)
            for thing in found.things[(page - 1) * PAGE : page * PAGE]
        ),
        tuple(
            _facet(network, facet, found.counts[facet].items(), query, language) for facet in FACETS
        ),
        network.label_of(source, language) if source else "",
    )


def _facet(
    network: Network,
    facet: Facet,
    counts: Iterable[tuple[str, int]],
    query: Mapping[str, str],
    language: Language,
) -> FacetChoices:
    base = {name: value for name, value in query.items() if name not in (facet, "page")}
    chosen = query.get(facet, "")
    choices = [
        Choice(
            words_for(network, value, language),
            count,
            value == chosen,
            _address(language, base if value == chosen else base | {facet: value}),
        )
        for value, count in {chosen: 0, **dict(counts)}.items()
        if value
    ]
    choices.sort(key=lambda one: (not one.is_chosen, -one.count, one.label.casefold()))
    return FacetChoices(facet, tuple(choices[:_SHOWN_VALUES]), tuple(choices[_SHOWN_VALUES:]))


def _finding(network: Network, thing: int, source: str, language: Language) -> Finding:
    iri = network.iris[thing]
    label = network.label(thing, language)
    other = network.label(thing, "en" if language == "de" else "de")
    city = network.cities[thing]
    asked = Asked(iri)
    way = ""
    if source and source != iri:
        way = Asked(source).then(Path(source, iri), iri).path(language)
    return Finding(
        iri,
        label,
        other if other != label else "",
        " ".join(code for code in network.codes[thing].split() if _DIGIT.search(code)),
        words_for(network, network.kinds[thing], language),
        look_of(network.kinds[thing]),
        network.label(city, language) if city >= 0 else "",
        asked.path(language),
        way,
    )
