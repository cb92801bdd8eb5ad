"""Read numbers as they are written in German and English tables."""

from __future__ import annotations

import re
from decimal import Decimal

_SHAPE = re.compile(r"[+-]?\d[\d.,' \u2009\u202f’]*")
_SPACES = str.maketrans("", "", " '’\u2009\u202f\xa0")


def parse_decimal(text: str) -> Decimal | None:
    """Return the number a cell holds, or None when it holds anything else.

    The comma is the decimal sign and the point groups thousands, as in German tables; where both
    occur, the last one is the decimal sign. A single point before other than three digits is a
    decimal sign too.
    A percent sign at the end is ignored, other units are not.

    >>> [str(parse_decimal(text)) for text in ("1.234,5", "12.5", "1.234", "k. A.")]
    ['1234.5', '12.5', '1234', 'None']
    """
    plain = (
        text.strip()
        .removesuffix("%")
        .strip()
        .replace("−", "-")
        .replace("–", "-")
        .replace("\xa0", " ")
    )
    if len(plain) > 40 or _SHAPE.fullmatch(plain) is None:
        return None
    digits = plain.translate(_SPACES)
    points, commas = digits.count("."), digits.count(",")
    if points and commas:
        decimal = "." if digits.rindex(".") > digits.rindex(",") else ","
        grouping = "," if decimal == "." else "."
        digits = digits.replace(grouping, "")
        return None if digits.count(decimal) > 1 else _decimal(digits.replace(decimal, "."))
    if commas:
        return _decimal(digits.replace(",", ".")) if commas == 1 else _grouped(digits, ",")
    if points == 1 and not re.fullmatch(r"[+-]?[1-9]\d{0,2}\.\d{3}", digits):
        return _decimal(digits)
    return _grouped(digits, ".") if points else _decimal(digits)


def _grouped(digits: str, sign: str) -> Decimal | None:
    if re.fullmatch(rf"[+-]?\d{{1,3}}(?:{re.escape(sign)}\d{{3}})+", digits) is None:
        return None
    return _decimal(digits.replace(sign, ""))


def _decimal(digits: str) -> Decimal | None:
    return Decimal(digits) if re.fullmatch(r"[+-]?\d+(?:\.\d+)?", digits) else None


def german(number: Decimal) -> str:
    """Return a number in German writing, such that `parse_decimal` gives it back.

    >>> german(Decimal("1234.50"))
    '1234,5'
    """
    text = format(number, "f")
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return ("0" if text in {"", "-0", "-"} else text).replace(".", ",")
