"""Draw flows between columns: boxes as high as what flows through them, bands between them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape
from typing import Final

from visualisations.column_heights import middles
from visualisations.column_order import ordered
from visualisations.text_size import text_width

_WIDTH: Final = 1120
_BAR: Final = 14
_UNIT: Final = 7.0
_LEAST: Final = 34.0
_GAP: Final = 12.0
_TOP: Final = 40
_FONT: Final = 13
_LINE: Final = 16
_MARGIN: Final = 8


@dataclass(frozen=True, slots=True)
class FlowNode:
    """Hold a box: its key, its column (from 0), its label and where it leads."""

    key: str
    column: int
    label: str
    path: str = ""


@dataclass(frozen=True, slots=True)
class FlowBand:
    """Hold a band between boxes of columns side by side.

    `weight` counts what flows; `is_adopted` tells that a document or a person stands behind at
    least a part of it.
    """

    source: str
    target: str
    weight: int
    is_adopted: bool


@dataclass(frozen=True, slots=True)
class Flow:
    """Hold a flow picture: the headings of its columns, its boxes and its bands."""

    title: str
    summary: str
    headings: tuple[str, ...]
    nodes: tuple[FlowNode, ...]
    bands: tuple[FlowBand, ...]


def flow_svg(flow: Flow) -> str:
    """Return the picture; every box is named in it, and all texts are escaped."""
    inward, outward = _sums(flow.bands)
    heights = {
        node.key: max(_LEAST, _UNIT * max(inward[node.key], outward[node.key]))
        for node in flow.nodes
    }
    count = len(flow.headings)
    lines = [(band.source, band.target) for band in flow.bands]
    columns = ordered(
        [[node.key for node in flow.nodes if node.column == place] for place in range(count)], lines
    )
    middle = middles(columns, heights, lines, gap=_GAP)
    height = max((middle[key] + heights[key] / 2 for key in middle), default=0) + _TOP + _MARGIN
    step = _WIDTH / count
    left = {node.key: _MARGIN + node.column * step for node in flow.nodes}
    parts = [
        f'<svg class="flow" viewBox="0 0 {_WIDTH} {height:.0f}" width="{_WIDTH}"'
        f' height="{height:.0f}" role="group" aria-label="{escape(flow.title)}">',
        f"<desc>{escape(flow.summary)}</desc>",
    ]
    parts += [
        f'<text class="heading" x="{_MARGIN + place * step:.0f}" y="20">{escape(text)}</text>'
        for place, text in enumerate(flow.headings)
    ]
    parts.append(_bands(flow, columns, middle, heights, left))
    parts += [
        _box(node, left[node.key], _TOP + middle[node.key], heights[node.key], step)
        for column in columns
        for node in _by_key(flow.nodes, column)
    ]
    return "".join([*parts, "</svg>"])


def _by_key(nodes: Sequence[FlowNode], keys: Sequence[str]) -> list[FlowNode]:
    known = {node.key: node for node in nodes}
    return [known[key] for key in keys]


def _sums(bands: Sequence[FlowBand]) -> tuple[Mapping[str, int], Mapping[str, int]]:
    inward: dict[str, int] = defaultdict(int)
    outward: dict[str, int] = defaultdict(int)
    for band in bands:
        outward[band.source] += band.weight
        inward[band.target] += band.weight
    return inward, outward


def _bands(
    flow: Flow,
    columns: Sequence[Sequence[str]],
    middle: Mapping[str, float],
    heights: Mapping[str, float],
    left: Mapping[str, float],
) -> str:
    """Draw the bands from top to bottom at each box, so that few cross."""
    place = {key: number for column in columns for number, key in enumerate(column)}
    inward, outward = _sums(flow.bands)
    leaving = {key: middle[key] - _UNIT * outward[key] / 2 for key in heights}
    arriving = {key: middle[key] - _UNIT * inward[key] / 2 for key in heights}
    starts: dict[tuple[str, str], float] = {}
    for band in sorted(flow.bands, key=lambda item: (place[item.source], place[item.target])):
        starts[band.source, band.target] = leaving[band.source]
        leaving[band.source] += _UNIT * band.weight
    drawn: list[str] = []
    for band in sorted(flow.bands, key=lambda item: (place[item.target], place[item.source])):
        thick = _UNIT * band.weight
        x1, x2 = left[band.source] + _BAR, left[band.target]
        y1 = _TOP + starts[band.source, band.target] + thick / 2
        y2 = _TOP + arriving[band.target] + thick / 2
        arriving[band.target] += thick
        bend = (x1 + x2) / 2
        state = "adopted" if band.is_adopted else "proposed"
        drawn.append(
            f'<path class="band {state}" stroke-width="{max(1.5, thick - 1):.1f}"'
            f' d="M{x1:.1f} {y1:.1f}C{bend:.1f} {y1:.1f} {bend:.1f} {y2:.1f} {x2:.1f} {y2:.1f}"/>'
        )
    return f'<g aria-hidden="true">{"".join(drawn)}</g>'


def _box(node: FlowNode, x: float, middle: float, height: float, step: float) -> str:
    room = step - _BAR - 3 * _MARGIN
    lines = _fitted(node.label, room)
    top = middle - _LINE * (len(lines) - 1) / 2 + _FONT / 3
    texts = "".join(
        f'<tspan x="{x + _BAR + 6:.1f}" y="{top + number * _LINE:.1f}">{escape(line)}</tspan>'
        for number, line in enumerate(lines)
    )
    wide = max(text_width(line, _FONT) for line in lines)
    back = (
        f'<rect class="ground" x="{x + _BAR + 2:.1f}" y="{top - _FONT:.1f}"'
        f' width="{min(wide, room) + 8:.1f}" height="{_LINE * len(lines) + 2:.1f}"/>'
    )
    bar = (
        f'<rect class="bar" x="{x:.1f}" y="{middle - height / 2:.1f}" width="{_BAR}"'
        f' height="{height:.1f}"/>'
    )
    name = escape(node.label)
    if not node.path:
        return f'<g role="img" aria-label="{name}">{bar}{back}<text>{texts}</text></g>'
    return (
        f'<a href="{escape(node.path)}" aria-label="{name}"><title>{name}</title>'
        f"{bar}{back}<text>{texts}</text></a>"
    )


def _fitted(label: str, room: float) -> list[str]:
    """Return a label in at most two lines that fit the room; the rest is left out with a sign."""
    lines: list[str] = []
    for word in label.split():
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and text_width(longer, _FONT) <= room:
            lines[-1] = longer
        else:
            lines.append(word)
    kept = [_cut(line, room) for line in lines[:2]]
    if len(lines) > 2:
        kept[1] = _cut(kept[1].rstrip("…") + " …", room)
    return kept or [""]


def _cut(line: str, room: float) -> str:
    if text_width(line, _FONT) <= room:
        return line
    while line and text_width(line + "…", _FONT) > room:
        line = line[:-1]
    return line.rstrip() + "…"
