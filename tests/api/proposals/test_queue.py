"""Open proposals are ordered by the gaps they close, and narrowed by what the address says."""

from __future__ import annotations

from pathlib import Path

import pytest

from api.proposals.deciding import order_of
from api.proposals.facts import ProposalFacts
from api.proposals.queue import Filters, Item, Queue, queue_of
from kg.embedded import embedded
from kg.errors import BadParameter, UnknownName
from kg.reviewing import Correction, Verdict
from kg.reviewing.desk import Desk, Entry
from kg.reviewing.journal import Journal
from kg.reviewing.links import Link
from tests.api.town import AGS, GOAL, MEASURE, TOWN
from tests.kg.reviewing.conftest import FOUND, LINK, UMWELTAMT, publish_proposals

CITY, OTHER = AGS, "05314000"
SDG_TARGET = "http://metadata.un.org/sdg/12.5"
FACTS = ProposalFacts(
    frozenset({("a-served", CITY)}),
    frozenset({"m-serving"}),
    {"a-served": (SDG_TARGET,)},
    {"m-new": ("plan",), "a-served": ("concept",)},
)


def link(source: str, target: str, *, kind: str = "supports", city: str = CITY) -> Link:
    return Link("urn:link", source, target, kind, 1, cities=(city,))


@pytest.mark.parametrize(
    ("found", "effects"),
    [
        (link("m-new", "a-new"), ("aim", "element")),
        (link("m-new", "a-served"), ("element",)),
        (link("m-serving", "a-new"), ("aim",)),
        (link("m-serving", "a-served"), ()),
        (link("m-serving", "a-served", city=OTHER), ("aim",)),
        (link("m-new", "a-new", kind="conflicts"), ()),
    ],
    ids=["both", "element", "aim", "none", "served elsewhere", "conflict"],
)
def test_a_proposal_closes_the_gaps_that_no_fact_has_closed(
    found: Link, effects: tuple[str, ...]
) -> None:
    assert FACTS.effects(found) == effects


def test_a_link_has_the_documents_of_both_ends_and_the_sdgs_behind_its_aim() -> None:
    found = link("m-new", "a-served")
    assert (FACTS.documents(found), FACTS.sdgs(found)) == (("plan", "concept"), {12})


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    dataset = publish_proposals(tmp_path)
    generation = dataset.current()
    return Desk(generation, embedded(generation.open()), Journal(dataset.root))


def iris(desk: Desk, facts: ProposalFacts = FACTS, **given: str) -> list[str]:
    return [item.iri for item in queue_of(desk, facts, Filters.of(given)).items]


def test_what_closes_more_gaps_comes_first(desk: Desk) -> None:
    served = ProposalFacts(frozenset({(GOAL, AGS)}), frozenset({MEASURE}), {}, {})
    assert iris(desk, served) == [LINK, FOUND]
    assert iris(desk, served, order="confidence") == [FOUND, LINK]


@pytest.mark.parametrize(
    ("given", "found"),
    [
        ({}, [FOUND, LINK]),
        ({"city": AGS}, [FOUND, LINK]),
        ({"city": OTHER}, []),
        ({"sdg": "12"}, [LINK]),
        ({"kind": "conflicts"}, []),
        ({"document": f"{TOWN}/concept/klima"}, [FOUND]),
    ],
)
def test_the_queue_is_narrowed(desk: Desk, given: dict[str, str], found: list[str]) -> None:
    facts = ProposalFacts(frozenset(), frozenset(), {}, {GOAL: (f"{TOWN}/concept/klima",)})
    assert iris(desk, facts, **given) == found


@pytest.mark.parametrize(
    ("given", "error"),
    [
        ({"sdg": "18"}, BadParameter),
        ({"sdg": "²"}, BadParameter),
        ({"city": "Bonn"}, BadParameter),
        ({"kind": "likes"}, UnknownName),
        ({"order": "luck"}, UnknownName),
    ],
)
def test_a_wrong_filter_is_told(given: dict[str, str], error: type[Exception]) -> None:
    with pytest.raises(error):
        Filters.of(given)


def test_filters_keep_their_address() -> None:
    query = {"city": AGS, "document": "urn:d", "kind": "supports", "sdg": "3"}
    assert Filters.of(query).query() == query
    assert Filters.of({"order": "effect"}).query() == {}


def test_decided_proposals_leave_the_queue_and_count(desk: Desk) -> None:
    before = queue_of(desk, FACTS, Filters())
    desk.decide(order_of(_entered(desk), "de"), UMWELTAMT, UMWELTAMT.created)
    after = queue_of(desk, FACTS, Filters())
    assert (before.decided, before.total) == (0, 2)
    assert (after.decided, after.total) == (1, 2)
    assert [item.iri for item in after.items] == [LINK]


def test_a_correction_counts_as_one_decision(desk: Desk) -> None:
    entered = {**_entered(desk), "decision": "correct", "strength": "3"}
    desk.decide(order_of(entered, "de"), UMWELTAMT, UMWELTAMT.created)
    queue = queue_of(desk, FACTS, Filters())
    assert (queue.decided, queue.total) == (1, 2)


def _entered(desk: Desk) -> dict[str, str]:
    state = desk.entry(FOUND).state
    return {"link": FOUND, "decision": "accept", "reason": "Passt.", "state": state}


def queue(*names: str) -> Queue:
    entries = [Entry(Link(name, "m", "a", "supports", 1), "proposed") for name in names]
    return Queue(tuple(Item(entry, ()) for entry in entries), 0)


def test_the_next_proposal_follows_and_the_first_follows_the_last() -> None:
    found = queue("a", "b", "c")
    assert [found.after(name) for name in "abc"] == ["b", "c", "a"]
    assert [found.before(name) for name in "abc"] == ["c", "a", "b"]
    assert [found.place(name) for name in "abx"] == [1, 2, 0]


def test_beside_a_decided_proposal_is_the_first_open_one() -> None:
    assert queue("a", "b").after("x") == "a"
    assert (queue("a").after("a"), queue().after("a")) == ("", "")


@pytest.mark.parametrize(
    ("entered", "correction"),
    [
        ({}, Correction()),
        ({"strength": "-2", "kind": "conflicts"}, Correction(None, "conflicts", -2)),
        ({"strength": "\u22122"}, Correction(None, None, -2)),
        ({"target": "urn:a"}, Correction("urn:a")),
    ],
)
def test_what_a_correction_leaves_open_stays(
    entered: dict[str, str], correction: Correction
) -> None:
    order = order_of({"decision": "correct", "link": "urn:l", **entered}, "de")
    assert (order.verdict, order.correction) == (Verdict.CORRECT, correction)


def test_an_accepted_link_is_not_corrected_by_the_way() -> None:
    order = order_of({"decision": "accept", "link": "urn:l", "strength": "3"}, "de")
    assert order.correction == Correction()


@pytest.mark.parametrize(
    "entered", [{}, {"decision": "x"}, {"decision": "correct", "strength": "x"}]
)
def test_no_decision_is_no_order(entered: dict[str, str]) -> None:
    with pytest.raises(BadParameter):
        order_of(entered, "de")
