"""The flow picture names every box, escapes labels and cuts what does not fit."""

from __future__ import annotations

import re
from xml.etree import ElementTree as ET

import pytest

from visualisations.flow import Flow, FlowBand, FlowNode, flow_svg
from visualisations.text_size import text_width

LONG = "Sehr lange Bezeichnung einer Maßnahme, die in keine zwei Zeilen eines Kastens passen kann"


@pytest.fixture
def picture() -> str:
    """Give a picture of three boxes."""
    nodes = (
        FlowNode("a", 0, "<b>Börse</b> & Lager", "/a?x=1&y=2"),
        FlowNode("b", 0, LONG),
        FlowNode("c", 1, "12.5", "/c"),
    )
    bands = (FlowBand("a", "c", 2, True), FlowBand("b", "c", 1, False))
    return flow_svg(Flow("Fluss", "Zwei Wege.", ("Von", "Nach"), nodes, bands))


def test_every_box_is_named_and_the_picture_is_well_formed(picture: str) -> None:
    root = ET.fromstring(picture)  # noqa: S314  (our own picture)
    names = [item.get("aria-label") for item in root if item.tag in ("a", "g")]
    assert {"<b>Börse</b> & Lager", LONG, "12.5"} <= set(names)


def test_bands_tell_adopted_from_proposed(picture: str) -> None:
    assert re.findall(r'class="band (\w+)"', picture) == ["adopted", "proposed"]


def test_a_label_is_cut_to_the_room_of_its_column(picture: str) -> None:
    lines = re.findall(r"<tspan[^>]*>([^<]*)</tspan>", picture)
    assert max(text_width(line, 13) for line in lines) <= 560
    assert lines[-1] == "12.5"


def test_labels_are_escaped(picture: str) -> None:
    assert "<b>" not in picture
    assert 'href="/a?x=1&amp;y=2"' in picture


def test_a_flow_without_boxes_is_an_empty_picture() -> None:
    assert flow_svg(Flow("Fluss", "", ("Von",), (), ())).endswith("</svg>")
