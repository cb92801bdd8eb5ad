"""Put the open proposals in the order in which they are worth a reviewer's time."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Literal, get_args

from api.proposals.facts import Effect, ProposalFacts
from kg.errors import BadParameter, UnknownName
from kg.identifiers import parse_ags
from kg.language import Text
from kg.reviewing.desk import Choice, Desk, Entry
from kg.reviewing.links import KINDS, PROPOSED

Order = Literal["effect", "confidence"]
ORDERS: Final[tuple[Order, ...]] = get_args(Order)
_SDGS: Final = 17


@dataclass(frozen=True, slots=True)
class Filters:
    """Hold what narrows and orders the queue; "" and 0 narrow nothing."""

    city: str = ""
    document: str = ""
    kind: str = ""
    sdg: int = 0
    order: Order = "effect"

    @classmethod
    def of(cls, given: Mapping[str, str]) -> Filters:
        """Return the filters in an address.

        Raises:
            BadParameter: a city is no AGS or a number no SDG.
            UnknownName: there is no such kind or order.
        """
        kind, order = given.get("kind", ""), given.get("order", "") or "effect"
        if kind and kind not in KINDS:
            raise UnknownName(kind, KINDS)
        if order not in ORDERS:
            raise UnknownName(order, ORDERS)
        city = given.get("city", "")
        return cls(
            parse_ags(city) if city else "",
            given.get("document", ""),
            kind,
            _sdg(given.get("sdg", "")),
            "effect" if order == "effect" else "confidence",
        )

    def query(self) -> dict[str, str]:
        """Return what stands in an address, without what is usual."""
        shown = {
            "city": self.city,
            "document": self.document,
            "kind": self.kind,
            "sdg": str(self.sdg or ""),
            "order": "" if self.order == "effect" else self.order,
        }
        return {name: value for name, value in shown.items() if value}

    def holds(self, entry: Entry, facts: ProposalFacts) -> bool:
        """Tell whether a link is meant."""
        link = entry.link
        return (
            self.city in ("", *link.cities)
            and self.kind in ("", link.kind)
            and (not self.document or self.document in facts.documents(link))
            and (not self.sdg or self.sdg in facts.sdgs(link))
        )


@dataclass(frozen=True, slots=True)
class Item:
    """Hold an open proposal with the gaps that accepting it would close."""

    entry: Entry
    effects: tuple[Effect, ...]

    @property
    def iri(self) -> str:
        """Return the IRI of the link."""
        return self.entry.link.iri


@dataclass(frozen=True, slots=True)
class Queue:
    """Hold the open proposals in order, and how many of all that are meant were decided on."""

    items: tuple[Item, ...]
    decided: int

    @property
    def total(self) -> int:
        """Return how many proposals there were, decided ones included."""
        return len(self.items) + self.decided

    def after(self, iri: str) -> str:
        """Return the proposal after one, the first after the last; "" without another one."""
        return self._beside(iri, 1)

    def before(self, iri: str) -> str:
        """Return the proposal before one, the last before the first; "" without another one."""
        return self._beside(iri, -1)

    def place(self, iri: str) -> int:
        """Return which place a proposal has, 0 when it is not open."""
        return next((n for n, item in enumerate(self.items, 1) if item.iri == iri), 0)

    def _beside(self, iri: str, step: int) -> str:
        others = [item.iri for item in self.items]
        if iri not in others:
            return others[0] if others else ""
        found = others[(others.index(iri) + step) % len(others)]
        return "" if found == iri else found


def queue_of(desk: Desk, facts: ProposalFacts, filters: Filters) -> Queue:
    """Return the queue: by gaps closed, then confidence; or by confidence alone.

    Links that came of a correction were never proposed and count as nothing.
    """
    meant = [
        entry
        for entry in desk.entries(Choice(""))
        if entry.made is None and filters.holds(entry, facts)
    ]
    items = [Item(e, facts.effects(e.link)) for e in meant if e.status == PROPOSED]
    if filters.order == "effect":
        # `entries` gives the surest first, and sorting keeps that.
        items.sort(key=lambda item: -len(item.effects))
    return Queue(tuple(items), len(meant) - len(items))


def _sdg(text: str) -> int:
    if not text:
        return 0
    if text.isdecimal() and len(text) <= 2 and 1 <= int(text) <= _SDGS:
        return int(text)
    raise BadParameter("sdg", text[:20], Text("eine Zahl von 1 bis 17", "a number from 1 to 17"))
