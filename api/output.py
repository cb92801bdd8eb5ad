"""Print answers on stdout and everything else on stderr."""

from __future__ import annotations

import csv
import io
import json
import sys
from collections.abc import Iterable, Sequence
from dataclasses import replace

from rich.console import Console
from rich.table import Table as RichTable

from kg.findings import Finding, Place, Severity
from kg.language import Language
from kg.spreadsheets import harmless
from kg.stored import Table

_HEADINGS: dict[Severity, tuple[str, str]] = {
    Severity.VIOLATION: ("Regelverstoß", "Violation"),
    Severity.DROPPED: ("Ausgelassen", "Dropped"),
    Severity.WARNING: ("Unvollständig", "Incomplete"),
    Severity.NOTE: ("Hinweis", "Note"),
}


def print_json(value: object) -> None:
    """Print a value as JSON with sorted keys."""
    sys.stdout.write(json.dumps(value, ensure_ascii=False, indent=2, sort_keys=True) + "\n")


def print_text(text: str) -> None:
    """Print a text, ended by one line break."""
    sys.stdout.write(text if text.endswith("\n") else text + "\n")


def print_table(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """Print a table for people; when stdout is not a terminal it is as wide as it needs."""
    terminal = sys.stdout.isatty()
    console = Console(width=None if terminal else 10_000, highlight=False, markup=False)
    table = RichTable(box=None, pad_edge=False, expand=False)
    for column in columns:
        table.add_column(column, overflow="fold")
    for row in rows:
        table.add_row(*row)
    if terminal:
        console.print(table)
        return
    lines = [list(columns), *[list(row) for row in rows]]
    for line in lines:
        sys.stdout.write("\t".join(cell.replace("\n", " ") for cell in line) + "\n")


def table_as_csv(table: Table) -> str:
    """Return a table as CSV for spreadsheets: no cell begins as a formula."""
    buffer = io.StringIO()
    writer = csv.writer(buffer, delimiter=";", lineterminator="\r\n")
    writer.writerow(table.columns)
    for row in table.rows:
        writer.writerow([harmless("" if term is None else term.value) for term in row])
    return buffer.getvalue()


def print_findings(findings: Sequence[Finding], language: Language, *, most: int = 30) -> None:
    """Print findings on stderr, the grave ones first; the same remark on many rows is one line."""
    for severity in Severity:
        kind = [finding for finding in findings if finding.severity is severity]
        if not kind:
            continue
        heading = _HEADINGS[severity][0 if language == "de" else 1]
        sys.stderr.write(f"{heading} ({len(kind)}):\n")
        lines = _grouped(kind, language)
        for line in lines[:most]:
            sys.stderr.write(f"  {line}\n")
        if len(lines) > most:
            rest = len(lines) - most
            more = (
                f"… und {rest} weitere Zeilen" if language == "de" else f"… and {rest} more lines"
            )
            sys.stderr.write(f"  {more}\n")


def _grouped(findings: Sequence[Finding], language: Language) -> list[str]:
    groups: dict[tuple[Place, str, str, str], list[int]] = {}
    for finding in findings:
        key = (
            replace(finding.place, row=None),
            finding.value,
            finding.reason.in_language(language),
            finding.fix.in_language(language),
        )
        rows = groups.setdefault(key, [])
        if finding.place.row is not None:
            rows.append(finding.place.row)
    lines: list[str] = []
    for (place, value, reason, fix), rows in groups.items():
        shown = f" »{value}«" if value else ""
        lines.append(f"{place.in_words(language)}{_rows(rows, language)}:{shown} {reason} → {fix}")
    return lines


def _rows(rows: Sequence[int], language: Language) -> str:
    """Return row numbers in words, neighbours as a range.

    >>> _rows([2, 3, 4, 9], "de")
    ', Zeilen 2–4, 9'
    """
    if not rows:
        return ""
    ranges: list[tuple[int, int]] = []
    for row in sorted(set(rows)):
        if ranges and ranges[-1][1] == row - 1:
            ranges[-1] = (ranges[-1][0], row)
        else:
            ranges.append((row, row))
    told = ", ".join(str(a) if a == b else f"{a}–{b}" for a, b in ranges)
    several = len(set(rows)) > 1
    if language == "de":
        return f", {'Zeilen' if several else 'Zeile'} {told}"
    return f", {'rows' if several else 'row'} {told}"
