"""List the measures of the municipalities, and show one with its links and facts."""

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

router = APIRouter(tags=["measures"])


class Measure(BaseModel):
    """Hold a measure; `responsible` names those in charge, `row` where it stands in its source."""

    iri: str
    number: str | None
    label: str
    city: Named
    documents: list[Named]
    state: Named | None
    responsible: str | None
    sources: list[str]
    page: int | None
    row: str | None


class MeasureDetail(Measure):
    """Hold a measure with its links to aims and all that the graph says about it."""

    links: list[Link]
    facts: list[Fact]


def measure_of(rows: Sequence[Row], labels: Labels) -> Measure:
    """Return the measure that rows of the query `measures` describe."""
    first = rows[0]
    return Measure.model_validate(
        {
            "iri": first["measure"],
            "number": first.get("number"),
            "label": labels[first["measure"]],
            "city": named(first["city"], labels),
            "documents": all_named(rows, "document", labels),
            "state": named(first.get("state"), labels),
            "responsible": first.get("actors"),
            "sources": distinct(rows, "source"),
            "page": whole(first.get("page")),
            "row": first.get("row"),
        }
    )


@router.get(
    "/measures",
    operation_id="listMeasures",
    response_model=Page[Measure],
    responses=failing(*LISTED),
)
async def list_measures(
    asked: AskedPage,
    city: City = "",
    document: str = "",
    sdg: Sdg = "",
    field: str = "",
    state: Annotated[str, Query(max_length=40)] = "",
) -> Response:
    """Return the measures."""
    values = given(
        city=city, document=iri_of(document), sdg=sdg, field=iri_of(field), progress=state
    )
    return await page_of(asked, "measures", "measure", values, measure_of)


@router.get(
    "/measures/{key:path}",
    operation_id="getMeasure",
    response_model=MeasureDetail,
    responses=failing(*LISTED, 404),
)
async def get_measure(request: Request, key: str, language: AskedLanguage, _: JsonOnly) -> Response:
    """Return one measure."""
    iri = keyed(key)
    rows, labels, generation = await one_thing(request, "measures", "measure", iri, language)
    links, _generation = await links_of(request, {"element": iri}, language)
    detail = MeasureDetail(
        **dict(measure_of(rows, labels)),
        links=links,
        facts=await facts_about(request, iri, language),
    )
    return answer(request, detail, generation=generation, language=language)
