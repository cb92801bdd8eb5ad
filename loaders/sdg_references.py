"""Find the SDG codes in a cell such as »SDG 12, 9; 12.5«."""

from __future__ import annotations

import re

_CODE = re.compile(r"(?<![\w.])(\d{1,3}(?:\.[0-9a-zA-Z]{1,2}){0,2})(?![\w])")
_NOISE = re.compile(r"\b(?:SDGs?|Ziele?|Unterziele?|Goals?|Targets?|Nr\.?)\s*(?=\d)", re.IGNORECASE)


def sdg_codes_in(text: str) -> tuple[str, ...]:
    """Return the codes in the order in which they stand, each once.

    >>> sdg_codes_in("SDG 12, 9; 12.5 und 12.A")
    ('12', '9', '12.5', '12.a')
    """
    found = (match[1].lower() for match in _CODE.finditer(_NOISE.sub(" ", text)))
    return tuple(
        dict.fromkeys(
            ".".join(part.lstrip("0") or "0" for part in code.split(".")) for code in found
        )
    )
