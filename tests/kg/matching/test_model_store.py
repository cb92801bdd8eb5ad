"""Models are published whole, can be taken back, and damaged files are named."""

from __future__ import annotations

import json
import threading
from pathlib import Path

import pytest

from kg.errors import ModelBroken
from kg.matching.model import HEADS, WEIGHTS, shipped_files, shipped_model
from kg.matching.model_store import current_files, current_model, publish_model, undo_model


def named(version: str) -> tuple[bytes, bytes]:
    """Return the shipped model's files under another version."""
    weights, heads = shipped_files()
    return json.dumps({**json.loads(weights), "version": version}).encode(), heads


def test_a_dataset_without_a_model_of_its_own_uses_the_shipped_one(tmp_path: Path) -> None:
    assert current_model(tmp_path) is shipped_model()
    assert current_files(tmp_path) == shipped_files()


def test_a_published_model_is_the_current_one_and_keeps_its_bytes(tmp_path: Path) -> None:
    files = named("first")
    assert publish_model(tmp_path, *files).version == "first"
    assert current_model(tmp_path).version == "first"
    assert current_files(tmp_path) == files


def test_undo_goes_back_step_by_step_down_to_the_shipped_model(tmp_path: Path) -> None:
    for version in ("first", "second"):
        publish_model(tmp_path, *named(version))
    steps = [undo_model(tmp_path) for _ in range(3)]
    assert [step and step.version for step in steps] == ["first", shipped_model().version, None]
    assert current_model(tmp_path).version == shipped_model().version


def test_publishing_the_same_model_twice_needs_one_undo_only(tmp_path: Path) -> None:
    for _ in range(2):
        publish_model(tmp_path, *named("first"))
    undo_model(tmp_path)
    assert current_model(tmp_path) is shipped_model()


def test_a_model_taken_back_can_be_published_again(tmp_path: Path) -> None:
    publish_model(tmp_path, *named("first"))
    undo_model(tmp_path)
    publish_model(tmp_path, *named("first"))
    assert current_model(tmp_path).version == "first"


def test_files_that_do_not_belong_together_are_refused_before_anything_is_written(
    tmp_path: Path,
) -> None:
    weights, heads = named("first")
    with pytest.raises(ValueError, match="do not belong"):
        publish_model(tmp_path, weights, heads + b"more")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("file", [WEIGHTS, HEADS])
def test_a_missing_file_is_named(tmp_path: Path, file: str) -> None:
    publish_model(tmp_path, *named("first"))
    (tmp_path / "model" / "first" / file).unlink()
    with pytest.raises(ModelBroken, match=f"model/first/{file}"):
        current_model(tmp_path)


@pytest.mark.parametrize("file", [WEIGHTS, HEADS])
@pytest.mark.parametrize("left", [0, 100], ids=["empty", "cut off"])
def test_a_damaged_file_is_named(tmp_path: Path, file: str, left: int) -> None:
    publish_model(tmp_path, *named("first"))
    path = tmp_path / "model" / "first" / file
    path.write_bytes(path.read_bytes()[:left])
    with pytest.raises(ModelBroken, match=f"model/first/{file}"):
        current_model(tmp_path)


def test_a_model_of_another_format_is_named(tmp_path: Path) -> None:
    publish_model(tmp_path, *named("first"))
    path = tmp_path / "model" / "first" / WEIGHTS
    path.write_text(json.dumps({**json.loads(path.read_bytes()), "format": 99}))
    with pytest.raises(ModelBroken, match=WEIGHTS):
        current_model(tmp_path)


def test_a_damaged_model_can_be_left_by_undo(tmp_path: Path) -> None:
    for version in ("first", "second"):
        publish_model(tmp_path, *named(version))
    (tmp_path / "model" / "second" / HEADS).write_bytes(b"")
    undo_model(tmp_path)
    assert current_model(tmp_path).version == "first"


def test_undo_to_a_damaged_model_changes_nothing(tmp_path: Path) -> None:
    for version in ("first", "second"):
        publish_model(tmp_path, *named(version))
    (tmp_path / "model" / "first" / HEADS).unlink()
    with pytest.raises(ModelBroken, match="model/first"):
        undo_model(tmp_path)
    assert current_model(tmp_path).version == "second"


def test_what_a_writer_leaves_that_dies_before_the_last_step_is_not_seen(tmp_path: Path) -> None:
    publish_model(tmp_path, *named("first"))
    half = tmp_path / "model" / "second"
    half.mkdir()
    (half / HEADS).write_bytes(named("second")[1])
    assert current_model(tmp_path).version == "first"


def test_a_reader_never_sees_half_of_a_model(tmp_path: Path) -> None:
    done = threading.Event()

    def write() -> None:
        for number in range(20):
            publish_model(tmp_path, *named(f"v{number % 3}"))
        done.set()

    writer = threading.Thread(target=write)
    writer.start()
    seen = {current_model(tmp_path).version}
    while not done.is_set():
        seen.add(current_model(tmp_path).version)
    writer.join()
    assert seen <= {shipped_model().version, "v0", "v1", "v2"}
