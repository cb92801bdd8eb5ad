"""`train` learns from reviews, tells what changed, writes only when asked to, and goes back."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from pyoxigraph import Quad

from api.cli import run
from api.commands.learning import print_learned
from kg.dataset import Dataset
from kg.embedded import EmbeddedStore
from kg.fit.index import EMBEDDINGS
from kg.fit.learning import Change, Learned
from kg.fit.reviewed import LeftOut, Reviews
from kg.matching.model import HEADS, WEIGHTS, shipped_files, shipped_model
from kg.matching.model_store import current_model, publish_model
from kg.matching.review_training import Reviewed
from kg.matching.train import Trained
from kg.matching.training_run import train_on
from tests.kg.reviewed_town import few_texts, reviewed, town, write_vectors

ROW = {"id": "1", "text": "Alte Geräte reparieren statt wegwerfen", "sdgs": ["12"]}
Output = Callable[[], tuple[str, str]]


def published(root: Path, quads: list[Quad]) -> Path:
    dataset = Dataset(root)
    with dataset.fresh_draft() as draft:
        draft.store.engine.bulk_extend(quads)
        dataset.publish(draft)
    return root


@pytest.fixture(scope="module")
def vectors(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give the file of the vectors of all texts, so that they are computed once."""
    root = tmp_path_factory.mktemp("vectors")
    write_vectors(root)
    return root / EMBEDDINGS


@pytest.fixture(scope="module")
def plain(vectors: Path) -> Trained:
    """Give the model trained on few texts without reviews."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("kg.matching.training_run.shipped_texts", few_texts)
        return train_on(EmbeddedStore.in_memory([*town(), *reviewed()]), vectors)


@pytest.fixture
def data(tmp_path: Path, plain: Trained, vectors: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give a dataset with reviewed links whose model was trained on few texts."""
    root = published(tmp_path / "data", [*town(), *reviewed()])
    shutil.copy(vectors, root)
    publish_model(root, plain.weights, plain.heads)
    monkeypatch.setenv("KREISLAUFSTADT_DATA", str(root))
    monkeypatch.setattr("kg.matching.training_run.shipped_texts", few_texts)
    return root


@pytest.fixture
def output(capsys: pytest.CaptureFixture[str]) -> Output:
    def read() -> tuple[str, str]:
        captured = capsys.readouterr()
        return captured.out, captured.err

    return read


def test_reviews_are_learned_from_and_the_change_is_told(
    data: Path, plain: Trained, output: Output
) -> None:
    assert run(["train", "--reviews"]) == 0
    out = output()[0]
    assert "Unterziele\tbestätigt\t2" in out
    assert "Übungstexte, zurückgehalten" in out
    assert f"Vorher: das Modell in Gebrauch ({plain.model.version})." in out
    assert out.rstrip().endswith(f"Modell: {current_model(data).version}")
    assert current_model(data).version != plain.model.version


def test_what_was_learned_can_be_taken_back(data: Path, plain: Trained, output: Output) -> None:
    assert run(["train", "--reviews", "--json"]) == 0
    learned = json.loads(output()[0])
    assert current_model(data).version == learned["version"]
    assert run(["train", "--undo"]) == 0
    assert output()[0] == f"Modell: {plain.model.version}\n"
    assert current_model(data).version == plain.model.version


def test_a_dry_run_with_labelled_sets_writes_nothing(
    data: Path, plain: Trained, tmp_path: Path, output: Output
) -> None:
    (tmp_path / "sdg_own.jsonl").write_text(json.dumps(ROW), "utf-8")
    before = sorted((path, path.stat().st_mtime_ns) for path in data.rglob("*") if path.is_file())
    options = ["--reviews", "--dry-run", "--gold", str(tmp_path), "--json", "--lang", "en"]
    assert run(["train", *options]) == 0
    found = json.loads(output()[0])
    after = sorted((path, path.stat().st_mtime_ns) for path in data.rglob("*") if path.is_file())
    assert after == before
    assert found["written"] is False
    assert [item["set"] for item in found["change"]["development"]] == ["sdg_own"]
    assert found["before"] == {"version": plain.model.version, "in_use": True}


