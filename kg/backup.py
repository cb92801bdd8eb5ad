"""Write a dataset into one file, and make a dataset of such a file again.

A backup is a gzipped tar archive: `backup.json` with the generation's name and the SHA-256 checksum
of every other member, the graph as N-Quads, what was written beside it, and what people added: the
checksums of their tokens, hashes of their passwords, their reviews, a trained model. What can be
worked out again (vectors of texts, older generations) is left out. N-Quads do not depend on the
version of the engine.
"""

from __future__ import annotations

import hashlib
import io
import json
import os
import tarfile
import tempfile
import zlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Final

from pyoxigraph import RdfFormat, parse, serialize

from kg.dataset import MANIFEST, Dataset, Draft, Generation, content_name
from kg.embedded import EmbeddedStore
from kg.errors import BackupBroken, BackupRefused, DatasetBroken
from kg.fit.index import EMBEDDINGS
from kg.store import every_quad

FORMAT: Final = 1
_INDEX: Final = "backup.json"
_QUADS: Final = "quads.nq"
_BESIDE: Final = "generation/"
_ROOT: Final = "root/"
# Worked out again, or of no use elsewhere.
_LEFT_OUT: Final = frozenset({"current", "generations", "inputs", EMBEDDINGS})
_LOCKS: Final = frozenset({".lock", ".new"})
_BLOCK: Final = 1 << 20


@dataclass(frozen=True, slots=True)
class Member:
    """Tell the size and the SHA-256 checksum of one file in a backup."""

    bytes: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Backup:
    """Tell what a backup holds: its generation, when it was made, and its files by name."""

    generation: str
    created: str
    members: Mapping[str, Member]


def write_backup(dataset: Dataset, target: Path, now: datetime) -> Backup:
    """Write the current generation and what people added to a file that only its owner reads.

    The file appears whole or not at all.

    Raises:
        NoDataset: nothing was built yet.
        DatasetBusy: something is written at this moment.
        BackupRefused: there is a file of that name already, or it cannot be written there.
    """
    try:
        with dataset.held() as generation, _fresh_folder(target.absolute().parent) as folder:
            fresh = folder / "backup"
            backup = _write(dataset.root, generation, fresh, now)
            # Unlike a rename, a link never takes the place of a file.
            os.link(fresh, target)
    except FileExistsError as error:
        raise BackupRefused.exists(target.name) from error
    except OSError as error:
        raise BackupRefused.unwritable(target.name) from error
    return backup


@contextmanager
def _fresh_folder(where: Path) -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix=".backup-", dir=where) as name:
        yield Path(name)


def _write(root: Path, generation: Generation, fresh: Path, now: datetime) -> Backup:
    quads = fresh.with_name(_QUADS)
    with quads.open("wb") as stream:
        serialize(every_quad(generation.open()), stream, RdfFormat.N_QUADS)
    files = {_QUADS: quads, **_files_of(generation.directory, _BESIDE), **_files_of(root, _ROOT)}
    members = {name: _member(path) for name, path in sorted(files.items())}
    backup = Backup(generation.name, now.isoformat(), members)
    index = json.dumps({"format": FORMAT, **asdict(backup)}, indent=1).encode()
    handle = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as stream:
        with tarfile.open(fileobj=stream, mode="w:gz", compresslevel=6) as archive:
            _add(archive, _INDEX, io.BytesIO(index), len(index), now)
            for name, member in members.items():
                with files[name].open("rb") as content:
                    _add(archive, name, content, member.bytes, now)
        stream.flush()
        os.fsync(stream.fileno())
    return backup


def _files_of(folder: Path, prefix: str) -> dict[str, Path]:
    """Return what is kept of a folder, by the name it has in the archive."""
    own = folder / "store"
    return {
        prefix + path.relative_to(folder).as_posix(): path
        for path in sorted(folder.rglob("*"))
        if path.is_file()
        and path.relative_to(folder).parts[0] not in _LEFT_OUT
        and own not in path.parents
        and path.suffix not in _LOCKS
        and not path.relative_to(folder).parts[0].startswith(".")
    }


