"""Stored queries are complete, and a value from outside cannot leave its place."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.embedded import EmbeddedStore
from queries import (
    BadValue,
    MissingValue,
    UnknownQuery,
    catalogue,
    competency_catalogue,
    parse_query,
    stored_query,
)

NAMES = [*sorted(catalogue()), *competency_catalogue()]
SAMPLES = {
    "iri": "https://example.org/x",
    "city": "05515000",
    "sdg": "12.5",
    "text": "Holz",
    "integer": "3",
    "language": "en",
}
HEAD = "# title@de: a\n# title@en: b\n# question@de: c\n# question@en: d\n# tags: e\n"


@pytest.mark.parametrize("name", NAMES)
def test_query_runs_without_any_value(name: str, empty_store: EmbeddedStore) -> None:
    query = stored_query(name)
    required = {p.name: SAMPLES[p.type] for p in query.parameters if p.required}
    columns, _ = empty_store.select_table(query.bound(required))
    assert columns


@pytest.mark.parametrize("name", NAMES)
def test_query_runs_with_every_value(name: str, empty_store: EmbeddedStore) -> None:
    query = stored_query(name)
    values = {p.name: SAMPLES[p.type] for p in query.parameters} | {"language": "en"}
    columns, _ = empty_store.select_table(query.bound(values))
    assert columns


@pytest.mark.parametrize("name", NAMES)
def test_every_parameter_is_used(name: str) -> None:
    query = stored_query(name)
    body = "\n".join(line for line in query.text.splitlines() if not line.startswith("#"))
    assert [p.name for p in query.parameters if f"${p.name}" not in body] == []


def test_unknown_query_is_named() -> None:
    with pytest.raises(UnknownQuery, match="nothing-here"):
        stored_query("nothing-here")


@pytest.mark.parametrize("name", ["CQ07", "cq07"])
def test_a_competency_question_is_a_stored_query_by_its_number(name: str) -> None:
    query = stored_query(name)
    assert (query.name, query.parameters) == ("CQ07", ())
    assert "competency-question" in query.tags


def test_a_competency_question_that_does_not_exist_is_unknown() -> None:
    with pytest.raises(UnknownQuery, match="CQ99"):
        stored_query("CQ99")


@pytest.mark.parametrize("name", ["../secrets", "a/b", "", "A", "x.rq"])
def test_a_name_that_is_a_path_is_unknown(name: str) -> None:
    with pytest.raises(UnknownQuery):
        stored_query(name)


def test_a_missing_value_is_named() -> None:
    query = parse_query("q", HEAD + "# param x iri required a | b\nSELECT ?s { ?s ?p $x }")
    with pytest.raises(MissingValue, match="x"):
        query.bound({})


def test_an_unknown_parameter_is_refused_with_those_there_are() -> None:
    with pytest.raises(BadValue) as caught:
        stored_query("r-ladder").bound({"strateg": "x"})
    assert caught.value.expected == ("language", "strategy")


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        ("iri", "not an iri"),
        ("iri", "https://x> } DROP ALL #"),
        ("iri", "relative/path"),
        ("city", "5515000"),
        ("city", "17515000"),
        ("sdg", "18"),
        ("sdg", "12.5; DROP"),
        ("integer", "1e9"),
        ("language", "fr"),
    ],
)
def test_a_value_of_the_wrong_kind_is_refused(kind: str, value: str) -> None:
    query = parse_query("q", f"{HEAD}# param x {kind} required a | b\nSELECT ?s {{ ?s ?p $x }}")
    with pytest.raises(BadValue):
        query.bound({"x": value})


def test_a_dollar_in_a_string_or_comment_is_no_parameter() -> None:
    text = HEAD + '# param x text required a | b\nSELECT ?s { ?s ?p "$x" . # $x\n ?s ?q $x }'
    assert parse_query("q", text).bound({"x": "v"}).endswith('"$x" . # $x\n ?s ?q "v" }')


@pytest.mark.property
@given(st.text())
def test_any_text_comes_back_as_the_same_literal(value: str) -> None:
    query = parse_query("q", HEAD + "# param x text required a | b\nSELECT ($x AS ?y) {}")
    store = EmbeddedStore.in_memory()
    if not value.strip():
        with pytest.raises(MissingValue):
            query.bound({"x": value})
        return
    _, rows = store.select_table(query.bound({"x": value}))
    assert rows[0][0] is not None
    assert rows[0][0].value == value.strip()


@pytest.mark.parametrize(
    "text",
    ["SELECT * {}", "# title@de: a\n# tags: b\nSELECT * {}", HEAD.replace("# tags: e\n", "")],
)
def test_a_query_without_a_complete_head_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="lacks"):
        parse_query("q", text)


def test_a_parameter_of_an_unknown_type_is_refused() -> None:
    with pytest.raises(ValueError, match="no parameter type 'colour'"):
        parse_query("q", HEAD + "# param x colour required a | b\n")
