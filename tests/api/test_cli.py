"""The command line builds, loads, checks, asks and exports; messages say what to do."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from api.cli import run

CONCEPT = """
konzept: {titel: Abfallkonzept, typ: abfallwirtschaftskonzept, quelle: "https://example.org/k"}
ziele:
  - {nr: "1", ebene: Strategisches Ziel, ziel: Abfälle vermeiden und Dinge wiederverwenden,
     sdg: ["12.5"], sdg_herkunft: im Dokument genannt, quelle: "https://example.org/k",
     herkunft: im Dokument genannt}
"""
MEASURES = """Nr.;Titel;Kurzbeschreibung;Federführung;Status;Zielbezug;Farbe
M1;Leihladen;Bohrmaschinen werden verliehen statt gekauft;Amt für Umwelt;In Planung;1;blau
M2;Repair-Café;Defekte Geräte werden repariert;Amt für Umwelt;Laufend;1;rot
"""
Program = Callable[..., int]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("stadt")
    (folder / "konzept.yaml").write_text(CONCEPT, "utf-8")
    (folder / "massnahmen.csv").write_text(MEASURES, "utf-8")
    (folder / "stadt.yaml").write_text(
        'stadt: {name: Probestadt, ags: "01001000"}\n'
        "quellen:\n"
        "  - {datei: konzept.yaml, art: concept}\n"
        "  - {datei: massnahmen.csv, art: measures}\n",
        "utf-8",
    )
    return folder


@pytest.fixture(scope="module")
def data(few_concepts: None, folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the town once for this module."""
    place = tmp_path_factory.mktemp("data")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("KREISLAUFSTADT_DATA", str(place))
        assert run(["build", str(folder)]) == 0
    return place


@pytest.fixture
def program(data: Path, monkeypatch: pytest.MonkeyPatch) -> Program:
    monkeypatch.setenv("KREISLAUFSTADT_DATA", str(data))

    def call(*arguments: str) -> int:
        return run(list(arguments))

    return call


@pytest.fixture
def output(capsys: pytest.CaptureFixture[str]) -> Callable[[], tuple[str, str]]:
    def read() -> tuple[str, str]:
        captured = capsys.readouterr()
        return captured.out, captured.err

    return read


Output = Callable[[], tuple[str, str]]


def test_a_second_build_is_skipped_when_nothing_changed(
    program: Program, folder: Path, output: Output
) -> None:
    assert program("build", str(folder), "--if-changed") == 0
    assert output()[0] == "Datenbestand ist aktuell.\n"


def test_stored_queries_are_listed_in_both_languages(program: Program, output: Output) -> None:
    program("query", "--lang", "en", "--json")
    english = {item["name"]: item["title"] for item in json.loads(output()[0])}
    program("query", "--json")
    german = {item["name"]: item["title"] for item in json.loads(output()[0])}
    assert (german["r-ladder"], english["r-ladder"]) == (
        "R-Leiter der Strategie",
        "R-ladder of the strategy",
    )


def test_a_stored_query_runs_with_a_parameter(program: Program, output: Output) -> None:
    assert program("query", "measures", "--param", "city=01001000", "--format", "csv") == 0
    assert "Leihladen" in output()[0]


def test_a_competency_question_is_listed_and_runs(program: Program, output: Output) -> None:
    program("query", "--json")
    assert "CQ01" in {item["name"] for item in json.loads(output()[0])}
    assert program("query", "CQ01", "--json") == 0
    labels = [row["measure_label"] for row in json.loads(output()[0])]
    assert labels == ["Leihladen", "Repair-Café"]


def test_an_unknown_query_names_those_there_are(program: Program, output: Output) -> None:
    assert program("query", "nichts") == 2
    assert "r-ladder" in output()[1]


def test_a_wrong_parameter_says_what_is_expected(program: Program, output: Output) -> None:
    assert program("query", "measures", "--param", "city=1", "--lang", "en") == 2
    assert "AGS, 8 digits" in output()[1]


def test_a_query_file_runs(program: Program, tmp_path: Path, output: Output) -> None:
    file = tmp_path / "own.rq"
    file.write_text("SELECT (1 AS ?one) {}", "utf-8")
    assert program("query", str(file), "--json") == 0
    assert json.loads(output()[0]) == [{"one": "1"}]


def test_a_broken_query_file_is_the_users_to_mend(
    program: Program, tmp_path: Path, output: Output
) -> None:
    file = tmp_path / "own.rq"
    file.write_text("SELECT ?x WHERE {", "utf-8")
    assert program("query", str(file)) == 2
    assert "SPARQL" in output()[1]


