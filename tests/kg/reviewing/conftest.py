"""Give the small town with a link to review and people who may review it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from pyoxigraph import NamedNode, Quad

from kg.access import Grant, Role
from kg.dataset import Dataset
from kg.reviewing import Decision, Journal, Verdict
from kg.reviewing.desk import Desk, Order
from kg.reviewing.links import Correction
from ontology.namespaces import PROPOSED_GRAPH
from tests.api.town import AGS, GOAL, MEASURE, TOWN, publish_town
from tests.conftest import turtle

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
LINK = f"{TOWN}/interface/1"
FOUND = f"{TOWN}/interface/proposed/1"
UMWELTAMT = Grant("aaaaaaaa", "Umweltamt", Role.REVIEWER, AGS, NOON)
KLIMA = Grant("bbbbbbbb", "Klimabüro", Role.REVIEWER, AGS, NOON)
MATCHED = f"""
<{FOUND}> a ks:Interface ; ks:interfaceSource <{MEASURE}> ; ks:interfaceTarget <{GOAL}> ;
  rdfs:label "Bauteilbörse → Weniger Bauabfall"@de , "Exchange → Less building waste"@en ;
  ks:interfaceKind ik:supports ; ks:strength 1 ; ks:confidence 0.9 ; ks:reviewStatus st:proposed ;
  ks:rationale "Beide nennen Bauteile."@de , "Both name building parts."@en ;
  prov:wasAttributedTo <https://w3id.org/kreislaufstadt/id/matcher/1> ;
  ks:hasEvidence <{TOWN}/evidence/proposed/1> .
<{TOWN}/evidence/proposed/1> a ks:Evidence ; ks:quote "Gebrauchte Türen" ; ks:page 3 ;
  ks:evidenceSource <{TOWN}/plan/massnahmen> .
"""
Decide = Callable[..., Decision]


def publish_proposals(root: Path) -> Dataset:
    """Publish the town with one link that a source proposes and one that the matcher found."""
    dataset = publish_town(root)
    with dataset.next_draft() as draft:
        graph = NamedNode(PROPOSED_GRAPH)
        quads = [Quad(q.subject, q.predicate, q.object, graph) for q in turtle(MATCHED)]
        draft.store.put_graph(PROPOSED_GRAPH, quads)
        if draft.earlier is not None:
            draft.rules = draft.earlier.rules
        dataset.publish(draft)
    return dataset


def desk_of(dataset: Dataset) -> Desk:
    """Return a desk on what readers see now."""
    generation = dataset.current()
    return Desk(generation, generation.open(), Journal(dataset.root))


@pytest.fixture
def dataset(tmp_path: Path) -> Dataset:
    return publish_proposals(tmp_path / "data")


@pytest.fixture
def decide(dataset: Dataset) -> Decide:
    """Give what takes a decision on a link of the town."""

    def taken(
        verdict: Verdict = Verdict.ACCEPT,
        link: str = FOUND,
        *,
        by: Grant = UMWELTAMT,
        state: str | None = None,
        correction: Correction | None = None,
    ) -> Decision:
        order = Order(link, verdict, "Das passt so.", "de", state, correction or Correction())
        return desk_of(dataset).decide(order, by, NOON)

    return taken
