"""Describe one thing: a concise bounded description with labels, and what refers to it.

The statements about the thing, those about the blank nodes they lead to (W3C member submission CBD,
https://www.w3.org/submissions/CBD/), the labels of the things it points to, and at most
`INCOMING_LIMIT` references to it with the labels of where they come from.
"""

from __future__ import annotations

from typing import Final

from pyoxigraph import Triple

from api.own_queries import own_query
from kg.embedded import EmbeddedStore
from kg.errors import UnknownIri

INCOMING_LIMIT: Final = 200


def description_of(store: EmbeddedStore, iri: str) -> list[Triple]:
    """Return the description of a thing, or raise `UnknownIri` when nothing is said of it."""
    said = store.construct(own_query("description", {"thing": iri}))
    incoming = store.construct(own_query("incoming", {"thing": iri, "limit": str(INCOMING_LIMIT)}))
    if not said and not incoming:
        raise UnknownIri(iri)
    return [*said, *store.construct(own_query("neighbour-labels", {"thing": iri})), *incoming]
