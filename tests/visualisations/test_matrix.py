"""The matrix tells reviewed from proposed links by text, not by colour."""

from __future__ import annotations

import pytest

from kg.embedded import EmbeddedStore
from tests.conftest import turtle
from visualisations.matrix import matrix_html, matrix_rows, measure_sdg_matrix

CITY = """
<https://w3id.org/kreislaufstadt/id/05515000> a ks:Municipality .
id:plan a ks:ActionPlan ; ks:hasMeasure id:m , id:n ; rdfs:label "Plan"@de .
id:m a ks:Measure ; rdfs:label "Reparatur & Co"@de , "Repair & co"@en ; dcterms:identifier "M1" ;
  ks:forMunicipality <https://w3id.org/kreislaufstadt/id/05515000> .
id:n a ks:Measure ; rdfs:label "Ohne Bezug"@de ; dcterms:identifier "M2" ;
  ks:forMunicipality <https://w3id.org/kreislaufstadt/id/05515000> .
sdg:12 skos:notation "12" ; rdfs:label "Konsum"@de .
sdg:12.5 a sdgo:Target ; sdgo:isTargetOf sdg:12 ; skos:notation "12.5" .
sdg:12.10 a sdgo:Target ; sdgo:isTargetOf sdg:12 ; skos:notation "12.10" .
sdg:12.2 a sdgo:Target ; sdgo:isTargetOf sdg:12 ; skos:notation "12.2" .
id:a ks:interfaceSource id:m ; ks:interfaceTarget sdg:12.5 ; ks:strength 1 ;
  ks:reviewStatus st:declared .
id:b ks:interfaceSource id:m ; ks:interfaceTarget sdg:12.10 ; ks:strength 1 ;
  ks:reviewStatus st:proposed .
id:c ks:interfaceSource id:m ; ks:interfaceTarget sdg:12.2 ; ks:strength 1 ;
  ks:reviewStatus st:proposed .
id:d ks:interfaceSource id:m ; ks:interfaceTarget sdg:12.5 ; ks:strength 1 ;
  ks:reviewStatus st:proposed .
"""


@pytest.fixture
def city() -> EmbeddedStore:
    return EmbeddedStore.in_memory(turtle(CITY))


def test_a_proposal_carries_a_question_mark(city: EmbeddedStore) -> None:
    rows = matrix_rows(measure_sdg_matrix(city, "05515000", "de"), "de")
    assert rows[1][12] == "12.5 12.2? 12.10?"


def test_a_measure_without_a_link_is_a_row(city: EmbeddedStore) -> None:
    matrix = measure_sdg_matrix(city, "05515000", "de")
    assert [(row.number, row.cells) for row in matrix.rows][1] == ("M2", {})


def test_labels_are_escaped(city: EmbeddedStore) -> None:
    page = matrix_html(measure_sdg_matrix(city, "05515000", "de"), "de")
    assert '<th scope="row">M1 Reparatur &amp; Co</th>' in page


def test_english_asks_for_english_labels(city: EmbeddedStore) -> None:
    matrix = measure_sdg_matrix(city, "05515000", "en")
    assert matrix.rows[0].label == "Repair & co"


def test_another_city_has_no_rows(city: EmbeddedStore) -> None:
    assert measure_sdg_matrix(city, "05113000", "de").rows == ()
