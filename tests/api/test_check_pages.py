"""Check a measure on the pages: suggestions, downloads, texts and lists, all without a script."""

from __future__ import annotations

import io
import json
import re
from base64 import b64decode
from html import unescape

import httpx
import jsonschema
import openpyxl
import pytest
from docx import Document

from kg.fit.schema import report_schema
from tests.api.town import AGS

CHECK, LIST = "/de/pruefen", "/de/pruefen/liste"
FIELDS = {"title": "Bauteilbörse", "description": "Türen werden vermittelt."}
CSV = "Nr.;Titel;Beschreibung;Lieblingsfarbe\n1;Bauteilbörse;Türen;rot\n2;!!!;;\n3;Lastenrad;;\n"


def _posted(client: httpx.Client, path: str = CHECK, **fields: str) -> httpx.Response:
    return client.post(path, data={"city": AGS, **fields})


def _uploaded(client: httpx.Client, do: str, text: str = CSV, **headers: str) -> httpx.Response:
    return client.post(
        LIST,
        data={"city": AGS, "do": do},
        files={"file": ("liste.csv", text.encode(), "text/csv")},
        headers=headers,
    )


def test_every_field_has_help_that_is_bound_to_it(client: httpx.Client) -> None:
    text = client.get(CHECK).text
    helped = set(re.findall(r'aria-describedby="([^"]+)"', text))
    assert helped == {f"{name}-hint" for name in re.findall(r'<label for="([^"]+)"', text)}
    assert all(f'id="{name}"' in text for name in helped)


def test_suggestions_are_buttons_that_name_their_reason(client: httpx.Client) -> None:
    text = _posted(client, do="suggest", **FIELDS).text
    assert 'value="take:r_strategy:R3"' in text
    assert "Der Text nennt »Türen«." in text
    assert 'value="Bauteilbörse"' in text


def test_a_suggestion_taken_over_is_chosen_in_the_form(client: httpx.Client) -> None:
    text = _posted(client, do="take:r_strategy:R3", **FIELDS).text
    assert '<option value="R3" selected>' in text
    assert 'aria-pressed="true"' in text


def test_only_fields_of_the_form_can_be_taken_over(client: httpx.Client) -> None:
    text = _posted(client, do="take:city:00000000", **FIELDS).text
    assert "00000000" not in text


def test_a_text_without_a_hint_says_so(client: httpx.Client) -> None:
    text = _posted(client, do="suggest", title="Lastenrad").text
    assert "Aus dem Text lässt sich keine Angabe ablesen" in text


def test_an_open_page_gets_the_suggestions_alone(client: httpx.Client) -> None:
    text = _posted(client, do="suggestions", **FIELDS).text
    assert "take:r_strategy:R3" in text
    assert "<html" not in text


def test_enter_checks_and_does_not_take_a_suggestion(client: httpx.Client) -> None:
    text = _posted(client, do="suggest", **FIELDS).text
    form = text[text.index('<form class="check"') :]
    first = re.search(r"<button[^>]*>", form)
    assert first is not None
    assert 'value="check"' in first[0]


def test_the_json_file_is_what_the_service_answers(client: httpx.Client) -> None:
    answer = _posted(client, do="json", **FIELDS)
    jsonschema.validate(answer.json(), json.loads(report_schema()))
    expected = client.post("/api/v1/check", params={"city": AGS, "lang": "de"}, json=FIELDS)
    assert answer.json() == expected.json()
    assert answer.headers["content-disposition"].endswith('filename="kreislaufstadt-pruefung.json"')


def test_the_document_has_the_council_text_and_the_grounds(client: httpx.Client) -> None:
    document = Document(io.BytesIO(_posted(client, do="docx", **FIELDS).content))
    words = "\n".join(item.text for item in document.paragraphs)
    cells = "\n".join(cell.text for table in document.tables for cell in table._cells)
    assert document.core_properties.language == "de-DE"
    assert "Vor der Verwendung fachlich zu prüfen." in words
    assert "»1 Weniger Bauabfall« (Klimakonzept, Beschluss V/1): sehr wahrscheinlich" in words
    assert "Bauabfälle sinken" in cells
    assert "https://example.org/klima.pdf, Seite 12" in cells


def test_the_workbook_has_a_row_for_each_ground(client: httpx.Client) -> None:
    book = openpyxl.load_workbook(io.BytesIO(_posted(client, do="xlsx", **FIELDS).content))
    assert [sheet.max_row for sheet in book.worksheets][:2] == [2, 5]


@pytest.mark.parametrize("form", ["docx", "xlsx", "json"])
def test_signs_that_no_file_may_hold_do_not_break_a_file(client: httpx.Client, form: str) -> None:
    answer = _posted(client, do=form, title="=1+1\x01\ufffe", description="\x0bTüren\x1f")
    assert answer.status_code == 200
    assert "text/html" not in answer.headers["content-type"]


def test_a_pasted_paragraph_is_checked_and_fills_the_form(client: httpx.Client) -> None:
    text = _posted(client, do="text", text="Bauteilbörse\nTüren werden vermittelt.").text
    assert "<h1>Ergebnis der Prüfung</h1>" in text
    assert 'name="title" type="text"' in text
    assert 'value="Bauteilbörse"' in text


def test_fields_of_a_pasted_sheet_that_the_form_does_not_show_are_kept(
    client: httpx.Client,
) -> None:
    text = _posted(
        client, do="text", text="titel: Bauteilbörse\nnummer: M 7\nR-Strategien: R3, R7"
    ).text
    assert '<input type="hidden" name="number" value="M 7">' in text
    assert '<option value="R3; R7" selected>' in text


