"""The network: one relation told once, neighbours, steps, ways and findings."""

from __future__ import annotations

import itertools
from collections import Counter

import pytest

from kg.embedded import EmbeddedStore
from kg.errors import BadParameter, UnknownIri
from kg.network import Network, network_of
from kg.network.neighbours import groups_around, in_turn
from kg.network.parts import A_STEP, MOST, Part, part_after, relations_in
from kg.network.paths import shortest_path
from kg.network.search import found_in, search_index
from kg.network.steps import parsed_step
from kg.network.summary import Between, summary_of
from ontology.namespaces import KS, SDG, SDGO, SKOS
from ontology.terms import BASE
from tests.conftest import turtle

ID = BASE + "id/"
MEASURE, GOAL, PLAN = ID + "m", ID + "g", ID + "plan"
TOWN = """
@prefix owl: <http://www.w3.org/2002/07/owl#> .
id:town a ks:Municipality ; rdfs:label "Stadt"@de , "Town"@en .
id:plan a ks:ActionPlan ; rdfs:label "Plan"@de ; ks:hasMeasure id:m ; ks:forMunicipality id:town .
id:m a ks:Measure , ks:Element ; rdfs:label "Große Börse"@de , "Big exchange"@en ;
  dcterms:identifier "M 1" ; ks:measureOf id:plan ; ks:forMunicipality id:town .
id:g a ks:Goal ; rdfs:label "Weniger Abfall"@de ; skos:related id:t ; ks:forMunicipality id:town .
id:t a skos:Concept ; skos:prefLabel "Tausch"@de , "Swap"@en ; skos:altLabel "Tauschring"@de ;
  skos:related id:g .
id:link a ks:Interface ; ks:interfaceSource id:m ; ks:interfaceTarget id:g ;
  ks:interfaceKind ik:supports ; ks:reviewStatus st:proposed ; ks:confidence 0.7 .
id:no a ks:Interface ; ks:interfaceSource id:m ; ks:interfaceTarget id:t ;
  ks:interfaceKind ik:supports ; ks:reviewStatus st:rejected .
ks:measureOf a owl:ObjectProperty ; owl:inverseOf ks:hasMeasure ; rdfs:label "Maßnahme von"@de .
ik:supports rdfs:label "unterstützt"@de .
"""


@pytest.fixture(scope="module")
def town() -> Network:
    return network_of(EmbeddedStore.in_memory(turtle(TOWN)))


@pytest.fixture(scope="module")
def crowd() -> Network:
    """Give a goal with 200 targets."""
    rows = "".join(
        f'sdg:12.{n} a sdgo:Target ; rdfs:label "Z {n:03}"@de ; sdgo:isTargetOf sdg:12 .'
        for n in range(200)
    )
    return network_of(EmbeddedStore.in_memory(turtle(f'sdg:12 rdfs:label "Ziel"@de . {rows}')))


def _part(network: Network, start: str, *steps: str) -> Part:
    return part_after(network, network.number(start), map(parsed_step, steps), "de")


def _told(network: Network) -> set[tuple[str, str, str]]:
    return {
        (network.iris[one.source], one.link.predicate, network.iris[one.target])
        for one in relations_in(network, range(len(network)))
    }


def test_a_relation_and_its_inverse_are_one(town: Network) -> None:
    between = {told for told in _told(town) if {told[0], told[2]} == {MEASURE, PLAN}}
    assert between == {(PLAN, KS.hasMeasure, MEASURE)}


def test_a_relation_that_holds_both_ways_is_told_once(town: Network) -> None:
    assert sum(predicate == SKOS.related for _, predicate, _ in _told(town)) == 1


def test_a_proposal_is_the_relation_it_proposes_with_its_probability(town: Network) -> None:
    links = town.links(town.number(MEASURE))
    (reified,) = [link.reified for link in links if link.reified]
    assert (reified.iri, reified.is_open, reified.confidence) == (ID + "link", True, 0.7)


def test_a_rejected_proposal_is_no_relation(town: Network) -> None:
    assert town.number(ID + "t") not in town.others(town.number(MEASURE))


def test_a_described_relation_can_still_be_walked_from(town: Network) -> None:
    others = {town.iris[other] for other in town.others(town.number(ID + "link"))}
    assert {MEASURE, GOAL} <= others


def test_a_name_falls_back_to_the_other_language(town: Network) -> None:
    assert town.label(town.number(GOAL), "en") == "Weniger Abfall"


def test_neighbours_are_grouped_by_relation_and_direction(town: Network) -> None:
    groups = groups_around(town, town.number(MEASURE), "de")
    seen = {(group.relation.predicate, group.relation.is_outward) for group in groups}
    assert (KS.hasMeasure, False) in seen
    assert (KS.forMunicipality, True) in seen


def test_neighbours_come_in_turn_and_once(town: Network) -> None:
    others = in_turn(groups_around(town, town.number(ID + "town"), "de"))
    assert sorted(others) == town.others(town.number(ID + "town"))


