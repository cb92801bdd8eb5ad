"""Pairs that may be double work: those of two documents or departments first."""

from __future__ import annotations

from api.interfaces.double_work import double_work_sheet
from api.interfaces.facts import Element, Facts
from api.interfaces.filters import Filters
from api.rest.listing import Named
from api.wording import texts_in
from kg.fit.aims import KnownMeasure
from kg.fit.double_work import Pair
from kg.matching.likeness import Likeness

_STRATEGY, _PLAN = Named(iri="urn:strategy", label="Strategie"), Named(iri="urn:plan", label="Plan")
_OFFICE, _WORKS = Named(iri="urn:office", label="Amt"), Named(iri="urn:works", label="Stadtwerke")


def _element(iri: str, document: Named, department: Named) -> Element:
    return Element(iri, iri[-1], "Börse", "measure", document, {"department": (department,)})


def _known(iri: str) -> KnownMeasure:
    return KnownMeasure(
        iri, "Börse", "", "", frozenset(), "", "", "", None, *(frozenset() for _ in range(4))
    )


def _pair(first: str, second: str, probability: float) -> Pair:
    likeness = Likeness(probability, "same", (), ())
    return Pair(_known(first), _known(second), "same", 0.9, likeness)


_ELEMENTS = {
    "urn:1": _element("urn:1", _STRATEGY, _OFFICE),
    "urn:2": _element("urn:2", _PLAN, _WORKS),
    "urn:3": _element("urn:3", _STRATEGY, _OFFICE),
}
_FACTS = Facts(_ELEMENTS, (), (), (), {}, (), ())
_PAIRS = [_pair("urn:1", "urn:3", 0.9), _pair("urn:1", "urn:2", 0.6), _pair("urn:1", "urn:x", 1.0)]


def _rows(filters: Filters) -> list[list[str]]:
    table = double_work_sheet(_PAIRS, _FACTS, filters, "de", texts_in("de")["interfaces"]).table
    return [[cell.text for cell in row] for row in table.rows]


def test_a_pair_of_two_departments_comes_before_a_likelier_one_of_one() -> None:
    assert [(row[2], row[4], row[5]) for row in _rows(Filters())] == [
        ("2 Börse", "60", "zwei Dokumente; zwei Stellen federführend"),
        ("3 Börse", "90", "im selben Dokument"),
    ]


def test_one_end_of_a_pair_must_be_chosen_and_the_pair_likely_enough() -> None:
    assert [row[2] for row in _rows(Filters(document="urn:plan"))] == ["2 Börse"]
    assert [row[2] for row in _rows(Filters(least=75))] == ["3 Börse"]
