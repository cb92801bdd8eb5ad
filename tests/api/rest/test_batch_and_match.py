"""Lists of measures and texts: one answer each, everything told, nothing read as a formula."""

from __future__ import annotations

import csv
import io

import httpx
import openpyxl
import pytest

from tests.api.town import AGS

BATCH = "/api/v1/check/batch"
CSV = (
    "Nr.;Titel;Beschreibung;Kosten;Lieblingsfarbe\n"
    "1;Bauteilbörse;Gebrauchte Türen werden vermittelt.;5 €;rot\n"
    "2;=1+1;;;\n"
    ";;Ohne Titel;;\n"
)


def _sent(client: httpx.Client, text: str = CSV, **values: str) -> httpx.Response:
    headers = {"Content-Type": "text/csv"}
    return client.post(BATCH, params={"city": AGS, **values}, content=text, headers=headers)


def _workbook(rows: list[list[str]]) -> bytes:
    book = openpyxl.Workbook()
    for row in rows:
        book.worksheets[0].append(row)
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def test_a_list_is_checked_like_each_measure_alone(rest: httpx.Client) -> None:
    first = _sent(rest).json()["rows"][0]
    given = {"number": "1", "title": "Bauteilbörse",
             "description": "Gebrauchte Türen werden vermittelt."}  # fmt: skip
    alone = rest.post("/api/v1/check", params={"city": AGS}, json=given).json()
    assert first["report"] == alone
    assert first["row"] == 2


def test_nothing_of_a_list_is_dropped_silently(rest: httpx.Client) -> None:
    answer = _sent(rest).json()
    told = {(finding["code"], finding["row"]) for finding in answer["findings"]}
    assert (answer["read"], answer["checked"]) == (2, 2)
    assert {("missing-title", 4), ("not-used", None), ("unknown-column", 1)} <= told
    assert all(finding["reason"] and finding["fix"] for finding in answer["findings"])


def test_a_measure_that_cannot_be_checked_has_its_reason_in_its_row(rest: httpx.Client) -> None:
    text = f"Titel;Beschreibung\n!!!;\n{'Türen ' * 100};\nLastenrad;Verleih\n"
    answer = _sent(rest, text, format="csv", lang="en")
    rows = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert [bool(row["Not checked because"]) for row in rows] == [True, True, False]
    assert [bool(row["Summary"]) for row in rows] == [False, False, True]


def test_a_workbook_comes_back_with_three_sheets(rest: httpx.Client) -> None:
    content = _workbook([["Nr.", "Titel"], ["1", "Bauteilbörse"], ["2", "Lastenrad"]])
    sent = rest.post(BATCH, params={"format": "xlsx"}, files={"file": ("liste.xlsx", content)})
    book = openpyxl.load_workbook(io.BytesIO(sent.content))
    assert book.sheetnames == ["Maßnahmen", "Urteile und Belege", "Befunde"]
    assert [row[2].value for row in book.worksheets[0].iter_rows(min_row=2)] == [
        "Bauteilbörse",
        "Lastenrad",
    ]
    assert book.worksheets[1].max_row > 2


def test_no_cell_of_the_workbook_is_a_formula(rest: httpx.Client) -> None:
    text = 'Titel;Beschreibung\n=HYPERLINK("x");+1+1\n@SUM(A1);-2+3 Türen\n'
    book = openpyxl.load_workbook(io.BytesIO(_sent(rest, text, format="xlsx").content))
    cells = [cell for sheet in book.worksheets for row in sheet.iter_rows() for cell in row]
    assert {cell.data_type for cell in cells} <= {"s", "n", "inlineStr"}
    texts = [cell.value for cell in cells if isinstance(cell.value, str)]
    assert not [text for text in texts if text.startswith(("=", "+", "@"))]


def test_no_cell_of_the_csv_is_a_formula(rest: httpx.Client) -> None:
    for part in ("measures", "verdicts", "findings"):
        text = _sent(rest, format="csv", part=part).content.decode("utf-8-sig")
        cells = [cell for row in csv.reader(io.StringIO(text), delimiter=";") for cell in row]
        assert not [cell for cell in cells if cell.startswith(("=", "+", "@"))]
        assert len(text.splitlines()) > 1


@pytest.mark.parametrize(
    ("accept", "kind"),
    [
        ("text/csv", "text/csv"),
        ("application/json", "application/json"),
        (
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            "application/vnd.openxmlformats",
        ),
    ],
)
def test_the_form_of_the_answer_is_what_the_client_accepts(
    rest: httpx.Client, accept: str, kind: str
) -> None:
    headers = {"Content-Type": "text/csv", "Accept": accept}
    answer = rest.post(BATCH, content=CSV, headers=headers)
    assert answer.headers["content-type"].startswith(kind)


