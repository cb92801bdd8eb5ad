"""Check asserted data against the SHACL shapes and say each breach where the source has it.

The engine is pyshacl-turbo: its reports agree with pyshacl's (a test compares them) and come many
times sooner, because its SPARQL runs compiled (`benchmarks/validation.py` prints the ratio).

Only asserted data is checked: after inference a range axiom would give an unknown target the right
class and hide the fault.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from importlib import resources
from io import BytesIO

import pyshacl_turbo
from pyoxigraph import Quad, RdfFormat, Triple, serialize
from rdflib import Graph, Literal, URIRef
from rdflib.term import Node

from kg.findings import Finding, Findings, Place, Severity
from kg.language import Text
from ontology.namespaces import KS, SH

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
        context: what the source may refer to (schemes, SDG frame, other sources); breaches in it
        are
            not reported.
        shapes: the SHACL shapes, as `shipped_shapes` gives them.
        places: where each IRI of the source stands.
        file: the place given for a thing without one.
    """
    own = _graph(data)
    subjects = set(own.subjects())
    whole = own + _graph(context)
    _, report, _ = pyshacl_turbo.validate(
        whole, shacl_graph=shapes, advanced=True, inference="none"
    )
    if not isinstance(report, Graph):
        raise TypeError(f"The SHACL engine gave {report!r} instead of a report.")
    found = Findings()
    for result in sorted(report.objects(None, URIRef(SH.result)), key=str):
        focus = report.value(result, URIRef(SH.focusNode))
        if focus in subjects and focus is not None:
            _add(found, report, shapes, result, places.get(str(focus), Place(file)))
    ordered = {_sort_key(item): item for item in found.items}
    return [ordered[key] for key in sorted(ordered)]


def shipped_shapes() -> Graph:
    """Return the SHACL shapes of the ontology as it is shipped."""
    folder = resources.files("ontology").joinpath("shapes")
    files = sorted(folder.iterdir(), key=lambda entry: entry.name)
    shapes = Graph()
    for entry in files:
        if entry.name.endswith(".ttl"):
            shapes.parse(data=entry.read_bytes(), format="turtle")
    return shapes


def _graph(quads: Iterable[Quad]) -> Graph:
    triples = (Triple(quad.subject, quad.predicate, quad.object) for quad in quads)
    buffer = BytesIO()
    serialize(triples, buffer, RdfFormat.N_TRIPLES)
    graph = Graph()
    graph.parse(data=buffer.getvalue(), format="nt")
    return graph


def _add(found: Findings, report: Graph, rules: Graph, result: Node, place: Place) -> None:
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
        value=value if value is not None else "",
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
