"""Say who may write which named graph, and what may stand in it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Final

from pyoxigraph import NamedNode, Quad

from kg.access.grants import EVERY_CITY, Grant, Role
from kg.errors import GraphProtected, NotAllowed
from kg.language import Text
from ontology.namespaces import (
    INFERRED_GRAPH,
    KS,
    ONTOLOGY_GRAPH,
    PROPOSED_GRAPH,
    PROVENANCE_GRAPH,
    REVIEWED_GRAPH,
    scheme,
)
from ontology.terms import BASE

_GRAPHS: Final = f"{BASE}graph/"
_SOURCE: Final = re.compile(
    re.escape(_GRAPHS) + r"source/((?:0[1-9]|1[0-6])[0-9]{6})/(?:[A-Za-z0-9._~-]|%[0-9A-F]{2})+"
)
_THING: Final = re.compile(re.escape(f"{BASE}id/") + r"([0-9]{8})(?:[/#].*)?")
_STATUS: Final = NamedNode(KS.reviewStatus)
_DECISIONS: Final = frozenset(
    NamedNode(scheme("review-status", code)) for code in ("confirmed", "rejected", "superseded")
)
_SHIPPED: Final = Text(
    "Er gehört zum Programm; geändert wird er mit dessen Dateien und einem neuen Bau"
    " (kreislaufstadt build).",
    "It belongs to the program; it is changed with the program's files and a new build"
    " (kreislaufstadt build).",
)
_REVIEWS: Final = Text(
    "Über Verknüpfungen wird beim Prüfen entschieden (kreislaufstadt review).",
    "Links are decided on by reviewing (kreislaufstadt review).",
)
_WAYS: Final[Mapping[str, Text]] = {
    ONTOLOGY_GRAPH: _SHIPPED,
    INFERRED_GRAPH: Text(
        "Er folgt nach Regeln aus den Quellen; bitte dort ändern, woraus er folgt.",
        "It follows by rules from the sources; please change what it follows from.",
    ),
    PROPOSED_GRAPH: Text(
        "Vorschläge werden berechnet. " + _REVIEWS.de, "Proposals are computed. " + _REVIEWS.en
    ),
    PROVENANCE_GRAPH: Text(
        "Die Herkunft schreibt das Programm bei jeder Änderung selbst.",
        "Provenance is written by the program itself with every change.",
    ),
    REVIEWED_GRAPH: _REVIEWS,
}
_OUR_NAMES: Final = Text(
    "Namen unter graph/ vergibt das Programm; Graphen einer Kommune heißen"
    " graph/source/{AGS}/{Name}.",
    "Names under graph/ are the program's; graphs of a municipality are called"
    " graph/source/{AGS}/{name}.",
)


def city_of_graph(graph: str) -> str:
    """Return the AGS of the municipality whose source a graph is, or `EVERY_CITY`.

    Raises:
        GraphProtected: the graph is computed, shipped or of a name that is ours to give.

    >>> city_of_graph("https://w3id.org/kreislaufstadt/graph/source/05515000/massnahmen")
    '05515000'
    """
    source = _SOURCE.fullmatch(graph)
    if source is not None:
        return source[1]
    if graph.startswith(f"{_GRAPHS}reference/"):
        raise GraphProtected(graph, _SHIPPED)
    if graph in _WAYS or graph.startswith(_GRAPHS):
        raise GraphProtected(graph, _WAYS.get(graph, _OUR_NAMES))
    return EVERY_CITY


def demand_graph(grant: Grant, graph: str) -> None:
    """Make sure that a grant allows to write a graph.

    A graph of a municipality's source is written by its editors, one of no municipality only by who
    administers them all.

    Raises:
        GraphProtected: nobody writes this graph.
        NotAllowed: the grant is of another role or municipality.
    """
    city = city_of_graph(graph)
    role = Role.ADMIN if city == EVERY_CITY else Role.EDITOR
    if not grant.allows(role, city):
        raise NotAllowed(role.value, city)


def demand_statements(grant: Grant, added: Iterable[Quad]) -> None:
    """Make sure that a grant allows to state what was added, whichever graph it stands in.

    Raises:
        GraphProtected: a review decision is stated, which only reviewing may.
        NotAllowed: something is stated about a thing of another municipality.
    """
    for quad in added:
        if quad.predicate == _STATUS and quad.object in _DECISIONS:
            raise GraphProtected(REVIEWED_GRAPH, _REVIEWS)
        subject = quad.subject
        thing = _THING.fullmatch(subject.value) if isinstance(subject, NamedNode) else None
        if thing is not None and not grant.allows(Role.EDITOR, thing[1]):
            raise NotAllowed(Role.EDITOR.value, thing[1])
