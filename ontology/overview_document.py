"""Write the document that introduces the ontology, with figures from the shipped files."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Final

from ontology.description import OntologyDescription, ontology_description
from ontology.headers import Header, in_reading_order
from ontology.namespaces import ONTOLOGY, OWL, RDF
from ontology.quality import quality_checks, shipped_findings
from ontology.shipped_files import DocumentKind, ontology_files
from ontology.term_counts import term_counts

_DOCUMENT: Final = """# The ontology

{description}
One namespace, `{namespace}` (prefix `{prefix}`), version {version}, CC BY 4.0.

It holds {classes} classes, {objects} object properties, {data} data properties and {notes}
annotation properties in {modules} modules, {concepts} concepts in {schemes} schemes, and {matches}
matches in {alignments} alignments. Every term has a label, a definition and a rationale in German
and English.

## Where to look

- `make run`, then http://127.0.0.1:8000/ontology: reading guide, all terms from A to Z, a page for
  each module with its picture, for each alignment and scheme, in German and English. The same
  addresses answer programs in Turtle, JSON-LD, RDF/XML and N-Triples.
- The files: `ontology/modules`, `ontology/alignments`, `ontology/schemes`, `ontology/shapes`.
- [Competency questions](competency-questions.md) with expected answers, and
  [quality checks](ontology-checks.md) with what to do about a finding.

## Modules

| Module | What it describes | Classes | Relations | Attributes | Annotations |
|---|---|---|---|---|---|
{module_rows}
## Alignments

| With | Matches |
|---|---|
{alignment_rows}
## How to cite

> {citation}

Each module has a citation of its own on its page.

## Beside others

Ours is counted from the files whenever this document is written. The others were read at the
commits accd4e25 (Open Energy Ontology), 367ab19 (CEON, its modules process and cvn) and 3cb0f3c
(Common Impact Data Standard); a dash means that it was not counted.

| | Kreislaufstadt | OEO | CEON | CIDS |
|---|---|---|---|---|
{comparison_rows}
The executed questions and the checks as SPARQL follow the example of OEO, whose process is the most
practised of the three. CEON and CIDS describe firms and impact models, which this ontology leaves
out; [alignments](../ontology/alignments) tie it to OEO and CEON.

This file is written by `kreislaufstadt export ontology --out docs/ontology.md`.
"""
_NOT_COUNTED: Final = "–"


def ontology_document() -> str:
    """Return the document that introduces the ontology."""
    described = ontology_description()
    whole, counts = described.headers[ONTOLOGY], term_counts()
    found = Counter(finding.check.name for finding in shipped_findings())
    return _DOCUMENT.format(
        description=whole.description.en,
        namespace=whole.namespace,
        prefix=whole.prefix,
        version=whole.version,
        classes=counts.classes,
        objects=counts.object_properties,
        data=counts.data_properties,
        notes=counts.annotation_properties,
        modules=len(_of_kind(described, "module")),
        concepts=sum(counts.concepts.values()),
        schemes=len(counts.concepts),
        matches=sum(len(lines) for lines in described.correspondences.values()),
        alignments=len(described.correspondences),
        module_rows="".join(_module_row(described, h) for h in _of_kind(described, "module")),
        alignment_rows="".join(
            f"| {header.title.en.removeprefix('Alignment with ')}"
            f" | {len(described.correspondences[header.iri])} |\n"
            for header in _of_kind(described, "alignment")
        ),
        citation=whole.citation.en,
        comparison_rows="".join(_row(row) for row in _comparison(described, found)),
    )


def _comparison(described: OntologyDescription, found: Counter[str]) -> list[tuple[object, ...]]:
    """Return what can be compared: ours, OEO, CEON, CIDS."""
    none = _NOT_COUNTED
    questions = f"{len(described.questions)}, each run against its expected answer"
    subjects = (
        "strategies of municipalities and their interfaces with aims",
        "energy systems, policy among them",
        "circular value networks of firms",
        "impact models of organisations",
    )
    no_inverse = "Object properties without inverse, symmetric ones aside"
    inverses = _findings(found, "inverse-missing")
    return [
        ("Describes", *subjects),
        ("Terms without label", _findings(found, "label-missing"), none, 0, "109 of 166"),
        (
            "Terms without German label",
            _findings(found, "label-german-missing"),
            "some have one",
            43,
            166,
        ),
        ("Terms without definition", _findings(found, "definition-missing"), none, 0, 109),
        (
            "Kept at each term",
            "rationale in both languages",
            "record of its discussion",
            none,
            none,
        ),
        (no_inverse, inverses, none, 12, 75),
        ("Axioms of disjointness", _disjointness_axioms(), none, 0, 0),
        ("Property chains", len(described.chains), none, 0, none),
        ("Competency questions", questions, "44 run", "not run", none),
        ("Reasoner, profiles", "HermiT; OWL 2 DL and RL", "HermiT; profile", none, none),
        ("Licence", "CC BY 4.0", "CC0 or MIT", "CC BY 4.0", "its two statements differ"),
    ]


def _of_kind(described: OntologyDescription, kind: DocumentKind) -> list[Header]:
    return [header for header in in_reading_order(described.headers) if header.kind == kind]


def _module_row(described: OntologyDescription, header: Header) -> str:
    kinds = Counter(term.kind for term in described.of_module(header.iri))
    cells = (
        f"[{header.name}](../ontology/modules/{header.name}.ttl)",
        header.description.en,
        kinds["class"],
        kinds["object_property"],
        kinds["data_property"],
        kinds["annotation_property"],
    )
    return _row(cells)


def _row(cells: Iterable[object]) -> str:
    return "| " + " | ".join(str(cell) for cell in cells) + " |\n"


def _findings(found: Counter[str], check: str) -> int:
    """Return how much a check has found; a check that does not exist is a KeyError."""
    return found[quality_checks()[check].name]


def _disjointness_axioms() -> int:
    stated = (quad for file in ontology_files().values() for quad in file.quads)
    return sum(
        quad.predicate.value == OWL.propertyDisjointWith
        or (quad.predicate.value == RDF.type and str(quad.object) == f"<{OWL.AllDisjointClasses}>")
        for quad in stated
    )
