"""Group the facts about a thing by what they are about."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Final

from api.pages.paths import page_path
from api.pages.thing.meaning import SECTIONS, SectionKey, missing_of, place_of, section_of
from api.pages.thing.reading import Found
from api.pages.thing.relations import relations
from api.pages.thing.values import Row, Value, value_of
from kg.language import Language
from ontology.namespaces import KS, RDF, RDFS, SKOS

# Said by the heading.
HEADLINE: Final = frozenset({RDFS.label, SKOS.prefLabel})


@dataclass(frozen=True, slots=True)
class Group:
    """Hold the values of one property; `others` are texts in another language than the reader's.

    `total` counts what there is, `path` leads to all of it where the page shows less.
    """

    property_iri: str
    label: str
    values: tuple[Value, ...]
    others: tuple[Value, ...]
    total: int
    path: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    """Hold the facts on one matter, and the keys of what is not known."""

    key: SectionKey
    groups: tuple[Group, ...]
    missing: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Reader:
    """Hold the thing that is read about, the labels of everything named, and the language."""

    iri: str
    labels: Mapping[str, str]
    language: Language


def sections_of(found: Found, reader: Reader, hidden: frozenset[str]) -> list[Section]:
    """Return what is said, in the order of `SECTIONS`, without what a narrower relation says."""
    by_section: dict[SectionKey, list[Group]] = defaultdict(list)
    for name in sorted(found.facts, key=lambda name: (place_of(name), reader.labels[name], name)):
        rows = _not_implied(name, found)
        if name in HEADLINE or name in hidden or not rows:
            continue
        total = len(rows) if len(found.facts[name]) == found.totals[name] else found.totals[name]
        group = group_of(name, rows, reader, total=total)
        by_section[section_of(name)].append(_led_on(group, reader, "out"))
    classes = set(found.values(RDF.type))
    missing = missing_of(classes, set(found.facts))
    # When something was adopted is told of every element of a plan, also that it is not known.
    always = "state" if missing or KS.Element in classes else ""
    return [
        Section(key, tuple(by_section[key]), tuple(missing) if key == "state" else ())
        for key in SECTIONS
        if by_section[key] or key == always
    ]


def references_of(found: Found, reader: Reader, hidden: frozenset[str]) -> list[Group]:
    """Return what refers to the thing, by the label of the relation."""
    ordered = sorted(found.references, key=lambda name: (reader.labels[name].casefold(), name))
    return [
        _led_on(
            group_of(name, found.references[name], reader, total=found.reference_totals[name]),
            reader,
            "in",
        )
        for name in ordered
        if name not in hidden
    ]


def group_of(name: str, rows: Iterable[Row], reader: Reader, *, total: int) -> Group:
    """Return the values of one relation; texts in the reader's language come before others."""
    values = [
        replace(value_of(row, name, reader.labels, reader.language), why=_why(row, name, reader))
        for row in rows
    ]
    values.sort(key=lambda value: (value.text.casefold(), value.iri))
    own = [value for value in values if value.language in ("", reader.language)]
    others = [value for value in values if value not in own]
    shown, rest = (own, others) if own else (others, [])
    return Group(name, reader.labels[name], tuple(shown), tuple(rest), total)


def _led_on(group: Group, reader: Reader, direction: str) -> Group:
    if group.total <= len(group.values) + len(group.others):
        return group
    asked = {"iri": reader.iri, "relation": group.property_iri, "direction": direction}
    return replace(group, path=page_path("thing", reader.language, **asked))


def _not_implied(name: str, found: Found) -> list[Row]:
    """Return the rows of a property whose values no narrower property has too."""
    narrower = [
        other for other in found.facts if other != name and name in relations().wider.get(other, ())
    ]
    said = {value for other in narrower for value in found.values(other)}
    return [row for row in found.facts[name] if row["value"]["value"] not in said]


def _why(row: Row, name: str, reader: Reader) -> str:
    if row.get("inferred", {}).get("value") != "true" or row["value"]["type"] != "uri":
        return ""
    statement = {"predicate": name, "object": row["value"]["value"]}
    return page_path("explanation", reader.language, subject=reader.iri, **statement)