def test_a_step_draws_25_more(crowd: Network) -> None:
    counts = [len(_part(crowd, SDG + "12", *["open sdg:12"] * n).things) for n in range(3)]
    assert counts == [1 + A_STEP, 1 + 2 * A_STEP, 1 + 3 * A_STEP]


def test_no_more_is_drawn_than_the_limit_and_what_is_missing_is_told(crowd: Network) -> None:
    part = _part(crowd, SDG + "12", *["open sdg:12"] * 6)
    assert len(part.things) == MOST
    assert part.left_out > 0


def test_one_relation_alone_is_opened(town: Network) -> None:
    part = _part(town, MEASURE, "close ksi:m", "open ksi:m <ks:hasMeasure")
    assert [town.iris[thing] for thing in part.things] == [MEASURE, PLAN]


def test_closing_takes_away_what_opening_drew(town: Network) -> None:
    assert len(_part(town, MEASURE, "close ksi:m").things) == 1


def test_what_was_removed_does_not_come_back(town: Network) -> None:
    part = _part(town, MEASURE, "open ksi:town", "remove ksi:plan", "open ksi:town")
    assert town.number(PLAN) not in part.things


def test_a_thing_is_held_where_it_was_pinned_until_let_go(town: Network) -> None:
    assert _part(town, MEASURE, "pin ksi:plan 5 -7").pins == {town.number(PLAN): (5, -7)}
    assert _part(town, MEASURE, "pin ksi:plan 5 -7", "unpin ksi:plan").pins == {}


def test_a_way_is_drawn_from_end_to_end(town: Network) -> None:
    part = _part(town, PLAN, "close ksi:plan", "path ksi:plan ksi:t")
    way = [town.iris[thing] for thing in part.ways[0].things]
    assert way == [PLAN, MEASURE, GOAL, ID + "t"]
    assert {town.iris[thing] for thing in part.things} == set(way)


def test_a_way_prefers_relations_that_tell_something(town: Network) -> None:
    way = shortest_path(town, town.number(PLAN), town.number(GOAL))
    assert town.number(ID + "town") not in way


def test_no_way_longer_than_asked_is_found(town: Network) -> None:
    assert shortest_path(town, town.number(PLAN), town.number(ID + "t"), longest=2) == []


def test_the_search_for_a_way_ends_in_time(town: Network) -> None:
    clock = itertools.count(0, 10)
    ends = town.number(PLAN), town.number(ID + "t")
    assert shortest_path(town, *ends, seconds=5, now=lambda: next(clock)) == []


@pytest.mark.parametrize(
    "text", ["open", "open sdg:12 hasTarget", "pin sdg:12 1 x", "pin sdg:12 1 123456", "fly sdg:12"]
)
def test_a_step_that_cannot_be_read_is_named(text: str) -> None:
    with pytest.raises(BadParameter, match="step"):
        parsed_step(text)


def test_a_step_on_an_unknown_thing_is_named(town: Network) -> None:
    with pytest.raises(UnknownIri):
        _part(town, MEASURE, "remove ksi:nowhere")


@pytest.mark.parametrize(
    "text",
    [
        "open sdg:12.5",
        "open sdg:12.5 >ks:hasMeasure",
        "close sdg:12.5",
        "remove urn:a",
        "pin sdg:12.5 1 -2",
        "unpin sdg:12.5",
        "path sdg:12 sdg:12.5",
    ],
)
def test_a_step_reads_as_it_was_written(text: str) -> None:
    assert str(parsed_step(text)) == text


def _found(network: Network, words: str) -> list[str]:
    found = found_in(search_index(network), words, {})
    return [network.iris[thing] for thing in found.things]


@pytest.mark.parametrize(
    ("words", "iri"),
    [
        ("grosse boerse", MEASURE),
        ("Börse", MEASURE),
        ("m 1", MEASURE),
        ("exchange", MEASURE),
        ("tauschring", ID + "t"),
    ],
)
def test_a_thing_is_found_by_name_other_name_and_number(
    town: Network, words: str, iri: str
) -> None:
    assert _found(town, words)[0] == iri


def test_words_that_stand_nowhere_find_nothing(town: Network) -> None:
    assert _found(town, "börse quark") == []


def test_what_a_municipality_has_comes_before_terms(town: Network) -> None:
    found = _found(town, "")
    assert found.index(GOAL) < found.index(ID + "t")


def test_a_facet_is_counted_without_its_own_choice(town: Network) -> None:
    found = found_in(search_index(town), "", {"class": KS.Measure})
    assert [town.iris[thing] for thing in found.things] == [MEASURE]
    assert found.counts["class"][KS.Goal] == 1
    assert found.counts["city"] == Counter({ID + "town": 1})
    assert found.counts["document"] == Counter({PLAN: 1})


def test_a_summary_counts_things_and_relations_by_class(crowd: Network) -> None:
    summary = summary_of(crowd)
    assert summary.classes[SDGO.Target] == 200
    assert summary.relations == {Between(SDGO.Target, SDGO.isTargetOf, ""): 200}
