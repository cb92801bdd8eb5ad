"""What is refused before the engine sees it, and what is not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import ForbiddenQuery
from kg.serving.guard import QueryForm, inspect_query
from kg.serving.limits import ServingLimits
from kg.serving.tokens import Kind, tokens_of

LIMITS = ServingLimits()
REACHING_OUT = [
    "SELECT * { SERVICE <http://127.0.0.1/> { ?s ?p ?o } }",
    "SELECT * { service<http://127.0.0.1/>{} }",
    "SELECT * { SERVICE SILENT <http://127.0.0.1/> {} }",
    "SELECT * { SERVICESILENT<http://127.0.0.1/> {} }",
    "PREFIX x: <http://127.0.0.1/> SELECT * { SERVICEx:a {} }",
    "PREFIX x: <http://127.0.0.1/> SELECT * { SERVICESILENTx:a {} }",
    "SELECT * { ?s ?p trueSERVICE<http://127.0.0.1/> {} }",
    "SELECT * { ?s ?p 1SERVICE<http://127.0.0.1/> {} }",
    "SELECT * { ?s ?p 'x'SERVICE<http://127.0.0.1/> {} }",
    "SELECT * { SERVICE ?where {} }",
    "SELECT * { # comment\nSERVICE\n#<x>\n<http://127.0.0.1/> {} }",
    "SELECT * { { SELECT * { SERVICE <http://127.0.0.1/> {} } } }",
    "LOAD <http://127.0.0.1/x.ttl>",
    "PREFIX a: <urn:a> LOAD SILENT <file:///etc/passwd>",
    'SELECT * { ?s ?p "\\u0022 . SERVICE" SERVICE <http://127.0.0.1/> {} }',
]
HARMLESS = [
    "SELECT * { ?s ?p 'SERVICE <http://127.0.0.1/> {}' }",
    'SELECT * { ?s ?p """LOAD\n"SERVICE" <x>""" }',
    "SELECT * { ?s ?p <http://example.org/SERVICE> } # SERVICE <x> {}",
    "PREFIX x: <urn:x> SELECT ?service { ?service a x:SERVICE ; x:load ?load }",
    "PREFIX service: <urn:x> SELECT * { GRAPH service:a { ?s ?p ?o } }",
    "PREFIX service: <urn:x> SELECT * { ?s service:a service:b . { ?s ?p ?o } }",
    'SELECT * { ?s ?p "\\u0053ERVICE"@en-service }',
    "SELECT ($x < 3 && $x > 1 AS ?y) { VALUES $x { 1 2 } }",
    "DESCRIBE <urn:load>",
]


@pytest.mark.parametrize("query", REACHING_OUT)
def test_reaching_out_is_refused(query: str) -> None:
    with pytest.raises(ForbiddenQuery):
        inspect_query(query, LIMITS)


@pytest.mark.parametrize("query", HARMLESS)
def test_words_in_strings_iris_and_names_are_harmless(query: str) -> None:
    inspect_query(query, LIMITS)


@pytest.mark.parametrize(
    "update",
    [
        "INSERT DATA { <urn:a> <urn:b> <urn:c> }",
        "delete where { ?s ?p ?o }",
        "PREFIX a: <urn:a>\n# hello\nWITH a:g DELETE { ?s ?p ?o } WHERE { ?s ?p ?o }",
        "CLEAR ALL",
        "DROP GRAPH <urn:g>",
        "CREATE GRAPH <urn:g>",
        "COPY <urn:g> TO <urn:h>",
        "MOVE <urn:g> TO <urn:h>",
        "ADD <urn:g> TO <urn:h>",
    ],
)
def test_changes_are_refused(update: str) -> None:
    with pytest.raises(ForbiddenQuery):
        inspect_query(update, LIMITS)


@pytest.mark.parametrize(
    ("query", "form"),
    [
        ("SELECT * {}", QueryForm.SELECT),
        ("BASE <urn:a> PREFIX b: <urn:b> ask{}", QueryForm.ASK),
        ("# ASK\nConstruct WHERE {}", QueryForm.CONSTRUCT),
        ("PREFIX select: <urn:b> DESCRIBE select:x", QueryForm.DESCRIBE),
        ("SELECTDISTINCT?x{}", QueryForm.SELECT),
        ("", QueryForm.SELECT),
    ],
)
def test_the_form_is_told_from_the_first_keyword(query: str, form: QueryForm) -> None:
    assert inspect_query(query, LIMITS) is form


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * " + "{" * 3000 + "}" * 3000,
        "SELECT (" + "(" * 3000 + "1" + ")" * 3000 + " AS ?x) {}",
        "SELECT * { " + "[ <urn:p> " * 101 + "1" + " ]" * 101 + "}",
        "SELECT (" + "!" * 1001 + "true AS ?x) {}",
        "SELECT (" + " && ".join(["true"] * 1002) + " AS ?x) {}",
        "SELECT * { " + " ".join(f"?s{n} <urn:p> ?o{n} ." for n in range(201)) + " }",
        "SELECT * { ?s " + "/".join(["<urn:p>"] * 202) + " ?o }",
        "SELECT * { ?s <urn:p> " + " , ".join(["1"] * 202) + " }",
        "SELECT * { }" + " " * LIMITS.query_bytes,
    ],
    ids=["braces", "parentheses", "brackets", "not", "and", "patterns", "path", "list", "length"],
)
def test_what_the_engine_chokes_on_is_refused(query: str) -> None:
    with pytest.raises(ForbiddenQuery):
        inspect_query(query, LIMITS)


def test_many_values_are_fine() -> None:
    values = " ".join(f"<urn:v{number}>" for number in range(2000))
    inspect_query(f"SELECT * {{ VALUES ?v {{ {values} }} ?v ?p ?o }}", LIMITS)


def test_a_long_list_in_an_expression_is_fine() -> None:
    listed = ", ".join(str(number) for number in range(2000))
    inspect_query(f"SELECT * {{ ?s ?p ?o FILTER(?o IN ({listed})) }}", LIMITS)


@pytest.mark.property
@given(st.text(max_size=300))
def test_no_text_breaks_the_tokenizer(text: str) -> None:
    assert sum(len(token.text) for token in tokens_of(text)) <= len(text)


@pytest.mark.property
@given(st.text(alphabet=st.characters(exclude_characters='"\\\r\n'), max_size=60))
def test_a_string_is_one_token_whatever_is_in_it(text: str) -> None:
    kinds = [token.kind for token in tokens_of(f'ASK {{ ?s ?p "{text}" }}')]
    assert kinds.count(Kind.STRING) == 1
    assert kinds[-1] is Kind.MARK


def test_the_tokenizer_takes_linear_time_for_hostile_texts() -> None:
    for text in ('"' * 60_000, "'''" + "\\" * 60_000, "<" * 60_000, "a:" + "%" * 60_000):
        assert list(tokens_of(text))
