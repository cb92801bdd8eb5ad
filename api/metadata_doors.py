"""Answer at `/catalog`, `/.well-known/void` and `/context.jsonld`: what there is, and how much."""

from __future__ import annotations

from collections.abc import Iterator

from pyoxigraph import Literal, NamedNode, Triple
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from api.catalogue import CATALOGUE, CatalogueFacts, catalogue_triples
from api.dataset_figures import DatasetFigures
from api.json_ld import CONTEXT_PATH, context_document
from api.own_queries import own_query
from api.pages.paths import page_path
from api.rdf_documents import alternate_links, chosen_form, rdf_answer, rdf_document
from api.readers import reader_language
from api.representation import entity_tag, not_modified
from api.state import state_of
from api.void_description import figure_triples
from kg.serving.formats import AnswerFormat
from ontology.namespaces import DCTERMS, FOAF, PREFIXES, RDF, VOID
from ontology.terms import BASE

_DATASET = f"{BASE}.well-known/void#dataset"
_FEATURES = "http://www.w3.org/ns/formats/"


def routes() -> list[Route]:
    """Return the routes; `/.well-known/void` is the place VoID asks for (7.2)."""
    return [
        Route("/catalog", catalogue),
        Route("/.well-known/void", void),
        Route(CONTEXT_PATH, context),
    ]


async def catalogue(request: Request) -> Response:
    """Answer with the catalogue in DCAT-AP.de; people are led to the page of all sources."""
    chosen = chosen_form(request)
    if chosen is None:
        return _to_page(request, CATALOGUE)
    return await rdf_answer(
        request,
        chosen,
        CATALOGUE,
        lambda: rdf_document(catalogue_triples(_facts(request)), chosen),
    )


async def void(request: Request) -> Response:
    """Answer with the figures of the dataset in VoID; people are led to the page of all sources."""
    chosen = chosen_form(request)
    if chosen is None:
        return _to_page(request, _DATASET)
    snapshots, address = state_of(request).snapshots, str(request.base_url)
    figures = await snapshots.figures()
    return await rdf_answer(
        request,
        chosen,
        _DATASET,
        snapshots.once(
            f"{_DATASET} {address} {chosen.short_name}",
            lambda: rdf_document(_void_triples(address, figures), chosen),
        ),
    )


async def context(request: Request) -> Response:
    """Answer with the JSON-LD context: our prefixes and a plain name for each of our terms."""
    body = context_document()
    tag = entity_tag("context", body.decode())
    known = not_modified(request, tag, "Accept-Encoding")
    if known is not None:
        return known
    headers = {
        "Content-Type": AnswerFormat.JSON_LD.content_type,
        "Cache-Control": "no-cache",
        "ETag": tag,
        "Vary": "Accept-Encoding",
    }
    return Response(body, headers=headers)


def _to_page(request: Request, subject: str) -> Response:
    headers = {"Vary": "Accept, Accept-Language", "Link": alternate_links(request, subject)}
    path = page_path("dataset", reader_language(request))
    return RedirectResponse(path, status_code=303, headers=headers)


def _facts(request: Request) -> CatalogueFacts:
    state = state_of(request)
    snapshot = state.snapshots.current
    store, sources = snapshot.store, snapshot.generation.sources
    known = {source.graph for source in sources}
    names: dict[str, str] = {}
    for row in store.select(own_query("municipality-names")):
        name = row["name"]
        is_german = isinstance(name, Literal) and name.language == "de"
        names[row["ags"].value] = (
            name.value if is_german else names.get(row["ags"].value, name.value)
        )
    return CatalogueFacts(
        sources=sources,
        other_graphs=[graph for graph in store.graph_names() if graph not in known],
        cities=names,
        loaded={
            row["graph"].value: row["loaded"].value for row in store.select(own_query("loads"))
        },
        publisher=state.settings.publisher,
        licence=state.settings.licence,
        address=str(request.base_url),
    )


def _void_triples(address: str, figures: DatasetFigures) -> Iterator[Triple]:
    """Yield the dataset with a subset for each graph, and the document that says so."""
    document, dataset = NamedNode(f"{address}.well-known/void"), NamedNode(_DATASET)
    yield Triple(document, NamedNode(RDF.type), NamedNode(VOID.DatasetDescription))
    yield Triple(document, NamedNode(FOAF.primaryTopic), dataset)
    yield from figure_triples(dataset, figures.whole, "d")
    yield Triple(dataset, NamedNode(DCTERMS.title), Literal("Kreislaufstadt"))
    yield Triple(dataset, NamedNode(VOID.sparqlEndpoint), NamedNode(f"{address}sparql"))
    yield Triple(dataset, NamedNode(VOID.uriSpace), Literal(BASE))
    for name in ("Turtle", "N-Triples", "N-Quads", "TriG", "JSON-LD", "RDF_XML"):
        yield Triple(dataset, NamedNode(VOID.feature), NamedNode(_FEATURES + name))
    used = {line.iri for line in figures.whole.properties}
    used |= {kind.iri for kind in figures.whole.classes}
    for base in sorted(PREFIXES.values()):
        if any(iri.startswith(base) for iri in used):
            yield Triple(dataset, NamedNode(VOID.vocabulary), NamedNode(base))
    for number, (graph, found) in enumerate(figures.graphs.items()):
        part = NamedNode(graph)
        yield Triple(dataset, NamedNode(VOID.subset), part)
        yield from figure_triples(part, found, f"g{number}")
        if graph.startswith(BASE):
            dump = f"{address}{graph.removeprefix(BASE)}?format=turtle"
            yield Triple(part, NamedNode(VOID.dataDump), NamedNode(dump))
