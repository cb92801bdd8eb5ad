"""Let a reviewer look at links and decide on them, by rules that do not depend on the door."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Final

from kg.access import EVERY_CITY, Grant, Role, holder_iri
from kg.dataset import Generation
from kg.embedded import EmbeddedStore
from kg.errors import (
    BadParameter,
    NotAllowed,
    ReviewOutdated,
    SecondPersonNeeded,
    UnknownIri,
    UserError,
)
from kg.labels import labels_of
from kg.language import LANGUAGES, Language, Text
from kg.reviewing.decisions import Decision, Reviewer, Standing, Verdict, standing
from kg.reviewing.journal import Journal
from kg.reviewing.links import PROPOSED, SUPERSEDED, Correction, Link, corrected, state_of
from kg.reviewing.reading import LinkReader

LONGEST_REASON: Final = 2000
_NOTHING: Final = Correction()


@dataclass(frozen=True, slots=True)
class Entry:
    """Hold a link as a reviewer sees it; `decision` is the last one on it, None before that."""

    link: Link
    status: str
    decision: Decision | None = None
    made: Decision | None = None

    @property
    def state(self) -> str:
        """Return what a later decision has to name, so that it is about what was seen."""
        return state_of(self.link, self.status, self.decision.number if self.decision else 0)


@dataclass(frozen=True, slots=True)
class Order:
    """Hold what a reviewer wants decided.

    `state` is the state of the link that the reviewer saw; without one only a link that nobody has
    decided on is decided.
    """

    link: str
    verdict: Verdict
    reason: str
    language: Language
    state: str | None = None
    correction: Correction = field(default=_NOTHING)


@dataclass(frozen=True, slots=True)
class Choice:
    """Choose links: by status ("" for any), municipality (AGS), element and aim ("" for any)."""

    status: str = PROPOSED
    city: str = ""
    source: str = ""
    target: str = ""

    def holds(self, entry: Entry) -> bool:
        """Tell whether a link is meant."""
        link = entry.link
        return (
            self.status in ("", entry.status)
            and (not self.city or self.city in link.cities)
            and self.source in ("", link.source)
            and self.target in ("", link.target)
        )


class Desk:
    """Show the links of one generation with every decision taken since, and take new ones."""

    def __init__(self, generation: Generation, store: EmbeddedStore, journal: Journal) -> None:
        self.generation = generation
        self.journal = journal
        self._store = store
        self._reader = LinkReader(generation, store)
        self._proposed: Mapping[str, Link] | None = None

    def entry(self, iri: str) -> Entry:
        """Return one link, or raise `UnknownIri` when there is none to review by that IRI."""
        return self._entry(iri, standing(self.journal.decisions()))

    def entries(self, choice: Choice) -> list[Entry]:
        """Return the links that are meant, the surest first, then by IRI."""
        found = [entry for entry in self._entries() if choice.holds(entry)]
        return sorted(found, key=lambda e: (-float(e.link.confidence or 1), e.link.iri))

    def obstacle(self, entry: Entry, grant: Grant) -> UserError | None:
        """Return why somebody may not decide on a link at all, None when they may."""
        try:
            _demand_city(entry.link, grant)
            _demand_other_person(entry, grant)
        except (NotAllowed, SecondPersonNeeded) as error:
            return error
        return None

    def decide(self, order: Order, grant: Grant, now: datetime) -> Decision:
        """Take a decision and return it once it is on disk.

        Raises:
            UnknownIri: there is no such link, or not any more; or no such aim.
            NotAllowed: the token holds not for the municipality of the link, or does not review.
            SecondPersonNeeded: the reviewer loaded, stated or corrected the link.
            ReviewOutdated: the link is in another state than the reviewer saw.
            BadParameter: the reason is missing or a correction is impossible.
        """
        reason = _reason(order.reason)

        def decided(known: tuple[Decision, ...]) -> Decision:
            entry = self._entry(order.link, standing(known))
            _demand_city(entry.link, grant)
            _demand_other_person(entry, grant)
            _demand_state(entry, order)
            decision = Decision(
                len(known) + 1,
                now,
                Reviewer(grant.key, grant.name),
                order.verdict,
                reason,
                order.language,
                entry.link,
                entry.decision.number if entry.decision else 0,
            )
            if order.verdict is not Verdict.CORRECT:
                return decision
            return replace(decision, successor=self._successor(entry.link, order, reason))

        return self.journal.append(decided)

    def _entry(self, iri: str, decided: Mapping[str, Standing]) -> Entry:
        item = decided.get(iri)
        if item is not None and self._reader.is_known(item.link):
            return Entry(item.link, item.status, item.decision, item.made)
        link = self._reader.link(iri) if item is None else None
        if link is None:
            raise UnknownIri(iri)
        return Entry(link, PROPOSED)

    def _entries(self) -> Iterator[Entry]:
        decided = standing(self.journal.decisions())
        for item in decided.values():
            if self._reader.is_known(item.link):
                yield Entry(item.link, item.status, item.decision, item.made)
        if self._proposed is None:
            self._proposed = {link.iri: link for link in self._reader.proposed()}
        for iri, link in self._proposed.items():
            if iri not in decided:
                yield Entry(link, PROPOSED)

    def _successor(self, link: Link, order: Order, reason: str) -> Link:
        target = order.correction.target
        aim = None
        if target is not None and target != link.target:
            if target == link.source or not self._reader.is_aim(target):
                raise UnknownIri(target)
            german, english = (self._label(target, language) for language in LANGUAGES)
            aim = Text(german, english)
        successor = corrected(link, order.correction, aim)
        said = {"de": "", "en": "", order.language: reason}
        return replace(successor, reason_de=said["de"], reason_en=said["en"])

    def _label(self, iri: str, language: Language) -> str:
        return labels_of(self._store, [iri], language)[iri]


def _reason(text: str) -> str:
    reason = " ".join(text.split())
    if not reason or len(reason) > LONGEST_REASON or not reason.isprintable():
        raise BadParameter(
            "reason",
            text[:80],
            Text(
                f"eine Begründung mit höchstens {LONGEST_REASON} Zeichen",
                f"a reason of at most {LONGEST_REASON} characters",
            ),
        )
    return reason


def _demand_city(link: Link, grant: Grant) -> None:
    for city in link.cities or (EVERY_CITY,):
        if not grant.allows(Role.REVIEWER, city):
            raise NotAllowed(Role.REVIEWER.value, city)


def _demand_other_person(entry: Entry, grant: Grant) -> None:
    own = holder_iri(grant.key)
    corrected_by = entry.made.reviewer.key if entry.made else ""
    if grant.key in (corrected_by, *entry.link.loaded_by) or own in entry.link.authors:
        raise SecondPersonNeeded(entry.link.iri)


def _demand_state(entry: Entry, order: Order) -> None:
    is_seen = entry.decision is None if order.state is None else order.state == entry.state
    if is_seen and entry.status != SUPERSEDED:
        return
    raise ReviewOutdated(entry.link.iri, _words(entry))


def _words(entry: Entry) -> Text:
    decision = entry.decision
    if decision is None:
        return Text("vorgeschlagen, mit anderem Inhalt", "proposed, with other content")
    words = decision.verdict.words if entry.status != "confirmed" else Verdict.ACCEPT.words
    by, day = decision.reviewer.name, decision.time.date().isoformat()
    successor = ""
    if entry.status == SUPERSEDED and decision.successor is not None:
        successor = f" → {decision.successor.iri}"
    return Text(f"{words.de} ({by}, {day}){successor}", f"{words.en} ({by}, {day}){successor}")
