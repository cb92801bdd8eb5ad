"""Give the two Java tools what both need: the runtime, and statements as one ontology in a file."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterable
from pathlib import Path

from pyoxigraph import NamedNode, Quad, RdfFormat, Triple, serialize

from ontology.errors import ReasonerError
from ontology.namespaces import ONTOLOGY, OWL, RDF

_TELLING = re.compile(r".*(?:Exception|Error|error:).*")


def java_is_available() -> bool:
    """Say whether a Java runtime is on the path."""
    return shutil.which("java") is not None


def java_command() -> str:
    """Return the path of the Java runtime.

    Raises:
        ReasonerError: There is none.
    """
    command = shutil.which("java")
    if command is None:
        raise ReasonerError("java-missing")
    return command


def write_statements(quads: Iterable[Quad], file: Path) -> None:
    """Write the statements, whatever their graphs, as N-Triples of a single ontology.

    A file can hold one ontology only, so the headers lose their type, version IRI and imports,
    and nothing is fetched for an import; all they say besides stays.
    """
    kind, ontology = NamedNode(RDF.type), NamedNode(OWL.Ontology)
    structural = {NamedNode(OWL.imports), NamedNode(OWL.versionIRI)}
    kept = [
        Triple(quad.subject, quad.predicate, quad.object)
        for quad in quads
        if quad.predicate not in structural
        and not (quad.predicate == kind and quad.object == ontology)
    ]
    kept.append(Triple(NamedNode(ONTOLOGY), kind, ontology))
    serialize(kept, str(file), format=RdfFormat.N_TRIPLES)


def telling_line(output: str) -> str:
    r"""Return the first line of a tool's output that names an error, shortened.

    >>> telling_line("Loading\njava.lang.OutOfMemoryError: heap\n  at Main")
    'java.lang.OutOfMemoryError: heap'
    """
    match = _TELLING.search(output)
    return match[0].strip()[:300] if match else ""
