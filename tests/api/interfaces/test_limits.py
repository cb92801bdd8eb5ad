"""What is too much for a page is cut, counted and whole in the file."""

from __future__ import annotations

import pytest

from api.interfaces.facts import Element, Facts, Target
from api.interfaces.filters import Filters
from api.interfaces.flow_view import MOST_NODES, flow_view
from api.interfaces.matrix_view import MOST_ROWS, matrix_view
from api.interfaces.sheets import grid_sheet
from api.rest.links import Aimed, Link
from api.rest.listing import Named
from api.wording import texts_in
from ontology.namespaces import SDG

_PLAN = Named(iri="urn:plan", label="Plan")
_TEXTS = texts_in("de")["interfaces"]


def _facts(count: int) -> Facts:
    """Return this many measures of two documents, each with one link to SDG target 12.5."""
    elements = {
        f"urn:{place}": Element(
            f"urn:{place}",
            f"M {place}",
            "Börse",
            "measure",
            _PLAN if place % 2 else Named(iri="urn:list", label="Liste"),
        )
        for place in range(count)
    }
    elements = dict(sorted(elements.items(), key=lambda item: item[1].document.label))
    goal = Target(f"{SDG}12", "12", "Konsum", "sdg-goal")
    target = Target(f"{SDG}12.5", "12.5", "Abfall", "sdg-target")
    links = tuple(
        Link(
            iri=f"{iri}/link",
            element=Named(iri=iri, label="Börse"),
            aim=Aimed(iri=target.iri, code="12.5", label="Abfall"),
            concepts=[],
            city=_PLAN,
            kind=_PLAN,
            strength=1,
            confidence=0.5,
            review="proposed",
            review_label="vorgeschlagen",
            reason=None,
            evidence=[],
        )
        for iri in elements
    )
    aims = {goal.iri: goal, target.iri: target}
    return Facts(elements, links, (goal,), (target,), aims, (), ())


def _path(page: str, query: object) -> str:
    return f"/{page}/{query}"


@pytest.mark.parametrize("count", [MOST_ROWS - 1, MOST_ROWS, MOST_ROWS + 1])
def test_a_matrix_shows_the_first_rows_and_its_file_all(count: int) -> None:
    view = matrix_view(_facts(count), Filters(), "sdg", _TEXTS, _path)
    headings_of_groups = 2
    assert (view.shown, view.total) == (min(count, MOST_ROWS), count)
    table = grid_sheet("matrix", view.grid, _TEXTS).table
    assert len(table.rows) == count + headings_of_groups


def test_a_flow_draws_the_strongest_ways_and_counts_all() -> None:
    view = flow_view(_facts(MOST_NODES + 3), Filters(), "instrument", _TEXTS, _path)
    assert (view.drawn, view.ways) == (MOST_NODES, MOST_NODES + 3)
    assert view.flow.summary == "Gezeichnet sind 12 von 15 Wegen."


def test_a_measure_without_an_instrument_says_so_and_leads_nowhere() -> None:
    flow = flow_view(_facts(1), Filters(), "instrument", _TEXTS, _path).flow
    assert [(node.label, node.path) for node in flow.nodes if node.column == 1] == [
        ("nicht angegeben", "")
    ]
