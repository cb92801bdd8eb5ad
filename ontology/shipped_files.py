"""Give each Turtle file of the ontology as a document of its own."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Final, Literal

from pyoxigraph import NamedNode, Quad, RdfFormat, parse

from ontology.namespaces import ONTOLOGY, OWL, RDF
from ontology.reference import turtle_files

DocumentKind = Literal["whole", "module", "alignment", "scheme"]

_FOLDERS: Final[Mapping[str, DocumentKind]] = {
    "modules": "module",
    "alignments": "alignment",
    "schemes": "scheme",
}


@dataclass(frozen=True, slots=True)
class OntologyFile:
    """Hold one file: the IRI that its header declares, its name, its text and its statements."""

    iri: str
    name: str
    kind: DocumentKind
    turtle: str
    quads: tuple[Quad, ...]


@cache
def ontology_files() -> Mapping[str, OntologyFile]:
    """Return the shipped files by the IRI of their document.

    The kind `whole` is the file that imports all modules. Blank nodes of different files differ.
    """
    read = [_read(folder, name) for folder in _FOLDERS for name in turtle_files(folder)]
    return {file.iri: file for file in read}


def _read(folder: str, name: str) -> OntologyFile:
    text = files("ontology").joinpath(folder, name).read_text("utf-8")
    quads = tuple(parse(text, format=RdfFormat.TURTLE, rename_blank_nodes=True))
    header = NamedNode(OWL.Ontology)
    (iri,) = (
        quad.subject.value
        for quad in quads
        if quad.predicate.value == RDF.type
        and quad.object == header
        and isinstance(quad.subject, NamedNode)
    )
    kind = "whole" if iri == ONTOLOGY else _FOLDERS[folder]
    return OntologyFile(iri, name.removesuffix(".ttl"), kind, text, quads)
