"""A picture of classes shows all of them, overlaps nothing, and says the same in its table."""

from __future__ import annotations

from functools import cache
from html import escape
from itertools import combinations

import pytest
from defusedxml.ElementTree import fromstring
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.labels import short_name
from kg.language import LANGUAGES, Language
from ontology.description import ontology_description
from visualisations.class_diagram import (
    ClassArrow,
    ClassBox,
    ClassDiagram,
    DiagramRow,
    class_diagram_svg,
    diagram_rows,
)
from visualisations.columns import Link, Size
from visualisations.layered_layout import Layout, Place, layered_layout
from visualisations.module_diagram import Naming, chosen_diagram, module_diagram

DESCRIBED = ontology_description()
MODULES = [iri for iri, header in DESCRIBED.headers.items() if header.kind == "module"]
NS = "{http://www.w3.org/2000/svg}"


def _diagram(module: str, language: Language) -> ClassDiagram:
    naming = Naming(language, short_name, lambda iri: "#" + short_name(iri))
    return module_diagram(DESCRIBED, module, naming)


def _svg(diagram: ClassDiagram) -> str:
    return class_diagram_svg(diagram, key="d", title="Bild <1>", description="Was & wie")


@cache
def _drawn(module: str, language: Language) -> str:
    return _svg(_diagram(module, language))


def _overlap(first: Place, second: Place) -> bool:
    return (
        first.x < second.x + second.width
        and second.x < first.x + first.width
        and first.y < second.y + second.height
        and second.y < first.y + first.height
    )


def _places(svg: str) -> list[Place]:
    return [
        Place(*(float(box.attrib[key]) for key in ("x", "y", "width", "height")))
        for box in fromstring(svg).iter("rect")
    ]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("module", MODULES)
def test_every_class_of_a_module_is_named_in_picture_and_table(
    module: str, language: Language
) -> None:
    diagram = _diagram(module, language)
    svg = _drawn(module, language)
    rows = diagram_rows(diagram, "below")
    named = {label for row in rows for label in (row.source, row.target)}
    for term in DESCRIBED.of_module(module):
        if term.kind == "class":
            assert f">ks:{term.name}<" in svg
            assert (term.label.de if language == "de" else term.label.en) in named


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("module", MODULES)
def test_every_row_of_the_table_is_drawn(module: str, language: Language) -> None:
    diagram = _diagram(module, language)
    words = " ".join(" ".join(fromstring(_drawn(module, language)).itertext()).split())
    plain = words.replace("- ", "-").replace(" ", "")
    for row in diagram_rows(diagram, ""):
        for text in (row.source, row.relation, row.target):
            assert text.replace(" ", "") in plain


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("module", MODULES)
def test_no_two_boxes_overlap(module: str, language: Language) -> None:
    places = _places(_drawn(module, language))
    assert not any(_overlap(*pair) for pair in combinations(places, 2))


@pytest.mark.parametrize("module", MODULES)
def test_a_picture_fits_a_page_of_1100_pixels(module: str) -> None:
    for language in LANGUAGES:
        assert float(fromstring(_drawn(module, language)).attrib["width"]) <= 1042


def test_the_same_module_has_the_same_bytes() -> None:
    first, second = (_svg(_diagram(MODULES[0], "de")) for _ in range(2))
    assert first == second


def test_the_order_of_what_is_drawn_does_not_matter() -> None:
    diagram = _diagram(MODULES[0], "de")
    turned = ClassDiagram(diagram.boxes[::-1], diagram.arrows[::-1])
    assert _svg(turned) == _svg(diagram)


def test_labels_are_escaped_and_the_picture_is_named() -> None:
    evil = '<script>"&'
    box = ClassBox("urn:a", evil, evil, "#" + evil, is_foreign=False, own_relations=(evil,))
    svg = _svg(ClassDiagram((box,), ()))
    assert "<script" not in svg
    assert escape(evil) in svg
    drawing = fromstring(svg)
    title, description = drawing[0], drawing[1]
    assert (title.text, description.text) == ("Bild <1>", "Was & wie")
    assert drawing.attrib["aria-labelledby"] == title.attrib["id"]
    assert drawing.attrib["aria-describedby"] == description.attrib["id"]


def test_parallel_relations_share_one_arrow_and_have_a_row_each() -> None:
    boxes = tuple(ClassBox(f"urn:{n}", n, n, "", is_foreign=False) for n in "abc")
    arrows = (ClassArrow("urn:a", "urn:b", ("eins", "zwei")), ClassArrow("urn:b", "urn:a"))
    diagram = ClassDiagram(boxes, arrows)
    svg = _svg(diagram)
    assert svg.count('class="relation"') == 1
    assert svg.count('class="below"') == 1
    assert diagram_rows(diagram, "unter") == [
        DiagramRow("a", "eins", "b"),
        DiagramRow("a", "zwei", "b"),
        DiagramRow("b", "unter", "a"),
        DiagramRow("c", "", ""),
    ]


def test_a_choice_draws_nothing_else() -> None:
    naming = Naming("en", short_name, lambda _: "")
    ks = "https://w3id.org/kreislaufstadt/ontology#"
    chosen = [ks + name for name in ("Goal", "Aim", "setsAim", "Document")]
    diagram = chosen_diagram(DESCRIBED, chosen, naming)
    assert {box.label for box in diagram.boxes} == {"Goal", "Aim", "Reference document"}
    assert len(diagram.arrows) == 2


_NAMES = st.sampled_from([f"n{number}" for number in range(9)])
_PAIRS = st.lists(st.tuples(_NAMES, _NAMES, st.booleans()), max_size=14)


@pytest.mark.property
@settings(max_examples=40, deadline=None)
@given(_PAIRS)
def test_boxes_and_labels_keep_apart_whatever_is_linked(
    pairs: list[tuple[str, str, bool]],
) -> None:
    links = {
        # A hierarchy has no circles: the greater name stands below the lesser one.
        (max(pair[:2]), min(pair[:2]), pair[2]): None
        for pair in pairs
        if pair[0] != pair[1]
    }
    made = [Link(a, b, Size(60, 18) if has_label else None) for a, b, has_label in links]
    boxes = {f"n{number}": Size(100 + number, 40) for number in range(9)}
    layout = layered_layout(boxes, made, width=800)
    places = [*layout.places.values(), *(r.label for r in layout.routes if r.label)]
    assert not any(_overlap(*pair) for pair in combinations(places, 2))
    assert _ends_meet(layout, made)


def _ends_meet(layout: Layout, links: list[Link]) -> bool:
    """Tell whether each arrow starts at the side of its source and ends at that of its target."""
    return all(
        _is_at_side(route.stretches[0][0], layout.places[link.source])
        and _is_at_side(route.stretches[-1][-1], layout.places[link.target])
        for route, link in zip(layout.routes, links, strict=True)
    )


def _is_at_side(point: tuple[float, float], place: Place) -> bool:
    x, y = point
    return x in (place.x, place.x + place.width) and place.y <= y <= place.y + place.height
