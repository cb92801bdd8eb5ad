"""The shipped tables give what they promise: complete, in one order, and no facts by judgement."""

from __future__ import annotations

import csv
import io
from collections import Counter

import pytest
from pyoxigraph import BlankNode, Literal, NamedNode, Quad

from ontology.heading_table import read_headings
from ontology.namespaces import DCTERMS, KS, RDF, RDFS, SDGO, SKOS, reference_graph, scheme, sdg
from ontology.reference import (
    all_reference_quads,
    ontology_quads,
    reference_quads,
    reference_tables,
)
from ontology.tables import shipped_table

FACTS = {
    KS.supportsAim,
    KS.supportsAimDirectly,
    KS.hindersAim,
    KS.touchesAim,
    KS.connectsTo,
    KS.contributesTo,
    KS.correspondsTo,
    KS.informsAim,
}
DECLARED = {"official", "page", "literature"}


@pytest.fixture(scope="module")
def quads() -> list[Quad]:
    return all_reference_quads()


def _rows(table: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(shipped_table(table), newline="")))


def _objects(quads: list[Quad], predicate: str) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for quad in quads:
        if quad.predicate.value == predicate:
            found.setdefault(quad.subject.value, set()).add(quad.object.value)
    return found


def _count(quads: list[Quad], kind: str) -> int:
    return sum(q.predicate.value == RDF.type and q.object.value == kind for q in quads)


def test_sdg_frame_is_complete() -> None:
    assert _count(reference_quads("sdg_goals"), SDGO.Goal) == 17
    assert _count(reference_quads("sdg_targets"), SDGO.Target) == 169
    assert _count(reference_quads("sdg_indicators"), SDGO.Indicator) >= 232


@pytest.mark.parametrize(
    ("table", "kind", "least"),
    [
        ("concept_types", KS.ConceptType, 28),
        ("frameworks", KS.PolicyFramework, 20),
        ("instruments", KS.InstrumentType, 107),
        ("municipal_indicators", KS.Indicator, 100),
        ("r_strategies", KS.RStrategy, 10),
        ("thesaurus", KS.ThesaurusConcept, 1500),
        ("value_chains", KS.ValueChain, 12),
    ],
)
def test_every_row_becomes_a_thing(table: str, kind: str, least: int) -> None:
    found = _count(reference_quads(table), kind)
    if kind == KS.PolicyFramework:
        found += _count(reference_quads(table), KS.LegalAct)
    assert found == len(_rows(table)) >= least


@pytest.mark.parametrize("table", reference_tables())
def test_table_fills_its_own_graph_only(table: str) -> None:
    assert {q.graph_name.value for q in reference_quads(table)} == {reference_graph(table)}


@pytest.mark.usefixtures("afresh")
def test_order_is_the_same_each_time(quads: list[Quad]) -> None:
    assert quads == all_reference_quads()
    assert ontology_quads() == ontology_quads()


def test_tables_make_no_blank_nodes_and_no_repetitions(quads: list[Quad]) -> None:
    nodes = (node for quad in quads for node in (quad.subject, quad.object))
    assert not any(isinstance(node, BlankNode) for node in nodes)
    assert len(quads) == len(set(quads))


def test_tables_state_no_support_conflict_or_correspondence(quads: list[Quad]) -> None:
    assert {q.predicate.value for q in quads} & FACTS == set()


def test_every_link_is_proposed_unless_a_source_states_it(quads: list[Quad]) -> None:
    status, ground = _objects(quads, KS.reviewStatus), _objects(quads, KS.derivation)
    source = _objects(quads, DCTERMS.source)
    links = {q.subject.value for q in quads if q.object.value == KS.ReferenceLink}
    for link in links:
        (evidence,) = ground[link]
        declared = evidence.rsplit("/", 1)[1] in DECLARED
        assert status[link] == {scheme("review-status", "declared" if declared else "proposed")}
        assert declared == (link in source)


def test_link_by_judgement_or_remembered_law_is_only_proposed() -> None:
    rows = {row["id"]: row["evidence"] for row in _rows("ce_sdg_links")}
    status = _objects(reference_quads("ce_sdg_links"), KS.reviewStatus)
    for key, evidence in rows.items():
        expected = "declared" if evidence in DECLARED else "proposed"
        assert status[scheme("reference-link", f"ce-{key}")] == {scheme("review-status", expected)}


def test_every_link_has_source_target_and_reason_in_both_languages(quads: list[Quad]) -> None:
    links = {q.subject.value for q in quads if q.object.value == KS.ReferenceLink}
    things = {q.subject.value for q in [*quads, *ontology_quads()]}
    sources, targets = _objects(quads, KS.linkSource), _objects(quads, KS.linkTarget)
    languages = Counter(
        (q.subject.value, q.object.language)
        for q in quads
        if q.predicate.value == KS.rationale and isinstance(q.object, Literal)
    )
    for link in links:
        assert len(sources[link]) == len(targets[link]) == 1
        assert (sources[link] | targets[link]) <= things
        assert languages[link, "de"] == languages[link, "en"] == 1


def test_trade_off_has_negative_strength() -> None:
    quads = reference_quads("ce_sdg_links")
    strength, relation = _objects(quads, KS.strength), _objects(quads, KS.linkRelation)
    for link, (kind,) in relation.items():
        (value,) = strength[link]
        assert (int(value) < 0) == kind.endswith("/tradeoff")


def test_every_thing_a_table_points_to_exists(quads: list[Quad]) -> None:
    known = {q.subject.value for q in [*quads, *ontology_quads()]}
    own = "https://w3id.org/kreislaufstadt/scheme/"
    pointed = {
        q.object.value
        for q in quads
        if isinstance(q.object, NamedNode) and q.object.value.startswith((own, sdg("1")))
    }
    assert pointed - known == set()


@pytest.mark.parametrize("table", ["concept_types", "r_strategies", "value_chains"])
def test_table_and_scheme_use_the_same_words(table: str) -> None:
    words = {RDFS.label, SKOS.prefLabel, SKOS.definition}
    stated = {
        (q.subject, q.predicate, q.object) for q in ontology_quads() if q.predicate.value in words
    }
    used = {
        (q.subject, q.predicate, q.object)
        for q in reference_quads(table)
        if q.predicate.value in words
    }
    assert used <= stated


def test_indicator_shared_by_two_targets_is_tied_to_both() -> None:
    targets = _objects(reference_quads("sdg_indicators"), SDGO.isIndicatorOf)
    assert targets[sdg("C200202")] == {sdg("8.4"), sdg("12.2")}


def test_superseded_framework_names_its_successor() -> None:
    later = _objects(reference_quads("frameworks"), KS.supersededBy)
    assert later[scheme("framework", "csrd")] == {scheme("framework", "omnibus1")}


LOADER_FIELDS = """
code title title_en description field goal_ref responsible actors target_group time_text start_year
end_year cost_text funding_text ghg_saving indicators sdg sdg_derivation related council_ref status
status_text plan_text priority source derivation r_strategies instrument value_chain level parent
page short_title unit kind year value value_type reference sdg_indicator budget_ref
budget_operating budget_investment
"""


def test_headings_cover_every_field_a_loader_asks_for() -> None:
    assert set(LOADER_FIELDS.split()) <= {heading.field for heading in read_headings()}