def _member(path: Path) -> Member:
    with path.open("rb") as stream:
        digest = hashlib.file_digest(stream, "sha256")
    return Member(path.stat().st_size, digest.hexdigest())


def _add(archive: tarfile.TarFile, name: str, content: io.IOBase, size: int, now: datetime) -> None:
    entry = tarfile.TarInfo(name)
    entry.size, entry.mode, entry.mtime = size, 0o600, int(now.timestamp())
    archive.addfile(entry, content)


def restore_backup(source: Path, dataset: Dataset) -> Generation:
    """Make a dataset of a backup; the directory must not hold one yet.

    Every checksum is compared, and the generation must come out with the name it had.

    Raises:
        BackupRefused: the directory holds a dataset already.
        BackupBroken: the file is no backup, is damaged, or was made by a newer version.
        DatasetBusy: something is written at this moment.
    """
    if (dataset.root / "current").exists():
        raise BackupRefused.occupied()
    dataset.root.mkdir(parents=True, exist_ok=True)
    with dataset.fresh_draft(), _fresh_folder(dataset.root) as folder:
        backup = _unpack(source, folder)
        draft = _draft_of(folder, source.name)
        if content_name(draft) != backup.generation:
            raise BackupBroken(source.name, "generation")
        for path in sorted((folder / _ROOT).rglob("*")):
            target = dataset.root / path.relative_to(folder / _ROOT)
            if path.is_file():
                target.parent.mkdir(parents=True, exist_ok=True)
                path.replace(target)
        # Last: from here on there is a dataset.
        return dataset.publish(draft)


def _unpack(source: Path, folder: Path) -> Backup:
    """Write every file that the index names into a folder, none more and none less."""
    try:
        with tarfile.open(source, "r:gz") as archive:
            backup = _index_of(archive, source.name)
            for name, member in backup.members.items():
                _unpack_one(archive, name, member, folder, source.name)
    except (OSError, tarfile.TarError, EOFError, zlib.error) as error:
        raise BackupBroken(source.name, type(error).__name__) from error
    return backup


def _index_of(archive: tarfile.TarFile, file: str) -> Backup:
    first = archive.next()
    stream = None if first is None or first.name != _INDEX else archive.extractfile(first)
    if stream is None:
        raise BackupBroken(file, _INDEX)
    try:
        content = json.loads(stream.read())
        if content["format"] != FORMAT:
            raise BackupBroken(file, f"format {content['format']}")
        members = {
            name: Member(max(int(entry["bytes"]), 0), entry["sha256"])
            for name, entry in content["members"].items()
        }
        return Backup(content["generation"], content["created"], members)
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise BackupBroken(file, _INDEX) from error


def _unpack_one(
    archive: tarfile.TarFile, name: str, member: Member, folder: Path, file: str
) -> None:
    entry = archive.next()
    target = folder / name
    is_inside = target.resolve().is_relative_to(folder.resolve())
    stream = None if entry is None or entry.name != name else archive.extractfile(entry)
    if stream is None or not is_inside:
        raise BackupBroken(file, name)
    target.parent.mkdir(parents=True, exist_ok=True)
    digest, left = hashlib.sha256(), member.bytes
    with target.open("wb") as output:
        target.chmod(0o600)
        while block := stream.read(min(_BLOCK, left)):
            digest.update(block)
            output.write(block)
            left -= len(block)
    if left or stream.read(1) or digest.hexdigest() != member.sha256:
        raise BackupBroken(file, name)


def _draft_of(folder: Path, file: str) -> Draft:
    beside = folder / _BESIDE
    try:
        with (folder / _QUADS).open("rb") as quads:
            store = EmbeddedStore.in_memory(parse(quads, RdfFormat.N_QUADS))
        draft = Draft.of_manifest((beside / MANIFEST).read_text("utf-8"), store)
        for path in sorted(entry for entry in beside.iterdir() if entry.name != MANIFEST):
            draft.files[path.name] = path.read_bytes()
    except (OSError, SyntaxError, DatasetBroken) as error:
        raise BackupBroken(file, _BESIDE) from error
    return draft
