"""The offline picture loads nothing, runs no label as code, and says everything in a table too."""

from __future__ import annotations

import re

import pytest

from kg.embedded import EmbeddedStore
from kg.errors import UnknownIri
from tests.conftest import turtle
from visualisations.graph_html import graph_html
from visualisations.layout import positions
from visualisations.neighbourhood import neighbourhood

ID = "https://w3id.org/kreislaufstadt/id/"
EVIL = "<img src=x onerror=alert(1)> href </script><script>alert(2)</script>"
STAR = """
id:plan a ks:ActionPlan ; rdfs:label "Plan"@de ; ks:hasMeasure id:m .
id:m a ks:Measure ; rdfs:label "Maßnahme"@de , "Measure"@en .
id:link ks:interfaceSource id:m ; ks:interfaceTarget sdg:12.5 ; ks:interfaceKind ik:supports ;
  ks:reviewStatus st:proposed .
ik:supports rdfs:label "unterstützt"@de , "supports"@en .
ks:hasMeasure rdfs:label "hat Maßnahme"@de , "has measure"@en .
sdg:12.5 a sdgo:Target ; rdfs:label "Abfall verringern"@de , "Reduce waste"@en ;
  sdgo:isTargetOf sdg:12 .
sdg:12 a sdgo:Goal ; rdfs:label "Konsum"@de .
"""


@pytest.fixture
def star() -> EmbeddedStore:
    return EmbeddedStore.in_memory(turtle(STAR))


def test_the_file_refers_to_nothing_outside(star: EmbeddedStore) -> None:
    page = graph_html(star, ID + "m", "de")
    assert re.findall(r"(?:src|href)\s*=\s*[\"']?\s*(?:https?:)?//", page) == []


def test_the_file_forbids_requests_by_policy(star: EmbeddedStore) -> None:
    assert "default-src 'none'" in graph_html(star, ID + "m", "de")


def test_a_hostile_label_stays_text(star: EmbeddedStore) -> None:
    star.update(
        f"INSERT DATA {{ <{ID}evil> a <https://w3id.org/kreislaufstadt/ontology#Measure> ;"
        f' <http://www.w3.org/2000/01/rdf-schema#label> """{EVIL}"""@de .'
        f" <{ID}plan> <https://w3id.org/kreislaufstadt/ontology#hasMeasure> <{ID}evil> }}"
    )
    page = graph_html(star, ID + "plan", "de")
    assert "<img src=x" not in page
    assert "<script>alert" not in page
    assert "&lt;img src=x" in page


def test_every_drawn_relation_stands_in_the_table(star: EmbeddedStore) -> None:
    page = graph_html(star, ID + "m", "de")
    rows = re.findall(r"<tr><td>(.*?)</td><td>(.*?)</td><td>(.*?)</td><td>(.*?)</td></tr>", page)
    assert ("Plan", "hat Maßnahme", "Maßnahme", "steht im Datenbestand") in rows
    assert ("Maßnahme", "unterstützt", "Abfall verringern", "Vorschlag, ungeprüft") in rows


def test_the_page_speaks_the_wanted_language(star: EmbeddedStore) -> None:
    page = graph_html(star, ID + "m", "en")
    assert '<html lang="en">' in page
    assert "<td>supports</td>" in page


def test_the_same_graph_gives_the_same_bytes(star: EmbeddedStore) -> None:
    assert graph_html(star, ID + "m", "de") == graph_html(star, ID + "m", "de")


def test_an_unknown_thing_is_named(star: EmbeddedStore) -> None:
    with pytest.raises(UnknownIri, match="nowhere"):
        graph_html(star, ID + "nowhere", "de")


def test_the_limit_leaves_out_and_says_how_many(star: EmbeddedStore) -> None:
    part = neighbourhood(star, ID + "m", "de", depth=1, limit=2)
    assert (len(part.nodes), part.left_out) == (2, 1)


def test_depth_counts_steps(star: EmbeddedStore) -> None:
    part = neighbourhood(star, ID + "plan", "de", depth=2)
    assert {node.label: node.distance for node in part.nodes} == {
        "Plan": 0,
        "Maßnahme": 1,
        "Abfall verringern": 2,
    }


def test_no_nodes_need_no_places() -> None:
    assert positions([], []) == {}
