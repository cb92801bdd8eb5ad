"""Give all that the graph says about a thing, each statement with its review by inference."""

from __future__ import annotations

import json
from typing import Final

from pydantic import BaseModel
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request

from api.own_queries import own_query
from api.rest.listing import Named
from api.state import state_of
from api.wording import foreign_labels
from kg.labels import labels_of, short_name
from kg.language import Language
from kg.serving.formats import AnswerFormat

FACTS: Final = 400


class Fact(BaseModel):
    """State one property of a thing; `inferred` tells that a rule, not a source, says so."""

    property: Named
    value: str
    label: str | None
    language: str | None
    inferred: bool


async def facts_about(request: Request, iri: str, language: Language) -> list[Fact]:
    """Return what the graph says about a thing, at most 400 statements, by property and value."""
    state = state_of(request)
    query = own_query("facts", {"thing": iri, "limit": str(FACTS)})
    found = await state.queries.answer(query, AnswerFormat.JSON)
    rows = json.loads(found.body)["results"]["bindings"]
    iris = {term["value"] for row in rows for term in row.values() if term["type"] == "uri"}
    store = state.snapshots.current.store
    labels = await run_in_threadpool(labels_of, store, iris, language)
    foreign = foreign_labels(language)

    def label(name: str) -> str:
        known = labels.get(name, short_name(name))
        return known if known != short_name(name) else foreign.get(name, known)

    return [
        Fact(
            property=Named(iri=row["property"]["value"], label=label(row["property"]["value"])),
            value=row["value"]["value"],
            label=label(row["value"]["value"]) if row["value"]["type"] == "uri" else None,
            language=row["value"].get("xml:lang"),
            inferred=row["inferred"]["value"] == "true",
        )
        for row in rows
        if row["value"]["type"] != "bnode"
    ]
