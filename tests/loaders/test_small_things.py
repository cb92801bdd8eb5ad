"""Odd cells, hidden sheets, paths that lead nowhere, and words in many spellings."""

from __future__ import annotations

import io
from datetime import date, datetime, time
from pathlib import Path

import openpyxl
import pytest

from kg.errors import UnreadableFile
from kg.findings import Findings
from loaders import LoadContext, read, read_bytes
from loaders.entries import derivation_of
from loaders.files import SourceFile
from loaders.people import is_person, without_contacts
from loaders.xlsx import read_xlsx

LIMIT = 64_000_000


def workbook(value: object, *, hidden: bool = False) -> SourceFile:
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.append(["Titel", value])
    if hidden:
        sheet.sheet_state = "hidden"
        book.create_sheet("Offen").append(["Titel"])
    stream = io.BytesIO()
    book.save(stream)
    return SourceFile("a.xlsx", stream.getvalue())


@pytest.mark.parametrize(
    ("value", "text", "kind"),
    [
        (date(2026, 3, 1), "2026-03-01", "date"),
        (datetime(2026, 3, 1, 12, 30), "2026-03-01T12:30:00", "date"),
        (time(8, 15), "08:15:00", "date"),
        (True, "ja", "boolean"),
        (False, "nein", "boolean"),
        (1234.5, "1234,5", "number"),
        (0.1, "0,1", "number"),
        (1401, "1401", "number"),
        ("a\xa0b", "a b", "text"),
    ],
)
def test_value_of_a_cell(value: object, text: str, kind: str) -> None:
    (sheet,) = read_xlsx(workbook(value), LIMIT, Findings())
    cell = sheet.rows[0][1]
    assert (cell.value, cell.kind, cell.column_letter) == (text, kind, "B")


def test_hidden_sheet_is_left_out_and_told() -> None:
    findings = Findings()
    (sheet,) = read_xlsx(workbook("x", hidden=True), LIMIT, findings)
    assert sheet.name == "Offen"
    assert [item.code for item in findings.items] == ["hidden-sheet"]


def test_calculation_error_and_huge_cell_are_told() -> None:
    findings = Findings()
    read_xlsx(workbook("#DIV/0!"), LIMIT, findings)
    assert [(item.code, item.place.column) for item in findings.items] == [("cell-error", "B")]


def test_missing_file_and_folder_are_refused(tmp_path: Path, context: LoadContext) -> None:
    for path in (tmp_path / "a.csv", tmp_path):
        with pytest.raises(UnreadableFile):
            read(path, "measures", context)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.yml", b"titel\n"),
        ("a.json", b"[1, 2]"),
        ("a.json", b"[null]"),
        ("a.json", b"NaN"),
        ("a.yml", b"- {farbe: rot}\n"),
        ("a.yml", b"? [a]\n: b\n"),
        ("a.jsonld", b"{"),
        ("a.ttl", "<https://x.test/\u00e4 b> a a .".encode()),
    ],
)
def test_content_without_entries_is_refused_with_a_remedy(
    name: str, content: bytes, context: LoadContext
) -> None:
    kind = "rdf" if name in {"a.jsonld", "a.ttl"} else "measures"
    with pytest.raises(Exception, match=r"lease|entries") as caught:
        read_bytes(name, content, kind, context)  # type: ignore[arg-type]  # one of the kinds
    assert caught.type.__module__.startswith("kg.errors.")


def test_json_keeps_yes_no_and_lists(context: LoadContext) -> None:
    content = b'[{"titel": "A", "farbe": ["rot", "blau"], "neu": true, "alt": null, "m": {"a": 1}}]'
    (loaded,) = read_bytes("a.json", content, "measures", context)
    kept = {str(quad.object) for quad in loaded.quads if "originalColumn" in str(quad.predicate)}
    assert kept == {'"farbe: rot; blau"@de', '"neu: ja"@de', '"m: a: 1"@de'}


def test_concept_of_another_city_is_told(context: LoadContext) -> None:
    content = "konzept: {titel: K, ags: '05515000', wetter: schön}\nziele: [{nr: 1, ziel: A}]\n"
    (loaded,) = read_bytes("k.yml", content.encode(), "concept", context)
    assert [item.code for item in loaded.findings.items] == ["other-city", "unknown-column"]


def test_goal_list_without_a_concept_takes_its_name_from_the_file(context: LoadContext) -> None:
    (loaded,) = read_bytes("Klima_2030.json", b'[{"nr": "1", "ziel": "A"}]', "concept", context)
    assert loaded.record.title_de == "Klima 2030"


@pytest.mark.parametrize(
    "name", ["Frau Muster", "Dr. Eva Muster", "Peter von Muster", "Dr. E. Muster"]
)
def test_person_is_recognised(name: str) -> None:
    assert is_person(name)


@pytest.mark.parametrize(
    "name", ["Umweltamt", "Münster Marketing", "Smart City", "Wohn + Stadtbau GmbH", "FH Münster"]
)
def test_body_is_no_person(name: str) -> None:
    assert not is_person(name)


@pytest.mark.parametrize(
    "text",
    [
        "V/0573/2024",
        "Vorlage V/0666/2021 vom 01.06.2023",
        "0113 13 1.500 15.000",
        "04/2024 - 03/2026",
        "ca. 215 Mio. € bis 2028",
        "Frauenstraße 24",
        "https://x.test/a@b",
    ],
)
def test_council_papers_and_amounts_are_no_contacts(text: str) -> None:
    assert without_contacts(text) == (text, ())


def test_unknown_derivation_is_told() -> None:
    findings = Findings()
    place = read_xlsx(workbook("x"), LIMIT, findings)[0].place
    assert derivation_of("geraten", place, findings) is None
    assert [item.code for item in findings.items] == ["unknown-derivation"]
