"""Read the fields of the check form, and write a measure back into them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from starlette.datastructures import FormData

from kg.fit.measure import MeasureInput, measure_of

# Form field and the field of a measure it fills.
FIELDS: Final[Mapping[str, str]] = {
    "title": "title",
    "number": "number",
    "description": "description",
    "value_chain": "fields",
    "r_strategy": "r_strategies",
    "instrument": "instruments",
    "responsible": "responsible",
    "period": "period",
    "status": "status",
    "indicators": "indicators",
    "aims": "aims",
    "source": "source",
}
# Fields of a measure that came with a list or a text; the form keeps them unseen.
KEPT: Final = ("number", "status", "aims", "source")
# Slot of the measure and the form field that names it.
SLOT_FIELDS: Final[Mapping[str, str]] = {
    "field": "value_chain",
    "r-strategy": "r_strategy",
    "instrument": "instrument",
}
Entered = dict[str, str]
# What no document or workbook may hold (XML 1.0, 2.2).
_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")


def entered_in(form: FormData) -> Entered:
    """Return what was entered, without empty fields and without anything the form does not have."""
    given = {
        name: writable(value)
        for name, value in form.items()
        if name in FIELDS and isinstance(value, str)
    }
    return {name: value for name, value in given.items() if value}


def writable(text: str) -> str:
    """Return a text without signs that no file format takes, and without space around it."""
    return _UNWRITABLE.sub(" ", text).strip()


def measure_in(entered: Mapping[str, str]) -> MeasureInput:
    """Return the measure of what was entered, or raise `BadMeasure`."""
    given: dict[str, object] = {FIELDS[name]: value for name, value in entered.items()}
    return measure_of(given)


def entered_for(measure: MeasureInput) -> Entered:
    """Return what has to be entered to describe a measure.

    >>> entered_for(measure_of({"titel": "Bauteilbörse", "R-Strategien": "R3, R7"}))
    {'title': 'Bauteilbörse', 'r_strategy': 'R3; R7'}
    """
    given = measure.as_json()
    return {
        name: value if isinstance(value := given[field], str) else "; ".join(value)
        for name, field in FIELDS.items()
        if field in given
    }


def text_of(entered: Mapping[str, str]) -> str:
    """Return the words from which values for the other fields are suggested."""
    return ". ".join(entered[name] for name in ("title", "description") if name in entered)
