"""Ask a remote SPARQL endpoint; the only module that knows SPARQLWrapper.

Nothing here runs unless a person names an endpoint.
"""

from __future__ import annotations

import ast
from collections.abc import Iterable
from http.client import HTTPException
from typing import Final
from urllib.error import HTTPError, URLError

from pyoxigraph import Triple
from SPARQLWrapper import ASK, CONSTRUCT, INSERT, JSON, POST, SELECT, TURTLE, SPARQLWrapper
from SPARQLWrapper.SPARQLExceptions import SPARQLWrapperException, Unauthorized

from kg.errors import RemoteFailed
from kg.remote.answers import table_of, triples_of, truth_of
from kg.remote.credentials import Credentials
from kg.remote.sending import send
from kg.store import Term
from kg.stored import Table

JSON_TYPE: Final = "application/sparql-results+json"
TRIPLES_TYPE: Final = "application/n-triples"
Parameters = Iterable[tuple[str, str]]
_DETAIL: Final = 200
_MAX_ROWS: Final = "x-sparql-maxrows"


class RemoteEndpoint:
    """Send queries and updates to one SPARQL 1.1 endpoint.

    Each method raises `RemoteFailed` when the endpoint cannot be reached, refuses what is sent or
    answers with something else. `parameters` are those of the protocol, such as default-graph-uri.
    """

    def __init__(
        self,
        url: str,
        *,
        update_url: str = "",
        credentials: Credentials | None = None,
        timeout_seconds: int = 30,
    ) -> None:
        self.url = url
        self._update_url = update_url or url
        self.credentials = credentials or Credentials("", "")
        self.timeout_seconds = timeout_seconds

    def select(self, query: str) -> Table:
        """Return the answer of a SELECT query."""
        columns, rows = self.table(query)
        return Table(tuple(columns), tuple(map(tuple, rows)))

    def table(
        self, query: str, parameters: Parameters = ()
    ) -> tuple[list[str], list[list[Term | None]]]:
        """Return the variables and rows of a SELECT query."""
        body, most = self._asked(SELECT, query, JSON_TYPE, parameters)
        try:
            names, rows = table_of(body)
        except ValueError as error:
            raise RemoteFailed(self.url, str(error)) from error
        if most is not None and len(rows) >= most:
            raise RemoteFailed(self.url, f"the engine gives no more than {most} rows")
        return names, rows

    def ask(self, query: str, parameters: Parameters = ()) -> bool:
        """Return the answer of an ASK query."""
        body, _ = self._asked(ASK, query, JSON_TYPE, parameters)
        try:
            return truth_of(body)
        except ValueError as error:
            raise RemoteFailed(self.url, str(error)) from error

    def construct(self, query: str, parameters: Parameters = ()) -> list[Triple]:
        """Return the triples of a CONSTRUCT or DESCRIBE query."""
        body, _ = self._asked(CONSTRUCT, query, TRIPLES_TYPE, parameters)
        try:
            return triples_of(body)
        except ValueError as error:
            raise RemoteFailed(self.url, str(error)) from error

    def update(self, update: str) -> None:
        """Carry out an update."""
        if self.credentials.are_given and not self.credentials.has_challenge:
            self._learn_challenge()
        try:
            self._sent(self._update_url, INSERT, update, "*/*", ())
        except _Refused:
            # The challenge was used up, or none was needed before.
            self._learn_challenge()
            try:
                self._sent(self._update_url, INSERT, update, "*/*", ())
            except _Refused as error:
                raise RemoteFailed(self._update_url, "401 Unauthorized") from error

    def _learn_challenge(self) -> None:
        asked = send(
            "GET",
            self._update_url,
            headers={},
            credentials=Credentials("", ""),
            timeout_seconds=self.timeout_seconds,
        )
        self.credentials.learn(asked.headers.get("www-authenticate", "Basic"))

    def _asked(
        self, kind: str, query: str, accept: str, parameters: Parameters
    ) -> tuple[bytes, int | None]:
        try:
            return self._sent(self.url, kind, query, accept, parameters)
        except _Refused as error:
            raise RemoteFailed(self.url, "401 Unauthorized") from error

    def _sent(
        self, url: str, kind: str, text: str, accept: str, parameters: Parameters
    ) -> tuple[bytes, int | None]:
        form = TURTLE if kind == CONSTRUCT else JSON
        wrapper = SPARQLWrapper(self.url, self._update_url, returnFormat=form)
        # A form post is what every engine takes: Virtuoso hangs on a direct post.
        wrapper.setMethod(POST)
        wrapper.setOnlyConneg(True)
        wrapper.setTimeout(self.timeout_seconds)
        # Not by setQuery, which guesses the kind from the first word it knows in the text.
        wrapper.queryString, wrapper.queryType = text, kind
        for name, value in parameters:
            wrapper.addParameter(name, value)
        for name, value in self.credentials.headers("POST", url).items():
            wrapper.addCustomHttpHeader(name, value)
        wrapper.addCustomHttpHeader("Accept", accept)
        try:
            response = wrapper.query().response
            body: bytes = response.read()
            most = response.headers.get(_MAX_ROWS)
        except Unauthorized as error:
            raise _Refused from error
        except (SPARQLWrapperException, HTTPException, URLError, OSError) as error:
            raise RemoteFailed(url, _detail(error)) from error
        return body, int(most) if most and most.isdigit() else None


class _Refused(Exception):
    """Say that the endpoint wants another proof of who asks."""


def _detail(error: Exception) -> str:
    """Return one line on what went wrong: the engine's own first line where it sent one."""
    if isinstance(error, HTTPError):
        error.close()
        return f"HTTP {error.code}"
    _, found, sent = str(error).partition("Response:\n")
    # The wrapper shows the body as Python writes bytes.
    text = ast.literal_eval(sent).decode("utf-8", "replace") if found else str(error)
    lines = text.strip().splitlines() or [type(error).__name__]
    return str(lines[0])[:_DETAIL]
