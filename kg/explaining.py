"""Explain a statement of the dataset in words: rule, premises, and who states them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final, Literal

from pyoxigraph import Literal as RdfLiteral
from pyoxigraph import NamedNode, Triple

from kg.dataset import Generation
from kg.errors import ReasonNotFound, UnknownStatement
from kg.identifiers import expanded
from kg.labels import labels_of
from kg.language import Language, Text
from kg.reasoning import shipped_rules
from kg.reasoning.explain import Proof, explain, stating_graphs
from kg.reasoning.wording import rule_in_words, rule_terms
from kg.store import Store
from ontology.namespaces import (
    INFERRED_GRAPH,
    KS,
    ONTOLOGY_GRAPH,
    PROPOSED_GRAPH,
    PROVENANCE_GRAPH,
    reference_graph,
)

State = Literal["stated", "inferred", "proposed"]

_OWN_GRAPHS: Final[Mapping[str, Text]] = {
    INFERRED_GRAPH: Text("Schlussfolgerungen", "conclusions"),
    ONTOLOGY_GRAPH: Text("Ontologie", "ontology"),
    PROPOSED_GRAPH: Text("Vorschlag, noch nicht geprüft", "proposal, not reviewed yet"),
    PROVENANCE_GRAPH: Text("Herkunftsnachweis", "provenance record"),
}


@dataclass(frozen=True, slots=True)
class Named:
    """Hold a term: its IRI, "" for a text or number, and the words for it."""

    iri: str
    label: str


@dataclass(frozen=True, slots=True)
class Stater:
    """Hold who states something: the graph, its title, the file, and the place in the file."""

    graph: str
    title: str
    file: str
    place: str


@dataclass(frozen=True, slots=True)
class Explanation:
    """Hold a statement in words with its ground; `premises` are empty unless it was inferred."""

    subject: Named
    predicate: Named
    value: Named
    state: State
    stated_by: tuple[Stater, ...]
    rule: str
    rule_text: str
    premises: tuple[Explanation, ...]

    def sentence(self) -> str:
        """Return the statement in words."""
        return f"{self.subject.label} – {self.predicate.label} – {self.value.label}"

    def lines(self, depth: int = 0) -> Iterator[tuple[int, Explanation]]:
        """Give the statement and, deeper by one, each of its premises, in reading order."""
        yield depth, self
        for premise in self.premises:
            yield from premise.lines(depth + 1)

    def as_json(self) -> dict[str, object]:
        """Return the explanation as plain values."""
        return {
            "subject": _named_json(self.subject),
            "predicate": _named_json(self.predicate),
            "object": _named_json(self.value),
            "state": self.state,
            "stated_by": [
                {"graph": s.graph, "title": s.title, "file": s.file, "place": s.place}
                for s in self.stated_by
            ],
            "rule": {"name": self.rule, "text": self.rule_text} if self.rule else None,
            "premises": [premise.as_json() for premise in self.premises],
        }


def _named_json(term: Named) -> dict[str, str]:
    return {"iri": term.iri, "label": term.label} if term.iri else {"value": term.label}


def statement_of(subject: str, predicate: str, value: str) -> Triple:
    """Return the statement that three IRIs make, each whole or with one of our prefixes.

    Raises:
        BadParameter: One of them is no IRI.
    """
    return Triple(*(NamedNode(expanded(text)) for text in (subject, predicate, value)))


def explained(
    generation: Generation,
    statement: Triple,
    language: Language,
    *,
    store: Store | None = None,
    foreign: Mapping[str, str] = MappingProxyType({}),
) -> Explanation:
    """Return why a statement holds, in a reader's language.

    Args:
        generation: the dataset.
        statement: as `statement_of` gives it.
        language: of all words in the answer.
        store: the generation's store where it is open already.
        foreign: labels by IRI for terms that the dataset has no label for.

    Raises:
        UnknownStatement: The dataset does not hold it.
        ReasonNotFound: It was inferred, but not by today's rules on a way that was looked at.
    """
    opened = generation.open() if store is None else store
    proof = explain(opened, statement, shipped_rules())
    if proof is None:
        words = " ".join(map(str, _terms(statement)))
        held = stating_graphs(opened, statement)
        raise ReasonNotFound(words) if held else UnknownStatement(words)
    iris = _iris(proof)
    labels = labels_of(opened, iris, language)
    labels |= {iri: foreign[iri] for iri in iris & foreign.keys()}
    return _Telling(generation, labels, _places(opened, proof), language).told(proof)


def _terms(statement: Triple) -> tuple[object, object, object]:
    return statement.subject, statement.predicate, statement.object


class _Telling:
    """Say a proof and its premises with labels and places that were asked for once."""

    def __init__(
        self,
        generation: Generation,
        labels: Mapping[str, str],
        places: Mapping[tuple[str, str], str],
        language: Language,
    ) -> None:
        self._generation = generation
        self._labels = labels
        self._places = places
        self._language = language

    def told(self, proof: Proof) -> Explanation:
        subject, predicate, value = map(self._named, _terms(proof.statement))
        return Explanation(
            subject,
            predicate,
            value,
            _state(proof),
            tuple(self._stater(graph, proof.statement) for graph in proof.graphs),
            proof.rule.name if proof.rule else "",
            rule_in_words(proof.rule, self._labels, self._language) if proof.rule else "",
            tuple(self.told(premise) for premise in proof.premises),
        )

    def _named(self, term: object) -> Named:
        if isinstance(term, NamedNode):
            return Named(term.value, self._labels[term.value])
        return Named("", term.value if isinstance(term, RdfLiteral) else str(term))

    def _stater(self, graph: str, statement: Triple) -> Stater:
        record = self._generation.source(graph)
        if record is not None:
            title = Text(record.title_de, record.title_en).in_language(self._language)
            place = self._places.get((graph, str(statement.subject)), "")
            return Stater(graph, title, record.file, place)
        if graph in _OWN_GRAPHS:
            return Stater(graph, _OWN_GRAPHS[graph].in_language(self._language), "", "")
        table = graph.removeprefix(reference_graph(""))
        words = Text(f"Referenztabelle {table}", f"reference table {table}")
        return Stater(graph, words.in_language(self._language), f"{table}.csv", "")


def _all(proof: Proof) -> Iterator[Proof]:
    yield proof
    for premise in proof.premises:
        yield from _all(premise)


def _state(proof: Proof) -> State:
    if not proof.graphs:
        return "inferred"
    return "proposed" if proof.graphs == (PROPOSED_GRAPH,) else "stated"


def _iris(proof: Proof) -> set[str]:
    every = list(_all(proof))
    terms = {term for step in every for term in _terms(step.statement)}
    rules = [step.rule for step in every if step.rule is not None]
    return {term.value for term in terms if isinstance(term, NamedNode)} | {
        term for rule in rules for term in rule_terms(rule)
    }


def _places(store: Store, proof: Proof) -> dict[tuple[str, str], str]:
    """Return by graph and subject where in the source a thing stands, as its loader noted it."""
    subjects = {str(step.statement.subject) for step in _all(proof) if step.graphs}
    rows = store.select(
        f"SELECT ?graph ?thing ?place {{ VALUES ?thing {{ {' '.join(sorted(subjects))} }}"
        f" GRAPH ?graph {{ ?thing <{KS.sourceRow}> ?place }} }} ORDER BY DESC(?place)"
    )
    return {(row["graph"].value, str(row["thing"])): row["place"].value for row in rows}
