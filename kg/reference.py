"""Put the ontology and the reference tables into a draft, with their records."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from importlib import resources

from kg.dataset import Draft
from kg.errors import ReferenceInvalid
from kg.language import Text
from kg.sources import SourceRecord
from ontology.errors import ReferenceTableCode, ReferenceTableError
from ontology.namespaces import ONTOLOGY_GRAPH, reference_graph
from ontology.reference import ontology_quads, reference_quads, reference_tables, turtle_files
from ontology.tables import table_file

LICENCE = "https://creativecommons.org/licenses/by/4.0/"
HOME = "https://w3id.org/kreislaufstadt/ontology"

_GERMAN: Mapping[ReferenceTableCode, str] = {
    "bad-date": "das Datum ist nicht lesbar; bitte JJJJ-MM-TT schreiben",
    "bad-header": "der Kopf der Datei ist unvollständig oder nicht lesbar",
    "bad-match": "hier gehört eine Zuordnung wie exact:1158 hin",
    "bad-number": "hier gehört eine Zahl im erlaubten Bereich hin",
    "bad-row": "die Zeile hat zu viele oder zu wenige Zellen",
    "bad-url": "hier gehört eine Internetadresse hin, die mit https:// beginnt",
    "broader-cycle": "die Oberbegriffe bilden einen Kreis",
    "duplicate-id": "diese Kennung kommt zweimal vor",
    "empty-cell": "die Zelle darf nicht leer sein",
    "label-differs": "die Bezeichnung weicht von der des verknüpften Dings ab",
    "label-not-meant": "die Bezeichnung steht zugleich unter »nicht gemeint«",
    "label-on-two-concepts": "die Bezeichnung steht bei zwei Begriffen",
    "missing-column": "diese Spalte fehlt",
    "missing-source": "die Belegart verlangt eine Quelle",
    "orphan-concept": "der Begriff hat weder Ober- noch Unter- noch verwandte Begriffe",
    "shared-label-without-reason": "hier gehört ein Grund hin: Bezeichnung = Grund | reason",
    "unknown-code": "dieser Wert steht in keiner erlaubten Liste",
    "unknown-column": "diese Spalte ist nicht vorgesehen",
    "unknown-r-strategy": "erlaubt sind R0 bis R9",
    "unknown-sdg": "dieses SDG-Unterziel gibt es nicht",
    "unknown-table": "diese Tabelle gibt es nicht",
}


def put_reference(draft: Draft) -> None:
    """Add the ontology and every shipped reference table.

    Raises:
        ReferenceInvalid: a table has a wrong cell; table, row and column are named.
    """
    draft.put_source(
        _record(ONTOLOGY_GRAPH, "ontology", Text("Ontologie", "Ontology"), _turtle_checksum()),
        ontology_quads(),
    )
    for table in reference_tables():
        name = table.replace("_", " ")
        title = Text(f"Referenztabelle {name}", f"Reference table {name}")
        checksum = hashlib.sha256(
            resources.files("ontology").joinpath("reference", table_file(table)).read_bytes()
        ).hexdigest()
        try:
            quads = reference_quads(table)
        except ReferenceTableError as error:
            raise ReferenceInvalid(_described(error)) from error
        draft.put_source(_record(reference_graph(table), "reference", title, checksum), quads)


def _described(error: ReferenceTableError) -> Text:
    place = table_file(error.table)
    if error.row:
        place += f", Zeile {error.row}"
    if error.column:
        place += f", Spalte »{error.column}«"
    found = f" (steht da: »{error.value}«)" if error.value else ""
    return Text(f"{place}: {_GERMAN[error.code]}{found}.", str(error))


def _record(graph: str, kind: str, title: Text, checksum: str) -> SourceRecord:
    return SourceRecord(
        graph=graph,
        kind=kind,
        title_de=title.de,
        title_en=title.en,
        file=graph.rsplit("/", 1)[-1],
        sha256=checksum,
        licence=LICENCE,
        url=HOME,
    )


def _turtle_checksum() -> str:
    digest = hashlib.sha256()
    for folder in ("modules", "alignments", "schemes"):
        for name in turtle_files(folder):
            digest.update(resources.files("ontology").joinpath(folder, name).read_bytes())
    return digest.hexdigest()
