"""Write the competency questions as one Markdown document."""

from __future__ import annotations

from typing import Final

from ontology.competency import CompetencyQuestion, competency_questions

_HEAD: Final = """# Competency questions

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


def questions_document() -> str:
    """Return the document, with one table row for each question."""
    return _HEAD + "".join(_row(question) for question in competency_questions().values())


def _row(question: CompetencyQuestion) -> str:
    heading, *rows = question.expected
    columns = " · ".join(name.removesuffix("_label").replace("_", " ") for name in heading)
    answer = [f"*{columns}*", *(" · ".join(cell or "–" for cell in row) for row in rows)]
    cells = (
        f"[{question.number}](../ontology/questions/{question.number}-{question.slug}.rq)",
        f"{question.question_de}<br>*{question.question_en}*",
        "yes" if question.needs_inference else "no",
        "<br>".join(answer),
    )
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |\n"
