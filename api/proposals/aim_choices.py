"""List the aims that a corrected link may have instead."""

from __future__ import annotations

import re
from dataclasses import dataclass

from api.own_queries import own_query
from api.proposals.sides import names_of
from kg.language import Language
from kg.store import Store, text_of


@dataclass(frozen=True, slots=True)
class AimGroup:
    """Hold the aims of a document, or of the SDGs under "", as pairs of IRI and name."""

    name: str
    aims: tuple[tuple[str, str], ...]


def aim_choices(store: Store, city: str, language: Language) -> list[AimGroup]:
    """Return the aims of a municipality (AGS) by document, then the SDG targets."""
    rows = [
        (
            row["aim"].value,
            text_of(row.get("code")),
            row["document"].value if "document" in row else "",
        )
        for row in store.select(own_query("aim-choices", {"city": city}))
    ]
    names = names_of(store, {iri for row in rows for iri in (row[0], row[2]) if iri}, language)
    groups: dict[str, dict[str, tuple[str, str]]] = {}
    for aim, code, document in rows:
        name = names[aim]
        shown = f"{code} {name}" if document and code and not name.startswith(code) else name
        groups.setdefault(document, {})[aim] = (code or shown, shown)
    ordered = sorted(groups, key=lambda document: (not document, names.get(document, "")))
    return [
        AimGroup(
            names.get(document, ""),
            tuple(
                (aim, shown)
                for aim, (code, shown) in sorted(
                    groups[document].items(), key=lambda item: (_natural(item[1][0]), item[0])
                )
            ),
        )
        for document in ordered
    ]


def _natural(code: str) -> list[tuple[int, str]]:
    """Return what sorts codes as people count: 2 before 10, numbers before letters.

    >>> sorted(["12.10", "12.2", "12.a"], key=_natural)
    ['12.2', '12.10', '12.a']
    """
    parts = [part for part in re.split(r"([0-9]+)", code) if part]
    return [(int(part), "") if part.isdecimal() else (10**9, part) for part in parts]
