"""Read from a store what a measure can be checked against, as plain values."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import files
from typing import Final, Literal, cast

from kg.language import Language, Text
from kg.store import Row, Store, text_of
from ontology.namespaces import DCTERMS, KS, RDFS, SKOS
from ontology.terms import BASE

AimKind = Literal["sdg-target", "sdg-goal", "concept-goal", "framework-aim"]
Labels = dict[str, dict[Language, str]]
OFFICIAL: Final = "official wording"


@dataclass(frozen=True, slots=True)
class Document:
    """Describe the document that sets an aim; empty strings where nothing is known."""

    iri: str
    label: Text
    city: str
    resolution: str
    url: str
    issued: str


@dataclass(frozen=True, slots=True)
class Aim:
    """Describe an aim; `code` is the SDG code, the goal's own number or the framework's code."""

    iri: str
    kind: AimKind
    code: str
    label: Text
    german: tuple[str, ...]
    english: tuple[str, ...]
    level: str
    page: int | None
    url: str
    documents: tuple[Document, ...]

    def wording(self, language: Language) -> str:
        """Return the official text or summary of an SDG aim, the label of any other.

        What concepts write below a goal is often a remark and not its wording.
        """
        texts = (self.german if language == "de" else self.english) or self.german
        if self.kind in ("sdg-goal", "sdg-target") and len(texts) > 1:
            return texts[1]
        return self.label.in_language(language)

    def document(self, city: str) -> Document | None:
        """Return the document of a city that sets the aim, else any."""
        own = [document for document in self.documents if document.city == city]
        return next(iter((*own, *self.documents)), None)


@dataclass(frozen=True, slots=True)
class Link:
    """Hold a general link of a reference table; a negative strength is a trade-off."""

    iri: str
    source: str
    target: str
    relation: str
    strength: int
    confidence: float
    status: str
    evidence: str
    url: str
    citation: str
    rationale: Text


@dataclass(frozen=True, slots=True)
class StatedInterface:
    """Hold a link that a document states or a person reviewed."""

    iri: str
    source: str
    target: str
    strength: int
    confidence: float
    status: str
    quote: str
    page: int | None
    url: str
    rationale: Text


@dataclass(frozen=True, slots=True)
class StatedConflict:
    """Hold a stated conflict of two elements, or of an element with an aim."""

    source: str
    target: str
    relation: str
    graph: str


@dataclass(frozen=True, slots=True)
class KnownMeasure:
    """Hold a measure of the dataset."""

    iri: str
    label: str
    text: str
    number: str
    cities: frozenset[str]
    document: str
    url: str
    row: str
    page: int | None
    fields: frozenset[str]
    r_strategies: frozenset[str]
    instruments: frozenset[str]
    actors: frozenset[str]


def rows(store: Store, name: str) -> list[Row]:
    """Return the answer of one of this package's queries."""
    return store.select(files("kg.fit").joinpath("queries", f"{name}.rq").read_text("utf-8"))


def last_part(iri: str) -> str:
    """Return the code at the end of a scheme IRI, and the AGS of a municipality's.

    >>> last_part("https://w3id.org/kreislaufstadt/scheme/review-status/declared")
    'declared'
    """
    return iri.rsplit("/", 1)[-1]


def read_documents(store: Store) -> dict[str, tuple[Document, ...]]:
    """Return the documents that set each aim, sorted by IRI."""
    labels: Labels = defaultdict(dict)
    facts: dict[tuple[str, str], Row] = {}
    for row in rows(store, "aim-documents"):
        document = text_of(row["document"])
        labels[document][_language(row)] = text_of(row.get("label"))
        facts.setdefault((text_of(row["aim"]), document), row)
    found: dict[str, list[Document]] = defaultdict(list)
    for (aim, iri), row in sorted(facts.items(), key=lambda item: item[0]):
        found[aim].append(
            Document(
                iri,
                _text(labels[iri], iri),
                last_part(text_of(row.get("city"))),
                text_of(row.get("resolution")),
                text_of(row.get("source")),
                text_of(row.get("issued"))[:10],
            )
        )
    return {aim: tuple(documents) for aim, documents in found.items()}


