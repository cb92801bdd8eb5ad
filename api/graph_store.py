"""Read and write whole graphs (SPARQL 1.1 Graph Store HTTP Protocol).

A graph is named by `/graphs?graph=IRI`, the union of all by `/graphs?default`, a graph of ours also
by its own address below `/graph/`.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from typing import Final

from pyoxigraph import NamedNode
from starlette.background import BackgroundTask
from starlette.requests import Request
from starlette.responses import FileResponse, Response
from starlette.routing import Route

from api.conditions import condition_of
from api.form_fields import utf8_text
from api.graph_files import ALL_GRAPHS, hold
from api.own_queries import own_query
from api.pages.things import checked_iri
from api.rdf_bodies import MULTIPART, RDF_TYPES, SUPPORTED, payloads_of
from api.rdf_documents import path_of
from api.refusals import UnsupportedMediaType
from api.representation import entity_tag, not_modified
from api.snapshot import Snapshot
from api.sparql_request import UPDATE, choose_format
from api.state import state_of
from api.visitors import client_of
from api.writing import carried_out, writer_behind
from kg.access import demand_graph
from kg.editing.applying import Condition, Writer, Written, carry_out, remove, state_tag
from kg.editing.frames import EditKind, GraphEdit, Payload
from kg.editing.outline import refuse_costly
from kg.errors import BadParameter, GraphNotNamed, UnknownIri
from kg.language import Text
from kg.serving.formats import AnswerFormat
from kg.serving.guard import QueryForm
from kg.serving.service import Answer
from ontology.namespaces import source_graph
from ontology.terms import BASE

METHODS: Final = ("GET", "HEAD", "PUT", "POST", "DELETE", "PATCH", "OPTIONS")
_VARY: Final = "Accept, Accept-Encoding"
_ONE: Final = Text(
    "entweder graph=IRI (eine absolute IRI, einmal) oder default",
    "either graph=IRI (one absolute IRI, once) or default",
)
_CITY: Final = Text(
    "der Graph, da Ihr Zugriffstoken für alle Kommunen gilt",
    "the graph, since your access token holds for all municipalities",
)


def routes() -> list[Route]:
    """Return the routes; those of our own graphs stand behind the pages that describe them."""
    return [
        Route("/graphs", by_parameter, methods=list(METHODS)),
        Route("/graph/{rest:path}", by_address, methods=list(METHODS)),
    ]


async def by_parameter(request: Request) -> Response:
    """Answer for the graph that `graph` or `default` names (4.2, indirect identification)."""
    if request.method == "OPTIONS":
        return _options()
    if request.method == "POST" and not request.query_params:
        return await _make(request)
    return await _answer(request, _named(request))


async def by_address(request: Request) -> Response:
    """Answer for the graph whose IRI the address is (4.1, direct identification)."""
    if request.method == "OPTIONS":
        return _options()
    return await _answer(request, checked_iri(BASE + path_of(request).removeprefix("/")))


def _named(request: Request) -> str:
    """Return the IRI of the graph that is meant, "" for the union of all."""
    graphs = request.query_params.getlist("graph")
    is_default = "default" in request.query_params
    if len(graphs) + is_default != 1:
        raise BadParameter("graph", " ".join(graphs), _ONE)
    if is_default:
        return ""
    try:
        # 4.2: an IRI in the query string is absolute
        return NamedNode(graphs[0]).value
    except ValueError as error:
        raise BadParameter("graph", graphs[0], _ONE) from error


def _options() -> Response:
    kinds = ", ".join(SUPPORTED)
    headers = {
        "Allow": ", ".join(METHODS),
        "Accept-Put": kinds,
        "Accept-Post": f"{kinds}, {MULTIPART}",
        "Accept-Patch": UPDATE,
    }
    return Response(status_code=204, headers=headers)


async def _answer(request: Request, graph: str) -> Response:
    if request.method in ("GET", "HEAD"):
        return await _get(request, graph)
    writer = writer_behind(request)
    if not graph:
        raise GraphNotNamed
    demand_graph(writer.grant, graph)
    match request.method:
        case "DELETE":
            return await _delete(request, graph, writer)
        case "PATCH":
            return await _patch(request, graph, writer)
        case "PUT":
            return await _put(request, graph, writer, EditKind.PUT)
        case _:
            return await _put(request, graph, writer, EditKind.MERGE)


async def _get(request: Request, graph: str) -> Response:
    state = state_of(request)
    accept, name = request.headers.get("accept"), request.query_params.get("format")
    chosen = choose_format(accept, name, QueryForm.CONSTRUCT)
    query = own_query("one-graph", {"graph": graph}) if graph else own_query("all-graphs")
    snapshot = state.snapshots.current
    if not graph and snapshot.generation.name == state.queries.generation:
        return await _get_all(request, snapshot, chosen)
    client = client_of(request)
    plain = await state.queries.answer(query, AnswerFormat.N_TRIPLES, client=client)
    if graph and not plain.body and state.dataset.current().source(graph) is None:
        raise UnknownIri(graph)
    answer = plain
    if chosen is not AnswerFormat.N_TRIPLES:
        answer = await state.queries.answer(query, chosen, client=client)
    tag = f'"{state_tag(_lines(plain))}-{chosen.short_name}"'
    if answer.generation != plain.generation:
        # Between the two answers the graph may have changed: nobody may rely on this tag.
        tag = f"W/{tag}"
    known = not_modified(request, tag, _VARY)
    if known is not None:
        return known
    headers = {
        "Content-Type": answer.content_type,
        "Vary": _VARY,
        "Cache-Control": "no-cache",
        "ETag": tag,
        "Kreislaufstadt-Generation": answer.generation,
    }
    return Response(answer.body, headers=headers)


async def _get_all(request: Request, snapshot: Snapshot, chosen: AnswerFormat) -> Response:
    """Answer with the union of all graphs, which no limit of a query fits: it is a file."""
    tag = entity_tag(snapshot.generation.name, ALL_GRAPHS, chosen.short_name)
    known = not_modified(request, tag, _VARY)
    if known is not None:
        return known
    headers = {
        "Content-Type": chosen.content_type,
        "Vary": _VARY,
        "Cache-Control": "no-cache",
        "ETag": tag,
        "Kreislaufstadt-Generation": snapshot.generation.name,
    }
    path = await snapshot.graph_files.file(ALL_GRAPHS, chosen)
    return FileResponse(path, headers=headers, background=BackgroundTask(hold, snapshot))


def _lines(answer: Answer) -> list[bytes]:
    return answer.body.splitlines()


async def _make(request: Request) -> Response:
    """Put a body into a new graph of the writer's municipality and tell its address (5.5)."""
    writer = writer_behind(request)
    if not writer.grant.city:
        raise BadParameter("graph", "", _CITY)
    base = source_graph(writer.grant.city, "")
    payloads = await payloads_of(request, base)
    digest = hashlib.sha256(b"\0".join(payload.content for payload in payloads)).hexdigest()
    graph = source_graph(writer.grant.city, f"neu-{digest[:12]}")
    given = tuple(Payload(item.format, graph, item.content) for item in payloads)
    edit = GraphEdit(EditKind.PUT, graph, payloads=given)
    written, rest = await carried_out(request, _work(request, edit, writer, Condition()))
    answer = _told(written, 201 if written.created else 200, rest)
    answer.headers["Location"] = str(request.base_url) + graph.removeprefix(BASE)
    answer.headers["Content-Location"] = graph
    return answer


