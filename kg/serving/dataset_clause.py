"""Read which graphs a query names: after FROM, FROM NAMED and GRAPH."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final
from urllib.parse import urljoin

from kg.serving.tokens import Kind, Token, tokens_of

_ESCAPE: Final = re.compile(r"\\u([0-9A-Fa-f]{4})|\\U([0-9A-Fa-f]{8})")


def graphs_named_in(query: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the graphs of FROM and of FROM NAMED.

    >>> graphs_named_in("PREFIX g: <urn:g:> SELECT * FROM <urn:a> FROM NAMED g:b { ?s ?p ?o }")
    (('urn:a',), ('urn:g:b',))
    """
    names = _Names()
    default: list[str] = []
    named: list[str] = []
    for token, following in _with_following(query):
        names.learn(token, following)
        clause = _clause(token, following)
        if clause:
            (default if len(clause) == 1 else named).append(names.iri(clause[-1]))
    return tuple(default), tuple(named)


def is_narrowed(query: str) -> bool:
    """Tell whether a query names its dataset itself; quick where it does not.

    >>> is_narrowed("ASK { ?s ?p 'FROM' }")
    False
    """
    return "FROM" in query.upper() and graphs_named_in(query) != ((), ())


def clauses_in(query: str) -> Iterator[Token]:
    """Yield every token that belongs to FROM and FROM NAMED."""
    for token, following in _with_following(query):
        clause = _clause(token, following)
        if clause:
            yield token
            yield from clause


def _clause(token: Token, following: list[Token]) -> list[Token]:
    """Return what follows FROM: a graph, or NAMED and a graph; nothing after any other word."""
    if token.kind is not Kind.WORD or token.text.upper() != "FROM" or not following:
        return []
    return following if following[0].text.upper() == "NAMED" else following[:1]


def graphs_asked_in(query: str) -> list[tuple[Token, str]]:
    """Return each name that follows GRAPH, as it is written and as an IRI.

    >>> [iri for _, iri in graphs_asked_in("PREFIX g: <urn:g:> ASK { GRAPH g:b { ?s ?p ?o } }")]
    ['urn:g:b']
    """
    names = _Names()
    found: list[tuple[Token, str]] = []
    for token, following in _with_following(query):
        names.learn(token, following)
        # The engine reads `GRAPHex:name` as two words.
        is_graph = token.kind is Kind.WORD and token.text.upper().endswith("GRAPH")
        if is_graph and following and following[0].kind in (Kind.IRI, Kind.NAME):
            found.append((following[0], names.iri(following[0])))
    return found


def _with_following(query: str) -> Iterator[tuple[Token, list[Token]]]:
    tokens = list(tokens_of(query))
    for place, token in enumerate(tokens):
        yield token, tokens[place + 1 : place + 3]


class _Names:
    """Resolve names by the prologue read so far."""

    def __init__(self) -> None:
        self._base = ""
        self._prefixes: dict[str, str] = {}

    def learn(self, token: Token, following: list[Token]) -> None:
        """Take in a token if it declares a base or a prefix."""
        word = token.text.upper() if token.kind is Kind.WORD else ""
        if word == "BASE" and following:
            self._base = self.iri(following[0])
        elif word == "PREFIX" and len(following) == 2:
            self._prefixes[following[0].text] = self.iri(following[1])

    def iri(self, token: Token) -> str:
        """Return the IRI that a token stands for."""
        if token.kind is Kind.IRI:
            iri = unescaped(token.text[1:-1])
            return urljoin(self._base, iri) if self._base else iri
        prefix, _, local = token.text.partition(":")
        return self._prefixes.get(f"{prefix}:", "") + local.replace("\\", "")


def unescaped(iri: str) -> str:
    r"""Return an IRI with its numbered characters written out.

    >>> unescaped("b\\u0069f:x")
    'bif:x'
    """
    return _ESCAPE.sub(lambda found: chr(int(found[1] or found[2], 16)), iri)
