"""Show why a statement holds, step by step down to the sources."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response

from api.explanations import run_explanation
from api.pages.rendering import render_page
from kg.explaining import statement_of
from kg.language import Language

PARAMETERS = ("subject", "predicate", "object")


async def explanation_page(request: Request, language: Language) -> Response:
    """Return the page about the statement in the address, or raise `UnknownStatement`."""
    query = {name: request.query_params.get(name, "") for name in PARAMETERS}
    statement = statement_of(*query.values())
    found = await run_explanation(request, statement, language)
    return render_page("explanation", language, {"explanation": found}, query=query)
