"""Turn the tables of instruments, indicators, concept types, fields and R-strategies into RDF."""

from __future__ import annotations

from ontology.codes import r_codes, scheme_codes
from ontology.link_tables import add_sdg_links
from ontology.namespaces import DCTERMS, KS, SKOS, reference_graph, scheme
from ontology.quads import QuadList
from ontology.tables import Row, TableForm, read_rows

_LABELS = ("id", "label_de", "label_en")
_DEFINED = (*_LABELS, "definition_de", "definition_en")

INSTRUMENTS = TableForm(
    "instruments",
    "id",
    (
        *_LABELS,
        "instrument_class",
        "r_strategies",
        "value_chains",
        "economic_development_role",
        "sdg_targets",
        "sdg_evidence",
        "evidence",
    ),
    ("role_note_de", "note_de", "example_de", "source"),
)
MUNICIPAL_INDICATORS = TableForm(
    "municipal_indicators",
    "id",
    (
        *_LABELS,
        "unit_de",
        "unit_en",
        "unit_code",
        "dimension",
        "levels",
        "framework",
        "sdg_targets",
        "sdg_evidence",
        "desired_direction",
        "value_chain",
        "indicator_kind",
        "evidence",
    ),
    ("framework_code", "data_source_de", "note_de", "source"),
)
CONCEPT_TYPES = TableForm(
    "concept_types",
    "id",
    (*_DEFINED, "legal_character", "evidence"),
    (
        "abbreviation",
        "legal_note_de",
        "decided_by_de",
        "owner_department_de",
        "goal_hierarchy_de",
        "measure_container_de",
        "typical_size_de",
        "update_cycle_de",
        "usual_formats_de",
        "interface_note_de",
        "source",
    ),
)
VALUE_CHAINS = TableForm("value_chains", "id", _DEFINED)
R_STRATEGIES = TableForm("r_strategies", "id", (*_DEFINED, "rank", "evidence"), ("source",))

GOVERNANCE_LEVELS = (
    "bund",
    "eu",
    "global",
    "kommune",
    "kreis",
    "land",
    "organisation",
    "region",
    "unternehmen",
)

_CONCEPT_NOTES = {
    "legal_note_de": "Rechtscharakter",
    "decided_by_de": "Beschluss durch",
    "owner_department_de": "Zuständig",
    "goal_hierarchy_de": "Zielsystem",
    "measure_container_de": "Maßnahmen",
    "typical_size_de": "Umfang",
    "update_cycle_de": "Fortschreibung",
    "usual_formats_de": "Dateiformate",
    "interface_note_de": "Bezug zur Kreislaufwirtschaft",
}


def _ground(quads: QuadList, row: Row, subject: str) -> None:
    evidence = row.choice("evidence", scheme_codes("evidence-kind"))
    quads.ground(subject, evidence, row.url("source"))


def instrument_quads(text: str) -> QuadList:
    """Return the catalogue of instruments as types below their class."""
    quads = QuadList(reference_graph(INSTRUMENTS.name))
    quads.concept_scheme("instrument", "Instrumentenkatalog", "Catalogue of instruments")
    for row in read_rows(INSTRUMENTS, text):
        subject = quads.concept("instrument", row.text("id"), KS.InstrumentType)
        quads.label(subject, row.text("label_de"), row.text("label_en"))
        parent = row.choice("instrument_class", scheme_codes("instrument-type"))
        quads.iri(subject, SKOS.broader, scheme("instrument-type", parent))
        for code in r_codes(row, "r_strategies"):
            quads.iri(subject, KS.typicalRStrategy, scheme("r-strategy", code))
        for code in row.choices("value_chains", scheme_codes("value-chain")):
            quads.iri(subject, KS.typicalValueChain, scheme("value-chain", code))
        role = row.choice("economic_development_role", ("lead", "minor", "partner"))
        quads.string(subject, KS.economicDevelopmentRole, role)
        quads.text(subject, SKOS.note, row.text("role_note_de"), "de")
        quads.text(subject, SKOS.scopeNote, row.text("note_de"), "de")
        quads.text(subject, SKOS.example, row.text("example_de"), "de")
        _ground(quads, row, subject)
        add_sdg_links(quads, row, subject, prefix="instrument")
    return quads


