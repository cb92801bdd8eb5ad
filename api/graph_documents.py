"""Give a named graph at its own address, as a file of RDF or as a page about it.

The answer is 200: a named graph is a document, so its IRI may answer with its content. In the two
formats with graph names the statements about the graph (source, licence, time of loading) come too.
"""

from __future__ import annotations

from starlette.background import BackgroundTask
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import FileResponse, RedirectResponse, Response

from api.graph_files import hold
from api.graph_store import by_address
from api.pages.paths import page_path
from api.pages.thing.page import thing_page
from api.pages.things import checked_iri
from api.rdf_documents import alternate_links, chosen_form, path_of, rdf_headers
from api.readers import reader_language
from api.representation import VARY, entity_tag, not_modified
from api.state import state_of
from kg.errors import UnknownIri
from ontology.terms import BASE


async def graph_document(request: Request) -> Response:
    """Answer with a named graph of the current generation."""
    iri = checked_iri(BASE + path_of(request).removeprefix("/"))
    chosen = chosen_form(request)
    snapshot = state_of(request).snapshots.current
    if snapshot.generation.name != state_of(request).queries.generation:
        # Just written: queries answer from it already, the files follow in a moment.
        return await _page(request, iri) if chosen is None else await by_address(request)
    if iri not in await run_in_threadpool(snapshot.store.graph_names):
        raise UnknownIri(iri)
    if chosen is None:
        return await _page(request, iri)
    limit = state_of(request).settings.answer_bytes
    state = await snapshot.graph_files.state(iri, limit)
    whole = entity_tag(snapshot.generation.name, iri, chosen.short_name)
    tag = whole if state is None else f'"{state}-{chosen.short_name}"'
    known = not_modified(request, tag, VARY)
    if known is not None:
        return known
    return FileResponse(
        await snapshot.graph_files.file(iri, chosen),
        headers={
            **rdf_headers(request, chosen, iri),
            "ETag": tag,
            "Kreislaufstadt-Generation": snapshot.generation.name,
        },
        background=BackgroundTask(hold, snapshot),
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
