"""Views of the interfaces: what stands in them, how filters narrow them, what files hold."""

from __future__ import annotations

import csv
import io
import re
from html import unescape

import httpx
import pytest
from openpyxl import load_workbook

from api.pages.paths import PATHS, VIEWS

SHORT = "05515000"
OWN = {"concept": f"{SHORT}/concept/klima", "m1": f"{SHORT}/measure/m-1"}


def _text(page: str) -> str:
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", page)))


def _csv(circular: httpx.Client, path: str) -> list[list[str]]:
    content = circular.get(path).content.decode("utf-8-sig")
    return list(csv.reader(io.StringIO(content), delimiter=";"))


@pytest.mark.parametrize("view", VIEWS)
def test_a_workbook_has_the_rows_of_the_tables_on_its_page(
    circular: httpx.Client, view: str
) -> None:
    path = PATHS[view]["de"]  # type: ignore[index]  # views name pages
    page = circular.get(path).text
    book = load_workbook(io.BytesIO(circular.get(path + ".xlsx").content))
    files = re.findall(r'href="([^"]+\.csv\?[^"]*)"', page)
    assert len(files) == len(book.worksheets)
    for file, sheet in zip(files, book.worksheets, strict=True):
        lines = [
            ["" if cell.value is None else str(cell.value) for cell in row]
            for row in sheet.iter_rows()
        ]
        assert _csv(circular, unescape(file)) == lines


def test_a_table_on_the_page_has_the_cells_of_its_file(circular: httpx.Client) -> None:
    page = circular.get("/de/schnittstellen/luecken?document=all").text
    table = re.findall(r"<table>.*?</table>", page, re.DOTALL)[0]
    cells = [_text(cell).strip() for cell in re.findall(r"<td.*?</td>", table, re.DOTALL)]
    rows = _csv(circular, "/de/schnittstellen/luecken.csv?document=all")
    assert cells == [cell for row in rows[1:] for cell in row]


def test_the_overview_counts_what_the_strategy_touches(circular: httpx.Client) -> None:
    text = _text(circular.get("/de/schnittstellen").text)
    assert "4 Schnittstellen" in text
    assert "2 davon erklärt oder bestätigt" in text
    assert "1 Konflikte" in text


def test_a_link_in_the_list_shows_its_evidence(circular: httpx.Client) -> None:
    page = circular.get("/de/schnittstellen/liste").text
    for words in (
        "Türen bleiben in Gebrauch.",
        "<blockquote><p>Gebrauchte Türen werden vermittelt.</p></blockquote>",
        "Seite 12",
        'href="https://example.org/massnahmen.pdf"',
        "bestätigt",
        "90 %",
    ):
        assert words in page.replace("\xa0", " ")


def test_a_rejected_link_is_nowhere(circular: httpx.Client) -> None:
    rows = _csv(circular, "/de/schnittstellen/liste.csv?document=all")
    assert not [row for row in rows if row[-1].endswith("/interface/5")]


def test_a_contribution_stated_by_a_document_counts_as_declared(circular: httpx.Client) -> None:
    rows = _csv(circular, "/de/schnittstellen/liste.csv?review=adopted")
    assert [(row[1], row[4], row[9]) for row in rows[1:]] == [
        ("Bauteilbörse", "Weniger Bauabfall", "bestätigt"),
        ("Bauteilbörse", "Kreisläufe schließen", "vom Dokument erklärt"),
    ]


def test_a_proposal_of_what_a_document_states_is_not_counted_again(
    circular: httpx.Client,
) -> None:
    rows = _csv(circular, "/de/schnittstellen/liste.csv")
    assert [row[9] for row in rows if row[4] == "Kreisläufe schließen"] == ["vom Dokument erklärt"]


def test_the_least_probability_is_asked_of_proposals_only(circular: httpx.Client) -> None:
    rows = _csv(circular, "/de/schnittstellen/liste.csv?least=75")
    assert {row[8] for row in rows[1:]} == {"90", "80", ""}


@pytest.mark.parametrize(
    ("query", "aims"),
    [
        ("sdg=12", {"12.5"}),
        ("sdg=13", set()),
        (f"concept={OWN['concept']}", {""}),
        (f"element={OWN['m1']}&sdg=12.5", {"12.5"}),
        ("r=ksc:r-strategy/R3&sdg=12", {"12.5"}),
        ("r=ksc:r-strategy/R0", set()),
        ("document=05515000/concept/klima", {"12.5"}),
        ("department=05515000/actor/bauamt&sdg=12", {"12.5"}),
    ],
)
def test_filters_of_the_address_narrow_the_list(
    circular: httpx.Client, query: str, aims: set[str]
) -> None:
    rows = _csv(circular, f"/de/schnittstellen/liste.csv?{query}")
    assert {row[3] for row in rows[1:]} == aims


@pytest.mark.parametrize(
    ("query", "status"),
    [("least=101", 400), ("least=x", 400), ("review=maybe", 400), ("sdg=18", 400)],
)
def test_a_filter_of_the_wrong_kind_is_refused(
    circular: httpx.Client, query: str, status: int
) -> None:
    assert circular.get(f"/de/schnittstellen?{query}").status_code == status


@pytest.mark.parametrize(
    "path",
    [
        "/de/schnittstellen?document=05515000/none",
        "/de/matrix?against=all",
        "/de/matrix?rows=none",
        "/de/schnittstellen/fluss?through=x",
        "/de/schnittstellen/luecken.csv?table=x",
    ],
)
def test_a_choice_that_does_not_exist_is_not_found(circular: httpx.Client, path: str) -> None:
    assert circular.get(path).status_code == 404


