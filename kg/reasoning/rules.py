"""Compile the axioms that the ontology uses to rules, each a SPARQL pattern with one conclusion.

The subset of OWL 2 RL is the one of the ontology: sub-properties, inverses, symmetric and
transitive properties, property chains, domains and ranges, sub-classes, and classes equal to an
intersection with hasValue restrictions. Rule names follow OWL 2 Profiles, section 4.3 (prp-spo1,
cax-sco, …).
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from pyoxigraph import BlankNode, Literal, NamedNode, Quad, Store, Triple
from rdflib import URIRef
from rdflib.plugins.sparql import prepareQuery

from kg.language import Text
from ontology.namespaces import OWL, PREFIXES, RDF, RDFS

Pattern = tuple[str, str, str]
Term = NamedNode | BlankNode | Literal | Triple

_TYPE = f"<{RDF.type}>"


@dataclass(frozen=True, slots=True)
class Rule:
    """Conclude `head` wherever all of `body` holds; its terms are SPARQL text.

    A hand-written rule has its WHERE clause in `written`, the prefixes in `prologue` and the IRIs
    it asks for in `asks_for`; its `body` holds the patterns outside of filters, its `title` what
    the head of the file says. The axioms' rules conclude more from more; a hand-written rule may
    also ask that something is not so, and therefore runs once, after them (`strata`).
    """

    name: str
    body: tuple[Pattern, ...]
    head: Pattern
    written: str = ""
    prologue: str = ""
    asks_for: frozenset[str] = frozenset()
    title: Text | None = None

    def where(self) -> str:
        """Return the body as SPARQL."""
        return self.written or " ".join(f"{s} {p} {o} ." for s, p, o in self.body)

    def triggers(self) -> frozenset[str]:
        """Return the predicates, or the classes of type patterns, that the body asks for."""
        return self.asks_for or frozenset(_signature(pattern) for pattern in self.body)

    def yields(self) -> str:
        """Return the predicate, or the class, of the conclusion."""
        return _signature(self.head)


def _signature(pattern: Pattern) -> str:
    return pattern[2] if pattern[1] == _TYPE else pattern[1]


def compile_rules(
    ontology: Iterable[Quad], constructs: Mapping[str, str] = MappingProxyType({})
) -> tuple[Rule, ...]:
    """Return the rules of the ontology and of hand-written CONSTRUCT queries, sorted by name.

    Args:
        ontology: the quads of the ontology's modules.
        constructs: CONSTRUCT queries with one triple in the head, by name.
    """
    tbox = Store()
    tbox.extend(Quad(q.subject, q.predicate, q.object) for q in ontology)
    rules: dict[str, Rule] = {}
    for rule in _axioms(tbox):
        if rules.setdefault(rule.name, rule) != rule:
            raise ValueError(f"Two rules are named {rule.name}.")
    for name, text in constructs.items():
        rules[name] = _constructed(name, text)
    return tuple(rules[name] for name in sorted(rules))


def strata(rules: Iterable[Rule]) -> tuple[tuple[Rule, ...], tuple[Rule, ...]]:
    """Return the rules of axioms, which run to a fixpoint, and the hand-written ones for after it.

    Raises:
        ValueError: A hand-written rule asks for something that hand-written rules lead to, so that
            running them once would not be enough.
    """
    every = tuple(rules)
    axioms = tuple(rule for rule in every if not rule.written)
    written = tuple(rule for rule in every if rule.written)
    reached = {rule.yields() for rule in written}
    fresh = reached
    while fresh:
        fresh = {rule.yields() for rule in axioms if rule.triggers() & fresh} - reached
        reached = reached | fresh
    for rule in written:
        circular = sorted(rule.triggers() & reached)
        if circular:
            raise ValueError(f"The rule {rule.name} asks for its own conclusions: {circular}.")
    return axioms, written


def fingerprint(rules: Iterable[Rule]) -> str:
    """Return a checksum of rules: equal rules draw equal conclusions."""
    digest = hashlib.sha256()
    for rule in sorted(rules, key=lambda item: item.name):
        digest.update(f"{rule.name}\n{rule.prologue}\n{rule.where()}\n{rule.head}\n".encode())
    return digest.hexdigest()


def _axioms(tbox: Store) -> Iterator[Rule]:
    yield from _properties(tbox)
    yield from _chains(tbox)
    yield from _classes(tbox)
    yield from _intersections(tbox)


def _pairs(tbox: Store, predicate: str) -> Iterator[tuple[str, str]]:
    for quad in tbox.quads_for_pattern(None, NamedNode(predicate), None):
        if isinstance(quad.subject, NamedNode) and isinstance(quad.object, NamedNode):
            yield str(quad.subject), str(quad.object)


def _of_type(tbox: Store, kind: str) -> list[str]:
    found = tbox.quads_for_pattern(None, NamedNode(RDF.type), NamedNode(kind))
    return [str(quad.subject) for quad in found if isinstance(quad.subject, NamedNode)]


def _name(kind: str, *terms: str) -> str:
    return " ".join((kind, *(_short(term.strip("<>")) for term in terms)))


def _short(iri: str) -> str:
    """Return an IRI with its prefix, so that sdgo:Goal and ks:Goal stay apart."""
    fitting = [(base, name) for name, base in PREFIXES.items() if iri.startswith(base)]
    if not fitting:
        return iri
    base, name = max(fitting, key=lambda pair: len(pair[0]))
    return f"{name}:{iri.removeprefix(base)}"


def _properties(tbox: Store) -> Iterator[Rule]:
    for narrow, wide in _pairs(tbox, RDFS.subPropertyOf):
        yield Rule(_name("prp-spo1", narrow, wide), (("?a", narrow, "?b"),), ("?a", wide, "?b"))
    for one, other in _pairs(tbox, OWL.inverseOf):
        yield Rule(_name("prp-inv1", one, other), (("?a", one, "?b"),), ("?b", other, "?a"))
        yield Rule(_name("prp-inv2", one, other), (("?a", other, "?b"),), ("?b", one, "?a"))
    for prop in _of_type(tbox, OWL.SymmetricProperty):
        yield Rule(_name("prp-symp", prop), (("?a", prop, "?b"),), ("?b", prop, "?a"))
    for prop in _of_type(tbox, OWL.TransitiveProperty):
        body = (("?a", prop, "?b"), ("?b", prop, "?c"))
        yield Rule(_name("prp-trp", prop), body, ("?a", prop, "?c"))


def _chains(tbox: Store) -> Iterator[Rule]:
    for quad in tbox.quads_for_pattern(None, NamedNode(OWL.propertyChainAxiom), None):
        steps = [str(term) for term in _items(tbox, quad.object)]
        body = tuple((f"?v{i}", step, f"?v{i + 1}") for i, step in enumerate(steps))
        wide = str(quad.predicate if isinstance(quad.subject, BlankNode) else quad.subject)
        yield Rule(_name("prp-spo2", *steps, wide), body, ("?v0", wide, f"?v{len(steps)}"))


def _classes(tbox: Store) -> Iterator[Rule]:
    object_properties = set(_of_type(tbox, OWL.ObjectProperty))
    for prop, cls in _pairs(tbox, RDFS.domain):
        yield Rule(_name("prp-dom", prop, cls), (("?a", prop, "?b"),), ("?a", _TYPE, cls))
    for prop, cls in _pairs(tbox, RDFS.range):
        if prop in object_properties:
            yield Rule(_name("prp-rng", prop, cls), (("?a", prop, "?b"),), ("?b", _TYPE, cls))
    for narrow, wide in _pairs(tbox, RDFS.subClassOf):
        if narrow != wide:
            body = (("?a", _TYPE, narrow),)
            yield Rule(_name("cax-sco", narrow, wide), body, ("?a", _TYPE, wide))


def _intersections(tbox: Store) -> Iterator[Rule]:
    for quad in tbox.quads_for_pattern(None, NamedNode(OWL.equivalentClass), None):
        lists = tbox.quads_for_pattern(_node(quad.object), NamedNode(OWL.intersectionOf), None)
        for found in lists:
            cls = str(quad.subject)
            parts = [_part(tbox, member) for member in _items(tbox, found.object)]
            yield Rule(_name("cls-int1", cls), tuple(parts), ("?a", _TYPE, cls))
            for number, part in enumerate(parts, start=1):
                yield Rule(_name("cls-int2", cls) + f" {number}", (("?a", _TYPE, cls),), part)


def _part(tbox: Store, member: Term) -> Pattern:
    if isinstance(member, NamedNode):
        return ("?a", _TYPE, str(member))
    restriction = _node(member)
    prop = next(iter(tbox.quads_for_pattern(restriction, NamedNode(OWL.onProperty), None))).object
    value = next(iter(tbox.quads_for_pattern(restriction, NamedNode(OWL.hasValue), None))).object
    return ("?a", str(prop), str(value))


def _node(term: Term) -> NamedNode | BlankNode:
    if isinstance(term, NamedNode | BlankNode):
        return term
    raise TypeError(f"{term} cannot be the subject of an axiom.")


def _items(tbox: Store, head: Term) -> list[Term]:
    items: list[Term] = []
    node = head
    while node != NamedNode(RDF.nil):
        cell = _node(node)
        items.append(next(iter(tbox.quads_for_pattern(cell, NamedNode(RDF.first), None))).object)
        node = next(iter(tbox.quads_for_pattern(cell, NamedNode(RDF.rest), None))).object
    return items


def _constructed(name: str, text: str) -> Rule:
    parsed = prepareQuery(text)
    template = parsed.algebra.template
    if len(template) != 1:
        raise ValueError(f"The rule {name} needs exactly one triple in its head.")
    subject, predicate, obj = (term.n3() for term in template[0])
    asks_for = [term.n3() for term in _uri_refs(parsed.algebra.p)]
    where = text[re.search(r"\bWHERE\b", text).end() :]  # type: ignore[union-attr]  # parsed above
    return Rule(
        name=name,
        body=tuple(_positive(parsed.algebra.p)),
        head=(subject, predicate, obj),
        written=where.strip().removeprefix("{").removesuffix("}"),
        prologue="\n".join(_PREFIX.findall(text)),
        asks_for=frozenset(asks_for),
        title=_title(name, text),
    )


def _title(name: str, text: str) -> Text:
    german, english = _TITLE["de"].search(text), _TITLE["en"].search(text)
    return Text(german[1] if german else name, english[1] if english else name)


def _positive(part: object) -> Iterator[Pattern]:
    """Give the triple patterns that must hold, in the query's order, not those in filters."""
    if isinstance(part, dict):
        for key, value in part.items():
            if key == "triples":
                for subject, predicate, obj in value:
                    yield subject.n3(), predicate.n3(), obj.n3()
            elif key != "expr":
                yield from _positive(value)
    elif isinstance(part, list | tuple):
        for value in part:
            yield from _positive(value)


def _uri_refs(part: object) -> Iterator[URIRef]:
    if isinstance(part, URIRef):
        yield part
    elif isinstance(part, dict):
        for value in part.values():
            yield from _uri_refs(value)
    elif isinstance(part, list | tuple | set):
        for value in part:
            yield from _uri_refs(value)


_PREFIX = re.compile(r"^\s*(PREFIX\s+[\w-]*:\s*<[^>]*>)", re.IGNORECASE | re.MULTILINE)
_TITLE = {
    "de": re.compile(r"^# title: (.+)$", re.MULTILINE),
    "en": re.compile(r"^# title-en: (.+)$", re.MULTILINE),
}
