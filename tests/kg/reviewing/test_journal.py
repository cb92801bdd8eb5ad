"""Decisions are on disk when they are acknowledged, and damage to their file is found."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from kg.errors import RecordBroken
from kg.reviewing import Decision, Journal, Link, Reviewer, Verdict
from tests.kg.reviewing.conftest import NOON

FILE = "reviews.ndjson"
_ADD = """
import sys
from datetime import UTC, datetime
from pathlib import Path
from kg.reviewing import Journal
from tests.kg.reviewing.test_journal import next_decision
journal = Journal(Path(sys.argv[1]))
for _ in range(20):
    journal.append(next_decision)
"""


def next_decision(known: tuple[Decision, ...]) -> Decision:
    link = Link(f"urn:link:{len(known)}", "urn:a", "urn:b", "supports", 1, label_de="Übung »x«")
    reviewer = Reviewer("aaaaaaaa", "Umweltamt")
    return Decision(len(known) + 1, NOON, reviewer, Verdict.ACCEPT, "Passt.\u2028", "de", link)


@pytest.fixture
def journal(tmp_path: Path) -> Journal:
    journal = Journal(tmp_path)
    for _ in range(3):
        journal.append(next_decision)
    return journal


def test_what_was_written_is_read_back_the_same(journal: Journal, tmp_path: Path) -> None:
    written = [next_decision(journal.decisions()[:count]) for count in range(3)]
    assert Journal(tmp_path).decisions() == tuple(written)


def test_a_missing_file_holds_no_decision(tmp_path: Path) -> None:
    assert Journal(tmp_path).decisions() == ()


@pytest.mark.parametrize("kept", [1, 40, -1])
def test_a_torn_last_line_does_not_count_and_is_cut_off(
    journal: Journal, tmp_path: Path, kept: int
) -> None:
    path = tmp_path / FILE
    lines = path.read_bytes().splitlines(keepends=True)
    path.write_bytes(b"".join(lines[:2]) + lines[2][:kept])
    again = Journal(tmp_path)
    assert len(again.decisions()) == 2
    again.append(next_decision)
    assert path.read_bytes() == b"".join(lines)


@pytest.mark.parametrize(
    "damage",
    [
        lambda lines: [lines[0], lines[1].replace(b"Passt", b"Nicht"), lines[2]],
        lambda lines: [lines[0], b"\0" * 50 + b"\n", lines[2]],
        lambda lines: [lines[0], lines[2]],
        lambda lines: [lines[0], lines[2], lines[1]],
        lambda lines: [lines[0], lines[0], lines[2]],
    ],
    ids=["changed", "zeros", "missing", "moved", "doubled"],
)
def test_a_damaged_line_is_named(journal: Journal, tmp_path: Path, damage: object) -> None:
    path = tmp_path / FILE
    lines = path.read_bytes().splitlines(keepends=True)
    path.write_bytes(b"".join(damage(lines)))  # type: ignore[operator]  # a table of functions
    with pytest.raises(RecordBroken, match=r"reviews\.ndjson, Zeile/line 2"):
        Journal(tmp_path).decisions()


def test_a_refused_decision_leaves_the_file_as_it_is(journal: Journal, tmp_path: Path) -> None:
    before = (tmp_path / FILE).read_bytes()

    def refused(_: tuple[Decision, ...]) -> Decision:
        raise LookupError

    with pytest.raises(LookupError):
        journal.append(refused)
    assert (tmp_path / FILE).read_bytes() == before


def test_only_its_owner_reads_the_file(journal: Journal, tmp_path: Path) -> None:
    assert (tmp_path / FILE).stat().st_mode & 0o777 == 0o600


def test_a_reader_sees_what_another_process_added(journal: Journal, tmp_path: Path) -> None:
    assert len(journal.decisions()) == 3
    Journal(tmp_path).append(next_decision)
    assert len(journal.decisions()) == 4


def test_processes_that_write_at_once_lose_nothing(tmp_path: Path, repository: Path) -> None:
    environment = {**os.environ, "PYTHONPATH": str(repository)}
    writers = [
        subprocess.Popen([sys.executable, "-c", _ADD, str(tmp_path)], env=environment)
        for _ in range(2)
    ]
    assert [writer.wait(60) for writer in writers] == [0, 0]
    assert [item.number for item in Journal(tmp_path).decisions()] == list(range(1, 41))
