"""Decisions become whole links with their provenance, keep the data rules, and are published."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import NamedNode

from kg.building import drawn
from kg.dataset import Dataset
from kg.embedded import EmbeddedStore
from kg.findings import Severity
from kg.fit.aims import read_interfaces
from kg.matching.review_training import read_reviewed_links
from kg.reasoning import Change
from kg.reviewing import Decision, Journal, Link, Reviewer, Verdict, standing
from kg.reviewing.links import Correction, corrected
from kg.reviewing.publishing import publish_reviews, unpublished
from kg.reviewing.statements import reviewed_quads
from kg.stored import run_stored
from kg.validation import context_of, shipped_shapes, validate
from ontology.namespaces import (
    INFERRED_GRAPH,
    KS,
    PROPOSED_GRAPH,
    REVIEWED_GRAPH,
    scheme,
)
from ontology.reference import all_reference_quads, ontology_quads
from tests.api.town import AGS, CONCEPT_GRAPH, GOAL, MEASURE, SOURCE_GRAPH, TOWN
from tests.kg.reviewing.conftest import (
    FOUND,
    KLIMA,
    LINK,
    NOON,
    UMWELTAMT,
    Decide,
    desk_of,
    publish_proposals,
)

TO_TARGET = Correction(target="http://metadata.un.org/sdg/12.5")


def published(dataset: Dataset) -> EmbeddedStore:
    generation = publish_reviews(dataset)
    assert generation is not None
    return generation.open()


def objects(store: EmbeddedStore, subject: str, predicate: str) -> set[str]:
    found = store.engine.quads_for_pattern(NamedNode(subject), NamedNode(predicate), None, None)
    return {getattr(quad.object, "value", "") for quad in found}


def test_a_confirmed_link_supports_its_aim(dataset: Dataset, decide: Decide) -> None:
    decide()
    assert GOAL in objects(published(dataset), MEASURE, KS.supportsAimDirectly)


def test_a_rejected_link_supports_nothing(dataset: Dataset, decide: Decide) -> None:
    decide()
    publish_reviews(dataset)
    decide(Verdict.REJECT, by=KLIMA, state=desk_of(dataset).entry(FOUND).state)
    assert objects(published(dataset), MEASURE, KS.supportsAimDirectly) == set()


def test_a_decided_link_leaves_the_proposals_with_its_evidence(
    dataset: Dataset, decide: Decide
) -> None:
    decide(Verdict.REJECT)
    store = published(dataset)
    assert store.graph(PROPOSED_GRAPH) == []
    assert objects(store, f"{TOWN}/evidence/proposed/1", KS.quote) == {"Gebrauchte Türen"}


def test_a_link_has_one_status_even_if_a_source_proposed_it(
    dataset: Dataset, decide: Decide
) -> None:
    decide(link=LINK)
    store = published(dataset)
    assert objects(store, LINK, KS.reviewStatus) == {scheme("review-status", "confirmed")}
    assert any(quad.subject == NamedNode(LINK) for quad in store.graph(SOURCE_GRAPH))


def test_several_decisions_are_published_in_one_generation(
    dataset: Dataset, decide: Decide
) -> None:
    decide()
    decide(link=LINK)
    journal = Journal(dataset.root)
    assert unpublished(dataset, journal) == 2
    published(dataset)
    assert (unpublished(dataset, journal), publish_reviews(dataset)) == (0, None)


def test_conclusions_after_a_review_are_those_drawn_afresh(
    dataset: Dataset, decide: Decide
) -> None:
    decide()
    publish_reviews(dataset)
    decide(link=LINK)
    kept_up = published(dataset)
    with dataset.next_draft() as draft:
        draft.earlier = None
        anew = drawn(draft).quads
    inferred = {(q.subject, q.predicate, q.object) for q in kept_up.graph(INFERRED_GRAPH)}
    assert inferred == {(q.subject, q.predicate, q.object) for q in anew}


def test_matching_and_training_read_the_decisions(dataset: Dataset, decide: Decide) -> None:
    made = decide(Verdict.CORRECT, correction=TO_TARGET).successor
    decide(Verdict.REJECT, LINK)
    store = published(dataset)
    assert made is not None
    known = {link.interface: link.status.rsplit("/", 1)[-1] for link in read_reviewed_links(store)}
    assert known == {made.iri: "confirmed", LINK: "rejected"}
    stated = {item.iri: item.status for item in read_interfaces(store)}
    assert stated == {made.iri: "confirmed", LINK: "rejected", FOUND: "superseded"}


def test_reviewed_links_keep_the_data_rules(dataset: Dataset, decide: Decide) -> None:
    made = decide(Verdict.CORRECT, correction=TO_TARGET).successor
    assert made is not None
    decide(link=made.iri, by=KLIMA, state=desk_of(dataset).entry(made.iri).state)
    quads = published(dataset).graph(REVIEWED_GRAPH)
    store = dataset.current().open()
    town = [*store.graph(SOURCE_GRAPH), *store.graph(CONCEPT_GRAPH)]
    known = EmbeddedStore.in_memory([*ontology_quads(), *all_reference_quads(), *town])
    context = context_of(quads, known.engine)
    found = validate(quads, context, shipped_shapes(), {}, file="reviewed")
    assert [item.reason.en for item in found if item.severity is Severity.VIOLATION] == []


@pytest.mark.parametrize(("city", "rows"), [(AGS, 2), ("05314000", 0), ("", 2)])
def test_the_audit_tells_who_decided_what_when_and_why(
    dataset: Dataset, decide: Decide, city: str, rows: int
) -> None:
    decide(Verdict.CORRECT, correction=TO_TARGET)
    decide(Verdict.REJECT, LINK, by=KLIMA)
    store = published(dataset)
    found = run_stored(store, "review-decisions", {"city": city, "language": "en"}).records()
    assert len(found) == rows
    for row in found:
        assert (row["time"], row["reason"]) == ("2026-11-23T12:00:00Z", "Das passt so.")
    told = [(row["reviewer_label"], row.get("successor_label", "")) for row in found]
    assert told == [("Umweltamt", "Exchange → Reduce waste"), ("Klimabüro", "")][:rows]


def test_the_same_decisions_give_the_same_quads(dataset: Dataset, decide: Decide) -> None:
    decide(Verdict.CORRECT, correction=TO_TARGET)
    known = Journal(dataset.root).decisions()
    assert reviewed_quads(known) == reviewed_quads(list(known))


def test_a_link_of_a_city_that_went_away_comes_back_with_it(
    dataset: Dataset, decide: Decide
) -> None:
    decide()
    gone = reviewed_quads(Journal(dataset.root).decisions(), lambda _: False)
    assert NamedNode(FOUND) not in {quad.subject for quad in gone}
    assert any(quad.predicate.value.endswith("#used") for quad in gone)


LINKS = [Link(f"urn:l:{n}", "urn:a", f"urn:b:{n}", "supports", 1) for n in range(3)]
STEPS = st.lists(st.tuples(st.integers(0, 2), st.sampled_from(list(Verdict))), max_size=12)


def _replayed(steps: list[tuple[int, Verdict]]) -> list[Decision]:
    found: list[Decision] = []
    for place, verdict in steps:
        successor = None
        if verdict is Verdict.CORRECT:
            successor = corrected(LINKS[place], Correction(strength=3))
        number = len(found) + 1
        found.append(
            Decision(
                number,
                NOON,
                Reviewer(UMWELTAMT.key, "Amt"),
                verdict,
                "x",
                "de",
                LINKS[place],
                0,
                successor,
            )
        )
    return found


@given(steps=STEPS)
def test_every_link_has_one_status_whatever_was_decided(
    steps: list[tuple[int, Verdict]],
) -> None:
    decisions = _replayed(steps)
    quads = reviewed_quads(decisions)
    statuses = [quad.subject for quad in quads if quad.predicate.value == KS.reviewStatus]
    assert len(statuses) == len(set(statuses)) == len(standing(decisions))


def test_a_generation_written_as_a_change_is_the_one_written_whole(
    dataset: Dataset, decide: Decide, tmp_path: Path
) -> None:
    whole = publish_proposals(tmp_path / "whole")
    for verdict, link in ((Verdict.ACCEPT, FOUND), (Verdict.REJECT, LINK)):
        decide(verdict, link)
        publish_reviews(dataset)
    shutil.copy(dataset.root / "reviews.ndjson", whole.root)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("kg.dataset._patched", lambda *_: False)
        expected = publish_reviews(whole)
    assert expected is not None
    assert dataset.current().name == expected.name
    assert set(dataset.current().open().engine) == set(expected.open().engine)
    before = publish_proposals(tmp_path / "before").current()
    kept = dataset.root / "generations" / before.name
    assert set(before.open().engine) == set(EmbeddedStore.read_only(kept / "store").engine)


def test_a_change_that_is_not_all_of_the_difference_is_not_trusted(dataset: Dataset) -> None:
    with dataset.next_draft() as draft:
        draft.remove_source(SOURCE_GRAPH)
        generation = dataset.publish(draft, Change())
    assert generation.open().graph(SOURCE_GRAPH) == []
