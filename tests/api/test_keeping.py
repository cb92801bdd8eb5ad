"""The commands for a backup tell what they did, in both languages and for programs."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from api.cli import run
from kg.dataset import Dataset
from tests.api.town import publish_town


@pytest.fixture
def kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give the backup of a town, with an empty directory for data."""
    publish_town(tmp_path / "data")
    monkeypatch.setenv("KREISLAUFSTADT_DATA", str(tmp_path / "data"))
    assert run(["backup", str(tmp_path / "b.tar.gz")]) == 0
    monkeypatch.setenv("KREISLAUFSTADT_DATA", str(tmp_path / "new"))
    return tmp_path / "b.tar.gz"


@pytest.mark.parametrize(
    ("language", "words"), [("de", "ist in b.tar.gz gesichert"), ("en", "is kept in b.tar.gz")]
)
def test_a_backup_tells_its_file_and_generation(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    language: str,
    words: str,
) -> None:
    publish_town(tmp_path / "data")
    monkeypatch.setenv("KREISLAUFSTADT_DATA", str(tmp_path / "data"))
    run(["backup", str(tmp_path / "b.tar.gz"), "--lang", language])
    told = capsys.readouterr().out
    assert words in told
    assert Dataset(tmp_path / "data").current().name in told


@pytest.mark.parametrize(
    ("language", "words"), [("de", "ist wiederhergestellt"), ("en", "is restored")]
)
def test_a_restore_tells_the_generation(
    kept: Path, capsys: pytest.CaptureFixture[str], language: str, words: str
) -> None:
    capsys.readouterr()
    assert run(["restore", str(kept), "--lang", language]) == 0
    assert words in capsys.readouterr().out


def test_programs_read_the_same_generation_from_both(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    publish_town(tmp_path / "data")
    monkeypatch.setenv("KREISLAUFSTADT_DATA", str(tmp_path / "data"))
    run(["backup", str(tmp_path / "b.tar.gz"), "--json"])
    monkeypatch.setenv("KREISLAUFSTADT_DATA", str(tmp_path / "new"))
    written = json.loads(capsys.readouterr().out)
    run(["restore", str(tmp_path / "b.tar.gz"), "--json"])
    assert json.loads(capsys.readouterr().out)["generation"] == written["generation"]


def test_a_second_restore_is_refused_as_a_mistake_of_the_user(kept: Path) -> None:
    assert (run(["restore", str(kept)]), run(["restore", str(kept)])) == (0, 2)
