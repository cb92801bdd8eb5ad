"""Follow a reader's steps to the part of the network that is drawn."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Final

from kg.language import Language
from kg.network.neighbours import groups_around, in_turn
from kg.network.network import Link, Network
from kg.network.paths import shortest_path
from kg.network.steps import Close, Open, Path, Pin, Remove, Step, Unpin

A_STEP: Final = 25
MOST: Final = 150


_Key = tuple[int, int, str, str]


@dataclass(frozen=True, slots=True)
class Drawn:
    """Hold a relation of the part from one thing to another."""

    source: int
    target: int
    link: Link


@dataclass(frozen=True, slots=True)
class Way:
    """Hold the answer to the question for a way; no things when there is none."""

    source: int
    target: int
    things: tuple[int, ...]


@dataclass(slots=True)
class Part:
    """Hold what is drawn: things by the step that brought them, who brought them, pinned places.

    `left_out` counts things that steps would have drawn beyond the limit.
    """

    batches: list[list[int]] = field(default_factory=list)
    parents: dict[int, int] = field(default_factory=dict)
    pins: dict[int, tuple[int, int]] = field(default_factory=dict)
    opened: set[int] = field(default_factory=set)
    ways: list[Way] = field(default_factory=list)
    left_out: int = 0

    @property
    def things(self) -> list[int]:
        """Return the drawn things, in the order in which they came."""
        return [thing for batch in self.batches for thing in batch]


def part_after(
    network: Network, start: int, steps: Iterable[Step], language: Language, *, most: int = MOST
) -> Part:
    """Return what is drawn after the steps; the start is there and opened from the beginning.

    Raises:
        UnknownIri: A step names a thing that the network does not hold.
    """
    removed: set[int] = set()
    kept: list[Open | Path] = [Open(network.iris[start])]
    pins: dict[int, tuple[int, int]] = {}
    for step in steps:
        match step:
            case Open() | Path():
                kept.append(step)
            case Close(thing):
                kept = [one for one in kept if not (isinstance(one, Open) and one.thing == thing)]
            case Remove(thing):
                removed.add(network.number(thing))
                kept = [one for one in kept if not (isinstance(one, Open) and one.thing == thing)]
            case Pin(thing, x, y):
                pins[network.number(thing)] = (x, y)
            case Unpin(thing):
                pins.pop(network.number(thing), None)
    part = Part(batches=[[start]], parents={start: start})
    for action in kept:
        if isinstance(action, Open):
            _open(network, part, action, removed, language, most)
        else:
            _find(network, part, action, most)
    part.pins = {thing: place for thing, place in pins.items() if thing in part.parents}
    return part


def _open(
    network: Network, part: Part, step: Open, removed: set[int], language: Language, most: int
) -> None:
    thing = network.number(step.thing)
    if thing not in part.parents:
        return
    part.opened.add(thing)
    groups = groups_around(network, thing, language)
    if step.relation is not None:
        groups = [group for group in groups if group.relation == step.relation]
    missing = [
        other for other in in_turn(groups) if other not in part.parents and other not in removed
    ]
    room = min(A_STEP, most - len(part.parents))
    part.left_out += max(0, min(A_STEP, len(missing)) - room)
    part.batches.append(missing[:room])
    part.parents.update(dict.fromkeys(missing[:room], thing))


def _find(network: Network, part: Part, step: Path, most: int) -> None:
    source, target = network.number(step.source), network.number(step.target)
    way = shortest_path(network, source, target)
    missing = [thing for thing in way if thing not in part.parents]
    part.ways.append(Way(source, target, tuple(way)))
    if len(part.parents) + len(missing) > most:
        part.left_out += len(missing)
        return
    part.batches.append(missing)
    before = dict(zip(way[1:], way, strict=False))
    part.parents.update({thing: before.get(thing, thing) for thing in missing})


def relations_in(network: Network, things: Iterable[int]) -> list[Drawn]:
    """Return every relation between the things, each once, seen from its subject."""
    inside = set(things)
    told: dict[_Key, Drawn] = {}
    heard: dict[_Key, Drawn] = {}
    for thing in sorted(inside):
        for link in network.links(thing):
            if link.other not in inside:
                continue
            via = link.reified.iri if link.reified else ""
            if link.is_outward:
                told[thing, link.other, link.predicate, via] = Drawn(thing, link.other, link)
            else:
                heard[link.other, thing, link.predicate, via] = Drawn(link.other, thing, link)
    # A relation that holds both ways is told by both ends and heard by none.
    twice = {
        key
        for key in told
        if key[0] > key[1] and key not in heard and (key[1], key[0], *key[2:]) in told
    }
    found = heard | told
    return [found[key] for key in sorted(found) if key not in twice]
