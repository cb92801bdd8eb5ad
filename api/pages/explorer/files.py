"""Give what the explorer shows as files: Turtle with the statements, GraphML with the drawing."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from pyoxigraph import NamedNode, Triple
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from api.pages.explorer.address import Asked, asked_of
from api.pages.explorer.shown import Shown, shown_part
from api.rdf_documents import rdf_document
from api.readers import reader_language
from api.snapshot import Snapshot
from api.state import state_of
from kg.embedded import embedded
from kg.errors import BadParameter
from kg.language import Language, Text
from kg.network.parts import A_STEP
from kg.serving.formats import AnswerFormat
from ontology.namespaces import RDF, RDFS, SKOS
from visualisations.part_files import GraphEdge, GraphNode, graphml

_TOLD: Final = tuple(NamedNode(name) for name in (RDF.type, RDFS.label, SKOS.prefLabel))


async def part_as_turtle(request: Request) -> Response:
    """Return what the graph says of the drawn things and their relations, as Turtle."""
    return await _file(request, _turtle, "text/turtle; charset=utf-8", "ttl")


async def part_as_graphml(request: Request) -> Response:
    """Return the drawn things and relations, as GraphML."""
    return await _file(request, _graphml, "application/graphml+xml", "graphml")


async def _file(
    request: Request,
    write: Callable[[Snapshot, Shown], bytes],
    media_type: str,
    ending: str,
) -> Response:
    asked = asked_of(request)
    if asked is None:
        raise BadParameter("iri", "", Text("eine vollständige IRI", "a whole IRI"))
    snapshot = state_of(request).snapshots.current
    language = reader_language(request)

    def written(asked: Asked, language: Language) -> bytes:
        return write(snapshot, shown_part(snapshot.walk().network, asked, language, A_STEP))

    content = await run_in_threadpool(written, asked, language)
    name = f'attachment; filename="kreislaufstadt-graph.{ending}"'
    return Response(content, media_type=media_type, headers={"Content-Disposition": name})


def _turtle(snapshot: Snapshot, shown: Shown) -> bytes:
    engine = embedded(snapshot.store).engine
    nodes = {thing.number: NamedNode(thing.iri) for thing in shown.things}
    triples: set[Triple] = set()

    def take(subject: NamedNode, predicate: NamedNode | None, value: NamedNode | None) -> None:
        for quad in engine.quads_for_pattern(subject, predicate, value, None):
            triples.add(Triple(quad.subject, quad.predicate, quad.object))

    for node in nodes.values():
        for predicate in _TOLD:
            take(node, predicate, None)
    for relation in shown.relations:
        if relation.reified is not None:
            take(NamedNode(relation.reified.iri), None, None)
            continue
        take(nodes[relation.source], None, nodes[relation.target])
        take(nodes[relation.target], None, nodes[relation.source])
    return rdf_document(triples, AnswerFormat.TURTLE)


def _graphml(_: Snapshot, shown: Shown) -> bytes:
    iris = {thing.number: thing.iri for thing in shown.things}
    nodes = [GraphNode(thing.iri, thing.label, thing.kind, *thing.place) for thing in shown.things]
    edges = [
        GraphEdge(
            iris[one.source],
            iris[one.target],
            one.label,
            one.is_open,
            -1.0
            if one.reified is None or one.reified.confidence is None
            else one.reified.confidence,
        )
        for one in shown.relations
    ]
    return graphml(nodes, edges)
