"""The shapes accept the example and name each mistake in both languages."""

from __future__ import annotations

from importlib.resources import files

import pyshacl
import pytest
from rdflib import Graph, Namespace, URIRef
from rdflib.namespace import RDF, RDFS, SH, SKOS

from ontology.reference import turtle_files

KS = Namespace("https://w3id.org/kreislaufstadt/ontology#")
SHAPES = "https://w3id.org/kreislaufstadt/shapes#"


@pytest.fixture(scope="module")
def shapes() -> Graph:
    graph = Graph()
    for name in turtle_files("shapes"):
        text = files("ontology").joinpath("shapes", name).read_text(encoding="utf-8")
        graph.parse(data=text, format="turtle")
    return graph


@pytest.fixture(scope="module")
def background(ontology_turtle: Graph) -> Graph:
    """Return what validation needs of the ontology: classes, their order, scheme membership."""
    needed = {RDF.type, RDFS.subClassOf, SKOS.inScheme}
    graph = Graph()
    for triple in ontology_turtle:
        if triple[1] in needed:
            graph.add(triple)
    return graph


def _findings(text: str, shapes: Graph, ontology: Graph) -> dict[str, str]:
    data = Graph().parse(data=text, format="turtle") + ontology
    _, report, _ = pyshacl.validate(data, shacl_graph=shapes, inference="none", advanced=True)
    found: dict[str, str] = {}
    for result in report.objects(None, SH.result):
        name = str(report.value(result, SH.sourceShape)).removeprefix(SHAPES)
        found[name] = str(report.value(result, SH.resultSeverity)).rsplit("#", 1)[1]
        # pyshacl drops the language of messages of SPARQL constraints, hence compared as text
        said = {str(message) for message in report.objects(result, SH.resultMessage)}
        assert said == {str(m) for m in shapes.objects(URIRef(SHAPES + name), SH.message)}
    return found


ADDED = {
    "Interface-source": "ex:x a ks:Interface .",
    "Interface-sourceClass": "ex:proposed ks:interfaceSource ex:city .",
    "Interface-kindScheme": "ex:proposed ks:interfaceKind r:R4 .",
    "Interface-strength": "ex:proposed ks:strength 5 .",
    "Interface-confidence": "ex:proposed ks:confidence 1.5 .",
    "Interface-status": "ex:confirmed ks:reviewStatus status:rejected .",
    "Interface-rationaleText": 'ex:proposed ks:rationale "ohne Sprache" .',
    "Interface-fourEyes": "ex:confirmed prov:wasAttributedTo ex:climate .",
    "Interface-unknownSdg": "ex:x a ks:Interface ; ks:interfaceTarget sdg:12.99 .",
    "Interface-unknownAim": "ex:x a ks:Interface ; ks:interfaceTarget ex:nowhere .",
    "Evidence-source": "ex:x a ks:Evidence .",
    "Evidence-sourceClass": "ex:x a ks:Evidence ; ks:evidenceSource ex:nowhere .",
    "Evidence-page": "ex:quote ks:page 0 .",
    "Evidence-quote": 'ex:quote ks:quote "x"@de .',
    "ReferenceLink-target": "ex:x a ks:ReferenceLink ; ks:linkTarget sdg:12.99 .",
    "Municipality-ags": 'ex:x a ks:Municipality ; rdfs:label "X"@de .',
    "Municipality-agsForm": 'ex:x a ks:Municipality ; rdfs:label "X"@de ; ks:ags "5999999" .',
    "Municipality-ars": 'ex:city ks:ars "0599" .',
    "Measure-label": "ex:x a ks:Measure .",
    "Measure-labelText": 'ex:repair rdfs:label "Anders"@de .',
    "Measure-document": 'ex:x a ks:Measure ; rdfs:label "X"@de .',
    "Measure-statusScheme": "ex:burn ks:measureStatus r:R2 .",
    "Measure-statusOne": "ex:burn ks:measureStatus measure-status:done .",
    "Measure-responsibleClass": "ex:burn ks:responsibleActor ex:nobody .",
    "Measure-rStrategyScheme": "ex:burn ks:appliesRStrategy ex:R99 .",
    "Measure-valueChain": "ex:burn ks:inValueChain r:R3 .",
    "Measure-startYear": "ex:burn ks:plannedStartYear 26 .",
    "Measure-order": "ex:burn ks:plannedStartYear 2030 ; ks:plannedEndYear 2026 .",
    "Measure-cost": 'ex:burn ks:costEstimate "viel" .',
    "Goal-document": 'ex:x a ks:Goal ; rdfs:label "X"@de .',
    "Goal-broader": "ex:goal ks:broaderAim ex:nowhere .",
    "Goal-cycle": "ex:goal ks:broaderAim ex:subgoal .",
    "MunicipalConcept-typeScheme": "ex:climate-concept ks:conceptType r:R1 .",
    "MunicipalConcept-municipality": 'ex:x a ks:MunicipalConcept ; rdfs:label "X"@de .',
    "CircularStrategy-municipality": 'ex:x a ks:CircularStrategy ; rdfs:label "X"@de .',
    "Indicator-label": "ex:x a ks:Indicator .",
    "Indicator-kindScheme": "ex:repairs ks:indicatorKind r:R1 .",
    "Indicator-sdgIndicator": "ex:repairs ks:alignsWithSdgIndicator sdg:C999999 .",
    "IndicatorValue-indicator": "ex:x a ks:ObservedValue ; ks:numericValue 1.0 ; ks:year 2024 .",
    "IndicatorValue-number": 'ex:target ks:numericValue "3.0E0"^^xsd:double .',
    "IndicatorValue-year": "ex:target ks:year 2031 .",
}

