"""The description tells what the files state, and what follows from an inverse or an alignment."""

from __future__ import annotations

import pytest
from pyoxigraph import BlankNode, NamedNode, RdfFormat, parse

from ontology.description import ontology_description
from ontology.headers import in_reading_order
from ontology.namespaces import KS, ONTOLOGY, OWL, RDFS, SDGO, scheme
from ontology.statements import Statements
from ontology.term_counts import term_counts

DESCRIBED = ontology_description()


def test_the_description_has_as_many_terms_as_the_ontology() -> None:
    counts = term_counts()
    kinds = [term.kind for term in DESCRIBED.terms.values()]
    assert kinds.count("class") == counts.classes
    assert kinds.count("object_property") == counts.object_properties
    assert kinds.count("data_property") == counts.data_properties
    assert kinds.count("annotation_property") == counts.annotation_properties


def test_every_concept_of_the_schemes_is_described() -> None:
    found = {iri.removeprefix(scheme("")): len(all_) for iri, all_ in DESCRIBED.concepts.items()}
    assert found == term_counts().concepts


@pytest.mark.parametrize("iri", sorted(DESCRIBED.headers))
def test_a_header_is_complete(iri: str) -> None:
    header = DESCRIBED.headers[iri]
    for wording in (header.title, header.description, header.citation):
        assert wording.de
        assert wording.en
    assert header.version_iri.endswith(f"/{header.version}")
    assert header.licence
    assert len(header.modified) == len("2026-11-22")


def test_what_a_module_imports_comes_before_it() -> None:
    modules = [h for h in in_reading_order(DESCRIBED.headers) if h.kind == "module"]
    seen: set[str] = set()
    for module in modules:
        assert set(module.imports) <= seen
        seen.add(module.iri)


def test_an_inverse_takes_its_ends_from_the_other_side() -> None:
    term = DESCRIBED.terms[KS.aimOf]
    assert (term.domain, term.range, term.ends_from_inverse) == (KS.Aim, KS.Document, True)
    assert DESCRIBED.terms[KS.setsAim].inverse == KS.aimOf


def test_a_chain_of_an_alignment_belongs_to_its_property() -> None:
    documents = {chain.document for chain in DESCRIBED.terms[KS.supportsAim].chains}
    assert documents == {ONTOLOGY + "/interface", ONTOLOGY + "/alignments/sdg"}
    assert KS.connectsTo in DESCRIBED.terms[KS.supportsAim].chain_part_of


def test_a_class_knows_what_excludes_it() -> None:
    assert KS.RejectedInterface in DESCRIBED.terms[KS.ConfirmedInterface].disjoint
    assert DESCRIBED.terms[KS.hindersAim].disjoint == (KS.supportsAimDirectly,)


def test_characteristics_come_in_a_fixed_order() -> None:
    found = DESCRIBED.terms[KS.broaderAim].characteristics
    assert found == (OWL.AsymmetricProperty, OWL.IrreflexiveProperty)


def test_ancestors_come_nearest_first() -> None:
    above = DESCRIBED.ancestors(KS.CircularStrategy)
    assert above == [KS.MunicipalConcept, KS.PlanningDocument, KS.Document]


def test_a_match_stated_at_the_foreign_term_is_turned_round() -> None:
    (line,) = (c for c in DESCRIBED.correspondences_of(KS.Aim) if c.theirs == SDGO.Target)
    assert (line.relation, line.is_reversed) == (RDFS.subClassOf, True)


def test_concepts_come_by_number() -> None:
    concepts = DESCRIBED.concepts[scheme("r-strategy")]
    assert [concept.code for concept in concepts] == [f"R{level}" for level in range(10)]
    assert DESCRIBED.schemes_of(KS.RStrategy) == [scheme("r-strategy")]


def test_questions_are_found_by_term() -> None:
    assert "CQ16" in {question.number for question in DESCRIBED.questions_on(KS.contributesTo)}


def test_lists_keep_their_order_and_a_text_in_one_language_stands_for_both() -> None:
    text = b'<urn:a> <urn:p> ( <urn:x> <urn:y> ) ; <urn:l> "Wort"@de .'
    stated = Statements(parse(text, format=RdfFormat.TURTLE))
    (head,) = stated.values(NamedNode("urn:a"), "urn:p")
    assert isinstance(head, BlankNode)
    assert stated.iri_members(head) == ("urn:x", "urn:y")
    wording = stated.wording("urn:a", "urn:l")
    assert wording is not None
    assert (wording.de, wording.en) == ("Wort", "Wort")
    assert stated.wording("urn:a", "urn:none") is None
