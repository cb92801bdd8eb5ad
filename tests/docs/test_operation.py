"""The unit and the container file grant as little as they say."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest


@pytest.fixture
def unit(repository: Path) -> Path:
    return repository / "docs" / "operation" / "kreislaufstadt.service"


@pytest.fixture
def container(repository: Path) -> str:
    return (repository / "docs" / "operation" / "Containerfile").read_text("utf-8")


def _analyze(*arguments: str) -> subprocess.CompletedProcess[str]:
    program = shutil.which("systemd-analyze")
    if program is None:
        pytest.skip("systemd-analyze is not installed")
    return subprocess.run(
        [program, "--no-pager", *arguments], capture_output=True, text=True, check=False, timeout=60
    )


def test_systemd_takes_every_line_of_the_unit(unit: Path, tmp_path: Path) -> None:
    # The program is not installed at its place here; any that is there will do.
    text = re.sub(r"^ExecStart=\S+", "ExecStart=/bin/true", unit.read_text("utf-8"), flags=re.M)
    copy = tmp_path / unit.name
    copy.write_text(text, "utf-8")
    result = _analyze("verify", str(copy))
    assert (result.returncode, result.stdout + result.stderr) == (0, "")


def test_systemd_calls_the_exposure_of_the_unit_ok(unit: Path) -> None:
    # Units above the threshold (in tenths) end with 1.
    result = _analyze("security", "--offline=true", "--threshold=20", str(unit))
    assert result.returncode == 0, result.stdout[-200:]


def test_the_unit_starts_a_command_that_exists(unit: Path) -> None:
    from api.cli import app

    found = re.search(r"^ExecStart=\S+/kreislaufstadt (\w+)$", unit.read_text("utf-8"), re.M)
    assert found is not None
    assert found[1] in {command.name for command in app.registered_commands}


def test_the_unit_waits_longer_than_the_service_takes_to_stop(unit: Path) -> None:
    from kg.settings import Settings

    found = re.search(r"^TimeoutStopSec=(\d+)$", unit.read_text("utf-8"), re.M)
    assert found is not None
    assert int(found[1]) > Settings.model_fields["stop_seconds"].default


def test_the_container_ends_as_a_user_without_rights(container: str) -> None:
    last = container.rpartition("\nFROM ")[2]
    users = re.findall(r"^USER (\d+):(\d+)$", last, re.M)
    assert users
    assert all(int(user) >= 10_000 and int(group) >= 10_000 for user, group in users)


def test_the_container_installs_nothing_unchecked(container: str) -> None:
    installs = re.findall(r"pip (?:install|wheel|download)[^\\\n]*", container)
    assert len(installs) == 4
    assert all("--require-hashes" in line or "--no-index" in line for line in installs)


def test_both_set_only_settings_that_exist(unit: Path, container: str) -> None:
    from kg.settings import Settings

    known = {f"KREISLAUFSTADT_{name.upper()}" for name in Settings.model_fields}
    named = set(re.findall(r"KREISLAUFSTADT_[A-Z_]+(?==)", unit.read_text("utf-8") + container))
    assert named <= known
