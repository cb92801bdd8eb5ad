"""Each quality check finds the fault it is for and nothing in an ontology without faults."""

from __future__ import annotations

from pathlib import Path

import pytest
from pyoxigraph import RdfFormat, parse

from ontology.competency import question_quads
from ontology.quality import (
    QualityFinding,
    QualitySeverity,
    parse_check,
    quality_checks,
    quality_findings,
    shipped_findings,
)
from ontology.reference import ontology_quads

CHECKS = quality_checks()
WELL_MADE = Path(__file__).parent.joinpath("data", "well-made.ttl").read_text("utf-8")
ONTOLOGY = "https://w3id.org/kreislaufstadt/ontology"

# By check: the Turtle that is added, and the terms that the check has to find, no others.
PLANTED = {
    "calendar-type": ("ks:weight rdfs:range xsd:gYear .", "ks:weight"),
    "chain-of-undeclared-property": (
        "ks:stocks owl:propertyChainAxiom ( ks:holds ks:consistsOf ) .",
        "ks:stocks",
    ),
    "chain-property-restricted": ("ks:stocks a owl:FunctionalProperty .", "ks:stocks"),
    "chain-steps-do-not-meet": (
        "ks:stocks owl:propertyChainAxiom ( ks:madeOf ks:holds ) .",
        "ks:stocks",
    ),
    "class-below-disjoint-classes": (
        "ks:Bench a owl:Class ; rdfs:subClassOf ks:Shop , ks:Tool .",
        "ks:Bench",
    ),
    "class-cycle": (
        "ks:A a owl:Class ; rdfs:subClassOf [ rdfs:subClassOf ks:A ] .",
        "ks:A",
    ),
    "class-isolated": ("ks:Bench a owl:Class .", "ks:Bench"),
    "class-name-style": ("ks:work_bench a owl:Class .", "ks:work_bench"),
    "class-unused": ("ks:Bench a owl:Class ; rdfs:subClassOf ks:Tool .", "ks:Bench"),
    "class-without-superclass": (
        "ks:Bench a owl:Class . ks:weight rdfs:domain ks:Bench .",
        "ks:Bench",
    ),
    "concept-label-clash": ('concept:iron skos:altLabel "Eisen"@de .', "ksc:material/iron"),
    "concept-label-twice": ('concept:iron skos:prefLabel "Stahl"@de .', "ksc:material/iron"),
    "concept-labels-differ": ('concept:iron rdfs:label "Stahl"@de .', "ksc:material/iron"),
    "concept-notation-differs": (
        'concept:tin a skos:Concept ; skos:notation "zinn" .',
        "ksc:material/tin",
    ),
    "concept-notation-twice": (
        'concept:ore skos:notation "iron" ; skos:inScheme'
        " <https://w3id.org/kreislaufstadt/scheme/material> .",
        "ksc:material/iron ksc:material/ore",
    ),
    "concept-text-missing": (
        'concept:tin a skos:Concept ; rdfs:label "Zinn"@de .',
        "ksc:material/tin",
    ),
    "concept-without-class": ("concept:tin a skos:Concept .", "ksc:material/tin"),
    "concept-without-notation": ("concept:tin a skos:Concept .", "ksc:material/tin"),
    "concept-without-scheme": (
        "concept:tin a skos:Concept ; skos:inScheme <https://example.org/metals> .",
        "ksc:material/tin",
    ),
    "defined-by-missing": ("ks:Bench a owl:Class .", "ks:Bench"),
    "definition-duplicate": ('ks:Bench skos:definition "A metal."@en .', "ks:Bench"),
    "definition-english-missing": (
        'ks:Bench a owl:Class ; skos:definition "Tisch."@de .',
        "ks:Bench",
    ),
    "definition-german-missing": (
        'ks:Bench a owl:Class ; skos:definition "Table."@en .',
        "ks:Bench",
    ),
    "definition-missing": ("ks:note a owl:AnnotationProperty .", "ks:note"),
    "definition-not-a-sentence": ('ks:Shop skos:definition "Raum"@de .', "ks:Shop"),
    "definition-repeats-label": ('ks:Tool skos:definition "werkzeug."@de .', "ks:Tool"),
    "deprecated-term-used": (
        "ks:Bench owl:deprecated true . ks:Tool rdfs:subClassOf ks:Bench .",
        "ks:Bench",
    ),
    "deprecated-without-replacement": ("ks:Tool owl:deprecated true .", "ks:Tool"),
    "domain-or-range-missing": ("ks:near a owl:ObjectProperty .", "ks:near"),
    "domain-or-range-twice": ("ks:weight rdfs:domain ks:Shop .", "ks:weight"),
    "example-missing": ("ks:Bench a owl:Class .", "ks:Bench"),
    "foreign-class-below-own": ("prov:Plan rdfs:subClassOf ks:Tool .", "prov:Plan"),
    "foreign-term-restricted": ("prov:used rdfs:range ks:Tool .", "prov:used"),
    "header-in-one-language": (
        f'<{ONTOLOGY}/shops> a owl:Ontology ; dcterms:title "Läden"@de .',
        f"{ONTOLOGY}/shops",
    ),
    "header-incomplete": (f"<{ONTOLOGY}/shops> a owl:Ontology .", f"{ONTOLOGY}/shops"),
    "import-undeclared": (f"<{ONTOLOGY}> owl:imports <{ONTOLOGY}/shops> .", ONTOLOGY),
    "inverse-missing": ("ks:near a owl:ObjectProperty .", "ks:near"),
    "inverse-restates-ends": ("ks:heldIn rdfs:domain ks:Tool .", "ks:heldIn"),
    "label-blanks": ('ks:Tool skos:altLabel " Gerät"@de .', "ks:Tool"),
    "label-duplicate": ('ks:Bench rdfs:label "Tool"@en .', "ks:Bench ks:Tool"),
    "label-english-missing": ('ks:Bench a owl:Class ; rdfs:label "Werkbank"@de .', "ks:Bench"),
    "label-german-missing": ('ks:Bench a owl:Class ; rdfs:label "Bench"@en .', "ks:Bench"),
    "label-missing": ("ks:note a owl:AnnotationProperty .", "ks:note"),
    "label-same-in-both-languages": ('ks:Tape rdfs:label "Tape"@de , "tape"@en .', "ks:Tape"),
    "label-twice": ('ks:Tool rdfs:label "Gerät"@de .', "ks:Tool"),
    "mapping-contradicts": (
        "concept:iron skos:exactMatch <https://example.org/fe> ;"
        " skos:relatedMatch <https://example.org/fe> .",
        "ksc:material/iron",
    ),
    "namespace-differs": (
        f'<{ONTOLOGY}/shops> a owl:Ontology ; vann:preferredNamespaceUri "{ONTOLOGY}/" .',
        f"{ONTOLOGY}/shops",
    ),
    "namespace-misspelt": (
        "ks:Tool rdfs:seeAlso <http://w3id.org/kreislaufstadt/ontology#Shop> .",
        "http://w3id.org/kreislaufstadt/ontology#Shop",
    ),
    "note-in-one-language": ('ks:Tool skos:note "Nützlich."@de .', "ks:Tool"),
    "origin-missing": ("ks:Bench a owl:Class .", "ks:Bench"),
    "property-cycle": ("ks:weight rdfs:subPropertyOf ks:weight .", "ks:weight"),
    "property-name-style": ("ks:Near a owl:ObjectProperty .", "ks:Near"),
    "question-term-undeclared": (
        "<https://w3id.org/kreislaufstadt/question/CQ02> dcterms:subject ks:Bench .",
        "ks:Bench",
    ),
    "scheme-incomplete": (
        "<https://w3id.org/kreislaufstadt/scheme/colour> a skos:ConceptScheme .",
        "ksc:colour",
    ),
    "subproperty-leaves-its-parent": (
        "ks:heavy a owl:DatatypeProperty ; rdfs:subPropertyOf ks:weight ; rdfs:domain ks:Shop .",
        "ks:heavy",
    ),
    "symmetric-with-two-ends": ("ks:holds a owl:SymmetricProperty .", "ks:holds"),
    "term-of-two-kinds": ("ks:weight a owl:ObjectProperty .", "ks:weight"),
    "term-undeclared": ("ks:Tool rdfs:seeAlso ks:Bench .", "ks:Bench"),
    "term-without-question": ("ks:Bench a owl:Class .", "ks:Bench"),
    "text-unfinished": ('ks:Tool skos:note "TODO: kürzen"@de .', "ks:Tool"),
    "text-without-language": ('ks:Tool skos:note "Frage."  .', "ks:Tool"),
    "version-differs": (
        f'<{ONTOLOGY}/shops> dcterms:isPartOf <{ONTOLOGY}> ; owl:versionInfo "1.9.0" .',
        f"{ONTOLOGY}/shops",
    ),
    "version-iri-differs": (
        f'<{ONTOLOGY}/shops> owl:versionIRI <{ONTOLOGY}/shops/1> ; owl:versionInfo "2.0.0" .',
        f"{ONTOLOGY}/shops",
    ),
}

