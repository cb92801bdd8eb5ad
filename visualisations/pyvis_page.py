"""Draw a network with pyvis as markup that loads nothing; the only module that knows pyvis.

pyvis 0.3.2 puts links to a content network into every page and treats hover texts as HTML once one
of them contains "href"; so the links are cut out and no hover texts are used (labels are drawn on
a canvas, as text).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from pyvis.network import Network

from visualisations.layout import Position

_FOREIGN = re.compile(
    r"<link[^>]+href=\"https?://[^>]*>|<script[^>]+src=\"https?://[^>]*>\s*</script>"
)
_FONT = {"size": 18, "color": "#1c2430"}
_EDGE_FONT = {"size": 11, "color": "#4b5563"}
_HEADING = re.compile(r"<center>\s*<h1>.*?</h1>\s*</center>", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Dot:
    """Describe a node: label, shape (a vis-network name), colour, place, size in pixels."""

    key: str
    label: str
    shape: str
    colour: str
    position: Position
    size: int


@dataclass(frozen=True, slots=True)
class Line:
    """Describe a drawn edge; dashed lines are proposals."""

    source: str
    target: str
    label: str
    dashed: bool


def network_markup(
    dots: Sequence[Dot], lines: Sequence[Line], *, height: int = 640
) -> tuple[str, str]:
    """Return the head and body parts of a page for the drawing, free of outside references."""
    network = Network(directed=True, cdn_resources="in_line", height=f"{height}px", width="100%")
    for dot in dots:
        x, y = dot.position
        network.add_node(
            dot.key,
            label=dot.label,
            shape=dot.shape,
            color=dot.colour,
            x=x,
            y=y,
            size=dot.size,
            font=_FONT,
        )
    for line in lines:
        network.add_edge(
            line.source, line.target, label=line.label, dashes=line.dashed, font=_EDGE_FONT
        )
    network.set_edge_smooth("continuous")
    network.toggle_physics(False)
    page = _HEADING.sub("", _FOREIGN.sub("", network.generate_html()))
    head = page[page.index("<head>") + len("<head>") : page.index("</head>")]
    body = page[page.index("<body>") + len("<body>") : page.index("</body>")]
    return head.replace('<meta charset="utf-8">', ""), body