def test_interfaces_count_the_shared_goal(program: Program, output: Output) -> None:
    assert program("interfaces", "--json") == 0
    assert [row["concept_label"] for row in json.loads(output()[0])] == ["Abfallkonzept"]


def test_the_analysis_has_a_table_in_each_language(program: Program, output: Output) -> None:
    program("analyse")
    assert "Ziele mit nur einer Maßnahme" in output()[0]
    program("analyse", "--lang", "en")
    assert "Goals with a single measure" in output()[0]


def test_the_doctor_tells_versions_and_numbers(program: Program, output: Output) -> None:
    assert program("doctor", "--json") == 0
    facts = json.loads(output()[0])
    assert facts["measures"] == "2"
    assert facts["pyoxigraph"]
    assert facts["ontology"]["concepts"]["r-strategy"] == 10
    assert set(facts["quality"]) == {"errors", "warnings", "notes", "first_errors"}


@pytest.mark.parametrize(
    ("language", "name"), [("de", "Ontologie: Klassen"), ("en", "Ontology: classes")]
)
def test_the_doctor_counts_the_ontology(
    program: Program, output: Output, language: str, name: str
) -> None:
    assert program("doctor", "--lang", language) == 0
    assert f"{name}\t" in output()[0]


def test_a_picture_is_written_to_a_file(program: Program, tmp_path: Path) -> None:
    out = tmp_path / "bild.html"
    around = "http://metadata.un.org/sdg/12.5"
    assert program("export", "graph", "--around", around, "--out", str(out)) == 0
    assert out.read_text("utf-8").startswith("<!doctype html>")


@pytest.mark.parametrize(
    ("what", "title"),
    [
        ("questions", "# Competency questions"),
        ("checks", "# Quality checks of the ontology"),
        ("ontology", "# The ontology"),
    ],
)
def test_what_the_ontology_holds_is_written_as_documents(
    program: Program, output: Output, what: str, title: str
) -> None:
    assert program("export", what) == 0
    assert output()[0].startswith(title)


def test_an_unknown_thing_cannot_be_drawn(program: Program, output: Output) -> None:
    assert program("export", "graph", "--around", "https://example.org/nichts") == 2
    assert "https://example.org/nichts" in output()[1]


def test_the_matrix_opens_in_a_spreadsheet(program: Program, tmp_path: Path) -> None:
    out = tmp_path / "matrix.csv"
    assert program("export", "matrix", "--city", "01001000", "--out", str(out)) == 0
    content = out.read_bytes()
    assert content.startswith(b"\xef\xbb\xbf")
    assert content.count(b"\r\n") == 3


def test_the_dataset_comes_out_as_quads(program: Program, tmp_path: Path) -> None:
    out = tmp_path / "alles.nq"
    assert program("export", "dataset", "--out", str(out)) == 0
    assert b"graph/source/01001000/massnahmen" in out.read_bytes()


def test_an_unknown_form_of_the_dataset_is_refused(
    program: Program, tmp_path: Path, output: Output
) -> None:
    assert program("export", "dataset", "--out", str(tmp_path / "alles.doc")) == 2
    assert ".trig" in output()[1]


def check_file(tmp_path: Path) -> str:
    file = tmp_path / "neu.yaml"
    file.write_text(
        "titel: Reparaturbonus\nbeschreibung: Reparaturen werden bezuschusst.\n", "utf-8"
    )
    return str(file)


def test_a_check_answers_in_words(program: Program, tmp_path: Path, output: Output) -> None:
    assert program("check", check_file(tmp_path), "--city", "01001000") == 0
    assert "12.5" in output()[0]


def test_a_check_gives_the_same_bytes_twice(
    program: Program, tmp_path: Path, output: Output
) -> None:
    program("check", check_file(tmp_path), "--format", "json")
    first = output()[0]
    program("check", check_file(tmp_path), "--format", "json")
    assert output()[0] == first
    assert {"measure", "city", "generation", "verdicts", "duplicates", "missing", "summary"} <= set(
        json.loads(first)
    )


@pytest.mark.parametrize(("form", "sign"), [("html", "<!doctype html>"), ("csv", "verdict")])
def test_a_check_comes_in_other_forms(
    form: str, sign: str, program: Program, tmp_path: Path, output: Output
) -> None:
    assert program("check", check_file(tmp_path), "--format", form) == 0
    assert sign in output()[0].splitlines()[0]


