"""Ask about a measure and show how it fits: the sentence first, then the grounds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import Response

from api.checking import run_check
from api.pages.check_options import options_for
from api.pages.cities import chosen_city, cities_in
from api.pages.rendering import render_page
from api.state import state_of
from kg.errors import BadMeasure
from kg.fit.aims import AimKind
from kg.fit.measure import MeasureInput, measure_of
from kg.fit.report import FitReport, Verdict, likelihood
from kg.language import Language

# Form field and the field of a measure it fills.
_FIELDS: Final = {
    "title": "title",
    "description": "description",
    "value_chain": "fields",
    "r_strategy": "r_strategies",
    "instrument": "instruments",
    "responsible": "responsible",
    "period": "period",
}
_SECTIONS: Final[Mapping[str, tuple[AimKind, ...]]] = {
    "concept_goals": ("concept-goal",),
    "sdgs": ("sdg-target", "sdg-goal"),
    "frameworks": ("framework-aim",),
}
_REVIEWED: Final = frozenset({"declared", "confirmed"})


@dataclass(frozen=True, slots=True)
class Section:
    """Hold the verdicts of one part of the answer, likeliest first."""

    key: str
    verdicts: tuple[Verdict, ...]


async def check_page(request: Request, language: Language) -> Response:
    """Return the empty form, or after a POST the answer above the filled form."""
    store = state_of(request).snapshots.current.store
    cities = await run_in_threadpool(cities_in, store, language)
    entered: dict[str, str] = {}
    report: FitReport | None = None
    complaint = ""
    city = chosen_city(request.query_params.get("city", ""), cities)
    if request.method == "POST":
        entered = _entered(await request.form())
        city = chosen_city(entered.pop("city", ""), cities)
        try:
            report = await _report(request, entered, city.ags if city else "", language)
        except BadMeasure as error:
            complaint = error.text.in_language(language)
    values = {
        "cities": cities,
        "city": city,
        "options": await run_in_threadpool(options_for, store, language),
        "entered": entered,
        "report": report,
        "complaint": complaint,
        "sections": sections_of(report) if report is not None else [],
        "conflicts": report.of("conflicts") if report is not None else [],
        "likelihood": likelihood,
        "percent": percent,
        "review_state": review_state,
    }
    return render_page("check", language, values)


async def _report(
    request: Request, entered: Mapping[str, str], ags: str, language: Language
) -> FitReport:
    return await run_check(request, _measure(entered), ags, language)


def _entered(form: FormData) -> dict[str, str]:
    return {
        name: value.strip()
        for name, value in form.items()
        if name in (*_FIELDS, "city") and isinstance(value, str) and value.strip()
    }


def _measure(entered: Mapping[str, str]) -> MeasureInput:
    given: dict[str, object] = {_FIELDS[name]: value for name, value in entered.items()}
    return measure_of(given)


def sections_of(report: FitReport) -> list[Section]:
    """Return the supported aims by part of the page."""
    return [
        Section(
            key,
            tuple(verdict for verdict in report.of("supports") if verdict.aim.kind in kinds),
        )
        for key, kinds in _SECTIONS.items()
    ]


def percent(probability: float) -> str:
    """Return a probability in whole per cent; nothing is certain and nothing impossible.

    >>> percent(0.934), percent(0.999), percent(0.001)
    ('93', '> 99', '< 1')
    """
    if probability > 0.99:
        return "> 99"
    return "< 1" if probability < 0.01 else str(round(probability * 100))


def review_state(verdict: Verdict) -> str:
    """Return `reviewed` when a document or a person stands behind it, else `proposed`."""
    states = {item.status for item in verdict.evidence if item.kind == "declared"}
    return "reviewed" if states & _REVIEWED else "proposed"
