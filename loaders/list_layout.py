"""Read a sheet that has one entry a row below a row of headings."""

from __future__ import annotations

from dataclasses import dataclass

from kg.findings import Findings
from loaders.headings import Headings
from loaders.records import Record, RecordDraft
from loaders.remarks import remark
from loaders.sheets import Cell, Sheet, letter
from loaders.text import one_line

HEADING_WITHIN = 30
_SECTION_WIDTH = 3


@dataclass(frozen=True, slots=True)
class ListTable:
    """Hold the entries of a list and the lines that stand above its headings."""

    records: tuple[Record, ...]
    above: tuple[str, ...]


def heading_row(sheet: Sheet, headings: Headings) -> tuple[int, int]:
    """Return the index of the row with the most known headings, and how many fields they are."""
    counts = [_fields(cells, headings) for cells in sheet.rows[:HEADING_WITHIN]]
    best = max(range(len(counts)), key=lambda index: (counts[index], -index), default=0)
    return best, counts[best] if counts else 0


def _fields(cells: tuple[Cell, ...], headings: Headings) -> int:
    matches = (headings.match(cell.value) for cell in cells if len(cell.value) <= 120)
    return len({match.field for match in matches if match is not None})


def read_list(sheet: Sheet, headings: Headings, findings: Findings) -> ListTable:
    """Return the entries of a sheet; without a title column the finding is a violation."""
    index, _ = heading_row(sheet, headings)
    above = tuple(cell.value for cells in sheet.rows[:index] for cell in cells)
    if above:
        place = sheet.place.at(row=sheet.rows[0][0].row)
        remark(findings, "lines-above", place, " | ".join(above))
    columns = _columns(sheet.rows[index], headings, findings)
    if "title" not in {field for _, field in columns.values()}:
        names = " | ".join(cell.value for cell in sheet.rows[index])
        place = sheet.rows[index][0].place
        remark(findings, "missing-title-column", place, names)
        return ListTable((), above)
    records = _Rows(sheet, columns, findings).read(sheet.rows[index], sheet.rows[index + 1 :])
    if not records:
        remark(findings, "no-data-rows", sheet.place.at(row=sheet.rows[index][0].row))
    return ListTable(tuple(records), above)


Columns = dict[int, tuple[str, str | None]]


def _columns(cells: tuple[Cell, ...], headings: Headings, findings: Findings) -> Columns:
    columns: Columns = {}
    seen: dict[str, str] = {}
    for cell in cells:
        heading = one_line(cell.value)
        match = headings.match(cell.value)
        place = cell.place.at(column=heading)
        for column in range(cell.column, cell.column + cell.columns):
            columns[column] = (heading, None if match is None else match.field)
        if match is None:
            code = "merged-heading" if headings.is_two(cell.value) else "unknown-column"
            remark(
                findings,
                code,
                place,
                heading,
                **({"heading": heading} if code == "unknown-column" else {}),
            )
            continue
        if match.combined:
            remark(findings, "combined-label", place, heading, heading=heading, field=match.field)
        if match.field in seen:
            joined = f"{seen[match.field]} | {heading}"
            remark(findings, "columns-joined", place, joined, field=match.field)
        seen.setdefault(match.field, heading)
    return columns


class _Rows:
    """Turn rows into entries, with cells that reach over several rows."""

    def __init__(self, sheet: Sheet, columns: Columns, findings: Findings) -> None:
        self._sheet = sheet
        self._columns = columns
        self._findings = findings
        self._tall: list[Cell] = [cell for cells in sheet.rows for cell in cells if cell.rows > 1]
        self._section = sheet.section

    def read(self, heading: tuple[Cell, ...], rows: tuple[tuple[Cell, ...], ...]) -> list[Record]:
        names = {cell.value for cell in heading}
        drafts: list[RecordDraft] = []
        title_until = 0
        for cells in rows:
            row = cells[0].row
            if len(cells) > 1 and {cell.value for cell in cells} <= names:
                continue
            if self._is_section(cells):
                self._section = one_line(cells[0].value)
                continue
            if not (drafts and row < title_until):
                drafts.append(RecordDraft(self._sheet.place.at(row=row), self._section))
                title_until = self._title_end(cells)
            self._fill(drafts[-1], cells, row)
        return [record for draft in drafts if (record := self._checked(draft)) is not None]

    def _is_section(self, cells: tuple[Cell, ...]) -> bool:
        return len(cells) == 1 and cells[0].columns >= min(_SECTION_WIDTH, len(self._columns))

    def _title_end(self, cells: tuple[Cell, ...]) -> int:
        for cell in cells:
            if cell.rows > 1 and self._columns.get(cell.column, ("", None))[1] == "title":
                remark(self._findings, "merged-title", cell.place, cell.value, rows=cell.rows)
                return cell.row + cell.rows
        return 0

    def _fill(self, draft: RecordDraft, cells: tuple[Cell, ...], row: int) -> None:
        reaching = [
            cell for cell in self._tall if cell.row < row < cell.row + cell.rows and cell.row != row
        ]
        for cell in sorted((*cells, *reaching), key=lambda each: each.column):
            heading, name = self._columns.get(cell.column, (f"Spalte {letter(cell.column)}", None))
            place = cell.place.at(row=row, column=heading)
            if name is None:
                draft.add_other(heading, cell.value, place)
            elif draft.values.get(name) != cell.value:
                draft.add(name, cell.value, place, cell.kind)

    def _checked(self, draft: RecordDraft) -> Record | None:
        if draft.values.get("title"):
            return draft.finished()
        texts = [*draft.values.values(), *(other.in_words() for other in draft.others)]
        remark(self._findings, "missing-title", draft.place.at(column="title"), " | ".join(texts))
        return None