def test_headings_of_the_csv_are_in_the_language_asked_for(rest: httpx.Client) -> None:
    german = _sent(rest, format="csv", lang="de").content.decode("utf-8-sig")
    english = _sent(rest, format="csv", lang="en").content.decode("utf-8-sig")
    assert german.startswith("Zeile;Nr.;Titel")
    assert english.startswith("Row,No.,Title")


def test_a_list_may_be_json(rest: httpx.Client) -> None:
    answer = rest.post(BATCH, json=[{"titel": "Bauteilbörse"}, {"titel": "Lastenrad"}])
    assert [row["title"] for row in answer.json()["rows"]] == ["Bauteilbörse", "Lastenrad"]


def test_as_many_rows_as_allowed_are_checked(rest: httpx.Client) -> None:
    text = "Titel;Nr.\n" + "".join(f"Lastenrad {n};{n}\n" for n in range(5))
    assert _sent(rest, text).json()["checked"] == 5


def test_one_row_more_than_allowed_is_refused(rest: httpx.Client) -> None:
    text = "Titel;Nr.\n" + "".join(f"Lastenrad {n};{n}\n" for n in range(6))
    answer = _sent(rest, text)
    assert (answer.status_code, answer.json()["code"]) == (422, "unreadable-file")
    assert "KREISLAUFSTADT_BATCH_ROWS" in answer.json()["detail"]


@pytest.mark.parametrize(("words", "status"), [(10, 200), (16_000, 422)])
def test_a_workbook_may_unpack_to_its_limit_and_no_further(
    rest: httpx.Client, words: int, status: int
) -> None:
    columns = [["Titel", "Beschreibung"], ["Lastenrad", "Verleih " * 30]]
    content = _workbook([*columns, *[["", ""]] * 2, *[[" "] * words]])
    answer = rest.post(BATCH, files={"file": ("liste.xlsx", content)})
    assert (answer.status_code, len(content) < 50_000) == (status, True)


@pytest.mark.parametrize(
    ("kind", "body", "status", "code"),
    [
        ("image/png", b"x", 415, "unsupported-media-type"),
        ("text/csv", b"", 422, "unreadable-file"),
        ("text/csv", b"only words", 422, "unreadable-file"),
        ("text/csv", b"Titel;Nr.\n", 422, "nothing-loaded"),
        (
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            b"PK\x03\x04xl/workbook",
            422,
            "unreadable-file",
        ),
        ("multipart/form-data; boundary=b", b"--b--\r\n", 400, "bad-parameter"),
        ("multipart/form-data", b"x", 400, "bad-request"),
    ],
)
def test_an_unusable_list_is_refused(
    rest: httpx.Client, kind: str, body: bytes, status: int, code: str
) -> None:
    answer = rest.post(BATCH, content=body, headers={"Content-Type": kind})
    assert (answer.status_code, answer.json()["code"]) == (status, code)


def test_texts_are_ranked_against_the_sdgs(rest: httpx.Client) -> None:
    body = {"texts": [{"id": "a", "text": "Bauabfall verringern"}], "top": 1}
    (found,) = rest.post("/api/v1/match", json=body).json()["answers"]
    assert (found["id"], [aim["id"] for aim in found["ranked"]]) == ("a", ["12.5"])


def test_texts_are_ranked_against_given_goals(rest: httpx.Client) -> None:
    goals = [
        {"goal_id": "rad", "goal_text": "Mehr Radverkehr"},
        {"goal_id": "bau", "goal_text": "Gebrauchte Bauteile wiederverwenden"},
    ]
    body = {"texts": [{"id": "a", "text": "Bauteilbörse für Türen"}], "against": goals}
    (found,) = rest.post("/api/v1/match", json=body).json()["answers"]
    assert [aim["id"] for aim in found["ranked"]] == ["bau", "rad"]


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        ({"texts": []}, 422, "invalid-input"),
        ({"texts": [{"id": "a"}]}, 422, "invalid-input"),
        ({"texts": [{"id": "a", "text": "x", "more": 1}]}, 422, "invalid-input"),
        ({"texts": [{"id": "a", "text": "x"}], "against": "esrs"}, 422, "invalid-input"),
        ({"texts": [{"id": str(n), "text": "x"} for n in range(6)]}, 400, "bad-parameter"),
    ],
)
def test_an_unusable_question_is_refused(
    rest: httpx.Client, body: dict[str, object], status: int, code: str
) -> None:
    answer = rest.post("/api/v1/match", json=body)
    assert (answer.status_code, answer.json()["code"]) == (status, code)


def test_a_text_is_compared_with_loaded_measures(rest: httpx.Client) -> None:
    found = rest.post("/api/v1/duplicates", json={"title": "Bauteilbörse"}).json()["duplicates"]
    assert "M 1" in {entry["number"] for entry in found}
