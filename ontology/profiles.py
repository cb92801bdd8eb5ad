"""Ask the OWL API which statements leave the profiles OWL 2 DL and OWL 2 RL."""

from __future__ import annotations

import subprocess
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass
from importlib.resources import as_file, files
from importlib.util import find_spec
from pathlib import Path
from typing import Literal

from pyoxigraph import Quad

from ontology.errors import ReasonerError
from ontology.java_runtime import java_command, telling_line, write_statements

Profile = Literal["DL", "RL"]

_TIMEOUT_SECONDS = 120


@dataclass(frozen=True, slots=True, order=True)
class Violation:
    """Hold one breach of a profile.

    Attributes:
        profile: The profile that is left.
        rule: The OWL API's name of the rule, such as `UseOfUndeclaredClass`.
        detail: The axiom or term that breaks it, in the OWL API's words.
    """

    profile: Profile
    rule: str
    detail: str


def profile_violations(quads: Iterable[Quad]) -> list[Violation]:
    """Return how the statements, whatever their graphs, violate OWL 2 DL and RL, sorted.

    Nothing is fetched for an import. Takes a second or two and a Java process, which compiles the
    check first; so a runtime without compiler is not enough.

    Args:
        quads: Ontology and data.

    Raises:
        ReasonerError: Java or its compiler is missing, or the check gives no answer.
    """
    java = java_command()
    source = files("ontology").joinpath("java", "ProfileCheck.java")
    with tempfile.TemporaryDirectory() as folder, as_file(source) as program:
        file = Path(folder) / "statements.nt"
        write_statements(quads, file)
        return _read(_run([java, "-Dfile.encoding=UTF-8", "-cp", str(_jar()), program, file]))


def _jar() -> Path:
    """Return the OWL API's jar, found without importing the slow package that ships it."""
    package = find_spec("owlready2")
    if package is None or package.origin is None:
        raise ReasonerError("reasoner-failed", "the package owlready2 is not installed")
    return Path(package.origin).parent / "hermit" / "HermiT.jar"


def _run(command: list[str | Path]) -> str:
    try:
        done = subprocess.run(
            command, capture_output=True, encoding="utf-8", timeout=_TIMEOUT_SECONDS, check=False
        )
    except subprocess.TimeoutExpired as error:
        detail = f"no answer within {_TIMEOUT_SECONDS} seconds"
        raise ReasonerError("reasoner-failed", detail) from error
    if "jdk.compiler" in done.stderr:
        raise ReasonerError("compiler-missing")
    if done.returncode or not done.stdout.endswith("done\n"):
        raise ReasonerError("reasoner-failed", telling_line(done.stderr))
    return done.stdout


def _read(output: str) -> list[Violation]:
    found: list[Violation] = []
    for line in output.splitlines()[:-1]:
        profile, rule, detail = line.split("\t", 2)
        found.append(Violation("DL" if profile == "DL" else "RL", rule, detail))
    return sorted(found)
