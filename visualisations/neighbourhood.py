"""Cut the part of the graph around a thing that a person can still take in."""

from __future__ import annotations

from dataclasses import dataclass

import networkx as nx
from pyoxigraph import NamedNode

from kg.errors import UnknownIri
from kg.labels import labels_of
from kg.language import Language
from kg.network.kinds import telling_class
from kg.store import Store

_EDGES = """
PREFIX ks: <https://w3id.org/kreislaufstadt/ontology#>
SELECT DISTINCT ?other ?relation ?outward ?status WHERE {
  {
    VALUES ?relation { ks:hasMeasure ks:setsAim ks:hasComponent ks:hasActionPlan ks:contributesTo
      ks:inField ks:responsibleActor ks:measuredBy ks:appliesRStrategy ks:inValueChain
      ks:usesInstrumentType ks:supportsAimDirectly
      ks:alignsWithSdgIndicator <http://metadata.un.org/sdg/ontology#isTargetOf>
      <http://metadata.un.org/sdg/ontology#isIndicatorOf> }
    { $here ?relation ?other BIND(true AS ?outward) }
    UNION { ?other ?relation $here BIND(false AS ?outward) }
  } UNION {
    ?other ks:forMunicipality $here ; a ?document .
    FILTER(?document IN (ks:MunicipalConcept, ks:ActionPlan))
    BIND(ks:forMunicipality AS ?relation) BIND(false AS ?outward)
  } UNION {
    ?link ks:interfaceSource $here ; ks:interfaceTarget ?other ; ks:interfaceKind ?relation ;
      ks:reviewStatus ?status .
    BIND(true AS ?outward)
  } UNION {
    ?link ks:interfaceTarget $here ; ks:interfaceSource ?other ; ks:interfaceKind ?relation ;
      ks:reviewStatus ?status .
    BIND(false AS ?outward)
  }
  FILTER(ISIRI(?other))
}
ORDER BY ?relation ?other
"""


@dataclass(frozen=True, slots=True)
class Node:
    """Hold a thing: IRI, label, the class that decides its look, steps from the centre."""

    iri: str
    label: str
    kind: str
    kind_label: str
    distance: int


@dataclass(frozen=True, slots=True)
class Edge:
    """Hold a relation of the picture; `open` tells that it is a proposal nobody has reviewed."""

    source: str
    target: str
    label: str
    open: bool


@dataclass(frozen=True, slots=True)
class Neighbourhood:
    """Hold what is drawn around a thing, and how many neighbours were left out."""

    centre: Node
    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]
    left_out: int


def neighbourhood(
    store: Store, around: str, language: Language, *, depth: int = 2, limit: int = 80
) -> Neighbourhood:
    """Return the things within `depth` steps of an IRI, nearest first, at most `limit`.

    Raises:
        UnknownIri: the store says nothing about the IRI.
    """
    if not store.ask(f"ASK {{ {NamedNode(around)} ?p ?o }}"):
        raise UnknownIri(around)
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    graph.add_node(around)
    steps = {around: 0}
    left_out: set[str] = set()
    frontier = [around]
    for distance in range(1, depth + 1):
        frontier = _grow(store, graph, frontier, limit=limit, left_out=left_out)
        steps.update(dict.fromkeys(frontier, distance))
    return _named(store, graph, steps, language, len(left_out - set(graph.nodes)))


def _grow(
    store: Store,
    graph: nx.MultiDiGraph[str],
    frontier: list[str],
    *,
    limit: int,
    left_out: set[str],
) -> list[str]:
    reached: list[str] = []
    for here in frontier:
        for row in store.select(_EDGES.replace("$here", str(NamedNode(here)))):
            other = row["other"].value
            if other not in graph:
                if len(graph) >= limit:
                    left_out.add(other)
                    continue
                graph.add_node(other)
                reached.append(other)
            ends = (here, other) if row["outward"].value == "true" else (other, here)
            status = row.get("status")
            proposed = status is not None and status.value.endswith("/proposed")
            graph.add_edge(*ends, key=row["relation"].value, open=proposed)
    return reached


def _named(
    store: Store,
    graph: nx.MultiDiGraph[str],
    steps: dict[str, int],
    language: Language,
    left_out: int,
) -> Neighbourhood:
    kinds = _kinds(store, list(graph.nodes))
    relations = {key for _, _, key in graph.edges(keys=True)}
    labels = labels_of(store, {*graph.nodes, *relations, *kinds.values()}, language)
    nodes = {
        iri: Node(iri, labels[iri], kinds[iri], labels[kinds[iri]], distance)
        for iri, distance in steps.items()
    }
    edges = {
        Edge(source, target, labels[relation], bool(graph.edges[source, target, relation]["open"]))
        for source, target, relation in graph.edges(keys=True)
    }
    ordered = sorted(
        nodes.values(), key=lambda node: (node.distance, node.kind, node.label, node.iri)
    )
    return Neighbourhood(
        centre=nodes[next(iter(steps))],
        nodes=tuple(ordered),
        edges=tuple(sorted(edges, key=lambda edge: (edge.source, edge.target, edge.label))),
        left_out=left_out,
    )


def _kinds(store: Store, iris: list[str]) -> dict[str, str]:
    """Return the most telling class of each thing; a thing of none of them is a plain resource."""
    values = " ".join(str(NamedNode(iri)) for iri in iris)
    classes: dict[str, set[str]] = {iri: set() for iri in iris}
    for row in store.select(
        f"SELECT DISTINCT ?thing ?class WHERE {{ VALUES ?thing {{ {values} }} ?thing a ?class }}"
    ):
        classes[row["thing"].value].add(row["class"].value)
    return {iri: telling_class(found) for iri, found in classes.items()}
