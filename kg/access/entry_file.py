"""Keep entries by key in one file of JSON that only its owner reads and one writer changes."""

from __future__ import annotations

import fcntl
import json
import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Generic, TypeVar

from kg.errors import RecordBroken

FORMAT: Final = 1
Entry = TypeVar("Entry")
Row = Mapping[str, str | None]


@dataclass(frozen=True, slots=True)
class Form(Generic[Entry]):
    """Say how entries stand in the file: under which word, and how one is written and read."""

    word: str
    written: Callable[[Entry], Row]
    read: Callable[[Row], Entry]


class EntryFile(Generic[Entry]):
    """Read and change entries; a change is on disk when it returns."""

    def __init__(self, root: Path, form: Form[Entry]) -> None:
        self._path = root / f"{form.word}.json"
        self._lock = root / f"{form.word}.lock"
        self._form = form
        self._read: tuple[tuple[int, int, int], dict[str, Entry]] | None = None

    def entries(self) -> dict[str, Entry]:
        """Return the entries by key; the file is read again only when it is another one.

        Raises:
            RecordBroken: the file is damaged; the message names it.
        """
        try:
            status = self._path.stat()
        except FileNotFoundError:
            return {}
        stamp = (status.st_ino, status.st_mtime_ns, status.st_size)
        if self._read is None or self._read[0] != stamp:
            self._read = (stamp, self._parsed(self._path.read_text("utf-8")))
        return self._read[1]

    @contextmanager
    def changing(self) -> Iterator[dict[str, Entry]]:
        """Give the entries to change, alone, and write them in one step."""
        self._path.parent.mkdir(parents=True, exist_ok=True)
        with self._lock.open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            entries = dict(self.entries())
            yield entries
            self._write(entries)

    def _parsed(self, text: str) -> dict[str, Entry]:
        name = self._path.name
        try:
            content = json.loads(text)
            if content["format"] != FORMAT:
                raise RecordBroken(f"{name}: format {content['format']}")
            return {row["key"]: self._form.read(row) for row in content[self._form.word]}
        except (ValueError, KeyError, TypeError) as error:
            raise RecordBroken(name) from error

    def _write(self, entries: Mapping[str, Entry]) -> None:
        content = {
            "format": FORMAT,
            self._form.word: [dict(self._form.written(entries[key])) for key in sorted(entries)],
        }
        fresh = self._path.with_suffix(".new")
        fresh.unlink(missing_ok=True)
        handle = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "w", encoding="utf-8") as stream:
            stream.write(json.dumps(content, ensure_ascii=False, indent=1) + "\n")
            stream.flush()
            os.fsync(stream.fileno())
        fresh.replace(self._path)
