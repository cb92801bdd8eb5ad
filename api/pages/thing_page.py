"""Show what the graph says about one thing: its facts, and what refers to it."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Final

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from api.own_queries import own_query
from api.pages.paths import page_path, thing_path
from api.pages.rendering import other_language, render
from api.pages.things import checked_iri
from api.state import state_of
from api.wording import foreign_labels
from kg.errors import UnknownIri
from kg.labels import labels_of, short_name
from kg.language import Language
from kg.serving.formats import AnswerFormat
from kg.serving.queries import Queries
from ontology.namespaces import RDF, RDFS, SDG, SKOS
from ontology.terms import BASE

FACT_LIMIT: Final = 400
SHOWN_VALUES: Final = 12
# Said by the heading and the line under it.
_HEADLINE: Final = frozenset({RDFS.label, SKOS.prefLabel, RDF.type})

_Binding = Mapping[str, Mapping[str, str]]


@dataclass(frozen=True, slots=True)
class Value:
    """Hold one value: its text, the IRI it leads to, the language of a text, a foreign address.

    `why` is the address of the explanation when the fact was inferred, else "".
    """

    text: str
    iri: str = ""
    language: str = ""
    web_address: str = ""
    why: str = ""


@dataclass(frozen=True, slots=True)
class Group:
    """Hold all values of one property, under the property's label."""

    property_iri: str
    label: str
    values: tuple[Value, ...]


async def thing_page(request: Request, iri: str, language: Language) -> Response:
    """Return the page about an IRI, or raise `UnknownIri`."""
    state = state_of(request)
    facts = await _solutions(state.queries, "facts", iri)
    references = await _solutions(state.queries, "references", iri)
    if not facts and not references:
        raise UnknownIri(iri)
    store = state.snapshots.current.store
    found = await run_in_threadpool(
        labels_of, store, _iris_in([*facts, *references]) | {iri}, language
    )
    labels = {name: in_words(name, label, language) for name, label in found.items()}
    types = [row["value"]["value"] for row in facts if row["property"]["value"] == RDF.type]
    values = {
        "iri": iri,
        "label": labels[iri],
        "types": [(kind, labels[kind]) for kind in types if kind in labels],
        "facts": _grouped(facts, labels, language, iri),
        "references": _grouped(references, labels, language),
        "shown_values": SHOWN_VALUES,
        "is_cut": max(len(facts), len(references)) >= FACT_LIMIT,
    }
    switch_path = thing_path(iri, other_language(language))
    return render("thing.html", language, switch_path=switch_path, values=values)


async def asked_thing_page(request: Request, language: Language) -> Response:
    """Return the page about the IRI in the address."""
    return await thing_page(request, checked_iri(request.query_params.get("iri", "")), language)


async def _solutions(queries: Queries, name: str, iri: str) -> list[_Binding]:
    query = own_query(name, {"thing": iri, "limit": str(FACT_LIMIT)})
    answer = await queries.answer(query, AnswerFormat.JSON)
    bindings: list[_Binding] = json.loads(answer.body)["results"]["bindings"]
    return bindings


def _iris_in(bindings: Iterable[_Binding]) -> set[str]:
    return {term["value"] for row in bindings for term in row.values() if term["type"] == "uri"}


def in_words(iri: str, label: str, language: Language) -> str:
    """Return our words for a term of a foreign vocabulary that the graph has no label for."""
    return label if label != short_name(iri) else foreign_labels(language).get(iri, label)


def _grouped(
    bindings: Iterable[_Binding], labels: Mapping[str, str], language: Language, iri: str = ""
) -> list[Group]:
    groups: dict[str, list[Value]] = defaultdict(list)
    for row in bindings:
        name = row["property"]["value"]
        if name not in _HEADLINE:
            value = _value(row["value"], labels)
            groups[name].append(replace(value, why=_why(row, iri, language)))
    ordered = sorted(groups, key=lambda name: (labels[name].casefold(), name))
    return [Group(name, labels[name], tuple(_in_order(groups[name], language))) for name in ordered]


def _why(row: _Binding, iri: str, language: Language) -> str:
    if row.get("inferred", {}).get("value") != "true" or row["value"]["type"] != "uri":
        return ""
    statement = {"predicate": row["property"]["value"], "object": row["value"]["value"]}
    return page_path("explanation", language, subject=iri, **statement)


def _value(term: Mapping[str, str], labels: Mapping[str, str]) -> Value:
    match term["type"]:
        case "uri":
            return _thing(term["value"], labels)
        case "bnode":
            return Value("…")
        case _:
            return Value(term["value"], language=term.get("xml:lang", ""))


def _thing(iri: str, labels: Mapping[str, str]) -> Value:
    """Return a thing by its label; what has none and is an address of the web leads there."""
    label = labels.get(iri, short_name(iri))
    is_foreign = iri.startswith(("https://", "http://")) and not iri.startswith(BASE)
    if is_foreign and label == short_name(iri) and not iri.startswith(SDG):
        return Value(iri, web_address=iri)
    return Value(label, iri)


def _in_order(values: Iterable[Value], language: Language) -> list[Value]:
    """Return the values, those in the reader's language first."""
    return sorted(
        values,
        key=lambda value: (value.language not in ("", language), value.text.casefold(), value.iri),
    )
