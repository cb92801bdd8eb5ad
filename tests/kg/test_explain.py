"""An inferred statement rests on its rule and on what sources state."""

from __future__ import annotations

from pathlib import Path

import pytest
from pyoxigraph import NamedNode, Quad, Triple

from kg.dataset import Generation
from kg.embedded import EmbeddedStore
from kg.errors import ReasonNotFound
from kg.explaining import explained
from kg.identifiers import expanded
from kg.reasoning import infer, shipped_rules
from kg.reasoning.explain import Proof, explain
from kg.reasoning.wording import rule_in_words, rule_terms
from ontology.namespaces import (
    INFERRED_GRAPH,
    KS,
    PROPOSED_GRAPH,
    RDF,
    REVIEWED_GRAPH,
    SDG,
    source_graph,
)
from tests.conftest import turtle

RULES = shipped_rules()
ID = "https://w3id.org/kreislaufstadt/id/"
SOURCE = source_graph("05999999", "probe")
CITY = """
id:plan a ks:ActionPlan ; ks:hasMeasure id:measure .
id:strategy ks:hasActionPlan id:plan .
id:measure a ks:Measure ; ks:contributesTo id:goal .
id:goal ks:broaderAim id:parent .
id:link a ks:Interface ; ks:interfaceSource id:parent ; ks:interfaceTarget sdg:12.5 ;
  ks:strength 2 ; ks:reviewStatus st:declared .
sdg:12.5 a sdgo:Target ; sdgo:isTargetOf sdg:12 .
"""


def placed(quads: list[Quad], graph: str) -> list[Quad]:
    return [Quad(q.subject, q.predicate, q.object, NamedNode(graph)) for q in quads]


def store_of(text: str, proposed: str = "", reviewed: str = "") -> EmbeddedStore:
    stated = [*placed(turtle(text), SOURCE), *placed(turtle(reviewed), REVIEWED_GRAPH)]
    drawn = infer(stated, RULES).quads
    return EmbeddedStore.in_memory(
        [*stated, *placed(drawn, INFERRED_GRAPH), *placed(turtle(proposed), PROPOSED_GRAPH)]
    )


def said(subject: str, predicate: str, value: str) -> Triple:
    terms = [ID + subject if "/" not in subject else subject, predicate, value]
    return Triple(*(NamedNode(term) for term in terms))


def proof_of(store: EmbeddedStore, statement: Triple) -> Proof:
    proof = explain(store, statement, RULES)
    assert proof is not None
    return proof


def leaves(proof: Proof) -> list[Proof]:
    if not proof.premises:
        return [proof]
    return [leaf for premise in proof.premises for leaf in leaves(premise)]


def test_a_stated_statement_names_its_graph() -> None:
    proof = proof_of(store_of(CITY), said("measure", RDF.type, KS.Measure))
    assert (proof.graphs, proof.rule, proof.premises) == ((SOURCE,), None, ())


def test_an_inferred_statement_rests_on_stated_ones_alone() -> None:
    proof = proof_of(store_of(CITY), said("measure", KS.supportsAim, SDG + "12"))
    assert proof.rule is not None
    assert all(leaf.graphs == (SOURCE,) for leaf in leaves(proof))
    assert len(leaves(proof)) >= 7


def test_every_step_is_an_instance_of_its_rule() -> None:
    store = store_of(CITY)
    inferred = [
        Triple(quad.subject, quad.predicate, quad.object) for quad in store.graph(INFERRED_GRAPH)
    ]
    assert len(inferred) > 50
    for statement in inferred:
        proof = proof_of(store, statement)
        premises = [premise.statement for premise in proof.premises]
        facts = [Quad(p.subject, p.predicate, p.object) for p in premises]
        drawn = infer(facts, [rule for rule in RULES if rule == proof.rule]).quads
        assert Quad(statement.subject, statement.predicate, statement.object) in drawn


def test_the_shortest_of_several_ways_is_shown() -> None:
    store = store_of(CITY + "id:strategy ks:hasMeasure id:measure .")
    proof = proof_of(store, said("strategy", KS.hasPart, ID + "measure"))
    assert [premise.graphs for premise in proof.premises] == [(SOURCE,)]


def test_a_proposal_is_no_premise() -> None:
    proposal = "id:aaa ks:interfaceTarget id:goal ."
    store = store_of(CITY + "id:zzz ks:interfaceTarget id:goal .", proposed=proposal)
    proof = proof_of(store, said("goal", RDF.type, KS.Aim))
    assert all(leaf.graphs == (SOURCE,) for leaf in leaves(proof))


def test_a_proposed_statement_names_the_graph_of_proposals() -> None:
    store = store_of(CITY, proposed="id:new ks:interfaceTarget id:goal .")
    proof = proof_of(store, said("new", KS.interfaceTarget, ID + "goal"))
    assert proof.graphs == (PROPOSED_GRAPH,)


def test_a_review_is_named_as_the_ground() -> None:
    open_link = CITY.replace("st:declared", "st:in-review")
    store = store_of(open_link, reviewed="id:link ks:reviewStatus st:confirmed .")
    proof = proof_of(store, said("parent", KS.supportsAimDirectly, SDG + "12.5"))
    assert (REVIEWED_GRAPH,) in [leaf.graphs for leaf in leaves(proof)]


def test_what_is_not_held_has_no_proof() -> None:
    assert explain(store_of(CITY), said("measure", KS.hindersAim, SDG + "12"), RULES) is None


def test_a_conclusion_of_other_rules_is_not_called_unknown(tmp_path: Path) -> None:
    strange = placed(turtle("id:measure ks:hindersAim sdg:12 ."), INFERRED_GRAPH)
    store = EmbeddedStore.in_memory([*placed(turtle(CITY), SOURCE), *strange])
    generation = Generation("test", tmp_path, ())
    asked = said("measure", KS.hindersAim, SDG + "12")
    with pytest.raises(ReasonNotFound, match="kreislaufstadt build"):
        explained(generation, asked, "de", store=store)


def test_every_rule_is_said_in_both_languages() -> None:
    for rule in RULES:
        labels = {term: f"<{term}>" for term in rule_terms(rule)}
        german, english = (rule_in_words(rule, labels, language) for language in ("de", "en"))
        assert german != english
        assert rule.title is not None or f"<{rule_terms(rule)[-1]}>" in german


@pytest.mark.parametrize(
    ("text", "iri"),
    [
        ("a", RDF.type),
        ("ks:Measure", KS.Measure),
        (f"<{SDG}12.5>", SDG + "12.5"),
        ("urn:x:1", "urn:x:1"),
    ],
)
def test_a_prefix_or_whole_iri_is_understood(text: str, iri: str) -> None:
    assert expanded(text) == iri
