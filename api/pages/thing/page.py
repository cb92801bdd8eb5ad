"""Show what the graph says about one thing: facts by meaning, fits, figures, origin."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final
from urllib.parse import quote

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from api.pages.labelled_tables import labelled_table
from api.pages.paths import page_path, thing_path
from api.pages.rendering import other_language, render
from api.pages.sparql.answers import SHOWN_ROWS
from api.pages.thing.fits import adoptions_of, figures_of, fits_of, said_by
from api.pages.thing.history import origins_of, reviews_of
from api.pages.thing.reading import Found, read_thing, solutions
from api.pages.thing.related_page import related_page
from api.pages.thing.relations import relations
from api.pages.thing.sections import Reader, references_of, sections_of
from api.pages.thing.values import Row, quoted
from api.pages.things import checked_iri, words_for
from api.state import state_of
from api.wording import texts_in
from kg.labels import short_name
from kg.language import Language
from kg.serving.queries import Queries
from ontology.namespaces import DCTERMS, KS, RDF, SDGO
from ontology.terms import BASE

SHOWN_VALUES: Final = 12
SHOWN_LINKS: Final = 25
# Read after the links and figures.
_LATER: Final = frozenset({"source", "more"})
_FORMATS: Final = {"turtle": "Turtle", "jsonld": "JSON-LD", "rdfxml": "RDF/XML", "nt": "N-Triples"}
_GRAPHS: Final = f"{BASE}graph/"
_OF_A_CITY: Final = re.compile(re.escape(f"{BASE}id/") + r"(\d{8})(?:/|$)")
# Classes of ours and of the goals say more to a reader than those they are aligned with.
_PLAIN: Final = (KS.base, SDGO.base)


async def asked_thing_page(request: Request, language: Language) -> Response:
    """Return the page about the IRI in the address, or all of one relation of it."""
    iri = checked_iri(request.query_params.get("iri", ""))
    if "relation" in request.query_params:
        return await related_page(request, iri, language)
    return await thing_page(request, iri, language)


async def thing_page(request: Request, iri: str, language: Language) -> Response:
    """Return the page about an IRI, or raise `UnknownIri`."""
    state = state_of(request)
    found = await read_thing(state.queries, iri, language)
    graphs = await solutions(state.queries, "thing-graphs", {"thing": iri}, language)
    graphs = [*await _itself(state.queries, iri, language), *graphs]
    reviews = await solutions(state.queries, "thing-reviews", {"thing": iri}, language)
    fits = await fits_of(request, iri, found, language)
    adoptions = await adoptions_of(request, iri, found, language)
    figures = await figures_of(request, iri, found, language)
    store, generation = state.snapshots.current.store, state.snapshots.current.generation
    named = found.iris() | {iri, *_iris(graphs), *_iris(reviews)}
    named |= {item.document for item in adoptions or ()}
    labels = await run_in_threadpool(words_for, store, named, language)
    labels |= _words_of_loading(iri, named, language)
    if figures is not None:
        figures = await run_in_threadpool(labelled_table, figures, store, language, SHOWN_ROWS)
    reader = Reader(iri, labels, language)
    hidden = said_by(fits, found) | _said_of_the_plan(found)
    sections = sections_of(found, reader, hidden)
    types = found.values(RDF.type)
    plain = [kind for kind in types if kind.startswith(_PLAIN)] or types
    shown_types = [kind for kind in plain if kind not in relations().implied(plain)]
    values = {
        "iri": iri,
        "label": _title(iri, found, reader),
        "types": [(kind, labels[kind]) for kind in sorted(shown_types) if kind in labels],
        "sections": [section for section in sections if section.key not in _LATER],
        "later_sections": [section for section in sections if section.key in _LATER],
        "references": references_of(found, reader, hidden),
        "fits": fits,
        "adoptions": adoptions,
        "labels": labels,
        "figures": figures,
        "is_graph": iri.startswith(_GRAPHS),
        "is_indicator": KS.Indicator in types,
        "origins": origins_of(graphs, labels, language, generation),
        "reviews": reviews_of(reviews, labels),
        "shown_values": SHOWN_VALUES,
        "shown_links": SHOWN_LINKS,
        "downloads": _downloads(iri),
        **_ways_on(iri, found, labels[iri], language),
    }
    switch_path = thing_path(iri, other_language(language))
    return render("thing.html", language, switch_path=switch_path, values=values)


async def _itself(queries: Queries, iri: str, language: Language) -> list[Row]:
    """Return what a graph holds and when it was loaded, nothing for anything else."""
    if not iri.startswith(_GRAPHS) or "#" in iri:
        return []
    rows = await solutions(queries, "graph-load", {"graph": iri}, language)
    graph = {"type": "uri", "value": iri}
    return [{**row, "graph": graph} for row in rows if row["statements"]["value"] != "0"]


def _words_of_loading(iri: str, named: set[str], language: Language) -> dict[str, str]:
    """Return words for the activities that load graphs, and for the checksum of a graph."""
    texts = texts_in(language)
    words = {item: texts["thing"]["load"] for item in named if item.endswith("#load")}
    is_graph = iri.startswith(_GRAPHS)
    return words | ({DCTERMS.identifier: texts["columns"]["checksum"]} if is_graph else {})


def _iris(rows: list[Row]) -> set[str]:
    return {t["value"] for row in rows for t in row.values() if t["type"] == "uri"}


def _said_of_the_plan(found: Found) -> frozenset[str]:
    """Return the relations that name no other plan than the one a thing was adopted with."""
    plans = {*found.values(KS.aimOf), *found.values(KS.measureOf)}
    parts = (KS.componentOf, KS.partOf)
    return frozenset(name for name in parts if plans.issuperset(found.values(name)))


def _title(iri: str, found: Found, reader: Reader) -> str:
    """Return the label of a thing, else what tells it apart from others of its kind."""
    label = reader.labels[iri]
    if label != short_name(iri):
        return label
    for text in found.values(KS.quote):
        return quoted(text, reader.language)
    titles = found.facts.get(DCTERMS.title, ())
    for row in sorted(titles, key=lambda row: row["value"].get("xml:lang") != reader.language):
        return row["value"]["value"]
    ends = [reader.labels[end] for end in _ends(found)]
    if ends:
        return " → ".join(ends)
    for indicator in found.values(KS.valueOf):
        return " ".join([reader.labels[indicator], *found.values(KS.year)])
    return label


def _ends(found: Found) -> list[str]:
    ends = [*found.values(KS.linkSource)[:1], *found.values(KS.linkTarget)[:1]]
    return ends if len(ends) == 2 else []


def _downloads(iri: str) -> list[tuple[str, str]]:
    """Return name and address of each RDF form; things of others come from the SPARQL door."""
    if iri.startswith(BASE) and "#" not in iri:
        own = "/" + quote(iri.removeprefix(BASE), safe="/%")
        return [(words, f"{own}?format={name}") for name, words in _FORMATS.items()]
    asked = quote(f"DESCRIBE <{iri}>", safe="")
    return [(words, f"/sparql?query={asked}&format={name}") for name, words in _FORMATS.items()]


def _ways_on(iri: str, found: Found, label: str, language: Language) -> Mapping[str, object]:
    """Return where the thing stands in pictures, and what a new check of a measure would get."""
    is_measure = KS.Measure in found.values(RDF.type)
    cities = [short_name(city) for city in found.values(KS.forMunicipality)]
    own = _OF_A_CITY.match(iri)
    city = cities[0] if cities else own[1] if own else ""
    descriptions = found.facts.get(DCTERMS.description, ())
    by_language = {row["value"].get("xml:lang", ""): row["value"]["value"] for row in descriptions}
    description = by_language.get(language) or by_language.get("de") or by_language.get("", "")
    check = {"title": label[:500], "description": description[:50_000], "city": city}
    return {
        "graph_path": page_path("graph", language, iri=iri),
        "matrix_path": page_path("matrix", language, city=city) if is_measure and city else "",
        "check": check if is_measure else None,
    }
