"""Find measures that may be the same: of a text, and within or between cities."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query
from pydantic import BaseModel
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from api.checking import run_check, run_fit
from api.rest.answering import answer
from api.rest.asking import AskedLanguage, AskedPage, City, JsonOnly, iri_of
from api.rest.check import MEASURE_BODY, given_measure
from api.rest.listing import Named, Page, send_page
from api.rest.problems import LISTED, failing
from api.state import state_of
from kg.fit.aims import KnownMeasure
from kg.fit.double_work import Pair
from kg.fit.report import DuplicateRelation
from kg.identifiers import municipality_iri, parse_ags
from kg.labels import labels_of
from kg.language import Language

router = APIRouter(tags=["duplicates"])


class Similar(BaseModel):
    """Hold a loaded measure that may be the same as the one given."""

    iri: str
    label: str
    number: str | None
    relation: DuplicateRelation
    probability: float
    cities: list[str]
    similarity: float
    shared: list[str]
    differs: list[str]
    agrees: list[str]
    clashes: list[str]
    note: str
    source: str | None


class SimilarMeasures(BaseModel):
    """Hold the measures that may be the same: of the city first, then their kind elsewhere."""

    generation: str
    language: Language
    duplicates: list[Similar]


class Member(BaseModel):
    """Name one of two measures, its number, its cities and where it comes from."""

    iri: str
    label: str
    number: str | None
    cities: list[Named]
    source: str | None


class DoubleWork(BaseModel):
    """Hold two loaded measures that people should compare; `same` only within one city.

    `probability` says how likely both are one measure, `agrees` and `clashes` what speaks for it
    and against it. Nothing is ever merged.
    """

    first: Member
    second: Member
    relation: DuplicateRelation
    probability: float
    similarity: float
    agrees: list[str]
    clashes: list[str]


@router.post(
    "/duplicates",
    operation_id="findDuplicates",
    response_model=SimilarMeasures,
    openapi_extra=MEASURE_BODY,
    responses=failing(400, 413, 415),
)
async def find_duplicates(
    request: Request, language: AskedLanguage, _: JsonOnly, city: City = ""
) -> Response:
    """Return loaded measures that may be the same as the one given."""
    measure = await given_measure(request)
    ags = parse_ags(city) if city else ""
    report = await run_check(request, measure, ags, language)
    found = SimilarMeasures(
        generation=report.generation,
        language=language,
        duplicates=[Similar.model_validate(entry.as_json()) for entry in report.duplicates],
    )
    return answer(request, found, generation=report.generation, language=language)


@router.get(
    "/duplicates",
    operation_id="listDuplicates",
    response_model=Page[DoubleWork],
    responses=failing(*LISTED),
)
async def list_duplicates(
    asked: AskedPage,
    city: City = "",
    measure: str = "",
    relation: Annotated[DuplicateRelation | None, Query()] = None,
) -> Response:
    """Return pairs of loaded measures that may be the same work twice."""
    ags = parse_ags(city) if city else ""
    iri = iri_of(measure)
    snapshot = state_of(asked.request).snapshots.current
    every = await run_fit(asked.request, lambda fit: fit.double_work())
    pairs = [
        pair
        for pair in every
        if (not ags or ags in pair.cities)
        and (not iri or iri in (pair.first.iri, pair.second.iri))
        and relation in (None, pair.relation)
    ]
    shown = pairs[asked.offset : asked.offset + asked.limit]
    names = {
        iri
        for pair in shown
        for iri in (
            pair.first.iri,
            pair.second.iri,
            *(municipality_iri(parse_ags(key)) for key in pair.cities),
        )
    }
    labels = await run_in_threadpool(labels_of, snapshot.store, names, asked.language)
    items = [_double_work(pair, labels, asked.language) for pair in shown]
    return send_page(asked, items, total=len(pairs), generation=snapshot.generation.name)


def _double_work(pair: Pair, labels: dict[str, str], language: Language) -> DoubleWork:
    return DoubleWork(
        first=_member(pair.first, labels),
        second=_member(pair.second, labels),
        relation=pair.relation,
        probability=round(pair.likeness.probability, 3),
        similarity=round(pair.similarity, 3),
        agrees=list(pair.agrees(language)),
        clashes=list(pair.clashes(language)),
    )


def _member(measure: KnownMeasure, labels: dict[str, str]) -> Member:
    cities = [municipality_iri(parse_ags(key)) for key in sorted(measure.cities)]
    return Member(
        iri=measure.iri,
        label=labels[measure.iri],
        number=measure.number or None,
        cities=[Named(iri=iri, label=labels[iri]) for iri in cities],
        source=measure.url or measure.row or None,
    )
