"""Keep the sessions of people who logged in, in memory; a restart ends them all.

A browser holds a random id of 256 bits, the server its checksum alone.
"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Literal

from kg.settings import Settings

Clock = Callable[[], datetime]


@dataclass(frozen=True, slots=True)
class Holder:
    """Name who logged in, by which means; `stamp` changes with the password of an account."""

    kind: Literal["account", "token"]
    key: str
    stamp: str = ""


@dataclass(frozen=True, slots=True)
class Session:
    """Hold who is logged in since when, and what the forms of this session carry."""

    holder: Holder
    form_token: str
    begun: datetime
    seen: datetime


@dataclass(frozen=True, slots=True)
class Lifetime:
    """Say after how long without a request, and after how long at most, a session ends."""

    idle: timedelta
    whole: timedelta
    most: int

    @classmethod
    def of(cls, settings: Settings) -> Lifetime:
        """Return what the settings say."""
        return cls(
            timedelta(minutes=settings.session_idle_minutes),
            timedelta(hours=settings.session_hours),
            settings.sessions,
        )

    def holds(self, session: Session, now: datetime) -> bool:
        """Tell whether a session has not ended by itself."""
        return now - session.seen < self.idle and now - session.begun < self.whole


def utc_now() -> datetime:
    """Return the time of this moment."""
    return datetime.now(UTC)


class Sessions:
    """Begin, find and end sessions; not for several threads at once."""

    def __init__(self, lifetime: Lifetime, clock: Clock) -> None:
        self._lifetime = lifetime
        self._clock = clock
        self._by_checksum: dict[str, Session] = {}

    def begin(self, holder: Holder) -> str:
        """Return the id of a new session, which nobody can read again.

        Where there are as many as may be, the one that was not used for longest ends.
        """
        now = self._clock()
        held = {c: s for c, s in self._by_checksum.items() if self._lifetime.holds(s, now)}
        while len(held) >= self._lifetime.most:
            del held[min(held, key=lambda checksum: held[checksum].seen)]
        identifier = secrets.token_urlsafe(32)
        held[_checksum(identifier)] = Session(holder, secrets.token_urlsafe(32), now, now)
        self._by_checksum = held
        return identifier

    def find(self, identifier: str) -> Session | None:
        """Return the session of an id, used now; None when there is none or it has ended."""
        checksum, now = _checksum(identifier), self._clock()
        session = self._by_checksum.get(checksum)
        if session is None:
            return None
        if not self._lifetime.holds(session, now):
            del self._by_checksum[checksum]
            return None
        self._by_checksum[checksum] = replace(session, seen=now)
        return self._by_checksum[checksum]

    def end(self, identifier: str) -> None:
        """End a session, if there is one."""
        self._by_checksum.pop(_checksum(identifier), None)


def _checksum(identifier: str) -> str:
    return hashlib.sha256(identifier.encode("utf-8", "replace")).hexdigest()