def test_a_missing_file_is_named(program: Program, output: Output) -> None:
    assert program("check", "gibt-es-nicht.yaml") == 2
    assert "gibt-es-nicht.yaml" in output()[1]


def test_texts_are_ranked_line_by_line(program: Program, tmp_path: Path) -> None:
    source, out = tmp_path / "in.jsonl", tmp_path / "out.jsonl"
    source.write_text('{"id": "a", "text": "Repair-Café für Elektrogeräte"}\n', "utf-8")
    assert program("match", "--in", str(source), "--out", str(out), "--top", "3") == 0
    (answer,) = [json.loads(line) for line in out.read_text("utf-8").splitlines()]
    assert "12.5" in {target["id"] for target in answer["ranked"]}
    assert len(answer["goals"]) == 17


def test_texts_are_ranked_against_given_goals(program: Program, tmp_path: Path) -> None:
    source, goals, out = (tmp_path / name for name in ("in.jsonl", "goals.jsonl", "out.jsonl"))
    source.write_text('{"id": "a", "text": "Repair-Café für Elektrogeräte"}\n', "utf-8")
    goals.write_text(
        '{"goal_id": "g1", "goal_text": "Radwege ausbauen"}\n'
        '{"goal_id": "g2", "goal_text": "Reparatur und Wiederverwendung fördern"}\n',
        "utf-8",
    )
    arguments = ("match", "--in", str(source), "--out", str(out), "--against", str(goals))
    assert program(*arguments) == 0
    assert json.loads(out.read_text("utf-8"))["ranked"][0]["id"] == "g2"


@pytest.mark.slow
def test_loading_reports_unknown_columns_and_replaces(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, output: Output
) -> None:
    monkeypatch.setenv("KREISLAUFSTADT_DATA", str(tmp_path / "data"))
    assert run(["build", str(folder)]) == 0
    output()
    file = str(folder / "massnahmen.csv")
    assert run(["load", file, "--as", "measures", "--city", "01001000", "--json"]) == 0
    answer = json.loads(output()[0])
    assert answer["read"] == 2
    assert answer["loaded"]["measures"] == 2
    assert answer["dropped"] == []
    assert answer["graph"].endswith("graph/source/01001000/massnahmen")
    assert "Farbe" in json.dumps(answer["findings"], ensure_ascii=False)


def test_loading_measures_needs_a_city(program: Program, folder: Path, output: Output) -> None:
    assert program("load", str(folder / "massnahmen.csv"), "--as", "measures") == 2
    assert "--city" in output()[1]


def test_without_a_dataset_the_way_out_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, output: Output
) -> None:
    monkeypatch.setenv("KREISLAUFSTADT_DATA", str(tmp_path))
    assert run(["query", "r-ladder", "--lang", "en"]) == 2
    assert "kreislaufstadt build" in output()[1]


def test_a_folder_without_a_manifest_says_what_is_missing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, output: Output
) -> None:
    monkeypatch.setenv("KREISLAUFSTADT_DATA", str(tmp_path / "data"))
    assert run(["build", str(tmp_path)]) == 2
    assert "stadt.yaml" in output()[1]


@pytest.mark.parametrize(
    ("manifest", "told"),
    [
        ("stadt: [", "stadt.yaml"),
        ("stadt: {name: X, ags: '01001000'}\nquellen: []\n", "quellen"),
        ("stadt: {name: X, ags: '01001000'}\nquellen: [{datei: a.csv, art: concept}]\n", "a.csv"),
        ("stadt: {name: X, ags: '1'}\nquellen: [{datei: stadt.yaml, art: concept}]\n", "8"),
    ],
)
def test_a_broken_manifest_is_told_apart(
    manifest: str, told: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, output: Output
) -> None:
    monkeypatch.setenv("KREISLAUFSTADT_DATA", str(tmp_path / "data"))
    (tmp_path / "stadt.yaml").write_text(manifest, "utf-8")
    assert run(["build", str(tmp_path)]) == 2
    assert told in output()[1]


def test_an_invalid_setting_is_named(monkeypatch: pytest.MonkeyPatch, output: Output) -> None:
    monkeypatch.setenv("KREISLAUFSTADT_PORT", "many")
    assert run(["doctor"]) == 2
    assert "KREISLAUFSTADT_PORT" in output()[1]


def test_a_wrong_option_is_the_users_to_mend(output: Output) -> None:
    assert run(["query", "--colour"]) == 2
    assert "--colour" in output()[1]


def test_no_command_shows_the_help(output: Output) -> None:
    assert run([]) == 2
    assert "check" in "".join(output())
