"""Check asserted data against the SHACL shapes and say each breach where the source has it.

The engine is pyshacl-turbo: its reports agree with pyshacl's on every test file and come many times
sooner, because its SPARQL runs compiled (`docs/performance.md` has the figures).

Only asserted data is checked: after inference a range axiom would give an unknown target the right
class and hide the fault.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache
from importlib import resources
from typing import Protocol

import pyshacl_turbo
from pyoxigraph import NamedNode, Quad, Store, Triple
from rdflib import Graph, Literal, URIRef
from rdflib.term import Node

from kg.findings import Finding, Findings, Place, Severity
from kg.language import Text
from kg.rdflib_graph import as_rdflib
from ontology.namespaces import KS, RDF, RDFS, SH, SKOS

_SEVERITIES: Mapping[str, Severity] = {
    SH.Violation: Severity.VIOLATION,
    SH.Warning: Severity.WARNING,
    SH.Info: Severity.NOTE,
}


def validate(
    data: Iterable[Quad],
    context: Iterable[Quad],
    shapes: Graph,
    places: Mapping[str, Place],
    *,
    file: str,
) -> list[Finding]:
    """Return the breaches of the shapes in `data`, each at its place in the source.

    Args:
        data: the quads of one source; graph names do not matter.
        context: what the source refers to, as `context_of` gives it; only things whose class
            `data` states are reported, the others belong to another source.
        shapes: the SHACL shapes, as `shipped_shapes` gives them.
        places: where each IRI of the source stands.
        file: the place given for a thing without one.
    """
    quads = list(data)
    checked = {_thing(quad) for quad in quads if _states_class(quad)}
    whole = as_rdflib([*quads, *context])
    _, report, _ = _compiled(shapes).validate(whole)
    if not isinstance(report, Graph):
        raise TypeError(f"The SHACL engine gave {report!r} instead of a report.")
    found = Findings()
    for result in sorted(report.objects(None, URIRef(SH.result)), key=str):
        focus = str(report.value(result, URIRef(SH.focusNode)))
        if focus in checked:
            place = places.get(focus)
            named = "" if place else focus
            _add(found, report, shapes, result, place=place or Place(file), named=named)
    ordered = {_sort_key(item): item for item in found.items}
    return [ordered[key] for key in sorted(ordered)]


class _Compiled(Protocol):
    def validate(self, data_graph: Graph) -> tuple[bool, object, str]:
        """Return whether the data conform, the report as a graph, and the report as text."""
        ...


@lru_cache(maxsize=1)
def _compiled(shapes: Graph) -> _Compiled:
    """Return shapes made ready for use, once for all files of a load; nobody adds to them."""
    compiled: _Compiled = pyshacl_turbo.compile_shapes(shapes, advanced=True)  # type: ignore[no-untyped-call]  # the package has no types
    return compiled


def context_of(quads: Iterable[Quad], known: Store) -> list[Quad]:
    """Return what the shapes need to know of things that are described elsewhere.

    These are the classes and schemes of everything the quads name without saying what it is, and
    the order of all classes.
    """
    own = list(quads)
    described = {quad.subject for quad in own if _states_class(quad)}
    named = {quad.object for quad in own if isinstance(quad.object, NamedNode)}
    named |= {quad.subject for quad in own if isinstance(quad.subject, NamedNode)}
    facts: list[Quad] = []
    for thing in sorted(named - described, key=str):
        for predicate in (RDF.type, SKOS.inScheme):
            facts += known.quads_for_pattern(thing, NamedNode(predicate), None)
    return facts + list(known.quads_for_pattern(None, NamedNode(RDFS.subClassOf), None))


def shipped_shapes() -> Graph:
    """Return the SHACL shapes of the ontology as it is shipped."""
    folder = resources.files("ontology").joinpath("shapes")
    files = sorted(folder.iterdir(), key=lambda entry: entry.name)
    shapes = Graph()
    for entry in files:
        if entry.name.endswith(".ttl"):
            shapes.parse(data=entry.read_bytes(), format="turtle")
    return shapes


def _states_class(quad: Quad) -> bool:
    return quad.predicate.value == RDF.type


def _thing(quad: Quad) -> str:
    return "" if isinstance(quad.subject, Triple) else quad.subject.value


def _add(
    found: Findings, report: Graph, rules: Graph, result: Node, *, place: Place, named: str
) -> None:
    """Add one result; `named` is the IRI of a thing that has no place of its own."""
    severity = _SEVERITIES[str(report.value(result, URIRef(SH.resultSeverity)))]
    path = report.value(result, URIRef(SH.resultPath))
    value = report.value(result, URIRef(SH.value))
    shape = report.value(result, URIRef(SH.sourceShape))
    # The report drops the languages of SPARQL constraints' messages; the shape keeps them.
    told = _texts(rules, shape, SH.message) or _texts(report, result, SH.resultMessage)
    found.add(
        severity,
        "shape-violated",
        place,
        _both(told, Text("Regel verletzt.", "A rule is broken.")),
        fix=_both(_texts(rules, shape, KS.fixHint), _general_fix(path)),
        value=" – ".join(part for part in (named, str(value or "")) if part),
    )


def _texts(graph: Graph, node: Node | None, predicate: str) -> dict[str, str]:
    texts: dict[str, str] = {}
    for text in sorted(graph.objects(node, URIRef(predicate)), key=str) if node else ():
        if isinstance(text, Literal):
            texts.setdefault(text.language or "en", str(text))
    return texts


def _both(texts: Mapping[str, str], otherwise: Text) -> Text:
    return Text(texts.get("de", otherwise.de), texts.get("en", otherwise.en))


def _general_fix(path: Node | None) -> Text:
    name = "" if path is None else str(path).rsplit("#", 1)[-1].rsplit("/", 1)[-1]
    return Text(
        f"Bitte die Angabe »{name}« in der Quelle ergänzen oder berichtigen.",
        f"Please add or correct “{name}” in the source.",
    )


def _sort_key(item: Finding) -> tuple[str, str, int, str, str, str]:
    place = item.place
    return (
        item.severity.value,
        place.sheet or "",
        place.row or 0,
        place.column or "",
        item.reason.de,
        item.value,
    )
