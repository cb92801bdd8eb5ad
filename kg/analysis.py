"""Look at the interfaces as a network: goals that join concepts, measures that stand alone."""

from __future__ import annotations

from dataclasses import dataclass

import networkx as nx

from kg.labels import labels_of
from kg.language import Language
from kg.store import Store

_LINKS = """
PREFIX ks: <https://w3id.org/kreislaufstadt/ontology#>
PREFIX st: <https://w3id.org/kreislaufstadt/scheme/review-status/>
SELECT DISTINCT ?source ?target ?strength ?status WHERE {
  { ?link ks:interfaceSource ?source ; ks:interfaceTarget ?target ; ks:strength ?strength ;
      ks:reviewStatus ?status .
    FILTER(?status NOT IN (st:rejected, st:superseded)) }
  UNION
  { ?source ks:contributesTo ?target BIND(1 AS ?strength) BIND(st:declared AS ?status) }
}
"""
_MEMBERS = """
PREFIX ks: <https://w3id.org/kreislaufstadt/ontology#>
SELECT DISTINCT ?concept ?aim WHERE { ?concept a ks:MunicipalConcept ; ks:setsAim ?aim }
"""
_MEASURES = """
PREFIX ks: <https://w3id.org/kreislaufstadt/ontology#>
SELECT DISTINCT ?measure WHERE { ?measure a ks:Measure }
"""


@dataclass(frozen=True, slots=True)
class Bridge:
    """Hold an aim in which several concepts meet, with its betweenness (0 to 1)."""

    iri: str
    label: str
    concepts: int
    betweenness: float


@dataclass(frozen=True, slots=True)
class SoleSupport:
    """Hold a goal that only one measure supports; `proposed` tells that even this is unreviewed."""

    goal: str
    goal_label: str
    measure: str
    measure_label: str
    proposed: bool


@dataclass(frozen=True, slots=True)
class Conflict:
    """Hold two elements of which one supports and the other hinders the same aim."""

    aim: str
    aim_label: str
    supporter: str
    supporter_label: str
    opponent: str
    opponent_label: str


@dataclass(frozen=True, slots=True)
class Analysis:
    """Hold what the network of interfaces shows; every list is in a fixed order."""

    bridges: tuple[Bridge, ...]
    sole_supports: tuple[SoleSupport, ...]
    conflicts: tuple[Conflict, ...]
    unconnected_goals: tuple[tuple[str, str], ...]
    groups: int


def interface_graph(store: Store) -> nx.MultiDiGraph[str]:
    """Return elements and aims as nodes and live interfaces as edges with strength and status."""
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    for row in store.select(_MEASURES):
        graph.add_node(row["measure"].value, kind="measure")
    for row in store.select(_MEMBERS):
        graph.add_node(row["aim"].value, kind="goal")
        graph.nodes[row["aim"].value].setdefault("concepts", set()).add(row["concept"].value)
    for row in store.select(_LINKS):
        graph.add_edge(
            row["source"].value,
            row["target"].value,
            strength=int(row["strength"].value),
            proposed=row["status"].value.endswith("/proposed"),
        )
    return graph


def analyse(store: Store, language: Language, *, most: int = 20) -> Analysis:
    """Return bridges, sole supports, conflicts and unconnected goals of the dataset.

    Args:
        store: the graph.
        language: language of the labels.
        most: how many bridges to give.
    """
    graph = interface_graph(store)
    bridges = _bridges(graph)[:most]
    sole = _sole_supports(graph)
    conflicts = _conflicts(graph)
    lonely = sorted(goal for goal in _goals(graph) if not graph.degree(goal))
    iris = {iri for iri, _, _ in bridges} | set(lonely)
    iris |= {iri for goal, measure, _ in sole for iri in (goal, measure)}
    iris |= {iri for conflict in conflicts for iri in conflict}
    names = labels_of(store, iris, language)
    return Analysis(
        bridges=tuple(Bridge(iri, names[iri], count, value) for iri, count, value in bridges),
        sole_supports=tuple(
            SoleSupport(goal, names[goal], measure, names[measure], proposed)
            for goal, measure, proposed in sole
        ),
        conflicts=tuple(
            Conflict(aim, names[aim], one, names[one], other, names[other])
            for aim, one, other in conflicts
        ),
        unconnected_goals=tuple((iri, names[iri]) for iri in lonely),
        groups=nx.number_weakly_connected_components(graph),
    )


def _goals(graph: nx.MultiDiGraph[str]) -> list[str]:
    return [node for node in graph if graph.nodes[node].get("kind") == "goal"]


def _bridges(graph: nx.MultiDiGraph[str]) -> list[tuple[str, int, float]]:
    """Return aims by how many concepts meet in them, then by betweenness (Brandes 2001)."""
    simple = nx.Graph(graph.to_undirected())
    between = nx.betweenness_centrality(simple)
    found: list[tuple[str, int, float]] = []
    for node in graph:
        concepts: set[str] = set(graph.nodes[node].get("concepts", ()))
        for neighbour in simple[node]:
            concepts |= graph.nodes[neighbour].get("concepts", set())
        if len(concepts) > 1 and graph.nodes[node].get("kind") != "measure":
            found.append((node, len(concepts), round(between[node], 6)))
    return sorted(found, key=lambda item: (-item[1], -item[2], item[0]))


def _sole_supports(graph: nx.MultiDiGraph[str]) -> list[tuple[str, str, bool]]:
    found: list[tuple[str, str, bool]] = []
    for goal in _goals(graph):
        support: dict[str, bool] = {}
        for source, _, edge in graph.in_edges(goal, data=True):
            if edge["strength"] > 0 and graph.nodes[source].get("kind") == "measure":
                support[source] = support.get(source, True) and edge["proposed"]
        if len(support) == 1:
            ((measure, proposed),) = support.items()
            found.append((goal, measure, proposed))
    return sorted(found)


def _conflicts(graph: nx.MultiDiGraph[str]) -> list[tuple[str, str, str]]:
    found: set[tuple[str, str, str]] = set()
    for aim in graph:
        edges = list(graph.in_edges(aim, data=True))
        helping = {source for source, _, edge in edges if edge["strength"] > 0}
        harming = {source for source, _, edge in edges if edge["strength"] < 0}
        found |= {(aim, one, other) for one in helping for other in harming if one != other}
    return sorted(found)
