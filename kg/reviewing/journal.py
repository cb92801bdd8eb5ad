"""Keep all decisions in one file that only grows, the source of truth for reviewed links.

One line of JSON is one decision. It is on disk before it is acknowledged. Every line carries a
checksum over itself and the one before, so that a line changed, missing or moved is found. A last
line without its line break was being written when the machine stopped; nobody was told that it
counts, so it is cut off.
"""

from __future__ import annotations

import fcntl
import hashlib
import json
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Final

from pydantic import TypeAdapter

from kg.errors import RecordBroken
from kg.reviewing.decisions import Decision

NAME: Final = "reviews.ndjson"
_START: Final = "0" * 64


class Journal:
    """Read the decisions of a dataset and add to them."""

    def __init__(self, root: Path) -> None:
        self._path = root / NAME
        self._lock = root / "reviews.lock"
        self._read: tuple[tuple[int, int, int], tuple[Decision, ...], str] | None = None

    def decisions(self) -> tuple[Decision, ...]:
        """Return all decisions in their order; the file is read again only when it changed.

        Raises:
            RecordBroken: a line is damaged; the message names it.
        """
        return self._decisions()[0]

    def append(self, make: Callable[[tuple[Decision, ...]], Decision]) -> Decision:
        """Add the decision made of all before it, and return it once it is on disk.

        Nobody else adds in between; what `make` raises leaves the file as it is.
        """
        with self._alone():
            self._cut_torn_line()
            known, last = self._decisions()
            decision = make(known)
            if decision.number != len(known) + 1:
                raise ValueError(f"Decision {decision.number} after {len(known)} others.")
            self._write(_line(decision, last))
        return decision

    def _decisions(self) -> tuple[tuple[Decision, ...], str]:
        try:
            status = self._path.stat()
        except FileNotFoundError:
            return (), _START
        stamp = (status.st_ino, status.st_mtime_ns, status.st_size)
        if self._read is None or self._read[0] != stamp:
            self._read = (stamp, *_parsed(self._path.read_bytes()))
        return self._read[1], self._read[2]

    @contextmanager
    def _alone(self) -> Iterator[None]:
        self._lock.parent.mkdir(parents=True, exist_ok=True)
        with self._lock.open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield

    def _cut_torn_line(self) -> None:
        if not self._path.is_file():
            return
        content = self._path.read_bytes()
        if content and not content.endswith(b"\n"):
            os.truncate(self._path, content.rfind(b"\n") + 1)

    def _write(self, line: bytes) -> None:
        is_new = not self._path.exists()
        handle = os.open(self._path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
        try:
            written = os.write(handle, line)
            if written != len(line):
                raise OSError(f"{NAME}: {written} of {len(line)} bytes written")
            os.fsync(handle)
        finally:
            os.close(handle)
        if is_new:
            _flush_directory(self._path.parent)


def _flush_directory(directory: Path) -> None:
    handle = os.open(directory, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


@cache
def _adapter() -> TypeAdapter[Decision]:
    return TypeAdapter(Decision)


def _line(decision: Decision, last: str) -> bytes:
    content = _adapter().dump_python(decision, mode="json")
    entry = {"decision": content, "sha256": _checksum(last, content)}
    return json.dumps(entry, ensure_ascii=False, sort_keys=True).encode() + b"\n"


def _checksum(last: str, content: object) -> str:
    text = json.dumps(content, ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(f"{last}\n{text}".encode()).hexdigest()


def _parsed(content: bytes) -> tuple[tuple[Decision, ...], str]:
    found: list[Decision] = []
    last = _START
    *lines, _torn = content.split(b"\n")
    for number, line in enumerate(lines, start=1):
        try:
            entry = json.loads(line)
            if entry["sha256"] != _checksum(last, entry["decision"]):
                raise RecordBroken(_damaged(number))
            decision = _adapter().validate_python(entry["decision"], strict=False)
        except (ValueError, KeyError, TypeError) as error:
            raise RecordBroken(_damaged(number)) from error
        if decision.number != number:
            raise RecordBroken(_damaged(number))
        last = entry["sha256"]
        found.append(decision)
    return tuple(found), last


def _damaged(number: int) -> str:
    return f"{NAME}, Zeile/line {number}"
