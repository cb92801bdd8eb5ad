"""List the gaps: goals without a measure, measures without a goal, empty rungs of the R-ladder."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Literal, get_args

from fastapi import APIRouter, Query
from pydantic import BaseModel
from starlette.responses import Response

from api.rest.asking import AskedPage, City, given, iri_of
from api.rest.listing import Named, Page, Row, found_things, labels_for, named, send_page
from api.rest.problems import LISTED, failing
from api.wording import texts_in

router = APIRouter(tags=["gaps"])

GapKind = Literal["aims-without-measure", "measures-without-aim", "r-ladder"]
_THINGS: Mapping[str, tuple[str, str]] = {
    "aims-without-measure": ("aim", "concept"),
    "measures-without-aim": ("measure", "document"),
    "r-ladder": ("rung", ""),
}


class Gap(BaseModel):
    """Name a thing that something is missing for, the stored query that tells, and the reason."""

    kind: GapKind
    thing: Named
    number: str | None
    document: Named | None
    reason: str


@router.get("/gaps", operation_id="listGaps", response_model=Page[Gap], responses=failing(*LISTED))
async def list_gaps(
    asked: AskedPage,
    city: City = "",
    concept: str = "",
    strategy: str = "",
    kind: Annotated[GapKind | None, Query()] = None,
) -> Response:
    """Return the gaps, by kind; with a filter only the kinds that know it."""
    filters = {
        "aims-without-measure": given(city=city, concept=iri_of(concept)),
        "measures-without-aim": given(city=city),
        "r-ladder": given(strategy=iri_of(strategy)),
    }
    items: list[Gap] = []
    generation = ""
    asked.request.state.language = asked.language
    wanted: tuple[GapKind, ...] = (kind,) if kind else get_args(GapKind)
    reasons = texts_in(asked.language)["gap"]
    for name in wanted:
        key, document = _THINGS[name]
        found = await found_things(asked.request, name, key, filters[name], asked.language)
        rows = [group[0] for group in found.groups if _is_gap(name, group[0])]
        labels = await labels_for(asked.request, [rows], found)
        generation = found.generation
        items += [
            Gap(
                kind=name,
                thing=Named(iri=row[key], label=labels[row[key]]),
                number=row.get("number"),
                document=named(row.get(document), labels),
                reason=reasons[name],
            )
            for row in rows
        ]
    shown = items[asked.offset : asked.offset + asked.limit]
    return send_page(asked, shown, total=len(items), generation=generation)


def _is_gap(kind: GapKind, row: Row) -> bool:
    return kind != "r-ladder" or row["measures"] == "0"
