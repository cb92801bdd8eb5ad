"""Each competency question gives its expected answer, with or without inference as it says.

After an intended change: KREISLAUFSTADT_WRITE_EXPECTED=1 pytest tests/kg, then read the difference.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from pyoxigraph import NamedNode

from kg.embedded import EmbeddedStore
from kg.findings import Severity
from kg.reasoning import infer, shipped_rules
from kg.stored import run_stored
from kg.validation import shipped_shapes, validate
from ontology.competency import competency_questions, example_quads
from ontology.hermit import consistency
from ontology.java_runtime import java_is_available
from ontology.reference import ontology_quads

QUESTIONS = competency_questions()
Answer = tuple[tuple[str, ...], ...]


@pytest.fixture(scope="module")
def asserted() -> EmbeddedStore:
    return EmbeddedStore.in_memory([*ontology_quads(), *example_quads()])


@pytest.fixture(scope="module")
def inferred() -> EmbeddedStore:
    statements = [*ontology_quads(), *example_quads()]
    return EmbeddedStore.in_memory([*statements, *infer(statements, shipped_rules()).quads])


def answer(store: EmbeddedStore, number: str, language: str = "de") -> Answer:
    """Return the rows with labels in place of IRIs, and the end of an IRI that has none."""
    table = run_stored(store, number, {"language": language})
    shown = [
        place
        for place, column in enumerate(table.columns)
        if f"{column}_label" not in table.columns
    ]
    rows = [tuple(_cell(row[place]) for place in shown) for row in table.rows]
    return (tuple(table.columns[place] for place in shown), *rows)


def _cell(term: object) -> str:
    if term is None:
        return ""
    value = str(getattr(term, "value", term))
    return value.rsplit("/", 1)[-1] if isinstance(term, NamedNode) else value


@pytest.mark.parametrize("number", QUESTIONS)
def test_the_answer_after_inference_is_the_expected_one(
    number: str, inferred: EmbeddedStore, repository: Path
) -> None:
    given = answer(inferred, number)
    if os.environ.get("KREISLAUFSTADT_WRITE_EXPECTED"):
        name = f"{number}-{QUESTIONS[number].slug}.tsv"
        text = "".join("\t".join(row) + "\n" for row in given)
        (repository / "ontology" / "questions" / name).write_text(text, "utf-8")
    assert given == competency_questions()[number].expected


@pytest.mark.parametrize("number", QUESTIONS)
def test_the_asserted_statements_alone_suffice_only_where_it_says_so(
    number: str, asserted: EmbeddedStore
) -> None:
    question = QUESTIONS[number]
    assert (answer(asserted, number) != question.expected) == question.needs_inference


@pytest.mark.parametrize("number", QUESTIONS)
def test_english_has_as_many_rows_as_german(number: str, inferred: EmbeddedStore) -> None:
    assert len(answer(inferred, number, "en")) == len(QUESTIONS[number].expected)


def test_english_answers_have_english_labels(inferred: EmbeddedStore) -> None:
    assert answer(inferred, "CQ19", "en")[1:] == (("Circular strategy", "Governance process"),)


def test_the_example_city_breaks_no_shape() -> None:
    found = validate(example_quads(), ontology_quads(), shipped_shapes(), {}, file="example.ttl")
    assert [item for item in found if item.severity is Severity.VIOLATION] == []


@pytest.mark.skipif(not java_is_available(), reason="no Java on this machine, which HermiT needs")
@pytest.mark.reasoner
def test_the_example_city_is_consistent_with_the_ontology() -> None:
    assert consistency([*ontology_quads(), *example_quads()]).is_consistent
