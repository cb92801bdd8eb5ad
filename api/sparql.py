"""Answer the SPARQL 1.1 Protocol at `/sparql`, by a path as thin as can be."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from typing import Final

from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Receive

from api.pages.sparql.page import empty_page
from api.rdf_documents import chosen_form, rdf_answer, rdf_document
from api.readers import reader_language
from api.representation import VARY, entity_tag, not_modified
from api.service_description import PREFIXES, service_triples
from api.sparql_request import (
    FORM,
    QUERY,
    UPDATE,
    QueryRequest,
    UpdateRequest,
    choose_format,
    read_request,
)
from api.sparql_update import sparql_update
from api.state import state_of
from api.visitors import client_of
from kg.serving.answer_cache import is_repeatable
from kg.serving.formats import AnswerFormat
from kg.serving.guard import inspect_query
from kg.serving.service import Answer

METHODS: Final = ("GET", "HEAD", "POST", "OPTIONS")
_CLIENT_GONE: Final = 499
_CLIENT_LEFT: Final = "the client left"
_UNWATCHED_SECONDS: Final = 0.05


async def sparql(request: Request) -> Response:
    """Answer one protocol request; the outcome never depends on an earlier one."""
    if request.method == "OPTIONS":
        headers = {"Allow": ", ".join(METHODS), "Accept-Post": f"{FORM}, {QUERY}, {UPDATE}"}
        return Response(status_code=204, headers=headers)
    asked = await read_request(request)
    if isinstance(asked, UpdateRequest):
        return await sparql_update(
            request,
            asked.update,
            using_graphs=asked.using_graphs,
            using_named_graphs=asked.using_named_graphs,
        )
    if asked.query is None:
        return await _without_query(request)
    queries = state_of(request).queries
    form = inspect_query(asked.query, queries.limits)
    chosen = choose_format(request.headers.get("accept"), asked.format_name, form)
    # The same question has the same answer as long as the data stays, unless it asks for chance.
    is_named = request.method != "POST" and is_repeatable(asked.query)
    identity = _identity(asked, chosen) if is_named else ()
    if is_named and queries.generation is not None:
        known = not_modified(request, entity_tag(queries.generation, *identity), VARY)
        if known is not None:
            return known
    answer = await _while_connected(
        request.receive,
        queries.answer(
            asked.query,
            chosen,
            default_graphs=asked.default_graphs,
            named_graphs=asked.named_graphs,
            client=client_of(request),
        ),
    )
    if answer is None:
        return Response(status_code=_CLIENT_GONE)
    headers = {
        "Content-Type": answer.content_type,
        "Vary": VARY,
        "Cache-Control": "no-cache",
        "Kreislaufstadt-Generation": answer.generation,
    }
    if is_named:
        headers["ETag"] = entity_tag(answer.generation, *identity)
    return Response(answer.body, headers=headers)


def _identity(asked: QueryRequest, chosen: AnswerFormat) -> tuple[str, ...]:
    """Return all that shapes an answer besides the data."""
    graphs = (*asked.default_graphs, "", *asked.named_graphs)
    return (asked.query or "", chosen.short_name, *graphs)


async def _while_connected(
    receive: Receive, asking: Coroutine[object, object, Answer]
) -> Answer | None:
    """Return the answer, or stop the query and return None when the client hangs up before it.

    Nobody watches in the first moment, in which most queries are answered: that is cheaper.
    """
    asker = asyncio.current_task()
    watching: list[asyncio.Task[None]] = []

    async def leave() -> None:
        while (await receive())["type"] != "http.disconnect":
            pass
        if asker is not None:
            asker.cancel(_CLIENT_LEFT)

    loop = asyncio.get_running_loop()
    timer = loop.call_later(_UNWATCHED_SECONDS, lambda: watching.append(loop.create_task(leave())))
    try:
        return await asking
    except asyncio.CancelledError as error:
        if asker is None or error.args != (_CLIENT_LEFT,):
            raise
        asker.uncancel()
        return None
    finally:
        timer.cancel()
        for watcher in watching:
            watcher.cancel()


async def _without_query(request: Request) -> Response:
    chosen = chosen_form(request)
    if chosen is None:
        return empty_page(request, reader_language(request))
    endpoint = str(request.url.replace(query="", fragment=""))
    snapshots = state_of(request).snapshots
    figures = await snapshots.figures()
    sources = snapshots.current.generation.sources
    return await rdf_answer(
        request,
        chosen,
        endpoint,
        snapshots.once(
            f"{endpoint} {chosen.short_name}",
            lambda: rdf_document(
                service_triples(endpoint, figures, sources), chosen, prefixes=PREFIXES
            ),
        ),
    )
