"""A token is shown once, kept as a checksum, bound to a role and a city, and can be ended."""

from __future__ import annotations

import stat
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.access import EVERY_CITY, Grant, Role, TokenFile
from kg.errors import BadParameter, RecordBroken, UnknownName

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
BONN, MUENSTER = "05314000", "05515000"


@pytest.fixture
def tokens(tmp_path: Path) -> TokenFile:
    return TokenFile(tmp_path)


def test_a_token_is_found_by_itself_alone(tokens: TokenFile) -> None:
    grant, token = tokens.create("Umweltamt", Role.EDITOR, BONN, NOW)
    last = "A" if token[-1] != "A" else "B"
    assert (tokens.find(token), tokens.find(token[:-1] + last)) == (grant, None)


def test_the_file_holds_no_token_and_only_its_owner_reads_it(
    tokens: TokenFile, tmp_path: Path
) -> None:
    _, token = tokens.create("Umweltamt", Role.EDITOR, BONN, NOW)
    path = tmp_path / "tokens.json"
    secret = token.removeprefix("ks_")[9:]
    assert (secret in path.read_text("utf-8"), stat.S_IMODE(path.stat().st_mode)) == (False, 0o600)


def test_a_revoked_token_ends_for_readers_that_knew_it(tokens: TokenFile, tmp_path: Path) -> None:
    grant, token = tokens.create("Umweltamt", Role.EDITOR, BONN, NOW)
    reader = TokenFile(tmp_path)
    assert reader.find(token) == grant
    tokens.revoke(grant.key, NOW)
    assert reader.find(token) is None


def test_a_revoked_token_stays_listed(tokens: TokenFile) -> None:
    grant, _ = tokens.create("Umweltamt", Role.EDITOR, BONN, NOW)
    tokens.revoke(grant.key, NOW)
    assert [(entry.key, entry.revoked) for entry in tokens.grants()] == [(grant.key, NOW)]


def test_revoking_an_unknown_token_names_the_known_ones(tokens: TokenFile) -> None:
    grant, _ = tokens.create("Umweltamt", Role.EDITOR, BONN, NOW)
    with pytest.raises(UnknownName, match=grant.key):
        tokens.revoke("00000000", NOW)


def test_a_city_that_is_no_ags_is_refused(tokens: TokenFile) -> None:
    with pytest.raises(BadParameter):
        tokens.create("Umweltamt", Role.EDITOR, "Bonn", NOW)


def test_a_damaged_file_is_said_to_be_broken(tokens: TokenFile, tmp_path: Path) -> None:
    (tmp_path / "tokens.json").write_text('{"format": 1, "tokens": [{}]}', "utf-8")
    with pytest.raises(RecordBroken, match="from a backup"):
        tokens.grants()


@given(token=st.text(max_size=80))
def test_no_text_opens_a_door_without_tokens(
    tmp_path_factory: pytest.TempPathFactory, token: str
) -> None:
    assert TokenFile(tmp_path_factory.getbasetemp() / "none").find(token) is None


@pytest.mark.parametrize(
    ("role", "city", "needed", "of", "allowed"),
    [
        (Role.EDITOR, BONN, Role.EDITOR, BONN, True),
        (Role.EDITOR, BONN, Role.REVIEWER, BONN, False),
        (Role.REVIEWER, BONN, Role.EDITOR, BONN, False),
        (Role.ADMIN, BONN, Role.REVIEWER, BONN, True),
        (Role.EDITOR, BONN, Role.EDITOR, MUENSTER, False),
        (Role.ADMIN, BONN, Role.EDITOR, EVERY_CITY, False),
        (Role.EDITOR, EVERY_CITY, Role.EDITOR, BONN, True),
        (Role.ADMIN, EVERY_CITY, Role.ADMIN, EVERY_CITY, True),
    ],
)
def test_role_and_city_bound_what_a_token_allows(
    role: Role, city: str, needed: Role, of: str, allowed: bool
) -> None:
    assert Grant("00000000", "Amt", role, city, NOW).allows(needed, of) is allowed
