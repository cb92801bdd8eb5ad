"""Competency questions are complete, and no term of theirs is missing from the ontology."""

from __future__ import annotations

import pytest

from ontology.competency import competency_questions, parse_question, question_quads
from ontology.namespaces import DCTERMS, KS

QUESTIONS = competency_questions()
HEAD = "# title@de: a\n# title@en: b\n# question@de: c\n# question@en: d\n# tags: e\n"


def test_questions_are_numbered_without_a_gap() -> None:
    assert list(QUESTIONS) == [f"CQ{number:02d}" for number in range(1, len(QUESTIONS) + 1)]


def test_the_three_aims_of_the_study_have_a_question_each() -> None:
    assert [q.number for q in QUESTIONS.values() if "study" in q.tags] == ["CQ21", "CQ22", "CQ23"]


@pytest.mark.parametrize("number", QUESTIONS)
def test_every_term_asked_for_exists(number: str) -> None:
    terms = QUESTIONS[number].terms()
    assert terms
    assert terms <= set(KS.terms().values())


@pytest.mark.parametrize("number", QUESTIONS)
def test_an_answer_is_expected_and_every_row_is_whole(number: str) -> None:
    heading, *rows = QUESTIONS[number].expected
    assert rows
    assert {len(row) for row in rows} == {len(heading)}


def test_names_in_texts_and_comments_are_no_terms() -> None:
    text = HEAD + '# needs-inference: no\n# ks:Gone\nSELECT ?x { ?x ks:page "ks:Word" , <ks:iri> }'
    assert parse_question("CQ99", "x", text, ()).terms() == {KS.page}


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        (HEAD, "lacks needs-inference"),
        (HEAD + "# needs-inference: maybe\n", "needs-inference: maybe"),
        ("# needs-inference: yes\n# tags: e\n", "lacks title@de, title@en, question@de"),
    ],
    ids=["no flag", "other flag", "no words"],
)
def test_a_question_without_a_complete_head_is_refused(text: str, complaint: str) -> None:
    with pytest.raises(ValueError, match=complaint):
        parse_question("CQ99", "x", text, ())


def test_the_terms_of_a_question_are_statements_too() -> None:
    subjects = {
        quad.object.value
        for quad in question_quads()
        if quad.subject.value.endswith("/question/CQ13") and quad.predicate.value == DCTERMS.subject
    }
    assert subjects == {KS.touchesAim}
