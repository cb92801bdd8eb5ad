"""Read forms: labels on the left, values on the right, one entry a form, over sheets if need be."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from kg.findings import Findings, Place
from loaders.form_lines import BlockLines
from loaders.headings import Headings
from loaders.records import Record, RecordDraft
from loaders.remarks import remark
from loaders.sheets import Cell, Sheet
from loaders.text import one_line

BLOCK_FIELDS = frozenset({"budget_ref", "budget_operating", "budget_investment"})
_LONGEST_LABEL = 90
_SAME_FORM_AGAIN = 3


def label_column(sheet: Sheet, headings: Headings) -> tuple[int, int]:
    """Return the column with the most labels, and how many different fields they are."""
    fields: dict[int, set[str]] = {}
    for cells in sheet.rows:
        for cell in cells[:1]:
            name = label_field(cell.value, headings)
            if name is not None:
                fields.setdefault(cell.column, set()).add(name)
    best = max(fields, key=lambda column: (len(fields[column]), -column), default=1)
    return best, len(fields.get(best, ()))


def label_field(text: str, headings: Headings) -> str | None:
    """Return the field of a label, also of one that is cut."""
    if len(text) > _LONGEST_LABEL:
        return None
    match = headings.match(text)
    return headings.completed(text) if match is None else match.field


@dataclass(slots=True)
class _Label:
    """Hold the label that values belong to at the moment."""

    text: str
    place: Place
    lines: BlockLines = field(default_factory=BlockLines)


class FormReader:
    """Read forms sheet by sheet; a sheet without a title goes on with the last form."""

    def __init__(self, headings: Headings, findings: Findings) -> None:
        self._headings = headings
        self._findings = findings
        self._drafts: list[RecordDraft] = []
        self._label: _Label | None = None
        self._column = 1
        self._value_column = 1

    @property
    def has_form(self) -> bool:
        """Tell whether a form was begun."""
        return bool(self._drafts)

    def read(self, sheet: Sheet) -> None:
        """Take in one sheet."""
        column, labels = label_column(sheet, self._headings)
        self._column = column if labels else sheet.rows[0][0].column
        self._value_column = min(
            (
                cells[1].column
                for cells in sheet.rows
                if len(cells) > 1 and cells[0].column == self._column
            ),
            default=1,
        )
        known = [label_field(cells[0].value, self._headings) for cells in sheet.rows]
        fields = {name for name in known if name is not None}
        if "title" in fields or not self._drafts or self._is_another(fields):
            self._flush()
            self._begin(sheet.place.at(row=sheet.rows[0][0].row), sheet.section)
        else:
            title = one_line(self._drafts[-1].values.get("title", self._pending_title()))
            remark(self._findings, "continued", sheet.place, title, title=title)
        width = max(cell.column + cell.columns - 1 for cells in sheet.rows for cell in cells)
        for cells in sheet.rows:
            self._take(cells, width)

    def _pending_title(self) -> str:
        label = self._label
        is_title = label is not None and label_field(label.text, self._headings) == "title"
        return label.lines.text() if label is not None and is_title else ""

    def _is_another(self, fields: set[str]) -> bool:
        filled = set(self._drafts[-1].values)
        if self._label is not None:
            filled.add(self._field(self._label) or "")
        return len(fields & filled) >= _SAME_FORM_AGAIN

    def finished(self) -> list[Record]:
        """Return the entries; those without a title are reported."""
        self._flush()
        records = []
        for draft in self._drafts:
            if draft.values.get("title"):
                records.append(draft.finished())
            elif not draft.is_blank():
                texts = [*draft.values.values(), *(other.in_words() for other in draft.others)]
                remark(self._findings, "missing-title", draft.place, " | ".join(texts))
        return records

    def _begin(self, place: Place, section: str) -> None:
        if not self._drafts or not self._drafts[-1].is_blank():
            self._drafts.append(RecordDraft(place, section))
        else:
            self._drafts[-1].place, self._drafts[-1].section = place, section

    def _take(self, cells: tuple[Cell, ...], width: int) -> None:
        first, rest = cells[0], cells[1:]
        if not rest and first.columns >= width and width > 1 and self._take_whole(first):
            return
        if first.column != self._column or self._is_text_row(first, rest):
            self._add_values(cells)
            return
        self._add_values((*self._set_label(first), *rest))

    def _is_text_row(self, first: Cell, rest: tuple[Cell, ...]) -> bool:
        reaches_values = first.column + first.columns > self._value_column
        return not rest and len(first.value) > _LONGEST_LABEL and reaches_values

    def _take_whole(self, cell: Cell) -> bool:
        """Take a row that is one wide cell: label and value in one, or a title alone."""
        words = one_line(cell.value).split(" ")
        for end in range(min(len(words) - 1, 8), 0, -1):
            start = " ".join(words[:end]).removesuffix(":")
            name = label_field(start, self._headings)
            if name is not None and (words[end - 1].endswith(":") or end > 1):
                self._start_label(start, cell.place)
                self._add_values((cell.with_value(" ".join(words[end:])),))
                return True
        return False

    def _set_label(self, cell: Cell) -> tuple[Cell, ...]:
        """Make a cell the label or part of it; return what of it is part of the values instead."""
        text = one_line(cell.value)
        label = self._label
        if label is not None and self._goes_on(label, text):
            label.text = one_line(f"{label.text}\n{text}")
            return ()
        if self._headings.is_known(text) or self._headings.begins(text):
            self._start_label(text, cell.place)
            return ()
        lines = cell.value.split("\n")
        for end in range(len(lines) - 1, 0, -1):
            start = one_line("\n".join(lines[:end]))
            if self._headings.is_exact(start) or label_field(start, self._headings) in BLOCK_FIELDS:
                self._start_label(start, cell.place)
                return (cell.with_value(one_line("\n".join(lines[end:]))),)
        if label is not None and self._field(label) in BLOCK_FIELDS:
            return (cell,)
        self._start_label(text, cell.place)
        return ()

    def _goes_on(self, label: _Label, text: str) -> bool:
        joined = one_line(f"{label.text}\n{text}")
        if self._headings.is_exact(joined) or (self._headings.begins(joined) and label.text):
            return True
        if text[0] in "([" and self._headings.is_known(label.text):
            return self._headings.is_known(joined) and self._field(label) not in BLOCK_FIELDS
        if self._headings.is_known(text) or self._headings.begins(text):
            return False
        if self._field(label) is not None:
            return False
        cut = label.text.endswith("-") or text[0].islower() or text[0].isdigit() or text[0] in "(["
        return cut or label.lines.is_blank() or not label.text

    def _field(self, label: _Label) -> str | None:
        return label_field(label.text, self._headings)

    def _start_label(self, text: str, place: Place) -> None:
        years = {} if self._label is None else self._label.lines.years
        self._flush()
        in_table = years and label_field(text, self._headings) in (*BLOCK_FIELDS, None)
        self._label = _Label(text, place, BlockLines(years if in_table else {}))

    def _add_values(self, cells: tuple[Cell, ...]) -> None:
        if not cells:
            return
        label = self._label
        in_block = label is not None and self._field(label) in (*BLOCK_FIELDS, None)
        if BlockLines.is_years(cells) and not in_block:
            self._start_label("", cells[0].place)
            label = self._label
        if label is None:
            self._drafts[-1].add_other("", " ".join(cell.value for cell in cells), cells[0].place)
            return
        if in_block or len(cells) < 3 or not self._add_pairs(cells):
            label.lines.add(cells)

    def _add_pairs(self, cells: tuple[Cell, ...]) -> bool:
        """Take a row of value, label, value … and tell whether it was one."""
        label = self._label
        labels = cells[1::2]
        values = cells[2::2]
        if label is None or len(labels) != len(values):
            return False
        if not all(self._headings.is_known(cell.value) for cell in labels):
            return False
        label.lines.add(cells[:1])
        for name, value in zip(labels, values, strict=True):
            self._start_label(one_line(name.value), name.place)
            self._add_values((value,))
        return True

    def _flush(self) -> None:
        label, self._label = self._label, None
        if label is None:
            return
        text = label.lines.text()
        name = self._field(label)
        draft = self._drafts[-1]
        place = label.place.at(column=label.text or None)
        if name is None:
            draft.add_other(label.text, text, place)
            if label.text and re.search(r"\w", label.text):
                remark(self._findings, "unknown-column", place, text, heading=label.text)
            return
        if name in {"title", "code"} and text and name in draft.values:
            self._begin(label.place, draft.section)
            draft = self._drafts[-1]
        match = self._headings.match(label.text)
        if match is not None and match.combined:
            remark(self._findings, "combined-label", place, text, heading=label.text, field=name)
        if draft.add(name, text, place):
            remark(self._findings, "columns-joined", place, text, field=name)
