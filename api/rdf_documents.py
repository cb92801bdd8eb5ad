"""Choose the form of a description and answer with it: RDF with its addresses, or a page."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from pyoxigraph import NamedNode, Triple, serialize
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from api.json_ld import compacted
from api.negotiation import best_offer
from api.readers import PAGE_TYPES
from api.refusals import NotAcceptable
from api.representation import VARY, entity_tag, not_modified
from api.sparql_request import GRAPH_TYPES, choose_format
from api.state import state_of
from kg.serving.formats import GRAPH_FORMATS, AnswerFormat, prefixes_of
from kg.serving.guard import QueryForm
from ontology.namespaces import PREFIXES, RDF

_LINES = (AnswerFormat.N_TRIPLES, AnswerFormat.N_QUADS)


def rdf_document(
    triples: Iterable[Triple],
    chosen: AnswerFormat,
    *,
    about: str = "",
    prefixes: Mapping[str, str] = PREFIXES,
) -> bytes:
    """Return triples in a format, sorted, what is said `about` a thing first."""

    def place(triple: Triple) -> tuple[bool, str, bool, str]:
        subject, predicate = triple.subject, triple.predicate.value
        is_main = isinstance(subject, NamedNode) and subject.value == about
        return not is_main, str(subject), predicate != RDF.type, f"{predicate} {triple.object}"

    listed = sorted(set(triples), key=place)
    if chosen is AnswerFormat.JSON_LD:
        return compacted(listed, prefixes)
    used = None if chosen in _LINES else prefixes_of(listed, prefixes)
    return serialize(listed, format=GRAPH_FORMATS[chosen], prefixes=used) or b""


def chosen_form(request: Request) -> AnswerFormat | None:
    """Return the RDF format a client wants, None for a page; `?format=` beats the header."""
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


def path_of(request: Request) -> str:
    """Return the path as it was sent: IRIs of ours keep their percent signs."""
    raw = request.scope.get("raw_path")
    path = raw.decode("ascii", "replace") if isinstance(raw, bytes) else request.url.path
    return path.partition("?")[0]


def alternate_links(request: Request, subject: str) -> str:
    """Return a Link header: the thing described, and the address of each format (RFC 8288)."""
    path = path_of(request)
    links = [f'<{subject}>; rel="describes"']
    links += [
        f'<{path}?format={offer.short_name}>; rel="alternate"; type="{offer.media_type}"'
        for offer in GRAPH_TYPES
    ]
    return ", ".join([*links, f'<{path}?format=html>; rel="alternate"; type="text/html"'])


def rdf_headers(request: Request, chosen: AnswerFormat, subject: str) -> Mapping[str, str]:
    """Return the headers of a description in a format, with the address of this very document."""
    return {
        "Content-Type": chosen.content_type,
        "Content-Location": f"{path_of(request)}?format={chosen.short_name}",
        "Vary": VARY,
        "Cache-Control": "no-cache",
        "Link": alternate_links(request, subject),
    }


def tag_of(request: Request, chosen: AnswerFormat, subject: str, generation: str) -> str:
    """Return the entity tag of a description; those of the service name the host they are at."""
    return entity_tag(generation, str(request.base_url), subject, chosen.short_name)


def rdf_response(
    request: Request, chosen: AnswerFormat, subject: str, *, generation: str, body: bytes
) -> Response:
    """Return a description of a generation with all that a client can tell of it."""
    headers = {
        **rdf_headers(request, chosen, subject),
        "ETag": tag_of(request, chosen, subject, generation),
        "Kreislaufstadt-Generation": generation,
    }
    return Response(body, headers=headers)


async def rdf_answer(
    request: Request, chosen: AnswerFormat, subject: str, write: Callable[[], bytes]
) -> Response:
    """Answer with what `write` makes of the current snapshot, or that nothing has changed."""
    generation = state_of(request).snapshots.current.generation.name
    known = not_modified(request, tag_of(request, chosen, subject, generation), VARY)
    if known is not None:
        return known
    body = await run_in_threadpool(write)
    return rdf_response(request, chosen, subject, generation=generation, body=body)
