"""Accounts are made, listed, disabled and given another password at the command line."""

from __future__ import annotations

import io
import json
import sys
from pathlib import Path

import pytest

from api.cli import run
from kg.access import AccountFile, Role
from kg.backup import restore_backup, write_backup
from kg.dataset import Dataset
from tests.api.town import AGS, publish_town
from tests.kg.reviewing.conftest import NOON

CREATE = ["account", "create", "--name", "Umweltamt", "--role", "reviewer", "--city", AGS]


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("KREISLAUFSTADT_DATA", str(tmp_path / "data"))
    return tmp_path / "data"


def type_in(monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(text.encode())))


def test_a_generated_password_is_shown_once_and_opens(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run([*CREATE, "--generate"]) == 0
    password = capsys.readouterr().out.strip()
    assert AccountFile(root).find("Umweltamt", password)
    assert run(["account", "list", "--json"]) == 0
    listed = capsys.readouterr().out
    assert password not in listed
    assert json.loads(listed)[0]["role"] == "reviewer"


def test_a_password_is_read_from_standard_input(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    type_in(monkeypatch, "Kreide Kanne Kastanie\n")
    assert run(CREATE) == 0
    type_in(monkeypatch, "Lampe Leiter Linde\r\n")
    assert run(["account", "password", "umweltamt"]) == 0
    assert AccountFile(root).find("Umweltamt", "Lampe Leiter Linde")
    assert AccountFile(root).find("Umweltamt", "Kreide Kanne Kastanie") is None


@pytest.mark.usefixtures("root")
def test_a_short_password_is_refused_without_being_repeated(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    type_in(monkeypatch, "geheim\n")
    assert run(CREATE) == 2
    told = capsys.readouterr().err
    assert "12 bis 200 Zeichen" in told
    assert "geheim" not in told


@pytest.mark.usefixtures("root")
@pytest.mark.parametrize(
    "arguments",
    [
        ["account", "disable", "Bauamt"],
        ["account", "password", "Bauamt", "--generate"],
        [*CREATE, "--every-city", "--generate"],
        ["account", "create", "--name", "a@b.de", "--role", "admin", "--every-city", "--generate"],
    ],
)
def test_a_mistake_is_told_and_changes_nothing(arguments: list[str]) -> None:
    assert run(arguments) == 2


def test_a_disabled_account_stays_listed(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run([*CREATE, "--generate"])
    assert run(["account", "disable", "Umweltamt", "--json"]) == 0
    assert '"revoked": "20' in capsys.readouterr().out
    assert AccountFile(root).grants()[0].revoked is not None


def test_accounts_come_back_from_a_backup(tmp_path: Path) -> None:
    dataset = publish_town(tmp_path / "data")
    accounts = AccountFile(dataset.root)
    grant = accounts.create("Umweltamt", "Kreide Kanne Kastanie", Role.REVIEWER, AGS, NOON)
    write_backup(dataset, tmp_path / "backup.tar.gz", NOON)
    restored = Dataset(tmp_path / "restored")
    restore_backup(tmp_path / "backup.tar.gz", restored)
    found = AccountFile(restored.root).find("Umweltamt", "Kreide Kanne Kastanie")
    assert found is not None
    assert found.grant == grant
    mode = (restored.root / "accounts.json").stat().st_mode
    assert mode & 0o077 == 0
