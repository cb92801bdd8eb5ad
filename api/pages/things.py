"""Check the IRIs that readers put into an address, and name things in words."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from pyoxigraph import NamedNode

from api.wording import foreign_labels
from kg.errors import BadParameter
from kg.identifiers import shortened
from kg.labels import labels_of, short_name
from kg.language import Language, Text
from kg.store import Store

_LOCAL: Final = re.compile(r"[A-Za-z0-9_](?:[\w.-]*[\w-])?", re.ASCII)


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


def words_for(store: Store, iris: Iterable[str], language: Language) -> dict[str, str]:
    """Return a label for each IRI: the graph's, else ours, else its last part."""
    labels = labels_of(store, iris, language)
    return {iri: in_words(iri, label, language) for iri, label in labels.items()}


def in_words(iri: str, label: str, language: Language) -> str:
    """Return our words for a term of a foreign vocabulary that the graph has no label for."""
    return label if label != short_name(iri) else foreign_labels(language).get(iri, label)


def short_form(iri: str) -> str:
    """Return an IRI with one of our prefixes where it can be written so in SPARQL, else whole.

    >>> short_form("https://w3id.org/kreislaufstadt/ontology#Measure")
    'ks:Measure'
    >>> short_form("https://w3id.org/kreislaufstadt/scheme/r-strategy/R3")
    'https://w3id.org/kreislaufstadt/scheme/r-strategy/R3'
    """
    form = shortened(iri)
    is_writable = form != iri and _LOCAL.fullmatch(form.partition(":")[2])
    return form if is_writable else iri
