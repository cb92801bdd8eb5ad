"""Check the IRIs that readers put into an address."""

from __future__ import annotations

from pyoxigraph import NamedNode

from kg.errors import BadParameter
from kg.language import Text


def checked_iri(iri: str) -> str:
    """Return an IRI that can stand in a query, or raise `BadParameter`.

    >>> checked_iri("http://metadata.un.org/sdg/12.5")
    'http://metadata.un.org/sdg/12.5'
    """
    expected = Text("eine vollständige IRI", "a whole IRI")
    # NamedNode takes more than the grammar of a query does (SPARQL 1.1, 19.8, IRIREF).
    if any(sign in '<>"{}|^`\\' or sign <= " " for sign in iri):
        raise BadParameter("iri", iri, expected)
    try:
        return NamedNode(iri).value
    except ValueError as error:
        raise BadParameter("iri", iri, expected) from error
