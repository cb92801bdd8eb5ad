"""The shapes accept the example and the tables, and each invalid file breaks its one constraint."""

from __future__ import annotations

from pathlib import Path

import pyshacl_turbo
import pytest
from pyoxigraph import Store
from rdflib import Graph, URIRef
from rdflib.namespace import RDF, SH

from kg.findings import Severity
from kg.language import Text
from kg.validation import context_of, shipped_shapes, validate
from ontology.namespaces import KS, SHAPES
from ontology.reference import all_reference_quads, ontology_quads
from tests.ontology.shape_files import (
    INVALID,
    beside_the_example,
    own_breaches,
    report_on,
    texts,
)

# A confirmed interface without an author lacks what every interface should have, too.
COMPANIONS = {"Interface-confirmedAuthor": {("Interface-author", "warning")}}


@pytest.fixture(scope="module")
def shapes() -> Graph:
    return shipped_shapes()


def constraints(shapes: Graph) -> set[str]:
    """Return the names of all shapes that can be reported."""
    reported = {*shapes.subjects(RDF.type, SH.PropertyShape), *shapes.subjects(SH.sparql)}
    return {str(shape).removeprefix(SHAPES) for shape in reported | {*shapes.subjects(SH.message)}}


def test_the_example_conforms(ontology_store: Store, shapes: Graph) -> None:
    data = beside_the_example(None)
    assert own_breaches(report_on(data, ontology_store, shapes, pyshacl_turbo), data) == set()


def test_the_ontology_and_its_tables_break_nothing(shapes: Graph) -> None:
    found = validate([*ontology_quads(), *all_reference_quads()], [], shapes, {}, file="tables")
    assert [item for item in found if item.severity is Severity.VIOLATION] == []


@pytest.mark.parametrize("file", INVALID, ids=lambda file: file.stem)
def test_an_invalid_file_breaks_exactly_its_constraint(
    file: Path, ontology_store: Store, shapes: Graph
) -> None:
    data = beside_the_example(file)
    found = own_breaches(report_on(data, ontology_store, shapes, pyshacl_turbo), data)
    assert found == {(file.stem, file.parent.name)} | COMPANIONS.get(file.stem, set())


def test_every_constraint_has_an_invalid_file_and_no_file_is_left_over(shapes: Graph) -> None:
    assert {file.stem for file in INVALID} == constraints(shapes)


@pytest.mark.parametrize("file", INVALID, ids=lambda file: file.stem)
def test_an_invalid_file_is_told_in_both_languages_with_a_fix(
    file: Path, ontology_store: Store, shapes: Graph
) -> None:
    data = beside_the_example(file)
    found = validate(data, context_of(data, ontology_store), shapes, {}, file=file.name)
    said = {(item.severity.value, *pair(item.reason), *pair(item.fix)) for item in found}
    shape = SHAPES + file.stem
    message, hint = texts(shapes, shape, str(SH.message)), texts(shapes, shape, KS.fixHint)
    told = (file.parent.name, message["de"], message["en"], hint["de"], hint["en"])
    assert told in said


def pair(text: Text) -> tuple[str, str]:
    return text.de, text.en


@pytest.mark.parametrize("file", INVALID, ids=lambda file: file.stem)
def test_an_invalid_file_says_in_its_first_line_what_is_wrong(file: Path) -> None:
    assert file.read_text("utf-8").startswith("# Wrong: ")


def test_every_constraint_has_message_and_hint_in_both_languages(shapes: Graph) -> None:
    for name in constraints(shapes):
        for predicate in (str(SH.message), KS.fixHint):
            said = texts(shapes, SHAPES + name, predicate)
            assert set(said) == {"de", "en"}, name
            assert all(text.endswith(".") and text == text.strip() for text in said.values()), name


def test_every_constraint_is_a_violation_or_a_warning(shapes: Graph) -> None:
    for name in constraints(shapes):
        assert shapes.value(URIRef(SHAPES + name), SH.severity) in {SH.Violation, SH.Warning}


def test_every_property_shape_belongs_to_a_shape_with_a_target(shapes: Graph) -> None:
    held = {
        part
        for owner, part in shapes.subject_objects(SH.property)
        if (owner, SH.targetClass, None) in shapes or (owner, SH.targetSubjectsOf, None) in shapes
    }
    assert set(shapes.subjects(RDF.type, SH.PropertyShape)) <= held
