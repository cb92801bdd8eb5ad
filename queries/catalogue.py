"""Give the stored queries with their titles, questions and typed parameters.

The competency questions of the ontology (CQ01, CQ02, …) can be asked like any stored query.

A query file starts with comment lines: `# title@de:`, `# title@en:`, `# question@de:`, `#
question@en:`, `# tags:` and one `# param NAME TYPE required|optional DE | EN` for each parameter.
In the text a parameter stands as `$name`, anything else variable as `?name`; an optional parameter
that is not given stays a variable and so restricts nothing. Every query has the parameter
`language` (de or en, default de) without saying so.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from importlib import resources
from typing import Literal, get_args

from ontology.competency import CompetencyQuestion, competency_questions
from ontology.query_head import read_head
from queries.terms import BadValue, rendered

ParameterType = Literal["iri", "city", "sdg", "text", "integer", "language"]


class UnknownQuery(LookupError):
    """Name a stored query that does not exist."""


class MissingValue(LookupError):
    """Name a required parameter that got no value."""


@dataclass(frozen=True, slots=True)
class Parameter:
    """Describe one parameter: what kind of value it takes and what it means in both languages.

    `iri` an absolute IRI; `city` an AGS of 8 digits; `sdg` a code such as 12.5; `language` de or
    en.
    """

    name: str
    type: ParameterType
    required: bool
    meaning_de: str
    meaning_en: str


@dataclass(frozen=True, slots=True)
class StoredQuery:
    """Hold a query's text and what a person needs to know to use it."""

    name: str
    title_de: str
    title_en: str
    question_de: str
    question_en: str
    parameters: tuple[Parameter, ...]
    tags: tuple[str, ...]
    text: str

    def bound(self, values: Mapping[str, str]) -> str:
        """Return the SPARQL with these values in place of the parameters.

        Values become RDF terms first, so no value can change the query's structure.

        Raises:
            MissingValue: a required parameter has no value.
            BadValue: a value does not fit its parameter's type, or there is no such parameter.
        """
        known = {parameter.name for parameter in self.parameters} | {"language"}
        for name, value in values.items():
            if name not in known:
                raise BadValue(name, value, tuple(sorted(known)))
        language = values.get("language", "").strip() or "de"
        terms = {"language": rendered("language", "language", language)}
        for parameter in self.parameters:
            value = values.get(parameter.name, "").strip()
            if value:
                terms[parameter.name] = rendered(parameter.name, parameter.type, value)
            elif parameter.required:
                raise MissingValue(parameter.name)
        return _TOKEN.sub(lambda match: _replaced(match, terms), self.text)


# Strings, IRIs and comments are passed over; only a bare $name is a parameter (SPARQL 1.1, 19.8).
_TOKEN = re.compile(
    r'"""(?:[^"\\]|\\.|"(?!""))*"""|"(?:[^"\\\n]|\\.)*"'
    r"|'(?:[^'\\\n]|\\.)*'|<[^<>\"{}|^`\\\s]*>|#[^\n]*|\$(?P<name>\w+)"
)


def _replaced(match: re.Match[str], terms: Mapping[str, str]) -> str:
    name = match.group("name")
    if name is None:
        return match.group(0)
    return terms.get(name, f"?{name}")


def catalogue() -> dict[str, StoredQuery]:
    """Return the stored queries by name, sorted."""
    files = sorted(resources.files("queries").iterdir(), key=lambda entry: entry.name)
    names = [entry.name.removesuffix(".rq") for entry in files if entry.name.endswith(".rq")]
    return {name: stored_query(name) for name in names}


def competency_catalogue() -> dict[str, StoredQuery]:
    """Return the competency questions as stored queries, by number."""
    return {number: _from_question(item) for number, item in competency_questions().items()}


def stored_query(name: str) -> StoredQuery:
    """Return one stored query or, by its number, a competency question; or raise `UnknownQuery`."""
    if re.fullmatch(r"CQ\d\d", name, re.IGNORECASE):
        question = competency_questions().get(name.upper())
        if question is None:
            raise UnknownQuery(name)
        return _from_question(question)
    if re.fullmatch(r"[a-z0-9-]+", name) is None:
        raise UnknownQuery(name)
    try:
        text = resources.files("queries").joinpath(f"{name}.rq").read_text("utf-8")
    except FileNotFoundError as error:
        raise UnknownQuery(name) from error
    return parse_query(name, text)


def _from_question(question: CompetencyQuestion) -> StoredQuery:
    return StoredQuery(
        name=question.number,
        title_de=question.title_de,
        title_en=question.title_en,
        question_de=question.question_de,
        question_en=question.question_en,
        parameters=(),
        tags=("competency-question", *question.tags),
        text=question.text,
    )


_PARAM = re.compile(
    r"^#\s*param\s+(\w+)\s+(\w+)\s+(required|optional)\s+(.+?)\s*\|\s*(.+)$", re.MULTILINE
)


def parse_query(name: str, text: str) -> StoredQuery:
    """Return the query that a file's text describes; an incomplete head is a ValueError."""
    head = read_head(name, text, pairs=("title", "question"), entries=("tags",))
    parameters = []
    for param, kind, need, meaning_de, meaning_en in _PARAM.findall(text):
        parameters.append(
            Parameter(
                param, _parameter_type(name, kind), need == "required", meaning_de, meaning_en
            )
        )
    return StoredQuery(
        name=name,
        title_de=head.pairs["title"].de,
        title_en=head.pairs["title"].en,
        question_de=head.pairs["question"].de,
        question_en=head.pairs["question"].en,
        parameters=tuple(parameters),
        tags=head.tags(),
        text=text,
    )


def _parameter_type(query: str, kind: str) -> ParameterType:
    for known in get_args(ParameterType):
        if kind == known:
            return known  # type: ignore[no-any-return]  # get_args is untyped
    raise ValueError(f"{query}.rq: there is no parameter type '{kind}'.")
