"""`annotate` shows the concepts a text names and links the dataset to them."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from api.cli import run
from kg.dataset import Dataset
from ontology.namespaces import KS, PROPOSED_GRAPH, scheme

MEASURES = """Nr.;Titel;Kurzbeschreibung;Federführung;Status
M1;Repair-Café;Defekte Geräte werden repariert, ohne Neukauf;Amt für Umwelt;Laufend
"""
Output = Callable[[], str]


@pytest.fixture(scope="module")
def data(few_concepts: None, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build a town of one measure once for this module."""
    folder = tmp_path_factory.mktemp("stadt")
    (folder / "massnahmen.csv").write_text(MEASURES, "utf-8")
    (folder / "stadt.yaml").write_text(
        'stadt: {name: Probestadt, ags: "01001000"}\n'
        "quellen:\n  - {datei: massnahmen.csv, art: measures}\n",
        "utf-8",
    )
    place = tmp_path_factory.mktemp("data")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("KREISLAUFSTADT_DATA", str(place))
        assert run(["build", str(folder)]) == 0
    return place


@pytest.fixture(autouse=True)
def _dataset(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KREISLAUFSTADT_DATA", str(data))


@pytest.fixture
def output(capsys: pytest.CaptureFixture[str]) -> Output:
    return lambda: capsys.readouterr().out


@pytest.fixture
def text(tmp_path: Path) -> str:
    file = tmp_path / "text.txt"
    file.write_text("Mehrweg statt Einweg: ein Repair-Café", "utf-8")
    return str(file)


def links(data: Path) -> set[tuple[str, str]]:
    quads = Dataset(data).current().open().graph(PROPOSED_GRAPH)
    return {
        (str(quad.subject), str(quad.object))
        for quad in quads
        if quad.predicate.value == KS.mentionsConcept
    }


def test_a_text_is_shown_with_concept_place_and_denial(text: str, output: Output) -> None:
    assert run(["annotate", text, "--json"]) == 0
    found = {item["concept"]: item for item in json.loads(output())}
    repair = found[scheme("thesaurus", "repair-cafe")]
    assert (repair["words"], repair["denied"]) == (["Repair-Café"], False)
    assert repair["end"] - repair["start"] == len("Repair-Café")


@pytest.mark.parametrize(("language", "heading"), [("de", "Begriff"), ("en", "concept")])
def test_the_table_speaks_the_wanted_language(
    text: str, output: Output, language: str, heading: str
) -> None:
    assert run(["annotate", text, "--lang", language]) == 0
    assert output().startswith(f"{heading}\t")


def test_a_text_is_shown_where_no_dataset_was_built(
    text: str, output: Output, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KREISLAUFSTADT_DATA", str(tmp_path / "empty"))
    assert run(["annotate", text]) == 0
    assert "Repair-Café" in output()


def test_without_a_text_or_an_order_the_command_says_what_it_needs(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert run(["annotate"]) == 2
    assert "--link" in capsys.readouterr().err


def test_measures_are_linked_to_the_concepts_they_name(data: Path, output: Output) -> None:
    assert run(["annotate", "--link"]) == 0
    assert output().startswith("1 Maßnahmen und Ziele")
    assert f"<{scheme('thesaurus', 'repair-cafe')}>" in {concept for _, concept in links(data)}


def test_linking_again_changes_nothing(data: Path) -> None:
    assert run(["annotate", "--link"]) == 0
    once = Dataset(data).current().name
    assert run(["annotate", "--link", "--json"]) == 0
    assert Dataset(data).current().name == once


def test_unlinking_gives_back_the_dataset_that_was(data: Path) -> None:
    assert run(["annotate", "--unlink"]) == 0
    before = Dataset(data).current().name
    assert run(["annotate", "--link"]) == 0
    assert run(["annotate", "--unlink", "--lang", "en"]) == 0
    assert (links(data), Dataset(data).current().name) == (set(), before)


def test_linked_data_still_have_their_proposals_and_conclusions(data: Path) -> None:
    assert run(["annotate", "--unlink"]) == 0
    before = set(Dataset(data).current().open().engine)
    assert run(["annotate", "--link"]) == 0
    after = set(Dataset(data).current().open().engine)
    assert before < after


def test_a_load_renews_the_links(data: Path, tmp_path: Path) -> None:
    more = tmp_path / "mehr.csv"
    more.write_text(MEASURES.replace("M1;Repair-Café", "M9;Leihladen"), "utf-8")
    assert run(["annotate", "--link"]) == 0
    before = {element for element, _ in links(data)}
    assert run(["load", str(more), "--as", "measures", "--city", "01001000"]) == 0
    assert before < {element for element, _ in links(data)}
