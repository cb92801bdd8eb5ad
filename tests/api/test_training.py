"""Training and measuring from the command line."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from api.cli import run
from kg.matching.model import HEADS, WEIGHTS, model_of, shipped_model
from tests.kg.matching.labelled import write_gold
from tests.kg.matching.test_train import few_texts

Output = Callable[[], tuple[str, str]]

pytestmark = pytest.mark.usefixtures("few_concepts")


@pytest.fixture
def output(capsys: pytest.CaptureFixture[str]) -> Output:
    return lambda: (lambda read: (read.out, read.err))(capsys.readouterr())


@pytest.fixture(autouse=True)
def without_dataset(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KREISLAUFSTADT_DATA", str(tmp_path / "none"))


@pytest.fixture
def gold(tmp_path: Path) -> str:
    folder = tmp_path / "gold"
    folder.mkdir()
    return str(write_gold(folder))


def test_the_figures_of_every_set_are_printed(gold: str, output: Output) -> None:
    assert run(["evaluate", "--gold", gold]) == 0
    told, _ = output()
    for word in ("sdg_x", "Treffer@1", "MAP", "ECE", "Ziele der Stadt", "Am weitesten daneben"):
        assert word in told


def test_the_figures_are_told_in_english_too(gold: str, output: Output) -> None:
    assert run(["evaluate", "--gold", gold, "--lang", "en"]) == 0
    told, _ = output()
    for word in ("accuracy@1", "own city’s goals", "of these stated", "Furthest off"):
        assert word in told


def test_machines_get_the_figures_and_the_curves(gold: str, output: Output) -> None:
    assert run(["evaluate", "--gold", gold, "--json"]) == 0
    first = json.loads(output()[0])[0]
    assert (first["set"], first["rows"]) == ("sdg_x", 6)
    assert {"lower", "count", "said", "was"} == set(first["reliability_first"][0])


def test_a_folder_without_labelled_texts_is_the_users_to_mend(
    tmp_path: Path, output: Output
) -> None:
    assert run(["evaluate", "--gold", str(tmp_path / "nothing")]) == 2
    assert "nothing" in output()[1]


def test_training_needs_somewhere_to_write(output: Output) -> None:
    assert run(["train"]) == 2
    assert "kreislaufstadt build" in output()[1]


def test_going_back_needs_a_dataset(output: Output) -> None:
    assert run(["train", "--undo"]) == 2
    assert "kreislaufstadt build" in output()[1]


@pytest.mark.slow
def test_a_model_is_trained_into_a_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, output: Output
) -> None:
    monkeypatch.setattr("kg.matching.training_run.shipped_texts", few_texts)
    out = tmp_path / "out"
    assert run(["train", "--out", str(out), "--json"]) == 0
    model = model_of((out / WEIGHTS).read_bytes(), (out / HEADS).read_bytes())
    assert json.loads(output()[0])["version"] == model.version != shipped_model().version
