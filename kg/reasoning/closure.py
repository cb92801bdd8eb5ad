"""Run rules to their fixpoint over a store and give what they add."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from pyoxigraph import Quad, QueryTriples, Store

from kg.reasoning.rules import Rule


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
    found: list[Quad] = []
    by_rule: Counter[str] = Counter()
    rounds = 0
    while waiting:
        rounds += 1
        changed: set[str] = set()
        for rule in waiting:
            fresh = _conclusions(store, rule)
            if fresh:
                store.extend(fresh)
                found += fresh
                by_rule[rule.name] += len(fresh)
                changed.add(rule.yields())
        waiting = tuple(rule for rule in every if rule.triggers() & changed)
    return Closure(found, dict(by_rule), rounds)


def _conclusions(store: Store, rule: Rule) -> list[Quad]:
    head = " ".join(rule.head)
    triples = store.query(
        f"{rule.prologue}\nCONSTRUCT {{ {head} }}"
        f" WHERE {{ {rule.where()} FILTER NOT EXISTS {{ {head} }} }}"
    )
    if not isinstance(triples, QueryTriples):
        raise TypeError(f"The rule {rule.name} is no CONSTRUCT query.")
    once = dict.fromkeys(triples)
    return [Quad(triple.subject, triple.predicate, triple.object) for triple in once]
