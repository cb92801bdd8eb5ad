"""Keep conclusions right when some statements come and go, without drawing all of them again.

Delete and rederive (Gupta, Mumick, Subrahmanian: Maintaining Views Incrementally, SIGMOD 1993):
everything that a removed statement could have led to is taken out, what still follows from the
rest comes back, and what is new is carried on. Hand-written rules, which may ask that something is
not so, are run before and after; the difference of their conclusions is treated like statements
that come and go.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Final

from pyoxigraph import NamedNode, Quad, Store

from kg.reasoning.closure import Closure, conclusions, constructed, in_default_graph
from kg.reasoning.rules import Pattern, Rule, strata
from ontology.namespaces import RDF

_RECENT: Final = NamedNode("urn:x-recent")
_TYPE: Final = NamedNode(RDF.type)


@dataclass(frozen=True, slots=True)
class Change:
    """Hold the statements that are not asserted any more and those that are asserted now."""

    removed: list[Quad] = field(default_factory=list)
    added: list[Quad] = field(default_factory=list)

    def __len__(self) -> int:
        """Return how many statements came or went."""
        return len(self.removed) + len(self.added)


def reinfer(
    asserted: Iterable[Quad], inferred: Iterable[Quad], change: Change, rules: Iterable[Rule]
) -> Closure:
    """Return what `infer` would draw from the asserted triples, starting from an earlier closure.

    Args:
        asserted: all statements as they are now, `change.added` among them.
        inferred: what the same rules had drawn before the change.
        change: the difference; graph names do not matter.
        rules: the same rules as before.
    """
    axioms, written = strata(rules)
    facts, store = Store(), Store()
    facts.bulk_extend(in_default_graph(asserted))
    added = [quad for quad in dict.fromkeys(in_default_graph(change.added)) if quad in facts]
    removed = [quad for quad in in_default_graph(change.removed) if quad not in facts]
    store.bulk_extend(facts)
    for quad in added:
        store.remove(quad)
    store.bulk_extend([*removed, *in_default_graph(inferred)])
    upkeep = _Upkeep(store, axioms)
    before = _of_written(store, written)
    upkeep.carry(removed, added, lambda quad: quad in facts or quad in before)
    after = _of_written(store, written)
    lost = [quad for quad in before if quad not in after and quad not in facts]
    won = [quad for quad in after if quad not in before]
    upkeep.carry(lost, won, lambda quad: quad in facts or quad in after)
    return Closure([quad for quad in store if quad not in facts], upkeep.rounds)


def _of_written(store: Store, written: Iterable[Rule]) -> dict[Quad, None]:
    return dict.fromkeys(
        quad
        for rule in written
        for quad in constructed(store, rule.prologue, rule.head, rule.where())
    )


class _Upkeep:
    """Carry changes through a store that is closed under the rules of axioms."""

    def __init__(self, store: Store, axioms: tuple[Rule, ...]) -> None:
        self._store = store
        self._axioms = axioms
        self.rounds = 0

    def carry(
        self, removed: Iterable[Quad], added: Iterable[Quad], is_given: Callable[[Quad], bool]
    ) -> None:
        """Take statements out and put statements in, with all that follows from either."""
        gone = self._led_to(removed, is_given)
        for quad in gone:
            self._store.remove(quad)
        fresh = dict.fromkeys([*self._still_follow(gone), *added])
        self._add([quad for quad in fresh if quad not in self._store])

    def _led_to(
        self, removed: Iterable[Quad], is_given: Callable[[Quad], bool]
    ) -> dict[Quad, None]:
        gone = dict.fromkeys(quad for quad in removed if quad in self._store)
        recent = list(gone)
        while recent:
            self.rounds += 1
            found: dict[Quad, None] = {}
            for head, where in self._touched(recent):
                for quad in constructed(self._store, "", head, where):
                    if quad not in gone and quad in self._store and not is_given(quad):
                        found[quad] = None
            gone |= found
            recent = list(found)
        self._store.remove_graph(_RECENT)
        return gone

    def _still_follow(self, gone: Iterable[Quad]) -> list[Quad]:
        signatures = self._mark(gone)
        found: list[Quad] = []
        for rule in self._axioms:
            if rule.yields() in signatures:
                where = f"{_recent(rule.head)} {rule.where()}"
                found += conclusions(self._store, "", rule.head, where)
        self._store.remove_graph(_RECENT)
        return found

    def _add(self, recent: list[Quad]) -> None:
        self._store.extend(recent)
        while recent:
            self.rounds += 1
            found: list[Quad] = []
            for head, where in self._touched(recent):
                fresh = conclusions(self._store, "", head, where)
                self._store.extend(fresh)
                found += fresh
            recent = found
        self._store.remove_graph(_RECENT)

    def _touched(self, recent: Iterable[Quad]) -> list[tuple[Pattern, str]]:
        """Mark the statements as recent; give each head with a body that has one of them in it."""
        signatures = self._mark(recent)
        found: list[tuple[Pattern, str]] = []
        for rule in self._axioms:
            if rule.triggers() & signatures:
                for place, pattern in enumerate(rule.body):
                    rest = (*rule.body[:place], *rule.body[place + 1 :])
                    others = " ".join(f"{s} {p} {o} ." for s, p, o in rest)
                    found.append((rule.head, f"{_recent(pattern)} {others}"))
        return found

    def _mark(self, quads: Iterable[Quad]) -> set[str]:
        self._store.remove_graph(_RECENT)
        marked = [Quad(q.subject, q.predicate, q.object, _RECENT) for q in quads]
        self._store.extend(marked)
        return {str(q.object if q.predicate == _TYPE else q.predicate) for q in marked}


def _recent(pattern: Pattern) -> str:
    # a sub-select, so that the engine begins with the few recent statements
    return f"{{ SELECT * {{ GRAPH {_RECENT} {{ {' '.join(pattern)} }} }} }}"