def test_a_cell_of_the_matrix_leads_to_the_links_behind_it(circular: httpx.Client) -> None:
    page = circular.get("/de/matrix").text
    cell = re.search(r'<td class="is-proposed"><a href="([^"]+)">', page)
    assert cell
    assert "Bauteilbörse" in circular.get(unescape(cell[1])).text
    rows = _csv(circular, unescape(cell[1]).replace("/liste?", "/liste.csv?"))
    assert [row[3] for row in rows[1:]] == ["12.5"]


def test_a_goal_of_the_matrix_opens_its_targets(circular: httpx.Client) -> None:
    page = circular.get("/de/matrix?sdg=12").text
    assert '<abbr title="Abfall verringern">12.5</abbr>' in page
    assert "80 %" in _text(page)


def test_a_conflict_in_the_matrix_carries_a_sign(circular: httpx.Client) -> None:
    page = circular.get("/de/matrix?against=concepts").text
    assert 'class="is-conflict"' in page
    assert "✕ Weniger Bauabfall" in _text(page)


def test_rows_without_an_interface_are_left_out_on_demand(circular: httpx.Client) -> None:
    every = _csv(circular, "/de/matrix.csv")
    linked = _csv(circular, "/de/matrix.csv?rows=linked")
    assert [row[0] for row in linked[1:]] == ["Kreislaufstrategie", "M 1 Bauteilbörse"]
    assert "K 1 Kreisläufe schließen" in [row[0] for row in every]


def test_labels_are_escaped_in_every_view(circular: httpx.Client) -> None:
    for view in VIEWS:
        assert "<b>Laden" not in circular.get(PATHS[view]["de"]).text


def test_a_goal_that_only_a_conflict_touches_is_a_gap(circular: httpx.Client) -> None:
    rows = _csv(circular, "/de/schnittstellen/luecken.csv?table=aims_without")
    assert [row[2] for row in rows[1:]] == ["Mehr Grün"]
    rows = _csv(circular, f"/de/schnittstellen/luecken.csv?element={SHORT}/measure/m-2")
    assert {row[2] for row in rows[1:]} == {"Mehr Grün", "Weniger Bauabfall"}


def test_a_measure_that_serves_no_other_concept_is_a_gap(circular: httpx.Client) -> None:
    rows = _csv(circular, "/de/schnittstellen/luecken.csv?table=elements_without")
    assert [row[2] for row in rows[1:]] == ["'=Parken & <b>Laden</b>"]


@pytest.mark.parametrize("query", ["sdg=12", "sdg=13"])
def test_an_sdg_makes_no_goal_of_a_concept_a_gap(circular: httpx.Client, query: str) -> None:
    rows = _csv(circular, f"/de/schnittstellen/luecken.csv?{query}")
    assert [row[2] for row in rows[1:]] == ["Mehr Grün"]


def test_a_concept_hides_no_sdg_of_a_measure_without_a_goal(circular: httpx.Client) -> None:
    path = "/de/schnittstellen/luecken.csv?table=elements_without&review=proposed"
    rows = _csv(circular, f"{path}&concept={OWN['concept']}")
    assert [(row[1], row[4]) for row in rows[1:]] == [("M 1", "12.5?"), ("M 2", "keine")]


def test_the_ladder_names_empty_rungs_and_measures_off_the_upper_ones(
    circular: httpx.Client,
) -> None:
    rungs = _csv(circular, "/de/schnittstellen/r-leiter.csv")
    assert [row[:3] for row in rungs[1:]] == [
        ["R0", "Verzichten", "0"],
        ["R3", "Wiederverwenden", "1"],
    ]
    lower = _csv(circular, "/de/schnittstellen/r-leiter.csv?table=lower")
    assert [row[0] for row in lower[1:]] == ["M 2"]


def test_known_side_effects_name_the_measures_they_may_concern(circular: httpx.Client) -> None:
    rows = _csv(circular, "/en/interfaces/conflicts.csv?table=trade_offs")
    assert rows[1][0].startswith("Construction,12.5,Reduce waste,-2,More material")


def test_indicators_stand_with_their_latest_value(circular: httpx.Client) -> None:
    rows = _csv(circular, "/de/schnittstellen/indikatoren.csv")
    assert [row[3:] for row in rows[1:]] == [["Vermittelte Türen", "120 St.", "2024"]]


def test_the_flow_leads_from_the_measure_to_the_goal_of_a_concept(circular: httpx.Client) -> None:
    rows = _csv(circular, "/de/schnittstellen/fluss.csv")
    assert [(row[1], row[3], row[5]) for row in rows[1:]] == [
        ("M 1 Bauteilbörse", "Börse", "Angabe der Maßnahme"),
        ("Börse", "12.5 Abfall verringern", "Vorschlag, ungeprüft"),
        ("12.5 Abfall verringern", "Weniger Bauabfall", "Vorschlag, ungeprüft"),
    ]


def test_the_language_switch_keeps_the_filters(circular: httpx.Client) -> None:
    page = circular.get(f"/de/matrix?against=concepts&concept={OWN['concept']}").text
    switch = re.search(r'<a href="([^"]+)" lang="en"', page)
    assert switch
    address = httpx.URL(unescape(switch[1]))
    assert address.path == "/en/matrix"
    assert address.params["concept"] == OWN["concept"]
    assert address.params["against"] == "concepts"
