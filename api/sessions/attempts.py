"""Count failed logins per account and per address, and stop at a limit."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final, Literal

from api.sessions.store import Clock
from kg.errors import TooManyAttempts
from kg.settings import Settings

# Names and addresses that are remembered; clients make them up.
_REMEMBERED: Final = 20_000
Whose = Literal["account", "address"]


@dataclass(frozen=True, slots=True)
class AttemptLimits:
    """Say how many failed logins there may be within how many minutes."""

    per_account: int
    per_address: int
    minutes: int

    @classmethod
    def of(cls, settings: Settings) -> AttemptLimits:
        """Return what the settings say."""
        return cls(
            settings.login_attempts_per_account,
            settings.login_attempts_per_address,
            settings.login_window_minutes,
        )


class Attempts:
    """Count attempts before they are made, so that many at once are no way around a limit."""

    def __init__(self, limits: AttemptLimits, clock: Clock) -> None:
        self._limits = limits
        self._clock = clock
        self._times: dict[tuple[Whose, str], list[datetime]] = {}

    def count(self, account: str, address: str) -> None:
        """Count an attempt for an account ("" for none) from an address.

        Raises:
            TooManyAttempts: there were too many; this one is not made and not counted.
        """
        now = self._clock()
        counted: list[tuple[Whose, str, int]] = [("address", address, self._limits.per_address)]
        if account:
            counted.append(("account", account, self._limits.per_account))
        for whose, name, limit in counted:
            self._demand(whose, name, limit, now)
        for whose, name, _ in counted:
            # Put last again: the first ones are forgotten first.
            self._times[whose, name] = [*self._times.pop((whose, name), []), now]
        while len(self._times) > _REMEMBERED:
            del self._times[next(iter(self._times))]

    def forgive(self, account: str, address: str) -> None:
        """Take the last attempt back, since it was right, and all earlier ones for the account."""
        self._times.pop(("account", account), None)
        times = self._times.get(("address", address))
        if times:
            times.pop()

    def _demand(self, whose: Whose, name: str, limit: int, now: datetime) -> None:
        window = timedelta(minutes=self._limits.minutes)
        times = [time for time in self._times.get((whose, name), ()) if now - time < window]
        if times:
            self._times[whose, name] = times
        if len(times) >= limit:
            wait = window - (now - times[-limit])
            raise TooManyAttempts(
                whose,
                limit,
                minutes=self._limits.minutes,
                retry_seconds=int(wait.total_seconds()) + 1,
            )
