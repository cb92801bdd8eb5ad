"""Count the rows of a finished answer."""

from __future__ import annotations

import re
from typing import Final

from kg.serving.formats import AnswerFormat

_JSON_STRING: Final = re.compile(rb'"(?:[^"\\]|\\.)*"')
_CSV_QUOTED: Final = re.compile(rb'"[^"]*"')


def has_more_rows(body: bytes, written_as: AnswerFormat, limit: int) -> bool:
    r"""Tell whether serialised solutions have more rows than a limit.

    Written answers are counted, since the engine writes several times faster than its rows can be
    looped over. The mark between two rows may also stand in a string, so that a first count can
    only be too high; only then the strings are taken out and it is counted again.

    >>> has_more_rows(b"?x\n1\n2\n", AnswerFormat.TSV, 2)
    False
    >>> has_more_rows(b'{"results":{"bindings":[{"x":1},{"x":2}]}}', AnswerFormat.JSON, 1)
    True
    """
    match written_as:
        case AnswerFormat.JSON:
            return _more(body, b"},{", limit - 1, _JSON_STRING)
        case AnswerFormat.XML:
            return body.count(b"<result>") > limit
        case AnswerFormat.CSV:
            return _more(body, b"\n", limit + 1, _CSV_QUOTED)
        case _:
            # TSV and N-Triples escape line ends; the first line of TSV names the variables.
            heads = 1 if written_as is AnswerFormat.TSV else 0
            return body.count(b"\n") > limit + heads


def _more(body: bytes, mark: bytes, allowed: int, strings: re.Pattern[bytes]) -> bool:
    if body.count(mark) <= allowed:
        return False
    return strings.sub(b"", body).count(mark) > allowed
