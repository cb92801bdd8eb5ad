"""Lay out boxes in columns, with room of its own for each label and each passing line.

Between two columns of boxes lies a column of labels. A line that passes a column keeps a slot free
there, so no line runs through a box or a label; lines bend only in the gaps between columns.
"""

from __future__ import annotations

import itertools
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from visualisations.column_heights import middles
from visualisations.column_order import ordered
from visualisations.columns import BEND, Link, Size, columns

Point = tuple[float, float]

_GAP: Final = 14.0
_PASSAGE: Final = 8.0
_PORT: Final = 12.0


@dataclass(frozen=True, slots=True)
class Place:
    """Hold a rectangle by its upper left corner."""

    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Route:
    """Hold the way of one arrow in stretches from source to target, broken by its label."""

    stretches: tuple[tuple[Point, ...], ...]
    label: Place | None


@dataclass(frozen=True, slots=True)
class Layout:
    """Hold the places of the boxes and the routes of the links, in the order of the links."""

    size: Size
    places: Mapping[str, Place]
    routes: tuple[Route, ...]


def layered_layout(boxes: Mapping[str, Size], links: Sequence[Link], *, width: float) -> Layout:
    """Return a layout about as wide as asked; no two boxes or labels overlap."""
    return _Drawing(boxes, links, width).layout()


class _Drawing:
    """Build a layout step by step: slots, order, heights, ports, routes."""

    def __init__(self, boxes: Mapping[str, Size], links: Sequence[Link], width: float) -> None:
        self._links = links
        self._chosen = columns(boxes, links, width=width)
        self._column = _with_label_columns(self._chosen, links)
        self._sizes = {name: boxes[name] for name in sorted(boxes)}
        self._slots = [self._slots_of(number, link) for number, link in enumerate(links)]
        self._make_room_for_ports(boxes)
        self._lines = [pair for slots in self._slots for pair in itertools.pairwise(slots)]

    def _slots_of(self, number: int, link: Link) -> list[str]:
        """Return what a link passes from left to right, its ends included."""
        left, right = sorted((link.source, link.target), key=lambda name: self._column[name])
        first, last = self._column[left], self._column[right]
        before = _label_place(self._chosen[left], self._chosen[right])
        boxes_before = (self._column[n] for n, place in self._chosen.items() if place == before)
        middle = next(boxes_before, first) + 1
        slots = [left]
        for column in range(first + 1, last):
            slot = f"{number}|{column}"
            is_label = link.label is not None and column == middle
            self._sizes[slot] = link.label if is_label and link.label else Size(0, _PASSAGE)
            self._column[slot] = column
            slots.append(slot)
        return [*slots, right]

    def _make_room_for_ports(self, boxes: Mapping[str, Size]) -> None:
        ports: dict[tuple[str, bool], set[str]] = defaultdict(set)
        for number, link in enumerate(self._links):
            slots = self._slots[number]
            ports[slots[0], True].add(_port(number, link, slots[0]))
            ports[slots[-1], False].add(_port(number, link, slots[-1]))
        for (name, _), used in ports.items():
            size = self._sizes[name]
            needed = _PORT * len(used) + 6
            self._sizes[name] = Size(size.width, max(size.height, boxes[name].height, needed))

    def layout(self) -> Layout:
        count = max(self._column.values(), default=0) + 1
        start: list[list[str]] = [[] for _ in range(count)]
        for name, column in self._column.items():
            start[column].append(name)
        order = ordered(start, self._lines)
        heights = {name: size.height for name, size in self._sizes.items()}
        middle = middles(order, heights, self._lines, gap=_GAP)
        lefts, widths = self._across(order)
        places = {
            name: Place(
                lefts[self._column[name]],
                round(middle[name] - size.height / 2, 1),
                widths[self._column[name]],
                size.height,
            )
            for name, size in self._sizes.items()
        }
        routes = self._routes(places, middle)
        boxes = {name: place for name, place in places.items() if "|" not in name}
        high = max((place.y + place.height for place in places.values()), default=0.0)
        wide = lefts[-1] + widths[-1] if widths else 0.0
        return Layout(Size(wide, high), boxes, routes)

    def _across(self, order: list[list[str]]) -> tuple[list[float], list[float]]:
        widths = [max((self._sizes[n].width for n in column), default=0.0) for column in order]
        lefts: list[float] = []
        x = 0.0
        for width in widths:
            lefts.append(round(x, 1))
            x += width + BEND
        return lefts, widths

    def _routes(
        self, places: Mapping[str, Place], middle: Mapping[str, float]
    ) -> tuple[Route, ...]:
        ports = self._port_heights(middle)
        routes = []
        for number, link in enumerate(self._links):
            slots = self._slots[number]
            first, last = places[slots[0]], places[slots[-1]]
            points: list[Point] = [
                (first.x + first.width, ports[slots[0], True, _port(number, link, slots[0])])
            ]
            stretches: list[tuple[Point, ...]] = []
            label = None
            for slot in slots[1:-1]:
                place, y = places[slot], middle[slot]
                size = self._sizes[slot]
                if link.label is not None and size is link.label:
                    inset = (place.width - size.width) / 2
                    label = Place(place.x + inset, place.y, size.width, size.height)
                    stretches.append((*points, (place.x, y), (label.x, y)))
                    points = [(label.x + label.width, y), (place.x + place.width, y)]
                else:
                    points += [(place.x, y), (place.x + place.width, y)]
            end = (last.x, ports[slots[-1], False, _port(number, link, slots[-1])])
            stretches.append((*points, end))
            if slots[0] != link.source:
                stretches = [part[::-1] for part in stretches[::-1]]
            routes.append(Route(tuple(stretches), label))
        return tuple(routes)

    def _port_heights(self, middle: Mapping[str, float]) -> dict[tuple[str, bool, str], float]:
        """Return where on the right (True) or left side of a box each line ends."""
        ends: dict[tuple[str, bool], dict[str, list[float]]] = defaultdict(
            lambda: defaultdict(list)
        )
        for number, link in enumerate(self._links):
            slots = self._slots[number]
            ends[slots[0], True][_port(number, link, slots[0])].append(middle[slots[1]])
            ends[slots[-1], False][_port(number, link, slots[-1])].append(middle[slots[-2]])
        found = {}
        for (name, side), ports in ends.items():
            order = sorted(ports, key=lambda port: (sum(ports[port]) / len(ports[port]), port))
            for place, port in enumerate(order):
                shift = _PORT * (place - (len(order) - 1) / 2)
                found[name, side, port] = round(middle[name] + shift, 1)
        return found


def _label_place(first: int, second: int) -> int:
    """Return after which column of boxes the label of an arrow stands, given those of its ends."""
    return (first + second) // 2


def _with_label_columns(chosen: Mapping[str, int], links: Sequence[Link]) -> dict[str, int]:
    """Return the columns counted anew, with one for labels where there are any."""
    labelled = {
        _label_place(chosen[link.source], chosen[link.target])
        for link in links
        if link.label is not None
    }
    return {
        name: column + sum(place < column for place in labelled) for name, column in chosen.items()
    }


def _port(number: int, link: Link, end: str) -> str:
    """Return the name of a link's end: all arrows of a hierarchy meet at one."""
    return "hierarchy" if link.label is None and end == link.target else str(number)
