"""Run rules to their fixpoint over a store and give what they add."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from pyoxigraph import NamedNode, Quad, Store

from kg.reasoning.rules import Rule

_NEW = "urn:x-kreislaufstadt:new"


@dataclass(frozen=True, slots=True)
class Closure:
    """Hold the inferred triples (in the default graph), what each rule added, and the rounds."""

    quads: list[Quad]
    by_rule: Mapping[str, int]
    rounds: int


def infer(asserted: Iterable[Quad], rules: Iterable[Rule]) -> Closure:
    """Return the triples that follow from the asserted ones and are not among them.

    A rule runs again only after a triple that its body asks for was added (semi-naive by predicate
    and, for types, by class). The order of rules does not change the result.
    """
    store = Store()
    store.bulk_extend(Quad(q.subject, q.predicate, q.object) for q in asserted)
    every = tuple(rules)
    waiting = every
    by_rule: Counter[str] = Counter()
    rounds = 0
    while waiting:
        rounds += 1
        changed: set[str] = set()
        for rule in waiting:
            before = len(store)
            store.update(_insert(rule))
            # Each conclusion is written twice: for the rules to see and for the answer.
            added = (len(store) - before) // 2
            if added:
                by_rule[rule.name] += added
                changed.add(rule.yields())
        waiting = tuple(rule for rule in every if rule.triggers() & changed)
    found = store.quads_for_pattern(None, None, None, NamedNode(_NEW))
    quads = [Quad(quad.subject, quad.predicate, quad.object) for quad in found]
    return Closure(quads, dict(by_rule), rounds)


def _insert(rule: Rule) -> str:
    head = " ".join(rule.head)
    return (
        f"{rule.prologue}\nINSERT {{ {head} . GRAPH <{_NEW}> {{ {head} }} }}"
        f" WHERE {{ {rule.where()} FILTER NOT EXISTS {{ {head} }} }}"
    )
