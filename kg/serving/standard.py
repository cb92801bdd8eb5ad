"""Write a query so that no engine finds anything in it that the standard does not know."""

from __future__ import annotations

from collections.abc import Collection
from typing import Final

from kg.errors import ForbiddenQuery
from kg.language import Text
from kg.serving.dataset_clause import clauses_in, graphs_asked_in, unescaped
from kg.serving.tokens import Kind, tokens_of

# Names of functions of Virtuoso's SQL.
_BUILT_IN: Final = ("bif:", "sql:")
NO_GRAPH: Final = "urn:x-kreislaufstadt:no-graph"


def standard_text(query: str, graphs: Collection[str]) -> str:
    r"""Return a query without comments and FROM, in which GRAPH names one of these graphs or none.

    The dataset goes by the protocol's parameters: Virtuoso adds to it what FROM names, and opens
    any graph that GRAPH names.

    Raises:
        ForbiddenQuery: It calls a function of an engine's SQL.

    >>> standard_text("SELECT * # pragma\n{ GRAPH <urn:a> { ?s ?p '#' } }", ["urn:a"])
    "SELECT * { GRAPH <urn:a> { ?s ?p '#' } }"
    >>> standard_text("ASK { GRAPH <urn:a> { ?s ?p ?o } }", [])
    'ASK { GRAPH <urn:x-kreislaufstadt:no-graph> { ?s ?p ?o } }'
    """
    clauses = {token.start for token in clauses_in(query)}
    foreign = {token.start for token, iri in graphs_asked_in(query) if iri not in graphs}
    parts: list[str] = []
    end = 0
    for token in tokens_of(query):
        if token.kind is Kind.IRI and _may_become_built_in(token.text[1:-1]):
            raise _forbidden()
        if token.start > end and parts:
            parts.append(" ")
        if token.start not in clauses:
            parts.append(f"<{NO_GRAPH}>" if token.start in foreign else token.text)
        end = token.start + len(token.text)
    return "".join(parts)


def _may_become_built_in(iri: str) -> bool:
    """Tell whether an IRI is such a name, or a start that a prefixed name could complete."""
    plain = unescaped(iri).lower()
    return any(plain.startswith(name) or name.startswith(plain) for name in _BUILT_IN if plain)


def _forbidden() -> ForbiddenQuery:
    return ForbiddenQuery(
        Text(
            "Funktionen einer bestimmten Datenbank (bif:, sql:) sind nicht erlaubt.",
            "Functions of one particular database (bif:, sql:) are not allowed.",
        )
    )
