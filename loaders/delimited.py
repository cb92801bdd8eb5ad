"""Read a CSV file: find its separator by what makes a table, report rows that do not fit."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterable

from kg.errors import UnreadableFile
from kg.findings import Findings, Place
from kg.language import Text
from loaders.decoding import decode
from loaders.files import SourceFile
from loaders.headings import Headings
from loaders.remarks import remark
from loaders.sheets import Cell, Sheet, letter
from loaders.text import clean
from loaders.xlsx import LONGEST_CELL

SEPARATORS = (";", ",", "\t")
_HEADING_WITHIN = 20
Row = tuple[int, list[str]]


def read_csv(file: SourceFile, headings: Headings, findings: Findings) -> Sheet:
    """Return the one table of a CSV file; rows keep the line number on which they start."""
    text = decode(file, findings)
    separator = _separator(file, text, headings)
    rows = _rows(file, text, separator)
    _report_ragged(file, rows, findings)
    place = Place(file.name)
    return Sheet(
        file.stem, place, tuple(filter(None, (_cells(row, place, findings) for row in rows)))
    )


def _rows(file: SourceFile, text: str, separator: str) -> list[Row]:
    reader = csv.reader(io.StringIO(text), delimiter=separator, strict=True)
    rows: list[Row] = []
    line = 1
    try:
        for values in reader:
            rows.append((line, values))
            line = reader.line_num + 1
    except csv.Error as error:
        raise _malformed(file, line, str(error)) from error
    return rows


def _separator(file: SourceFile, text: str, headings: Headings) -> str:
    best, best_score = "", (0, 0, 0)
    failure: UnreadableFile | None = None
    for separator in SEPARATORS:
        try:
            rows = _rows(file, text, separator)
        except UnreadableFile as error:
            failure = error
            continue
        known = max((_known(values, headings) for _, values in rows[:_HEADING_WITHIN]), default=0)
        widths = Counter(len(values) for _, values in rows if any(values))
        width, often = max(widths.items(), key=lambda item: (item[1], item[0]), default=(0, 0))
        score = (known, often if width > 1 else 0, width)
        if score > best_score:
            best, best_score = separator, score
    if best and (best_score[0] > 0 or best_score[1] > 0):
        return best
    if failure is not None:
        raise failure
    raise UnreadableFile(
        file.name,
        Text(
            "hat in Zeile 1 keine erkennbaren Spalten; als Trennzeichen gelten Semikolon,"
            " Komma und Tabulator."
            " Bitte in Excel als CSV mit Semikolon neu speichern.",
            "has no recognisable columns in row 1; semicolon, comma and tab count as separators."
            " Please save it anew in Excel as CSV with semicolons.",
        ),
    )


def _known(values: Iterable[str], headings: Headings) -> int:
    return len({match.field for value in values if (match := headings.match(value)) is not None})


def _report_ragged(file: SourceFile, rows: list[Row], findings: Findings) -> None:
    widths = Counter(len(values) for _, values in rows if any(values))
    if not widths:
        return
    expected = len(
        next(
            values
            for _, values in rows
            if len([v for v in values if v.strip()]) > 1 or len(widths) == 1
        )
    )
    for line, values in rows:
        found = len(values)
        place = Place(file.name, row=line)
        if found > expected and any(value.strip() for value in values[expected:]):
            rest = " | ".join(values[expected:])
            remark(
                findings,
                "extra-cells",
                place.at(column=letter(expected + 1)),
                rest,
                found=found,
                expected=expected,
            )
            del values[expected:]
        elif 1 < found < expected:
            remark(findings, "short-row", place, values[0], found=found, expected=expected)


def _cells(row: Row, place: Place, findings: Findings) -> tuple[Cell, ...]:
    line, values = row
    cells = []
    for column, value in enumerate(values, start=1):
        text = clean(value)
        where = place.at(row=line, column=letter(column))
        if len(text) > LONGEST_CELL:
            remark(findings, "cell-too-long", where, text, length=len(text), limit=LONGEST_CELL)
            text = text[:LONGEST_CELL]
        if text:
            cells.append(Cell(text, line, column, where))
    return tuple(cells)


def _malformed(file: SourceFile, line: int, detail: str) -> UnreadableFile:
    quoted = "quote" in detail or "unexpected end" in detail or "expected after" in detail
    if quoted:
        return UnreadableFile(
            file.name,
            Text(
                f"hat in der Zeile ab {line} ein Anführungszeichen, das nicht aufgeht."
                ' Bitte Anführungszeichen im Text verdoppeln ("") oder entfernen.',
                f"has a quotation mark in the row starting at {line} that does not match."
                ' Please double quotation marks inside text ("") or remove them.',
            ),
        )
    return UnreadableFile(
        file.name,
        Text(
            f"lässt sich ab Zeile {line} nicht als Tabelle lesen (zu lange Zelle?)."
            " Bitte die Zeile prüfen und als »CSV UTF-8« neu speichern.",
            f"cannot be read as a table from row {line} on (cell too long?)."
            " Please check the row and save the file anew as “CSV UTF-8”.",
        ),
    )
