"""The report: one model, the same in HTML, DOCX, XLSX and PDF."""

from __future__ import annotations

import io
import re
from html import unescape
from pathlib import Path

import httpx
import pytest
from docx import Document
from docx.oxml.ns import qn
from openpyxl import load_workbook

from api.interfaces import report_pdf
from api.interfaces.report import counted
from api.wording import texts_in
from kg.errors import PrintingFailed


@pytest.fixture
def page(circular: httpx.Client) -> str:
    """Give the German report as a page."""
    return circular.get("/de/bericht").text


def _plain(page: str) -> str:
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", page)))


def test_the_summary_says_in_sentences_what_is_known_and_what_is_not(page: str) -> None:
    sentences = re.findall(r"<li>([^<]+)</li>", page)
    assert sentences == [
        "Das Dokument enthält 2 Maßnahmen und ein Ziel, Handlungsfeld oder Leitbild.",
        "Der Datenbestand kennt dazu 4 Schnittstellen: 2 erklärt oder bestätigt, 2 vorgeschlagen"
        " und noch von niemandem geprüft.",
        "Davon führen 1 zu Zielen des Dokuments selbst und 1 zu Nachhaltigkeitszielen.",
        "Berührte Nachhaltigkeitsziele (SDG): 12 Nachhaltiger Konsum.",
        "Von 1 beschlossenen Konzepten sind 1 berührt (Zahl der Schnittstellen): Klimakonzept (2).",
        "Lücken gibt es in beide Richtungen: Das Dokument lässt ein Ziel der anderen Konzepte"
        " unberührt und enthält eine Maßnahme ohne Bezug zu einem anderen Konzept.",
        "An Konflikten nennt der Datenbestand eine Schnittstelle.",
        "Auf diesen oberen Stufen der R-Leiter nennt keine Maßnahme etwas: R0.",
    ]


def test_the_report_says_that_proposals_are_unreviewed_and_how_good_they_are(page: str) -> None:
    text = _plain(page)
    assert "Niemand hat sie fachlich geprüft" in text
    assert "Erste Antwort richtig, in %" in text


def test_the_document_has_the_headings_and_tables_of_the_page(
    circular: httpx.Client, page: str
) -> None:
    document = Document(io.BytesIO(circular.get("/de/bericht.docx").content))
    headings = [
        paragraph.text
        for paragraph in document.paragraphs
        if paragraph.style is not None and paragraph.style.name.startswith("Heading")
    ]
    body = page[page.index('<dl class="facts">') :]
    shown = re.findall(r'<h[23](?: id="part[^"]*")?>(.*?)</h[23]>', body)
    assert headings == [unescape(text) for text in shown]
    tables = [
        [[cell.text for cell in row.cells] for row in table.rows] for table in document.tables
    ]
    assert tables == [
        [
            [_plain(cell).strip() for cell in re.findall(r"<t[hd].*?</t[hd]>", row, re.DOTALL)]
            for row in re.findall(r"<tr>.*?</tr>", table, re.DOTALL)
        ]
        for table in re.findall(r'<table class="report.*?</table>', page, re.DOTALL)
    ]


def test_tables_of_the_document_have_a_header_row_and_an_alternative_text(
    circular: httpx.Client,
) -> None:
    document = Document(io.BytesIO(circular.get("/de/bericht.docx").content))
    for table in document.tables:
        assert table.rows[0]._tr.find(f".//{qn('w:tblHeader')}") is not None
        description = table._tbl.tblPr.find(qn("w:tblDescription"))
        assert description is not None
        assert description.get(qn("w:val"))


@pytest.mark.parametrize(("path", "locale"), [("/de/bericht", "de-DE"), ("/en/report", "en-GB")])
def test_the_document_names_its_language(circular: httpx.Client, path: str, locale: str) -> None:
    document = Document(io.BytesIO(circular.get(f"{path}.docx").content))
    languages = document.styles.element.findall(f".//{qn('w:rPrDefault')}//{qn('w:lang')}")
    assert [item.get(qn("w:val")) for item in languages] == [locale]


def test_the_workbook_holds_summary_matrix_list_gaps_conflicts_and_sources(
    circular: httpx.Client,
) -> None:
    book = load_workbook(io.BytesIO(circular.get("/de/bericht.xlsx").content))
    names = [
        "Zusammenfassung",
        "Schnittstellen je Konzept",
        "Gegen die 17 SDG",
        "Gegen die Konzepte",
        "Liste mit Belegen",
        "Ziele ohne Maßnahme",
        "Maßnahmen ohne Ziel",
        "Stufen der R-Leiter",
        "Maßnahmen ohne R0 bis R4",
        "Bekannte Nebenwirkungen",
        "Güte des Verfahrens",
        "Geladene Quellen",
    ]
    assert book.sheetnames == names
    assert book["Liste mit Belegen"].max_row == 1 + 4
    assert not [
        cell.coordinate
        for sheet in book.worksheets
        for row in sheet.iter_rows()
        for cell in row
        if cell.data_type == "f"
    ]


def test_the_report_is_narrowed_by_state_and_says_so(circular: httpx.Client) -> None:
    text = _plain(circular.get("/de/bericht?review=adopted").text)
    assert "Auswahl Erklärt oder bestätigt" in text
    assert "kennt dazu 2 Schnittstellen" in text


def test_labels_of_the_report_are_escaped(page: str) -> None:
    assert "<b>Laden" not in page


@pytest.mark.browser
def test_the_pdf_is_tagged_and_names_its_language(circular: httpx.Client) -> None:
    if report_pdf.printer() is None:
        pytest.skip("chromium is not installed on this machine: apt-get install chromium")
    content = circular.get("/de/bericht.pdf").content
    assert content.startswith(b"%PDF-")
    assert b"/StructTreeRoot" in content
    assert b"/Lang (de)" in content


def test_a_machine_without_a_browser_offers_no_pdf(
    circular: httpx.Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(report_pdf, "printer", lambda: None)
    page = circular.get("/de/bericht").text
    assert ".pdf?" not in page
    assert "Druckdialog" in page
    assert circular.get("/de/bericht.pdf").status_code == 404


@pytest.mark.parametrize("browser", ["/bin/false", "/no/such/browser"])
def test_a_browser_that_prints_nothing_is_told(browser: str) -> None:
    with pytest.raises(PrintingFailed, match="60"):
        report_pdf.pdf_bytes("<p>x</p>", browser)


def test_a_browser_that_hangs_is_ended_with_all_it_started(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    started = tmp_path / "pid"
    browser = tmp_path / "browser"
    browser.write_text(f"#!/bin/sh\nsleep 60 & echo $! > {started}\nwait\n", "utf-8")
    browser.chmod(0o755)
    monkeypatch.setattr(report_pdf, "_SECONDS", 1)
    with pytest.raises(PrintingFailed):
        report_pdf.pdf_bytes("<p>x</p>", str(browser))
    status = Path(f"/proc/{started.read_text('utf-8').strip()}/status")
    assert not status.exists() or "State:\tZ" in status.read_text("utf-8")


@pytest.mark.parametrize(
    ("count", "words"), [(0, "keine Maßnahme"), (1, "eine Maßnahme"), (2, "2 Maßnahmen")]
)
def test_a_number_stands_with_its_noun(count: int, words: str) -> None:
    assert counted(texts_in("de")["interfaces"], "measure", count) == words
