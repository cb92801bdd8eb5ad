"""Describe the graph's own things at their own addresses, for programs and for people."""

from __future__ import annotations

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from api.negotiation import best_offer
from api.ontology_documents import FoundDocument, document_at, document_text
from api.own_queries import own_query
from api.pages.document_pages import document_page
from api.pages.ontology_page import ontology_page
from api.pages.ontology_words import document_path
from api.pages.thing_page import thing_page
from api.pages.things import checked_iri
from api.readers import PAGE_TYPES, reader_language
from api.refusals import NotAcceptable
from api.sparql_request import GRAPH_TYPES, choose_format
from api.state import state_of
from kg.errors import UnknownIri
from kg.serving.formats import AnswerFormat
from kg.serving.guard import QueryForm
from ontology.namespaces import ONTOLOGY
from ontology.terms import BASE


def routes() -> list[Route]:
    """Return the routes; the paths are those of the IRIs under the base."""
    return [
        Route("/id/{rest:path}", describe),
        Route("/scheme/{rest:path}", describe),
        Route("/ontology/{rest:path}", describe),
        Route("/ontology", ontology),
    ]


def _own_iri(request: Request) -> str:
    # The path as it was sent: IRIs of ours keep their percent signs.
    raw = request.scope.get("raw_path")
    path = raw.decode("ascii", "replace") if isinstance(raw, bytes) else request.url.path
    return checked_iri(BASE + path.partition("?")[0].removeprefix("/"))


def _chosen(request: Request) -> AnswerFormat | None:
    """Return the RDF format a client wants, None for a page."""
    accept = request.headers.get("accept")
    name = request.query_params.get("format")
    if name is not None and name.lower() != "html":
        return choose_format(accept, name.lower(), QueryForm.DESCRIBE)
    if name is not None:
        return None
    offers: dict[AnswerFormat | str, tuple[str, ...]] = dict(GRAPH_TYPES.items())
    offers["page"] = PAGE_TYPES
    best = best_offer(accept, offers)
    if best is None:
        raise NotAcceptable((*(offer.media_type for offer in GRAPH_TYPES), PAGE_TYPES[0]))
    return best if isinstance(best, AnswerFormat) else None


async def describe(request: Request) -> Response:
    """Answer with what the graph says about the IRI that the path stands for."""
    iri = _own_iri(request)
    document = document_at(iri)
    if document is not None:
        return await _document(request, document)
    chosen = _chosen(request)
    if chosen is None:
        return await thing_page(request, iri, reader_language(request))
    return await _as_rdf(request, own_query("description", {"thing": iri}), iri, chosen)


async def ontology(request: Request) -> Response:
    """Answer with the whole ontology, whose terms have fragment IRIs."""
    chosen = _chosen(request)
    if chosen is None:
        return await ontology_page(request, reader_language(request))
    return await _as_rdf(request, own_query("ontology"), ONTOLOGY, chosen)


async def _document(request: Request, found: FoundDocument) -> Response:
    """Answer with a document of the ontology; older versions of it are not kept."""
    header, language = found.header, reader_language(request)
    chosen = _chosen(request)
    if found.is_superseded and chosen is not None:
        raise UnknownIri(header.prior_version_iri)
    if found.is_superseded:
        path = f"{document_path(header.iri, language)}&instead={found.asked_version}"
        return RedirectResponse(path, status_code=303, headers={"Vary": "Accept, Accept-Language"})
    if header.kind == "whole":
        return await ontology(request)
    if chosen is None:
        return await document_page(request, header, language)
    return Response(
        await run_in_threadpool(document_text, header, chosen),
        headers={
            "Content-Type": chosen.content_type,
            "Vary": "Accept",
            "Link": f'<{header.iri}>; rel="describes"',
        },
    )


async def _as_rdf(request: Request, query: str, iri: str, chosen: AnswerFormat) -> Response:
    queries = state_of(request).queries
    answer = await queries.answer(query, AnswerFormat.N_TRIPLES)
    if not answer.body:
        raise UnknownIri(iri)
    if chosen is not AnswerFormat.N_TRIPLES:
        answer = await queries.answer(query, chosen)
    return Response(
        answer.body,
        headers={
            "Content-Type": answer.content_type,
            "Vary": "Accept",
            "Kreislaufstadt-Generation": answer.generation,
            "Link": f'<{iri}>; rel="describes"',
        },
    )
