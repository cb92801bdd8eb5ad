"""The OWL API finds the ontology in OWL 2 DL and OWL 2 RL and reports what leaves them."""

from __future__ import annotations

from pathlib import Path

import pytest
from pyoxigraph import Quad, RdfFormat, parse

from ontology import profiles
from ontology.errors import ReasonerError
from ontology.java_runtime import java_is_available
from ontology.profiles import profile_violations

needs_java = pytest.mark.skipif(
    not java_is_available(), reason="no Java on this machine, which the OWL API needs"
)

MISTAKES = {
    "undeclared class": (
        "ex:repair a ex:Undeclared .",
        {("DL", "UseOfUndeclaredClass"), ("RL", "UseOfUndeclaredClass")},
    ),
    "functional property with a chain": (
        "ks:supportsAim a owl:FunctionalProperty .",
        {
            ("DL", "UseOfNonSimplePropertyInFunctionalPropertyAxiom"),
            ("RL", "UseOfNonSimplePropertyInFunctionalPropertyAxiom"),
        },
    ),
    "existence demanded of each member": (
        "ks:Measure rdfs:subClassOf [ a owl:Restriction ;"
        " owl:onProperty ks:contributesTo ; owl:someValuesFrom ks:Goal ] .",
        {("RL", "UseOfNonSuperClassExpression")},
    ),
}


def _statements(text: str) -> list[Quad]:
    return list(parse(text.encode(), format=RdfFormat.TURTLE))


@needs_java
@pytest.mark.reasoner
def test_ontology_alone_is_in_both_profiles(ontology_statements: list[Quad]) -> None:
    assert profile_violations(ontology_statements) == []


@needs_java
@pytest.mark.reasoner
def test_ontology_with_example_is_in_both_profiles(
    ontology_statements: list[Quad], example_text: str
) -> None:
    assert profile_violations([*ontology_statements, *_statements(example_text)]) == []


@needs_java
@pytest.mark.reasoner
@pytest.mark.parametrize("mistake", MISTAKES, ids=list(MISTAKES))
def test_mistake_is_reported_with_its_profile(
    mistake: str, ontology_statements: list[Quad], example_prefixes: str
) -> None:
    text, expected = MISTAKES[mistake]
    found = profile_violations([*ontology_statements, *_statements(example_prefixes + text)])
    assert {(violation.profile, violation.rule) for violation in found} == expected


@needs_java
@pytest.mark.reasoner
def test_violation_tells_what_breaks_the_rule(
    ontology_statements: list[Quad], example_prefixes: str
) -> None:
    wrong = _statements(example_prefixes + "ex:repair a ex:Undeclared .")
    assert "example/Undeclared" in profile_violations([*ontology_statements, *wrong])[0].detail


@needs_java
@pytest.mark.reasoner
def test_runtime_without_compiler_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("JDK_JAVA_OPTIONS", "--limit-modules=java.base")
    with pytest.raises(ReasonerError, match="no compiler") as caught:
        profile_violations([])
    assert caught.value.code == "compiler-missing"


@needs_java
@pytest.mark.reasoner
def test_check_that_stops_is_an_error_of_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(profiles, "_jar", lambda: Path("no.jar"))
    with pytest.raises(ReasonerError, match=r"without an answer: .*error:") as caught:
        profile_violations([])
    assert caught.value.code == "reasoner-failed"


@needs_java
@pytest.mark.reasoner
def test_check_that_takes_too_long_is_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(profiles, "_TIMEOUT_SECONDS", 0.01)
    with pytest.raises(ReasonerError, match=r"no answer within 0\.01 seconds"):
        profile_violations([])


def test_missing_java_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    with pytest.raises(ReasonerError, match="No Java"):
        profile_violations([])
