"""Hold what a YAML or JSON file says: texts, lists and mappings, each with its line."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import NoReturn

from kg.errors import UnreadableFile
from kg.findings import Findings, Place
from kg.language import Text
from loaders.decoding import decode
from loaders.files import SourceFile

DEEPEST = 32


@dataclass(frozen=True, slots=True)
class Leaf:
    """Hold one text; numbers and dates stay as they are written."""

    text: str
    place: Place


@dataclass(frozen=True, slots=True)
class Items:
    """Hold a list."""

    items: tuple[Tree, ...]
    place: Place


@dataclass(frozen=True, slots=True)
class Fields:
    """Hold a mapping in its order."""

    pairs: tuple[tuple[str, Tree], ...]
    place: Place

    def get(self, *keys: str) -> Tree | None:
        """Return the value of the first of these keys that is there."""
        found = dict(self.pairs)
        return next((found[key] for key in keys if key in found), None)


Tree = Leaf | Items | Fields


def flat_text(tree: Tree) -> str:
    """Return a value as one text; items of a list are joined by semicolons."""
    match tree:
        case Leaf():
            return tree.text
        case Items():
            return "; ".join(text for item in tree.items if (text := flat_text(item)))
        case Fields():
            return "; ".join(f"{key}: {flat_text(value)}" for key, value in tree.pairs)


def read_json(file: SourceFile, findings: Findings) -> Tree:
    """Return the content of a JSON file; the row of a place is the number of the entry, from 1."""
    text = decode(file, findings)
    try:
        value = json.loads(
            text,
            parse_float=str,
            parse_int=str,
            parse_constant=_no_constant,
            object_pairs_hook=_Pairs,
        )
    except json.JSONDecodeError as error:
        raise UnreadableFile(
            file.name,
            Text(
                f"ist ab Zeile {error.lineno}, Spalte {error.colno} kein gültiges JSON."
                " Bitte Kommas, Klammern und Anführungszeichen an dieser Stelle prüfen.",
                f"is no valid JSON from line {error.lineno}, column {error.colno}."
                " Please check commas, brackets and quotation marks at this place.",
            ),
        ) from error
    except (RecursionError, ValueError) as error:
        raise too_deep(file) from error
    return _tree(value, Place(file.name), file, 0)


class _Pairs(list[tuple[str, object]]):
    """Mark the pairs of a JSON object, so that repeated keys are seen."""


def _no_constant(name: str) -> NoReturn:
    raise ValueError(name)


def _tree(value: object, place: Place, file: SourceFile, depth: int) -> Tree:
    if depth > DEEPEST:
        raise too_deep(file)
    match value:
        case _Pairs():
            keys = [key for key, _ in value]
            repeated = next((key for key in keys if keys.count(key) > 1), None)
            if repeated is not None:
                raise repeated_key(file, repeated, place.row)
            return Fields(
                tuple(
                    (key, _tree(item, place.at(column=key), file, depth + 1)) for key, item in value
                ),
                place,
            )
        case list():
            rows = enumerate(value, start=1)
            return Items(
                tuple(_tree(item, _entry(place, row), file, depth + 1) for row, item in rows), place
            )
        case None:
            return Leaf("", place)
        case bool():
            return Leaf("ja" if value else "nein", place)
        case _:
            return Leaf(str(value), place)


def _entry(place: Place, row: int) -> Place:
    return place if place.row is not None else place.at(row=row)


def too_deep(file: SourceFile) -> UnreadableFile:
    """Return the error for a file that is nested without end."""
    return UnreadableFile(
        file.name,
        Text(
            f"ist tiefer als {DEEPEST} Ebenen verschachtelt oder enthält unzulässige Werte."
            " Bitte Einträge als flache Liste schreiben.",
            f"is nested deeper than {DEEPEST} levels or holds values that are not allowed."
            " Please write the entries as a flat list.",
        ),
    )


def repeated_key(file: SourceFile, key: str, line: int | None) -> UnreadableFile:
    """Return the error for a mapping that names a key twice."""
    return UnreadableFile(
        file.name,
        Text(
            f"nennt in Zeile {line or 1} den Schlüssel »{key}« ein zweites Mal. Bitte einen"
            " davon löschen.",
            f"names the key “{key}” a second time in line {line or 1}. Please delete one of them.",
        ),
    )
