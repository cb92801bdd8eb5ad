"""Read the entries of a YAML or JSON file; its keys are headings like those of a table."""

from __future__ import annotations

from collections.abc import Iterable

from kg.errors import NothingLoaded
from kg.findings import Findings
from kg.language import Text
from loaders.headings import Headings
from loaders.records import Record, RecordDraft
from loaders.remarks import remark
from loaders.text import clean
from loaders.trees import Fields, Items, Leaf, Tree, flat_text

_LISTS = (
    "massnahmen",
    "maßnahmen",
    "Maßnahmen",
    "measures",
    "actions",
    "ziele",
    "goals",
    "indikatoren",
)


def tree_records(tree: Tree, headings: Headings, findings: Findings) -> list[Record]:
    """Return the entries of a file that is a list, holds one under a known key, or is one entry."""
    found = (record_of(entry, headings, findings) for entry in _entries(tree))
    return [record for record in found if record is not None]


def _entries(tree: Tree) -> Iterable[Tree]:
    match tree:
        case Items():
            return tree.items
        case Fields():
            inner = tree.get(*_LISTS)
            return inner.items if isinstance(inner, Items) else (tree,)
        case Leaf():
            raise NothingLoaded(
                tree.place.file,
                Text(
                    "enthält keine Liste von Einträgen. Bitte je Eintrag »- titel: …« schreiben.",
                    "contains no list of entries. Please write “- titel: …” for each entry.",
                ),
            )


def record_of(entry: Tree, headings: Headings, findings: Findings) -> Record | None:
    """Return one entry; what is no mapping or has no title is reported."""
    if not isinstance(entry, Fields):
        remark(findings, "not-a-record", entry.place, flat_text(entry))
        return None
    draft = RecordDraft(entry.place)
    for key, value in entry.pairs:
        text = clean(flat_text(value))
        place = value.place.at(column=key)
        match = headings.match(key)
        if match is not None:
            draft.add(match.field, text, place)
        elif text:
            draft.add_other(key, text, place)
            remark(findings, "unknown-column", place, text, heading=key)
    if draft.values.get("title"):
        return draft.finished()
    remark(findings, "missing-title", entry.place, flat_text(entry))
    return None
