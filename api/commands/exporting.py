"""Write pictures, tables and the dataset to files."""

from __future__ import annotations

import csv
import io
import sys
from pathlib import Path
from typing import Annotated, Literal

import typer
from pyoxigraph import RdfFormat, serialize

from api.commands.options import LanguageOption, open_dataset
from api.output import print_text
from kg.errors import UnknownName
from kg.identifiers import parse_ags
from kg.settings import read_settings
from kg.spreadsheets import harmless
from kg.store import every_quad

app = typer.Typer(
    name="export",
    help="Schreibt Bilder, Tabellen und den Datenbestand / write pictures, tables and data.",
    no_args_is_help=True,
)

OutOption = Annotated[
    Path | None, typer.Option("--out", help="Datei; ohne: Standardausgabe / file; else stdout.")
]


@app.command("graph")
def graph(
    around: Annotated[str, typer.Option(help="IRI in der Mitte / IRI in the middle.")],
    out: OutOption = None,
    depth: Annotated[int, typer.Option(min=1, max=4, help="Schritte / steps.")] = 2,
    limit: Annotated[
        int, typer.Option(min=2, max=500, help="Höchstens so viele Dinge / at most so many things.")
    ] = 45,
    lang: LanguageOption = None,
) -> None:
    """Das Umfeld eines Dings als HTML-Datei ohne Netzzugriff / what surrounds a thing, offline.

    Beispiel / example: kreislaufstadt export graph --around http://metadata.un.org/sdg/12.5
    """
    from visualisations.graph_html import graph_html  # what draws is loaded only here

    store = open_dataset().current().open()
    language = lang or read_settings().language
    _write(graph_html(store, around, language, depth=depth, limit=limit), out)


@app.command("matrix")
def matrix(
    city: Annotated[str, typer.Option(help="AGS, 8 Ziffern / AGS, 8 digits.")],
    out: OutOption = None,
    form: Annotated[
        Literal["csv", "html"], typer.Option("--format", help="Ausgabeform / output form.")
    ] = "csv",
    lang: LanguageOption = None,
) -> None:
    """Maßnahmen gegen SDG als Tabelle / measures against SDGs as a table.

    Beispiel / example: kreislaufstadt export matrix --city 05515000 --out matrix.csv
    """
    from visualisations.matrix import matrix_html, matrix_rows, measure_sdg_matrix

    language = lang or read_settings().language
    store = open_dataset().current().open()
    table = measure_sdg_matrix(store, parse_ags(city), language)
    if form == "html":
        _write(matrix_html(table, language), out)
        return
    buffer = io.StringIO()
    writer = csv.writer(buffer, delimiter=";", lineterminator="\r\n")
    for row in matrix_rows(table, language):
        writer.writerow([harmless(cell) for cell in row])
    _write(buffer.getvalue(), out, bom=True)


@app.command("questions")
def questions(out: OutOption = None) -> None:
    """Die Kompetenzfragen als Tabelle für die Dokumentation / competency questions as a document.

    Beispiel / example: kreislaufstadt export questions --out docs/competency-questions.md
    """
    from ontology.documents import questions_document

    _write(questions_document(), out)


@app.command("checks")
def checks(out: OutOption = None) -> None:
    """Die Qualitätsprüfungen der Ontologie als Tabelle / quality checks as a document.

    Beispiel / example: kreislaufstadt export checks --out docs/ontology-checks.md
    """
    from ontology.documents import checks_document

    _write(checks_document(), out)


@app.command("ontology")
def ontology(out: OutOption = None) -> None:
    """Die Ontologie in Kürze als Dokument / the ontology in brief as a document.

    Beispiel / example: kreislaufstadt export ontology --out docs/ontology.md
    """
    from ontology.overview_document import ontology_document

    _write(ontology_document(), out)


_RDF = {".nq": RdfFormat.N_QUADS, ".trig": RdfFormat.TRIG, ".jsonld": RdfFormat.JSON_LD}


@app.command("dataset")
def dataset(
    out: Annotated[Path, typer.Option("--out", help="Datei .nq, .trig oder .jsonld / file.")],
) -> None:
    """Der ganze Datenbestand mit seinen benannten Graphen / the dataset with its named graphs.

    Beispiel / example: kreislaufstadt export dataset --out muenster.trig
    """
    chosen = _RDF.get(out.suffix)
    if chosen is None:
        raise UnknownName(out.suffix, tuple(_RDF))
    serialize(every_quad(open_dataset().current().open()), str(out), chosen)


def _write(text: str, out: Path | None, *, bom: bool = False) -> None:
    if out is None:
        print_text(text)
        return
    # Excel reads UTF-8 only with a byte order mark.
    out.write_text(text, "utf-8-sig" if bom else "utf-8", newline="")
    sys.stderr.write(f"{out}\n")
