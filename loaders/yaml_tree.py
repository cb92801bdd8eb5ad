"""Read a YAML file into a tree without building objects: no aliases, bounded size and depth."""

from __future__ import annotations

from dataclasses import dataclass, field

import yaml
from yaml.events import (
    AliasEvent,
    CollectionEndEvent,
    CollectionStartEvent,
    DocumentStartEvent,
    Event,
    MappingStartEvent,
    ScalarEvent,
)

from kg.errors import UnreadableFile
from kg.findings import Findings, Place
from kg.language import Text
from loaders.decoding import decode
from loaders.files import SourceFile
from loaders.trees import DEEPEST, Fields, Items, Leaf, Tree, repeated_key, too_deep

MOST_NODES = 200_000
_EMPTY = frozenset({"", "~", "null", "Null", "NULL"})


@dataclass(slots=True)
class _Open:
    """Collect the children of a list or mapping that is not finished."""

    is_mapping: bool
    place: Place
    children: list[Tree] = field(default_factory=list)


def read_yaml(file: SourceFile, findings: Findings) -> Tree:
    """Return the content of a YAML file; every value stays the text that is written."""
    text = decode(file, findings)
    stack = [_Open(is_mapping=False, place=Place(file.name))]
    documents = nodes = 0
    try:
        for event in yaml.parse(text, Loader=yaml.SafeLoader):
            nodes += 1
            documents += isinstance(event, DocumentStartEvent)
            if isinstance(event, AliasEvent) or getattr(event, "anchor", None) is not None:
                raise _alias(file, _line(event))
            if nodes > MOST_NODES or len(stack) > DEEPEST:
                raise too_deep(file)
            if documents > 1:
                raise _second_document(file, _line(event))
            _take(event, stack, file)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line, column = (1, 1) if mark is None else (mark.line + 1, mark.column + 1)
        raise _malformed(file, line, column) from error
    except (yaml.YAMLError, RecursionError) as error:
        raise _malformed(file, 1, 1) from error
    return stack[0].children[0] if stack[0].children else Leaf("", Place(file.name))


def _take(event: Event, stack: list[_Open], file: SourceFile) -> None:
    place = Place(file.name, row=_line(event))
    if isinstance(event, CollectionStartEvent):
        stack.append(_Open(isinstance(event, MappingStartEvent), place))
    elif isinstance(event, CollectionEndEvent):
        done = stack.pop()
        stack[-1].children.append(_mapping(done, file) if done.is_mapping else _list(done))
    elif isinstance(event, ScalarEvent):
        plain = event.style is None and event.value in _EMPTY
        stack[-1].children.append(Leaf("" if plain else event.value, place))


def _list(done: _Open) -> Items:
    return Items(tuple(done.children), done.place)


def _mapping(done: _Open, file: SourceFile) -> Fields:
    pairs: list[tuple[str, Tree]] = []
    seen: set[str] = set()
    for key, value in zip(done.children[::2], done.children[1::2], strict=True):
        if not isinstance(key, Leaf):
            raise _malformed(file, key.place.row or 1, 1)
        if key.text in seen:
            raise repeated_key(file, key.text, key.place.row)
        seen.add(key.text)
        pairs.append((key.text, value))
    return Fields(tuple(pairs), done.place)


def _line(event: Event) -> int:
    mark = event.start_mark
    return 1 if mark is None else int(mark.line) + 1


def _alias(file: SourceFile, line: int) -> UnreadableFile:
    return UnreadableFile(
        file.name,
        Text(
            f"verwendet in Zeile {line} einen Anker oder Verweis (& oder *); das ist nicht erlaubt."
            " Bitte den Inhalt ausschreiben oder den Text in Anführungszeichen setzen.",
            f"uses an anchor or alias (& or *) in line {line}, which is not allowed."
            " Please write the content out or put the text in quotation marks.",
        ),
    )


def _second_document(file: SourceFile, line: int) -> UnreadableFile:
    return UnreadableFile(
        file.name,
        Text(
            f"enthält ab Zeile {line} ein zweites Dokument (---). Bitte auf zwei Dateien"
            " verteilen.",
            f"contains a second document (---) from line {line}. Please spread it over two files.",
        ),
    )


def _malformed(file: SourceFile, line: int, column: int) -> UnreadableFile:
    return UnreadableFile(
        file.name,
        Text(
            f"ist bei Zeile {line}, Spalte {column} kein gültiges YAML."
            " Bitte Einrückung, Doppelpunkte und Anführungszeichen an dieser Stelle prüfen.",
            f"is no valid YAML at line {line}, column {column}."
            " Please check indentation, colons and quotation marks at this place.",
        ),
    )
