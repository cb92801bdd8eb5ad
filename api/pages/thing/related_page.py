"""Show all that a thing is related with by one relation, page by page."""

from __future__ import annotations

from typing import Final

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from api.pages.paths import page_path
from api.pages.rendering import render_page
from api.pages.thing.reading import related, solutions
from api.pages.thing.sections import Reader, group_of
from api.pages.things import checked_iri, words_for
from api.state import state_of
from kg.errors import BadParameter, UnknownIri
from kg.language import Language, Text

PER_PAGE: Final = 50
_QUERIES: Final = {"out": "thing-values", "in": "thing-references"}


async def related_page(request: Request, iri: str, language: Language) -> Response:
    """Return one page of values, or raise `UnknownIri` where there is no such relation."""
    relation = checked_iri(request.query_params.get("relation", ""))
    direction = request.query_params.get("direction", "out")
    if direction not in _QUERIES:
        raise BadParameter("direction", direction, Text("in oder out", "in or out"))
    state = state_of(request)
    counted = await solutions(state.queries, "thing-properties", {"thing": iri}, language)
    totals = [
        int(row["found"]["value"])
        for row in counted
        if (row["direction"]["value"], row["property"]["value"]) == (direction, relation)
    ]
    if not totals:
        raise UnknownIri(iri)
    last = -(-totals[0] // PER_PAGE)
    number = _page_number(request.query_params.get("part", "1"), last)
    rows = await related(
        state.queries,
        _QUERIES[direction],
        (iri, relation),
        language,
        limit=PER_PAGE,
        offset=(number - 1) * PER_PAGE,
    )
    named = {term["value"] for row in rows for term in row.values() if term["type"] == "uri"}
    store = state.snapshots.current.store
    labels = await run_in_threadpool(words_for, store, named | {iri, relation}, language)
    asked = {"iri": iri, "relation": relation, "direction": direction}

    def path(part: int) -> str:
        return page_path("thing", language, **asked, part=str(part))

    group = group_of(relation, rows, Reader(iri, labels, language), total=totals[0])
    values = {
        "iri": iri,
        "label": labels[iri],
        "relation": relation,
        "relation_label": labels[relation],
        "direction": direction,
        "values": (*group.values, *group.others),
        "total": totals[0],
        "first": (number - 1) * PER_PAGE + 1,
        "number_of_page": number,
        "last_page": last,
        "earlier": path(number - 1) if number > 1 else "",
        "later": path(number + 1) if number < last else "",
    }
    kept = {**asked, "part": str(number)}
    return render_page("thing", language, values, template="thing_related.html", query=kept)


def _page_number(text: str, last: int) -> int:
    if not text.isascii() or not text.isdecimal() or not 1 <= int(text[:9]) <= last:
        raise BadParameter("part", text, Text(f"eine Zahl von 1 bis {last}", f"1 to {last}"))
    return int(text)