# The same for faults that consist in something missing: the text that is taken away.
REMOVED = {
    "disjointness-missing": (
        "[] a owl:AllDisjointClasses ; owl:members ( ks:Shop ks:Tool ks:Material ) .",
        ONTOLOGY,
    ),
    "prior-version-missing": (f"owl:priorVersion <{ONTOLOGY}/1.0.0> ;", ONTOLOGY),
}


@pytest.fixture(scope="module")
def shipped() -> list[QualityFinding]:
    return shipped_findings()


def _findings(text: str) -> list[QualityFinding]:
    return quality_findings(parse(text, format=RdfFormat.TURTLE))


def _terms(text: str, check: str) -> set[str]:
    return {finding.term for finding in _findings(text) if finding.check.name == check}


def test_every_check_has_a_planted_fault() -> None:
    assert set(PLANTED) | set(REMOVED) == set(CHECKS)


def test_the_well_made_ontology_has_no_finding() -> None:
    assert _findings(WELL_MADE) == []


@pytest.mark.parametrize("check", PLANTED)
def test_a_check_finds_the_planted_term_alone(check: str) -> None:
    added, terms = PLANTED[check]
    assert _terms(WELL_MADE + added, check) == set(terms.split())


@pytest.mark.parametrize("check", REMOVED)
def test_a_check_finds_what_was_taken_away(check: str) -> None:
    text, terms = REMOVED[check]
    assert text in WELL_MADE
    assert _terms(WELL_MADE.replace(text, ""), check) == set(terms.split())


