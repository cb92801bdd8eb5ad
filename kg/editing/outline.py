"""Look at an update before the engine does: its operations, and what it must not ask for.

What an update did is looked at once more when it is done (`kg.editing.applying`): here the sentence
is better, there nothing slips through.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from kg.errors import BadParameter, GraphNotNamed
from kg.language import Text
from kg.serving.guard import measure, refuse_foreign, refuse_length, refuse_size
from kg.serving.limits import ServingLimits
from kg.serving.tokens import Kind, Token, tokens_of

_PROLOGUE: Final = {"BASE": 2, "PREFIX": 3, "VERSION": 2}
_WHOLE: Final = re.compile(r"(?:CLEAR|DROP)(?:SILENT)?(?:DEFAULT|ALL|NAMED)|MOVE(?:SILENT)?DEFAULT")
_TRANSFER: Final = re.compile(r"(?:COPY|MOVE|ADD)")
_NO_SECOND: Final = Text(
    "diese Angabe nur, wenn die Änderung selbst weder USING noch WITH enthält",
    "this parameter only when the update itself has neither USING nor WITH",
)


@dataclass(frozen=True, slots=True)
class Operation:
    """Hold one operation with all prefixes before it; `is_data` if it names data and no pattern."""

    text: str
    is_data: bool


@dataclass(frozen=True, slots=True)
class Using:
    """Hold the graphs that WHERE parts look at instead of all (SPARQL 1.1 Protocol, 2.2.3)."""

    default_graphs: tuple[str, ...] = ()
    named_graphs: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        """Tell whether any graph is named."""
        return bool(self.default_graphs or self.named_graphs)

    def clauses(self) -> str:
        """Return the graphs as clauses of an update.

        >>> Using(("urn:a",), ("urn:b",)).clauses()
        'USING <urn:a> USING NAMED <urn:b> '
        """
        default = [f"USING <{graph}> " for graph in self.default_graphs]
        named = [f"USING NAMED <{graph}> " for graph in self.named_graphs]
        return "".join([*default, *named])


def outline_of(update: str, limits: ServingLimits, using: Using) -> tuple[Operation, ...]:
    """Return the operations of an update, in their order.

    An update that is merely malformed passes, since the engine names the place better.

    Raises:
        ForbiddenQuery: it is too long or too deep, or reaches out by SERVICE or LOAD.
        GraphNotNamed: it writes into, clears or replaces the default graph.
        BadParameter: graphs are given beside it although it names its own.
    """
    refuse_length(update, limits)
    tokens = list(tokens_of(update))
    refuse_foreign(tokens)
    parts = [_Part.of(update, part) for part in _split(tokens)]
    for part in parts:
        refuse_size(measure(part.costly_tokens()), limits)
    operations: list[Operation] = []
    prologue = ""
    for part in parts:
        prologue += part.prologue
        if not part.tokens:
            continue
        if using and part.has_dataset:
            raise BadParameter("using-graph-uri", "…", _NO_SECOND)
        part.refuse_default_graph()
        text = part.text if not using else part.with_clauses(using.clauses())
        operations.append(Operation(prologue + text, part.is_data))
    return tuple(operations)


def refuse_costly(update: str, limits: ServingLimits) -> None:
    """Refuse an update of one graph that is too long or too deep, or reaches out.

    Raises:
        ForbiddenQuery: for one of these reasons.
    """
    refuse_length(update, limits)
    tokens = list(tokens_of(update))
    refuse_foreign(tokens)
    for part in _split(tokens):
        refuse_size(measure(_Part.of(update, part).costly_tokens()), limits)


def _split(tokens: Iterable[Token]) -> list[list[Token]]:
    """Return the tokens of each operation; a semicolon inside of braces is part of one."""
    parts: list[list[Token]] = [[]]
    depth = 0
    for token in tokens:
        if token.kind is Kind.MARK and token.text in "{}":
            depth += 1 if token.text == "{" else -1
        if depth <= 0 and token.kind is Kind.MARK and token.text == ";":
            parts.append([])
        else:
            parts[-1].append(token)
    return parts


@dataclass(frozen=True, slots=True)
class _Block:
    """Hold a pair of outer braces: the words right before it and the tokens in it."""

    words: str
    tokens: tuple[Token, ...]
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class _Part:
    """Hold one operation: what stands before it, its tokens and its outer blocks."""

    prologue: str
    source: str
    tokens: tuple[Token, ...]
    blocks: tuple[_Block, ...]

    @classmethod
    def of(cls, update: str, tokens: Sequence[Token]) -> _Part:
        first = 0
        while first < len(tokens):
            taken = _PROLOGUE.get(tokens[first].text.upper())
            if tokens[first].kind is not Kind.WORD or taken is None:
                break
            first += taken
        own = tuple(tokens[first:])
        before = tokens[:first]
        prologue = _slice(update, before) + "\n" if before else ""
        return cls(prologue, update, own, tuple(_blocks(own)))

    @property
    def text(self) -> str:
        return _slice(self.source, self.tokens)

    @property
    def words(self) -> str:
        """Return the words at the beginning, as one: the engine needs no space between them."""
        return _words(self.tokens)

    @property
    def has_dataset(self) -> bool:
        inside = {token.start for block in self.blocks for token in block.tokens}
        return any(
            token.kind is Kind.WORD
            and token.text.upper().startswith(("USING", "WITH"))
            and token.start not in inside
            for token in self.tokens
        )

    @property
    def is_data(self) -> bool:
        is_block = self.words in ("INSERTDATA", "DELETEDATA") and len(self.blocks) == 1
        return is_block and _names_graphs(self.blocks[0].tokens)

    def costly_tokens(self) -> list[Token]:
        """Return the tokens that make planning dear: plain data only counts by its depth."""
        data = {
            token.start
            for block in self.blocks
            if block.words.endswith("DATA")
            for token in _flat(block.tokens)
        }
        return [token for token in self.tokens if token.start not in data]

    def refuse_default_graph(self) -> None:
        last = self.tokens[-1]
        into_default = last.kind is Kind.WORD and last.text.upper().endswith("DEFAULT")
        words = self.words
        if _WHOLE.match(words) or (_TRANSFER.match(words) and into_default):
            raise GraphNotNamed
        if words.startswith("WITH"):
            return
        for block in self.blocks:
            inserts = block.words.endswith(("INSERT", "INSERTDATA"))
            if inserts and not _names_graphs(block.tokens):
                raise GraphNotNamed

    def with_clauses(self, clauses: str) -> str:
        """Return the text with clauses before the pattern, if it has one."""
        pattern = next((block for block in self.blocks if block.words.endswith("WHERE")), None)
        if pattern is None:
            return self.text
        group = self.source[pattern.start : pattern.end]
        if self.words == "DELETEWHERE":
            return f"DELETE {group} {clauses}WHERE {group}"
        start = self.tokens[0].start
        head = self.source[start : pattern.start].rstrip()
        return f"{head[: -len('WHERE')]} {clauses}WHERE {group}"


def _slice(source: str, tokens: Sequence[Token]) -> str:
    return source[tokens[0].start : tokens[-1].start + len(tokens[-1].text)] if tokens else ""


def _words(tokens: Iterable[Token]) -> str:
    found = ""
    for token in tokens:
        if token.kind is not Kind.WORD:
            break
        found += token.text.upper()
    return found


def _blocks(tokens: Sequence[Token]) -> Iterable[_Block]:
    depth, opened = 0, 0
    for index, token in enumerate(tokens):
        if token.kind is not Kind.MARK or token.text not in "{}":
            continue
        if token.text == "{":
            opened = index if depth == 0 else opened
            depth += 1
            continue
        depth -= 1
        if depth == 0:
            before: list[str] = []
            for word in reversed(tokens[:opened]):
                if word.kind is not Kind.WORD:
                    break
                before.append(word.text.upper())
            inner = tuple(tokens[opened + 1 : index])
            yield _Block("".join(reversed(before)), inner, tokens[opened].start, token.start + 1)


def _names_graphs(tokens: Sequence[Token]) -> bool:
    """Tell whether all triples of a template stand in `GRAPH name { … }`."""
    depth = 0
    outer: list[Token] = []
    for token in tokens:
        if token.kind is Kind.MARK and token.text in "{}":
            depth += 1 if token.text == "{" else -1
        elif depth == 0 and not (token.kind is Kind.MARK and token.text == "."):
            outer.append(token)
    pairs = zip(outer[::2], outer[1::2], strict=False)
    is_paired = len(outer) % 2 == 0
    return is_paired and all(
        word.text.upper() == "GRAPH" and name.kind in (Kind.IRI, Kind.NAME, Kind.VARIABLE)
        for word, name in pairs
    )


def _flat(tokens: Iterable[Token]) -> Iterable[Token]:
    """Give the marks between plain triples; brackets stay, since depth matters everywhere."""
    return (token for token in tokens if token.kind is Kind.MARK and token.text in ".,;")
