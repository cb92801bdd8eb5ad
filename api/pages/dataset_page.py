"""Tell which sources stand behind the answers, and the doors for programs."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response

from api.pages.rendering import render_page
from api.state import state_of
from kg.language import Language


async def dataset_page(request: Request, language: Language) -> Response:
    """Return the loaded sources and the generation they make up."""
    generation = state_of(request).snapshots.current.generation
    sources = [
        {
            "graph": record.graph,
            "title": record.title_de if language == "de" else record.title_en,
            "file": record.file,
            "licence": record.licence,
            "url": record.url if record.url.startswith(("https://", "http://")) else "",
            "sha256": record.sha256,
            "city": record.city,
        }
        for record in generation.sources
    ]
    values = {
        "generation": generation.name,
        "own": [source for source in sources if source["city"]],
        "reference": [source for source in sources if not source["city"]],
    }
    return render_page("dataset", language, values)
