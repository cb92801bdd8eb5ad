"""Turn the answer of a SELECT query into a table for people, and into a file for spreadsheets."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from api.wording import texts_in
from kg.labels import short_name
from kg.language import Language
from kg.spreadsheets import harmless, is_number

_LABEL: Final = "_label"


@dataclass(frozen=True, slots=True)
class Cell:
    """Hold what a cell shows, the IRI behind it, and whether it is a number."""

    text: str
    iri: str = ""
    is_number: bool = False


@dataclass(frozen=True, slots=True)
class PeopleTable:
    """Hold headings and rows; a label stands in place of its IRI."""

    headings: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]


def people_table(answer: bytes, language: Language) -> PeopleTable:
    """Return the table of a SPARQL JSON answer, its columns in the query's order."""
    content = json.loads(answer)
    names: list[str] = content["head"]["vars"]
    shown = [name for name in names if f"{name}{_LABEL}" not in names]
    headings = tuple(heading(name.removesuffix(_LABEL), language) for name in shown)
    rows = tuple(
        tuple(_cell(name, solution) for name in shown)
        for solution in content["results"]["bindings"]
    )
    return PeopleTable(headings, rows)


def heading(column: str, language: Language) -> str:
    """Return the words for a column; an unknown one is shown as it is named in the query.

    >>> heading("no_such_column", "en")
    'no such column'
    """
    return texts_in(language)["columns"].get(column, column.replace("_", " "))


def _cell(name: str, solution: Mapping[str, Mapping[str, str]]) -> Cell:
    value = solution.get(name)
    if name.endswith(_LABEL):
        thing = solution.get(name.removesuffix(_LABEL), {})
        iri = thing["value"] if thing.get("type") == "uri" else ""
        return Cell(value["value"] if value else short_name(iri), iri)
    if value is None:
        return Cell("")
    if value["type"] == "uri":
        return Cell(short_name(value["value"]), value["value"])
    return Cell(value["value"], is_number=is_number(value["value"]))


def spreadsheet_csv(table: PeopleTable, language: Language) -> bytes:
    """Return the table as CSV that German or English spreadsheet programs open rightly.

    A cell that a program could take for a formula gets an apostrophe in front.
    """
    target = io.StringIO()
    writer = csv.writer(target, delimiter=";" if language == "de" else ",", lineterminator="\r\n")
    writer.writerow(harmless(text) for text in table.headings)
    for row in table.rows:
        writer.writerow(harmless(cell.text) for cell in row)
    return target.getvalue().encode("utf-8-sig")
