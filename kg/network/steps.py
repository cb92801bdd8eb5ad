"""Name what a reader does to a part of the network, one word an action."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from kg.errors import BadParameter
from kg.identifiers import expanded, shortened
from kg.language import Text
from kg.network.neighbours import Relation

_EXPECTED: Final = Text(
    "open DING, open DING >BEZIEHUNG, open DING <BEZIEHUNG, close DING, remove DING,"
    " pin DING X Y, unpin DING oder path DING DING",
    "open THING, open THING >RELATION, open THING <RELATION, close THING, remove THING,"
    " pin THING X Y, unpin THING or path THING THING",
)
_FARTHEST: Final = 20_000


@dataclass(frozen=True, slots=True)
class Open:
    """Draw the next neighbours of a thing, of one relation or of all in turn."""

    thing: str
    relation: Relation | None = None

    def __str__(self) -> str:
        if self.relation is None:
            return f"open {shortened(self.thing)}"
        way = ">" if self.relation.is_outward else "<"
        return f"open {shortened(self.thing)} {way}{shortened(self.relation.predicate)}"


@dataclass(frozen=True, slots=True)
class Close:
    """Take away what was drawn by opening a thing."""

    thing: str

    def __str__(self) -> str:
        return f"close {shortened(self.thing)}"


@dataclass(frozen=True, slots=True)
class Remove:
    """Take away a thing and what was drawn by opening it."""

    thing: str

    def __str__(self) -> str:
        return f"remove {shortened(self.thing)}"


@dataclass(frozen=True, slots=True)
class Pin:
    """Hold a thing at a place of the picture."""

    thing: str
    x: int
    y: int

    def __str__(self) -> str:
        return f"pin {shortened(self.thing)} {self.x} {self.y}"


@dataclass(frozen=True, slots=True)
class Unpin:
    """Let a thing go from the place it was held at."""

    thing: str

    def __str__(self) -> str:
        return f"unpin {shortened(self.thing)}"


@dataclass(frozen=True, slots=True)
class Path:
    """Draw the shortest way from one thing to another."""

    source: str
    target: str

    def __str__(self) -> str:
        return f"path {shortened(self.source)} {shortened(self.target)}"


Step = Open | Close | Remove | Pin | Unpin | Path


def parsed_step(text: str) -> Step:
    """Return the step that a text names, or raise `BadParameter`.

    >>> parsed_step("open sdg:12.5 <ks:contributesTo").relation.is_outward
    False
    >>> str(parsed_step("pin sdg:12.5 10 -4"))
    'pin sdg:12.5 10 -4'
    """
    match text.split(" "):
        case ["open", thing]:
            return Open(expanded(thing))
        case ["open", thing, relation] if relation[:1] in ("<", ">"):
            seen = Relation(expanded(relation[1:]), relation[0] == ">")
            return Open(expanded(thing), seen)
        case ["close", thing]:
            return Close(expanded(thing))
        case ["remove", thing]:
            return Remove(expanded(thing))
        case ["pin", thing, x, y]:
            return Pin(expanded(thing), _place(x, text), _place(y, text))
        case ["unpin", thing]:
            return Unpin(expanded(thing))
        case ["path", source, target]:
            return Path(expanded(source), expanded(target))
        case _:
            raise BadParameter("step", text, _EXPECTED)


def _place(number: str, text: str) -> int:
    digits = number.removeprefix("-")
    if not (digits.isascii() and digits.isdecimal() and len(digits) < 6):
        raise BadParameter("step", text, _EXPECTED)
    return max(-_FARTHEST, min(_FARTHEST, int(number)))
