"""Say in words what the axioms of a class or property mean."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from string import ascii_uppercase

from api.pages.ontology_words import Fact, Line, Part, Words, formal_name
from kg.labels import short_name
from ontology.correspondences import Chain, Correspondence
from ontology.namespaces import RDFS, SKOS
from ontology.term_descriptions import TermDescription, ValueDefinition

_TURNED = {
    RDFS.subClassOf: "superclass_of",
    RDFS.subPropertyOf: "superproperty_of",
    SKOS.broadMatch: "narrower_than",
    SKOS.narrowMatch: "broader_than",
}


@dataclass(frozen=True, slots=True)
class TermView:
    """Hold a term as a page shows it."""

    name: str
    iri: str
    label: str
    definition: str
    example: str
    rationale: str
    facts: tuple[Fact, ...]


def term_view(words: Words, term: TermDescription) -> TermView:
    """Return a term with its axioms in the reader's words."""
    facts = _class_facts(words, term) if term.kind == "class" else _property_facts(words, term)
    return TermView(
        name=term.name,
        iri=term.iri,
        label=words.say(term.label),
        definition=words.say(term.definition),
        example=words.say(term.example),
        rationale=words.say(term.rationale),
        facts=tuple(fact for fact in (*facts, *_shared_facts(words, term)) if fact.lines),
    )


def relation_in_words(words: Words, line: Correspondence) -> str:
    """Return how our term relates to the foreign one."""
    if line.is_reversed and line.relation in _TURNED:
        return words.texts["term"][_TURNED[line.relation]]
    return words.label(line.relation)


def foreign_part(words: Words, iri: str) -> Part:
    """Return a foreign term as a link with its label, if it has one, and its formal name."""
    label, name = words.label(iri), formal_name(iri)
    return Part(label if label == name else f"{label} ({name})", iri)


def chain_lines(words: Words, chain: Chain) -> list[Line]:
    """Return a chain as a sentence and as a formula."""
    texts = words.texts["term"]
    sentence = [Part(texts["chain_if"])]
    for place, step in enumerate(chain.steps):
        if place:
            sentence.append(Part(texts["chain_and"]))
        first, second = ascii_uppercase[place], ascii_uppercase[place + 1]
        sentence += [Part(f" {first} "), words.link(step), Part(f" {second}")]
    last = ascii_uppercase[len(chain.steps)]
    sentence += [Part(texts["chain_then"] + " A "), words.link(chain.property), Part(f" {last}.")]
    steps = " o ".join(formal_name(step) for step in chain.steps)
    formula: list[Part] = [Part(f"{steps} ⊑ {formal_name(chain.property)}", is_code=True)]
    if words.described.headers[chain.document].kind == "alignment":
        formula += [Part(" · "), words.link(chain.document)]
    return [tuple(sentence), tuple(formula)]


def _class_facts(words: Words, term: TermDescription) -> Iterator[Fact]:
    texts = words.texts["term"]
    yield words.links(texts["superclasses"], term.parents)
    yield words.links(texts["subclasses"], term.children)
    definitions = [
        line for item in term.value_definitions for line in _definition_lines(words, item)
    ]
    yield Fact(texts["equivalent"], tuple(definitions))
    yield Fact(texts["outgoing"], tuple(_outgoing(words, term.outgoing)))
    inherited = [
        (*line, Part(f" · {texts['from']} "), words.link(above))
        for above in words.described.ancestors(term.iri)
        if above in words.described.terms
        for line in _outgoing(words, words.described.terms[above].outgoing)
    ]
    yield Fact(texts["inherited"], tuple(inherited))
    yield Fact(texts["incoming"], tuple(_incoming(words, term.incoming)))
    yield words.links(texts["disjoint_classes"], term.disjoint)
    yield words.links(texts["schemes"], words.described.schemes_of(term.iri))


def _property_facts(words: Words, term: TermDescription) -> Iterator[Fact]:
    texts = words.texts["term"]
    if term.kind != "annotation_property":
        yield Fact(texts["ends"], _ends(words, term))
    yield words.links(texts["inverse"], [term.inverse] if term.inverse else [])
    yield words.links(texts["superproperties"], term.parents)
    yield words.links(texts["subproperties"], term.children)
    characteristics = [
        (Part(texts[short_name(kind)]), Part(f" ({short_name(kind)})"))
        for kind in term.characteristics
    ]
    yield Fact(texts["characteristics"], tuple(characteristics))
    lines = [line for chain in term.chains for line in chain_lines(words, chain)]
    yield Fact(texts["chains"], tuple(lines))
    yield words.links(texts["chain_part_of"], term.chain_part_of)
    yield words.links(texts["disjoint_properties"], term.disjoint)


def _shared_facts(words: Words, term: TermDescription) -> Iterator[Fact]:
    texts = words.texts["term"]
    found = words.described.correspondences_of(term.iri)
    lines = [
        (
            Part(relation_in_words(words, line) + ": "),
            foreign_part(words, line.theirs),
            Part(" · "),
            words.link(line.document),
        )
        for line in found
    ]
    yield Fact(texts["correspondences"], tuple(lines))
    questions = words.described.questions_on(term.iri)
    yield Fact(texts["questions"], tuple((words.question(q.number),) for q in questions))
    yield Fact(texts["sources"], tuple((Part(iri, iri),) for iri in term.sources))


def _ends(words: Words, term: TermDescription) -> tuple[Line, ...]:
    texts = words.texts["term"]
    domain, range_ = (
        words.link(iri) if iri else Part(texts["anything"]) for iri in (term.domain, term.range)
    )
    note = (Part(f" · {texts['by_inverse']}"),) if term.ends_from_inverse else ()
    return ((domain, Part(" → "), range_, *note),)


def _outgoing(words: Words, properties: Iterable[str]) -> list[Line]:
    texts = words.texts["term"]
    lines: list[Line] = []
    for iri in words.in_order(properties):
        end = words.described.terms[iri].range
        lines.append(
            (words.link(iri), Part(" → "), words.link(end) if end else Part(texts["anything"]))
        )
    return lines


def _incoming(words: Words, properties: Iterable[str]) -> list[Line]:
    texts = words.texts["term"]
    lines: list[Line] = []
    for iri in words.in_order(properties):
        term = words.described.terms[iri]
        start = words.link(term.domain) if term.domain else Part(texts["anything"])
        line: Line = (start, Part(" → "), words.link(iri))
        if term.inverse:
            line = (*line, Part(f" · {texts['backwards']} "), words.link(term.inverse))
        lines.append(line)
    return lines


def _definition_lines(words: Words, item: ValueDefinition) -> list[Line]:
    texts = words.texts["term"]
    sentence = (
        Part(texts["every"] + " "),
        words.link(item.parent),
        Part(texts["with"] + " "),
        words.link(item.property),
        Part(": "),
        words.link(item.value),
    )
    value = short_name(item.value)
    scheme = short_name(item.value.removesuffix(f"/{value}"))
    formula = (
        f"{formal_name(item.parent)} and ({formal_name(item.property)} value ksc:{scheme}/{value})"
    )
    return [sentence, (Part(formula, is_code=True),)]
