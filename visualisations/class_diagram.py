"""Draw classes and the relations between them as SVG, with the same relations as table rows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from typing import Final

from visualisations.columns import Link, Size
from visualisations.layered_layout import Layout, Place, Point, Route, layered_layout
from visualisations.text_size import bold_width, text_width, wrapped

_LINE: Final = 16.0
_LABEL_SIZE: Final = 13.0
_SMALL_SIZE: Final = 12.0
_PADDING: Final = 8.0
_MARGIN: Final = 6.0
_HEAD: Final = 9.0
_LABEL_SIGNS: Final = 19
_RELATION_SIGNS: Final = 15
_WIDTH: Final = 1020.0
_LIST_SIGNS: Final = 22
_AGAIN: Final = "↻ "
_BELOW: Final = "△ "


@dataclass(frozen=True, slots=True)
class ClassBox:
    """Hold a class and what is written into its box.

    Attributes:
        href: Where a click leads.
        is_foreign: Another module or vocabulary defines the class.
        own_relations: Relations of the class to itself.
        outer_parents: Labels of superclasses that have no box.
    """

    iri: str
    label: str
    name: str
    href: str
    is_foreign: bool
    own_relations: tuple[str, ...] = ()
    outer_parents: tuple[str, ...] = ()

    def notes(self) -> list[str]:
        """Return the lines below label and name."""
        found = [_BELOW + parent for parent in self.outer_parents]
        for label in self.own_relations:
            first, *others = wrapped(label, _LABEL_SIGNS)
            found += [_AGAIN + first, *("    " + other for other in others)]
        return found


@dataclass(frozen=True, slots=True)
class ClassArrow:
    """Hold an arrow between two classes; without labels it leads from a class to its superclass."""

    source: str
    target: str
    labels: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ClassDiagram:
    """Hold what is drawn; two boxes have at most one arrow with labels in each direction."""

    boxes: tuple[ClassBox, ...]
    arrows: tuple[ClassArrow, ...]


@dataclass(frozen=True, slots=True)
class DiagramRow:
    """Hold one relation of a drawing; a class without any has a row with nothing else."""

    source: str
    relation: str
    target: str


def diagram_rows(diagram: ClassDiagram, below: str) -> list[DiagramRow]:
    """Return all that is drawn in words, sorted; `below` is the relation to a superclass."""
    labels = {box.iri: box.label for box in diagram.boxes}
    rows = [
        DiagramRow(labels[arrow.source], label, labels[arrow.target])
        for arrow in diagram.arrows
        for label in arrow.labels or (below,)
    ]
    for box in diagram.boxes:
        rows += [DiagramRow(box.label, label, box.label) for label in box.own_relations]
        rows += [DiagramRow(box.label, below, parent) for parent in box.outer_parents]
    named = {label for row in rows for label in (row.source, row.target)}
    rows += [DiagramRow(label, "", "") for label in labels.values() if label not in named]
    return sorted(rows, key=lambda row: (row.source.casefold(), row.relation, row.target))


def class_diagram_svg(diagram: ClassDiagram, *, key: str, title: str, description: str) -> str:
    """Return the drawing as an SVG element for an HTML page, whose style sheet colours it.

    Args:
        diagram: what is drawn.
        key: starts the ids in the drawing, which must be unique in the page.
        title: names the drawing for readers who do not see it.
        description: tells them what it shows and where the same stands in words.
    """
    boxes = sorted(diagram.boxes, key=lambda box: box.iri)
    arrows = sorted(diagram.arrows, key=lambda arrow: (arrow.source, arrow.target, arrow.labels))
    links = [Link(a.source, a.target, _relation_size(a) if a.labels else None) for a in arrows]
    layout = layered_layout({box.iri: _box_size(box) for box in boxes}, links, width=_WIDTH)
    parts = [_line(arrow, route) for arrow, route in zip(arrows, layout.routes, strict=True)]
    # Heads come after all lines, so that no line runs across one.
    parts += [_head(arrow, route) for arrow, route in zip(arrows, layout.routes, strict=True)]
    parts += [_labels(arrow, route) for arrow, route in zip(arrows, layout.routes, strict=True)]
    parts += [_box(box, layout.places[box.iri]) for box in boxes]
    return (
        f'<svg class="diagram" role="group" aria-labelledby="{escape(key)}-title"'
        f' aria-describedby="{escape(key)}-desc" {_frame(layout)}>'
        f'<title id="{escape(key)}-title">{escape(title)}</title>'
        f'<desc id="{escape(key)}-desc">{escape(description)}</desc>' + "".join(parts) + "</svg>"
    )


def _frame(layout: Layout) -> str:
    width, height = (round(side + 2 * _MARGIN) for side in (layout.size.width, layout.size.height))
    corner = -_MARGIN
    return f'width="{width}" height="{height}" viewBox="{corner:g} {corner:g} {width} {height}"'


def _box_size(box: ClassBox) -> Size:
    lines = wrapped(box.label, _LABEL_SIGNS)
    small = [box.name, *box.notes()]
    widths = [bold_width(line, _LABEL_SIZE) for line in lines]
    widths += [text_width(line, _SMALL_SIZE) for line in small]
    height = _LINE * (len(lines) + len(small)) + 2 * _PADDING - 4
    return Size(round(max(widths) + 2 * _PADDING), height)


def _relation_size(arrow: ClassArrow) -> Size:
    lines = _relation_lines(arrow.labels)
    width = max(text_width(line, _SMALL_SIZE) for line in lines) + 8
    return Size(round(width), _LINE * len(lines) + 2)


def _relation_lines(labels: Sequence[str]) -> list[str]:
    """Return the labels in lines; where there are several, each starts with a dot."""
    if len(labels) == 1:
        return wrapped(labels[0], _RELATION_SIGNS)
    lines = []
    for label in labels:
        first, *others = wrapped(label, _LIST_SIGNS)
        lines += [f"· {first}", *(f"  {other}" for other in others)]
    return lines


def _line(arrow: ClassArrow, route: Route) -> str:
    *before, last = route.stretches
    *points, (x, y) = last
    # The line ends where the head begins.
    ending = (*points, (x + _HEAD * _back(route), y))
    path = "".join(_curve(stretch) for stretch in (*before, ending))
    return f'<path class="{_kind(arrow)}" d="{path}"/>'


def _head(arrow: ClassArrow, route: Route) -> str:
    """Return the head of an arrow: the style sheet leaves it hollow towards a superclass."""
    x, y = route.stretches[-1][-1]
    side = _HEAD * _back(route)
    return f'<path class="{_kind(arrow)} head" d="M{x:g} {y:g}l{side:g} -5v10z"/>'


def _back(route: Route) -> int:
    """Return on which side of its tip an arrow comes from: 1 on the right, -1 on the left."""
    (x, _), (before, _) = route.stretches[-1][-1], route.stretches[-1][-2]
    return 1 if before > x else -1


def _kind(arrow: ClassArrow) -> str:
    return "relation" if arrow.labels else "below"


def _curve(points: Sequence[Point]) -> str:
    (x, y), *others = points
    parts = [f"M{x:g} {y:g}"]
    for next_x, next_y in others:
        if next_y == y:
            parts.append(f"H{next_x:g}")
        else:
            middle = round((x + next_x) / 2, 1)
            parts.append(f"C{middle:g} {y:g} {middle:g} {next_y:g} {next_x:g} {next_y:g}")
        x, y = next_x, next_y
    return "".join(parts)


def _labels(arrow: ClassArrow, route: Route) -> str:
    if route.label is None:
        return ""
    place, lines = route.label, _relation_lines(arrow.labels)
    if len(arrow.labels) > 1:
        return _text("relation-label", lines, place.x + 4, place.y + _LINE - 3)
    middle = place.x + place.width / 2
    return _text("relation-label middle", lines, middle, place.y + _LINE - 3)


def _text(kind: str, lines: Sequence[str], x: float, y: float) -> str:
    spans = "".join(
        f'<tspan x="{x:g}" y="{y + number * _LINE:g}">{escape(line)}</tspan>'
        for number, line in enumerate(lines)
    )
    return f'<text class="{kind}">{spans}</text>'


def _box(box: ClassBox, place: Place) -> str:
    lines = wrapped(box.label, _LABEL_SIGNS)
    small = [box.name, *box.notes()]
    content = _LINE * (len(lines) + len(small))
    top = place.y + (place.height - content) / 2 + _LINE - 4
    x = place.x + _PADDING
    kind = "box foreign" if box.is_foreign else "box"
    rectangle = (
        f'<rect x="{place.x:g}" y="{place.y:g}" width="{place.width:g}"'
        f' height="{place.height:g}" rx="4"/>'
    )
    below = top + _LINE * len(lines)
    drawn = (
        rectangle
        + _text("label", lines, x, top)
        + _text("name", small[:1], x, below)
        + (_text("relation-label", small[1:], x, below + _LINE) if small[1:] else "")
    )
    linked = f'<a href="{escape(box.href)}">{drawn}</a>' if box.href else drawn
    return f'<g class="{kind}">{linked}</g>'
