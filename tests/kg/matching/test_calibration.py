from __future__ import annotations

import json
from datetime import date
from importlib.resources import files
from pathlib import Path

import numpy as np
import pytest

from kg.errors import UnreadableFile
from kg.matching.calibration import (
    Calibration,
    design,
    fit_logistic,
    read_calibration,
    rescale,
    shipped_calibration,
    sigmoid,
)
from kg.matching.evaluate import calibration_error, candidates_of, measure
from kg.matching.fit_calibration import fit_calibration, main
from kg.matching.gold import read_gold

SDG_ROWS = [
    ("Radwege ausbauen", "", [11], ["11.2"]),
    ("Photovoltaik auf Schulen", "", [7], ["7.2"]),
    ("Essensreste in Mensen vermeiden", "", [12], ["12.3"]),
    ("Gewaltprävention an Schulen", "", [16], ["16.1"]),
    ("Impfangebote für Kinder", "", [3], ["3.8"]),
    ("Sprachkurse für Zugewanderte", "", [4, 10], []),
]


@pytest.fixture(scope="module")
def small_gold(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("gold")
    sdg = [
        {"id": str(n), "title": title, "text": text, "sdgs": sdgs, "targets": targets}
        for n, (title, text, sdgs, targets) in enumerate(SDG_ROWS)
    ]
    goals = [
        {"goal_id": "A1", "goal_text": "Radverkehr", "concept_title": "Plan", "city": "Astadt"},
        {"goal_id": "A2", "goal_text": "Abfall", "concept_title": "Plan", "city": "Astadt"},
        {"goal_id": "L1", "goal_text": "Fußwege", "concept_title": "Liste", "city": "Land"},
        {"goal_id": "L2", "goal_text": "Solarstrom", "concept_title": "Liste 2", "city": "Land"},
    ]
    fit = [
        ("Fahrradstraße", "Astadt", ["A1"], "source_stated"),
        ("Kompostberatung", "Astadt", ["A2"], "source_stated"),
        ("Zebrastreifen", "Bdorf", ["L1"], "noisy"),
        ("Solaranlage", "Cheim", ["L2"], "noisy"),
    ]
    rows = [
        {"id": str(n), "measure_title": t, "city": c, "goal_ids": g, "label_quality": q}
        for n, (t, c, g, q) in enumerate(fit)
    ]
    for name, content in (("sdg_x", sdg), ("goals_x", goals), ("fit_x", rows)):
        text = "\n".join(json.dumps(row) for row in content) + "\n"
        (folder / f"{name}.jsonl").write_text(text, "utf-8")
    return folder


def test_shipped_calibration_says_what_it_was_fitted_on() -> None:
    content = json.loads(files("kg.matching").joinpath("calibration.json").read_text("utf-8"))
    assert {"date", "texts", "protocol", "reference", "encoder"} <= set(content["fitted"])
    for kind in ("sdg-goal", "sdg-target", "concept-goal"):
        assert content[kind]["cross_validated"]["rows"] > 0
        assert 0 < content[kind]["line"] < 1


def test_fitting_twice_gives_the_same_file(small_gold: Path, tmp_path: Path) -> None:
    first = fit_calibration(read_gold(small_gold), fitted_on=date(2026, 1, 1))
    out = tmp_path / "calibration.json"
    assert main(["--gold", str(small_gold), "--out", str(out), "--date", "2026-01-01"]) == 0
    assert json.loads(out.read_text("utf-8")) == json.loads(json.dumps(first))
    assert read_calibration(out).version == first["version"]


def test_measures_are_compared_with_goals_of_their_city(small_gold: Path) -> None:
    gold = read_gold(small_gold)
    matchers = {"Astadt": None, "": None}
    found = [candidates_of(row, matchers) for row in gold.fit["fit_x"]]  # type: ignore[arg-type]
    assert found == ["Astadt", "Astadt", "", ""]


@pytest.mark.parametrize("content", ["{", "not json", "\xff"])
def test_a_broken_gold_file_is_named(tmp_path: Path, content: str) -> None:
    (tmp_path / "sdg_x.jsonl").write_text(content, "latin-1")
    with pytest.raises(UnreadableFile, match=r"sdg_x\.jsonl"):
        read_gold(tmp_path)


def test_a_directory_without_gold_is_named(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFile):
        read_gold(tmp_path)
    with pytest.raises(UnreadableFile):
        read_gold(tmp_path / "none")


@pytest.mark.parametrize("document", [{"format": 9}, {}])
def test_another_format_is_refused(document: dict[str, object]) -> None:
    with pytest.raises(ValueError, match="format"):
        Calibration.of_json(document)


def test_figures_of_another_kind_are_refused() -> None:
    with pytest.raises(ValueError, match="fitted on other figures"):
        shipped_calibration().goal.logits(np.zeros((3, 1)), ("bm25",))


def test_logistic_fit_finds_the_separating_column() -> None:
    inputs = np.array([[0.0, 1.0], [1.0, 0.0], [0.0, 0.0], [1.0, 1.0]])
    labels = np.array([0.0, 1.0, 0.0, 1.0])
    _, _, slopes, _ = fit_logistic(inputs, labels, np.ones(4), penalty=0.1)
    assert slopes[0] > 1 > abs(slopes[1])


def test_rescaling_keeps_the_order() -> None:
    odds = np.array([-1.0, 2.0, 0.5])
    assert list(np.argsort(rescale(odds, (1.2, -0.4, 0.1)))) == list(np.argsort(odds))


def test_one_aim_has_no_distance_from_others() -> None:
    assert not design(np.array([[0.4]]), ("cosine_max",))[0, 0]


def test_probabilities_stay_between_zero_and_one() -> None:
    chances = sigmoid(np.array([-1e9, 0.0, 1e9]))
    assert 0 < chances[0] < chances[1] < chances[2] < 1.0000001


def test_rows_without_a_label_do_not_count() -> None:
    figures = measure("x", "sdg-goal", [([("1", 0.9)], {"1"}), ([("2", 0.9)], set())])
    assert (figures.rows, figures.accuracy_at_1) == (1, 1.0)


def test_no_labelled_rows_give_no_figures() -> None:
    assert measure("x", "sdg-goal", []).rows == 0


def test_perfect_probabilities_have_no_calibration_error() -> None:
    assert calibration_error(np.array([1.0, 0.0]), np.array([1, 0])) == 0.0
