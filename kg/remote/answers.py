"""Read the answers of engines, and put right what one of them says differently.

Virtuoso 7 calls a literal with a datatype `typed-literal` (as SPARQL 1.0 did), writes booleans as 1
and 0, names blank nodes by IRIs, and answers ASK with a table. Its strings are escaped, so that the
byte sequences looked for here can stand nowhere else.
"""

from __future__ import annotations

import re
from typing import Final

from pyoxigraph import (
    QueryBoolean,
    QueryResultsFormat,
    QuerySolutions,
    RdfFormat,
    Triple,
    parse,
    parse_query_results,
)

from kg.store import Term

_TABLE_OF_ASK: Final = re.compile(rb'"vars":\s*\[\s*"__ASK_RETVAL"\s*\]')
_BLANK: Final = re.compile(rb'("type":\s*"bnode",\s*"value":\s*")nodeID://')
_BOOLEAN: Final = re.compile(
    rb'("datatype":\s*"http://www\.w3\.org/2001/XMLSchema#boolean",\s*"value":\s*")([01])"'
)
_WORDS: Final = {b"0": b"false", b"1": b"true"}


def standard_json(body: bytes) -> bytes:
    """Return an engine's results in JSON as the standard writes them.

    >>> standard_json(b'{"head": {"vars": ["__ASK_RETVAL"]}, "results": {"bindings": [ ]}}')
    b'{"head":{},"boolean":false}'
    """
    if _TABLE_OF_ASK.search(body, 0, 200):
        return b'{"head":{},"boolean":%s}' % (b"true" if b'"value"' in body else b"false")
    body = _BLANK.sub(rb"\1", body)
    return _BOOLEAN.sub(lambda found: found[1] + _WORDS[found[2]] + b'"', body)


def solutions_of(body: bytes) -> QuerySolutions | QueryBoolean:
    """Return the solutions or the truth value in a JSON body; `ValueError` if it is neither."""
    try:
        return parse_query_results(standard_json(body), format=QueryResultsFormat.JSON)
    except SyntaxError as error:
        raise ValueError("no SPARQL results in JSON") from error


def table_of(body: bytes) -> tuple[list[str], list[list[Term | None]]]:
    """Return the variables and rows in a JSON body; `ValueError` if there are none."""
    found = solutions_of(body)
    if not isinstance(found, QuerySolutions):
        raise ValueError("no table")  # noqa: TRY004  # the bytes are wrong, not a type of ours
    names = [variable.value for variable in found.variables]
    rows: list[list[Term | None]] = []
    try:
        for solution in found:
            values = [solution[name] for name in names]
            rows.append([None if isinstance(value, Triple) else value for value in values])
    except SyntaxError as error:
        raise ValueError("no SPARQL results in JSON") from error
    return names, rows


def truth_of(body: bytes) -> bool:
    """Return the truth value in a JSON body; `ValueError` if there is none."""
    found = solutions_of(body)
    if not isinstance(found, QueryBoolean):
        raise ValueError("no truth value")  # noqa: TRY004  # the bytes are wrong, not a type of ours
    return bool(found)


def triples_of(body: bytes) -> list[Triple]:
    """Return the triples in an N-Triples body; `ValueError` if it is none."""
    try:
        return [quad.triple for quad in parse(body, format=RdfFormat.N_TRIPLES)]
    except SyntaxError as error:
        raise ValueError("no triples") from error
