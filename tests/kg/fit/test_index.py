from __future__ import annotations

import csv
from importlib.resources import files

from pyoxigraph import Literal, NamedNode, Quad

from kg.embedded import EmbeddedStore
from kg.fit.aims import read_aims
from kg.fit.check import check
from kg.fit.index import FitIndex
from kg.fit.linking import PROPOSAL_LINE, propose_links
from kg.fit.measure import read_measure
from kg.fit.paths import together
from ontology.namespaces import KS, PROPOSED_GRAPH, PROV, RDF, scheme
from ontology.reference import reference_quads


def values(quads: list[Quad], predicate: str) -> list[str]:
    return [quad.object.value for quad in quads if quad.predicate.value == predicate]


def test_aims_of_all_kinds_are_read(fit_index: FitIndex) -> None:
    kinds = [aim.kind for aim in fit_index.aims.values()]
    assert (kinds.count("sdg-goal"), kinds.count("sdg-target")) == (17, 169)
    assert kinds.count("concept-goal") == 4
    assert kinds.count("framework-aim") > 10


def test_mechanism_table_names_only_known_things(fit_index: FitIndex) -> None:
    text = files("kg.fit").joinpath("mechanisms.csv").read_text("utf-8")
    rows = list(csv.DictReader(text.splitlines()))
    sources = set(fit_index.links_from)
    for row in rows:
        assert scheme("mechanism", row["mechanism"]) in sources
        for code in filter(None, row["concepts"].split(";")):
            assert scheme("thesaurus", code) in fit_index.thesaurus.concepts
        for code in filter(None, row["r_strategies"].split(";")):
            assert scheme("r-strategy", code) in fit_index.slots.kinds
        for code in filter(None, row["fields"].split(";")):
            assert scheme("value-chain", code) in fit_index.slots.kinds


def test_every_trade_off_mechanism_is_bound_to_a_trigger(fit_index: FitIndex) -> None:
    bound = {mechanism.iri for mechanism in fit_index.mechanisms}
    stated = {
        source
        for source, links in fit_index.links_from.items()
        if "/scheme/mechanism/" in source and any(link.strength < 0 for link in links)
    }
    assert stated == bound


def test_proposals_are_the_same_each_time(fit_index: FitIndex) -> None:
    assert propose_links(fit_index) == propose_links(fit_index)


def test_proposals_carry_reason_evidence_and_matcher(fit_index: FitIndex) -> None:
    quads = propose_links(fit_index)
    nodes = [
        quad.subject
        for quad in quads
        if quad.predicate.value == RDF.type and quad.object == NamedNode(KS.Interface)
    ]
    assert nodes
    for node in nodes:
        own = [quad for quad in quads if quad.subject == node]
        assert len(values(own, KS.rationale)) == 2
        assert values(own, KS.hasEvidence)
        assert values(own, PROV.wasAttributedTo)[0].endswith(fit_index.calibration.version)
        assert float(values(own, KS.confidence)[0]) >= PROPOSAL_LINE
        assert values(own, KS.strength)[0] in {"1", "2"}
        assert values(own, KS.reviewStatus) == [scheme("review-status", "proposed")]
    assert {quad.graph_name for quad in quads} == {NamedNode(PROPOSED_GRAPH)}


def test_links_that_a_source_states_or_people_rejected_are_not_proposed(
    fit_index: FitIndex,
) -> None:
    quads = propose_links(fit_index)
    sources = {q.subject: q.object.value for q in quads if q.predicate.value == KS.interfaceSource}
    pairs = {
        (sources[q.subject], q.object.value)
        for q in quads
        if q.predicate.value == KS.interfaceTarget
    }
    settled = {
        (source, interface.target)
        for source, interfaces in fit_index.interfaces_from.items()
        for interface in interfaces
    }
    assert pairs
    assert not pairs & settled


def test_at_most_five_proposals_an_element_and_kind(fit_index: FitIndex) -> None:
    quads = propose_links(fit_index)
    sources = values(quads, KS.interfaceSource)
    assert all(sources.count(source) <= 10 for source in sources)


def test_a_store_without_city_gives_an_index_without_goals() -> None:
    tables = ("sdg_goals", "sdg_targets", "thesaurus")
    store = EmbeddedStore.in_memory(quad for name in tables for quad in reference_quads(name))
    index = FitIndex.build(store, generation="bare")
    assert (index.cities, index.city_or_only(None)) == ((), "")
    report = check(read_measure("Repair-Café"), index)
    assert "Ohne Angabe der Kommune" in report.summary
    assert propose_links(index) == []


def test_voices_add_up_but_never_beyond_one() -> None:
    assert together() == 0.0
    assert together(0.9, 0.9) < 1.0


OFFICIAL = "https://w3id.org/kreislaufstadt/graph/reference/sdg-official-open-sdg-de"


def test_official_wording_takes_the_place_of_our_summary() -> None:
    target = NamedNode("http://metadata.un.org/sdg/12.5")
    described = NamedNode("http://purl.org/dc/terms/description")
    named = NamedNode("http://www.w3.org/2000/01/rdf-schema#label")
    ours = NamedNode("https://w3id.org/kreislaufstadt/graph/reference/sdg_targets")
    kind = NamedNode("http://metadata.un.org/sdg/ontology#Target")
    rdf_type = NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
    quads = [
        Quad(target, rdf_type, kind, ours),
        Quad(target, named, Literal("Abfall verringern", language="de"), ours),
        Quad(target, described, Literal("Unsere Zusammenfassung.", language="de"), ours),
    ]
    official = Quad(
        target, described, Literal("Amtlicher Wortlaut.", language="de"), NamedNode(OFFICIAL)
    )
    (without,) = read_aims(EmbeddedStore.in_memory(quads))
    (loaded,) = read_aims(EmbeddedStore.in_memory([*quads, official]))
    assert without.wording("de") == "Unsere Zusammenfassung."
    assert (loaded.label.de, loaded.wording("de")) == ("Abfall verringern", "Amtlicher Wortlaut.")
