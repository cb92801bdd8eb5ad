"""Read the entries of a file, whatever its kind and layout."""

from __future__ import annotations

from dataclasses import dataclass

from kg.errors import NothingLoaded, UnreadableFile
from kg.findings import Findings
from kg.language import Text
from loaders.context import LoadContext
from loaders.delimited import read_csv
from loaders.docx import read_docx
from loaders.files import FileForm, SourceFile, form_of
from loaders.form_layout import FormReader, label_column
from loaders.headings import Headings, Layout, headings_for
from loaders.list_layout import heading_row, read_list
from loaders.records import Record
from loaders.remarks import remark
from loaders.sheets import Sheet
from loaders.tree_records import tree_records
from loaders.trees import Tree, read_json
from loaders.xlsx import read_xlsx
from loaders.yaml_tree import read_yaml

_MOSTLY = 0.6


@dataclass(frozen=True, slots=True)
class Table:
    """Hold the entries of a file and the text that belongs to none of them."""

    records: tuple[Record, ...]
    outside: tuple[str, ...] = ()


def read_table(file: SourceFile, layout: Layout, context: LoadContext, findings: Findings) -> Table:
    """Return the entries of a file, or raise when there is nothing to read."""
    headings = headings_for(layout, context.columns)
    form = form_of(file)
    match form:
        case FileForm.XLSX:
            sheets = tuple(read_xlsx(file, context.unpacked_bytes, findings))
            return read_sheets(file, sheets, headings, findings)
        case FileForm.CSV:
            return read_sheets(file, (read_csv(file, headings, findings),), headings, findings)
        case FileForm.DOCX:
            word = read_docx(file, context.unpacked_bytes, findings)
            table = read_sheets(file, word.sheets, headings, findings)
            if word.paragraphs:
                shown = " | ".join(word.paragraphs)
                remark(
                    findings,
                    "text-outside-tables",
                    word.sheets[0].place,
                    shown,
                    count=len(word.paragraphs),
                )
            return Table(table.records, (*table.outside, *word.paragraphs))
        case FileForm.YAML | FileForm.JSON:
            return Table(tuple(tree_records(read_tree(file, findings), headings, findings)))
        case _:
            raise wrong_form(file)


def read_tree(file: SourceFile, findings: Findings) -> Tree:
    """Return the content of a YAML or JSON file."""
    return (
        read_json(file, findings) if form_of(file) is FileForm.JSON else read_yaml(file, findings)
    )


def wrong_form(file: SourceFile) -> UnreadableFile:
    """Return the error for a file of a kind that this loader does not take."""
    return UnreadableFile(
        file.name,
        Text(
            "passt nicht zu dieser Art von Quelle."
            " Bitte eine Tabelle (.xlsx, .csv, .docx) oder .yml/.json angeben, RDF mit --as rdf.",
            "does not fit this kind of source."
            " Please give a table (.xlsx, .csv, .docx) or .yml/.json, and RDF with --as rdf.",
        ),
    )


def read_sheets(
    file: SourceFile, sheets: tuple[Sheet, ...], headings: Headings, findings: Findings
) -> Table:
    """Return the entries of tables; each is taken for a list or a form by its headings."""
    sheets = tuple(sheet for sheet in sheets if sheet.rows)
    if not sheets:
        raise NothingLoaded(
            file.name,
            Text(
                "enthält keine Tabelle mit Inhalt. Bitte Maßnahmen oder Ziele als Tabelle anlegen.",
                "contains no table with content. Please set up measures or goals as a table.",
            ),
        )
    reader = FormReader(headings, findings)
    records: list[Record] = []
    outside: list[str] = []
    for sheet in sheets:
        match _layout(sheet, headings, reader):
            case "list":
                table = read_list(sheet, headings, findings)
                records.extend(table.records)
                outside.extend(table.above)
            case "form":
                reader.read(sheet)
            case _:
                shown = " | ".join(cell.value for cells in sheet.rows for cell in cells)
                remark(findings, "no-heading-row", sheet.place.at(row=sheet.rows[0][0].row), shown)
    return Table((*records, *reader.finished()), tuple(outside))


def _layout(sheet: Sheet, headings: Headings, reader: FormReader) -> str | None:
    index, in_row = heading_row(sheet, headings)
    _, in_column = label_column(sheet, headings)
    if in_row >= 2 and in_row > in_column:
        return "list"
    if in_row >= 2 and in_row == in_column and in_row >= _MOSTLY * len(sheet.rows[index]):
        return "list"
    if in_column >= 2 or (reader.has_form and in_column >= 1):
        return "form"
    if in_row == 1 and in_column <= 1 and _is_title_row(sheet, index, headings):
        return "list"
    starts_left = any(cell.column > 1 for cells in sheet.rows for cell in cells[:1])
    return "form" if reader.has_form and starts_left else None


def _is_title_row(sheet: Sheet, index: int, headings: Headings) -> bool:
    matches = (headings.match(cell.value) for cell in sheet.rows[index])
    return any(match is not None and match.field == "title" for match in matches)
