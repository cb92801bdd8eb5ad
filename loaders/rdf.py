"""Load RDF in any common syntax into one graph, blank nodes named, nothing fetched."""

from __future__ import annotations

import json
from collections import Counter

from pyoxigraph import BlankNode, DefaultGraph, Literal, NamedNode, Quad, RdfFormat, Triple, parse

from kg.errors import NothingLoaded, UnreadableFile
from kg.findings import Findings, Place
from kg.identifiers import municipality_iri
from kg.language import Text
from kg.sources import Loaded
from loaders.archives import refuse_document_type
from loaders.city_things import file_facts
from loaders.context import LoadContext
from loaders.files import FileForm, SourceFile, form_of
from loaders.remarks import remark
from loaders.statements import SourceStatements
from loaders.trees import DEEPEST
from ontology.namespaces import KS, RDF

_FORMATS = {
    FileForm.TURTLE: RdfFormat.TURTLE,
    FileForm.N_TRIPLES: RdfFormat.N_TRIPLES,
    FileForm.N_QUADS: RdfFormat.N_QUADS,
    FileForm.TRIG: RdfFormat.TRIG,
    FileForm.JSON_LD: RdfFormat.JSON_LD,
    FileForm.RDF_XML: RdfFormat.RDF_XML,
}
_COUNTED = {
    KS.Measure: "measures",
    KS.Goal: "goals",
    KS.FieldOfAction: "fields",
    KS.Indicator: "indicators",
    KS.Interface: "interfaces",
}


def load_rdf(file: SourceFile, context: LoadContext) -> Loaded:
    """Return the statements of an RDF file, all in the graph of the source.

    Raises:
        UnreadableFile: The file is broken, too large or asks to fetch something.
        NothingLoaded: The file holds no statements.
    """
    findings = Findings()
    base = f"{municipality_iri(context.ags)}/"
    parsed = parse_rdf(file, base)
    if not parsed:
        raise NothingLoaded(
            file.name,
            Text(
                "enthält keine Aussagen. Bitte prüfen, ob die richtige Datei gewählt wurde.",
                "contains no statements. Please check whether the right file was chosen.",
            ),
        )
    quads = SourceStatements(file, context, findings)
    place = Place(file.name)
    names: dict[str, NamedNode] = {}
    for quad in parsed:
        kept = _named(quad, quads, names)
        if kept is None:
            remark(findings, "triple-term", place, str(quad)[:200])
        else:
            quads.add(*kept)
    graphs = {quad.graph_name for quad in parsed} - {DefaultGraph()}
    if graphs:
        shown = ", ".join(sorted(str(graph) for graph in graphs))
        remark(findings, "graphs-folded", place, shown, count=len(graphs))
    if names:
        remark(findings, "blank-nodes-named", place, count=len(names))
    quads.counts.update(_counts(quads.quads()))
    title = file_facts(quads).title
    return quads.loaded("rdf", Text(title, title), len(parsed))


def parse_rdf(file: SourceFile, base: str) -> list[Quad]:
    """Return the quads of a file; a syntax error names line and column."""
    form = form_of(file)
    if form not in _FORMATS:
        form = FileForm.JSON_LD if form is FileForm.JSON else FileForm.TURTLE
    if form is FileForm.RDF_XML:
        refuse_document_type(file, file.content)
    if form is FileForm.JSON_LD:
        refuse_remote_context(file)
    content = file.content.removeprefix(b"\xef\xbb\xbf")
    try:
        return list(parse(content, format=_FORMATS[form], base_iri=base))
    except SyntaxError as error:
        raise _malformed(file, error.lineno, error.offset) from error
    except ValueError as error:
        raise _malformed(file, None, None) from error


def refuse_remote_context(file: SourceFile) -> None:
    """Raise `UnreadableFile` when JSON-LD refers to a context elsewhere, or is no JSON."""
    try:
        value = json.loads(file.content)
    except json.JSONDecodeError as error:
        raise _malformed(file, error.lineno, error.colno) from error
    except (RecursionError, ValueError) as error:
        raise _malformed(file, None, None) from error
    if _asks_for_remote(value, 0, file):
        raise UnreadableFile(
            file.name,
            Text(
                "verweist auf einen JSON-LD-Kontext im Netz; es wird nichts nachgeladen."
                " Bitte den Kontext in die Datei schreiben oder als Turtle speichern.",
                "refers to a JSON-LD context on the web; nothing is fetched."
                " Please write the context into the file or save it as Turtle.",
            ),
        )


def _asks_for_remote(value: object, depth: int, file: SourceFile) -> bool:
    if depth > DEEPEST:
        raise _malformed(file, None, None)
    if isinstance(value, list):
        return any(_asks_for_remote(item, depth + 1, file) for item in value)
    if not isinstance(value, dict):
        return False
    context = value.get("@context")
    listed = context if isinstance(context, list) else [context]
    remote = any(isinstance(item, str) for item in listed) or "@import" in value
    return remote or any(_asks_for_remote(item, depth + 1, file) for item in value.values())


def _named(
    quad: Quad, quads: SourceStatements, names: dict[str, NamedNode]
) -> tuple[str, str, NamedNode | Literal] | None:
    """Return a statement with its blank nodes named by the order in which they are met."""
    subject, value = quad.subject, quad.object
    if isinstance(subject, Triple) or isinstance(value, Triple):
        return None
    if isinstance(subject, BlankNode):
        subject = _name(subject, quads, names)
    if isinstance(value, BlankNode):
        value = _name(value, quads, names)
    return subject.value, quad.predicate.value, value


def _name(node: BlankNode, quads: SourceStatements, names: dict[str, NamedNode]) -> NamedNode:
    if node.value not in names:
        names[node.value] = NamedNode(quads.thing("node", f"b{len(names) + 1}"))
    return names[node.value]


def _counts(quads: list[Quad]) -> Counter[str]:
    counts = Counter({"triples": len(quads)})
    for quad in quads:
        if quad.predicate.value == RDF.type and isinstance(quad.object, NamedNode):
            name = _COUNTED.get(quad.object.value)
            if name is not None:
                counts[name] += 1
    return counts


def _malformed(file: SourceFile, line: int | None, column: int | None) -> UnreadableFile:
    if line is None:
        return UnreadableFile(
            file.name,
            Text(
                "ist kein gültiges RDF. Bitte mit einem RDF-Prüfprogramm oder Editor berichtigen.",
                "is no valid RDF. Please correct it with an RDF checker or editor.",
            ),
        )
    return UnreadableFile(
        file.name,
        Text(
            f"ist ab Zeile {line}, Spalte {column or 1} kein gültiges RDF."
            " Bitte Punkt, Klammern und Präfixe an dieser Stelle prüfen.",
            f"is no valid RDF from line {line}, column {column or 1}."
            " Please check full stop, brackets and prefixes at this place.",
        ),
    )
