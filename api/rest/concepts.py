"""List the concepts of the municipalities, and show one with the links to its aims."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated

from fastapi import APIRouter, Query
from pydantic import BaseModel
from starlette.requests import Request
from starlette.responses import Response

from api.rest.answering import answer
from api.rest.asking import AskedLanguage, AskedPage, City, JsonOnly, Sdg, given, keyed
from api.rest.facts import Fact, facts_about
from api.rest.links import Link, links_of
from api.rest.listing import Labels, Named, Page, Row, distinct, named, one_thing, page_of
from api.rest.problems import LISTED, failing

router = APIRouter(tags=["concepts"])


class Concept(BaseModel):
    """Hold a concept with its resolution, day of adoption and how many aims it sets."""

    iri: str
    label: str
    kind: Named | None
    city: Named
    resolution: str | None
    adopted: str | None
    goals: int
    fields: int
    sources: list[str]


class ConceptDetail(Concept):
    """Hold a concept with the links to its aims and all that the graph says about it."""

    links: list[Link]
    facts: list[Fact]


def concept_of(rows: Sequence[Row], labels: Labels) -> Concept:
    """Return the concept that rows of the query `concepts` describe."""
    first = rows[0]
    return Concept.model_validate(
        {
            "iri": first["concept"],
            "label": labels[first["concept"]],
            "kind": named(first.get("type"), labels),
            "city": named(first["city"], labels),
            "resolution": first.get("resolution"),
            "adopted": first.get("adopted"),
            "goals": int(first["goals"]),
            "fields": int(first["fields"]),
            "sources": distinct(rows, "source"),
        }
    )


@router.get(
    "/concepts",
    operation_id="listConcepts",
    response_model=Page[Concept],
    responses=failing(*LISTED),
)
async def list_concepts(
    asked: AskedPage,
    city: City = "",
    kind: Annotated[str, Query(max_length=60)] = "",
    sdg: Sdg = "",
) -> Response:
    """Return the concepts."""
    values = given(city=city, kind=kind, sdg=sdg)
    return await page_of(asked, "concepts", "concept", values, concept_of)


@router.get(
    "/concepts/{key:path}",
    operation_id="getConcept",
    response_model=ConceptDetail,
    responses=failing(*LISTED, 404),
)
async def get_concept(request: Request, key: str, language: AskedLanguage, _: JsonOnly) -> Response:
    """Return one concept."""
    iri = keyed(key)
    rows, labels, generation = await one_thing(request, "concepts", "concept", iri, language)
    links, _generation = await links_of(request, {"within": iri}, language)
    detail = ConceptDetail(
        **dict(concept_of(rows, labels)),
        links=links,
        facts=await facts_about(request, iri, language),
    )
    return answer(request, detail, generation=generation, language=language)