def read_aims(store: Store) -> tuple[Aim, ...]:
    """Return all aims of a store, by IRI."""
    kinds: dict[str, AimKind] = {}
    values: dict[str, dict[str, dict[Language, set[str]]]] = defaultdict(
        lambda: defaultdict(lambda: defaultdict(set))
    )
    for row in rows(store, "aim-texts"):
        iri = text_of(row["aim"])
        # The query's own VALUES clause gives the kind.
        kinds[iri] = cast("AimKind", text_of(row["kind"]))
        official = text_of(row.get("official")) == "true"
        name = OFFICIAL if official else text_of(row["property"])
        values[iri][name][_language(row)].add(text_of(row["text"]))
    documents = read_documents(store)
    return tuple(
        _aim(iri, kinds[iri], values[iri], documents.get(iri, ())) for iri in sorted(values)
    )


def _aim(
    iri: str,
    kind: AimKind,
    values: Mapping[str, Mapping[Language, set[str]]],
    documents: tuple[Document, ...],
) -> Aim:
    def texts(language: Language) -> tuple[str, ...]:
        # Loaded official wording takes the place of our summary; our short label stays the name.
        stands = values.get(OFFICIAL, {}).get(language)
        summary = OFFICIAL if stands else DCTERMS.description
        order = (RDFS.label, summary, SKOS.definition)
        found = (sorted(values.get(name, {}).get(language, ())) for name in order)
        return tuple(dict.fromkeys(text for group in found for text in group if text))

    def first(*names: str) -> str:
        for name in names:
            for language in ("de", "en"):
                if found := values.get(name, {}).get(language):
                    return min(found)
        return ""

    german, english = texts("de"), texts("en")
    label = {"de": german[0] if german else "", "en": english[0] if english else ""}
    page = first(KS.page)
    return Aim(
        iri,
        kind,
        first(DCTERMS.identifier, SKOS.notation)
        or ("" if kind == "concept-goal" else last_part(iri)),
        _text({"de": label["de"], "en": label["en"]}, iri),
        german,
        english,
        first(KS.level),
        int(page) if page.isdigit() else None,
        first(DCTERMS.source),
        documents,
    )


def read_links(store: Store) -> tuple[Link, ...]:
    """Return the links of the reference tables, by IRI."""
    reasons: Labels = defaultdict(dict)
    facts: dict[str, Row] = {}
    for row in rows(store, "links"):
        iri = text_of(row["link"])
        reasons[iri][_language(row)] = text_of(row.get("reason"))
        facts.setdefault(iri, row)
    return tuple(
        Link(
            iri,
            text_of(row["from"]),
            text_of(row["to"]),
            last_part(text_of(row.get("relation"))),
            int(text_of(row.get("strength")) or 2),
            float(text_of(row.get("confidence")) or 0),
            last_part(text_of(row.get("status"))) or "proposed",
            last_part(text_of(row.get("evidence"))) or "inferred",
            text_of(row.get("source")),
            text_of(row.get("citation")),
            _text(reasons[iri], ""),
        )
        for iri, row in sorted(facts.items())
    )


def read_interfaces(store: Store) -> tuple[StatedInterface, ...]:
    """Return the interfaces that sources state or people reviewed, by IRI; no proposals."""
    reasons: Labels = defaultdict(dict)
    facts: dict[str, Row] = {}
    for row in rows(store, "interfaces"):
        iri = text_of(row["interface"])
        reasons[iri][_language(row)] = text_of(row.get("reason"))
        facts.setdefault(iri, row)
    found: list[StatedInterface] = []
    for iri, row in sorted(facts.items()):
        page = text_of(row.get("page"))
        found.append(
            StatedInterface(
                iri,
                text_of(row["from"]),
                text_of(row["to"]),
                int(text_of(row.get("strength")) or 1),
                float(text_of(row.get("confidence")) or 1),
                last_part(text_of(row.get("status"))) or "proposed",
                text_of(row.get("quote")),
                int(page) if page.isdigit() else None,
                text_of(row.get("source")),
                _text(reasons[iri], ""),
            )
        )
    return tuple(found)


def read_conflicts(store: Store) -> tuple[StatedConflict, ...]:
    """Return the conflicts that sources state without an interface, sorted."""
    found = {
        StatedConflict(
            text_of(row["from"]),
            text_of(row["to"]),
            text_of(row["property"]),
            text_of(row["graph"]),
        )
        for row in rows(store, "stated-conflicts")
    }
    return tuple(sorted(found, key=lambda item: (item.source, item.target, item.relation)))


def _language(row: Row) -> Language:
    return "en" if text_of(row.get("language")) == "en" else "de"


def _text(values: Mapping[Language, str], iri: str) -> Text:
    german, english = values.get("de", ""), values.get("en", "")
    fallback = last_part(iri.removeprefix(BASE))
    return Text(german or english or fallback, english or german or fallback)
