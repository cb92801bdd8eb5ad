"""Tokens are made and links are reviewed at the command line."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from api.cli import run
from kg.access import Role, TokenFile
from kg.dataset import Dataset
from tests.api.town import AGS
from tests.kg.reviewing.conftest import FOUND, LINK, NOON, publish_proposals

Output = Callable[[], tuple[str, str]]
REASON = ["--reason", "Steht so im Konzept."]


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("KREISLAUFSTADT_DATA", str(tmp_path / "data"))
    return tmp_path / "data"


@pytest.fixture
def reviewing(root: Path, monkeypatch: pytest.MonkeyPatch) -> Dataset:
    """Give the town, with a reviewer's token in the environment."""
    dataset = publish_proposals(root)
    _, token = TokenFile(root).create("Umweltamt", Role.REVIEWER, AGS, NOON)
    monkeypatch.setenv("KREISLAUFSTADT_TOKEN", token)
    return dataset


@pytest.fixture
def output(capsys: pytest.CaptureFixture[str]) -> Output:
    def read() -> tuple[str, str]:
        captured = capsys.readouterr()
        return captured.out, captured.err

    return read


def test_only_the_token_is_printed_on_stdout(root: Path, output: Output) -> None:
    options = ["--city", AGS, "--role", "editor", "--name", "Umweltamt"]
    assert run(["token", "create", *options]) == 0
    token, told = output()
    grant = TokenFile(root).find(token.strip())
    assert grant is not None
    assert (grant.city, grant.role, grant.key in told) == (AGS, Role.EDITOR, True)
    assert token.strip() not in told


@pytest.mark.parametrize("options", [[], ["--city", AGS, "--every-city"]], ids=["neither", "both"])
def test_a_token_for_every_city_is_never_made_by_accident(
    root: Path, output: Output, options: list[str]
) -> None:
    assert run(["token", "create", "--role", "admin", "--name", "Land", *options]) == 2
    assert "--every-city" in output()[1]
    assert TokenFile(root).grants() == []


def test_a_mail_address_is_no_name(root: Path) -> None:
    options = ["--role", "editor", "--name", "a@b.de", "--city", AGS]
    assert run(["token", "create", *options]) == 2
    assert TokenFile(root).grants() == []


def test_a_token_for_every_city_is_listed_as_such_and_can_be_ended(
    root: Path, output: Output
) -> None:
    options = ["--role", "admin", "--name", "Land", "--every-city", "--json"]
    assert run(["token", "create", *options]) == 0
    made = json.loads(output()[0])
    assert run(["token", "revoke", made["key"]]) == 0
    assert run(["token", "list", "--json"]) == 0
    (entry,) = json.loads(output()[0])
    assert (entry["city"], bool(entry["revoked"]), "token" in entry) == (None, True, False)
    assert TokenFile(root).find(made["token"]) is None


def test_the_list_speaks_english(root: Path, output: Output) -> None:
    run(["token", "create", "--role", "admin", "--name", "State", "--every-city"])
    output()
    assert run(["token", "list", "--lang", "en"]) == 0
    assert output()[0].startswith("Key\tName\tRole\tMunicipality")


def test_proposals_are_listed_the_surest_first(reviewing: Dataset, output: Output) -> None:
    assert run(["review", "list", "--json"]) == 0
    assert [entry["link"] for entry in json.loads(output()[0])] == [FOUND, LINK]
    assert run(["review", "list", "--limit", "1", "--lang", "en"]) == 0
    out, err = output()
    assert (out.count(FOUND), out.count(LINK), err) == (1, 0, "… and 1 more\n")


def test_an_accepted_link_is_published(reviewing: Dataset, output: Output) -> None:
    assert run(["review", "accept", FOUND, *REASON, "--json"]) == 0
    answer = json.loads(output()[0])
    assert (answer["published"], answer["generation"]) == (True, reviewing.current().name)
    assert run(["review", "list", "--status", "confirmed", "--json"]) == 0
    assert [entry["link"] for entry in json.loads(output()[0])] == [FOUND]


def test_decisions_kept_for_later_are_published_together(
    reviewing: Dataset, output: Output
) -> None:
    before = reviewing.current().name
    assert run(["review", "reject", FOUND, *REASON, "--later"]) == 0
    assert run(["review", "accept", LINK, *REASON, "--later"]) == 0
    assert reviewing.current().name == before
    output()
    assert run(["review", "publish", "--json"]) == 0
    assert json.loads(output()[0]) == {"generation": reviewing.current().name}
    assert reviewing.current().reviews == 2


def test_a_decision_counts_while_another_process_writes(reviewing: Dataset, output: Output) -> None:
    with reviewing.next_draft():
        assert run(["review", "accept", FOUND, *REASON, "--json"]) == 0
    out, err = output()
    assert json.loads(out)["published"] is False
    assert "anderen Vorgang" in err


def test_a_correction_names_the_new_link_and_its_history(
    reviewing: Dataset, output: Output
) -> None:
    options = [*REASON, "--target", "sdg:12.5", "--strength", "2", "--later"]
    assert run(["review", "correct", FOUND, *options]) == 0
    made = output()[0].splitlines()[-1]
    assert run(["review", "history", made, "--json"]) == 0
    (told,) = json.loads(output()[0])
    assert (told["link"], told["successor"]["link"], told["published"]) == (FOUND, made, False)
    assert run(["review", "history", made]) == 0
    assert "Umweltamt" in output()[0]


def test_nobody_reviews_without_a_token(
    reviewing: Dataset, monkeypatch: pytest.MonkeyPatch, output: Output
) -> None:
    monkeypatch.setenv("KREISLAUFSTADT_TOKEN", "ks_0")
    assert run(["review", "accept", FOUND, *REASON]) == 2
    assert "token create" in output()[1]
