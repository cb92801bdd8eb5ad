"""Labelled texts are read from a folder; a broken file is named."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from kg.errors import UnreadableFile
from kg.matching.gold import read_gold
from tests.kg.matching.labelled import write_gold


def test_sets_are_named_for_their_files(tmp_path: Path) -> None:
    gold = read_gold(write_gold(tmp_path))
    assert (list(gold.sdg), list(gold.fit), len(gold.goals)) == (["sdg_x"], ["fit_x"], 4)


def test_files_are_listed_with_checksum_and_rows(tmp_path: Path) -> None:
    gold = read_gold(write_gold(tmp_path))
    found = {file.name: file.rows for file in gold.files}
    assert found == {"fit_x.jsonl": 5, "goals_x.jsonl": 4, "sdg_x.jsonl": 6}
    assert all(len(file.sha256) == 64 for file in gold.files)


def test_a_title_stands_before_the_text(tmp_path: Path) -> None:
    row = {"id": "1", "title": "Radwege", "text": "Sie werden breiter.", "sdgs": ["11"]}
    (tmp_path / "sdg_x.jsonl").write_text(json.dumps(row) + "\n", "utf-8")
    (read,) = read_gold(tmp_path).sdg["sdg_x"]
    assert read.text.startswith("Radwege")
    assert read.text.endswith("breiter.")


def test_only_a_source_that_states_its_goals_counts_as_stated(tmp_path: Path) -> None:
    rows = read_gold(write_gold(tmp_path)).fit["fit_x"]
    assert [row.stated for row in rows] == [True, True, False, False, True]


@pytest.mark.parametrize("content", ["{", "not json", "\xff"])
def test_a_broken_gold_file_is_named(tmp_path: Path, content: str) -> None:
    (tmp_path / "sdg_x.jsonl").write_text(content, "latin-1")
    with pytest.raises(UnreadableFile, match=r"sdg_x\.jsonl"):
        read_gold(tmp_path)


@pytest.mark.parametrize("folder", ["", "none"])
def test_a_directory_without_gold_is_named(tmp_path: Path, folder: str) -> None:
    with pytest.raises(UnreadableFile):
        read_gold(tmp_path / folder)
