"""Write the competency questions and the quality checks as Markdown documents."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from ontology.competency import CompetencyQuestion, competency_questions
from ontology.quality import QualityCheck, quality_checks

_QUESTIONS: Final = """# Competency questions

What the ontology must be able to answer. Each question is a SPARQL file in `ontology/questions`,
with the expected rows in a file of the same name beside it; they hold on the made-up city in
[example.ttl](../ontology/questions/example.ttl). CQ21 to CQ23 ask for the three aims of the study:
the model approach, action plans with indicators, interfaces to sustainability goals and existing
concepts.

»Inference« tells whether the answer needs what the rules conclude; tests ask each question before
and after. Labels are shown in German. `kreislaufstadt query CQ07` asks a question of your own
dataset; on the SPARQL page each of them fills the form.

This file is written by `kreislaufstadt export questions --out docs/competency-questions.md`.

| No. | Frage / question | Inference | Expected answer |
|---|---|---|---|
"""


_CHECKS: Final = """# Quality checks of the ontology

Each check is a SPARQL file in `ontology/checks` that selects the terms at fault. An error has to be
mended, a warning wants a look, a note may stay as it is. `kreislaufstadt doctor` tells how many
findings the shipped ontology has; tests plant a fault for every check.

This file is written by `kreislaufstadt export checks --out docs/ontology-checks.md`.

| Check | Severity | Befund / finding | Was zu tun ist / what to do |
|---|---|---|---|
"""


def questions_document() -> str:
    """Return the document on the competency questions, one table row each."""
    return _QUESTIONS + "".join(
        _question_row(question) for question in competency_questions().values()
    )


def checks_document() -> str:
    """Return the document on the quality checks, one table row each."""
    return _CHECKS + "".join(_check_row(check) for check in quality_checks().values())


def _question_row(question: CompetencyQuestion) -> str:
    heading, *rows = question.expected
    columns = " · ".join(name.removesuffix("_label").replace("_", " ") for name in heading)
    answer = [f"*{columns}*", *(" · ".join(cell or "–" for cell in row) for row in rows)]
    cells = (
        f"[{question.number}](../ontology/questions/{question.number}-{question.slug}.rq)",
        f"{question.question_de}<br>*{question.question_en}*",
        "yes" if question.needs_inference else "no",
        "<br>".join(answer),
    )
    return _markdown_row(cells)


def _check_row(check: QualityCheck) -> str:
    return _markdown_row(
        (
            f"[{check.name}](../ontology/checks/{check.name}.rq)",
            check.severity,
            f"{check.title_de}<br>*{check.title_en}*",
            f"{check.remedy_de}<br>*{check.remedy_en}*",
        )
    )


def _markdown_row(cells: Iterable[str]) -> str:
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |\n"
