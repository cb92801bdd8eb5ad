"""Read the invalid files and run a SHACL engine on them beside the example city."""

from __future__ import annotations

import re
from pathlib import Path
from types import ModuleType

from pyoxigraph import NamedNode, Quad, RdfFormat, Store, parse
from rdflib import Graph, Literal, URIRef

from kg.rdflib_graph import as_rdflib
from kg.validation import context_of
from ontology.namespaces import RDF, SH, SHAPES

DATA = Path(__file__).parent / "data"
INVALID = sorted((DATA / "invalid").rglob("*.ttl"))
Breach = tuple[str, str, str]  # focus, name of the shape, severity


def beside_the_example(file: Path | None) -> list[Quad]:
    """Return the statements of the example city and of one invalid file."""
    texts = [DATA / "example.ttl", *([file] if file else [])]
    return [quad for text in texts for quad in parse(text.read_bytes(), format=RdfFormat.TURTLE)]


def all_files_at_once() -> list[Quad]:
    """Return the example city and all invalid files, the things of each file under own names."""
    quads = beside_the_example(None)
    for file in INVALID:
        text = file.read_text("utf-8")
        for name in ("x", "y", "framework"):
            text = re.sub(rf"\bex:{name}\b", f"ex:{file.stem}-{name}", text)
        quads += parse(text, format=RdfFormat.TURTLE)
    return quads


def report_on(data: list[Quad], ontology: Store, shapes: Graph, engine: ModuleType) -> Graph:
    """Return what an engine reports on data with the context that a load gives it."""
    whole = as_rdflib([*data, *context_of(data, ontology)])
    _, report, _ = engine.validate(whole, shacl_graph=shapes, advanced=True, inference="none")
    assert isinstance(report, Graph), report
    return report


def breaches(report: Graph) -> set[Breach]:
    """Return all breaches of a report."""
    names = (SH.focusNode, SH.sourceShape, SH.resultSeverity)
    return {
        tuple(str(report.value(result, URIRef(name))) for name in names)
        for result in report.objects(None, URIRef(SH.result))
    }


def own_breaches(report: Graph, data: list[Quad]) -> set[tuple[str, str]]:
    """Return shape and severity of the breaches in the data itself, by their short names."""
    own = {
        quad.subject.value
        for quad in data
        if quad.predicate.value == RDF.type and isinstance(quad.subject, NamedNode)
    }
    return {
        (shape.removeprefix(SHAPES), severity.removeprefix(SH.base).lower())
        for focus, shape, severity in breaches(report)
        if focus in own
    }


def texts(graph: Graph, subject: str, predicate: str) -> dict[str | None, str]:
    """Return the texts of a shape by their language."""
    found = list(graph.objects(URIRef(subject), URIRef(predicate)))
    assert all(isinstance(text, Literal) for text in found)
    return {text.language: str(text) for text in found if isinstance(text, Literal)}
