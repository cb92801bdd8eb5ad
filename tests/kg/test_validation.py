"""A breach of a shape is told at its place in the source, in both languages."""

from __future__ import annotations

import pyshacl
import pyshacl_turbo
import pytest
from pyoxigraph import Literal, NamedNode, Quad, Store

from kg.findings import Finding, Place, Severity
from kg.validation import context_of, shipped_shapes, validate
from ontology.namespaces import RDFS, SHAPES
from ontology.reference import ontology_quads
from tests.conftest import turtle
from tests.ontology.shape_files import INVALID, all_files_at_once, breaches, report_on

MEASURE = "https://w3id.org/kreislaufstadt/id/05515000/measure/liste/m-1"
PLAN = f"""
id:plan a ks:ActionPlan ; rdfs:label "Plan"@de ; ks:hasMeasure <{MEASURE}> ;
  ks:forMunicipality <https://w3id.org/kreislaufstadt/id/05515000> .
<https://w3id.org/kreislaufstadt/id/05515000> a ks:Municipality ; ks:ags "05515000" ;
  rdfs:label "Münster"@de .
"""
WHOLE = f"""
<{MEASURE}> a ks:Measure ; rdfs:label "Reparaturbonus"@de ;
  ks:measureStatus <https://w3id.org/kreislaufstadt/scheme/measure-status/planned> ;
  ks:responsibleActor id:office ; ks:plannedStartYear 2025 ; ks:plannedEndYear 2027 ;
  ks:appliesRStrategy <https://w3id.org/kreislaufstadt/scheme/r-strategy/R4> .
id:office a ks:AdministrativeUnit ; rdfs:label "Amt"@de .
"""
PLACES = {MEASURE: Place("liste.xlsx", sheet="Maßnahmen", row=7)}


def context() -> list[Quad]:
    return [
        quad
        for quad in ontology_quads()
        if "/scheme/" in str(quad.subject) or quad.predicate.value == RDFS.subClassOf
    ]


@pytest.fixture(scope="module")
def store() -> Store:
    store = Store()
    store.extend(ontology_quads())
    return store


def breaches_of(text: str, places: dict[str, Place]) -> list[Finding]:
    return validate(turtle(PLAN + text), context(), shipped_shapes(), places, file="liste.xlsx")


def found_in(text: str) -> list[Finding]:
    return breaches_of(text, PLACES)


def test_a_whole_measure_breaks_nothing() -> None:
    assert found_in(WHOLE) == []


def test_a_breach_names_sheet_and_row() -> None:
    found = found_in(WHOLE.replace('rdfs:label "Reparaturbonus"@de ;', ""))
    assert [(f.severity, f.place.sheet, f.place.row) for f in found] == [
        (Severity.VIOLATION, "Maßnahmen", 7)
    ]


def test_a_breach_says_what_is_wrong_and_what_to_do_in_both_languages() -> None:
    (found,) = found_in(WHOLE.replace('rdfs:label "Reparaturbonus"@de ;', ""))
    assert (found.reason.de, found.reason.en) == (
        "Die Maßnahme hat keinen Namen.",
        "The measure has no name.",
    )
    assert (found.fix.de, found.fix.en) == ("Einen Titel eintragen.", "Enter a title.")


def test_a_missing_responsible_is_a_warning_not_a_violation() -> None:
    found = found_in(WHOLE.replace("ks:responsibleActor id:office ;", ""))
    assert {f.severity for f in found} == {Severity.WARNING}


def test_a_concept_of_another_scheme_is_a_violation() -> None:
    wrong = WHOLE.replace("scheme/r-strategy/R4", "scheme/value-chain/bau")
    assert Severity.VIOLATION in {f.severity for f in found_in(wrong)}


def test_an_end_before_the_start_is_a_violation() -> None:
    found = found_in(WHOLE.replace("ks:plannedEndYear 2027", "ks:plannedEndYear 2020"))
    assert Severity.VIOLATION in {f.severity for f in found}


@pytest.mark.slow
def test_the_engine_agrees_with_pyshacl_on_all_invalid_files(store: Store) -> None:
    data = all_files_at_once()
    ours, theirs = (
        breaches(report_on(data, store, shipped_shapes(), engine))
        for engine in (pyshacl_turbo, pyshacl)
    )
    assert ours == theirs
    assert {shape.removeprefix(SHAPES) for _, shape, _ in ours} >= {file.stem for file in INVALID}


def test_a_thing_without_a_place_is_named() -> None:
    (found,) = breaches_of(WHOLE.replace('rdfs:label "Reparaturbonus"@de ;', ""), {})
    assert (found.place.row, found.value) == (None, MEASURE)


def test_only_things_that_the_source_describes_are_checked() -> None:
    bare = [Quad(NamedNode(MEASURE), NamedNode(RDFS.label), Literal(""))]
    typed = turtle(f"<{MEASURE}> a ks:Measure .")
    assert validate(bare, typed, shipped_shapes(), {}, file="liste.xlsx") == []


def test_the_class_of_a_thing_described_elsewhere_is_known(store: Store) -> None:
    other = turtle("sdg:12 a sdgo:Goal . id:goal a ks:Goal .")
    known = Store()
    known.extend([*other, *store])
    source = turtle("id:goal ks:measuredBy id:indicator . id:indicator ks:informsAim sdg:12 .")
    named = {(q.subject.value, q.object.value) for q in context_of(source, known)}
    base = "https://w3id.org/kreislaufstadt/"
    assert (f"{base}id/goal", f"{base}ontology#Goal") in named
    assert ("http://metadata.un.org/sdg/12", "http://metadata.un.org/sdg/ontology#Goal") in named


def test_the_order_of_findings_is_fixed() -> None:
    broken = WHOLE.replace("ks:responsibleActor id:office ;", "").replace("2027", "2020")
    assert found_in(broken) == found_in(broken)
