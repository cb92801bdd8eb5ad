"""List the open proposals in the order in which they are worth a look, and what changed since."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from api.pages.check.answer import percent
from api.pages.cities import chosen_city, cities_in
from api.pages.paths import page_path
from api.pages.rendering import render_page
from api.proposals.changes import changes_since
from api.proposals.facts import Effect
from api.proposals.queue import ORDERS, Filters, Item, Queue, queue_of
from api.proposals.sides import names_of
from api.sessions.forms import FORM_HEADERS
from api.sessions.visitor import present_visitor
from api.state import ServiceState, state_of
from kg.errors import BadParameter
from kg.language import Language, Text
from kg.reviewing.links import KINDS
from kg.store import Store
from ontology.namespaces import scheme

ON_A_PAGE: Final = 25
_MOST_PAGES: Final = 9999


@dataclass(frozen=True, slots=True)
class Row:
    """Hold a proposal as the list shows it."""

    path: str
    element: str
    aim: str
    kind: str
    strength: int
    confidence: float | None
    effects: tuple[Effect, ...]
    documents: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Choice:
    """Hold one value of a filter, its name, and how many open proposals it has."""

    value: str
    name: str
    count: int


async def proposals_page(request: Request, language: Language) -> Response:
    """Return the list as the address narrows it."""
    given = dict(request.query_params)
    filters, number = Filters.of(given), _page_number(given.get("page", ""))
    values = await run_in_threadpool(_values, state_of(request), filters, number, language)
    changes = await run_in_threadpool(
        changes_since, state_of(request), given.get("since", ""), present_visitor().grant, language
    )
    shown = filters.query() | ({"page": str(number)} if number > 1 else {})
    shown |= {"since": given["since"]} if given.get("since") else {}
    answer = render_page("proposals", language, {**values, "changes": changes}, query=shown)
    answer.headers.update(FORM_HEADERS)
    return answer


def _values(
    state: ServiceState, filters: Filters, number: int, language: Language
) -> Mapping[str, object]:
    snapshot = state.snapshots.current
    facts, desk = snapshot.facts_of_proposals(), snapshot.desk(state.journal)
    cities = cities_in(snapshot.store, language)
    city = chosen_city(filters.city, cities) if filters.city else None
    queue = queue_of(desk, facts, filters)
    every = queue_of(desk, facts, Filters(city=filters.city))
    part = queue.items[(number - 1) * ON_A_PAGE : number * ON_A_PAGE]
    documents = Counter(d for item in every.items for d in facts.documents(item.entry.link))
    kinds = Counter(item.entry.link.kind for item in every.items)
    sdgs = Counter(sdg for item in every.items for sdg in facts.sdgs(item.entry.link))
    things = {end for item in part for end in (item.entry.link.source, item.entry.link.target)}
    names = names_of(snapshot.store, things | set(documents), language)
    kind_names = kind_names_of(snapshot.store, language)
    rows = [
        _row(
            item,
            names,
            kind_names,
            path=page_path("proposal", language, link=item.iri, **filters.query()),
            documents=facts.documents(item.entry.link),
        )
        for item in part
    ]
    pages = max(1, -(-len(queue.items) // ON_A_PAGE))
    return {
        "rows": rows,
        "percent": percent,
        "queue": queue,
        "filters": filters,
        "city": city,
        "cities": cities,
        "documents": _choices(documents, names),
        "kinds": _choices(kinds, kind_names),
        "sdgs": [Choice(str(sdg), f"SDG {sdg}", sdgs[sdg]) for sdg in sorted(sdgs)],
        "orders": ORDERS,
        "number_of_page": number,
        "first_place": (number - 1) * ON_A_PAGE + 1,
        "pages": pages,
        "earlier": _path_of_page(filters, number - 1, pages, language),
        "later": _path_of_page(filters, number + 1, pages, language),
        "closing": _closing(queue),
        "start": page_path("proposal", language, **filters.query()),
    }


def kind_names_of(store: Store, language: Language) -> dict[str, str]:
    """Return what the kinds of link are called."""
    iris = {scheme("interface-kind", kind): kind for kind in KINDS}
    return {iris[iri]: name for iri, name in names_of(store, iris, language).items()}


def _row(
    item: Item,
    names: Mapping[str, str],
    kind_names: Mapping[str, str],
    *,
    path: str,
    documents: tuple[str, ...],
) -> Row:
    link = item.entry.link
    return Row(
        path,
        names[link.source],
        names[link.target],
        kind_names[link.kind],
        link.strength,
        float(link.confidence) if link.confidence else None,
        item.effects,
        tuple(names[document] for document in documents),
    )


def _choices(counts: Mapping[str, int], names: Mapping[str, str]) -> list[Choice]:
    found = [Choice(value, names[value], count) for value, count in counts.items()]
    return sorted(found, key=lambda choice: (choice.name.casefold(), choice.value))


def _closing(queue: Queue) -> int:
    return sum(1 for item in queue.items if item.effects)


def _path_of_page(filters: Filters, number: int, pages: int, language: Language) -> str:
    if not 1 <= number <= pages:
        return ""
    query = filters.query() | ({"page": str(number)} if number > 1 else {})
    return page_path("proposals", language, **query)


def _page_number(text: str) -> int:
    if not text:
        return 1
    if text.isdecimal() and len(text) <= len(str(_MOST_PAGES)) and int(text) >= 1:
        return int(text)
    raise BadParameter(
        "page", text[:20], Text("die Nummer einer Seite der Liste", "the number of a page")
    )
