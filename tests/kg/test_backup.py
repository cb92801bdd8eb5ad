"""A backup gives back the same dataset with what people added, or nothing at all."""

from __future__ import annotations

import io
import json
import stat
import tarfile
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from kg.access import EVERY_CITY, Role, TokenFile
from kg.backup import restore_backup, write_backup
from kg.dataset import Dataset
from kg.errors import BackupBroken, BackupRefused, DatasetBusy, NoDataset
from kg.sources import SourceRecord
from tests.conftest import turtle

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
GRAPH = "https://example.org/graph/a"


@pytest.fixture
def dataset(tmp_path: Path) -> Dataset:
    """Give a dataset with a statement, a blank node, a file beside it and a token."""
    dataset = Dataset(tmp_path / "data")
    with dataset.fresh_draft() as draft:
        record = SourceRecord(GRAPH, "rdf", "Probe", "sample", "probe.ttl", "0" * 64)
        draft.put_source(record, turtle('id:a rdfs:label "Größe"@de ; rdfs:seeAlso [ a ks:Aim ] .'))
        draft.rules = "abc"
        draft.files["thesaurus.json"] = b"{}"
        dataset.publish(draft)
    TokenFile(dataset.root).create("Umweltamt", Role.ADMIN, EVERY_CITY, NOW)
    return dataset


@pytest.fixture
def archive(dataset: Dataset, tmp_path: Path) -> Path:
    write_backup(dataset, tmp_path / "backup.tar.gz", NOW)
    return tmp_path / "backup.tar.gz"


def changed(archive: Path, edit: Callable[[str, bytes], tuple[str, bytes] | None]) -> Path:
    """Return a copy of an archive with each member as `edit` gives it, left out for None."""
    copy = archive.with_name("changed.tar.gz")
    with tarfile.open(archive) as before, tarfile.open(copy, "w:gz") as after:
        for entry in before:
            stream = before.extractfile(entry)
            assert stream is not None
            result = edit(entry.name, stream.read())
            if result is not None:
                fresh = tarfile.TarInfo(result[0])
                fresh.size = len(result[1])
                after.addfile(fresh, io.BytesIO(result[1]))
    return copy


def test_a_restored_dataset_has_the_same_generation(
    dataset: Dataset, archive: Path, tmp_path: Path
) -> None:
    before = dataset.current()
    after = restore_backup(archive, Dataset(tmp_path / "other"))
    assert (after.name, after.sources, after.rules) == (before.name, before.sources, before.rules)
    assert after.file("thesaurus.json") == b"{}"


def test_tokens_hold_after_a_restore(dataset: Dataset, archive: Path, tmp_path: Path) -> None:
    restore_backup(archive, Dataset(tmp_path / "other"))
    assert TokenFile(tmp_path / "other").grants() == TokenFile(dataset.root).grants()
    path = tmp_path / "other" / "tokens.json"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_only_its_owner_reads_a_backup(archive: Path) -> None:
    assert stat.S_IMODE(archive.stat().st_mode) == 0o600


def test_what_can_be_worked_out_again_is_left_out(dataset: Dataset, tmp_path: Path) -> None:
    (dataset.root / "embeddings.npz").write_bytes(b"vectors")
    written = write_backup(dataset, tmp_path / "b.tar.gz", NOW)
    assert sorted(written.members) == [
        "generation/manifest.json",
        "generation/thesaurus.json",
        "quads.nq",
        "root/tokens.json",
    ]


def test_a_file_that_is_there_is_not_overwritten(dataset: Dataset, tmp_path: Path) -> None:
    target = tmp_path / "b.tar.gz"
    target.write_bytes(b"mine")
    with pytest.raises(BackupRefused, match="exists already"):
        write_backup(dataset, target, NOW)
    assert target.read_bytes() == b"mine"


def test_a_folder_that_is_missing_is_told(dataset: Dataset, tmp_path: Path) -> None:
    with pytest.raises(BackupRefused, match="cannot be written"):
        write_backup(dataset, tmp_path / "none" / "b.tar.gz", NOW)


def test_a_dataset_is_not_overwritten(dataset: Dataset, archive: Path) -> None:
    before = dataset.current().name
    with pytest.raises(BackupRefused, match="dataset already"):
        restore_backup(archive, dataset)
    assert dataset.current().name == before


def test_no_backup_is_written_during_a_load(dataset: Dataset, tmp_path: Path) -> None:
    with dataset.next_draft(), pytest.raises(DatasetBusy):
        write_backup(dataset, tmp_path / "b.tar.gz", NOW)


def test_nothing_is_made_where_nothing_was_built(tmp_path: Path) -> None:
    with pytest.raises(NoDataset):
        write_backup(Dataset(tmp_path / "none"), tmp_path / "b.tar.gz", NOW)
    assert list(tmp_path.iterdir()) == []


def _flipped(name: str, content: bytes) -> tuple[str, bytes]:
    return (name, content.replace(b"Gr", b"gr")) if name == "quads.nq" else (name, content)


def _without_quads(name: str, content: bytes) -> tuple[str, bytes] | None:
    return None if name == "quads.nq" else (name, content)


def _escaping(name: str, content: bytes) -> tuple[str, bytes]:
    if name == "backup.json":
        index = json.loads(content)
        members = index["members"]
        index["members"] = {
            ("../../escaped" if key == "root/tokens.json" else key): value
            for key, value in members.items()
        }
        return name, json.dumps(index).encode()
    return ("../../escaped" if name == "root/tokens.json" else name), content


def _newer(name: str, content: bytes) -> tuple[str, bytes]:
    if name != "backup.json":
        return name, content
    return name, json.dumps({**json.loads(content), "format": 99}).encode()


@pytest.mark.parametrize(
    ("edit", "part"),
    [
        (_flipped, "quads.nq"),
        (_without_quads, "quads.nq"),
        (_escaping, "escaped"),
        (_newer, "format 99"),
    ],
    ids=["other bytes", "member missing", "path out of the folder", "newer format"],
)
def test_an_archive_that_was_changed_gives_nothing(
    archive: Path, tmp_path: Path, edit: Callable[[str, bytes], tuple[str, bytes]], part: str
) -> None:
    copy = changed(archive, edit)
    with pytest.raises(BackupBroken, match=part):
        restore_backup(copy, Dataset(tmp_path / "other"))
    assert not (tmp_path / "other" / "current").exists()
    assert not (tmp_path / "escaped").exists()


@pytest.mark.parametrize("share", [0, 0.1, 0.5, 0.9])
def test_a_torn_archive_gives_nothing(archive: Path, tmp_path: Path, share: float) -> None:
    content = archive.read_bytes()
    archive.write_bytes(content[: int(len(content) * share)])
    with pytest.raises(BackupBroken):
        restore_backup(archive, Dataset(tmp_path / "other"))
    assert not (tmp_path / "other" / "current").exists()


@pytest.mark.parametrize("share", [0.2, 0.5, 0.8])
def test_a_damaged_archive_gives_nothing(archive: Path, tmp_path: Path, share: float) -> None:
    content = bytearray(archive.read_bytes())
    content[int(len(content) * share)] ^= 0xFF
    archive.write_bytes(content)
    with pytest.raises(BackupBroken):
        restore_backup(archive, Dataset(tmp_path / "other"))
