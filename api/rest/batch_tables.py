"""Write the check of a list as JSON, CSV or a workbook with three sheets, safe to open."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final, Literal

from openpyxl import Workbook
from openpyxl.cell import Cell, WriteOnlyCell
from openpyxl.styles import Alignment, Font
from openpyxl.worksheet._write_only import WriteOnlyWorksheet

from api.wording import texts_in
from kg.findings import Finding
from kg.fit.report import FitReport, Verdict
from kg.language import Language
from kg.spreadsheets import harmless
from loaders.measure_inputs import ListedMeasure

Part = Literal["measures", "verdicts", "findings"]
Value = str | int | float | None
Rows = list[list[Value]]

BEST: Final = 3
_LONGEST_CELL: Final = 32_767
_WIDTH: Final = 28
# A fixed day, so that the same list gives the same bytes.
_HEADINGS: Final[dict[Part, tuple[str, ...]]] = {
    "measures": (
        "row", "number", "title", "summary", "best_goals", "best_targets", "best_conflicts",
        "missing", "similar", "not_checked",
    ),
    "verdicts": (
        "row", "number", "title", "verdict", "kind", "code", "aim", "concept", "resolution",
        "direct", "strength", "probability", "evidence_kind", "evidence", "quote", "aim_quote",
        "page", "source", "review", "counterfactual", "iri",
    ),
    "findings": (
        "severity", "file", "sheet", "row", "column", "page", "value", "reason", "fix",
    ),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class BatchAnswer:
    """Hold the entries of a list, each with its report or None, and all findings."""

    file: str
    generation: str
    language: Language
    rows: tuple[tuple[ListedMeasure, FitReport | None], ...]
    findings: tuple[Finding, ...]


def as_json(given: BatchAnswer) -> dict[str, object]:
    """Return the answer as plain values."""
    return {
        "file": given.file,
        "read": len(given.rows),
        "checked": sum(report is not None for _, report in given.rows),
        "generation": given.generation,
        "language": given.language,
        "rows": [
            {
                "sheet": entry.place.sheet,
                "row": entry.place.row,
                "number": entry.number or None,
                "title": entry.title,
                "report": None if report is None else report.as_json(),
            }
            for entry, report in given.rows
        ],
        "findings": [finding.as_json(given.language) for finding in given.findings],
    }


def as_csv(given: BatchAnswer, part: Part) -> bytes:
    """Return one of the three tables as CSV that spreadsheet programs open rightly."""
    target = io.StringIO()
    separator = ";" if given.language == "de" else ","
    writer = csv.writer(target, delimiter=separator, lineterminator="\r\n")
    writer.writerow(_headings(part, given.language))
    for row in table(given, part):
        writer.writerow(harmless(_text(value, given.language)) for value in row)
    return target.getvalue().encode("utf-8-sig")


def as_xlsx(given: BatchAnswer, parts: Iterable[Part] = tuple(_HEADINGS)) -> bytes:
    """Return a workbook: measures, verdicts with evidence, findings; texts are never formulas."""
    book = Workbook(write_only=True)
    names = texts_in(given.language)["batch_sheet"]
    for part in parts:
        sheet = book.create_sheet(names[part])
        sheet.freeze_panes = "A2"
        for column in range(1, len(_HEADINGS[part]) + 1):
            sheet.column_dimensions[chr(ord("A") + column - 1)].width = _WIDTH
        sheet.append([_cell(sheet, text, bold=True) for text in _headings(part, given.language)])
        for row in table(given, part):
            sheet.append([_cell(sheet, value) for value in row])
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def _cell(sheet: WriteOnlyWorksheet, value: Value, *, bold: bool = False) -> Cell:
    shown = value[:_LONGEST_CELL] if isinstance(value, str) else value
    cell = WriteOnlyCell(sheet, value=harmless(shown) if isinstance(shown, str) else shown)
    if isinstance(shown, str):
        # Never a formula, whatever a text begins with.
        cell.data_type = "s"
        cell.alignment = Alignment(wrap_text=True, vertical="top")
    if bold:
        cell.font = Font(bold=True)
    return cell


def _headings(part: Part, language: Language) -> list[str]:
    texts = texts_in(language)["batch_column"]
    return [texts[name] for name in _HEADINGS[part]]


def table(given: BatchAnswer, part: Part) -> Rows:
    """Return the rows of one of the three tables."""
    match part:
        case "measures":
            return [_measure_row(entry, report, given) for entry, report in given.rows]
        case "verdicts":
            return [
                row
                for entry, report in given.rows
                if report is not None
                for verdict in report.verdicts
                for row in _verdict_rows(entry, verdict, given.language)
            ]
        case "findings":
            return [
                [
                    texts_in(given.language)["batch_value"][finding.severity],
                    finding.place.file, finding.place.sheet,
                    finding.place.row, finding.place.column, finding.place.page, finding.value,
                    finding.reason.in_language(given.language),
                    finding.fix.in_language(given.language),
                ]
                for finding in given.findings
            ]  # fmt: skip


def _measure_row(entry: ListedMeasure, report: FitReport | None, given: BatchAnswer) -> list[Value]:
    start: list[Value] = [entry.place.row, entry.number, entry.title]
    if report is None:
        reasons = [
            finding.reason.in_language(given.language)
            for finding in given.findings
            if finding.code == "not-checked" and finding.place == entry.place
        ]
        return [*start, *[None] * 6, " ".join(reasons)]
    targets = [*report.of("supports", "sdg-target"), *report.of("supports", "sdg-goal")]
    return [
        *start,
        report.summary,
        _best(report.of("supports", "concept-goal"), given.language),
        _best(targets, given.language),
        _best(report.of("conflicts"), given.language, most=len(report.verdicts)),
        "\n".join(gap.text for gap in report.missing),
        "\n".join(f"{entry.number} {entry.label}".strip() for entry in report.duplicates),
        None,
    ]


def _best(verdicts: Sequence[Verdict], language: Language, *, most: int = BEST) -> str:
    return "\n".join(
        f"{verdict.aim.code} {verdict.aim.label}".strip()
        + (f" ({verdict.aim.concept})" if verdict.aim.concept else "")
        + f", {_text(round(verdict.probability, 2), language)}"
        for verdict in verdicts[:most]
    )


def _verdict_rows(entry: ListedMeasure, verdict: Verdict, language: Language) -> Rows:
    """Return a row for each piece of evidence, one without any for a verdict that has none."""
    aim, texts = verdict.aim, texts_in(language)
    words = texts["batch_value"]
    start: list[Value] = [
        entry.place.row, entry.number, entry.title, words[verdict.verdict], words[aim.kind],
        aim.code, aim.label, aim.concept, aim.resolution,
        texts["check"]["direct" if verdict.direct else "indirect"], verdict.strength,
        round(verdict.probability, 3),
    ]  # fmt: skip
    end: list[Value] = [verdict.counterfactual, aim.iri]
    if not verdict.evidence:
        return [[*start, *[None] * 7, *end]]
    return [
        [
            *start, words[ground.kind], ground.text, ground.quote, ground.aim_quote, ground.page,
            ground.source, texts["review_status"].get(ground.status, ground.status), *end,
        ]
        for ground in verdict.evidence
    ]  # fmt: skip


def _text(value: Value, language: Language) -> str:
    """Return a cell as text, with the decimal comma in German."""
    if value is None:
        return ""
    return (
        str(value).replace(".", ",")
        if isinstance(value, float) and language == "de"
        else str(value)
    )
