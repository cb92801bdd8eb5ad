"""Work out what the explorer shows: things with their place and actions, relations, groups."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from api.pages.explorer.address import Asked
from api.pages.things import in_words
from kg.language import Language
from kg.network.neighbours import Group, groups_around
from kg.network.network import Network, Reified
from kg.network.parts import Drawn, Part, part_after, relations_in
from kg.network.steps import Close, Open, Pin, Remove, Unpin
from visualisations.looks import Look, look_of
from visualisations.part_layout import Place, places


@dataclass(frozen=True, slots=True)
class ShownThing:
    """Hold a drawn thing with what a reader can do to it, as addresses; "" where it cannot be."""

    number: int
    iri: str
    label: str
    kind: str
    look: Look
    place: Place
    neighbours: int
    drawn: int
    is_open: bool
    is_pinned: bool
    open_path: str
    close_path: str
    remove_path: str
    pin_path: str
    at_path: str

    @property
    def enter_path(self) -> str:
        """Return what entering the thing does: open it further, else close it, else look at it."""
        return self.open_path or self.close_path or self.at_path


@dataclass(frozen=True, slots=True)
class ShownRelation:
    """Hold a relation between two drawn things as a row of the table."""

    source: int
    target: int
    label: str
    reified: Reified | None

    @property
    def is_open(self) -> bool:
        """Tell whether it is a proposal that nobody has reviewed."""
        return self.reified is not None and self.reified.is_open


@dataclass(frozen=True, slots=True)
class ShownGroup:
    """Hold one relation of the thing looked at: how many there are, how many drawn, and more."""

    label: str
    is_outward: bool
    count: int
    drawn: int
    next_count: int
    open_path: str
    names: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Shown:
    """Hold all that the explorer shows of a part."""

    part: Part
    things: tuple[ShownThing, ...]
    relations: tuple[ShownRelation, ...]
    at: ShownThing
    groups: tuple[ShownGroup, ...]
    labels: Mapping[int, str]

    def label(self, number: int) -> str:
        """Return the name of a drawn thing, or of one that a way was asked to."""
        return self.labels[number]


def shown_part(network: Network, asked: Asked, language: Language, next_page: int) -> Shown:
    """Return what an address shows.

    Raises:
        UnknownIri: The start, or the thing of a step, is not in the network.
    """
    start = network.number(asked.start)
    part = part_after(network, start, asked.steps, language)
    drawn = relations_in(network, part.things)
    where = places(
        part.batches, [(one.source, one.target) for one in drawn], part.parents, part.pins
    )
    at = network.number(asked.at) if asked.at else start
    things = {
        thing: _thing(network, part, asked, thing, where[thing], language) for thing in part.things
    }
    chosen = things.get(at, things[start])
    named = {*things, *(end for way in part.ways for end in (way.source, way.target, *way.things))}
    groups = groups_around(network, chosen.number, language)
    return Shown(
        part,
        tuple(things.values()),
        tuple(_relations(network, drawn, language)),
        chosen,
        tuple(_group(network, part, asked, chosen, group, language, next_page) for group in groups),
        {thing: network.label(thing, language) for thing in named},
    )


def words_for(network: Network, iri: str, language: Language) -> str:
    """Return the words for a class or relation."""
    return in_words(iri, network.label_of(iri, language), language) if iri else ""


def relation_words(
    network: Network, predicate: str, language: Language, *, is_outward: bool
) -> tuple[str, bool]:
    """Return a relation's name as seen from a thing, and whether it has to be read backwards."""
    inverse = network.inverses.get(predicate, "")
    if not is_outward and inverse in network.index:
        return words_for(network, inverse, language), False
    return words_for(network, predicate, language), not is_outward


def _thing(
    network: Network, part: Part, asked: Asked, thing: int, place: Place, language: Language
) -> ShownThing:
    iri = network.iris[thing]
    others = network.others(thing)
    drawn = sum(other in part.parents for other in others)
    is_open, is_pinned = thing in part.opened, thing in part.pins
    is_start = iri == asked.start
    pin = Unpin(iri) if is_pinned else Pin(iri, round(place[0]), round(place[1]))
    closes = is_open and (not is_start or len(part.things) > 1)
    return ShownThing(
        number=thing,
        iri=iri,
        label=network.label(thing, language),
        kind=words_for(network, network.kinds[thing], language),
        look=look_of(network.kinds[thing]),
        place=place,
        neighbours=len(others),
        drawn=drawn,
        is_open=is_open,
        is_pinned=is_pinned,
        open_path=asked.then(Open(iri), iri).path(language) if drawn < len(others) else "",
        close_path=asked.then(Close(iri), iri).path(language) if closes else "",
        remove_path="" if is_start else asked.then(Remove(iri), asked.start).path(language),
        pin_path=asked.then(pin, iri).path(language),
        at_path=asked.looking_at(iri).path(language),
    )


def _relations(network: Network, drawn: Iterable[Drawn], language: Language) -> list[ShownRelation]:
    rows = [
        ShownRelation(
            one.source,
            one.target,
            words_for(network, one.link.predicate, language),
            one.link.reified,
        )
        for one in drawn
    ]

    def by_name(row: ShownRelation) -> tuple[str, str, str, int]:
        source, target = network.label(row.source, language), network.label(row.target, language)
        return source.casefold(), row.label.casefold(), target.casefold(), row.target

    return sorted(rows, key=by_name)


def _group(
    network: Network,
    part: Part,
    asked: Asked,
    at: ShownThing,
    group: Group,
    language: Language,
    next_page: int,
) -> ShownGroup:
    missing = [other for other in group.things if other not in part.parents]
    label, is_backwards = relation_words(
        network, group.relation.predicate, language, is_outward=group.relation.is_outward
    )
    step = Open(at.iri, group.relation)
    return ShownGroup(
        label=label,
        is_outward=not is_backwards,
        count=len(group.things),
        drawn=len(group.things) - len(missing),
        next_count=min(next_page, len(missing)),
        open_path=asked.then(step, at.iri).path(language) if missing else "",
        names=tuple(
            (network.label(other, language), network.iris[other]) for other in missing[:next_page]
        ),
    )


def legend(things: Sequence[ShownThing]) -> list[tuple[str, Look]]:
    """Return the classes of the drawn things with their looks, by name."""
    looks = {one.kind: one.look for one in things}
    return sorted(looks.items(), key=lambda pair: pair[0].casefold())
