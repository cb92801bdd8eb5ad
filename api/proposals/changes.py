"""Tell what was decided and loaded since a day, or since somebody's own last decision."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import Final

from api.state import ServiceState
from kg.access import Grant
from kg.errors import BadParameter
from kg.language import Language, Text
from kg.reviewing import Decision, Verdict
from kg.reviewing.wording import text_of_link

MOST_SHOWN: Final = 50
OWN_LAST: Final = "own"


@dataclass(frozen=True, slots=True)
class Decided:
    """Hold a decision for a list; `published` tells whether readers of the graph see it."""

    number: int
    link: str
    label: str
    verdict: Verdict
    outcome: str
    reason: str
    reviewer: str
    at: datetime
    published: bool


@dataclass(frozen=True, slots=True)
class Changes:
    """Hold what changed: the latest decisions first, and the sources that were loaded.

    `since` is what the address says, `after` the day or moment it means; None when nothing was
    asked.
    `own_last` is the moment of the reader's own last decision.
    """

    since: str
    after: date | None
    decisions: tuple[Decided, ...]
    count: int
    sources: tuple[tuple[str, datetime], ...]
    own_last: datetime | None


def changes_since(
    state: ServiceState, since: str, grant: Grant | None, language: Language
) -> Changes:
    """Return the changes since a day (ISO 8601) or since one's own last decision (`own`).

    Raises:
        BadParameter: `since` is neither.
    """
    decisions = state.journal.decisions()
    own = max((d.time for d in decisions if grant and d.reviewer.key == grant.key), default=None)
    after = own if since == OWN_LAST else _moment(since)
    generation = state.snapshots.current.generation
    found = [] if after is None else [d for d in decisions if d.time > after]
    sources = [
        (
            record.title_en if language == "en" else record.title_de,
            datetime.fromisoformat(record.at),
        )
        for record in generation.sources
        if after is not None
        and record.city
        and record.at
        and datetime.fromisoformat(record.at) > after
    ]
    shown = decided(found[: -MOST_SHOWN - 1 : -1], language, seen=generation.reviews)
    told = after if after is None or since == OWN_LAST else after.date()
    return Changes(since, told, shown, len(found), tuple(sorted(sources)), own)


def decided(decisions: Sequence[Decision], language: Language, *, seen: int) -> tuple[Decided, ...]:
    """Return decisions for a list; those up to the number `seen` are in the graph."""
    return tuple(
        Decided(
            decision.number,
            decision.link.iri,
            text_of_link(decision.link, language),
            decision.verdict,
            decision.verdict.words.in_language(language),
            decision.reason,
            decision.reviewer.name,
            decision.time,
            published=decision.number <= seen,
        )
        for decision in decisions
    )


def _moment(since: str) -> datetime | None:
    if since in ("", OWN_LAST):
        return None
    try:
        return datetime.combine(date.fromisoformat(since), time.min, UTC)
    except ValueError as error:
        raise BadParameter(
            "since", since[:40], Text("ein Tag wie 2026-11-23", "a day like 2026-11-23")
        ) from error
