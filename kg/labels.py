"""Find the label of a thing in the language a reader wants."""

from __future__ import annotations

from collections.abc import Iterable

from pyoxigraph import Literal, NamedNode

from kg.language import Language
from kg.store import Store
from ontology.namespaces import RDFS, SKOS


def labels_of(store: Store, iris: Iterable[str], language: Language) -> dict[str, str]:
    """Return a label for each IRI: the wanted language, else the other, else the last part."""
    wanted = sorted(set(iris))
    found: dict[str, tuple[int, str]] = {}
    for start in range(0, len(wanted), 400):
        values = " ".join(str(NamedNode(iri)) for iri in wanted[start : start + 400])
        query = (
            f"SELECT ?thing ?label WHERE {{ VALUES ?thing {{ {values} }}"
            f" ?thing <{RDFS.label}>|<{SKOS.prefLabel}> ?label }}"
        )
        for row in store.select(query):
            label = row["label"]
            if isinstance(label, Literal):
                ranked = (_rank(label.language, language), label.value)
                key = row["thing"].value
                found[key] = min(found.get(key, ranked), ranked)
    return {iri: found[iri][1] if iri in found else short_name(iri) for iri in wanted}


def _rank(tag: str | None, language: Language) -> int:
    if tag == language:
        return 0
    return 1 if tag in ("de", "en") else 2


def short_name(iri: str) -> str:
    """Return the last part of an IRI.

    >>> short_name("http://metadata.un.org/sdg/12.5")
    '12.5'
    """
    return iri.rstrip("/#").replace("#", "/").rsplit("/", 1)[-1]
