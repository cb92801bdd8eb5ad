"""Words of the pages: the same keys in both languages, all of them used, none in a template."""

from __future__ import annotations

import re
from collections.abc import Iterator
from importlib import resources

import pytest

import queries
from api.tables import heading
from api.wording import texts_in
from kg.spreadsheets import harmless


def _keys(language: str) -> set[tuple[str, str]]:
    texts = texts_in("de" if language == "de" else "en")
    return {(section, key) for section, entries in texts.items() for key in entries}


def test_both_languages_have_the_same_keys() -> None:
    assert _keys("de") == _keys("en")


def test_every_text_stands_in_a_section() -> None:
    assert "None" not in texts_in("de")


@pytest.mark.parametrize("language", ["de", "en"])
def test_no_text_is_empty(language: str) -> None:
    texts = texts_in("de" if language == "de" else "en")
    assert all(text.strip() for entries in texts.values() for text in entries.values())


def _templates() -> Iterator[tuple[str, str]]:
    for entry in resources.files("api.templates").iterdir():
        if entry.name.endswith(".html"):
            yield entry.name, entry.read_text("utf-8")


def test_templates_hold_no_words_of_their_own() -> None:
    for name, text in _templates():
        bare = re.sub(r"\{%.*?%\}|\{\{.*?\}\}|<[^>]*>|&\w+;", " ", text, flags=re.DOTALL)
        words = set(re.findall(r"[^\W\d_]{2,}", bare)) - {"SHA", "PREFIX"}
        assert words == set(), name


def test_every_text_a_template_names_exists() -> None:
    known = _keys("de")
    for name, text in _templates():
        named = set(re.findall(r"\bt\.(\w+)\.(\w+)", text))
        assert {pair for pair in named if pair[1] != "get"} <= known, name


@pytest.mark.parametrize("language", ["de", "en"])
def test_every_column_of_the_stored_queries_has_a_heading(language: str) -> None:
    columns = set()
    for query in (*queries.catalogue().values(), *queries.competency_catalogue().values()):
        selected = re.search(r"^SELECT\s+(?:DISTINCT\s+)?(.*)$", query.text, re.MULTILINE)
        assert selected, query.name
        columns |= set(re.findall(r"\?(\w+)", selected[1]))
    shown = {name.removesuffix("_label") for name in columns}
    for column in shown:
        words = heading(column, "de" if language == "de" else "en")
        assert "_" not in words
        assert ("columns", column) in _keys(language), column


@pytest.mark.parametrize("text", ["=1+1", "+1+1", "-1+1", "@SUM(A1)", "\t=1", " =1", "\r=1"])
def test_a_formula_does_not_survive_the_export(text: str) -> None:
    assert harmless(text) == "'" + text


@pytest.mark.parametrize("text", ["-3", "+4,5", "1e-3", "Bau=teil", ""])
def test_numbers_and_words_stay_as_they_are(text: str) -> None:
    assert harmless(text) == text
