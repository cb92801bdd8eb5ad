"""Read the measures of the dataset and the words by which slots can be named."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from kg.fit.aims import KnownMeasure, last_part, rows
from kg.language import Language, Text
from kg.matching.prepare import with_title
from kg.matching.text import normalise, stems_of
from kg.store import Store, text_of
from ontology.namespaces import DCTERMS, KS, RDFS

HALF: Final = 0.5


@dataclass(frozen=True, slots=True)
class Slots:
    """Hold what a measure can name: codes and labels by IRI, and IRIs by name or words."""

    labels: Mapping[str, Text]
    codes: Mapping[str, str]
    kinds: Mapping[str, str]
    named: Mapping[tuple[str, str], str]
    words: Mapping[tuple[str, str], frozenset[str]]

    def resolve(self, kind: str, name: str) -> str | None:
        """Return the IRI that a code or label stands for, None when there is none."""
        wanted = name.strip()
        head = wanted.split(" ", 1)[0].strip(":,;–-()") if wanted else ""
        for key in (wanted, head) if kind == "r-strategy" else (wanted,):
            found = self.named.get((kind, key.casefold()))
            if found is not None:
                return found
        return self._by_words(kind, frozenset(stems_of(wanted, "de"))) if wanted else None

    def _by_words(self, kind: str, stems: frozenset[str]) -> str | None:
        """Return the only slot that shares at least half of the words, in any order."""
        scored = [
            (len(stems & words) / len(stems | words), iri)
            for (known, iri), words in self.words.items()
            if known == kind and stems & words
        ]
        best = max((score for score, _ in scored), default=0.0)
        near = {iri for score, iri in scored if score == best}
        return near.pop() if best >= HALF and len(near) == 1 else None

    def label(self, iri: str, language: Language) -> str:
        """Return the label of a slot with its code where that is short."""
        text = self.labels.get(iri)
        name = text.in_language(language) if text is not None else last_part(iri)
        code = self.codes.get(iri, "")
        return f"{code} {name}" if self.kinds.get(iri) == "r-strategy" else name

    def of_kind(self, kind: str) -> list[str]:
        """Return the IRIs of one kind, sorted."""
        return sorted(iri for iri, found in self.kinds.items() if found == kind)


def read_slots(store: Store) -> Slots:
    """Return the R-strategies, fields, instruments, indicators and actors of a store."""
    labels: dict[str, dict[Language, str]] = defaultdict(dict)
    codes: dict[str, str] = {}
    kinds: dict[str, str] = {}
    named: dict[tuple[str, str], str] = {}
    words: dict[tuple[str, str], frozenset[str]] = {}
    found = sorted(
        (
            text_of(row["slot"]),
            text_of(row["kind"]),
            text_of(row.get("code")),
            text_of(row["label"]),
            text_of(row.get("language")),
        )
        for row in rows(store, "slot-labels")
    )
    for iri, kind, code, label, tag in found:
        language: Language = "en" if tag == "en" else "de"
        labels[iri][language] = label
        kinds[iri] = kind
        codes[iri] = code or last_part(iri)
        if language == "de" and kind in {"r-strategy", "field", "instrument"}:
            words[(kind, iri)] = frozenset(stems_of(label, language))
        for name in (codes[iri], last_part(iri), label):
            named.setdefault((kind, name.casefold()), iri)
    texts = {
        iri: Text(
            entry.get("de") or entry.get("en") or last_part(iri),
            entry.get("en") or entry.get("de") or last_part(iri),
        )
        for iri, entry in labels.items()
    }
    return Slots(texts, codes, kinds, named, words)


def read_measures(store: Store) -> tuple[KnownMeasure, ...]:
    """Return the measures of all municipalities, by IRI."""
    values: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for row in rows(store, "measures"):
        german = text_of(row.get("language")) != "en"
        name = text_of(row["property"])
        key = name if german or name not in {RDFS.label, DCTERMS.description} else name + "@en"
        values[text_of(row["measure"])][key].add(text_of(row["value"]))
    cities: dict[str, set[str]] = defaultdict(set)
    documents: dict[str, set[str]] = defaultdict(set)
    for row in rows(store, "measure-cities"):
        cities[text_of(row["measure"])].add(last_part(text_of(row["city"])))
        documents[text_of(row["measure"])].add(text_of(row["document"]))
    return tuple(
        _measure(iri, values[iri], cities[iri], min(documents[iri], default=""))
        for iri in sorted(values)
    )


def _measure(
    iri: str, values: Mapping[str, set[str]], cities: set[str], document: str
) -> KnownMeasure:
    def first(*names: str) -> str:
        return next((min(values[name]) for name in names if values.get(name)), "")

    label = first(RDFS.label, RDFS.label + "@en") or last_part(iri)
    text = first(DCTERMS.description, DCTERMS.description + "@en")
    page = first(KS.page)
    return KnownMeasure(
        iri,
        label,
        with_title(label, text),
        first(DCTERMS.identifier),
        frozenset(cities),
        document,
        first(DCTERMS.source),
        first(KS.sourceRow),
        int(page) if page.isdigit() else None,
        frozenset(values.get(KS.inValueChain, ())),
        frozenset(values.get(KS.appliesRStrategy, ())),
        frozenset(values.get(KS.usesInstrumentType, ())),
        frozenset(values.get(KS.responsibleActor, ())),
    )


def titled(title: str) -> str:
    """Return a title in the form by which equal ones are found."""
    return normalise(title).casefold()
