"""List the indicators with their latest value, and show one with all its values."""

from __future__ import annotations

from collections.abc import Sequence

from fastapi import APIRouter
from pydantic import BaseModel
from starlette.requests import Request
from starlette.responses import Response

from api.rest.answering import answer
from api.rest.asking import AskedLanguage, AskedPage, City, JsonOnly, Sdg, given, iri_of, keyed
from api.rest.facts import Fact, facts_about
from api.rest.listing import (
    Labels,
    Named,
    Page,
    Row,
    distinct,
    found_things,
    labels_for,
    named,
    number,
    one_thing,
    page_of,
    whole,
)
from api.rest.problems import LISTED, failing

router = APIRouter(tags=["indicators"])


class Latest(BaseModel):
    """Hold the latest observed value of an indicator."""

    year: int | None
    value: float


class Value(BaseModel):
    """Hold one value of an indicator: observed, baseline or target, with its source."""

    kind: Named
    year: int | None
    value: float | None
    unit: str | None
    source: str | None
    row: str | None


class Indicator(BaseModel):
    """Hold an indicator; `city` is null for one of the general catalogue."""

    iri: str
    number: str | None
    label: str
    kind: Named | None
    unit: str | None
    latest: Latest | None
    city: Named | None
    sources: list[str]


class IndicatorDetail(Indicator):
    """Hold an indicator with all its values and all that the graph says about it."""

    values: list[Value]
    facts: list[Fact]


def indicator_of(rows: Sequence[Row], labels: Labels) -> Indicator:
    """Return the indicator that rows of the query `indicators` describe."""
    first = rows[0]
    value = number(first.get("value"))
    return Indicator.model_validate(
        {
            "iri": first["indicator"],
            "number": first.get("number"),
            "label": labels[first["indicator"]],
            "kind": named(first.get("kind"), labels),
            "unit": first.get("unit"),
            "latest": None if value is None else {"year": whole(first.get("year")), "value": value},
            "city": named(first.get("city"), labels),
            "sources": distinct(rows, "source"),
        }
    )


def _value_of(row: Row, labels: Labels) -> Value:
    return Value.model_validate(
        {
            "kind": named(row["value_type"], labels),
            "year": whole(row.get("year")),
            "value": number(row.get("value")),
            "unit": row.get("unit"),
            "source": row.get("source"),
            "row": row.get("row"),
        }
    )


@router.get(
    "/indicators",
    operation_id="listIndicators",
    response_model=Page[Indicator],
    responses=failing(*LISTED),
)
async def list_indicators(
    asked: AskedPage, city: City = "", element: str = "", sdg: Sdg = ""
) -> Response:
    """Return the indicators."""
    values = given(city=city, element=iri_of(element), sdg=sdg)
    return await page_of(asked, "indicators", "indicator", values, indicator_of)


@router.get(
    "/indicators/{key:path}",
    operation_id="getIndicator",
    response_model=IndicatorDetail,
    responses=failing(*LISTED, 404),
)
async def get_indicator(
    request: Request, key: str, language: AskedLanguage, _: JsonOnly
) -> Response:
    """Return one indicator."""
    iri = keyed(key)
    rows, labels, generation = await one_thing(request, "indicators", "indicator", iri, language)
    asked = {"indicator": iri}
    found = await found_things(request, "indicator-values", "indicator", asked, language)
    names = await labels_for(request, found.groups, found)
    detail = IndicatorDetail(
        **dict(indicator_of(rows, labels)),
        values=[_value_of(row, names) for group in found.groups for row in group],
        facts=await facts_about(request, iri, language),
    )
    return answer(request, detail, generation=generation, language=language)
