"""Fill the templates: everything escaped, every text from the wording files."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache, partial
from http import HTTPStatus

from jinja2 import Environment, PackageLoader, StrictUndefined
from starlette.requests import Request
from starlette.responses import HTMLResponse

from api.content_policy import scripted_policy
from api.pages.formats import date_in, number_in, percent_in
from api.pages.islands import Island, script_path
from api.pages.paths import LOGOUT, NAVIGATION, PATHS, SECTIONS, PageName, page_path, thing_path
from api.sessions.visitor import present_visitor
from api.wording import texts_in
from kg.language import Language


@cache
def _templates() -> Environment:
    return Environment(
        loader=PackageLoader("api", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def filled(template: str, language: Language, values: Mapping[str, object]) -> str:
    """Return a filled template that is no page of the site."""
    return (
        _templates()
        .get_template(template)
        .render(t=texts_in(language), language=language, **values)
    )


def other_language(language: Language) -> Language:
    """Return the language that the switch on each page leads to."""
    return "en" if language == "de" else "de"


def render(
    template: str,
    language: Language,
    *,
    switch_path: str,
    values: Mapping[str, object],
    page: PageName | None = None,
    status: int = HTTPStatus.OK,
    island: Island | None = None,
    style_nonce: str = "",
) -> HTMLResponse:
    """Return a filled page; `switch_path` leads to the same page in the other language.

    An `island` is the script that improves the page. One that brings styles of its own gets them
    allowed by `style_nonce`, which the template hands to it.
    """
    texts = texts_in(language)
    script = script_path(island) if island else None
    content = (
        _templates()
        .get_template(template)
        .render(
            t=texts,
            language=language,
            other=other_language(language),
            switch_path=switch_path,
            current=page,
            section=SECTIONS.get(page) if page else None,
            page_description=texts.get(page or "", {}).get("lead", texts["site"]["claim"]),
            navigation=[(name, page_path(name, language)) for name in NAVIGATION],
            page_path=lambda name, /, **query: page_path(name, language, **query),
            thing_path=lambda iri: thing_path(iri, language),
            script=script,
            style_nonce=style_nonce,
            visitor=present_visitor(),
            logout_path=LOGOUT[language],
            number=partial(number_in, language),
            share=partial(percent_in, language),
            day=partial(date_in, language),
            **values,
        )
    )
    headers = {"Content-Language": language, "Vary": "Accept, Accept-Language"}
    if script:
        headers["Content-Security-Policy"] = scripted_policy(style_nonce)
    return HTMLResponse(content, status_code=status, headers=headers)


def render_page(
    page: PageName,
    language: Language,
    values: Mapping[str, object],
    *,
    template: str | None = None,
    query: Mapping[str, str] | None = None,
    island: Island | None = None,
    style_nonce: str = "",
) -> HTMLResponse:
    """Return one of the named pages; `query` is kept when the language is switched."""
    switch_path = page_path(page, other_language(language), **(query or {}))
    return render(
        template or f"{page}.html",
        language,
        switch_path=switch_path,
        values=values,
        page=page,
        island=island,
        style_nonce=style_nonce,
    )


def render_problem(
    request: Request, language: Language, *, status: int, title: str, detail: str
) -> HTMLResponse:
    """Return an error page in the reader's language."""
    switch_path = PATHS["start"][other_language(language)]
    for page, paths in PATHS.items():
        if request.url.path == paths[language]:
            switch_path = PATHS[page][other_language(language)]
    return render(
        "problem.html",
        language,
        switch_path=switch_path,
        values={"status": int(status), "title": title, "detail": detail},
        status=status,
    )
