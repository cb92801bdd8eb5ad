"""Give the competency questions: what the ontology must be able to answer, and on what data.

`questions/CQ07-….rq` holds a question with its SPARQL, `questions/CQ07-….tsv` beside it the rows
that are right on the example city in `questions/example.ttl`. In the rows a label stands in place
of its IRI, and an IRI without a label column has its prefix.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from importlib.resources import files

from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, parse

from ontology.namespaces import DCTERMS, KS, ONTOLOGY_GRAPH, RDFS
from ontology.query_head import read_head
from ontology.terms import BASE

_FOLDER = "questions"
_FILE = re.compile(r"(CQ\d\d)-([a-z0-9-]+)\.rq")
# Strings, IRIs and comments are passed over (SPARQL 1.1, 19.8).
_NAME = re.compile(r'"(?:[^"\\\n]|\\.)*"|<[^<>\s]*>|#[^\n]*|\bks:(?P<name>[A-Za-z]\w*)')


@dataclass(frozen=True, slots=True)
class CompetencyQuestion:
    """Hold one question, its SPARQL, and the rows expected on the example city.

    `needs_inference` says that the asserted statements alone give another answer; the first row of
    `expected` has the names of the columns.
    """

    number: str
    slug: str
    title_de: str
    title_en: str
    question_de: str
    question_en: str
    needs_inference: bool
    tags: tuple[str, ...]
    text: str
    expected: tuple[tuple[str, ...], ...]

    def terms(self) -> frozenset[str]:
        """Return the IRIs of the ontology's terms that the SPARQL asks for."""
        names = (match["name"] for match in _NAME.finditer(self.text))
        return frozenset(KS.base + name for name in names if name)


def competency_questions() -> dict[str, CompetencyQuestion]:
    """Return the questions by number, sorted."""
    found = (_FILE.fullmatch(entry.name) for entry in files("ontology").joinpath(_FOLDER).iterdir())
    names = sorted((match[1], match[2]) for match in found if match)
    return {number: _question(number, slug) for number, slug in names}


def _question(number: str, slug: str) -> CompetencyQuestion:
    folder = files("ontology").joinpath(_FOLDER)
    rows = folder.joinpath(f"{number}-{slug}.tsv").read_text("utf-8").splitlines()
    return parse_question(
        number,
        slug,
        folder.joinpath(f"{number}-{slug}.rq").read_text("utf-8"),
        tuple(tuple(row.split("\t")) for row in rows),
    )


def parse_question(
    number: str, slug: str, text: str, expected: tuple[tuple[str, ...], ...]
) -> CompetencyQuestion:
    """Return the question that a file's text describes; an incomplete head is a ValueError."""
    name = f"{number}-{slug}"
    head = read_head(name, text, pairs=("title", "question"), entries=("needs-inference", "tags"))
    needs = head.entries["needs-inference"]
    if needs not in ("yes", "no"):
        raise ValueError(f"{name}.rq says needs-inference: {needs}; it is yes or no.")
    return CompetencyQuestion(
        number=number,
        slug=slug,
        title_de=head.pairs["title"].de,
        title_en=head.pairs["title"].en,
        question_de=head.pairs["question"].de,
        question_en=head.pairs["question"].en,
        needs_inference=needs == "yes",
        tags=head.tags(),
        text=text,
        expected=expected,
    )


def example_quads() -> list[Quad]:
    """Return the example city on which the expected rows hold."""
    text = files("ontology").joinpath(_FOLDER, "example.ttl").read_bytes()
    return list(parse(text, format=RdfFormat.TURTLE))


def question_quads() -> list[Quad]:
    """Return for each question its title and, as `dcterms:subject`, the terms that it asks for."""
    graph = NamedNode(ONTOLOGY_GRAPH)
    quads: list[Quad] = []
    for question in competency_questions().values():
        node = NamedNode(f"{BASE}question/{question.number}")
        label = NamedNode(RDFS.label)
        quads.append(Quad(node, label, Literal(question.title_de, language="de"), graph))
        quads.append(Quad(node, label, Literal(question.title_en, language="en"), graph))
        quads += [
            Quad(node, NamedNode(DCTERMS.subject), NamedNode(term), graph)
            for term in sorted(question.terms())
        ]
    return quads
