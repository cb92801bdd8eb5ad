"""Read a SPARQL 1.1 Protocol request: query by GET, by form POST and by direct POST."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final
from urllib.parse import parse_qsl

from pyoxigraph import NamedNode
from starlette.requests import Request

from api.negotiation import best_offer
from api.refusals import NotAcceptable, UnsupportedMediaType
from kg.errors import BadParameter, BadQuery, ForbiddenQuery
from kg.language import Text
from kg.serving.formats import AnswerFormat
from kg.serving.guard import QueryForm

FORM: Final = "application/x-www-form-urlencoded"
QUERY: Final = "application/sparql-query"
UPDATE: Final = "application/sparql-update"

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
}


@dataclass(frozen=True, slots=True)
class ProtocolRequest:
    """Hold what a client asked: the query (None when there is none), graphs, a format by name."""

    query: str | None
    default_graphs: tuple[str, ...] = ()
    named_graphs: tuple[str, ...] = ()
    format_name: str | None = None


async def read_request(request: Request) -> ProtocolRequest:
    """Return what a client asked, or raise what is wrong with the request."""
    parameters = list(request.query_params.multi_items())
    if request.method != "POST":
        return _from_parameters(parameters)
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    match kind:
        case "application/x-www-form-urlencoded":
            body = _decoded(await request.body())
            # Once and no more: `%25` is a percent sign of the query.
            fields = parse_qsl(body, keep_blank_values=True)
            return _required(_from_parameters(parameters + fields))
        case "application/sparql-query":
            query = _decoded(await request.body())
            return _from_parameters([*parameters, ("query", query)])
        case "application/sparql-update":
            raise _no_update()
        case _:
            raise UnsupportedMediaType((FORM, QUERY))


def _decoded(body: bytes) -> str:
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError as error:
        raise BadQuery("UTF-8") from error


def _required(request: ProtocolRequest) -> ProtocolRequest:
    if request.query is None:
        raise BadParameter("query", "", Text("eine SPARQL-Anfrage", "a SPARQL query"))
    return request


def _from_parameters(parameters: list[tuple[str, str]]) -> ProtocolRequest:
    if any(name == "update" for name, _ in parameters):
        raise _no_update()
    queries = [value for name, value in parameters if name == "query"]
    if len(queries) > 1:
        raise BadParameter(
            "query",
            "…",
            Text("genau eine SPARQL-Anfrage", "exactly one SPARQL query"),
        )
    names = [value for name, value in parameters if name == "format"]
    return ProtocolRequest(
        query=queries[0] if queries else None,
        default_graphs=_graphs(parameters, "default-graph-uri"),
        named_graphs=_graphs(parameters, "named-graph-uri"),
        format_name=names[-1].lower() if names and names[-1] else None,
    )


def _graphs(parameters: list[tuple[str, str]], wanted: str) -> tuple[str, ...]:
    graphs = tuple(value for name, value in parameters if name == wanted)
    for graph in graphs:
        try:
            NamedNode(graph)
        except ValueError as error:
            raise BadParameter(wanted, graph, Text("eine IRI", "an IRI")) from error
    return graphs


def _no_update() -> ForbiddenQuery:
    return ForbiddenQuery(
        Text(
            "Dieser Zugang nimmt keine Änderungen an. Daten kommen über die Befehlszeile"
            " in den Bestand (kreislaufstadt load).",
            "This door takes no changes. Data enters through the command line"
            " (kreislaufstadt load).",
        )
    )


def choose_format(accept: str | None, name: str | None, form: QueryForm) -> AnswerFormat:
    """Return the format of an answer: the one named, else the one the client likes best.

    Raises:
        BadParameter: There is no format of that name.
        NotAcceptable: A query of this form has no answer in that format.
    """
    names = _GRAPH_NAMES if form.gives_graph else _SOLUTION_NAMES
    types = GRAPH_TYPES if form.gives_graph else SOLUTION_TYPES
    available = tuple(offer.media_type for offer in types)
    if name is not None and "/" in name:
        # Some clients repeat their Accept header in the parameter.
        accept = name
    elif name is not None:
        if name not in _GRAPH_NAMES and name not in _SOLUTION_NAMES:
            known = ", ".join(sorted({*_GRAPH_NAMES, *_SOLUTION_NAMES}))
            raise BadParameter("format", name, Text(known, known))
        if name not in names:
            raise NotAcceptable(available)
        return names[name]
    chosen = best_offer(accept, types)
    if chosen is None:
        raise NotAcceptable(available)
    return chosen
