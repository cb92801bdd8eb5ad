"""Read a SPARQL 1.1 Protocol request: by GET, by form POST and by direct POST."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from pyoxigraph import NamedNode
from starlette.datastructures import Headers
from starlette.requests import Request

from api.form_fields import fields_of, utf8_text
from api.negotiation import best_offer
from api.refusals import NotAcceptable, UnsupportedMediaType
from kg.errors import BadParameter
from kg.language import Text
from kg.serving.formats import AnswerFormat
from kg.serving.guard import QueryForm

FORM: Final = "application/x-www-form-urlencoded"
QUERY: Final = "application/sparql-query"
UPDATE: Final = "application/sparql-update"

_USING: Final = ("using-graph-uri", "using-named-graph-uri")
_UTF8: Final = frozenset({"utf-8", "utf8"})
_LONG_ACCEPT: Final = 500
_BY_POST: Final = Text("eine Änderung nur mit POST", "an update by POST only")
_IN_BODY: Final = Text("bei POST der Wert im Inhalt", "the value in the body of a POST")
_ONLY_UPDATE: Final = Text("diese Angabe nur bei Änderungen", "this parameter with updates only")
_ONLY_QUERY: Final = Text("diese Angabe nur bei Anfragen", "this parameter with queries only")
_ONE_QUERY: Final = Text("genau eine SPARQL-Anfrage", "exactly one SPARQL query")
_ONE_UPDATE: Final = Text("genau eine SPARQL-Änderung", "exactly one SPARQL update")

# Media types that clients send for a format besides its own.
SOLUTION_TYPES: Final[Mapping[AnswerFormat, tuple[str, ...]]] = {
    AnswerFormat.JSON: (AnswerFormat.JSON.media_type, "application/json", "text/json"),
    AnswerFormat.XML: (AnswerFormat.XML.media_type, "application/xml", "text/xml"),
    AnswerFormat.CSV: (AnswerFormat.CSV.media_type,),
    AnswerFormat.TSV: (AnswerFormat.TSV.media_type,),
}
GRAPH_TYPES: Final[Mapping[AnswerFormat, tuple[str, ...]]] = {
    AnswerFormat.TURTLE: (
        AnswerFormat.TURTLE.media_type,
        "application/turtle",
        "application/x-turtle",
        "text/n3",
        "text/rdf+n3",
    ),
    AnswerFormat.N_TRIPLES: (AnswerFormat.N_TRIPLES.media_type, "text/plain"),
    AnswerFormat.JSON_LD: (AnswerFormat.JSON_LD.media_type, "application/json"),
    AnswerFormat.RDF_XML: (AnswerFormat.RDF_XML.media_type, "application/xml", "text/xml"),
    AnswerFormat.N_QUADS: (AnswerFormat.N_QUADS.media_type, "text/x-nquads"),
    AnswerFormat.TRIG: (AnswerFormat.TRIG.media_type, "application/x-trig"),
}
_BOOLEAN_TYPES: Final = {
    kind: SOLUTION_TYPES[kind] for kind in (AnswerFormat.JSON, AnswerFormat.XML)
}
_SOLUTION_NAMES: Final = {
    "json": AnswerFormat.JSON,
    "xml": AnswerFormat.XML,
    "csv": AnswerFormat.CSV,
    "tsv": AnswerFormat.TSV,
}
_GRAPH_NAMES: Final = {
    "turtle": AnswerFormat.TURTLE,
    "ttl": AnswerFormat.TURTLE,
    "n3": AnswerFormat.TURTLE,
    "ntriples": AnswerFormat.N_TRIPLES,
    "nt": AnswerFormat.N_TRIPLES,
    "jsonld": AnswerFormat.JSON_LD,
    "json-ld": AnswerFormat.JSON_LD,
    "json": AnswerFormat.JSON_LD,
    "rdfxml": AnswerFormat.RDF_XML,
    "rdf": AnswerFormat.RDF_XML,
    "rdf+xml": AnswerFormat.RDF_XML,
    "xml": AnswerFormat.RDF_XML,
    "nquads": AnswerFormat.N_QUADS,
    "nq": AnswerFormat.N_QUADS,
    "trig": AnswerFormat.TRIG,
}


@dataclass(frozen=True, slots=True)
class QueryRequest:
    """Hold what a client asked: the query (None when there is none), graphs, a format by name."""

    query: str | None
    default_graphs: tuple[str, ...] = ()
    named_graphs: tuple[str, ...] = ()
    format_name: str | None = None


@dataclass(frozen=True, slots=True)
class UpdateRequest:
    """Hold what a client wants changed: the update and the graphs its WHERE parts look at."""

    update: str
    using_graphs: tuple[str, ...] = ()
    using_named_graphs: tuple[str, ...] = ()


_Fields = list[tuple[str, str]]


async def read_request(request: Request) -> QueryRequest | UpdateRequest:
    """Return what a client asks or wants changed (SPARQL 1.1 Protocol, 2.1 and 2.2).

    Raises:
        BadEncoding: Address or body are no UTF-8.
        BadParameter: A parameter is missing, given twice, or does not belong to the operation.
        UnsupportedMediaType: The body is of another kind, in another character set, or compressed.
    """
    in_address = fields_of(request.scope["query_string"])
    if request.method != "POST":
        _refuse(in_address, ("update", *_USING), _BY_POST)
        return _query(in_address)
    kind = _kind_of_body(request.headers)
    # The operation itself travels in the body (2.1.2, 2.1.3); graphs may stand in the address.
    _refuse(in_address, ("query", "update"), _IN_BODY)
    body = await request.body()
    match kind:
        case "application/x-www-form-urlencoded":
            fields = in_address + fields_of(body)
            if any(name == "update" for name, _ in fields):
                return _update(fields)
            return _required(_query(fields))
        case "application/sparql-query":
            return _query([*in_address, ("query", utf8_text(body))])
        case _:
            return _update([*in_address, ("update", utf8_text(body))])


def _kind_of_body(headers: Headers) -> str:
    """Return the media type of a body that can be read, or raise `UnsupportedMediaType`."""
    kind, *parameters = headers.get("content-type", "").split(";")
    media_type = kind.strip().lower()
    if media_type not in (FORM, QUERY, UPDATE):
        raise UnsupportedMediaType((FORM, QUERY))
    for parameter in parameters:
        name, _, value = parameter.partition("=")
        is_charset = name.strip().lower() == "charset"
        if is_charset and value.strip().strip('"').lower() not in _UTF8:
            raise UnsupportedMediaType((f"{media_type}; charset=utf-8",))
    return media_type


def _refuse(fields: _Fields, names: tuple[str, ...], expected: Text) -> None:
    for name, _ in fields:
        if name in names:
            raise BadParameter(name, "…", expected)


def _required(request: QueryRequest) -> QueryRequest:
    if request.query is None:
        raise BadParameter("query", "", _ONE_QUERY)
    return request


def _query(fields: _Fields) -> QueryRequest:
    _refuse(fields, _USING, _ONLY_UPDATE)
    queries = [value for name, value in fields if name == "query"]
    if len(queries) > 1:
        raise BadParameter("query", "…", _ONE_QUERY)
    names = [value for name, value in fields if name == "format"]
    request = QueryRequest(
        query=queries[0] if queries else None,
        default_graphs=_graphs(fields, "default-graph-uri"),
        named_graphs=_graphs(fields, "named-graph-uri"),
        format_name=names[-1].lower() if names and names[-1] else None,
    )
    has_dataset = bool(request.default_graphs or request.named_graphs)
    return _required(request) if has_dataset else request


def _update(fields: _Fields) -> UpdateRequest:
    _refuse(fields, ("query", "default-graph-uri", "named-graph-uri"), _ONLY_QUERY)
    updates = [value for name, value in fields if name == "update"]
    if len(updates) != 1:
        raise BadParameter("update", "…", _ONE_UPDATE)
    return UpdateRequest(
        updates[0], _graphs(fields, "using-graph-uri"), _graphs(fields, "using-named-graph-uri")
    )


def _graphs(fields: _Fields, wanted: str) -> tuple[str, ...]:
    graphs = tuple(value for name, value in fields if name == wanted)
    for graph in graphs:
        try:
            NamedNode(graph)
        except ValueError as error:
            raise BadParameter(wanted, graph, Text("eine IRI", "an IRI")) from error
    return graphs


def choose_format(accept: str | None, name: str | None, form: QueryForm) -> AnswerFormat:
    """Return the format of an answer: the one named, else the one the client likes best.

    A yes or no has no CSV and no TSV: their specification covers SELECT only (SPARQL 1.1 Query
    Results CSV and TSV Formats, 1).

    Raises:
        BadParameter: There is no format of that name.
        NotAcceptable: A query of this form has no answer in that format.
    """
    # A text of its own length is not worth keeping; an Accept header of a client repeats.
    if accept is not None and len(accept) > _LONG_ACCEPT:
        return _chosen_format.__wrapped__(accept, name, form)
    return _chosen_format(accept, name, form)


@lru_cache(maxsize=512)
def _chosen_format(accept: str | None, name: str | None, form: QueryForm) -> AnswerFormat:
    types = _types_for(form)
    available = tuple(offer.media_type for offer in types)
    if name is not None and "/" in name:
        # Some clients repeat their Accept header in the parameter.
        accept = name
    elif name is not None:
        if name not in _GRAPH_NAMES and name not in _SOLUTION_NAMES:
            known = ", ".join(sorted({*_GRAPH_NAMES, *_SOLUTION_NAMES}))
            raise BadParameter("format", name, Text(known, known))
        named = (_GRAPH_NAMES if form.gives_graph else _SOLUTION_NAMES).get(name)
        if named is None or named not in types:
            raise NotAcceptable(available)
        return named
    chosen = best_offer(accept, types)
    if chosen is None:
        raise NotAcceptable(available)
    return chosen


def _types_for(form: QueryForm) -> Mapping[AnswerFormat, tuple[str, ...]]:
    if form.gives_graph:
        return GRAPH_TYPES
    return _BOOLEAN_TYPES if form is QueryForm.ASK else SOLUTION_TYPES
