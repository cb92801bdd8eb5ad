"""Clean the text of cells: blanks, soft hyphens, symbol characters, words cut at a line end."""

from __future__ import annotations

import re
import unicodedata

_BLANKS = re.compile(r"[^\S\n]+")
_GAPS = re.compile(r"\n{3,}")
_DROPPED = dict.fromkeys(map(ord, "\u00ad\u200b\u200c\u200d\u2060\ufeff"), None)
_SYMBOLS = {
    0xF0B7: "•",
    0xF0E0: "→",
    0xF0A7: "•",
    0xF0FC: "✓",
    0xF02D: "-",
    0x2028: "\n",
    0x2029: "\n",
}
_CONTROLS = {code: " " for code in range(32) if code not in (9, 10)}
_TABLE = _DROPPED | _SYMBOLS | _CONTROLS
_CUT_AT_LINE = re.compile(r"(?<=[^\W\d_]{2})-[ ]?\n[ ]?(?=[a-zäöüß]{2})")
_CUT_IN_LINE = re.compile(
    r"(?<=[^\W\d_]{2})(?<!\bund)(?<!\boder)- (?!(?:und|oder|bzw|bis|sowie|als|wie|noch|statt"
    r"|aber|auch|in|and|or|to|beziehungsweise|sowohl)\b)(?=[a-zäöüß]{2})"
)


def clean(text: str) -> str:
    r"""Return a text with plain blanks, without invisible characters and without blank ends.

    >>> clean(" Bau\u00adteil\xa0 \n\tbörse ")
    'Bauteil\nbörse'
    """
    plain = unicodedata.normalize("NFC", text).translate(_TABLE)
    lines = (_BLANKS.sub(" ", line).strip() for line in plain.split("\n"))
    return _GAPS.sub("\n\n", "\n".join(lines)).strip()


def mend(text: str) -> str:
    r"""Return a text in which words that were cut at a line end are whole again.

    >>> mend("wer- den die Stadt- und Regional-\nplanung")
    'werden die Stadt- und Regionalplanung'
    """
    return _CUT_IN_LINE.sub("", _CUT_AT_LINE.sub("", text))


def one_line(text: str) -> str:
    r"""Return a text on one line, with cut words mended.

    >>> one_line("Sanierung von\nÖPNV-An-\ngeboten")
    'Sanierung von ÖPNV-Angeboten'
    """
    return mend(" ".join(mend(clean(text)).split()))


def first_words(text: str, limit: int) -> str:
    """Return a text cut to a number of characters, with an ellipsis when it was longer."""
    return text if len(text) <= limit else text[: limit - 1].rstrip() + "…"
