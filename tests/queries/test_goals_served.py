"""The circular strategy serves a goal through measures whose link helps it and stands."""

from __future__ import annotations

import pytest

from kg.embedded import EmbeddedStore
from kg.stored import run_stored
from tests.conftest import turtle

TOWN = """
@prefix town: <https://w3id.org/kreislaufstadt/id/05999999/> .
town:strategy a ks:CircularStrategy , ks:MunicipalConcept ; ks:setsAim town:own ;
  ks:forMunicipality <https://w3id.org/kreislaufstadt/id/05999999> ; ks:hasPart town:repair .
town:repair a ks:Measure .
town:bike a ks:Measure .
town:climate a ks:MunicipalConcept ; rdfs:label "Klimakonzept"@de ;
  ks:setsAim town:waste , town:green , town:old , town:road .
town:waste rdfs:label "Weniger Abfall"@de .
town:one a ks:Interface ; ks:interfaceSource town:repair ; ks:interfaceTarget town:waste ;
  ks:strength 2 ; ks:reviewStatus st:proposed .
town:two a ks:Interface ; ks:interfaceSource town:repair ; ks:interfaceTarget town:waste ;
  ks:strength 1 ; ks:reviewStatus st:confirmed .
town:hinders a ks:Interface ; ks:interfaceSource town:repair ; ks:interfaceTarget town:green ;
  ks:strength -1 ; ks:reviewStatus st:confirmed .
town:rejected a ks:Interface ; ks:interfaceSource town:repair ; ks:interfaceTarget town:old ;
  ks:strength 2 ; ks:reviewStatus st:rejected .
town:outside a ks:Interface ; ks:interfaceSource town:bike ; ks:interfaceTarget town:road ;
  ks:strength 2 ; ks:reviewStatus st:confirmed .
town:itself a ks:Interface ; ks:interfaceSource town:repair ; ks:interfaceTarget town:own ;
  ks:strength 2 ; ks:reviewStatus st:confirmed .
"""


@pytest.fixture(scope="module")
def town() -> EmbeddedStore:
    return EmbeddedStore.in_memory(turtle(TOWN))


def test_hindered_rejected_own_and_other_goals_are_not_served(town: EmbeddedStore) -> None:
    (row,) = run_stored(town, "goals-served", {"city": "05999999"}).records()
    assert (row["aim_label"], row["concept_label"]) == ("Weniger Abfall", "Klimakonzept")
    assert (row["measures"], row["interfaces"], row["proposed"]) == ("1", "2", "1")


def test_another_city_has_its_own_goals(town: EmbeddedStore) -> None:
    assert run_stored(town, "goals-served", {"city": "05515000"}).records() == []
