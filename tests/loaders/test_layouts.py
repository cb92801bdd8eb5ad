"""Lists and forms in all the shapes in which cities keep them."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from kg.findings import Findings
from loaders.context import LoadContext
from loaders.files import SourceFile
from loaders.registry import read
from loaders.tables import Table, read_table

Workbook = Callable[..., bytes]
W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def table(
    name: str, content: bytes, context: LoadContext, findings: Findings | None = None
) -> Table:
    found = Findings() if findings is None else findings
    return read_table(SourceFile(name, content), "measures", context, found)


def document(*blocks: str) -> bytes:
    body = "".join(blocks)
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as file:
        file.writestr(
            "word/document.xml", f'<w:document xmlns:w="{W}"><w:body>{body}</w:body></w:document>'
        )
    return stream.getvalue()


def paragraph(text: str) -> str:
    return f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>"


def word_table(*rows: tuple[str, ...]) -> str:
    def cells(row: tuple[str, ...]) -> str:
        return "".join(f"<w:tc>{paragraph(text)}</w:tc>" for text in row)

    return "<w:tbl>" + "".join(f"<w:tr>{cells(row)}</w:tr>" for row in rows) + "</w:tbl>"


def test_headings_need_not_be_in_the_first_row(workbook: Workbook, context: LoadContext) -> None:
    rows = [["Maßnahmenliste 2026"], [], ["Nr.", "Titel", "Status"], ["1", "Bauteilbörse", "Idee"]]
    findings = Findings()
    read = table("a.xlsx", workbook(M=rows), context, findings)
    assert [record.text("title") for record in read.records] == ["Bauteilbörse"]
    assert read.outside == ("Maßnahmenliste 2026",)
    assert [item.code for item in findings.items] == ["lines-above"]


def test_every_sheet_of_a_workbook_is_read(workbook: Workbook, context: LoadContext) -> None:
    rows = [["Nr.", "Titel"], ["1", "A"]]
    read = table("a.xlsx", workbook(Bau=rows, Textil=rows), context)
    assert [record.place.sheet for record in read.records] == ["Bau", "Textil"]


def test_field_over_several_rows_counts_for_each(workbook: Workbook, context: LoadContext) -> None:
    rows = [["Handlungsfeld", "Titel", "Status"], ["Bau", "A", "Idee"], [None, "B", "Idee"]]
    read = table("a.xlsx", workbook(merged=["A2:A3"], M=rows), context)
    assert [record.text("field") for record in read.records] == ["Bau", "Bau"]


def test_wide_row_alone_names_the_field_of_those_below(
    workbook: Workbook, context: LoadContext
) -> None:
    rows = [["Nr.", "Titel", "Status"], ["Bau und Gebäude"], ["1", "A", "Idee"]]
    read = table("a.xlsx", workbook(merged=["A2:C2"], M=rows), context)
    assert [(record.section, record.text("title")) for record in read.records] == [
        ("Bau und Gebäude", "A")
    ]


def test_two_columns_of_one_field_are_joined_and_told(context: LoadContext) -> None:
    findings = Findings()
    content = "Titel;Kosten;Personalaufwand\nA;10.000 €;0,5 VZÄ\n".encode()
    (record,) = table("a.csv", content, context, findings).records
    assert record.text("cost_text") == "10.000 €\n0,5 VZÄ"
    assert [item.code for item in findings.items] == ["columns-joined"]


def test_line_breaks_within_quotes_stay_within_the_cell(context: LoadContext) -> None:
    content = b'Nr.;Titel;Beschreibung\n1;A;"eins\nzwei"\n2;B;drei\n'
    first, second = table("a.csv", content, context).records
    assert first.text("description") == "eins\nzwei"
    assert (second.place.row, second.text("code")) == (4, "2")


def test_own_assignment_of_columns(context: LoadContext) -> None:
    assigned = replace(context, columns={"Farbe": "title"})
    (record,) = table("a.csv", b"Farbe;Status\nrot;Idee\n", assigned).records
    assert record.text("title") == "rot"


def test_form_with_a_label_cut_over_two_rows(workbook: Workbook, context: LoadContext) -> None:
    rows = [
        ["Titel", "Bauteilbörse"],
        ["Kurzbeschreibung", "erste Zeile"],
        [None, "zweite Zeile"],
        ["CO2-Reduktionspo-", "40 t"],
        ["tential", "im Jahr"],
    ]
    (record,) = table("a.xlsx", workbook(M=rows), context).records
    assert record.text("description") == "erste Zeile\nzweite Zeile"
    assert record.text("ghg_saving") == "40 t\nim Jahr"


def test_form_with_two_labels_a_row(workbook: Workbook, context: LoadContext) -> None:
    rows = [
        ["Titel", "Bauteilbörse", "Nr.", "M 1"],
        ["Kurzbeschreibung", "Text"],
        ["Federführung", "Umweltamt", "Status", "Idee"],
    ]
    (record,) = table("a.xlsx", workbook(M=rows), context).records
    assert (record.text("code"), record.text("status")) == ("M 1", "Idee")


def test_several_forms_on_one_sheet(workbook: Workbook, context: LoadContext) -> None:
    form = [["Titel", "A"], ["Kurzbeschreibung", "a"], ["Status", "Idee"]]
    other = [["Titel", "B"], ["Kurzbeschreibung", "b"], ["Status", "Laufend"]]
    records = table("a.xlsx", workbook(M=[*form, *other]), context).records
    assert [(record.text("title"), record.text("status")) for record in records] == [
        ("A", "Idee"),
        ("B", "Laufend"),
    ]


def test_form_goes_on_on_the_next_sheet(workbook: Workbook, context: LoadContext) -> None:
    findings = Findings()
    content = workbook(
        Eins=[["Titel", "A"], ["Kurzbeschreibung", "Anfang"]],
        Zwei=[[None, "Ende"], ["Federführung", "Umweltamt"], ["Kosten", "10 €"]],
    )
    (record,) = table("a.xlsx", content, context, findings).records
    assert record.text("description") == "Anfang\nEnde"
    assert record.text("cost_text") == "10 €"
    assert [item.code for item in findings.items] == ["continued"]


def test_form_without_title_is_not_mixed_into_the_one_before(
    workbook: Workbook, context: LoadContext
) -> None:
    labels = ["Kurzbeschreibung", "Federführung", "Kosten"]
    form = [[label, "x"] for label in labels]
    findings = Findings()
    content = workbook(Eins=[["Titel", "A"], *form], Zwei=form)
    (record,) = table("a.xlsx", content, context, findings).records
    assert record.text("description") == "x"
    assert "missing-title" in [item.code for item in findings.items]


def test_table_of_years_in_a_form_names_each_year(workbook: Workbook, context: LoadContext) -> None:
    rows = [
        ["Titel", "A"],
        ["Haushaltsansätze/ Planung", "Produktgruppe", "Ansatz", "Planung"],
        [None, None, 2026, 2027],
        ["Teilergebnisplan (konsumtiv)", 1401, 1500, 1600],
        ["Kosten", "gering"],
    ]
    (record,) = table("a.xlsx", workbook(M=rows), context).records
    assert record.text("budget_operating") == "1401; 2026: 1500; 2027: 1600"
    assert record.text("cost_text") == "gering"


def test_word_heading_above_a_form_is_its_section(context: LoadContext) -> None:
    form = word_table(("Titel", "A"), ("Kurzbeschreibung", "Text"))
    content = document(paragraph("Vorwort, das ein Satz ist."), paragraph("Bau"), form)
    read = table("a.docx", content, context)
    assert [(record.section, record.text("title")) for record in read.records] == [("Bau", "A")]
    assert read.outside == ("Vorwort, das ein Satz ist.",)


def test_word_form_in_a_content_control_is_read(context: LoadContext) -> None:
    form = word_table(("Titel", "A"), ("Kurzbeschreibung", "Text"))
    content = document(f"<w:sdt><w:sdtContent>{form}</w:sdtContent></w:sdt>")
    assert len(table("a.docx", content, context).records) == 1


def test_deleted_text_of_tracked_changes_is_not_read(context: LoadContext) -> None:
    changed = "<w:del><w:r><w:delText>alt</w:delText></w:r></w:del>"
    form = word_table(("Titel", "A"), ("Kurzbeschreibung", "neu")).replace(
        "<w:p><w:r><w:t>neu", f"<w:p>{changed}<w:r><w:t>neu"
    )
    (record,) = table("a.docx", document(form), context).records
    assert record.text("description") == "neu"


@pytest.mark.parametrize(
    "content",
    [
        b"- nr: 1\n  titel: A\n  status: Idee\n",
        b"massnahmen:\n- nr: 1\n  titel: A\n  status: Idee\n",
        b"nr: 1\ntitel: A\nstatus: Idee\n",
    ],
    ids=["list", "under a key", "one entry"],
)
def test_yaml_entries(content: bytes, context: LoadContext) -> None:
    (record,) = table("a.yml", content, context).records
    assert (record.text("code"), record.text("title")) == ("1", "A")


def test_number_in_yaml_and_json_stays_as_written(context: LoadContext) -> None:
    (yaml_record,) = table("a.yml", b"- nr: 1.10\n  titel: A\n", context).records
    (json_record,) = table("a.json", b'[{"nr": 1.10, "titel": "A"}]', context).records
    assert yaml_record.text("code") == json_record.text("code") == "1.10"


def test_a_remark_on_a_goal_is_kept_apart_from_its_wording(
    tmp_path: Path, context: LoadContext
) -> None:
    file = tmp_path / "ziele.csv"
    file.write_text("Nr.;Ziel;Beschreibung;Anmerkung\n1;Abfälle vermeiden;Weniger Müll;Presse\n")
    (loaded,) = read(file, "concept", context)
    said = {quad.predicate.value.rsplit("/", 1)[-1]: quad.object.value for quad in loaded.quads}
    assert said["description"] == "Weniger Müll"
    assert said["core#editorialNote"] == "Presse"
