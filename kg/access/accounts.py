"""Keep local accounts in a file beside the dataset; of a password it holds a slow hash alone.

People choose passwords, so they are kept as argon2id with the parameters of RFC 9106 for little
memory. A name that there is no account of costs the same work as a wrong password.
"""

from __future__ import annotations

import secrets
import unicodedata
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Final

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from kg.access.entry_file import EntryFile, Form, Row
from kg.access.grants import Grant, Role, checked_city, grant_as_row, grant_of_row
from kg.errors import BadParameter, UnknownName
from kg.language import Text

SHORTEST_PASSWORD: Final = 12
LONGEST_PASSWORD: Final = 200
# Longer than the key of a token, so that nobody has the key of somebody else.
_KEY_BYTES: Final = 5
_PASSWORD_BYTES: Final = 15


@dataclass(frozen=True, slots=True)
class Account:
    """Hold an account's public part; `stamp` changes with its password, `revoked` disables it."""

    grant: Grant
    stamp: str


@dataclass(frozen=True, slots=True)
class _Entry:
    account: Account
    hashed: str


class AccountFile:
    """Make, find, list and disable the accounts of a dataset; they are on disk when it returns."""

    def __init__(self, root: Path) -> None:
        self._file = EntryFile(root, Form("accounts", _as_row, _entry_of))

    def create(self, name: str, password: str, role: Role, city: str, now: datetime) -> Grant:
        """Return the grant of a new account.

        Raises:
            BadParameter: the name is taken, the password too short or long, or the city no AGS.
        """
        city = checked_city(city)
        hashed = _hashed(password)
        with self._file.changing() as entries:
            if _named(entries, name) is not None:
                raise BadParameter(
                    "--name", name, Text("ein Name, den noch kein Konto hat", "a name not in use")
                )
            key = secrets.token_hex(_KEY_BYTES)
            while key in entries:
                key = secrets.token_hex(_KEY_BYTES)
            grant = Grant(key, name, role, city, now)
            entries[key] = _Entry(Account(grant, _fresh_stamp()), hashed)
        return grant

    def disable(self, name: str, now: datetime) -> Grant:
        """End an account and return what is left of it; one that ended before keeps its time.

        Raises:
            UnknownName: there is no account of that name.
        """
        with self._file.changing() as entries:
            entry = _demanded(entries, name)
            account = entry.account
            if account.grant.revoked is None:
                account = replace(account, grant=replace(account.grant, revoked=now))
                entries[account.grant.key] = replace(entry, account=account)
            return account.grant

    def change_password(self, name: str, password: str) -> Grant:
        """Give an account another password, which ends its sessions; return its grant.

        Raises:
            UnknownName: there is no account of that name.
            BadParameter: the password is too short or too long.
        """
        hashed = _hashed(password)
        with self._file.changing() as entries:
            account = replace(_demanded(entries, name).account, stamp=_fresh_stamp())
            entries[account.grant.key] = _Entry(account, hashed)
            return account.grant

    def grants(self) -> list[Grant]:
        """Return every grant, those of disabled accounts too, by time of making."""
        found = [entry.account.grant for entry in self._file.entries().values()]
        return sorted(found, key=lambda grant: (grant.created, grant.key))

    def find(self, name: str, password: str) -> Account | None:
        """Return the account of a name and its password; None whatever of it does not hold."""
        entry = _named(self._file.entries(), name)
        is_right = _is_password(_nobodys() if entry is None else entry.hashed, password)
        if entry is None or not is_right or entry.account.grant.revoked:
            return None
        return entry.account

    def grant(self, key: str, stamp: str) -> Grant | None:
        """Return the grant of a key; None when it is disabled or has another password by now."""
        entry = self._file.entries().get(key)
        if entry is None or entry.account.grant.revoked or entry.account.stamp != stamp:
            return None
        return entry.account.grant


def fresh_password() -> str:
    """Return a password that nobody guesses, short enough to be typed once."""
    return secrets.token_urlsafe(_PASSWORD_BYTES)


def _hashed(password: str) -> str:
    if not SHORTEST_PASSWORD <= len(password) <= LONGEST_PASSWORD:
        raise BadParameter(
            "password",
            "…",
            Text(
                f"ein Passwort mit {SHORTEST_PASSWORD} bis {LONGEST_PASSWORD} Zeichen",
                f"a password of {SHORTEST_PASSWORD} to {LONGEST_PASSWORD} characters",
            ),
        )
    return PasswordHasher().hash(_as_typed(password))


def _is_password(hashed: str, password: str) -> bool:
    try:
        # A longer one is nobody's; it costs the same work, and no more.
        PasswordHasher().verify(hashed, _as_typed(password[:LONGEST_PASSWORD]))
    except (VerificationError, InvalidHashError):
        return False
    return len(password) <= LONGEST_PASSWORD


@cache
def _nobodys() -> str:
    """Return the hash of a password that nobody has."""
    return PasswordHasher().hash(secrets.token_urlsafe())


def _as_typed(password: str) -> str:
    """Return a password that is the same on every keyboard (NIST SP 800-63B, 3.1.1.2)."""
    return unicodedata.normalize("NFKC", password)


def folded(name: str) -> str:
    """Return a name as it is compared: without case and without blanks around words.

    >>> folded("  Amt für  Umwelt ") == folded("AMT FÜR UMWELT")
    True
    """
    return " ".join(unicodedata.normalize("NFKC", name).casefold().split())


def _named(entries: dict[str, _Entry], name: str) -> _Entry | None:
    wanted = folded(name)
    found = [entry for entry in entries.values() if folded(entry.account.grant.name) == wanted]
    return found[0] if found else None


def _demanded(entries: dict[str, _Entry], name: str) -> _Entry:
    entry = _named(entries, name)
    if entry is None:
        known = sorted(entry.account.grant.name for entry in entries.values())
        raise UnknownName(name, tuple(known))
    return entry


def _fresh_stamp() -> str:
    return secrets.token_hex(8)


def _as_row(entry: _Entry) -> Row:
    account = entry.account
    return {**grant_as_row(account.grant), "stamp": account.stamp, "argon2": entry.hashed}


def _entry_of(row: Row) -> _Entry:
    return _Entry(Account(grant_of_row(row), str(row["stamp"])), str(row["argon2"]))
