"""Load measures from lists, forms and Word documents into an action plan of the municipality."""

from __future__ import annotations

from kg.errors import NothingLoaded
from kg.findings import Findings, Severity
from kg.language import Text
from kg.sources import Loaded
from loaders.city_things import file_facts, state_document
from loaders.context import LoadContext
from loaders.entries import numbered
from loaders.files import SourceFile
from loaders.measure_graph import state_measures
from loaders.statements import SourceStatements
from loaders.tables import read_table
from ontology.namespaces import KS


def load_measures(file: SourceFile, context: LoadContext) -> Loaded:
    """Return the measures of a file.

    Raises:
        UnreadableFile: The file is broken, too large or of another kind.
        NothingLoaded: The file holds no measures.
    """
    findings = Findings()
    table = read_table(file, "measures", context, findings)
    if not table.records and not findings.of(Severity.VIOLATION):
        raise nothing_found(file, findings)
    quads = SourceStatements(file, context, findings)
    facts = file_facts(quads)
    document = state_document(quads, "plan", facts, KS.ActionPlan)
    if table.outside:
        quads.original(document, "Text außerhalb der Tabellen: " + "\n".join(table.outside))
    state_measures(quads, document, numbered(table.records, findings))
    return quads.loaded("measures", Text(facts.title, facts.title), len(table.records))


def nothing_found(file: SourceFile, findings: Findings) -> NothingLoaded:
    """Return the error for a file without entries, with the first thing that was odd about it."""
    if not findings.items:
        return NothingLoaded(
            file.name,
            Text(
                "enthält keine Einträge. Bitte unter die Überschriften mindestens eine Zeile"
                " schreiben.",
                "contains no entries. Please write at least one row below the headings.",
            ),
        )
    first = findings.items[0]
    return NothingLoaded(
        file.name,
        Text(
            f"enthält keine Einträge. {first.place.in_words('de')}: {first.reason.de}"
            f" {first.fix.de}",
            f"contains no entries. {first.place.in_words('en')}: {first.reason.en} {first.fix.en}",
        ),
    )
