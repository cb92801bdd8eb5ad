"""Tell who is asking: a person or a program, and in which language."""

from __future__ import annotations

from starlette.requests import Request

from api.negotiation import best_language, best_offer
from kg.language import LANGUAGES, Language

PAGE_TYPES = ("text/html", "application/xhtml+xml")


def reader_language(request: Request) -> Language:
    """Return the language by the path, else by `lang`, else by what the client prefers."""
    path = request.url.path
    for language in LANGUAGES:
        if path == f"/{language}" or path.startswith(f"/{language}/"):
            return language
    for language in LANGUAGES:
        if request.query_params.get("lang") == language:
            return language
    default = request.app.state.default_language
    return best_language(request.headers.get("accept-language"), default)


def wants_page(request: Request) -> bool:
    """Tell whether an answer is for a person's browser."""
    offers = {"data": ("application/problem+json", "application/json"), "page": PAGE_TYPES}
    return best_offer(request.headers.get("accept"), offers) == "page"
