"""Find the start and end year in a time statement."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta

_YEAR = r"(?:19|20|21)\d{2}"
_TOKEN = re.compile(
    rf"(?<![\d/])(?:\d{{1,2}}[./]){{0,2}}({_YEAR})(?:\s?[-–/]\s?(\d{{2}})(?![\d./-]))?(?!\d)"
)
_SHORT = re.compile(r"(?<![\d/.])(?:0?[1-9]|1[0-2])/(\d{2})(?![\d/])")
_UNTIL = re.compile(
    rf"\b(?:bis|until|by|spätestens|vor)\b[^\d]{{0,20}}(?:\d{{1,2}}[./])*({_YEAR})", re.IGNORECASE
)
_FROM = re.compile(
    rf"\b(?:ab|seit|von|from|since|beginn|start)\b[^\d]{{0,20}}(?:\d{{1,2}}[./])*({_YEAR})",
    re.IGNORECASE,
)
_OPEN = re.compile(rf"({_YEAR})\s*(?:ff\b\.?|fortlaufend|[-–]\s*$)", re.IGNORECASE)
FIRST_YEAR = 1990
LAST_YEAR = 2100
_FIRST_DAY = date(1899, 12, 30)


@dataclass(frozen=True, slots=True)
class YearSpan:
    """Hold the years of a time statement; None where it says nothing."""

    start: int | None
    end: int | None

    @property
    def is_in_order(self) -> bool:
        """Tell whether the end is not before the start."""
        return self.start is None or self.end is None or self.start <= self.end


def parse_years(text: str) -> YearSpan:
    """Return the years that a time statement names.

    >>> parse_years("04/2024 - 03/2026")
    YearSpan(start=2024, end=2026)
    >>> parse_years("bis 2030"), parse_years("ab 2025"), parse_years("kurzfristig")
    (YearSpan(start=None, end=2030), YearSpan(start=2025, end=None), YearSpan(start=None, end=None))
    """
    years: list[int] = []
    for match in _TOKEN.finditer(text):
        years.append(int(match[1]))
        if match[2] is not None and match[2] > match[1][2:]:
            years.append(int(match[1][:2] + match[2]))
    if not years:
        years = [2000 + int(match[1]) for match in _SHORT.finditer(text)]
    years = [year for year in years if is_plausible(year)]
    if not years:
        return YearSpan(None, None)
    if len(years) == 1:
        if _UNTIL.search(text) is not None:
            return YearSpan(None, years[0])
        if _FROM.search(text) is not None or _OPEN.search(text) is not None:
            return YearSpan(years[0], None)
    if len(years) == 2:
        return YearSpan(years[0], years[1])
    return YearSpan(min(years), max(years))


def parse_year(text: str) -> int | None:
    """Return a year that stands alone, also within a date, or None.

    >>> parse_year("2026"), parse_year("01.03.2026"), parse_year("-5")
    (2026, 2026, None)
    """
    plain = text.strip()
    match = re.fullmatch(rf"(?:\d{{1,2}}[./])*({_YEAR})(?:-\d{{2}}-\d{{2}})?(?:[,.]0)?", plain)
    return int(match[1]) if match is not None and is_plausible(int(match[1])) else None


def is_plausible(year: int) -> bool:
    """Tell whether a year is one that plans and figures of today can mean."""
    return FIRST_YEAR <= year <= LAST_YEAR


def excel_date(text: str) -> date | None:
    """Return the day that an Excel serial number between 1954 and 2119 stands for, else None.

    >>> excel_date("45292")
    datetime.date(2024, 1, 1)
    """
    if re.fullmatch(r"\d{5}", text.strip()) is None:
        return None
    serial = int(text)
    return _FIRST_DAY + timedelta(days=serial) if 20_000 <= serial < 80_000 else None
