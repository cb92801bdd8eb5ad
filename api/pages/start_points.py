"""List the things from which a picture of the graph can start."""

from __future__ import annotations

from typing import Final

from api.own_queries import own_query
from api.pages.check_options import Choice
from kg.language import Language
from kg.store import Store
from ontology.namespaces import KS

_KINDS: Final = {
    "strategy": KS.CircularStrategy,
    "concept": KS.MunicipalConcept,
    "measure": KS.Measure,
    "goal": KS.Goal,
}


def start_points(store: Store, language: Language) -> dict[str, tuple[Choice, ...]]:
    """Return strategies, concepts, measures and goals with their labels, each thing once."""
    groups: dict[str, tuple[Choice, ...]] = {}
    seen: set[str] = set()
    for key, kind in _KINDS.items():
        choices = []
        for row in store.select(own_query("start-points", {"class": kind}, language=language)):
            name = row.get("name") or row["spare"]
            iri = row["thing"].value
            if iri not in seen:
                seen.add(iri)
                choices.append(Choice(iri, name.value))
        if choices:
            groups[key] = tuple(sorted(choices, key=lambda item: (item.label.casefold(), item.iri)))
    return groups
