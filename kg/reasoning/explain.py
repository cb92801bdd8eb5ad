"""Show why a statement holds: the rule and the premises, down to what sources state.

Of all ways to draw a statement the one with the fewest steps is shown; ties fall to the rule's
name and the premises' text, so that the answer is the same each time.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final

from pyoxigraph import BlankNode, NamedNode, Triple

from kg.reasoning.rules import Pattern, Rule
from kg.store import Row, Store, Term
from ontology.namespaces import (
    INFERRED_GRAPH,
    ONTOLOGY_GRAPH,
    PROPOSED_GRAPH,
    PROVENANCE_GRAPH,
    RDF,
)

# Ways looked at for one statement and one rule; among those that sources state outright, the first.
MOST_WAYS: Final = 200
# What the rules are not applied to.
_OUTSIDE: Final = (ONTOLOGY_GRAPH, PROPOSED_GRAPH, PROVENANCE_GRAPH)


@dataclass(frozen=True, slots=True)
class Proof:
    """Hold a statement with its ground.

    `graphs` are the graphs that state it, sorted; a statement that nobody states has a rule and the
    proofs of the rule's premises instead, in the order of the rule's body.
    """

    statement: Triple
    graphs: tuple[str, ...]
    rule: Rule | None = None
    premises: tuple[Proof, ...] = ()


@dataclass(slots=True)
class _Node:
    graphs: tuple[str, ...]
    ways: list[tuple[Rule, tuple[Triple, ...]]] = field(default_factory=list)
    steps: int | None = None


def explain(store: Store, statement: Triple, rules: Iterable[Rule]) -> Proof | None:
    """Return the shortest proof of a statement, None if there is none.

    There is none if the store does not hold the statement, or if other rules drew it.

    Args:
        store: a dataset with its graph of inferred statements.
        statement: subject and object without blank nodes.
        rules: those that drew the inferred statements.
    """
    graphs = stating_graphs(store, statement)
    if not graphs:
        return None
    stated = tuple(graph for graph in graphs if graph != INFERRED_GRAPH)
    if stated:
        return Proof(statement, stated)
    return _Search(store, rules).proof(statement)


def stating_graphs(store: Store, statement: Triple) -> tuple[str, ...]:
    """Return the named graphs that hold a statement, sorted."""
    pattern = f"{statement.subject} {statement.predicate} {statement.object}"
    rows = store.select(f"SELECT DISTINCT ?graph {{ GRAPH ?graph {{ {pattern} }} }}")
    return tuple(sorted(row["graph"].value for row in rows))


class _Search:
    """Search backwards, one step at a time, until the statement rests on stated ones alone."""

    def __init__(self, store: Store, rules: Iterable[Rule]) -> None:
        self._store = store
        self._rules: dict[str, list[Rule]] = {}
        for rule in rules:
            self._rules.setdefault(rule.yields(), []).append(rule)
        self._nodes: dict[Triple, _Node] = {}

    def proof(self, statement: Triple) -> Proof | None:
        frontier = [statement]
        self._nodes[statement] = _Node(())
        while frontier and self._nodes[statement].steps is None:
            reached: dict[Triple, None] = {}
            for known in frontier:
                node = self._nodes[known]
                node.ways = list(self._ways(known))
                reached |= dict.fromkeys(
                    premise for _, premises in node.ways for premise in premises
                )
            fresh = [premise for premise in reached if premise not in self._nodes]
            for premise in fresh:
                graphs = self._stated_in(premise)
                self._nodes[premise] = _Node(graphs, steps=0 if graphs else None)
            frontier = [premise for premise in fresh if not self._nodes[premise].graphs]
            self._count_steps()
        if self._nodes[statement].steps is None:
            return None
        return self._built(statement)

    def _stated_in(self, statement: Triple) -> tuple[str, ...]:
        graphs = stating_graphs(self._store, statement)
        return tuple(name for name in graphs if name not in (INFERRED_GRAPH, *_OUTSIDE))

    def _count_steps(self) -> None:
        changed = True
        while changed:
            changed = False
            for node in self._nodes.values():
                for _, premises in node.ways:
                    steps = self._steps(premises)
                    if steps is not None and (node.steps is None or steps < node.steps):
                        node.steps = steps
                        changed = True

    def _steps(self, premises: Iterable[Triple]) -> int | None:
        most = 0
        for premise in premises:
            steps = self._nodes[premise].steps
            if steps is None:
                return None
            most = max(most, steps)
        return most + 1

    def _built(self, statement: Triple) -> Proof:
        node = self._nodes[statement]
        if node.graphs:
            return Proof(statement, node.graphs)
        shortest = [way for way in node.ways if self._steps(way[1]) == node.steps]
        rule, premises = min(
            shortest, key=lambda way: (len(way[1]), way[0].name, tuple(map(str, way[1])))
        )
        return Proof(statement, (), rule, tuple(self._built(premise) for premise in premises))

    def _ways(self, statement: Triple) -> Iterator[tuple[Rule, tuple[Triple, ...]]]:
        is_type = statement.predicate.value == RDF.type
        signature = str(statement.object if is_type else statement.predicate)
        for rule in self._rules.get(signature, ()):
            given = _unified(rule.head, statement)
            if given is None:
                continue
            body = [_filled(pattern, given) for pattern in rule.body]
            for row in self._solutions(rule, body, given):
                premises = tuple(_instance(pattern, row) for pattern in body)
                if statement not in premises:
                    yield rule, premises

    def _solutions(
        self, rule: Rule, body: Iterable[Pattern], given: Mapping[str, str]
    ) -> Iterator[Row]:
        if rule.written:
            values = " ".join(f"VALUES {name} {{ {term} }}" for name, term in given.items())
            query = f"{rule.prologue}\nSELECT DISTINCT * {{ {values} {rule.where()} }}"
            yield from self._named(query + f" ORDER BY {_order(rule.body)}")
            return
        patterns = list(body)
        parts = [
            f"GRAPH ?graph{place} {{ {' '.join(pattern)} }}"
            for place, pattern in enumerate(patterns)
        ]
        names = " ".join(_variables(patterns))
        ordered = f" ORDER BY {names}" if names else ""
        start = f"SELECT DISTINCT {names or '*'} {{ {' '.join(parts)} FILTER("
        yield from self._named(
            start + _none_of(len(parts), (INFERRED_GRAPH, *_OUTSIDE)) + f") }}{ordered} LIMIT 1"
        )
        yield from self._named(
            start + _none_of(len(parts), _OUTSIDE) + f") }}{ordered} LIMIT {MOST_WAYS}"
        )

    def _named(self, query: str) -> Iterator[Row]:
        for row in self._store.select(query):
            if not any(isinstance(term, BlankNode) for term in row.values()):
                yield row


def _none_of(graphs: int, names: Iterable[str]) -> str:
    listed = ", ".join(str(NamedNode(name)) for name in names)
    return " && ".join(f"?graph{place} NOT IN ({listed})" for place in range(graphs))


def _variables(patterns: Iterable[Pattern]) -> list[str]:
    terms = (term for pattern in patterns for term in pattern)
    return list(dict.fromkeys(term for term in terms if term.startswith("?")))


def _order(patterns: Iterable[Pattern]) -> str:
    return " ".join(_variables(patterns))


def _unified(head: Pattern, statement: Triple) -> dict[str, str] | None:
    """Return what the head's variables stand for in a statement, None if it does not fit."""
    given: dict[str, str] = {}
    terms = (statement.subject, statement.predicate, statement.object)
    for wanted, term in zip(head, map(str, terms), strict=True):
        if wanted.startswith("?"):
            if given.setdefault(wanted, term) != term:
                return None
        elif wanted != term:
            return None
    return given


def _filled(pattern: Pattern, given: Mapping[str, str]) -> Pattern:
    subject, predicate, value = (given.get(term, term) for term in pattern)
    return subject, predicate, value


def _instance(pattern: Pattern, row: Row) -> Triple:
    subject, predicate, value = (_term(text, row) for text in pattern)
    if not isinstance(subject, NamedNode) or not isinstance(predicate, NamedNode):
        raise TypeError(f"{pattern} is no statement about a thing with an IRI.")
    return Triple(subject, predicate, value)


def _term(text: str, row: Row) -> Term:
    return row[text[1:]] if text.startswith("?") else NamedNode(text[1:-1])
