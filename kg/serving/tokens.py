"""Cut a SPARQL query into tokens, so that a word in a string or an IRI is not taken for a keyword.

Only what a guard needs is told apart. The engine reads `SERVICESILENT<…>` and `trueSERVICE<…>` as
if there were spaces, so a word is kept whole and the guard looks inside it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import Enum, auto
from typing import NamedTuple

# Name characters, wider than the grammar's: any non-ASCII letter may stand in a name.
_LETTER = r"[A-Za-z\u0080-\U0010FFFF]"
_NAME = r"[A-Za-z0-9_\u0080-\U0010FFFF]"
_LOCAL = rf"(?:{_NAME}|[:.\-]|%[0-9A-Fa-f]{{2}}|\\[_~.\-!$&'()*+,;=/?#@%])"

_TOKEN = re.compile(
    rf"""
    (?P<space>[ \t\r\n\f\v]+ | \#[^\r\n]*)
  | (?P<string>
        \"\"\"(?:(?:\"|\"\")?(?:[^"\\]|\\.))*\"\"\"
      | '''(?:(?:'|'')?(?:[^'\\]|\\.))*'''
      | "(?:[^"\\\r\n]|\\.)*"
      | '(?:[^'\\\r\n]|\\.)*'
    )
  | (?P<iri><(?:[^<>"{{}}|^`\\\x00-\x20]|\\u[0-9A-Fa-f]{{4}}|\\U[0-9A-Fa-f]{{8}})*>)
  | (?P<blank>_:{_NAME}(?:{_NAME}|[.\-])*)
  | (?P<variable>[?$]{_NAME}+)
  | (?P<name>(?:{_LETTER}(?:{_NAME}|[.\-])*)?:{_LOCAL}*)
  | (?P<tag>@[A-Za-z][A-Za-z0-9\-]*)
  | (?P<number>(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+\-]?[0-9]+)?)
  | (?P<word>{_LETTER}{_NAME}*)
  | (?P<mark><<\(?|\)?>>|&&|\|\||\^\^|!=|<=|>=|[\s\S])
    """,
    re.VERBOSE | re.DOTALL,
)


class Kind(Enum):
    """Tell what a token is."""

    STRING = auto()
    IRI = auto()
    BLANK = auto()
    VARIABLE = auto()
    NAME = auto()
    TAG = auto()
    NUMBER = auto()
    WORD = auto()
    MARK = auto()


_KINDS = {kind.name.lower(): kind for kind in Kind}


class Token(NamedTuple):
    """Hold one token: its kind, its text and where it starts."""

    kind: Kind
    text: str
    start: int


def tokens_of(query: str) -> Iterator[Token]:
    """Yield the tokens without white space and comments; never fails, whatever the text.

    >>> [token.text for token in tokens_of('ASK { ?s a "SERVICE" } # SERVICE')]
    ['ASK', '{', '?s', 'a', '"SERVICE"', '}']
    """
    for match in _TOKEN.finditer(query):
        group = match.lastgroup
        if group is not None and group != "space":
            yield Token(_KINDS[group], match.group(), match.start())
