"""Hold the stored SPARQL queries and their typed catalogue."""

from queries.catalogue import (
    MissingValue,
    Parameter,
    StoredQuery,
    UnknownQuery,
    catalogue,
    competency_catalogue,
    parse_query,
    stored_query,
)
from queries.terms import BadValue

__all__ = [
    "BadValue",
    "MissingValue",
    "Parameter",
    "StoredQuery",
    "UnknownQuery",
    "catalogue",
    "competency_catalogue",
    "parse_query",
    "stored_query",
]
