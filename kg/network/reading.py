"""Read a network from a store, each statement once, whatever graphs it stands in."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

import numpy as np
from numpy.typing import NDArray
from pyoxigraph import Literal, NamedNode

from kg.embedded import embedded
from kg.network.kinds import kinds_of
from kg.network.network import Names, Network, Reified
from kg.store import Store
from ontology.namespaces import DCTERMS, KS, OWL, RDF, RDFS, SDGO, SKOS
from ontology.terms import BASE

_NAMES: Final = frozenset({RDFS.label, SKOS.prefLabel})
_CODES: Final = frozenset({SKOS.notation, DCTERMS.identifier})
# How a statement came about is told on the page of its link; a class is told by look and words.
_HIDDEN: Final = frozenset(
    {RDF.type, RDFS.isDefinedBy, KS.derivation, KS.reviewStatus, KS.assessmentMethod, OWL.inverseOf}
)
_INVERSES: Final = {
    SKOS.narrower: SKOS.broader,
    SDGO.hasTarget: SDGO.isTargetOf,
    SDGO.hasIndicator: SDGO.isIndicatorOf,
}
_SYMMETRIC: Final = frozenset({SKOS.related, SKOS.exactMatch, SKOS.closeMatch, SKOS.relatedMatch})
_REJECTED: Final = frozenset(
    {BASE + "scheme/review-status/rejected", BASE + "scheme/review-status/superseded"}
)
_PROPOSED: Final = BASE + "scheme/review-status/proposed"

Triple = tuple[int, str, int]


@dataclass(slots=True)
class _Read:
    numbers: dict[str, int] = field(default_factory=dict)
    names: dict[int, dict[str, str]] = field(default_factory=lambda: defaultdict(dict))
    codes: dict[int, set[str]] = field(default_factory=lambda: defaultdict(set))
    words: dict[int, set[str]] = field(default_factory=lambda: defaultdict(set))
    classes: dict[int, set[str]] = field(default_factory=lambda: defaultdict(set))
    confidence: dict[int, float] = field(default_factory=dict)
    triples: set[Triple] = field(default_factory=set)

    def number(self, iri: str) -> int:
        return self.numbers.setdefault(iri, len(self.numbers))


def network_of(store: Store) -> Network:
    """Return the things that have a name or a class, and the relations between them."""
    read = _Read()
    for quad in embedded(store).engine.quads_for_pattern(None, None, None, None):
        subject, value = quad.subject, quad.object
        if not isinstance(subject, NamedNode):
            continue
        predicate = quad.predicate.value
        if isinstance(value, NamedNode):
            read.triples.add((read.number(subject.value), predicate, read.number(value.value)))
            if predicate == RDF.type:
                read.classes[read.number(subject.value)].add(value.value)
        elif isinstance(value, Literal):
            _take_words(read, read.number(subject.value), predicate, value)
    return _network(read)


def _take_words(read: _Read, thing: int, predicate: str, value: Literal) -> None:
    if predicate in _NAMES:
        language = value.language or ""
        known = read.names[thing].get(language, value.value)
        read.names[thing][language] = min(known, value.value)
    elif predicate in _CODES:
        read.codes[thing].add(value.value)
    elif predicate == SKOS.altLabel:
        read.words[thing].add(value.value)
    elif predicate == KS.confidence:
        read.confidence[thing] = float(value.value)


def _network(read: _Read) -> Network:
    """Return the network with things numbered anew, in the order of their IRIs."""
    described = sorted(
        iri for iri, old in read.numbers.items() if old in read.names or old in read.classes
    )
    new = {read.numbers[iri]: place for place, iri in enumerate(described)}
    old = [read.numbers[iri] for iri in described]
    rows, predicates, reified = _rows(read, new, described)
    cities = [-1] * len(described)
    for subject, predicate, value in read.triples:
        if predicate == KS.forMunicipality and subject in new and value in new:
            cities[new[subject]] = new[value]
    starts = np.searchsorted(rows[:, 0], np.arange(len(described) + 1)).astype(np.int32)
    return Network(
        iris=described,
        index={iri: place for place, iri in enumerate(described)},
        names=[_both_names(read.names.get(thing, {})) for thing in old],
        codes=[" ".join(sorted(read.codes.get(thing, ()))) for thing in old],
        words=[" ".join(sorted(read.words.get(thing, ()))) for thing in old],
        kinds=kinds_of(read.classes, old),
        cities=cities,
        predicates=predicates,
        inverses={told: inverse for inverse, told in sorted(_inverses(read).items())},
        reified=reified,
        starts=starts,
        columns=rows[:, 1:].copy(),
    )


def _both_names(found: Mapping[str, str]) -> Names:
    """Return the German and the English name; one in no or another language stands for both."""
    spare = ""
    if not {"de", "en"} & found.keys():
        spare = min(found.values(), default="")
    return found.get("de", spare), found.get("en", spare)


def _rows(
    read: _Read, new: Mapping[int, int], iris: list[str]
) -> tuple[NDArray[np.int32], list[str], list[Reified]]:
    """Return the links as sorted rows: thing, predicate, other, outward, reified link or -1."""
    told = _told(read, new)
    reified, described = _reified(read, new, iris)
    predicates = sorted({predicate for _, predicate, _ in told} | {one[1] for one in described})
    code = {predicate: place for place, predicate in enumerate(predicates)}
    symmetric = _SYMMETRIC | _members(read, OWL.SymmetricProperty)
    hidden = {new[read.numbers[entry.iri]] for entry in reified}
    rows: set[tuple[int, int, int, int, int]] = set()
    for subject, predicate, value in told:
        # What describes a relation keeps its statements; its ends show the relation instead.
        if value not in hidden:
            rows.add((subject, code[predicate], value, 1, -1))
        if subject not in hidden:
            rows.add((value, code[predicate], subject, int(predicate in symmetric), -1))
    for place, (subject, predicate, value) in enumerate(described):
        rows.add((subject, code[predicate], value, 1, place))
        rows.add((value, code[predicate], subject, 0, place))
    return np.array(sorted(rows), dtype=np.int32).reshape(-1, 5), predicates, reified


def _members(read: _Read, kind: str) -> set[str]:
    """Return the IRIs of a class."""
    return {iri for iri, thing in read.numbers.items() if kind in read.classes.get(thing, ())}


def _inverses(read: _Read) -> dict[str, str]:
    """Return the relation that each inverse turns round."""
    iri_of = {number: iri for iri, number in read.numbers.items()}
    declared = {
        iri_of[subject]: iri_of[value]
        for subject, predicate, value in sorted(read.triples)
        if predicate == OWL.inverseOf
    }
    return _INVERSES | declared


def _told(read: _Read, new: Mapping[int, int]) -> set[Triple]:
    """Return the statements between described things, an inverse turned into what it inverts."""
    inverses = _inverses(read)
    told = set()
    for subject, predicate, value in read.triples:
        if subject == value or subject not in new or value not in new:
            continue
        turned = inverses.get(predicate, predicate)
        ends = (new[subject], new[value]) if turned == predicate else (new[value], new[subject])
        if turned not in _HIDDEN:
            told.add((ends[0], turned, ends[1]))
    return told


def _reified(
    read: _Read, new: Mapping[int, int], iris: list[str]
) -> tuple[list[Reified], list[Triple]]:
    """Return interfaces and reference links that were not rejected, and what each describes."""
    wanted = {KS.interfaceSource, KS.interfaceTarget, KS.interfaceKind}
    wanted |= {KS.linkSource, KS.linkTarget, KS.linkRelation, KS.reviewStatus}
    parts: dict[int, dict[str, int]] = defaultdict(dict)
    for subject, predicate, value in sorted(read.triples):
        if predicate in wanted:
            parts[subject][predicate] = value
    iri_of = {number: iri for iri, number in read.numbers.items()}
    found: list[tuple[Reified, Triple]] = []
    for link, said in parts.items():
        source = said.get(KS.interfaceSource, said.get(KS.linkSource, -1))
        target = said.get(KS.interfaceTarget, said.get(KS.linkTarget, -1))
        status = iri_of.get(said.get(KS.reviewStatus, -1), "")
        if not {source, target, link} <= new.keys() or status in _REJECTED:
            continue
        relation = said.get(KS.interfaceKind, said.get(KS.linkRelation, -1))
        predicate = iri_of.get(relation, KS.ReferenceLink)
        entry = Reified(iri_of[link], status == _PROPOSED, read.confidence.get(link))
        found.append((entry, (new[source], predicate, new[target])))
    found.sort(key=lambda pair: pair[0].iri)
    return [entry for entry, _ in found], [triple for _, triple in found]
