"""Describe the graph's own things at their own addresses, for programs and for people.

The answer is 200, not 303: `Content-Location` names the document (`…?format=turtle`), `Link` with
`rel="describes"` the thing it is about, so thing and document stay apart without a second request
(https://www.w3.org/TR/cooluris/ asks for either a fragment or a way to tell them apart). 303 is the
answer where there is no description under the address asked for but there is one elsewhere: an
older version of a document of the ontology, a graph nobody described, a page of the catalogue.
"""

from __future__ import annotations

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from api.descriptions import description_of
from api.graph_documents import graph_document
from api.ontology_documents import FoundDocument, document_at, document_text
from api.own_queries import own_query
from api.pages.document_pages import document_page
from api.pages.ontology_page import ontology_page
from api.pages.ontology_words import document_path
from api.pages.thing.page import thing_page
from api.pages.things import checked_iri
from api.rdf_documents import (
    alternate_links,
    chosen_form,
    path_of,
    rdf_answer,
    rdf_document,
    rdf_response,
    tag_of,
)
from api.readers import reader_language
from api.representation import VARY, not_modified
from api.state import state_of
from kg.errors import UnknownIri
from ontology.namespaces import ONTOLOGY
from ontology.terms import BASE


def routes() -> list[Route]:
    """Return the routes; the paths are those of the IRIs under the base."""
    return [
        Route("/id/{rest:path}", describe),
        Route("/scheme/{rest:path}", describe),
        Route("/ontology/{rest:path}", describe),
        Route("/ontology", ontology),
        Route("/graph/{rest:path}", graph_document),
    ]


def _own_iri(request: Request) -> str:
    return checked_iri(BASE + path_of(request).removeprefix("/"))


async def describe(request: Request) -> Response:
    """Answer with what the graph says about the IRI that the path stands for."""
    iri = _own_iri(request)
    document = document_at(iri)
    if document is not None:
        return await _document(request, document)
    chosen = chosen_form(request)
    if chosen is None:
        page = await thing_page(request, iri, reader_language(request))
        page.headers["Link"] = alternate_links(request, iri)
        return page
    # Queries are the first to answer from what was just written.
    queries = state_of(request).queries
    generation = queries.generation or ""
    known = not_modified(request, tag_of(request, chosen, iri, generation), VARY)
    if known is not None:
        return known
    triples = await description_of(queries, iri)
    body = await run_in_threadpool(lambda: rdf_document(triples, chosen, about=iri))
    return rdf_response(request, chosen, iri, generation=generation, body=body)


async def ontology(request: Request) -> Response:
    """Answer with the whole ontology, whose terms have fragment IRIs."""
    chosen = chosen_form(request)
    if chosen is None:
        return await ontology_page(request, reader_language(request))
    store = state_of(request).snapshots.current.store
    return await rdf_answer(
        request,
        chosen,
        ONTOLOGY,
        lambda: rdf_document(store.construct(own_query("ontology")), chosen),
    )


async def _document(request: Request, found: FoundDocument) -> Response:
    """Answer with a document of the ontology; older versions of it are not kept."""
    header, language = found.header, reader_language(request)
    chosen = chosen_form(request)
    if found.is_superseded and chosen is not None:
        raise UnknownIri(header.prior_version_iri)
    if found.is_superseded:
        path = f"{document_path(header.iri, language)}&instead={found.asked_version}"
        return RedirectResponse(path, status_code=303, headers={"Vary": "Accept, Accept-Language"})
    if header.kind == "whole":
        return await ontology(request)
    if chosen is None:
        return await document_page(request, header, language)
    return await rdf_answer(request, chosen, header.iri, lambda: document_text(header, chosen))
