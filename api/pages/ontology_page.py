"""Show the classes and properties of the ontology with their definitions."""

from __future__ import annotations

from dataclasses import dataclass

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from api.own_queries import own_query
from api.pages.rendering import other_language, render
from api.state import state_of
from kg.language import Language
from kg.store import Store, text_of
from ontology.namespaces import KS


@dataclass(frozen=True, slots=True)
class OntologyTerm:
    """Hold a term: its name, which is also its anchor, label and definition."""

    name: str
    iri: str
    label: str
    definition: str


async def ontology_page(request: Request, language: Language) -> Response:
    """Return the page with all terms in the reader's language."""
    store = state_of(request).snapshots.current.store
    sections = await run_in_threadpool(_sections, store, language)
    return render(
        "ontology.html",
        language,
        switch_path=f"/ontology?lang={other_language(language)}",
        values={"sections": sections},
    )


def _sections(store: Store, language: Language) -> dict[str, list[OntologyTerm]]:
    sections: dict[str, list[OntologyTerm]] = {
        "Class": [],
        "ObjectProperty": [],
        "DatatypeProperty": [],
    }
    for row in store.select(own_query("ontology-terms", language=language)):
        iri = row["term"].value
        term = OntologyTerm(
            name=iri.removeprefix(KS.base),
            iri=iri,
            label=row["label"].value,
            definition=text_of(row.get("definition")),
        )
        sections[row["kind"].value.rpartition("#")[2]].append(term)
    return sections
