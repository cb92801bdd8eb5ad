"""Hold what people decided on links, and work out from all decisions what stands now."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from kg.language import Language, Text
from kg.reviewing.links import CONFIRMED, REJECTED, SUPERSEDED, Link, state_of


class Verdict(StrEnum):
    """Name what a reviewer can decide."""

    ACCEPT = "accept"
    REJECT = "reject"
    CORRECT = "correct"

    @property
    def status(self) -> str:
        """Return the status that the decided link has from then on."""
        return _STATUSES[self]

    @property
    def words(self) -> Text:
        """Return the outcome in words."""
        return _WORDS[self]


_STATUSES = {
    Verdict.ACCEPT: CONFIRMED,
    Verdict.REJECT: REJECTED,
    Verdict.CORRECT: SUPERSEDED,
}
_WORDS = {
    Verdict.ACCEPT: Text("bestätigt", "confirmed"),
    Verdict.REJECT: Text("verworfen", "rejected"),
    Verdict.CORRECT: Text("durch eine korrigierte ersetzt", "superseded by a corrected one"),
}


@dataclass(frozen=True, slots=True)
class Reviewer:
    """Name who decided: the key of the token and whose it is."""

    key: str
    name: str


@dataclass(frozen=True, slots=True)
class Decision:
    """Hold one decision with the link as it was then; numbers start at 1, times carry a zone.

    `earlier` is the number of the decision on the same link before, 0 for the first; `successor`
    is the link that takes its place after a correction.
    """

    number: int
    time: datetime
    reviewer: Reviewer
    verdict: Verdict
    reason: str
    language: Language
    link: Link
    earlier: int = 0
    successor: Link | None = None


@dataclass(frozen=True, slots=True)
class Standing:
    """Hold what stands of a link: its status, the decision behind it, and who may not review it.

    `made` is the correction that it came of, None for other links.
    """

    link: Link
    status: str
    decision: Decision
    made: Decision | None = None

    @property
    def state(self) -> str:
        """Return what changes with the next decision."""
        return state_of(self.link, self.status, self.decision.number)


def standing(decisions: Iterable[Decision]) -> dict[str, Standing]:
    """Return what stands of every link that was decided or came of a correction, by IRI.

    The last decision on a link counts; the same decisions give the same answer.
    """
    found: dict[str, Standing] = {}
    for decision in decisions:
        before = found.get(decision.link.iri)
        found[decision.link.iri] = Standing(
            decision.link,
            decision.verdict.status,
            decision,
            before.made if before else None,
        )
        if decision.successor is not None:
            found[decision.successor.iri] = Standing(
                decision.successor, CONFIRMED, decision, decision
            )
    return found


def history(decisions: Iterable[Decision], link: str) -> list[Decision]:
    """Return the decisions on a link in their order, those on links it came from before them."""
    every = tuple(decisions)
    found: list[Decision] = []
    wanted = {link}
    for decision in reversed(every):
        made = decision.successor.iri if decision.successor else ""
        if decision.link.iri in wanted or made in wanted:
            wanted.add(decision.link.iri)
            found.append(decision)
    return found[::-1]
