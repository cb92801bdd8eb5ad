"""Broken files: each names what is wrong, where, and what to do, in both languages."""

from __future__ import annotations

import codecs
import io
import zipfile
from collections.abc import Callable
from dataclasses import dataclass, replace

import openpyxl
import pytest

from kg.errors import NothingLoaded, UnreadableFile, UserError
from kg.findings import Finding, Severity
from loaders import Kind, LoadContext, read_bytes

Make = Callable[[], bytes]


def book(merged: tuple[str, ...] = (), **sheets: list[list[object]]) -> bytes:
    workbook = openpyxl.Workbook()
    workbook.remove(workbook.worksheets[0])
    for name, rows in sheets.items():
        sheet = workbook.create_sheet(name)
        for row in rows:
            sheet.append(row)
        for span in merged:
            sheet.merge_cells(span)
    stream = io.BytesIO()
    workbook.save(stream)
    return stream.getvalue()


def archive(parts: dict[str, bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in parts.items():
            file.writestr(name, content)
    return stream.getvalue()


def repacked(content: bytes, changed: dict[str, bytes]) -> bytes:
    with zipfile.ZipFile(io.BytesIO(content)) as file:
        parts = {name: file.read(name) for name in file.namelist()}
    return archive(parts | changed)


def encrypted_zip() -> bytes:
    content = bytearray(archive({"xl/workbook.xml": b"<workbook/>"}))
    content[6] |= 1
    central = content.index(b"PK\x01\x02")
    content[central + 8] |= 1
    return bytes(content)


def docx(body: bytes) -> bytes:
    namespace = b"http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    head = b'<?xml version="1.0"?><w:document xmlns:w="' + namespace + b'"><w:body>'
    return archive({"word/document.xml": head + body + b"</w:body></w:document>"})


GOALS = "Nr.;Ebene;Übergeordnet;Ziel;SDG-Bezug\n"
VALUES = "Kürzel;Indikator;Einheit;Art;Jahr;Wert;Wertart\n"
DOCTYPE = b'<!DOCTYPE rdf:RDF [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>'
RDF = b'<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"/>'
TABLE = b"<w:tbl><w:tr><w:tc><w:p><w:r><w:t>Ort</w:t></w:r></w:p></w:tc></w:tr></w:tbl>"


@dataclass(frozen=True)
class Refused:
    """A file that cannot be taken at all; `place` must stand in both sentences."""

    name: str
    content: Make
    kind: Kind
    place: tuple[str, str] = ("", "")
    error: type[UserError] = UnreadableFile


REFUSED = {
    "empty file": Refused("a.csv", lambda: b" \n", "measures"),
    "unknown separator": Refused(
        "a.csv", lambda: b"Nr.|Titel|Ort\n1|A|B\n", "measures", ("Zeile 1", "row 1")
    ),
    "NUL bytes": Refused(
        "a.csv", lambda: b"Nr.;Titel\n1;A\x00B\n", "measures", ("Zeile 2", "row 2")
    ),
    "neither UTF-8 nor Windows-1252": Refused(
        "a.csv", lambda: b"Nr.;Titel\n1;A\n2;\x81\x8d\n", "measures", ("Zeile 3", "row 3")
    ),
    "cut UTF-16": Refused(
        "a.csv",
        lambda: codecs.BOM_UTF16_LE + "Nr.;Titel\n".encode("utf-16-le") + b"\x00\xd8x",
        "measures",
        ("Zeile", "row"),
    ),
    "quotation mark that never ends": Refused(
        "a.csv", lambda: b'Nr.;Titel\n1;"A\n2;B\n', "measures", ("2", "2")
    ),
    "cell without end": Refused(
        "a.csv", lambda: b"Nr.;Titel\n1;" + b"x" * 200_000, "measures", ("Zeile 2", "row 2")
    ),
    "archive that is no workbook": Refused(
        "a.xlsx", lambda: archive({"mimetype": b"x"}), "measures"
    ),
    "cut workbook": Refused("a.xlsx", lambda: book(M=[["Titel"], ["A"]])[:-200], "measures"),
    "workbook without sheets": Refused(
        "a.xlsx", lambda: archive({"xl/workbook.xml": b"<workbook/>"}), "measures"
    ),
    "encrypted archive": Refused("a.xlsx", encrypted_zip, "measures"),
    "password or old format": Refused(
        "a.xls", lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 64, "measures"
    ),
    "PDF": Refused("a.xlsx", lambda: b"%PDF-1.7\n", "measures"),
    "zip bomb": Refused(
        "a.xlsx",
        lambda: archive({"xl/workbook.xml": b"<w/>", "xl/media/x": b"\x00" * 20_000_000}),
        "measures",
    ),
    "billion laughs in a workbook": Refused(
        "a.xlsx",
        lambda: repacked(
            book(M=[["Titel"], ["A"]]),
            {"xl/sharedStrings.xml": b'<!DOCTYPE x [<!ENTITY a "ha">]><x>&a;</x>'},
        ),
        "measures",
    ),
    "malformed XML in a document": Refused(
        "a.docx",
        lambda: archive({"word/document.xml": b"<w:document>\n<"}),
        "measures",
        ("Zeile", "line"),
    ),
    "YAML aliases": Refused(
        "a.yml",
        lambda: b"a: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]\n",
        "concept",
        ("Zeile 1", "line 1"),
    ),
    "YAML nested without end": Refused("a.yml", lambda: b"[" * 2000, "measures"),
    "YAML with one key twice": Refused(
        "a.yml",
        lambda: b"- titel: A\n  titel: B\n",
        "measures",
        ("Zeile 2", "line 2"),
    ),
    "YAML syntax": Refused(
        "a.yml", lambda: b"- titel: A\n  nr: [1\n- x", "measures", ("Zeile", "line")
    ),
    "two YAML documents": Refused(
        "a.yml", lambda: b"- titel: A\n---\n- titel: B\n", "measures", ("Zeile 2", "line 2")
    ),
    "JSON syntax": Refused(
        "a.json",
        lambda: b'[{"titel": "A"},\n {"titel" "B"}]',
        "measures",
        ("Zeile 2, Spalte 11", "line 2, column 11"),
    ),
    "JSON nested without end": Refused("a.json", lambda: b"[" * 100_000, "measures"),
    "JSON with one key twice": Refused(
        "a.json", lambda: b'[{"titel": "A", "titel": "B"}]', "measures", ("Zeile 1", "line 1")
    ),
    "cut Turtle": Refused(
        "a.ttl",
        lambda: b"@prefix ks: <https://x/> .\nks:a ks:b ",
        "rdf",
        ("Zeile 2", "line 2"),
    ),
    "JSON-LD context on the web": Refused(
        "a.jsonld", lambda: b'{"@context": "https://x.test/c", "@id": "https://x.test/a"}', "rdf"
    ),
    "RDF/XML with a document type": Refused("a.rdf", lambda: DOCTYPE + RDF, "rdf"),
    "RDF given as measures": Refused("a.ttl", lambda: b"<x:a> <x:b> <x:c> .", "measures"),
    "table given as strategy": Refused("a.csv", lambda: b"Nr.;Titel\n1;A\n", "strategy"),
    "no data rows": Refused(
        "a.csv",
        lambda: b"Nr.;Titel;Beschreibung\n",
        "measures",
        ("Zeile 1", "row 1"),
        NothingLoaded,
    ),
    "empty sheet": Refused("a.xlsx", lambda: book(Leer=[]), "measures", error=NothingLoaded),
    "document without tables": Refused(
        "a.docx",
        lambda: docx(b"<w:p><w:r><w:t>Nur Text</w:t></w:r></w:p>"),
        "measures",
        error=NothingLoaded,
    ),
    "document with another table": Refused(
        "a.docx",
        lambda: docx(TABLE),
        "measures",
        ("Blatt »Tabelle 1«, Zeile 1", "sheet “Tabelle 1”, row 1"),
        NothingLoaded,
    ),
    "RDF without statements": Refused(
        "a.ttl", lambda: b"@prefix a: <https://x/> .", "rdf", error=NothingLoaded
    ),
    "strategy without content": Refused(
        "a.yml", lambda: b"strategie:\n  titel: A\n", "strategy", error=NothingLoaded
    ),
    "SDG folder without texts": Refused("a.csv", lambda: b"a;b\n", "sdg", error=NothingLoaded),
}


@pytest.mark.parametrize("case", REFUSED.values(), ids=REFUSED)
def test_refused_file_says_where_and_what_to_do(case: Refused, context: LoadContext) -> None:
    with pytest.raises(case.error) as caught:
        read_bytes(case.name, case.content(), case.kind, context)
    text = caught.value.text
    assert caught.value.code == case.error.code
    assert case.place[0] in text.de
    assert case.place[1] in text.en
    assert case.error is NothingLoaded or ("itte" in text.de and "lease" in text.en)


def test_file_over_the_limit_is_refused(context: LoadContext) -> None:
    small = replace(context, file_bytes=10)
    with pytest.raises(UnreadableFile, match="more than the 10 allowed"):
        read_bytes("a.csv", b"Nr.;Titel\n1;A\n", "measures", small)


@dataclass(frozen=True)
class Reported:
    """A file with one odd place; `place` is sheet, row and column of the finding."""

    code: str
    name: str
    content: Make
    kind: Kind
    place: tuple[str | None, int | None, str | None]
    severity: Severity


def text(content: str) -> Make:
    return content.encode


DROPPED, WARNING, NOTE = Severity.DROPPED, Severity.WARNING, Severity.NOTE
VIOLATION = Severity.VIOLATION
MEASURES: list[list[object]] = [["Nr.", "Titel", "Zeitrahmen"], ["1", "A", "2025"]]

REPORTED = {
    "no title column": Reported(
        "missing-title-column",
        "a.csv",
        text("Nr.;Beschreibung;Status\n1;x;Idee\n"),
        "measures",
        (None, 1, "A"),
        VIOLATION,
    ),
    "one number twice": Reported(
        "duplicate-number",
        "a.csv",
        text("Nr.;Titel\nM 1;A\nM-1;B\n"),
        "measures",
        (None, 3, "Nr."),
        VIOLATION,
    ),
    "one goal number twice": Reported(
        "duplicate-number",
        "a.csv",
        text(GOALS + "1;Ziel;;A;\n1;Ziel;;B;\n"),
        "concept",
        (None, 3, "Nr."),
        VIOLATION,
    ),
    "goals in a circle": Reported(
        "goal-cycle",
        "a.csv",
        text(GOALS + "1;Ziel;3;A;\n2;Ziel;1;B;\n3;Ziel;2;C;\n"),
        "concept",
        (None, 2, "Übergeordnet"),
        VIOLATION,
    ),
    "goal above itself": Reported(
        "goal-cycle",
        "a.csv",
        text(GOALS + "1;Ziel;1;A;\n"),
        "concept",
        (None, 2, "Übergeordnet"),
        VIOLATION,
    ),
    "kind of component": Reported(
        "unknown-part",
        "a.yml",
        text("bausteine:\n- nr: 1\n  art: traum\n  titel: A\n"),
        "strategy",
        (None, 3, "art"),
        VIOLATION,
    ),
    "parent missing": Reported(
        "unknown-parent",
        "a.csv",
        text(GOALS + "1;Ziel;9;A;\n"),
        "concept",
        (None, 2, "Übergeordnet"),
        WARNING,
    ),
    "goal level": Reported(
        "unknown-level",
        "a.csv",
        text(GOALS + "1;Wunsch;;A;\n"),
        "concept",
        (None, 2, "Ebene"),
        WARNING,
    ),
    "SDG code": Reported(
        "unknown-sdg",
        "a.csv",
        text(GOALS + "1;Ziel;;A;12.5; 18\n".replace("12.5; 18", "18.3")),
        "concept",
        (None, 2, "SDG-Bezug"),
        DROPPED,
    ),
    "concept type": Reported(
        "unknown-concept-type",
        "a.yml",
        text("konzept:\n  titel: K\n  typ: wunschzettel\nziele:\n- nr: 1\n  ziel: A\n"),
        "concept",
        (None, 3, "typ"),
        WARNING,
    ),
    "key that is not of the format": Reported(
        "unknown-key",
        "a.yml",
        text("wetter: schön\nziele:\n- nr: 1\n  ziel: A\n"),
        "concept",
        (None, 1, None),
        DROPPED,
    ),
    "entry that is no mapping": Reported(
        "not-a-record", "a.yml", text("- titel: A\n- B\n"), "measures", (None, 2, None), DROPPED
    ),
    "row without title": Reported(
        "missing-title",
        "a.csv",
        text("Nr.;Titel;Status\n1;A;Idee\n2;;Idee\n"),
        "measures",
        (None, 3, "title"),
        DROPPED,
    ),
    "more values than headings": Reported(
        "extra-cells",
        "a.csv",
        text("Nr.;Titel\n1;A;B;C\n"),
        "measures",
        (None, 2, "C"),
        DROPPED,
    ),
    "fewer values than headings": Reported(
        "short-row",
        "a.csv",
        text("Nr.;Titel;Status\n1;A\n"),
        "measures",
        (None, 2, None),
        WARNING,
    ),
    "formula without value": Reported(
        "formula-without-value",
        "a.xlsx",
        lambda: book(M=[["Nr.", "Titel", "Kosten"], ["1", "A", "=1+1"]]),
        "measures",
        ("M", 2, "C"),
        DROPPED,
    ),
    "date as a number": Reported(
        "date-serial",
        "a.xlsx",
        lambda: book(M=[MEASURES[0], ["1", "A", 45292]]),
        "measures",
        ("M", 2, "Zeitrahmen"),
        NOTE,
    ),
    "title over several rows": Reported(
        "merged-title",
        "a.xlsx",
        lambda: book(("B2:B3",), M=[*MEASURES, ["", None, "bis 2030"]]),
        "measures",
        ("M", 2, "B"),
        NOTE,
    ),
    "huge cell": Reported(
        "cell-too-long",
        "a.csv",
        lambda: b"Nr.;Titel;Beschreibung\n1;A;" + b"x " * 20_000 + b"\n",
        "measures",
        (None, 2, "C"),
        DROPPED,
    ),
    "CSV named as a workbook": Reported(
        "unknown-column",
        "a.xlsx",
        text("Nr.;Titel;Farbe\n1;A;rot\n"),
        "measures",
        (None, 1, "Farbe"),
        NOTE,
    ),
    "umlauts garbled in the file": Reported(
        "garbled-text",
        "a.csv",
        text("Nr.;Titel\n1;Ma\u00c3\u00b6nahme\n"),
        "measures",
        (None, 2, None),
        WARNING,
    ),
    "other encoding": Reported(
        "encoding-guessed",
        "a.csv",
        lambda: "Nr.;Titel\n1;Börse\n".encode("cp1252"),
        "measures",
        (None, None, None),
        NOTE,
    ),
    "sheet without headings": Reported(
        "no-heading-row",
        "a.xlsx",
        lambda: book(M=MEASURES, Notiz=[["bitte", "nicht", "drucken"]]),
        "measures",
        ("Notiz", 1, None),
        DROPPED,
    ),
    "end before start": Reported(
        "year-order",
        "a.csv",
        text("Nr.;Titel;Zeitrahmen\n1;A;2030-2024\n"),
        "measures",
        (None, 2, "Zeitrahmen"),
        WARNING,
    ),
    "year that is none": Reported(
        "odd-year",
        "a.csv",
        text("Nr.;Titel;Startjahr\n1;A;-5\n"),
        "measures",
        (None, 2, "Startjahr"),
        WARNING,
    ),
    "status": Reported(
        "unknown-status",
        "a.csv",
        text("Nr.;Titel;Status\n1;A;grün\n"),
        "measures",
        (None, 2, "Status"),
        WARNING,
    ),
    "goal number": Reported(
        "unknown-goal",
        "a.csv",
        text("Nr.;Titel;Zielbezug\n1;A;9.9\n"),
        "measures",
        (None, 2, "Zielbezug"),
        WARNING,
    ),
    "instrument": Reported(
        "unknown-instrument",
        "a.csv",
        text("Nr.;Titel;Instrument\n1;A;Zauberstab\n"),
        "measures",
        (None, 2, "Instrument"),
        WARNING,
    ),
    "R-strategy": Reported(
        "unknown-r-strategy",
        "a.csv",
        text("Nr.;Titel;R-Strategie\n1;A;R77\n"),
        "measures",
        (None, 2, "R-Strategie"),
        WARNING,
    ),
    "value chain": Reported(
        "unknown-value-chain",
        "a.csv",
        text("Nr.;Titel;Wertschöpfungskette\n1;A;raumfahrt\n"),
        "measures",
        (None, 2, "Wertschöpfungskette"),
        WARNING,
    ),
    "page": Reported(
        "bad-page",
        "a.csv",
        text("Nr.;Titel;Seite\n1;A;vorn\n"),
        "measures",
        (None, 2, "Seite"),
        WARNING,
    ),
    "person in charge": Reported(
        "personal-data",
        "a.csv",
        text("Nr.;Titel;Zuständigkeit\n1;A;Anna Muster\n"),
        "measures",
        (None, 2, "Zuständigkeit"),
        DROPPED,
    ),
    "telephone number": Reported(
        "personal-data",
        "a.csv",
        text("Nr.;Titel;Beschreibung\n1;A;Tel. 0251 123456\n"),
        "measures",
        (None, 2, "Beschreibung"),
        DROPPED,
    ),
    "text for a number": Reported(
        "bad-number",
        "a.csv",
        text(VALUES + "I1;Abfall;kg;Impact;2024;viel;Ist\n"),
        "indicators",
        (None, 2, "Wert"),
        DROPPED,
    ),
    "negative year": Reported(
        "bad-year",
        "a.csv",
        text(VALUES + "I1;Abfall;kg;Impact;-2024;5;Ist\n"),
        "indicators",
        (None, 2, "Jahr"),
        DROPPED,
    ),
    "no year": Reported(
        "missing-year",
        "a.csv",
        text(VALUES + "I1;Abfall;kg;Impact;;5;Ist\n"),
        "indicators",
        (None, 2, "Jahr"),
        DROPPED,
    ),
    "kind of value": Reported(
        "unknown-value-type",
        "a.csv",
        text(VALUES + "I1;Abfall;kg;Impact;2024;5;Traum\n"),
        "indicators",
        (None, 2, "Wertart"),
        DROPPED,
    ),
    "one value twice": Reported(
        "duplicate-value",
        "a.csv",
        text(VALUES + "I1;Abfall;kg;Impact;2024;5;Ist\nI1;Abfall;kg;Impact;2024;6;Ist\n"),
        "indicators",
        (None, 3, "Wert"),
        DROPPED,
    ),
    "units that differ": Reported(
        "contradicting-indicator",
        "a.csv",
        text(VALUES + "I1;Abfall;kg;Impact;2023;5;Ist\nI1;Abfall;t;Impact;2024;6;Ist\n"),
        "indicators",
        (None, 3, "Einheit"),
        WARNING,
    ),
    "SDG indicator": Reported(
        "unknown-sdg-indicator",
        "a.csv",
        text("Kürzel;Indikator;SDG-Indikator;Jahr;Wert\nI1;Abfall;99.1.1;2024;5\n"),
        "indicators",
        (None, 2, "SDG-Indikator"),
        DROPPED,
    ),
    "official text of an unknown key": Reported(
        "unknown-key", "global_goals.yml", text("12-color: gelb\n"), "sdg", (None, 1, None), DROPPED
    ),
    "named graphs": Reported(
        "graphs-folded",
        "a.nq",
        text("<x:a> <x:b> <x:c> <x:g> .\n"),
        "rdf",
        (None, None, None),
        NOTE,
    ),
}


def finding(case: Reported, context: LoadContext) -> Finding:
    (loaded,) = read_bytes(case.name, case.content(), case.kind, context)
    return next(item for item in loaded.findings.items if item.code == case.code)


@pytest.mark.parametrize("case", REPORTED.values(), ids=REPORTED)
def test_finding_says_where_and_what_to_do(case: Reported, context: LoadContext) -> None:
    found = finding(case, context)
    place = found.place
    assert (place.sheet, place.row, place.column) == case.place
    assert found.severity is case.severity
    assert all((found.reason.de, found.reason.en, found.fix.de, found.fix.en))
    assert "{" not in found.reason.de + found.reason.en + found.fix.de + found.fix.en


VIOLATING = {name: case for name, case in REPORTED.items() if case.severity is VIOLATION}


@pytest.mark.parametrize("case", VIOLATING.values(), ids=VIOLATING)
def test_source_with_a_violation_yields_no_quads(case: Reported, context: LoadContext) -> None:
    (loaded,) = read_bytes(case.name, case.content(), case.kind, context)
    assert loaded.quads == []


def test_personal_data_stands_neither_in_quads_nor_in_findings(context: LoadContext) -> None:
    content = (
        "Nr.;Titel;Zuständigkeit;Kontakt\n"
        "1;A;Umweltamt, Frau Muster;anna.muster@example.org, 0251 / 1234567\n"
    )
    (loaded,) = read_bytes("a.csv", content.encode(), "measures", context)
    everything = f"{loaded.quads} {loaded.findings.items}"
    assert not [part for part in ("Muster", "example.org", "1234567") if part in everything]
    assert "Umweltamt" in everything
