"""The network of interfaces shows bridges, lone supports, conflicts and gaps."""

from __future__ import annotations

import pytest

from kg.analysis import Analysis, analyse
from kg.embedded import EmbeddedStore
from tests.conftest import turtle

NETWORK = """
id:waste a ks:MunicipalConcept ; ks:setsAim id:avoid , id:lonely .
id:climate a ks:MunicipalConcept ; ks:setsAim id:emissions .
id:avoid a ks:Goal ; rdfs:label "Abfall vermeiden"@de , "avoid waste"@en .
id:emissions a ks:Goal . id:lonely a ks:Goal .
id:repair a ks:Measure ; rdfs:label "Reparaturbonus"@de .
id:burn a ks:Measure .
id:l1 ks:interfaceSource id:repair ; ks:interfaceTarget id:avoid ; ks:strength 2 ;
  ks:reviewStatus st:proposed .
id:l2 ks:interfaceSource id:avoid ; ks:interfaceTarget sdg:12.5 ; ks:strength 2 ;
  ks:reviewStatus st:declared .
id:l3 ks:interfaceSource id:emissions ; ks:interfaceTarget sdg:12.5 ; ks:strength 1 ;
  ks:reviewStatus st:declared .
id:l4 ks:interfaceSource id:burn ; ks:interfaceTarget sdg:12.5 ; ks:strength -2 ;
  ks:reviewStatus st:confirmed .
id:l5 ks:interfaceSource id:burn ; ks:interfaceTarget id:emissions ; ks:strength 3 ;
  ks:reviewStatus st:rejected .
"""
ID = "https://w3id.org/kreislaufstadt/id/"


@pytest.fixture
def analysis() -> Analysis:
    return analyse(EmbeddedStore.in_memory(turtle(NETWORK)), "de")


def test_a_target_that_two_concepts_serve_is_a_bridge(analysis: Analysis) -> None:
    first = analysis.bridges[0]
    assert (first.iri, first.concepts) == ("http://metadata.un.org/sdg/12.5", 2)


def test_a_goal_with_one_measure_names_it_and_its_state(analysis: Analysis) -> None:
    found = [(s.goal_label, s.measure_label, s.proposed) for s in analysis.sole_supports]
    assert found == [("Abfall vermeiden", "Reparaturbonus", True)]


def test_a_second_measure_ends_the_lone_support() -> None:
    more = NETWORK.replace("id:l5", "id:l6").replace(
        "id:emissions ; ks:strength 3", "id:avoid ; ks:strength 3"
    )
    more = more.replace("st:rejected", "st:proposed")
    assert analyse(EmbeddedStore.in_memory(turtle(more)), "de").sole_supports == ()


def test_support_and_hindrance_of_one_aim_is_a_conflict(analysis: Analysis) -> None:
    pairs = {(c.supporter, c.opponent) for c in analysis.conflicts}
    assert pairs == {(ID + "avoid", ID + "burn"), (ID + "emissions", ID + "burn")}


def test_a_goal_without_any_link_is_unconnected(analysis: Analysis) -> None:
    assert [iri for iri, _ in analysis.unconnected_goals] == [ID + "lonely"]


def test_labels_come_in_the_wanted_language() -> None:
    english = analyse(EmbeddedStore.in_memory(turtle(NETWORK)), "en")
    assert english.sole_supports[0].goal_label == "avoid waste"


def test_a_rejected_link_counts_for_nothing(analysis: Analysis) -> None:
    assert ID + "emissions" not in {support.goal for support in analysis.sole_supports}


def test_an_empty_dataset_gives_an_empty_analysis(empty_store: EmbeddedStore) -> None:
    assert analyse(empty_store, "de") == Analysis((), (), (), (), 0)
