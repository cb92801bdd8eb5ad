"""Tell the editor which prefixes, classes and properties there are, with their figures of VoID."""

from __future__ import annotations

import json

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from api.dataset_figures import DatasetFigures
from api.pages.things import short_form, words_for
from api.representation import entity_tag, not_modified
from api.state import state_of
from kg.language import Language
from kg.store import Store
from ontology.namespaces import PREFIXES


async def terms(request: Request, language: Language) -> Response:
    """Return the terms in use as JSON; a client that holds those of the generation gets 304."""
    snapshots = state_of(request).snapshots
    current = snapshots.current
    tag = entity_tag(current.generation.name, "terms", language)
    known = not_modified(request, tag, "Accept-Encoding")
    if known is not None:
        return known
    figures = await snapshots.figures()
    write = snapshots.once(f"terms {language}", lambda: _document(current.store, figures, language))
    body = await run_in_threadpool(write)
    headers = {"Cache-Control": "no-cache", "ETag": tag, "Vary": "Accept-Encoding"}
    return Response(body, media_type="application/json", headers=headers)


def _document(store: Store, figures: DatasetFigures, language: Language) -> bytes:
    """Return prefixes, properties, and classes with the places of their properties in that list."""
    used = {line.iri: line.triples for line in figures.whole.properties}
    kinds = [kind for kind in figures.whole.classes if not kind.iri.startswith("_:")]
    words = words_for(store, [*used, *(kind.iri for kind in kinds)], language)
    places = {iri: place for place, iri in enumerate(used)}
    content = {
        "prefixes": PREFIXES,
        "properties": [[_written(iri), words[iri], count] for iri, count in used.items()],
        "classes": [
            [
                _written(kind.iri),
                words[kind.iri],
                kind.entities,
                [places[line.iri] for line in kind.properties],
            ]
            for kind in kinds
        ],
    }
    return json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode()


def _written(iri: str) -> str:
    form = short_form(iri)
    return f"<{iri}>" if form == iri else form
