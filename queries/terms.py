"""Turn a value from outside into a SPARQL term that cannot break out of its place."""

from __future__ import annotations

import re

from pyoxigraph import Literal, NamedNode

from ontology.namespaces import sdg
from ontology.terms import BASE

_AGS = re.compile(r"(0[1-9]|1[0-6])\d{6}")
_SDG = re.compile(r"(?:[1-9]|1[0-7])(?:\.(?:[1-9]\d?|[a-d]))?")


class BadValue(ValueError):
    """Name a parameter, the value it was given and what would be right (types or known names)."""

    def __init__(self, name: str, value: str, expected: tuple[str, ...]) -> None:
        super().__init__(f"{name}={value!r}; expected: {', '.join(expected)}")
        self.name = name
        self.value = value
        self.expected = expected


def rendered(name: str, kind: str, value: str) -> str:
    r"""Return the value as a SPARQL term.

    >>> rendered("target", "sdg", "12.5")
    '<http://metadata.un.org/sdg/12.5>'
    >>> rendered("word", "text", 'a"b')
    '"a\\"b"'
    """
    if kind == "city":
        if _AGS.fullmatch(value) is None:
            raise BadValue(name, value, ("AGS, 8 digits",))
        return str(NamedNode(f"{BASE}id/{value}"))
    if kind == "sdg":
        if _SDG.fullmatch(value) is None:
            raise BadValue(name, value, ("12", "12.5", "12.a"))
        return str(NamedNode(sdg(value)))
    if kind == "iri":
        return _iri(name, value)
    if kind == "integer":
        if re.fullmatch(r"-?\d{1,18}", value) is None:
            raise BadValue(name, value, ("integer",))
        return str(int(value))
    if kind == "language" and value not in ("de", "en"):
        raise BadValue(name, value, ("de", "en"))
    return str(Literal(value))


def _iri(name: str, value: str) -> str:
    # The characters that SPARQL's IRIREF forbids (SPARQL 1.1, 19.8).
    if re.fullmatch(r"[A-Za-z][A-Za-z0-9+.-]*:[^<>\"{}|^`\\\x00-\x20]+", value) is None:
        raise BadValue(name, value, ("absolute IRI",))
    try:
        return str(NamedNode(value))
    except ValueError as error:
        raise BadValue(name, value, ("absolute IRI",)) from error
