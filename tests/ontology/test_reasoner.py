"""HermiT finds the ontology consistent and finds each deliberate mistake."""

from __future__ import annotations

import pytest
from pyoxigraph import Quad, RdfFormat, parse

from ontology.errors import ReasonerError
from ontology.hermit import Consistency, consistency
from ontology.java_runtime import java_is_available
from ontology.reference import reference_quads, reference_tables

needs_java = pytest.mark.skipif(
    not java_is_available(), reason="no Java on this machine, which HermiT needs"
)

MISTAKES = {
    "two review statuses": "ex:confirmed ks:reviewStatus status:rejected .",
    "two statuses of one measure": "ex:repair ks:measureStatus measure-status:done .",
    "measure that is also a vision": "ex:repair a ks:Vision .",
    "document that is also an interface": "ex:strategy a ks:Interface .",
    "support and hindrance at once": (
        "ex:repair ks:supportsAimDirectly sdg:12.5 ; ks:hindersAim sdg:12.5 ."
    ),
    "conflict with itself": "ex:repair ks:conflictsWithElement ex:repair .",
    "document as target": "ex:proposed ks:interfaceTarget ex:strategy .",
    "two R-strategies that are one": "r:R3 owl:sameAs r:R4 .",
    "strength in words": 'ex:confirmed ks:strength "hoch" .',
    "SDG target as evidence": "sdg:12.5 a ks:Evidence .",
    "observed value that is also a target value": "ex:target a ks:ObservedValue .",
    "interface that is also a reference link": "ex:confirmed a ks:ReferenceLink .",
    "indicator in a value chain as if it were an element": (
        "ex:repairs ks:inValueChain value-chain:bau ."
    ),
    "goal above itself": "ex:goal ks:broaderAim ex:goal .",
    "two goals above each other": "ex:goal ks:broaderAim ex:subgoal .",
    "two documents that replace each other": (
        "ex:strategy ks:supersededBy ex:plan . ex:plan ks:supersededBy ex:strategy ."
    ),
    "framework aim that the municipality set as a goal": "ex:goal a ks:FrameworkAim .",
    "planning document that is also a framework": "ex:strategy a ks:PolicyFramework .",
    "floating point number as decimal": 'ex:target ks:numericValue "3.0E0"^^xsd:double .',
}


def _statements(text: str) -> list[Quad]:
    return list(parse(text.encode(), format=RdfFormat.TURTLE))


@needs_java
@pytest.mark.reasoner
def test_ontology_with_example_is_consistent(
    ontology_statements: list[Quad], example_text: str
) -> None:
    answer = consistency([*ontology_statements, *_statements(example_text)])
    assert answer == Consistency(is_consistent=True, unsatisfiable_classes=())


@needs_java
@pytest.mark.reasoner
@pytest.mark.slow
def test_reference_tables_are_consistent_with_the_ontology(
    ontology_statements: list[Quad],
) -> None:
    # the thesaurus alone takes a minute and uses no construct that the other tables lack
    tables = [table for table in reference_tables() if table != "thesaurus"]
    quads = [quad for table in tables for quad in reference_quads(table)]
    assert consistency([*ontology_statements, *quads]).is_consistent


@needs_java
@pytest.mark.reasoner
@pytest.mark.parametrize("mistake", MISTAKES, ids=list(MISTAKES))
def test_mistake_is_inconsistent(
    mistake: str, ontology_statements: list[Quad], example_text: str
) -> None:
    wrong = _statements(example_text + MISTAKES[mistake])
    assert not consistency([*ontology_statements, *wrong]).is_consistent


@needs_java
@pytest.mark.reasoner
def test_class_without_possible_member_is_named(
    ontology_statements: list[Quad], example_prefixes: str
) -> None:
    wrong = _statements(example_prefixes + "ex:Odd rdfs:subClassOf ks:Measure , ks:Document .")
    answer = consistency([*ontology_statements, *wrong])
    assert [iri.rsplit("/", 1)[1] for iri in answer.unsatisfiable_classes] == ["Odd"]


@needs_java
@pytest.mark.reasoner
def test_reasoner_that_stops_is_an_error_of_its_own(example_prefixes: str) -> None:
    text = "ex:year a owl:DatatypeProperty ; rdfs:range xsd:gYear ."
    with pytest.raises(ReasonerError) as caught:
        consistency(_statements(example_prefixes + text))
    assert caught.value.code == "reasoner-failed"
    assert str(caught.value).startswith("The reasoner stopped without an answer: ")


def test_missing_java_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    with pytest.raises(ReasonerError, match="Java") as caught:
        consistency([])
    assert caught.value.code == "java-missing"
