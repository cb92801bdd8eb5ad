"""Read percent-encoded fields strictly: what is not UTF-8 is refused, never guessed at."""

from __future__ import annotations

import re
from typing import Final
from urllib.parse import parse_qsl

from kg.errors import BadEncoding

FIELD_LIMIT: Final = 1000
_BROKEN: Final = re.compile(rb"%(?![0-9A-Fa-f]{2})")


def fields_of(encoded: bytes) -> list[tuple[str, str]]:
    """Return the name and value of each field, decoded once and no more, in their order.

    Raises:
        BadEncoding: A percent sign without two digits, bytes that are no UTF-8, or more than
            `FIELD_LIMIT` fields.

    >>> fields_of(b"query=ASK+%7B%7D&x=100%2525")
    [('query', 'ASK {}'), ('x', '100%25')]
    """
    if _BROKEN.search(encoded) is not None:
        raise BadEncoding
    try:
        return parse_qsl(
            encoded.decode("utf-8"),
            keep_blank_values=True,
            errors="strict",
            max_num_fields=FIELD_LIMIT,
        )
    except ValueError as error:
        raise BadEncoding from error


def utf8_text(body: bytes) -> str:
    """Return the text of a body, or raise `BadEncoding`; SPARQL travels as UTF-8 only."""
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError as error:
        raise BadEncoding from error
