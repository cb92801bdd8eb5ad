"""List interfaces and conflicts: each link with reason, evidence, source and review state."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Final, Literal

from fastapi import APIRouter, Query
from pydantic import BaseModel
from starlette.requests import Request
from starlette.responses import Response

from api.rest.answering import answer
from api.rest.asking import AskedLanguage, AskedPage, City, JsonOnly, Sdg, given, iri_of, keyed
from api.rest.listing import (
    Labels,
    Named,
    Page,
    Row,
    all_named,
    found_things,
    labels_for,
    named,
    number,
    one_thing,
    page_of,
    whole,
)
from api.rest.problems import LISTED, failing
from kg.fit.aims import last_part
from kg.language import Language

router = APIRouter(tags=["links"])

ReviewState = Literal["declared", "confirmed", "proposed", "in-review", "rejected", "superseded"]
_CONFLICT: Final = -1


class Ground(BaseModel):
    """Hold one piece of evidence: the words of a document and where they stand."""

    quote: str | None
    page: int | None
    document: Named | None
    source: str | None
    row: str | None


class Aimed(BaseModel):
    """Name the aim of a link with its number."""

    iri: str
    code: str | None
    label: str


class Link(BaseModel):
    """Hold a link of an element to an aim; a negative strength (to −3) is a conflict.

    `review` is the review state: only declared and confirmed links are facts.
    """

    iri: str
    element: Named
    aim: Aimed
    concepts: list[Named]
    city: Named
    kind: Named
    strength: int
    confidence: float | None
    review: ReviewState
    review_label: str
    reason: str | None
    evidence: list[Ground]


def link_of(rows: Sequence[Row], labels: Labels) -> Link:
    """Return the link that rows of the query `links` describe."""
    first = rows[0]
    grounds = {
        tuple(row.get(name, "") for name in ("quote", "page", "document", "source", "row"))
        for row in rows
    }
    return Link.model_validate(
        {
            "iri": first["interface"],
            "element": named(first["element"], labels),
            "aim": {
                "iri": first["aim"],
                "code": first.get("aim_code"),
                "label": labels[first["aim"]],
            },
            "concepts": all_named(rows, "concept", labels),
            "city": named(first["city"], labels),
            "kind": named(first["kind"], labels),
            "strength": int(first["strength"]),
            "confidence": number(first.get("confidence")),
            "review": last_part(first["status"]),
            "review_label": labels[first["status"]],
            "reason": first.get("reason"),
            "evidence": [
                Ground(
                    quote=quote or None,
                    page=whole(page),
                    document=named(document, labels),
                    source=source or None,
                    row=row or None,
                )
                for quote, page, document, source, row in sorted(grounds)
                if quote or page or document or row
            ],
        }
    )


async def links_of(
    request: Request, values: dict[str, str], language: Language
) -> tuple[list[Link], str]:
    """Return all links that fit these filters, and the generation."""
    found = await found_things(request, "links", "interface", values, language)
    request.state.language = language
    labels = await labels_for(request, found.groups, found)
    return [link_of(rows, labels) for rows in found.groups], found.generation


@router.get(
    "/interfaces",
    operation_id="listInterfaces",
    response_model=Page[Link],
    responses=failing(*LISTED),
)
async def list_interfaces(
    asked: AskedPage,
    city: City = "",
    strategy: str = "",
    concept: str = "",
    element: str = "",
    aim: str = "",
    sdg: Sdg = "",
    field: str = "",
    status: Annotated[ReviewState | None, Query()] = None,
) -> Response:
    """Return the links of elements to aims."""
    values = given(
        city=city,
        strategy=iri_of(strategy),
        within=iri_of(concept),
        element=iri_of(element),
        aim=iri_of(aim),
        sdg=sdg,
        field=iri_of(field),
        review=status,
    )
    return await page_of(asked, "links", "interface", values, link_of)


@router.get(
    "/interfaces/{key:path}",
    operation_id="getInterface",
    response_model=Link,
    responses=failing(*LISTED, 404),
)
async def get_interface(
    request: Request, key: str, language: AskedLanguage, _: JsonOnly
) -> Response:
    """Return one link."""
    iri = keyed(key)
    rows, labels, generation = await one_thing(request, "links", "interface", iri, language)
    return answer(request, link_of(rows, labels), generation=generation, language=language)


@router.get(
    "/conflicts",
    operation_id="listConflicts",
    response_model=Page[Link],
    responses=failing(*LISTED),
)
async def list_conflicts(
    asked: AskedPage,
    city: City = "",
    concept: str = "",
    element: str = "",
    aim: str = "",
    sdg: Sdg = "",
    status: Annotated[ReviewState | None, Query()] = None,
) -> Response:
    """Return the links in which an element works against an aim."""
    values = given(
        city=city,
        within=iri_of(concept),
        element=iri_of(element),
        aim=iri_of(aim),
        sdg=sdg,
        review=status,
        most=_CONFLICT,
    )
    return await page_of(asked, "links", "interface", values, link_of)
