"""Recognise what a column or a form's label means, however it is spelt."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Literal

from kg.errors import BadParameter
from kg.language import Text
from loaders.text import clean
from ontology.heading_table import Heading, read_headings

Layout = Literal["measures", "goals", "indicators"]
_FOLD = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "₂": "2"})
_FOOTNOTE = re.compile(r"[*†‡¹²³⁰⁴-⁹]+|(?<=[A-Za-zäöüßÄÖÜ])\d{1,2}\)")
_BRACKET = re.compile(r"\([^()]*\)|\[[^\[\]]*\]|[(\[][^()\[\]]*$")
_NO_LETTER = re.compile(r"[^a-z0-9]+")
_ENGLISH = re.compile(r"\((?:englisch|english|en)\)|[\s_-](?:englisch|english|en)$", re.IGNORECASE)
_CONNECTED = re.compile(r"\s+(?:und|and|sowie|&)\s+|\s*/\s*")
_SHORTEST_PREFIX = 4
_LONGEST = 300

# Columns of the file formats described in the documentation that are no everyday headings of plans.
_FORMAT_COLUMNS: Mapping[Layout, Mapping[str, str]] = {
    "measures": {
        "Herkunft": "derivation",
        "Herkunft SDG-Bezug": "sdg_derivation",
        "SDG-Herkunft": "sdg_derivation",
    },
    "goals": {
        "Herkunft": "derivation",
        "Herkunft SDG-Bezug": "sdg_derivation",
        "SDG-Herkunft": "sdg_derivation",
    },
    "indicators": {
        "Herkunft": "derivation",
        "Indikator": "title",
        "Indicator": "title",
        "Wertart": "value_type",
    },
}
_OTHER_LAYOUTS: Mapping[Layout, frozenset[str]] = {
    "measures": frozenset({"goals", "indicators"}),
    "goals": frozenset({"indicators"}),
    "indicators": frozenset({"goals"}),
}


def heading_key(heading: str) -> str:
    r"""Return what stays of a heading without its spelling.

    Case, umlauts, hyphens, price marks, footnotes and a year at the end make no difference.
    Applied to its own result it changes nothing.

    >>> [heading_key(text) for text in ("CO2-Reduktionspo-\ntential ", "Kosten1)", "Plan 2025")]
    ['co2reduktionspotential', 'kosten', 'plan']
    """
    folded = _FOOTNOTE.sub("", clean(heading)).lower().translate(_FOLD)
    return _NO_LETTER.sub("", folded).rstrip("0123456789")


def bare_key(heading: str) -> str:
    """Return the key of a heading without what stands in brackets, such as a unit.

    >>> bare_key("THG-Einsparung (t CO2e/a)")
    'thgeinsparung'
    """
    return heading_key(_BRACKET.sub(" ", heading))


@dataclass(frozen=True, slots=True)
class Match:
    """Hold the field of a heading; `combined` when it names several and the first was taken."""

    field: str
    combined: bool = False


class Headings:
    """Look up fields by heading for one layout, the caller's own assignments first."""

    def __init__(self, rows: Iterable[tuple[str, str]], columns: Mapping[str, str]) -> None:
        self._fields: dict[str, str] = {}
        for field, heading in rows:
            self._fields.setdefault(heading_key(heading), field)
        for field, heading in rows:
            self._fields.setdefault(bare_key(heading), field)
        self._fields.pop("", None)
        self._names = frozenset(self._fields.values())
        self._own = {heading_key(old): self._target(old, new) for old, new in columns.items()}

    def _target(self, old: str, new: str) -> str:
        if new in self._names:
            return new
        match = self._fields.get(heading_key(new))
        if match is None:
            raise BadParameter(
                "map",
                f"{old}={new}",
                Text(
                    f"ein bekanntes Feld, eines von {', '.join(sorted(self._names))}",
                    f"a known field, one of {', '.join(sorted(self._names))}",
                ),
            )
        return match

    def match(self, heading: str) -> Match | None:
        """Return the field of a heading, or None when it is not known."""
        if len(heading) > _LONGEST:
            return None
        key = heading_key(heading)
        if key in self._own:
            return Match(self._own[key])
        if key in self._fields:
            return Match(self._fields[key])
        bare = bare_key(heading)
        english = _ENGLISH.search(heading) is not None
        if english:
            base = self._fields.get(heading_key(_ENGLISH.sub("", heading)))
            return Match(f"{base}_en") if base in {"title", "description"} else None
        if bare in self._fields:
            return Match(self._fields[bare])
        parts = _CONNECTED.split(heading)
        found = [self._fields[key] for part in parts if (key := bare_key(part)) in self._fields]
        if len(parts) > 1 and found and bare_key(parts[0]) in self._fields:
            return Match(found[0], combined=len(set(found)) > 1)
        return None

    def is_known(self, heading: str) -> bool:
        """Tell whether a heading has a field."""
        return self.match(heading) is not None

    def is_exact(self, heading: str) -> bool:
        """Tell whether a heading is known as it stands, brackets included."""
        return heading_key(heading) in self._fields

    def begins(self, heading: str) -> bool:
        """Tell whether a text is the first part of a known heading that was cut."""
        key = heading_key(heading)
        return len(key) >= _SHORTEST_PREFIX and any(
            known.startswith(key) and known != key for known in self._fields
        )

    def completed(self, heading: str) -> str | None:
        """Return the field when all known headings that begin with the text have the same one."""
        key = heading_key(heading)
        fields = {field for known, field in self._fields.items() if known.startswith(key)}
        return fields.pop() if len(key) >= _SHORTEST_PREFIX and len(fields) == 1 else None

    def is_two(self, heading: str) -> bool:
        """Tell whether a heading is two known ones run together, as in text from a PDF."""
        key = heading_key(heading[:_LONGEST])
        return any(
            key[:cut] in self._fields and key[cut:] in self._fields
            for cut in range(_SHORTEST_PREFIX, len(key) - _SHORTEST_PREFIX + 1)
        )


@cache
def _table() -> tuple[Heading, ...]:
    return tuple(heading for heading in read_headings() if not heading.field.startswith("_"))


def headings_for(layout: Layout, columns: Mapping[str, str]) -> Headings:
    """Return the known headings of one kind of table, with the caller's own assignments."""
    shut_out = _OTHER_LAYOUTS[layout]
    preferred = [(row.field, row.text) for row in _table() if row.layout == layout]
    rows = [(row.field, row.text) for row in _table() if row.layout not in shut_out]
    own = [(field, heading) for heading, field in _FORMAT_COLUMNS[layout].items()]
    return Headings([*preferred, *rows, *own], columns)
