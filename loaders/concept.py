"""Load a municipal concept: what document it is, and its tree of goals."""

from __future__ import annotations

from kg.findings import Findings, Severity
from kg.language import Text
from kg.sources import Loaded
from loaders.context import LoadContext
from loaders.document_facts import (
    Facts,
    facts_of_sheet,
    facts_of_tree,
    state_described_document,
)
from loaders.entries import numbered
from loaders.files import FileForm, SourceFile, form_of
from loaders.goal_graph import state_goal_tree
from loaders.goal_tree import goal_entries
from loaders.headings import headings_for
from loaders.measures import nothing_found
from loaders.records import Record
from loaders.remarks import remark
from loaders.statements import SourceStatements
from loaders.tables import Table, read_sheets, read_table, read_tree
from loaders.tree_records import record_of, tree_records
from loaders.trees import Fields, Items, flat_text
from loaders.xlsx import read_xlsx
from ontology.namespaces import KS

_GOAL_KEYS = ("ziele", "goals")
_CONCEPT_KEYS = ("konzept", "concept")


def load_concept(file: SourceFile, context: LoadContext) -> Loaded:
    """Return a concept and its goals.

    Raises:
        UnreadableFile: The file is broken, too large or of another kind.
        NothingLoaded: The file holds no goals.
    """
    findings = Findings()
    facts, table = _read(file, context, findings)
    if not table.records and not findings.of(Severity.VIOLATION):
        raise nothing_found(file, findings)
    quads = SourceStatements(file, context, findings)
    document, described = state_described_document(quads, facts, KS.MunicipalConcept)
    if table.outside:
        quads.original(document, "Text außerhalb der Tabellen: " + "\n".join(table.outside))
    state_goal_tree(quads, document, goal_entries(numbered(table.records, findings), findings))
    title = Text(described.title, described.title_en or described.title)
    return quads.loaded("concept", title, len(table.records))


def _read(file: SourceFile, context: LoadContext, findings: Findings) -> tuple[Facts, Table]:
    match form_of(file):
        case FileForm.XLSX:
            return _read_workbook(file, context, findings)
        case FileForm.YAML | FileForm.JSON:
            return _read_tree(file, context, findings)
        case _:
            return {}, read_table(file, "goals", context, findings)


def _read_workbook(
    file: SourceFile, context: LoadContext, findings: Findings
) -> tuple[Facts, Table]:
    facts: Facts = {}
    rest = []
    for sheet in read_xlsx(file, context.unpacked_bytes, findings):
        found = None if facts else facts_of_sheet(sheet)
        if found is None:
            rest.append(sheet)
        else:
            facts = found
    headings = headings_for("goals", context.columns)
    return facts, read_sheets(file, tuple(rest), headings, findings)


def _read_tree(file: SourceFile, context: LoadContext, findings: Findings) -> tuple[Facts, Table]:
    headings = headings_for("goals", context.columns)
    tree = read_tree(file, findings)
    if not isinstance(tree, Fields):
        return {}, Table(tuple(tree_records(tree, headings, findings)))
    described = tree.get(*_CONCEPT_KEYS)
    facts = facts_of_tree(described) if isinstance(described, Fields) else {}
    goals = tree.get(*_GOAL_KEYS)
    records: list[Record] = []
    if isinstance(goals, Items):
        found = (record_of(item, headings, findings) for item in goals.items)
        records = [record for record in found if record is not None]
    for key, value in tree.pairs:
        if key not in (*_GOAL_KEYS, *_CONCEPT_KEYS):
            remark(findings, "unknown-key", value.place, flat_text(value), key=key)
    return facts, Table(tuple(records))