async def _put(request: Request, graph: str, writer: Writer, kind: EditKind) -> Response:
    media_type = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    kinds = (*RDF_TYPES, MULTIPART) if kind is EditKind.MERGE else tuple(RDF_TYPES)
    if media_type not in kinds:
        raise UnsupportedMediaType(SUPPORTED)
    payloads = await payloads_of(request, graph)
    edit = GraphEdit(kind, graph, payloads=payloads)
    work = _work(request, edit, writer, condition_of(request))
    written, rest = await carried_out(request, work)
    return _told(written, 201 if written.created else 204, rest)


async def _patch(request: Request, graph: str, writer: Writer) -> Response:
    media_type = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if media_type != UPDATE:
        raise UnsupportedMediaType((UPDATE,))
    update = utf8_text(await request.body())
    refuse_costly(update, writer.limits)
    edit = GraphEdit(EditKind.PATCH, graph, text=update)
    known = replace(condition_of(request), exists=True)
    written, rest = await carried_out(request, _work(request, edit, writer, known))
    return _told(written, 204, rest)


async def _delete(request: Request, graph: str, writer: Writer) -> Response:
    dataset, condition = state_of(request).dataset, condition_of(request)
    written, rest = await carried_out(
        request, lambda: remove(dataset, graph, writer, datetime.now(UTC), condition)
    )
    return _told(written, 204, rest)


def _work(
    request: Request, edit: GraphEdit, writer: Writer, condition: Condition
) -> Callable[[], Written]:
    dataset = state_of(request).dataset
    return lambda: carry_out(dataset, edit, writer, datetime.now(UTC), condition)


def _told(written: Written, status: int, rest: BackgroundTask) -> Response:
    headers = {"Kreislaufstadt-Generation": written.built.generation.name}
    return Response(status_code=status, headers=headers, background=rest)
