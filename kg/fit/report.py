"""Hold the answer of a fit check: verdicts with evidence, duplicates, gaps and a summary."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

from kg.fit.aims import AimKind
from kg.fit.voices import Share
from kg.language import Language

Answer = Literal["supports", "conflicts", "neutral", "not-known"]
Likelihood = Literal["very_likely", "likely", "rather_likely", "uncertain"]
EvidenceKind = Literal["quote", "concept", "path", "rule", "declared"]
DuplicateRelation = Literal["same", "elsewhere"]
JsonObject = dict[str, object]
REVIEWED: Final = frozenset({"declared", "confirmed"})


def likelihood(probability: float) -> Likelihood:
    """Return the name of the band a probability lies in.

    >>> likelihood(0.95), likelihood(0.3)
    ('very_likely', 'uncertain')
    """
    if probability >= 0.9:
        return "very_likely"
    if probability >= 0.75:
        return "likely"
    return "rather_likely" if probability >= 0.5 else "uncertain"


@dataclass(frozen=True, slots=True)
class AimRef:
    """Name an aim for a reader: in one language, with the document that sets it."""

    iri: str
    code: str
    label: str
    kind: AimKind
    concept: str
    concept_iri: str
    resolution: str
    url: str

    def as_json(self) -> JsonObject:
        """Return the aim for output."""
        return {
            "iri": self.iri,
            "code": self.code,
            "label": self.label,
            "kind": self.kind,
            "concept": self.concept or None,
            "concept_iri": self.concept_iri or None,
            "resolution": self.resolution or None,
            "url": self.url or None,
        }


@dataclass(frozen=True, slots=True)
class Evidence:
    """Hold one ground of a verdict.

    `quote` is the measure's own text at `span` (or, of a stated link, its document's); `aim_quote`
    the wording of the aim and `aim_place` where it stands (document, page, sentence); `path` the
    steps from the measure to the aim; `row` the IRI of the reference row, interface or concept;
    `status` the review state of that row.
    """

    kind: EvidenceKind
    text: str
    quote: str = ""
    span: tuple[int, int] | None = None
    aim_quote: str = ""
    source: str = ""
    page: int | None = None
    path: tuple[str, ...] = ()
    matched: tuple[str, ...] = ()
    row: str = ""
    status: str = ""
    value: float | None = None
    aim_place: str = ""

    def as_json(self) -> JsonObject:
        """Return the evidence for output."""
        return {
            "kind": self.kind,
            "text": self.text,
            "quote": self.quote or None,
            "span": list(self.span) if self.span is not None else None,
            "aim_quote": self.aim_quote or None,
            "aim_place": self.aim_place or None,
            "source": self.source or None,
            "page": self.page,
            "path": list(self.path),
            "matched": list(self.matched),
            "row": self.row or None,
            "status": self.status or None,
            "value": None if self.value is None else round(self.value, 3),
        }


@dataclass(frozen=True, slots=True)
class Verdict:
    """Hold what is said about one aim and why; an aim can have a support and a conflict.

    `shares` says how much each layer and voice adds to the probability; they sum to 1.
    """

    aim: AimRef
    verdict: Answer
    direct: bool
    strength: int
    probability: float
    evidence: tuple[Evidence, ...]
    counterfactual: str
    shares: tuple[Share, ...] = ()

    @property
    def is_reviewed(self) -> bool:
        """Tell whether a document declares it or a person confirmed it; else it is a proposal."""
        states = {item.status for item in self.evidence if item.kind == "declared"}
        return bool(states & REVIEWED)

    def as_json(self) -> JsonObject:
        """Return the verdict for output."""
        return {
            "aim": self.aim.as_json(),
            "verdict": self.verdict,
            "direct": self.direct,
            "strength": self.strength,
            "probability": round(self.probability, 3),
            "evidence": [item.as_json() for item in self.evidence],
            "counterfactual": self.counterfactual,
            "shares": [share.as_json() for share in self.shares],
        }


@dataclass(frozen=True, slots=True)
class Duplicate:
    """Point to a measure that may be the same, or of the same kind elsewhere; people decide.

    `probability` says how likely both are the same measure, `agrees` and `clashes` which place,
    number or object speaks for it and against it.
    """

    iri: str
    label: str
    number: str
    similarity: float
    shared: tuple[str, ...]
    differs: tuple[str, ...]
    note: str
    source: str
    relation: DuplicateRelation = "same"
    probability: float = 0.0
    cities: tuple[str, ...] = ()
    agrees: tuple[str, ...] = ()
    clashes: tuple[str, ...] = ()

    def as_json(self) -> JsonObject:
        """Return the entry for output."""
        return {
            "iri": self.iri,
            "label": self.label,
            "number": self.number or None,
            "relation": self.relation,
            "probability": round(self.probability, 3),
            "cities": list(self.cities),
            "similarity": round(self.similarity, 3),
            "shared": list(self.shared),
            "differs": list(self.differs),
            "agrees": list(self.agrees),
            "clashes": list(self.clashes),
            "note": self.note,
            "source": self.source or None,
        }


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Propose a value for a gap, with the reason that the graph gives."""

    label: str
    iri: str
    reason: str

    def as_json(self) -> JsonObject:
        """Return the suggestion for output."""
        return {"label": self.label, "iri": self.iri or None, "reason": self.reason}


@dataclass(frozen=True, slots=True)
class Missing:
    """Name a gap of the description, what it costs, and what the graph proposes."""

    field: str
    text: str
    suggestions: tuple[Suggestion, ...] = ()

    def as_json(self) -> JsonObject:
        """Return the gap for output."""
        return {
            "field": self.field,
            "text": self.text,
            "suggestions": [item.as_json() for item in self.suggestions],
        }


@dataclass(frozen=True, slots=True)
class FitReport:
    """Hold everything a check found; verdicts are sorted, supports first."""

    measure: dict[str, str | list[str]]
    text: str
    city: str
    generation: str
    language: Language
    verdicts: tuple[Verdict, ...]
    duplicates: tuple[Duplicate, ...]
    missing: tuple[Missing, ...]
    summary: str
    not_known_count: int
    calibration: str

    def of(self, answer: Answer, kind: AimKind | None = None) -> list[Verdict]:
        """Return the verdicts of one answer, of one kind of aim if given."""
        return [
            verdict
            for verdict in self.verdicts
            if verdict.verdict == answer and kind in (None, verdict.aim.kind)
        ]

    def as_json(self) -> JsonObject:
        """Return the report as `fit-report.schema.json` describes it."""
        return {
            "measure": {**self.measure, "text": self.text},
            "city": self.city or None,
            "generation": self.generation,
            "language": self.language,
            "verdicts": [verdict.as_json() for verdict in self.verdicts],
            "conflicts": [verdict.aim.iri for verdict in self.of("conflicts")],
            "duplicates": [entry.as_json() for entry in self.duplicates],
            "missing": [gap.as_json() for gap in self.missing],
            "summary": self.summary,
            "not_known_count": self.not_known_count,
            "calibration": self.calibration,
        }
