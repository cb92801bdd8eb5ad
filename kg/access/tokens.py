"""Keep bearer tokens in a file beside the dataset; the file holds checksums, never a token.

A token is `ks_KEY_SECRET`. The secret has 256 random bits, so one round of SHA-256 is enough: there
is nothing to guess (OWASP Password Storage Cheat Sheet is about what people choose).
"""

from __future__ import annotations

import hashlib
import hmac
import re
import secrets
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Final

from kg.access.entry_file import EntryFile, Form, Row
from kg.access.grants import Grant, Role, checked_city, grant_as_row, grant_of_row
from kg.errors import UnknownName

_TOKEN: Final = re.compile(r"ks_([0-9a-f]{8})_([A-Za-z0-9_-]{43})")
_SECRET_BYTES: Final = 32


@dataclass(frozen=True, slots=True)
class _Entry:
    grant: Grant
    checksum: str


class TokenFile:
    """Make, find, list and revoke the tokens of a dataset; a change is on disk when it returns."""

    def __init__(self, root: Path) -> None:
        self._file = EntryFile(root, Form("tokens", _as_row, _entry_of))

    def create(self, name: str, role: Role, city: str, now: datetime) -> tuple[Grant, str]:
        """Return a new grant and its token, which nobody can read again.

        Raises:
            BadParameter: `city` is neither an AGS nor `EVERY_CITY`.
        """
        city = checked_city(city)
        secret = secrets.token_urlsafe(_SECRET_BYTES)
        with self._file.changing() as entries:
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
        with self._file.changing() as entries:
            if key not in entries:
                raise UnknownName(key, tuple(sorted(entries)))
            entry = entries[key]
            if entry.grant.revoked is None:
                entries[key] = replace(entry, grant=replace(entry.grant, revoked=now))
            return entries[key].grant

    def grants(self) -> list[Grant]:
        """Return every grant, the ended ones too, by time of making."""
        found = [entry.grant for entry in self._file.entries().values()]
        return sorted(found, key=lambda grant: (grant.created, grant.key))

    def grant(self, key: str) -> Grant | None:
        """Return the grant of a key; None when it is unknown or ended."""
        entry = self._file.entries().get(key)
        return None if entry is None or entry.grant.revoked else entry.grant

    def find(self, token: str) -> Grant | None:
        """Return the grant of a token; None when it is unknown, malformed or ended."""
        match = _TOKEN.fullmatch(token)
        if match is None:
            return None
        entry = self._file.entries().get(match[1])
        if entry is None or not hmac.compare_digest(entry.checksum, _checksum(match[2])):
            return None
        return None if entry.grant.revoked else entry.grant


def _checksum(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()


def _as_row(entry: _Entry) -> Row:
    return {**grant_as_row(entry.grant), "sha256": entry.checksum}


def _entry_of(row: Row) -> _Entry:
    return _Entry(grant_of_row(row), str(row["sha256"]))
