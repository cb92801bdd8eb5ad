"""A breach of a shape is told at its place in the source, in both languages."""

from __future__ import annotations

import pyshacl
import pyshacl_turbo
import pytest
from pyoxigraph import Quad, RdfFormat, Triple, serialize
from rdflib import Graph, URIRef

from kg.findings import Finding, Place, Severity
from kg.validation import shipped_shapes, validate
from ontology.namespaces import RDFS, SH
from ontology.reference import ontology_quads
from tests.conftest import turtle

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


INTERFACE = f"""
<{MEASURE}/link> a ks:Interface ; ks:interfaceSource <{MEASURE}> ; ks:interfaceTarget sdg:12.5 ;
  ks:interfaceKind ik:supports ; ks:strength -2 ; ks:reviewStatus st:confirmed .
"""


def context() -> list[Quad]:
    return [
        quad
        for quad in ontology_quads()
        if "/scheme/" in str(quad.subject) or quad.predicate.value == RDFS.subClassOf
    ]


def breaches(text: str) -> list[Finding]:
    return validate(turtle(PLAN + text), context(), shipped_shapes(), PLACES, file="liste.xlsx")


def test_a_whole_measure_breaks_nothing() -> None:
    assert breaches(WHOLE) == []


def test_a_breach_names_sheet_and_row() -> None:
    found = breaches(WHOLE.replace('rdfs:label "Reparaturbonus"@de ;', ""))
    assert [(f.severity, f.place.sheet, f.place.row) for f in found] == [
        (Severity.VIOLATION, "Maßnahmen", 7)
    ]


def test_a_breach_says_what_is_wrong_and_what_to_do_in_both_languages() -> None:
    (found,) = breaches(WHOLE.replace('rdfs:label "Reparaturbonus"@de ;', ""))
    assert (found.reason.de, found.reason.en) == (
        "Die Maßnahme hat keinen Namen.",
        "The measure has no name.",
    )
    assert (found.fix.de, found.fix.en) == ("Einen Titel eintragen.", "Enter a title.")


def test_a_missing_responsible_is_a_warning_not_a_violation() -> None:
    found = breaches(WHOLE.replace("ks:responsibleActor id:office ;", ""))
    assert {f.severity for f in found} == {Severity.WARNING}


def test_a_concept_of_another_scheme_is_a_violation() -> None:
    wrong = WHOLE.replace("scheme/r-strategy/R4", "scheme/value-chain/bau")
    assert Severity.VIOLATION in {f.severity for f in breaches(wrong)}


def test_an_end_before_the_start_is_a_violation() -> None:
    found = breaches(WHOLE.replace("ks:plannedEndYear 2027", "ks:plannedEndYear 2020"))
    assert Severity.VIOLATION in {f.severity for f in found}


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(WHOLE, id="whole"),
        pytest.param(WHOLE.replace('rdfs:label "Reparaturbonus"@de ;', ""), id="no label"),
        pytest.param(WHOLE.replace("ks:responsibleActor id:office ;", ""), id="no responsible"),
        pytest.param(WHOLE.replace("r-strategy/R4", "value-chain/bau"), id="wrong scheme"),
        pytest.param(WHOLE.replace("2027", "2020"), id="end before start"),
        pytest.param(WHOLE + INTERFACE, id="interface without ground"),
    ],
)
def test_the_engine_agrees_with_pyshacl(text: str) -> None:
    data = as_rdflib(turtle(PLAN + text)) + as_rdflib(context())
    ours, theirs = (
        engine.validate(data, shacl_graph=shipped_shapes(), advanced=True, inference="none")[1]
        for engine in (pyshacl_turbo, pyshacl)
    )
    assert breach_pairs(ours) == breach_pairs(theirs)


def breach_pairs(report: Graph) -> set[tuple[str, str, str]]:
    return {
        tuple(
            str(report.value(result, URIRef(name)))
            for name in (SH.focusNode, SH.sourceShape, SH.resultSeverity)
        )
        for result in report.objects(None, URIRef(SH.result))
    }


def as_rdflib(quads: list[Quad]) -> Graph:
    triples = (Triple(quad.subject, quad.predicate, quad.object) for quad in quads)
    graph = Graph()
    graph.parse(data=serialize(triples, format=RdfFormat.N_TRIPLES), format="nt")
    return graph


def test_the_order_of_findings_is_fixed() -> None:
    broken = WHOLE.replace("ks:responsibleActor id:office ;", "").replace("2027", "2020")
    assert breaches(broken) == breaches(broken)
