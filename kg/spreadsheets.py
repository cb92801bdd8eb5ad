"""Keep spreadsheet programs from calculating a text that was only meant to be read."""

from __future__ import annotations

import re
from typing import Final

_NUMBER: Final = re.compile(r"[+-]?\d+(?:[.,]\d+)?(?:[eE][+-]?\d+)?")
_FORMULA_STARTS: Final = ("=", "+", "-", "@", "\t", "\r", "\n")


def harmless(text: str) -> str:
    """Return a cell's text with an apostrophe in front where a program would take it for a formula.

    >>> harmless("=HYPERLINK(1)"), harmless("-3"), harmless("Bauteilbörse")
    ("'=HYPERLINK(1)", '-3', 'Bauteilbörse')
    """
    starts_formula = text.lstrip(" ").startswith(_FORMULA_STARTS)
    return f"'{text}" if starts_formula and not is_number(text) else text


def is_number(text: str) -> bool:
    """Tell whether a text is a number as people and programs write it."""
    return _NUMBER.fullmatch(text) is not None
