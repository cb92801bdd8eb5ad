"""Who may decide on which link, in which state, and what stands after it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kg.access import EVERY_CITY, Grant, Role
from kg.dataset import Dataset
from kg.errors import (
    BadParameter,
    KreislaufstadtError,
    NotAllowed,
    ReviewOutdated,
    SecondPersonNeeded,
    UnknownIri,
)
from kg.reviewing import Journal, Verdict, history, standing
from kg.reviewing.desk import Choice, Order
from kg.reviewing.links import Correction
from tests.api.town import AGS, GOAL, MEASURE, SOURCE_GRAPH
from tests.kg.reviewing.conftest import FOUND, KLIMA, LINK, NOON, UMWELTAMT, Decide, desk_of

TO_TARGET = Correction(target="http://metadata.un.org/sdg/12.5", strength=2)


def test_open_links_come_the_surest_first(dataset: Dataset) -> None:
    assert [entry.link.iri for entry in desk_of(dataset).entries(Choice())] == [FOUND, LINK]


@pytest.mark.parametrize(
    ("choice", "found"),
    [
        (Choice(target=GOAL), [FOUND]),
        (Choice(source=MEASURE), [FOUND, LINK]),
        (Choice(city=AGS), [FOUND, LINK]),
        (Choice(city="05314000"), []),
        (Choice(status="rejected"), []),
        (Choice(status=""), [FOUND, LINK]),
    ],
)
def test_links_are_chosen(dataset: Dataset, choice: Choice, found: list[str]) -> None:
    assert [entry.link.iri for entry in desk_of(dataset).entries(choice)] == found


@pytest.mark.parametrize(
    ("verdict", "status"), [(Verdict.ACCEPT, "confirmed"), (Verdict.REJECT, "rejected")]
)
def test_a_decision_counts_at_once(
    dataset: Dataset, decide: Decide, verdict: Verdict, status: str
) -> None:
    decide(verdict)
    assert desk_of(dataset).entry(FOUND).status == status


def test_a_correction_replaces_the_link_by_a_confirmed_one(
    dataset: Dataset, decide: Decide
) -> None:
    made = decide(Verdict.CORRECT, correction=TO_TARGET).successor
    assert made is not None
    after = desk_of(dataset).entry(made.iri)
    assert (desk_of(dataset).entry(FOUND).status, after.status) == ("superseded", "confirmed")
    assert (after.link.target, after.link.strength) == (TO_TARGET.target, 2)
    assert (after.link.label_de, after.link.reason_de, after.link.reason_en) == (
        "Bauteilbörse → Abfall verringern",
        "Das passt so.",
        "",
    )


def test_a_later_decision_counts_and_the_earlier_stays_in_the_history(
    dataset: Dataset, decide: Decide
) -> None:
    first = decide(Verdict.ACCEPT)
    second = decide(Verdict.REJECT, by=KLIMA, state=desk_of(dataset).entry(FOUND).state)
    known = Journal(dataset.root).decisions()
    assert standing(known)[FOUND].status == "rejected"
    assert (history(known, FOUND), second.earlier) == ([first, second], 1)


def test_the_history_of_a_correction_goes_back_to_the_link_it_came_from(
    dataset: Dataset, decide: Decide
) -> None:
    first = decide(Verdict.CORRECT, correction=TO_TARGET)
    assert first.successor is not None
    iri = first.successor.iri
    second = decide(link=iri, by=KLIMA, state=desk_of(dataset).entry(iri).state)
    assert history(Journal(dataset.root).decisions(), iri) == [first, second]


def test_a_link_decided_meanwhile_is_not_decided_by_who_saw_it_open(
    dataset: Dataset, decide: Decide
) -> None:
    seen = desk_of(dataset).entry(FOUND).state
    decide(Verdict.REJECT)
    with pytest.raises(ReviewOutdated, match=r"rejected \(Umweltamt, 2026-11-23\)"):
        decide(by=KLIMA, state=seen)
    with pytest.raises(ReviewOutdated):
        decide(by=KLIMA)


def test_a_replaced_link_names_the_one_in_its_place(dataset: Dataset, decide: Decide) -> None:
    made = decide(Verdict.CORRECT, correction=TO_TARGET).successor
    assert made is not None
    with pytest.raises(ReviewOutdated, match=made.iri):
        decide(by=KLIMA, state=desk_of(dataset).entry(FOUND).state)


@pytest.mark.parametrize("verdict", [Verdict.ACCEPT, Verdict.REJECT])
def test_who_corrected_a_link_does_not_review_it(
    dataset: Dataset, decide: Decide, verdict: Verdict
) -> None:
    made = decide(Verdict.CORRECT, correction=TO_TARGET).successor
    assert made is not None
    state = desk_of(dataset).entry(made.iri).state
    with pytest.raises(SecondPersonNeeded):
        decide(verdict, made.iri, state=state)
    assert decide(verdict, made.iri, by=KLIMA, state=state).number == 2


def test_who_loaded_a_source_does_not_review_its_links(dataset: Dataset, decide: Decide) -> None:
    with dataset.next_draft() as draft:
        (record,) = (item for item in draft.sources if item.graph == SOURCE_GRAPH)
        quads = draft.store.graph(SOURCE_GRAPH)
        draft.put_source(replace(record, loaded_by=UMWELTAMT.key), quads[1:])
        dataset.publish(draft)
    with pytest.raises(SecondPersonNeeded):
        decide(link=LINK)
    assert decide(link=LINK, by=KLIMA).number == 1


@pytest.mark.parametrize(
    ("role", "city"),
    [(Role.REVIEWER, "05314000"), (Role.EDITOR, AGS), (Role.EDITOR, EVERY_CITY)],
)
def test_a_token_reviews_its_own_city_only(decide: Decide, role: Role, city: str) -> None:
    with pytest.raises(NotAllowed):
        decide(by=Grant("cccccccc", "Bonn", role, city, NOON))


def test_a_token_of_every_city_reviews(decide: Decide) -> None:
    grant = Grant("cccccccc", "Land", Role.REVIEWER, EVERY_CITY, NOON)
    assert decide(by=grant).number == 1


@pytest.mark.parametrize("link", [f"{FOUND}0", MEASURE, "urn:nothing"])
def test_what_is_no_link_to_review_is_unknown(decide: Decide, link: str) -> None:
    with pytest.raises(UnknownIri):
        decide(link=link)


def test_a_link_whose_element_is_gone_is_unknown(dataset: Dataset, decide: Decide) -> None:
    decide()
    with dataset.next_draft() as draft:
        draft.remove_source(SOURCE_GRAPH)
        dataset.publish(draft)
    with pytest.raises(UnknownIri):
        desk_of(dataset).entry(FOUND)


@pytest.mark.parametrize(
    ("correction", "error"),
    [
        (Correction(), BadParameter),
        (Correction(kind="helps"), BadParameter),
        (Correction(kind="conflicts"), BadParameter),
        (Correction(strength=-1), BadParameter),
        (Correction(strength=4), BadParameter),
        (Correction(target=MEASURE), UnknownIri),
        (Correction(target="urn:nothing"), UnknownIri),
    ],
)
def test_an_impossible_correction_is_refused(
    dataset: Dataset, decide: Decide, correction: Correction, error: type[KreislaufstadtError]
) -> None:
    with pytest.raises(error):
        decide(Verdict.CORRECT, correction=correction)
    assert Journal(dataset.root).decisions() == ()


@pytest.mark.parametrize("reason", ["", "  \n", "x" * 2001, "a\x00b", "a\u202eb"])
def test_a_decision_needs_a_readable_reason(dataset: Dataset, reason: str) -> None:
    with pytest.raises(BadParameter, match="reason"):
        desk_of(dataset).decide(Order(FOUND, Verdict.ACCEPT, reason, "de"), UMWELTAMT, NOON)