def test_without_a_review_it_says_so_and_changes_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, output: Output
) -> None:
    bare = [quad for quad in town() if "rejected" not in getattr(quad.object, "value", "")]
    root = published(tmp_path / "bare", bare)
    monkeypatch.setenv("KREISLAUFSTADT_DATA", str(root))
    assert run(["train", "--reviews"]) == 0
    assert output()[0].startswith("Es gibt keine geprüfte Verknüpfung")
    assert run(["train", "--reviews", "--json"]) == 0
    assert json.loads(output()[0]) == {
        "reviews": {"used": [], "left_out": []},
        "version": None,
        "written": False,
    }
    assert not (root / "model").exists()


def test_undo_ends_at_the_shipped_model(data: Path, output: Output) -> None:
    assert run(["train", "--undo", "--json"]) == 0
    assert json.loads(output()[0])["version"] == shipped_model().version
    assert run(["train", "--undo"]) == 2
    assert output()[1] == "Es gibt kein früheres Modell.\n"


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (["--undo", "--reviews"], "--undo allein"),
        (["--undo", "--dry-run"], "--undo allein"),
        (["--gold", "texts"], "--reviews dazu"),
    ],
    ids=["undo and learn", "undo without undoing", "labelled sets without reviews"],
)
def test_options_that_do_not_go_together_are_refused(
    options: list[str], message: str, output: Output
) -> None:
    assert run(["train", *options]) == 2
    assert message in output()[1]


@pytest.mark.parametrize("option", ["--reviews", "--undo"])
def test_without_a_dataset_there_is_nothing_to_learn_from(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, option: str, output: Output
) -> None:
    monkeypatch.setenv("KREISLAUFSTADT_DATA", str(tmp_path / "none"))
    assert run(["train", option]) == 2
    assert "kreislaufstadt build" in output()[1]


def test_training_without_reviews_goes_to_a_folder(
    data: Path, plain: Trained, tmp_path: Path, output: Output
) -> None:
    assert run(["train", "--out", str(tmp_path / "out")]) == 0
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == sorted([HEADS, WEIGHTS])
    assert current_model(data).version == plain.model.version


def learned(*, share: float) -> Learned:
    """Return what was learned when the share of right first answers is this after 0.8."""
    files = shipped_files()
    trained = Trained(shipped_model(), *files)
    before = {"accuracy_at_1": 0.8, "hit_at_3": 0.9, "recall_at_3": 0.9, "calibration_error": 0.1}
    change = Change("held-out", "sdg-goal", 100, before, {**before, "accuracy_at_1": share})
    reviews = Reviews(
        Reviewed(), {("sdg-goal", "accepted"): 1}, (LeftOut("urn:link", "other-kind"),)
    )
    return Learned(reviews, trained, True, trained, (change,), ())


@pytest.mark.parametrize(("share", "said"), [(0.7, True), (0.79, False)], ids=["far", "little"])
def test_figures_that_fall_are_named_plainly(share: float, said: bool, output: Output) -> None:
    print_learned(learned(share=share), "de", written=True, as_json=False)
    out = output()[0]
    line = "ACHTUNG: Mit den Prüfungen um mehr als zwei Punkte schlechter"
    assert (f"{line}: zurückgehalten, SDG-Ziele: Treffer@1." in out) == said
    assert ("train --undo" in out) == said


def test_a_dry_run_does_not_tell_to_undo(output: Output) -> None:
    print_learned(learned(share=0.5), "en", written=False, as_json=False)
    out = output()[0]
    assert "WARNING" in out
    assert "--undo" not in out
    assert "nothing was written" in out


def test_a_model_before_that_is_not_the_one_in_use_is_called_so(output: Output) -> None:
    print_learned(replace(learned(share=0.8), in_use=False), "en", written=True, as_json=False)
    assert "without reviews; the model in use was trained on other texts" in output()[0]


@pytest.mark.parametrize("language", ["de", "en"])
def test_links_left_out_are_named_with_their_ground(language: str, output: Output) -> None:
    print_learned(
        learned(share=0.8),
        "de" if language == "de" else "en",
        written=True,
        as_json=False,
    )
    expected = {
        "de": "ausgelassen: urn:link: Art oder Stärke",
        "en": "left out: urn:link: its kind or strength",
    }
    assert expected[language] in output()[0]
