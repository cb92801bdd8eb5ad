"""Find numbers in a text: how many of what, shares, years, numbers of lines and roads."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Literal

QuantityKind = Literal["count", "share", "year"]

_NUMBER = re.compile(
    r"(?<![^\W_])(?P<figure>\d{1,3}(?:[.,\u202f ]\d{3})+(?![\d])|\d+(?:[.,]\d+)?)(?![^\W\d_])"
    r"\s*(?P<unit>%|Prozent|percent|per cent|km/h|mph|Mio\.?|Millionen|million)?",
    re.IGNORECASE,
)
_ONES: Final = {
    word: value
    for value, words in enumerate(
        [
            "zwei two",
            "drei three",
            "vier four",
            "fünf five",
            "sechs six",
            "sieben seven",
            "acht eight",
            "neun nine",
            "zehn ten",
            "elf eleven",
            "zwölf twelve",
            "dreizehn thirteen",
            "vierzehn fourteen",
            "fünfzehn fifteen",
            "sechzehn sixteen",
            "siebzehn seventeen",
            "achtzehn eighteen",
            "neunzehn nineteen",
        ],
        start=2,
    )
    for word in words.split()
}
_TENS: Final = {
    word: value * 10
    for value, words in enumerate(
        [
            "zwanzig twenty",
            "dreißig thirty",
            "vierzig forty",
            "fünfzig fifty",
            "sechzig sixty",
            "siebzig seventy",
            "achtzig eighty",
            "neunzig ninety",
        ],
        start=2,
    )
    for word in words.split()
}
_MANY: Final = {"hundert": 100, "hundred": 100, "tausend": 1000, "thousand": 1000}
_PLAIN: Final = {**_ONES, **_TENS}
_SHARES: Final = re.compile(
    r"(?P<half>\bhalbier|\bHälfte\b|\bhalf\b|\bhalve)|(?P<quarter>\bein(?:em|es)? Viertel\b"
    r"|\ba quarter\b)|(?P<third>\bein(?:em|es)? Drittel\b|\ba third\b)",
    re.IGNORECASE,
)
_SHARE_OF: Final = {"half": 50.0, "quarter": 25.0, "third": 33.0}
_WORD: Final = re.compile(r"[^\W\d_]+")
_GROUP: Final = re.compile(r"[.,\u202f ](?=\d{3}(?!\d))")


@dataclass(frozen=True, slots=True, order=True)
class Quantity:
    """Hold a number; a share is in percent, a speed a count of its unit."""

    kind: QuantityKind
    value: float


def quantities(text: str) -> Mapping[Quantity, str]:
    """Return the numbers of a text, in figures or words, with the words that say them.

    >>> sorted(item.value for item in quantities("1.000 Bäume und zwölf Bänke bis 2030"))
    [12.0, 1000.0, 2030.0]
    """
    found: dict[Quantity, str] = {}
    for match in _NUMBER.finditer(text):
        shown = match.group().strip()
        found.setdefault(_of_figure(match["figure"], (match["unit"] or "").casefold()), shown)
    for match in _SHARES.finditer(text):
        found.setdefault(Quantity("share", _SHARE_OF[str(match.lastgroup)]), match.group())
    number: float = 0
    said: list[str] = []
    for word in (*(match.group().casefold() for match in _WORD.finditer(text)), ""):
        value = _of_word(word)
        if not value:
            if number > 1:
                found.setdefault(Quantity("count", float(number)), " ".join(said))
            number, said = 0, []
            continue
        number = number * value if word in _MANY and number else number + value
        said.append(word)
    return found


def _of_figure(figure: str, unit: str) -> Quantity:
    value = float(_GROUP.sub("", figure).replace(",", "."))
    if unit in {"%", "prozent", "percent", "per cent"}:
        return Quantity("share", value)
    if unit in {"km/h", "mph"}:
        return Quantity("count", value)
    if unit.startswith(("mio", "mill")):
        return Quantity("count", value * 1_000_000)
    if value.is_integer() and 1990 <= value <= 2100 and len(figure) == 4:
        return Quantity("year", value)
    return Quantity("count", value)


def _of_word(word: str) -> float:
    """Return the value of a number word, compounds such as fünfundzwanzig too, else 0."""
    if word in _PLAIN or word in _MANY:
        return _PLAIN.get(word) or _MANY[word]
    for name, many in _MANY.items():
        head = word.removesuffix(name)
        if head != word and head in _PLAIN:
            return _PLAIN[head] * many
    ones, joint, tens = word.partition("und")
    if joint and tens in _TENS and (ones == "ein" or ones in _ONES):
        return _TENS[tens] + _ONES.get(ones, 1)
    return 0
