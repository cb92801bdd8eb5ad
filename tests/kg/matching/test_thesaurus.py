from __future__ import annotations

from kg.embedded import EmbeddedStore
from kg.matching.sdg import read_sdg_aims, sdg_code
from kg.matching.thesaurus import Thesaurus
from ontology.namespaces import scheme, sdg


def test_store_gives_labels_weights_and_slots(sdg_thesaurus: Thesaurus) -> None:
    concept = sdg_thesaurus.concepts[scheme("thesaurus", "repair-cafe")]
    assert concept.name("de") == "Repair-Café"
    assert {label.kind for label in concept.phrases()} <= {"pref", "alt", "hidden"}
    assert all(0 < link.weight <= 1 and link.link for link in concept.aims)
    assert sdg("12.5") in {link.aim for link in concept.aims}
    assert concept.kind


def test_words_not_meant_are_no_phrases(sdg_thesaurus: Thesaurus) -> None:
    concepts = sdg_thesaurus.concepts.values()
    blocked = [concept for concept in concepts if concept.not_meant()]
    assert blocked
    assert all(label.kind != "not-meant" for item in blocked for label in item.phrases())


def test_a_store_without_thesaurus_gives_an_empty_one() -> None:
    assert len(Thesaurus.read(EmbeddedStore.in_memory())) == 0


def test_sdg_aims_are_complete_and_in_order(sdg_store: EmbeddedStore) -> None:
    aims = read_sdg_aims(sdg_store)
    assert [sdg_code(aim.iri) for aim in aims.goals] == [str(code) for code in range(1, 18)]
    assert (len(aims.targets), sdg_code(aims.targets[0].iri)) == (169, "1.1")
    assert all(aim.german and aim.english for aim in (*aims.goals, *aims.targets))
    assert sum(len(aim.parts) for aim in aims.goals) == 169
