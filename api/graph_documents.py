"""Give a named graph at its own address, as a file of RDF or as a page about it.

The answer is 200: a named graph is a document, so its IRI may answer with its content. In the two
formats with graph names the statements about the graph (source, licence, time of loading) come too.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

from pyoxigraph import NamedNode, Quad, RdfFormat, serialize
from starlette.background import BackgroundTask
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import FileResponse, RedirectResponse, Response

from api.pages.paths import page_path
from api.pages.thing_page import thing_page
from api.pages.things import checked_iri
from api.rdf_documents import alternate_links, chosen_form, path_of, rdf_headers
from api.readers import reader_language
from api.representation import VARY, entity_tag, not_modified
from api.state import state_of
from kg.embedded import EmbeddedStore
from kg.errors import UnknownIri
from kg.serving.formats import GRAPH_FORMATS, AnswerFormat
from ontology.namespaces import PREFIXES, PROVENANCE_GRAPH
from ontology.terms import BASE

_NAMED = (RdfFormat.N_QUADS, RdfFormat.TRIG)


async def graph_document(request: Request) -> Response:
    """Answer with a named graph of the current generation."""
    iri = checked_iri(BASE + path_of(request).removeprefix("/"))
    snapshot = state_of(request).snapshots.current
    if iri not in await run_in_threadpool(snapshot.store.graph_names):
        raise UnknownIri(iri)
    chosen = chosen_form(request)
    if chosen is None:
        return await _page(request, iri)
    tag = entity_tag(snapshot.generation.name, iri, chosen.short_name)
    known = not_modified(request, tag, VARY)
    if known is not None:
        return known
    file = await run_in_threadpool(_written, snapshot.store, iri, chosen)
    # Whole before the first byte is sent, and never in memory.
    return FileResponse(
        file,
        headers={
            **rdf_headers(request, chosen, iri),
            "ETag": tag,
            "Kreislaufstadt-Generation": snapshot.generation.name,
        },
        background=BackgroundTask(file.unlink, missing_ok=True),
    )


async def _page(request: Request, iri: str) -> Response:
    language = reader_language(request)
    try:
        page = await thing_page(request, iri, language)
    except UnknownIri:
        # A graph of which only the content is known; the page of all graphs is near enough.
        return RedirectResponse(
            page_path("dataset", language), 303, headers={"Vary": "Accept, Accept-Language"}
        )
    page.headers["Link"] = alternate_links(request, iri)
    return page


def _written(store: EmbeddedStore, iri: str, chosen: AnswerFormat) -> Path:
    handle, name = tempfile.mkstemp(prefix="kreislaufstadt-graph-")
    format_ = GRAPH_FORMATS[chosen]
    with os.fdopen(handle, "wb") as file:
        if format_ in _NAMED:
            serialize(_quads(store, iri), file, format_)
        else:
            store.engine.dump(file, format_, from_graph=NamedNode(iri), prefixes=PREFIXES)
    return Path(name)


def _quads(store: EmbeddedStore, iri: str) -> Iterator[Quad]:
    graph, provenance = NamedNode(iri), NamedNode(PROVENANCE_GRAPH)
    yield from store.engine.quads_for_pattern(None, None, None, graph)
    if graph == provenance:
        return
    for subject in (graph, NamedNode(f"{iri}#load")):
        yield from store.engine.quads_for_pattern(subject, None, None, provenance)
