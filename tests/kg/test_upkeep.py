"""Conclusions kept right through changes are those that a fresh start would draw."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pyoxigraph import NamedNode, Quad

from kg.reasoning import Change, Rule, infer, reinfer, shipped_rules
from kg.reasoning.rules import strata
from ontology.namespaces import KS, RDF, SDGO, scheme
from tests.conftest import turtle

RULES = shipped_rules()
THING = "https://w3id.org/kreislaufstadt/id/"
PREDICATES = (
    KS.contributesTo,
    KS.broaderAim,
    KS.hasMeasure,
    KS.hasActionPlan,
    KS.forMunicipality,
    KS.setsAim,
    KS.interfaceSource,
    KS.interfaceTarget,
    SDGO.isTargetOf,
    KS.supportsAim,
    KS.responsibleActor,
)
NAMES = st.sampled_from("abcdef")


@st.composite
def statements(draw: st.DrawFn) -> Quad:
    subject = NamedNode(THING + draw(NAMES))
    if draw(st.booleans()):
        return Quad(
            subject, NamedNode(draw(st.sampled_from(PREDICATES))), NamedNode(THING + draw(NAMES))
        )
    kind = draw(st.sampled_from((KS.Interface, KS.Measure, KS.CircularStrategy)))
    status = scheme("review-status", draw(st.sampled_from(("confirmed", "rejected", "declared"))))
    one = Quad(subject, NamedNode(RDF.type), NamedNode(kind))
    other = Quad(subject, NamedNode(KS.reviewStatus), NamedNode(status))
    return draw(st.sampled_from((one, other)))


LISTS = st.lists(statements(), max_size=14)
STRENGTHS = turtle(
    "".join(
        f"<{THING}{name}> ks:strength {strength} ."
        for name, strength in zip("abc", (2, -1, 3), strict=True)
    )
)


@pytest.mark.property
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(kept=LISTS, lost=LISTS, won=LISTS)
def test_upkeep_equals_a_fresh_start(kept: list[Quad], lost: list[Quad], won: list[Quad]) -> None:
    before, after = {*STRENGTHS, *kept, *lost}, {*STRENGTHS, *kept, *won}
    change = Change(removed=list(before - after), added=list(after - before))
    maintained = reinfer(after, infer(before, RULES).quads, change, RULES)
    assert set(maintained.quads) == set(infer(after, RULES).quads)


CHAIN = f"""
<{THING}m> a ks:Measure ; ks:contributesTo <{THING}g> .
<{THING}g> ks:broaderAim <{THING}h> .
"""
CYCLE = f"<{THING}h> ks:contributesTo <{THING}g> . <{THING}g> ks:contributesTo <{THING}h> ."


def test_statements_that_prove_each_other_fall_with_their_ground() -> None:
    ground = turtle(f"<{THING}m> ks:contributesTo <{THING}g> .")
    circle = turtle(CYCLE)
    closed = infer([*circle, *ground], RULES).quads
    left = reinfer(circle, closed, Change(removed=ground), RULES)
    assert set(left.quads) == set(infer(circle, RULES).quads)
    assert not [quad for quad in left.quads if f"{THING}m" in str(quad)]


def test_a_statement_that_was_inferred_and_is_asserted_now_is_not_inferred_any_more() -> None:
    stated = turtle(f"<{THING}m> ks:contributesTo <{THING}h> .")
    before = infer(turtle(CHAIN), RULES).quads
    assert stated[0] in before
    after = reinfer([*turtle(CHAIN), *stated], before, Change(added=stated), RULES)
    assert stated[0] not in after.quads


def test_no_change_keeps_everything() -> None:
    closed = infer(turtle(CHAIN), RULES).quads
    assert set(reinfer(turtle(CHAIN), closed, Change(), RULES).quads) == set(closed)


def test_a_written_rule_that_feeds_itself_is_refused() -> None:
    rule = Rule(
        "circular",
        (),
        ("?a", "<urn:p>", "?b"),
        written="?a <urn:q> ?b",
        asks_for=frozenset({"<urn:q>"}),
    )
    axiom = Rule("back", (("?a", "<urn:p>", "?b"),), ("?a", "<urn:q>", "?b"))
    with pytest.raises(ValueError, match="circular asks for its own conclusions"):
        strata((rule, axiom))
