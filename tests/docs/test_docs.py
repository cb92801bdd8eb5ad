"""The documents say what the code does: codes, settings, links, length."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from kg import errors
from kg.settings import Settings
from ontology.documents import checks_document, questions_document
from ontology.overview_document import ontology_document

DOCUMENTS = [
    "README.md",
    "CHANGELOG.md",
    "SECURITY.md",
    "docs/api.md",
    "docs/architecture.md",
    "docs/competency-questions.md",
    "docs/direction.md",
    "docs/endpoint.md",
    "docs/errors.md",
    "docs/ontology-checks.md",
    "docs/ontology.md",
    "docs/operation.md",
    "docs/performance.md",
    "docs/quality.md",
    "docs/reviewing.md",
    "docs/settings.md",
    "docs/validation.md",
    "docs/writing.md",
]


def codes() -> set[str]:
    kinds = [kind for kind in vars(errors).values() if isinstance(kind, type)]
    failures = [kind for kind in kinds if issubclass(kind, errors.KreislaufstadtError)]
    return {kind.code for kind in failures} - {"error"}


def test_every_error_code_is_explained_and_no_other(repository: Path) -> None:
    text = (repository / "docs" / "errors.md").read_text("utf-8")
    assert set(re.findall(r"^\| `([a-z-]+)` \|", text, re.MULTILINE)) == codes()


def test_the_tree_in_the_module_names_every_error() -> None:
    tree = errors.__doc__ or ""
    assert {code for code in codes() if code not in ("user-error", "service-error")} == set(
        re.findall(r"([a-z]+-[a-z-]+)$", tree, re.MULTILINE)
    )


def test_every_setting_is_described_with_its_default(repository: Path) -> None:
    text = (repository / "docs" / "settings.md").read_text("utf-8")
    listed = dict(re.findall(r"^\| `KREISLAUFSTADT_([A-Z_]+)` \| `([^`]*)` \|", text, re.MULTILINE))
    wanted = {name.upper(): str(field.default) for name, field in Settings.model_fields.items()}
    assert listed == wanted


def test_the_readme_is_short(repository: Path) -> None:
    assert len((repository / "README.md").read_text("utf-8").splitlines()) <= 150


@pytest.mark.parametrize("name", DOCUMENTS)
def test_links_inside_the_repository_resolve(name: str, repository: Path) -> None:
    path = repository / name
    links = re.findall(r"\]\((?!https?:|#|mailto:)([^)#]+)", path.read_text("utf-8"))
    assert [link for link in links if not (path.parent / link).exists()] == []


def test_the_readme_names_only_commands_that_exist(repository: Path) -> None:
    from api.cli import app

    known = {command.name for command in app.registered_commands}
    known |= {group.name for group in app.registered_groups}
    text = (repository / "README.md").read_text("utf-8")
    named = set(re.findall(r"\bkreislaufstadt ([a-z]+)", text))
    assert named <= {name for name in known if name}


def test_no_other_distribution_claims_our_package_names() -> None:
    from importlib.metadata import packages_distributions

    ours = {"api", "kg", "loaders", "ontology", "queries", "visualisations"}
    owners = {name: set(owner) for name, owner in packages_distributions().items() if name in ours}
    assert {name for name, owner in owners.items() if owner != {"kreislaufstadt"}} == set()


def test_every_setting_has_a_help_sentence() -> None:
    assert [
        n for n, f in Settings.model_fields.items() if not (f.description or "").endswith(".")
    ] == []


def test_the_table_of_competency_questions_is_the_one_of_the_files(repository: Path) -> None:
    # after a change: kreislaufstadt export questions --out docs/competency-questions.md
    text = (repository / "docs" / "competency-questions.md").read_text("utf-8")
    assert text == questions_document()


def test_the_table_of_quality_checks_is_the_one_of_the_files(repository: Path) -> None:
    # after a change: kreislaufstadt export checks --out docs/ontology-checks.md
    text = (repository / "docs" / "ontology-checks.md").read_text("utf-8")
    assert text == checks_document()


def test_the_introduction_to_the_ontology_has_the_figures_of_the_files(repository: Path) -> None:
    # after a change: kreislaufstadt export ontology --out docs/ontology.md
    text = (repository / "docs" / "ontology.md").read_text("utf-8")
    assert text == ontology_document()
