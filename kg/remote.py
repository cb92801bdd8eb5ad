"""Ask a remote SPARQL endpoint; the only module that knows SPARQLWrapper.

Nothing here runs unless a person names an endpoint.
"""

from __future__ import annotations

from collections.abc import Mapping
from urllib.error import URLError

from pyoxigraph import BlankNode, Literal, NamedNode
from SPARQLWrapper import JSON, POST, SPARQLWrapper
from SPARQLWrapper.SPARQLExceptions import SPARQLWrapperException

from kg.errors import RemoteFailed
from kg.store import Term
from kg.stored import Table


class RemoteEndpoint:
    """Send SELECT queries to one SPARQL 1.1 endpoint."""

    def __init__(self, url: str, *, timeout_seconds: int = 30) -> None:
        self._url = url
        self._timeout_seconds = timeout_seconds

    def select(self, query: str) -> Table:
        """Return the answer of a SELECT query.

        Raises:
            RemoteFailed: the endpoint cannot be reached, refuses the query or answers otherwise.
        """
        # A form post is what every engine takes: Virtuoso hangs on a direct post.
        wrapper = SPARQLWrapper(self._url, returnFormat=JSON)
        wrapper.setMethod(POST)
        wrapper.setTimeout(self._timeout_seconds)
        wrapper.setQuery(query)
        try:
            answer = wrapper.queryAndConvert()
        except (SPARQLWrapperException, URLError, OSError) as error:
            detail = str(error).strip().splitlines() or [type(error).__name__]
            raise RemoteFailed(self._url, detail[0]) from error
        try:
            return _table(answer)
        except (KeyError, TypeError, ValueError) as error:
            raise RemoteFailed(self._url, "no SPARQL results in JSON") from error


def _table(answer: object) -> Table:
    if not isinstance(answer, dict):
        raise TypeError
    columns = tuple(answer["head"]["vars"])
    rows = tuple(
        tuple(_term(row[name]) if name in row else None for name in columns)
        for row in answer["results"]["bindings"]
    )
    return Table(columns, rows)


def _term(binding: Mapping[str, str]) -> Term:
    value = binding["value"]
    match binding["type"]:
        case "uri":
            return NamedNode(value)
        case "bnode":
            return BlankNode(value)
        # Virtuoso 7 says typed-literal, as SPARQL 1.0 did.
        case "literal" | "typed-literal":
            if "xml:lang" in binding:
                return Literal(value, language=binding["xml:lang"])
            datatype = binding.get("datatype")
            return Literal(value, datatype=NamedNode(datatype) if datatype else None)
        case other:
            raise ValueError(other)
