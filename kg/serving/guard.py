"""Look at a query before the engine does, and refuse what the engine must not be given.

The process behind a query has no file descriptor left and can be killed: this is one belt of two.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from functools import lru_cache

from kg.errors import ForbiddenQuery
from kg.language import Text
from kg.serving.limits import ServingLimits
from kg.serving.tokens import Kind, Token, tokens_of


class QueryForm(Enum):
    """Name the four forms of a query; two of them answer with triples."""

    SELECT = "SELECT"
    ASK = "ASK"
    CONSTRUCT = "CONSTRUCT"
    DESCRIBE = "DESCRIBE"

    @property
    def gives_graph(self) -> bool:
        """Tell whether the answer is a set of triples."""
        return self in (QueryForm.CONSTRUCT, QueryForm.DESCRIBE)


_PROLOGUE = frozenset({"BASE", "PREFIX", "VERSION"})
_UPDATES = ("INSERT", "DELETE", "LOAD", "CLEAR", "DROP", "CREATE", "COPY", "MOVE", "ADD", "WITH")
_OPENING = frozenset({"{", "(", "[", "<<", "<<("})
_CLOSING = frozenset({"}", ")", "]", ">>", ")>>"})
_SEPARATORS = frozenset({".", ";", ",", "/", "|", "^"})
_OPERATORS = frozenset({"!", "&&", "||", "+", "-", "*", "/", "=", "!=", "<", ">", "<=", ">="})


def inspect_query(query: str, limits: ServingLimits) -> QueryForm:
    """Return the form of a query, or raise `ForbiddenQuery` with the reason why it is not run.

    A query that is merely malformed passes, since the engine names the place better; its form is
    then a guess.

    >>> inspect_query("ASK { ?s ?p 'LOAD' }", ServingLimits()).value
    'ASK'
    """
    return _inspected(query, limits)


# A query is looked at by the door, which needs its form, and again by the service.
@lru_cache(maxsize=16)
def _inspected(query: str, limits: ServingLimits) -> QueryForm:
    refuse_length(query, limits)
    tokens = list(tokens_of(query))
    form = _form_of(tokens)
    refuse_foreign(tokens)
    refuse_size(measure(tokens), limits)
    return form


def _form_of(tokens: list[Token]) -> QueryForm:
    for token in tokens:
        word = token.text.upper()
        if token.kind is not Kind.WORD or word in _PROLOGUE:
            continue
        for form in QueryForm:
            if word.startswith(form.value):
                return form
        if word.startswith(_UPDATES):
            raise ForbiddenQuery(
                Text(
                    "Hier werden nur Fragen beantwortet; Änderungen (SPARQL Update) nimmt"
                    " dieser Zugang nicht an.",
                    "This door answers queries only; it takes no changes (SPARQL Update).",
                )
            )
        return QueryForm.SELECT
    return QueryForm.SELECT


def refuse_length(query: str, limits: ServingLimits) -> None:
    """Refuse a text that is longer than the limit."""
    if len(query.encode("utf-8", "replace")) > limits.query_bytes:
        raise _too_long(limits.query_bytes)


def refuse_foreign(tokens: list[Token]) -> None:
    """Refuse what asks another machine or opens a file."""
    for index, token in enumerate(tokens):
        word = token.text.upper()
        if token.kind is Kind.WORD and ("SERVICE" in word or word.startswith("LOAD")):
            raise _foreign()
        # The engine takes `SERVICEex:name {` for SERVICE and ex:name.
        if token.kind is Kind.NAME and "SERVICE" in word.partition(":")[0]:
            follows_graph = index > 0 and tokens[index - 1].text.upper() == "GRAPH"
            opens_group = index + 1 < len(tokens) and tokens[index + 1].text == "{"
            if opens_group and not follows_graph:
                raise _foreign()


@dataclass(slots=True)
class QuerySize:
    """Count what makes a query expensive to read and to plan."""

    nesting: int = 0
    patterns: int = 0
    operators: int = 0


def measure(tokens: list[Token]) -> QuerySize:
    """Return the size of a text."""
    size = QuerySize()
    open_marks: list[str] = []
    for token in tokens:
        if token.kind is not Kind.MARK:
            continue
        mark = token.text
        if mark in _OPENING:
            inside_pattern = not open_marks or open_marks[-1] != "("
            open_marks.append("(" if mark == "(" else "{")
            size.nesting = max(size.nesting, len(open_marks))
            size.patterns += mark != "(" or inside_pattern
        elif mark in _CLOSING:
            if open_marks:
                open_marks.pop()
        elif open_marks and open_marks[-1] == "{" and mark in _SEPARATORS:
            size.patterns += 1
        elif mark in _OPERATORS:
            size.operators += 1
    return size


def refuse_size(size: QuerySize, limits: ServingLimits) -> None:
    """Refuse a size that the engine could not bear."""
    if size.nesting > limits.nesting:
        raise ForbiddenQuery(
            Text(
                f"Die Anfrage ist {size.nesting}-fach geschachtelt; erlaubt sind {limits.nesting}.",
                f"The query is nested {size.nesting} deep; {limits.nesting} is the limit.",
            )
        )
    if size.patterns > limits.patterns:
        raise ForbiddenQuery(
            Text(
                f"Die Anfrage hat rund {size.patterns} Muster; erlaubt sind {limits.patterns}."
                " Viele Werte lassen sich mit VALUES angeben.",
                f"The query has about {size.patterns} patterns; {limits.patterns} is the limit."
                " Many values can be given with VALUES.",
            )
        )
    if size.operators > limits.operators:
        raise ForbiddenQuery(
            Text(
                f"Die Anfrage hat {size.operators} Rechenzeichen; erlaubt sind {limits.operators}.",
                f"The query has {size.operators} operators; {limits.operators} is the limit.",
            )
        )


def _too_long(limit: int) -> ForbiddenQuery:
    return ForbiddenQuery(
        Text(
            f"Die Anfrage ist länger als {limit} Bytes.",
            f"The query is longer than {limit} bytes.",
        )
    )


def _foreign() -> ForbiddenQuery:
    return ForbiddenQuery(
        Text(
            "SERVICE und LOAD sind nicht erlaubt: Dieser Zugang fragt keine anderen Rechner.",
            "SERVICE and LOAD are not allowed: this door asks no other machine.",
        )
    )
