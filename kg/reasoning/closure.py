"""Run rules to their fixpoint over a store and give what they add."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from pyoxigraph import Quad, QueryTriples, Store

from kg.reasoning.rules import Rule, strata


@dataclass(frozen=True, slots=True)
class Closure:
    """Hold the inferred triples (in the default graph) and the rounds that it took."""

    quads: list[Quad]
    rounds: int


def infer(asserted: Iterable[Quad], rules: Iterable[Rule]) -> Closure:
    """Return the triples that follow from the asserted ones and are not among them.

    A rule of an axiom runs again only after a triple that its body asks for was added. Hand-written
    rules run once after the axioms' fixpoint, then what follows from them is drawn. The order of
    rules does not change the result.
    """
    store = Store()
    store.bulk_extend(in_default_graph(asserted))
    axioms, written = strata(rules)
    found, rounds = _to_fixpoint(store, axioms, axioms)
    changed: set[str] = set()
    for rule in written:
        fresh = conclusions(store, rule.prologue, rule.head, rule.where())
        store.extend(fresh)
        found += fresh
        changed |= {rule.yields()} if fresh else set()
    following = tuple(rule for rule in axioms if rule.triggers() & changed)
    more, more_rounds = _to_fixpoint(store, axioms, following)
    return Closure(found + more, rounds + more_rounds)


def _to_fixpoint(
    store: Store, axioms: tuple[Rule, ...], waiting: tuple[Rule, ...]
) -> tuple[list[Quad], int]:
    found: list[Quad] = []
    rounds = 0
    while waiting:
        rounds += 1
        changed: set[str] = set()
        for rule in waiting:
            fresh = conclusions(store, "", rule.head, rule.where())
            if fresh:
                store.extend(fresh)
                found += fresh
                changed.add(rule.yields())
        waiting = tuple(rule for rule in axioms if rule.triggers() & changed)
    return found, rounds


def conclusions(store: Store, prologue: str, head: tuple[str, str, str], where: str) -> list[Quad]:
    """Return the instances of a head that a pattern yields and the default graph does not hold."""
    triple = " ".join(head)
    return constructed(store, prologue, head, f"{where} FILTER NOT EXISTS {{ {triple} }}")


def constructed(store: Store, prologue: str, head: tuple[str, str, str], where: str) -> list[Quad]:
    """Return the instances of a head that a pattern yields, each once."""
    triples = store.query(f"{prologue}\nCONSTRUCT {{ {' '.join(head)} }} WHERE {{ {where} }}")
    if not isinstance(triples, QueryTriples):
        raise TypeError("A rule is no CONSTRUCT query.")
    return [Quad(t.subject, t.predicate, t.object) for t in dict.fromkeys(triples)]


def in_default_graph(quads: Iterable[Quad]) -> Iterable[Quad]:
    """Give the quads without the names of their graphs."""
    return (Quad(quad.subject, quad.predicate, quad.object) for quad in quads)
