"""Group what a thing is related to by relation and direction, and take it page by page."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from itertools import zip_longest

from kg.language import Language
from kg.network.network import Network


@dataclass(frozen=True, slots=True)
class Relation:
    """Name a relation as seen from a thing; outward when the thing is its subject."""

    predicate: str
    is_outward: bool


@dataclass(frozen=True, slots=True)
class Group:
    """Hold the things at the other end of one relation, in the order of their names."""

    relation: Relation
    things: tuple[int, ...]


def groups_around(network: Network, thing: int, language: Language) -> list[Group]:
    """Return the neighbours of a thing by relation, relations by name, outward first."""
    found: dict[Relation, set[int]] = defaultdict(set)
    for link in network.links(thing):
        found[Relation(link.predicate, link.is_outward)].add(link.other)

    def by_name(other: int) -> tuple[str, int]:
        return network.label(other, language).casefold(), other

    ordered = sorted(
        found,
        key=lambda relation: (
            not relation.is_outward,
            network.label_of(relation.predicate, language).casefold(),
            relation.predicate,
        ),
    )
    return [Group(relation, tuple(sorted(found[relation], key=by_name))) for relation in ordered]


def in_turn(groups: list[Group]) -> list[int]:
    """Return all neighbours once: the first of each relation, then the second of each."""
    turns = zip_longest(*(group.things for group in groups))
    return list(dict.fromkeys(other for turn in turns for other in turn if other is not None))
