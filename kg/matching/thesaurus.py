"""Hold the thesaurus: concepts, words for them, words not meant, aims they speak for."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from importlib.resources import files
from typing import Final, Literal

from kg.language import Language
from kg.matching.text import stems_of
from kg.store import Row, Store, text_of
from ontology.namespaces import DCTERMS, KS, SKOS

LabelKind = Literal["pref", "alt", "hidden", "not-meant"]

# A link whose table gives no weight counts half.
UNWEIGHED: Final = 0.5
_KINDS: Final[Mapping[str, LabelKind]] = {
    SKOS.prefLabel: "pref",
    SKOS.altLabel: "alt",
    SKOS.hiddenLabel: "hidden",
    KS.notMeantLabel: "not-meant",
}


@dataclass(frozen=True, slots=True, order=True)
class Label:
    """Hold one wording of a concept; texts are searched by all kinds but `not-meant`.

    `stems` are those of `stems_of`, empty until somebody worked them out.
    """

    language: Language
    kind: LabelKind
    text: str
    stems: tuple[str, ...] = field(default=(), compare=False)


@dataclass(frozen=True, slots=True)
class AimWeight:
    """Say how strongly a concept speaks for an aim (0 to 1), on what ground, by which source."""

    aim: str
    weight: float
    evidence: str
    source: str
    link: str


@dataclass(frozen=True, slots=True)
class Concept:
    """Hold one concept; `kind` is a word such as practice, the other fields are IRIs."""

    iri: str
    labels: tuple[Label, ...]
    aims: tuple[AimWeight, ...] = ()
    r_strategies: tuple[str, ...] = ()
    value_chains: tuple[str, ...] = ()
    instruments: tuple[str, ...] = ()
    broader: tuple[str, ...] = ()
    related: tuple[str, ...] = ()
    kind: str = ""

    def name(self, language: Language) -> str:
        """Return the preferred label in a language, else in the other one, else the IRI's end."""
        preferred = {label.language: label.text for label in self.labels if label.kind == "pref"}
        other: Language = "en" if language == "de" else "de"
        return preferred.get(language) or preferred.get(other) or self.iri.rsplit("/", 1)[-1]

    def phrases(self) -> tuple[Label, ...]:
        """Return the wordings by which texts are searched."""
        return tuple(label for label in self.labels if label.kind != "not-meant")

    def not_meant(self) -> tuple[Label, ...]:
        """Return the wordings that look alike but mean something else."""
        return tuple(label for label in self.labels if label.kind == "not-meant")


@dataclass(frozen=True, slots=True)
class Thesaurus:
    """Hold all concepts by IRI, sorted."""

    concepts: Mapping[str, Concept] = field(default_factory=dict)

    @classmethod
    def of(cls, concepts: Iterable[Concept]) -> Thesaurus:
        """Return a thesaurus of these concepts."""
        ordered = sorted(concepts, key=lambda concept: concept.iri)
        return cls({concept.iri: concept for concept in ordered})

    @classmethod
    def read(cls, store: Store) -> Thesaurus:
        """Return the thesaurus that a store holds; empty when it holds none."""
        labels: dict[str, set[Label]] = defaultdict(set)
        for row in _rows(store, "thesaurus-labels"):
            language: Language = "en" if text_of(row.get("language")) == "en" else "de"
            kind = _KINDS[text_of(row["property"])]
            words = text_of(row["label"])
            label = Label(language, kind, words, stems_of(words, language))
            labels[text_of(row["concept"])].add(label)
        aims: dict[str, set[tuple[str, float, str, str, str]]] = defaultdict(set)
        for row in _rows(store, "thesaurus-aims"):
            weight = float(text_of(row.get("weight")) or UNWEIGHED)
            aims[text_of(row["concept"])].add(
                (
                    text_of(row["aim"]),
                    weight,
                    text_of(row.get("evidence")),
                    text_of(row.get("source")),
                    text_of(row["link"]),
                )
            )
        slots: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
        for row in _rows(store, "thesaurus-slots"):
            slots[text_of(row["concept"])][text_of(row["property"])].add(text_of(row["value"]))
        return cls.of(
            Concept(
                iri,
                tuple(sorted(labels[iri])),
                tuple(AimWeight(*entry) for entry in sorted(aims[iri])),
                r_strategies=tuple(sorted(slots[iri][KS.typicalRStrategy])),
                value_chains=tuple(sorted(slots[iri][KS.typicalValueChain])),
                instruments=tuple(sorted(slots[iri][SKOS.relatedMatch])),
                kind=min(slots[iri][DCTERMS.type], default=""),
                broader=tuple(sorted(slots[iri][SKOS.broader])),
                related=tuple(sorted(slots[iri][SKOS.related])),
            )
            for iri in sorted(labels)
        )

    def __len__(self) -> int:
        """Return the number of concepts."""
        return len(self.concepts)


def _rows(store: Store, name: str) -> list[Row]:
    query = files("kg.matching").joinpath("queries", f"{name}.rq").read_text("utf-8")
    return store.select(query)
