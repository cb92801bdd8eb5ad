"""Turn the links of reference tables into reviewable statements, never into facts."""

from __future__ import annotations

from dataclasses import dataclass

from ontology.codes import DECLARED_EVIDENCE, r_codes, scheme_codes, sdg_codes, sdg_labels
from ontology.namespaces import DCTERMS, KS, reference_graph, scheme, sdg
from ontology.quads import QuadList
from ontology.tables import Row, TableForm, read_rows

CE_SDG_LINKS = TableForm(
    "ce_sdg_links",
    "id",
    (
        "id",
        "subject_type",
        "subject_id",
        "subject_label_de",
        "subject_label_en",
        "sdg_target",
        "relation",
        "strength",
        "rationale_de",
        "rationale_en",
        "evidence",
    ),
    ("source", "source_note"),
)

_SUBJECT_TYPES = ("field", "mechanism", "r_strategy", "topic")


@dataclass(frozen=True, slots=True)
class Ground:
    """Hold why a link is claimed: evidence kind, source, words in German and English."""

    evidence: str
    source: str | None
    german: str
    english: str


def ground(row: Row, evidence_column: str, german: str, english: str) -> Ground:
    """Return the ground of a row's links.

    Raises:
        ReferenceTableError: The evidence kind is unknown, or it names a source and has none.
    """
    evidence = row.choice(evidence_column, scheme_codes("evidence-kind"))
    source = row.url("source")
    if evidence in DECLARED_EVIDENCE and source is None:
        raise row.error(
            "missing-source",
            "source",
            f"evidence '{evidence}' needs a source",
            "Enter the address of the source, or set the evidence to 'expert'.",
        )
    return Ground(evidence, source if evidence in DECLARED_EVIDENCE else None, german, english)


def add_link(quads: QuadList, key: str, source: str, target: str, ground: Ground) -> str:
    """State a link from a reference thing to an SDG as a node and return the node's IRI.

    A link with a source counts as declared, any other as proposed.
    """
    node = scheme("reference-link", key)
    quads.types(node, KS.ReferenceLink)
    status = "declared" if ground.evidence in DECLARED_EVIDENCE else "proposed"
    quads.iri(node, KS.linkSource, source)
    quads.iri(node, KS.linkTarget, sdg(target))
    quads.iri(node, KS.reviewStatus, scheme("review-status", status))
    quads.iri(node, KS.assessmentMethod, scheme("assessment-method", "crosswalk"))
    quads.ground(node, ground.evidence, ground.source)
    quads.both(node, KS.rationale, ground.german, ground.english)
    return node


def add_sdg_links(quads: QuadList, row: Row, source: str, *, prefix: str) -> None:
    """State the links of a row's `sdg_targets`, judged by its `sdg_evidence`."""
    labels = row.text("label_de"), row.text("label_en")
    for code in sdg_codes(row, "sdg_targets"):
        german, english = sdg_labels()[code]
        reason = ground(
            row,
            "sdg_evidence",
            f"Die Referenztabelle ordnet „{labels[0]}“ dem SDG {code} ({german}) zu.",
            f'The reference table assigns "{labels[1]}" to SDG {code} ({english}).',
        )
        add_link(quads, f"{prefix}-{row.text('id')}-{code}", source, code, reason)


def ce_sdg_link_quads(text: str) -> QuadList:
    """Return the links of the circular economy, its fields, R-strategies and side effects."""
    quads = QuadList(reference_graph(CE_SDG_LINKS.name))
    quads.concept_scheme("topic", "Themen der Kreislaufwirtschaft", "Circular economy topics")
    quads.concept_scheme("mechanism", "Wirkmechanismen", "Mechanisms")
    for row in read_rows(CE_SDG_LINKS, text):
        codes = sdg_codes(row, "sdg_target")
        if len(codes) != 1:
            raise row.error(
                "unknown-sdg", "sdg_target", "exactly one code is needed", "Use one row a link."
            )
        reason = ground(row, "evidence", row.text("rationale_de"), row.text("rationale_en"))
        key = f"ce-{row.text('id')}"
        node = add_link(quads, key, _subject(quads, row), codes[0], reason)
        relation = row.choice("relation", scheme_codes("link-relation"))
        strength = row.integer("strength", 1, 3)
        quads.iri(node, KS.linkRelation, scheme("link-relation", relation))
        quads.integer(node, KS.strength, -strength if relation == "tradeoff" else strength)
        quads.string(node, DCTERMS.bibliographicCitation, row.text("source_note"))
    return quads


def _subject(quads: QuadList, row: Row) -> str:
    code = row.text("subject_id")
    match row.choice("subject_type", _SUBJECT_TYPES):
        case "field":
            row.choice("subject_id", scheme_codes("value-chain"))
            return scheme("value-chain", code)
        case "r_strategy":
            r_codes(row, "subject_id")
            return scheme("r-strategy", code)
        case kind:
            subject = quads.concept(kind, code)
            quads.label(subject, row.text("subject_label_de"), row.text("subject_label_en"))
            return subject
