"""Reviewed links become labelled pairs: only what a person judged, each by its latest review."""

from __future__ import annotations

import pytest

from kg.embedded import EmbeddedStore
from kg.fit.reviewed import GROUNDS, Reviews, read_reviews
from kg.matching.review_training import read_reviewed_links
from kg.matching.thesaurus import Thesaurus
from ontology.namespaces import sdg
from tests.kg.reviewed_town import (
    BIOWASTE,
    CITY,
    CYCLES,
    CYCLEWAYS,
    LONGER_USE,
    REPAIR,
    reviewed,
    town,
)


def link(source: str, target: str, status: str, *, number: int = 1, more: str = "") -> str:
    return (
        f"<{CITY}/interface/r/{number}> a ks:Interface ; ks:interfaceSource <{source}> ;"
        f" ks:interfaceTarget <{target}> ; ks:reviewStatus st:{status} {more} ."
    )


def reviews_of(text: str) -> Reviews:
    store = EmbeddedStore.in_memory([*town(), *reviewed(text)])
    return read_reviews(store, Thesaurus.read(store))


def grounds(found: Reviews) -> list[str]:
    return [item.ground for item in found.left_out if "/r/" in item.interface]


def test_a_city_without_reviews_has_none() -> None:
    store = EmbeddedStore.in_memory(
        quad for quad in town() if "rejected" not in getattr(quad.object, "value", "")
    )
    found = read_reviews(store, Thesaurus.read(store))
    assert (found.reviewed.texts, found.counts, found.left_out) == ((), {}, ())


def test_reviews_of_a_source_and_of_the_graph_of_reviews_count() -> None:
    found = reviews_of(link(REPAIR, sdg("12.5"), "confirmed"))
    assert found.counts == {("concept-goal", "rejected"): 1, ("sdg-target", "accepted"): 1}


def test_a_text_holds_only_what_was_judged() -> None:
    found = reviews_of(link(REPAIR, sdg("12.5"), "confirmed"))
    (text,) = [entry for entry in found.reviewed.texts if entry.accepted]
    assert text.text.startswith("Reparaturtreff im Bürgerhaus.")
    assert (text.city, text.accepted, text.rejected) == ("99999999", {sdg("12.5")}, frozenset())


def test_the_goals_of_the_city_come_along() -> None:
    found = reviews_of(link(REPAIR, LONGER_USE, "confirmed"))
    assert [aim.iri for aim in found.reviewed.goals["99999999"]] == [
        f"{CITY}/goal/awk/{number}" for number in (1, 2, 3, 4)
    ]


@pytest.mark.parametrize("status", ["proposed", "in-review", "superseded", "declared"])
def test_what_nobody_confirmed_or_rejected_does_not_count(status: str) -> None:
    found = reviews_of(link(REPAIR, sdg("12.5"), status))
    assert ("sdg-target", "accepted") not in found.counts
    assert found.left_out == ()


def test_a_proposal_is_no_review_whatever_it_says_of_itself() -> None:
    graph = "https://w3id.org/kreislaufstadt/graph/proposed"
    store = EmbeddedStore.in_memory(town())
    store.put_graph(graph, reviewed(link(REPAIR, sdg("12.5"), "confirmed")))
    assert not [item for item in read_reviewed_links(store) if item.source == REPAIR]


def test_a_review_takes_the_place_of_what_the_source_says() -> None:
    text = f"<{CITY}/interface/m/2> ks:reviewStatus st:confirmed ."
    found = reviews_of(text)
    assert found.counts == {("concept-goal", "accepted"): 1}


def test_a_review_that_was_reopened_does_not_count() -> None:
    assert reviews_of(f"<{CITY}/interface/m/2> ks:reviewStatus st:in-review .").counts == {}


def test_a_corrected_link_counts_with_the_aim_the_reviewer_gave_it() -> None:
    text = (
        f"<{CITY}/interface/m/2> ks:reviewStatus st:confirmed ; ks:strength 2 ;"
        f" ks:interfaceTarget <{CYCLEWAYS}> ."
    )
    (entry,) = reviews_of(text).reviewed.texts
    assert (entry.accepted, entry.rejected) == ({CYCLEWAYS}, frozenset())


@pytest.mark.parametrize(
    ("source", "target", "more", "ground"),
    [
        (REPAIR, sdg("12.5"), "; ks:interfaceKind ik:conflicts", "other-kind"),
        (REPAIR, sdg("12.5"), "; ks:strength -1", "other-kind"),
        (REPAIR, sdg("12.5"), "; ks:strength 0", "other-kind"),
        (f"{CITY}/measure/none", sdg("12.5"), "", "no-text"),
        (REPAIR, sdg("99.9"), "", "unknown-aim"),
        (BIOWASTE, LONGER_USE, "", "not-compared"),
    ],
    ids=["conflict", "negative", "no effect", "no text", "no aim", "goal with goal"],
)
def test_a_link_that_teaches_nothing_is_left_out_with_its_ground(
    source: str, target: str, more: str, ground: str
) -> None:
    found = reviews_of(link(source, target, "confirmed", more=more))
    assert grounds(found) == [ground]
    assert ground in GROUNDS


def test_a_goal_of_another_municipality_is_not_compared() -> None:
    other = f"""
    <{CITY}/document/other> a ks:MunicipalConcept ; ks:forMunicipality id:01001000 ;
      ks:setsAim <{CITY}/goal/other/1> .
    <{CITY}/goal/other/1> a ks:Goal ; rdfs:label "Häfen ausbauen"@de .
    """
    found = reviews_of(other + link(REPAIR, f"{CITY}/goal/other/1", "confirmed"))
    assert grounds(found) == ["not-compared"]


def test_a_pair_both_confirmed_and_rejected_is_left_out_twice() -> None:
    both = link(CYCLES, sdg("11.2"), "confirmed") + link(CYCLES, sdg("11.2"), "rejected", number=2)
    found = reviews_of(both)
    assert grounds(found) == ["contradictory"] * 2
    assert ("sdg-target", "accepted") not in found.counts


def test_every_ground_is_said_in_both_languages() -> None:
    assert all(text.de and text.en for text in GROUNDS.values())


def test_the_same_store_gives_the_same_reviews() -> None:
    text = link(REPAIR, sdg("12.5"), "confirmed") + link(CYCLES, sdg("11.2"), "rejected", number=2)
    assert reviews_of(text) == reviews_of(text)
