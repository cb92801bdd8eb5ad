"""Write numbers and dates as readers of a language expect them (Unicode CLDR, by Babel)."""

from __future__ import annotations

import datetime

from babel.dates import format_date, format_datetime
from babel.numbers import format_decimal, format_percent

from kg.language import Language

_REGIONS: dict[Language, str] = {"de": "de_DE", "en": "en_GB"}


def number_in(language: Language, value: float) -> str:
    """Return a number with the language's signs for thousands and decimals.

    >>> number_in("de", 12345.5), number_in("en", 12345.5)
    ('12.345,5', '12,345.5')
    """
    return str(format_decimal(value, locale=_REGIONS[language]))


def percent_in(language: Language, share: float) -> str:
    """Return a share of one in whole per cent.

    >>> percent_in("en", 0.42)
    '42%'
    """
    return str(format_percent(share, locale=_REGIONS[language]))


def date_in(language: Language, day: datetime.date) -> str:
    """Return a day, or a point in time with hour and minute.

    >>> date_in("de", datetime.date(2026, 3, 1)), date_in("en", datetime.date(2026, 3, 1))
    ('01.03.2026', '1 Mar 2026')
    """
    if isinstance(day, datetime.datetime):
        return str(format_datetime(day, "medium", locale=_REGIONS[language]))
    return str(format_date(day, "medium", locale=_REGIONS[language]))
