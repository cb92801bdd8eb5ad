"""Keep bearer tokens in a file beside the dataset; the file holds checksums, never a token.

A token is `ks_KEY_SECRET`. The secret has 256 random bits, so one round of SHA-256 is enough: there
is nothing to guess (OWASP Password Storage Cheat Sheet is about what people choose).
"""

from __future__ import annotations

import fcntl
import hashlib
import hmac
import json
import os
import re
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Final

from kg.access.grants import EVERY_CITY, Grant, Role
from kg.errors import RecordBroken, UnknownName
from kg.identifiers import parse_ags

NAME: Final = "tokens.json"
FORMAT: Final = 1
_TOKEN: Final = re.compile(r"ks_([0-9a-f]{8})_([A-Za-z0-9_-]{43})")
_SECRET_BYTES: Final = 32


@dataclass(frozen=True, slots=True)
class _Entry:
    grant: Grant
    checksum: str


class TokenFile:
    """Make, find, list and revoke the tokens of a dataset; a change is on disk when it returns."""

    def __init__(self, root: Path) -> None:
        self._path = root / NAME
        self._lock = root / "tokens.lock"
        self._read: tuple[tuple[int, int, int], dict[str, _Entry]] | None = None

    def create(self, name: str, role: Role, city: str, now: datetime) -> tuple[Grant, str]:
        """Return a new grant and its token, which nobody can read again.

        Raises:
            BadParameter: `city` is neither an AGS nor `EVERY_CITY`.
        """
        if city != EVERY_CITY:
            city = parse_ags(city)
        secret = secrets.token_urlsafe(_SECRET_BYTES)
        with self._changing() as entries:
            key = secrets.token_hex(4)
            while key in entries:
                key = secrets.token_hex(4)
            grant = Grant(key, name, role, city, now)
            entries[key] = _Entry(grant, _checksum(secret))
        return grant, f"ks_{key}_{secret}"

    def revoke(self, key: str, now: datetime) -> Grant:
        """End a token and return what is left of it; one that ended before keeps its time.

        Raises:
            UnknownName: there is no token of that key.
        """
        with self._changing() as entries:
            if key not in entries:
                raise UnknownName(key, tuple(sorted(entries)))
            entry = entries[key]
            if entry.grant.revoked is None:
                entries[key] = replace(entry, grant=replace(entry.grant, revoked=now))
            return entries[key].grant

    def grants(self) -> list[Grant]:
        """Return every grant, the ended ones too, by time of making."""
        found = [entry.grant for entry in self._entries().values()]
        return sorted(found, key=lambda grant: (grant.created, grant.key))

    def find(self, token: str) -> Grant | None:
        """Return the grant of a token; None when it is unknown, malformed or ended."""
        match = _TOKEN.fullmatch(token)
        if match is None:
            return None
        entry = self._entries().get(match[1])
        if entry is None or not hmac.compare_digest(entry.checksum, _checksum(match[2])):
            return None
        return None if entry.grant.revoked else entry.grant

    def _entries(self) -> dict[str, _Entry]:
        """Return the entries; the file is read again only when it is another one."""
        try:
            status = self._path.stat()
        except FileNotFoundError:
            return {}
        stamp = (status.st_ino, status.st_mtime_ns, status.st_size)
        if self._read is None or self._read[0] != stamp:
            self._read = (stamp, _entries_of(self._path.read_text("utf-8")))
        return self._read[1]

    @contextmanager
    def _changing(self) -> Iterator[dict[str, _Entry]]:
        """Give the entries to change, alone, and write them in one step."""
        self._path.parent.mkdir(parents=True, exist_ok=True)
        with self._lock.open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            entries = dict(self._entries())
            yield entries
            self._write(entries)

    def _write(self, entries: dict[str, _Entry]) -> None:
        content = {
            "format": FORMAT,
            "tokens": [_as_json(entries[key]) for key in sorted(entries)],
        }
        fresh = self._path.with_suffix(".new")
        fresh.unlink(missing_ok=True)
        handle = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "w", encoding="utf-8") as stream:
            stream.write(json.dumps(content, ensure_ascii=False, indent=1) + "\n")
            stream.flush()
            os.fsync(stream.fileno())
        fresh.replace(self._path)


def _checksum(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()


def _as_json(entry: _Entry) -> dict[str, str | None]:
    grant = entry.grant
    return {
        "key": grant.key,
        "name": grant.name,
        "role": grant.role.value,
        "city": grant.city,
        "created": grant.created.isoformat(),
        "revoked": grant.revoked.isoformat() if grant.revoked else None,
        "sha256": entry.checksum,
    }


def _entries_of(text: str) -> dict[str, _Entry]:
    try:
        content = json.loads(text)
        if content["format"] != FORMAT:
            raise RecordBroken(f"{NAME}: format {content['format']}")
        return {row["key"]: _entry_of(row) for row in content["tokens"]}
    except (ValueError, KeyError, TypeError) as error:
        raise RecordBroken(NAME) from error


def _entry_of(row: dict[str, str]) -> _Entry:
    revoked = row["revoked"]
    grant = Grant(
        key=row["key"],
        name=row["name"],
        role=Role(row["role"]),
        city=row["city"],
        created=datetime.fromisoformat(row["created"]),
        revoked=datetime.fromisoformat(revoked) if revoked else None,
    )
    return _Entry(grant, row["sha256"])