REMOVED = {
    "Interface-confirmedEvidence": "ks:hasEvidence ex:quote ;",
    "Interface-confirmedReviewer": "ks:reviewedBy ex:climate ;",
    "Interface-declaredSource": "ks:hasEvidence ex:quote ;",
    "Interface-rationale": 'ks:rationale "Reparatur vermeidet Abfall."@de ;',
}

WARNED = {
    "Interface-author": ";\n    prov:wasAttributedTo ex:climate",
    "Measure-status": "ks:measureStatus measure-status:idea ;",
    "Measure-responsible": "ks:responsibleActor ex:climate ;",
    "Measure-rStrategy": "ks:appliesRStrategy r:R9 ;",
    "Measure-period": ';\n    ks:timeText "mittelfristig"@de',
    "MunicipalConcept-type": "ks:conceptType concept-type:klimaschutzkonzept ;",
    "MunicipalConcept-source": 'ks:resolution "V/0001/2026" ;',
    "Indicator-unit": 'ks:unitSymbol "1/a" ;',
    "Indicator-kind": "ks:indicatorKind indicator-kind:impact ;",
}


def test_example_conforms(example_text: str, shapes: Graph, background: Graph) -> None:
    assert _findings(example_text, shapes, background) == {}


@pytest.mark.parametrize("shape", ADDED, ids=list(ADDED))
def test_addition_is_found_as_violation(
    shape: str, example_text: str, shapes: Graph, background: Graph
) -> None:
    found = _findings(example_text + ADDED[shape], shapes, background)
    assert found.get(shape) == "Violation"


@pytest.mark.parametrize("shape", REMOVED, ids=list(REMOVED))
def test_omission_is_found_as_violation(
    shape: str, example_text: str, shapes: Graph, background: Graph
) -> None:
    text = example_text.replace(REMOVED[shape], "")
    assert text != example_text
    assert _findings(text, shapes, background).get(shape) == "Violation"


@pytest.mark.parametrize("shape", WARNED, ids=list(WARNED))
def test_what_real_lists_lack_is_only_a_warning(
    shape: str, example_text: str, shapes: Graph, background: Graph
) -> None:
    text = example_text.replace(WARNED[shape], "")
    assert text != example_text
    assert _findings(text, shapes, background) == {shape: "Warning"}


def test_sign_must_fit_the_kind(example_text: str, shapes: Graph, background: Graph) -> None:
    text = example_text.replace("ks:strength -2", "ks:strength 2")
    assert _findings(text, shapes, background) == {"Interface-sign": "Violation"}


def test_same_interface_twice_is_a_warning(
    example_text: str, shapes: Graph, background: Graph
) -> None:
    start = example_text.index("ex:proposed")
    text = example_text + example_text[start:].replace("ex:proposed", "ex:again")
    assert _findings(text, shapes, background) == {"Interface-duplicate": "Warning"}


def test_every_constraint_has_message_and_hint_in_both_languages(shapes: Graph) -> None:
    constraints = [
        *shapes.subjects(RDF.type, SH.PropertyShape),
        *shapes.subjects(SH.sparql, None),
    ]
    assert len(constraints) > 60
    for shape in constraints:
        for predicate in (SH.message, KS.fixHint):
            words = list(shapes.objects(shape, predicate))
            assert sorted(word.language for word in words) == ["de", "en"]
        assert isinstance(shapes.value(shape, SH.severity), URIRef)
