"""A session ends by itself, is found by its id alone, and attempts to begin one are counted."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from api.sessions.attempts import AttemptLimits, Attempts
from api.sessions.store import Holder, Lifetime, Sessions
from kg.errors import TooManyAttempts

UMWELTAMT = Holder("account", "0a1b2c3d4e", "1")


class Clock:
    """Tell a time that goes on when it is told to."""

    def __init__(self) -> None:
        self.now = datetime(2026, 11, 23, 9, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now

    def wait(self, minutes: float) -> None:
        self.now += timedelta(minutes=minutes)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def sessions(clock: Clock) -> Sessions:
    return Sessions(Lifetime(timedelta(minutes=60), timedelta(hours=10), 3), clock)


def test_a_session_is_found_by_its_own_id_alone(sessions: Sessions) -> None:
    identifier = sessions.begin(UMWELTAMT)
    found = sessions.find(identifier)
    assert found is not None
    assert found.holder == UMWELTAMT
    assert [sessions.find(other) for other in ("", identifier[:-1], "\ud800")] == [None] * 3


def test_ids_and_form_tokens_are_never_the_same(sessions: Sessions) -> None:
    ids = [sessions.begin(UMWELTAMT) for _ in range(2)]
    tokens = [found.form_token for one in ids if (found := sessions.find(one))]
    assert len({*ids, *tokens}) == 4


def test_a_session_that_is_not_used_ends(sessions: Sessions, clock: Clock) -> None:
    identifier = sessions.begin(UMWELTAMT)
    clock.wait(59)
    assert sessions.find(identifier) is not None
    clock.wait(60)
    assert sessions.find(identifier) is None


def test_a_session_that_is_used_ends_after_its_hours(sessions: Sessions, clock: Clock) -> None:
    identifier = sessions.begin(UMWELTAMT)
    for _ in range(11):
        clock.wait(50)
        assert sessions.find(identifier) is not None
    clock.wait(50)
    assert sessions.find(identifier) is None


def test_an_ended_session_stays_ended(sessions: Sessions) -> None:
    identifier = sessions.begin(UMWELTAMT)
    sessions.end(identifier)
    sessions.end(identifier)
    assert sessions.find(identifier) is None


def test_the_longest_unused_session_makes_room(sessions: Sessions, clock: Clock) -> None:
    ids = []
    for _ in range(4):
        ids.append(sessions.begin(UMWELTAMT))
        clock.wait(1)
    assert [sessions.find(one) is not None for one in ids] == [False, True, True, True]


@pytest.fixture
def attempts(clock: Clock) -> Attempts:
    return Attempts(AttemptLimits(per_account=3, per_address=5, minutes=15), clock)


def test_an_account_has_so_many_attempts_from_all_addresses(attempts: Attempts) -> None:
    for number in range(3):
        attempts.count("amt", f"192.0.2.{number}")
    with pytest.raises(TooManyAttempts, match="3 failed logins for this account"):
        attempts.count("amt", "192.0.2.9")


def test_an_address_has_so_many_attempts_for_all_accounts(attempts: Attempts) -> None:
    for number in range(5):
        attempts.count(f"amt {number}", "192.0.2.1")
    with pytest.raises(TooManyAttempts, match="5 failed logins from this network address"):
        attempts.count("", "192.0.2.1")


def test_attempts_are_forgotten_after_the_window(attempts: Attempts, clock: Clock) -> None:
    for _ in range(3):
        attempts.count("amt", "192.0.2.1")
        clock.wait(2)
    clock.wait(6)
    with pytest.raises(TooManyAttempts) as caught:
        attempts.count("amt", "192.0.2.1")
    assert caught.value.retry_seconds == 181
    clock.wait(181 / 60)
    attempts.count("amt", "192.0.2.1")


def test_a_right_answer_clears_the_account_but_not_the_address(attempts: Attempts) -> None:
    for _ in range(2):
        attempts.count("amt", "192.0.2.1")
    attempts.count("amt", "192.0.2.1")
    attempts.forgive("amt", "192.0.2.1")
    for _ in range(3):
        attempts.count("amt", "192.0.2.1")
    with pytest.raises(TooManyAttempts, match="network address"):
        attempts.count("other", "192.0.2.1")


def test_made_up_names_do_not_fill_the_memory(
    attempts: Attempts, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("api.sessions.attempts._REMEMBERED", 10)
    for number in range(50):
        attempts.count(f"amt {number}", f"192.0.2.{number}")
    assert len(attempts._times) == 10
