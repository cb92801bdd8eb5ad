"""Read the tables of a Word document, each with the heading that stands above it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from defusedxml import ElementTree

from kg.findings import Findings, Place
from loaders.archives import broken, open_archive, read_part, refuse_document_types
from loaders.files import SourceFile
from loaders.remarks import remark
from loaders.sheets import Cell, Sheet, letter
from loaders.text import clean
from loaders.xlsx import LONGEST_CELL

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_LEADERS = re.compile(r"\.{4,}|…{2,}")
_LONGEST_SECTION = 80


@dataclass(frozen=True, slots=True)
class WordTables:
    """Hold the tables of a document and the paragraphs that belong to none."""

    sheets: tuple[Sheet, ...]
    paragraphs: tuple[str, ...]


def read_docx(file: SourceFile, unpacked_limit: int, findings: Findings) -> WordTables:
    """Return the tables of a document in their order; `Tabelle 1` is the first."""
    archive = open_archive(file, unpacked_limit)
    refuse_document_types(file, archive)
    root = ElementTree.fromstring(read_part(file, archive, "word/document.xml"), forbid_dtd=True)
    sheets: list[Sheet] = []
    loose: list[str] = []
    since_table: list[str] = []
    section = ""
    number = 0
    for block in _all_blocks(root, file):
        if block.tag == f"{_W}p":
            text = clean(_LEADERS.sub(" … ", _text(block)))
            if text:
                since_table.append(text)
            continue
        if since_table and _is_section(since_table[-1]):
            section = since_table.pop()
        loose.extend(since_table)
        since_table = []
        number += 1
        sheet = _sheet(block, number, section, file, findings)
        if sheet.rows:
            sheets.append(sheet)
    return WordTables(tuple(sheets), (*loose, *since_table))


def _all_blocks(root: Element, file: SourceFile) -> list[Element]:
    try:
        return list(_blocks(root))
    except RecursionError as error:
        raise broken(file) from error


def _is_section(text: str) -> bool:
    """Tell whether the last paragraph before a table is its heading: short and no sentence."""
    return (
        len(text) <= _LONGEST_SECTION
        and "\n" not in text
        and "…" not in text
        and text[-1] not in ".:;,"
    )


def _blocks(element: Element) -> Iterator[Element]:
    """Give tables and paragraphs outside of tables, also those inside content controls."""
    for child in element:
        if child.tag in {f"{_W}tbl", f"{_W}p"}:
            yield child
        elif child.tag != _FALLBACK:
            yield from _blocks(child)


def _children(element: Element, tag: str) -> Iterator[Element]:
    """Give children of a tag, looking through content controls and tracked insertions."""
    for child in element:
        if child.tag == f"{_W}{tag}":
            yield child
        elif child.tag in {
            f"{_W}sdt",
            f"{_W}sdtContent",
            f"{_W}ins",
            f"{_W}customXml",
            f"{_W}smartTag",
        }:
            yield from _children(child, tag)


def _sheet(
    table: Element, number: int, section: str, file: SourceFile, findings: Findings
) -> Sheet:
    name = f"Tabelle {number}"
    place = Place(file.name, sheet=name)
    rows: list[tuple[Cell, ...]] = []
    for row, element in enumerate(_children(table, "tr"), start=1):
        cells: list[Cell] = []
        column = 1
        for box in _children(element, "tc"):
            width = _number(box.find(f"{_W}tcPr/{_W}gridSpan"), 1)
            where = place.at(row=row, column=letter(column))
            merge = box.find(f"{_W}tcPr/{_W}vMerge")
            goes_on = merge is not None and merge.get(f"{_W}val", "continue") == "continue"
            text = "" if goes_on else _cell_text(box)
            if len(text) > LONGEST_CELL:
                remark(findings, "cell-too-long", where, text, length=len(text), limit=LONGEST_CELL)
                text = text[:LONGEST_CELL]
            if text:
                cells.append(Cell(text, row, column, where, columns=width))
            column += width
        if cells:
            rows.append(tuple(cells))
    return Sheet(name, place, tuple(rows), section)


def _number(element: Element | None, default: int) -> int:
    value = "" if element is None else element.get(f"{_W}val", "")
    return int(value) if value.isdigit() and len(value) < 4 else default


def _cell_text(box: Element) -> str:
    return clean("\n".join(_text(block) for block in _paragraphs(box)))


def _paragraphs(element: Element) -> Iterator[Element]:
    """Give the paragraphs of a cell in order, those of nested tables too."""
    for child in element:
        if child.tag == f"{_W}p":
            yield child
        elif child.tag != _FALLBACK:
            yield from _paragraphs(child)


def _text(paragraph: Element) -> str:
    """Return what a reader sees of a paragraph; deleted text of tracked changes is left out."""
    parts: list[str] = []
    waiting = [paragraph]
    while waiting:
        element = waiting.pop()
        match element.tag.removeprefix(_W):
            case "t":
                parts.append(element.text or "")
            case "tab" if element is not paragraph and not len(element):
                parts.append("\t")
            case "br" | "cr":
                parts.append("\n")
            case "noBreakHyphen":
                parts.append("-")
            case "sym":
                code = element.get(f"{_W}char", "")
                parts.append(chr(int(code, 16)) if re.fullmatch(r"[0-9A-Fa-f]{1,4}", code) else "")
            case "p" if element is not paragraph:
                parts.append("\n")
                waiting.extend(reversed(element))
            case "pPr" | "rPr" | "instrText" | "delText":
                continue
            case _ if element.tag == _FALLBACK:
                continue
            case _:
                waiting.extend(reversed(element))
    return "".join(parts)
