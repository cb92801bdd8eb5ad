"""Ask about a measure and show how it fits: the sentence first, then the grounds."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from api.checking import run_check, run_fit
from api.pages.check.answer import answer_values
from api.pages.check.downloads import FORMS, download
from api.pages.check.fields import (
    KEPT,
    SLOT_FIELDS,
    Entered,
    entered_for,
    entered_in,
    measure_in,
    text_of,
)
from api.pages.check_options import CheckOptions, options_for
from api.pages.cities import City, chosen_city, cities_in
from api.pages.rendering import filled, render_page
from api.sessions.forms import FORM_HEADERS
from api.sessions.visitor import present_visitor
from api.state import state_of
from kg.access import Role
from kg.errors import BadMeasure
from kg.fit.measure import read_measure
from kg.fit.suggesting import Suggested
from kg.labels import short_name
from kg.language import Language

_TAKE: Final = "take:"


@dataclass(frozen=True, slots=True)
class Asked:
    """Hold what a reader wants: the city, the fields entered, and which button was pressed."""

    language: Language
    cities: Sequence[City]
    city: City | None
    entered: Entered = field(default_factory=dict)
    wish: str = ""

    @property
    def ags(self) -> str:
        """Return the key of the city, "" when there is none."""
        return self.city.ags if self.city else ""


async def check_page(request: Request, language: Language) -> Response:
    """Return the form, or what the pressed button asks for: answer, suggestions or a file."""
    store = state_of(request).snapshots.current.store
    cities = await run_in_threadpool(cities_in, store, language)
    if request.method != "POST":
        city = chosen_city(request.query_params.get("city", ""), cities)
        return await _form(request, Asked(language, cities, city))
    async with request.form() as form:
        city = chosen_city(_text(form, "city"), cities)
        asked = Asked(language, cities, city, entered_in(form), _text(form, "do"))
        whole_text = _text(form, "text")
    try:
        if asked.wish == "text":
            asked = replace(asked, entered=entered_for(read_measure(whole_text)))
        return await _answered(request, asked)
    except BadMeasure as error:
        return await _form(request, asked, complaint=error.text.in_language(language))


async def _answered(request: Request, asked: Asked) -> Response:
    wish = asked.wish
    if wish == "suggestions":
        return await _fragment(request, asked)
    if wish == "suggest":
        return await _form(request, asked, await _suggested(request, asked))
    if wish.startswith(_TAKE):
        name, _, value = wish.removeprefix(_TAKE).partition(":")
        if name in SLOT_FIELDS.values():
            asked = replace(asked, entered=asked.entered | {name: value})
        return await _form(request, asked, await _suggested(request, asked))
    report = await run_check(request, measure_in(asked.entered), asked.ags, asked.language)
    if wish in FORMS:
        return await run_in_threadpool(download, report, FORMS[wish], asked.city)
    values = await _form_values(request, asked)
    values |= {"may_take_over": _may_take_over(asked.ags)}
    page = _page(asked, "check_answer.html", values | answer_values(report, asked.cities))
    page.headers.update(FORM_HEADERS)
    return page


def _may_take_over(ags: str) -> bool:
    grant = present_visitor().grant
    return grant is not None and bool(ags) and grant.allows(Role.EDITOR, ags)


async def _form(
    request: Request,
    asked: Asked,
    suggested: tuple[Suggested, ...] | None = None,
    complaint: str = "",
) -> Response:
    values = await _form_values(request, asked)
    values |= {"suggested": suggested, "complaint": complaint}
    return _page(asked, "check.html", values)


def _page(asked: Asked, template: str, values: Mapping[str, object]) -> HTMLResponse:
    query = {"city": asked.ags} if asked.city is not None and len(asked.cities) > 1 else {}
    return render_page(
        "check", asked.language, values, template=template, query=query, island="check"
    )


async def _form_values(request: Request, asked: Asked) -> dict[str, object]:
    store = state_of(request).snapshots.current.store
    options = await run_in_threadpool(options_for, store, asked.language)
    return form_values(options, asked.cities, asked.city, asked.entered)


def form_values(
    options: CheckOptions, cities: Sequence[City], city: City | None, entered: Mapping[str, str]
) -> dict[str, object]:
    """Return what the template of the form needs."""
    return {
        "options": options,
        "cities": cities,
        "city": city,
        "entered": entered,
        "kept": KEPT,
        "slot_fields": SLOT_FIELDS,
        "suggested": None,
        "code_of": short_name,
        "is_short": False,
    }


async def _suggested(request: Request, asked: Asked) -> tuple[Suggested, ...]:
    text = text_of(asked.entered)
    return await run_fit(request, lambda fit: fit.suggest(text, asked.language))


async def _fragment(request: Request, asked: Asked) -> HTMLResponse:
    """Return the suggestions alone, for a page that is open."""
    values = {
        "suggested": await _suggested(request, asked),
        "entered": asked.entered,
        "slot_fields": SLOT_FIELDS,
        "code_of": short_name,
    }
    return HTMLResponse(filled("check_suggestions.html", asked.language, values))


def _text(form: FormData, name: str) -> str:
    value = form.get(name)
    return value if isinstance(value, str) else ""
