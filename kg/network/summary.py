"""Sum a network up: how many things of each class, how many relations between classes."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from kg.network.network import Link, Network


@dataclass(frozen=True, slots=True)
class Between:
    """Name the relations of one kind from things of one class to things of another."""

    source_kind: str
    predicate: str
    target_kind: str


@dataclass(frozen=True, slots=True)
class Summary:
    """Hold the things that have a name and describe no relation, counted by class."""

    things: tuple[int, ...]
    classes: Counter[str]
    relations: Counter[Between]


def summary_of(network: Network) -> Summary:
    """Return the counts; every relation is counted once, from its subject."""
    things = named_things(network)
    inside = frozenset(things)
    relations: Counter[Between] = Counter()
    for thing in things:
        for link in links_within(network, thing, inside):
            if link.is_outward:
                kinds = network.kinds[thing], network.kinds[link.other]
                relations[Between(kinds[0], link.predicate, kinds[1])] += 1
    return Summary(things, Counter(network.kinds[thing] for thing in things), relations)


def named_things(network: Network) -> tuple[int, ...]:
    """Return the things that have a name, without interfaces and reference links."""
    describing = {entry.iri for entry in network.reified}
    return tuple(
        thing
        for thing in range(len(network))
        if any(network.names[thing]) and network.iris[thing] not in describing
    )


def links_within(network: Network, thing: int, inside: frozenset[int]) -> Iterator[Link]:
    """Yield the links of a thing to things inside."""
    return (link for link in network.links(thing) if link.other in inside)


def pairs_within(network: Network, things: tuple[int, ...]) -> list[tuple[int, int]]:
    """Return each pair of related things once, as places in `things`."""
    place = {thing: number for number, thing in enumerate(things)}
    pairs = {
        (min(here, place[other]), max(here, place[other]))
        for thing, here in place.items()
        for other in network.others(thing)
        if other in place
    }
    return sorted(pairs)


def groups_within(network: Network, things: tuple[int, ...]) -> dict[tuple[str, int], list[int]]:
    """Return the places of the things in `things` by class and municipality."""
    groups: dict[tuple[str, int], list[int]] = defaultdict(list)
    for number, thing in enumerate(things):
        groups[network.kinds[thing], network.cities[thing]].append(number)
    return {key: groups[key] for key in sorted(groups)}