@pytest.mark.parametrize(
    "check",
    [name for name, check in CHECKS.items() if check.severity is QualitySeverity.ERROR],
)
def test_the_shipped_ontology_has_no_error(check: str, shipped: list[QualityFinding]) -> None:
    assert [item.title_en for item in shipped if item.check.name == check] == []


def test_errors_come_before_warnings_and_warnings_before_notes() -> None:
    added = "ks:Bench a owl:Class ; rdfs:subClassOf ks:Tool ."
    severities = [finding.check.severity for finding in _findings(WELL_MADE + added)]
    assert severities == sorted(severities, key=list(QualitySeverity).index)
    assert len(set(severities)) == 3


def test_a_finding_says_what_is_wrong_in_both_languages() -> None:
    (finding,) = (
        f
        for f in _findings(WELL_MADE + "ks:weight rdfs:range xsd:gYear .")
        if f.check.name == "calendar-type"
    )
    assert finding.title_de == (
        "ks:weight: Datumstyp, an dem der Schlussfolgerer abbricht (xsd:gYear)"
    )
    assert finding.title_en == ("ks:weight: Calendar type on which the reasoner stops (xsd:gYear)")


def test_a_question_about_a_term_that_went_is_found() -> None:
    without = [q for q in ontology_quads() if not q.subject.value.endswith("#touchesAim")]
    found = quality_findings([*without, *question_quads()])
    assert [
        (item.term, item.detail.rsplit("/", 1)[-1])
        for item in found
        if item.check.name == "question-term-undeclared"
    ] == [("ks:touchesAim", "CQ13")]


@pytest.mark.parametrize("name", CHECKS)
def test_a_check_says_what_to_do_in_a_sentence(name: str) -> None:
    check = CHECKS[name]
    assert check.remedy_de.endswith(".")
    assert check.remedy_en.endswith(".")


def test_a_severity_that_does_not_exist_is_refused() -> None:
    head = "# title@de: a\n# title@en: b\n# remedy@de: c\n# remedy@en: d\n# severity: fatal\n"
    with pytest.raises(ValueError, match="fatal"):
        parse_check("x", head)


def test_a_check_that_selects_nothing_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    head = "# title@de: a\n# title@en: b\n# remedy@de: c\n# remedy@en: d\n# severity: note\n"
    wrong = {"x": parse_check("x", head + "ASK {}")}
    monkeypatch.setattr("ontology.quality.quality_checks", lambda: wrong)
    with pytest.raises(TypeError, match="no SELECT"):
        quality_findings([])
