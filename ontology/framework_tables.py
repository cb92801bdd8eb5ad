"""Turn the tables of policy frameworks and their aims into RDF."""

from __future__ import annotations

from ontology.catalogue_tables import GOVERNANCE_LEVELS
from ontology.codes import scheme_codes, shipped_keys
from ontology.link_tables import add_sdg_links
from ontology.namespaces import DCTERMS, KS, SKOS, reference_graph, scheme
from ontology.quads import QuadList
from ontology.tables import TableForm, read_rows

FRAMEWORKS = TableForm(
    "frameworks",
    "id",
    (
        "id",
        "label_de",
        "label_en",
        "kind",
        "level",
        "issuer",
        "status_as_of",
        "sdg_targets",
        "sdg_evidence",
        "evidence",
    ),
    (
        "date_text",
        "valid_from",
        "identifier",
        "status_de",
        "status_en",
        "superseded_by",
        "key_figures_de",
        "relevance_de",
        "source",
    ),
)
FRAMEWORK_AIMS = TableForm(
    "framework_aims",
    "id",
    (
        "id",
        "framework",
        "code",
        "kind",
        "label_de",
        "label_en",
        "summary_de",
        "summary_en",
        "status_as_of",
        "evidence",
    ),
    ("value_chain", "sdg_targets", "sdg_evidence", "source"),
)

_KINDS = (
    "case",
    "certification",
    "commitment",
    "goals",
    "law",
    "law-proposal",
    "monitoring",
    "network",
    "principles",
    "programme",
    "project",
    "report",
    "standard",
    "strategy",
    "taxonomy",
)
_AIM_CLASSES = {
    "disclosure-topic": KS.DisclosureTopic,
    "environmental-objective": KS.EnvironmentalObjective,
    "field": KS.FrameworkAim,
    "goal": KS.FrameworkAim,
}


def framework_quads(text: str) -> QuadList:
    """Return the frameworks with the day to which their status refers."""
    quads = QuadList(reference_graph(FRAMEWORKS.name))
    quads.concept_scheme("framework", "Politische Rahmen", "Policy frameworks")
    rows = read_rows(FRAMEWORKS, text)
    known = {row.text("id") for row in rows}
    for row in rows:
        subject = scheme("framework", row.text("id"))
        kind = row.choice("kind", _KINDS)
        quads.types(subject, KS.LegalAct if kind == "law" else KS.PolicyFramework)
        quads.label(subject, row.text("label_de"), row.text("label_en"))
        quads.string(subject, SKOS.notation, row.text("id"))
        quads.iri(subject, SKOS.inScheme, scheme("framework"))
        quads.string(subject, KS.frameworkKind, kind)
        quads.string(subject, KS.governanceLevel, row.choice("level", GOVERNANCE_LEVELS))
        quads.string(subject, DCTERMS.publisher, row.text("issuer"))
        quads.string(subject, DCTERMS.date, row.text("date_text"))
        quads.string(subject, DCTERMS.identifier, row.text("identifier"))
        quads.day(subject, KS.validFrom, row.day("valid_from"))
        quads.day(subject, KS.statusAsOf, row.day("status_as_of"))
        quads.both(subject, KS.statusNote, row.text("status_de"), row.text("status_en"))
        quads.text(subject, KS.keyFigures, row.text("key_figures_de"), "de")
        quads.text(subject, DCTERMS.description, row.text("relevance_de"), "de")
        for later in row.choices("superseded_by", known):
            quads.iri(subject, KS.supersededBy, scheme("framework", later))
        evidence = row.choice("evidence", scheme_codes("evidence-kind"))
        quads.ground(subject, evidence, row.url("source"))
        add_sdg_links(quads, row, subject, prefix="framework")
    return quads


def framework_aim_quads(text: str) -> QuadList:
    """Return the aims that frameworks set; taxonomy and ESRS have their SDGs in crosswalks."""
    quads = QuadList(reference_graph(FRAMEWORK_AIMS.name))
    quads.concept_scheme("framework-aim", "Ziele politischer Rahmen", "Aims of policy frameworks")
    for row in read_rows(FRAMEWORK_AIMS, text):
        subject = scheme("framework-aim", row.text("id"))
        quads.types(subject, _AIM_CLASSES[row.choice("kind", _AIM_CLASSES)])
        quads.label(subject, row.text("label_de"), row.text("label_en"))
        quads.both(subject, DCTERMS.description, row.text("summary_de"), row.text("summary_en"))
        quads.string(subject, SKOS.notation, row.text("code"))
        quads.iri(subject, SKOS.inScheme, scheme("framework-aim"))
        framework = row.choice("framework", shipped_keys("frameworks"))
        quads.iri(scheme("framework", framework), KS.setsAim, subject)
        for chain in row.choices("value_chain", scheme_codes("value-chain")):
            quads.iri(subject, KS.typicalValueChain, scheme("value-chain", chain))
        quads.day(subject, KS.statusAsOf, row.day("status_as_of"))
        evidence = row.choice("evidence", scheme_codes("evidence-kind"))
        quads.ground(subject, evidence, row.url("source"))
        add_sdg_links(quads, row, subject, prefix="framework-aim")
    return quads
