"""The compiled rules draw what OWL 2 RL draws, and nothing else."""

from __future__ import annotations

from pathlib import Path

import owlrl
import pytest
from pyoxigraph import NamedNode, Quad, RdfFormat, Triple, serialize
from rdflib import Graph, URIRef

from kg.reasoning import compile_rules, infer, shipped_rules
from ontology.namespaces import KS
from ontology.reference import ontology_quads
from tests.conftest import turtle

CITY = """
id:strategy a ks:CircularStrategy ; ks:forMunicipality id:city ; ks:hasActionPlan id:plan .
id:plan a ks:ActionPlan ; ks:hasMeasure id:measure .
id:measure a ks:Measure ; ks:contributesTo id:goal ; ks:responsibleActor id:office ;
  ks:appliesRStrategy <https://w3id.org/kreislaufstadt/scheme/r-strategy/R4> .
id:office a ks:AdministrativeUnit ; org:unitOf id:city .
id:city a ks:Municipality .
id:concept a ks:MunicipalConcept ; ks:setsAim id:goal ; ks:forMunicipality id:city .
id:goal a ks:Goal ; ks:broaderAim id:parent .
id:parent a ks:Goal .
sdg:12.5 a sdgo:Target ; sdgo:isTargetOf sdg:12 .
sdg:12 a sdgo:Goal .
id:link a ks:Interface ; ks:interfaceSource id:goal ; ks:interfaceTarget sdg:12.5 ;
  ks:interfaceKind ik:supports ; ks:strength 2 ; ks:reviewStatus st:declared .
"""

EXAMPLE = (Path(__file__).parent.parent / "ontology" / "data" / "example.ttl").read_text("utf-8")


def drawn(text: str) -> set[tuple[str, str, str]]:
    closure = infer(turtle(text), shipped_rules())
    return {
        (quad.subject.value, quad.predicate.value.rsplit("#", 1)[-1], quad.object.value)
        for quad in closure.quads
        if isinstance(quad.subject, NamedNode) and isinstance(quad.object, NamedNode)
    }


ID = "https://w3id.org/kreislaufstadt/id/"
SDG = "http://metadata.un.org/sdg/"


@pytest.mark.parametrize(
    "triple",
    [
        pytest.param((ID + "goal", "supportsAimDirectly", SDG + "12.5"), id="declared link"),
        pytest.param((ID + "measure", "supportsAim", SDG + "12.5"), id="through the goal"),
        pytest.param((ID + "measure", "supportsAim", SDG + "12"), id="through goal and target"),
        pytest.param((ID + "measure", "contributesTo", ID + "parent"), id="goal hierarchy"),
        pytest.param((ID + "measure", "forMunicipality", ID + "city"), id="part of the strategy"),
        pytest.param((ID + "strategy", "hasPart", ID + "measure"), id="plan of the strategy"),
        pytest.param((ID + "measure", "connectsTo", ID + "concept"), id="plugs into the concept"),
        pytest.param((ID + "measure", "involvesActor", ID + "office"), id="responsible takes part"),
        pytest.param((ID + "goal", "supportedBy", ID + "measure"), id="inverse"),
    ],
)
def test_conclusion_is_drawn(triple: tuple[str, str, str]) -> None:
    text = CITY + (
        "id:own a ks:Interface ; ks:interfaceSource id:measure ; ks:interfaceTarget id:goal ;"
        " ks:interfaceKind ik:supports ; ks:strength 1 ; ks:reviewStatus st:confirmed ."
    )
    assert triple in drawn(text)


@pytest.mark.parametrize("status", ["proposed", "in-review", "rejected", "superseded"])
def test_a_link_that_nobody_accepted_supports_nothing(status: str) -> None:
    found = drawn(CITY.replace("st:declared", f"st:{status}"))
    assert not {triple for triple in found if triple[1] in ("supportsAim", "supportsAimDirectly")}


def test_a_rejection_outweighs_a_declaration() -> None:
    found = drawn(CITY + "id:link ks:reviewStatus st:rejected .")
    assert (ID + "goal", "supportsAimDirectly", SDG + "12.5") not in found


def test_a_rejection_that_only_follows_outweighs_a_declaration() -> None:
    found = drawn(CITY + "st:rejected ks:statusOf id:link .")
    assert (ID + "goal", "supportsAimDirectly", SDG + "12.5") not in found


def test_negative_strength_hinders() -> None:
    found = drawn(CITY.replace("ks:strength 2", "ks:strength -2"))
    assert (ID + "goal", "hindersAim", SDG + "12.5") in found


def test_asserted_triples_are_not_repeated() -> None:
    asserted = {(q.subject, q.predicate, q.object) for q in turtle(CITY)}
    closure = infer(turtle(CITY), shipped_rules())
    assert not asserted & {(q.subject, q.predicate, q.object) for q in closure.quads}


def test_the_order_of_rules_does_not_matter() -> None:
    rules = shipped_rules()
    forward = infer(turtle(CITY), rules)
    backward = infer(turtle(CITY), tuple(reversed(rules)))
    assert set(forward.quads) == set(backward.quads)


def test_a_closed_graph_adds_nothing() -> None:
    rules = shipped_rules()
    closed = [*turtle(CITY), *infer(turtle(CITY), rules).quads]
    assert infer(closed, rules).quads == []


@pytest.mark.slow
@pytest.mark.parametrize("data", [turtle(CITY), turtle(EXAMPLE)], ids=["city", "example"])
def test_compiled_rules_equal_owlrl_triple_for_triple(data: list[Quad]) -> None:
    ontology = [quad for quad in ontology_quads() if "/scheme/" not in str(quad.subject)]
    compiled = infer(data, compile_rules(ontology))
    ours = own_triples([*data, *compiled.quads])
    graph = as_rdflib([*ontology, *data])
    owlrl.DeductiveClosure(owlrl.OWLRL_Semantics).expand(graph)
    theirs = {
        (str(s), str(p), str(o))
        for s, p, o in graph
        if all(isinstance(term, URIRef) for term in (s, p, o)) and own(str(s), str(p), str(o))
    }
    assert ours == theirs


def own(subject: str, predicate: str, value: str) -> bool:
    thing = subject.startswith((ID, SDG)) and "ontology#" not in subject
    return thing and (predicate.startswith(KS.base) or value.startswith(KS.base))


def own_triples(quads: list[Quad]) -> set[tuple[str, str, str]]:
    named = [
        (quad.subject.value, quad.predicate.value, quad.object.value)
        for quad in quads
        if isinstance(quad.subject, NamedNode) and isinstance(quad.object, NamedNode)
    ]
    return {triple for triple in named if own(*triple)}


def as_rdflib(quads: list[Quad]) -> Graph:
    triples = (Triple(quad.subject, quad.predicate, quad.object) for quad in quads)
    text = serialize(triples, format=RdfFormat.N_TRIPLES)
    graph = Graph()
    graph.parse(data=text, format="nt")
    return graph
