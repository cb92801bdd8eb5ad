"""List the aims: goals of concepts, SDG goals and targets, aims of frameworks."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated

from fastapi import APIRouter, Query
from pydantic import BaseModel
from starlette.requests import Request
from starlette.responses import Response

from api.rest.answering import answer
from api.rest.asking import AskedLanguage, AskedPage, City, JsonOnly, Sdg, given, iri_of, keyed
from api.rest.facts import Fact, facts_about
from api.rest.links import Link, links_of
from api.rest.listing import (
    Labels,
    Named,
    Page,
    Row,
    all_named,
    distinct,
    named,
    one_thing,
    page_of,
    whole,
)
from api.rest.problems import LISTED, failing
from kg.fit.aims import AimKind

router = APIRouter(tags=["aims"])


class Aim(BaseModel):
    """Hold an aim with the documents or frameworks that set it."""

    iri: str
    code: str | None
    label: str
    kind: AimKind
    level: str | None
    concepts: list[Named]
    city: Named | None
    page: int | None
    sources: list[str]


class AimDetail(Aim):
    """Hold an aim with the links to it and all that the graph says about it."""

    links: list[Link]
    facts: list[Fact]


def aim_of(rows: Sequence[Row], labels: Labels) -> Aim:
    """Return the aim that rows of the query `aims` describe."""
    first = rows[0]
    return Aim.model_validate(
        {
            "iri": first["aim"],
            "code": first.get("code"),
            "label": labels[first["aim"]],
            "kind": first["aim_kind"],
            "level": first.get("level"),
            "concepts": all_named(rows, "concept", labels),
            "city": named(first.get("city"), labels),
            "page": whole(first.get("page")),
            "sources": distinct(rows, "source"),
        }
    )


@router.get("/aims", operation_id="listAims", response_model=Page[Aim], responses=failing(*LISTED))
async def list_aims(
    asked: AskedPage,
    city: City = "",
    concept: str = "",
    kind: Annotated[AimKind | None, Query()] = None,
    sdg: Sdg = "",
) -> Response:
    """Return the aims."""
    values = given(city=city, within=iri_of(concept), kind=kind, sdg=sdg)
    return await page_of(asked, "aims", "aim", values, aim_of)


@router.get(
    "/aims/{key:path}",
    operation_id="getAim",
    response_model=AimDetail,
    responses=failing(*LISTED, 404),
)
async def get_aim(request: Request, key: str, language: AskedLanguage, _: JsonOnly) -> Response:
    """Return one aim."""
    iri = keyed(key)
    rows, labels, generation = await one_thing(request, "aims", "aim", iri, language)
    links, _generation = await links_of(request, {"aim": iri}, language)
    detail = AimDetail(
        **dict(aim_of(rows, labels)), links=links, facts=await facts_about(request, iri, language)
    )
    return answer(request, detail, generation=generation, language=language)