def municipal_indicator_quads(text: str) -> QuadList:
    """Return the catalogue of indicators that cities can use; a crosswalk ties them to the UN's."""
    quads = QuadList(reference_graph(MUNICIPAL_INDICATORS.name))
    quads.concept_scheme("indicator", "Indikatorenkatalog", "Catalogue of indicators")
    for row in read_rows(MUNICIPAL_INDICATORS, text):
        subject = scheme("indicator", row.text("id"))
        quads.types(subject, KS.Indicator)
        quads.label(subject, row.text("label_de"), row.text("label_en"))
        quads.string(subject, SKOS.notation, row.text("id"))
        quads.iri(subject, SKOS.inScheme, scheme("indicator"))
        kind = row.choice("indicator_kind", scheme_codes("indicator-kind"))
        quads.iri(subject, KS.indicatorKind, scheme("indicator-kind", kind))
        quads.string(subject, KS.unitSymbol, row.text("unit_code"))
        quads.both(subject, KS.unitText, row.text("unit_de"), row.text("unit_en"))
        direction = row.choice("desired_direction", ("context", "down", "up"))
        quads.string(subject, KS.desiredDirection, direction)
        for level in row.choices("levels", GOVERNANCE_LEVELS):
            quads.string(subject, KS.governanceLevel, level)
        chain = row.choice("value_chain", scheme_codes("value-chain"))
        quads.iri(subject, KS.typicalValueChain, scheme("value-chain", chain))
        number = " ".join(filter(None, (row.text("framework"), row.text("framework_code"))))
        quads.string(subject, DCTERMS.identifier, number)
        quads.string(subject, DCTERMS.subject, row.text("dimension"))
        quads.text(subject, SKOS.note, row.text("data_source_de"), "de")
        quads.text(subject, SKOS.scopeNote, row.text("note_de"), "de")
        _ground(quads, row, subject)
        add_sdg_links(quads, row, subject, prefix="indicator")
    return quads


def concept_type_quads(text: str) -> QuadList:
    """Return what is known of each concept type beyond the scheme."""
    quads = QuadList(reference_graph(CONCEPT_TYPES.name))
    for row in read_rows(CONCEPT_TYPES, text):
        subject = _defined(quads, row, "concept-type", KS.ConceptType)
        character = row.choice("legal_character", scheme_codes("legal-character"))
        quads.iri(subject, KS.legalCharacter, scheme("legal-character", character))
        for short in row.text("abbreviation").split("/"):
            quads.string(subject, KS.shortName, short.strip())
        for column, name in _CONCEPT_NOTES.items():
            if row.text(column):
                quads.text(subject, SKOS.scopeNote, f"{name}: {row.text(column)}", "de")
        _ground(quads, row, subject)
    return quads


def value_chain_quads(text: str) -> QuadList:
    """Return the fields of the circular economy."""
    quads = QuadList(reference_graph(VALUE_CHAINS.name))
    for row in read_rows(VALUE_CHAINS, text):
        _defined(quads, row, "value-chain", KS.ValueChain)
    return quads


def r_strategy_quads(text: str) -> QuadList:
    """Return the R-strategies in their order."""
    quads = QuadList(reference_graph(R_STRATEGIES.name))
    for row in read_rows(R_STRATEGIES, text):
        r_codes(row, "id")
        subject = _defined(quads, row, "r-strategy", KS.RStrategy)
        quads.integer(subject, KS.rLevel, row.integer("rank", 0, 9))
        _ground(quads, row, subject)
    return quads


def _defined(quads: QuadList, row: Row, name: str, kind: str) -> str:
    row.choice("id", scheme_codes(name))
    subject = quads.concept(name, row.text("id"), kind)
    quads.label(subject, row.text("label_de"), row.text("label_en"))
    quads.both(subject, SKOS.definition, row.text("definition_de"), row.text("definition_en"))
    return subject
