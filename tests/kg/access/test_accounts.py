"""An account opens with its password alone, keeps a slow hash, and can be disabled."""

from __future__ import annotations

import stat
from datetime import UTC, datetime
from pathlib import Path

import pytest

from kg.access import AccountFile, Role
from kg.access import accounts as module
from kg.errors import BadParameter, RecordBroken, UnknownName

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
BONN = "05314000"
PASSWORD = "Kreide Kanne Kastanie"


@pytest.fixture
def accounts(tmp_path: Path) -> AccountFile:
    file = AccountFile(tmp_path)
    file.create("Amt für Umwelt", PASSWORD, Role.REVIEWER, BONN, NOW)
    return file


@pytest.mark.parametrize(
    ("name", "password", "opens"),
    [
        ("Amt für Umwelt", PASSWORD, True),
        ("  amt  FÜR umwelt", PASSWORD, True),
        ("Amt fu\u0308r Umwelt", PASSWORD, True),
        ("Amt für Umwelt", PASSWORD.lower(), False),
        ("Amt für Umwelt", PASSWORD + " " * 200, False),
        ("Amt für Umwelt", "", False),
        ("Bauamt", PASSWORD, False),
    ],
)
def test_an_account_opens_with_its_name_and_password(
    accounts: AccountFile, name: str, password: str, opens: bool
) -> None:
    assert (accounts.find(name, password) is not None) is opens


def test_the_file_holds_no_password_and_only_its_owner_reads_it(
    accounts: AccountFile, tmp_path: Path
) -> None:
    path = tmp_path / "accounts.json"
    text = path.read_text("utf-8")
    assert (PASSWORD in text, "$argon2id$" in text) == (False, True)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert len(accounts.grants()) == 1


def test_an_unknown_name_costs_the_work_of_a_known_one(
    accounts: AccountFile, monkeypatch: pytest.MonkeyPatch
) -> None:
    compared: list[str] = []

    def watched(hashed: str, password: str) -> bool:
        compared.append(hashed.rpartition("$")[0].rpartition("$")[0])
        return bool(password) and False

    monkeypatch.setattr(module, "_is_password", watched)
    assert [accounts.find(name, "x") for name in ("Amt für Umwelt", "Bauamt")] == [None, None]
    known, unknown = compared
    assert known == unknown != ""


def test_a_disabled_account_opens_nothing_for_readers_that_knew_it(
    accounts: AccountFile, tmp_path: Path
) -> None:
    reader = AccountFile(tmp_path)
    account = reader.find("Amt für Umwelt", PASSWORD)
    assert account is not None
    accounts.disable("amt für umwelt", NOW)
    assert reader.find("Amt für Umwelt", PASSWORD) is None
    assert reader.grant(account.grant.key, account.stamp) is None


def test_another_password_ends_what_the_old_one_began(accounts: AccountFile) -> None:
    before = accounts.find("Amt für Umwelt", PASSWORD)
    assert before is not None
    accounts.change_password("Amt für Umwelt", "Lampe Leiter Linde")
    assert accounts.find("Amt für Umwelt", PASSWORD) is None
    assert accounts.grant(before.grant.key, before.stamp) is None
    after = accounts.find("Amt für Umwelt", "Lampe Leiter Linde")
    assert after is not None
    assert accounts.grant(after.grant.key, after.stamp) == before.grant


@pytest.mark.parametrize(
    ("name", "password", "city"),
    [
        ("AMT FÜR UMWELT", PASSWORD, BONN),
        ("Bauamt", "elf Zeichen", BONN),
        ("Bauamt", "x" * 201, BONN),
        ("Bauamt", PASSWORD, "Bonn"),
    ],
    ids=["name taken", "too short", "too long", "no AGS"],
)
def test_an_impossible_account_is_not_made(
    accounts: AccountFile, name: str, password: str, city: str
) -> None:
    with pytest.raises(BadParameter) as caught:
        accounts.create(name, password, Role.EDITOR, city, NOW)
    assert password not in str(caught.value)
    assert len(accounts.grants()) == 1


def test_an_unknown_account_is_neither_disabled_nor_changed(accounts: AccountFile) -> None:
    with pytest.raises(UnknownName, match="Amt für Umwelt"):
        accounts.disable("Bauamt", NOW)
    with pytest.raises(UnknownName):
        accounts.change_password("Bauamt", PASSWORD)


def test_a_damaged_file_of_accounts_is_named(accounts: AccountFile, tmp_path: Path) -> None:
    (tmp_path / "accounts.json").write_text('{"format": 1, "accounts": [{}]}', "utf-8")
    with pytest.raises(RecordBroken, match=r"accounts\.json"):
        accounts.grants()


def test_keys_of_accounts_and_tokens_differ_in_length(accounts: AccountFile) -> None:
    assert [len(grant.key) for grant in accounts.grants()] == [10]