def test_each_paragraph_of_a_text_is_a_measure(client: httpx.Client) -> None:
    text = _posted(client, LIST, do="text", text="1. Bauteilbörse\r\n2. Lastenrad\r\n3. !!!").text
    assert "Geprüfte Maßnahmen: 2, gelesen: 3." in text
    assert text.count(">Ansehen</button>") == 2
    assert "Die Beschreibung der Maßnahme ist leer" in text


@pytest.mark.parametrize("path", [CHECK, LIST])
def test_an_empty_text_is_refused_in_words(client: httpx.Client, path: str) -> None:
    assert "Bitte mindestens einen Titel angeben." in _posted(client, path, do="text").text


def test_a_list_is_a_table_with_every_remark_at_its_place(client: httpx.Client) -> None:
    text = _uploaded(client, "check").text
    assert "liste.csv: Geprüfte Maßnahmen: 2, gelesen: 3." in text
    rows = [re.sub(r"<[^>]+>|\s+", " ", row) for row in re.findall(r"<tr>.*?</tr>", text, re.S)]
    assert any("liste.csv" in row and "Lieblingsfarbe" in row for row in rows)
    assert any("leer" in row and "berichtigen" in row for row in rows)


def test_a_row_of_a_list_can_be_opened_alone(client: httpx.Client) -> None:
    form = re.search(
        r'<form action="/de/pruefen" method="post">.*?</form>',
        _uploaded(client, "check").text,
        re.S,
    )
    assert form is not None
    fields = dict(re.findall(r'name="(\w+)" value="([^"]*)"', form[0]))
    assert fields == {
        "title": "Bauteilbörse", "number": "1", "description": "Türen", "city": AGS, "do": "check",
    }  # fmt: skip
    assert "<h1>Ergebnis der Prüfung</h1>" in client.post(CHECK, data=fields).text


def test_the_overview_stands_in_the_page_and_opens_as_a_file(client: httpx.Client) -> None:
    text = unescape(_uploaded(client, "check").text)
    files = dict(
        re.findall(
            r'href="data:([^;]+)[^"]*?;base64,([^"]+)" download="kreislaufstadt-pruefung', text
        )
    )
    table = b64decode(files["text/csv"]).decode("utf-8-sig").splitlines()
    book = openpyxl.load_workbook(
        io.BytesIO(b64decode(next(files[kind] for kind in files if "sheet" in kind)))
    )
    assert len(table) == 4
    assert book.sheetnames == ["Maßnahmen", "Befunde"]


@pytest.mark.parametrize(("do", "start"), [("xlsx", b"PK"), ("csv", b"\xef\xbb\xbf")])
def test_a_list_can_be_loaded_with_all_grounds(client: httpx.Client, do: str, start: bytes) -> None:
    answer = _uploaded(client, do)
    assert answer.content.startswith(start)
    assert answer.headers["content-disposition"].endswith(f'-pruefung.{do}"')


def test_progress_is_told_line_by_line_and_ends_with_the_page(client: httpx.Client) -> None:
    many = "Nr.;Titel\n" + "".join(f"{number};Lastenrad\n" for number in range(10))
    answer = _uploaded(client, "check", many, Accept="application/x-ndjson")
    *steps, last = [json.loads(line) for line in answer.text.splitlines()]
    assert [step["checked"] for step in steps] == [0, 8, 10]
    assert "<h1>Ergebnis der Liste</h1>" in last["page"]


def test_progress_of_a_file_ends_with_the_file(client: httpx.Client) -> None:
    answer = _uploaded(client, "csv", Accept="application/x-ndjson")
    last = json.loads(answer.text.splitlines()[-1])
    assert b64decode(last["file"].partition(",")[2]) == _uploaded(client, "csv").content


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "Bitte"),
        ("Farbe;Form\nrot;rund\n", "liste.csv"),
        ("Nr.;Titel\n" + "1;Lastenrad\n" * 201, "erlaubt sind 200"),
    ],
    ids=["empty", "no title", "too many"],
)
def test_a_list_that_cannot_be_read_says_why(client: httpx.Client, text: str, words: str) -> None:
    page = _uploaded(client, "check", text).text
    alert = re.search(r'role="alert">([^<]+)<', page)
    assert alert is not None
    assert words in alert[1]


def test_the_start_page_counts_the_goals_that_the_strategy_serves(client: httpx.Client) -> None:
    text = client.get("/de/").text
    assert re.search(
        r'/de/abfragen/goals-served\?city=05515000"><strong>0</strong> <span>Ziele, denen', text
    )
    assert text.index('class="check"') < text.index('class="numbers"')


def test_a_low_rung_is_answered_with_the_rungs_above_it(client: httpx.Client) -> None:
    text = _posted(client, r_strategy="R8", **FIELDS).text
    assert "Höhere Stufen der R-Leiter (R0 bis R7)" in text


def test_a_long_title_does_not_break_the_document(client: httpx.Client) -> None:
    document = Document(io.BytesIO(_posted(client, do="docx", title="Tür " * 120).content))
    assert len(document.core_properties.title) <= 255


def test_a_list_without_a_file_is_refused_in_words(client: httpx.Client) -> None:
    alert = re.search(r'role="alert">([^<]+)<', _posted(client, LIST, do="check").text)
    assert alert is not None
    assert "ob die richtige Datei gewählt wurde" in alert[1]
