from __future__ import annotations

from collections.abc import Sequence

import pytest

from kg.embedded import EmbeddedStore
from kg.matching.annotate import Annotator
from kg.matching.match import SdgMatcher
from kg.matching.model import shipped_model
from kg.matching.sdg import read_sdg_aims
from kg.matching.semantic import EmbeddingCache, UniversalEncoder
from kg.matching.thesaurus import AimWeight, Concept, Label, Thesaurus
from ontology.namespaces import scheme, sdg
from ontology.reference import reference_quads

TABLES = ("sdg_goals", "sdg_targets", "sdg_indicators", "thesaurus")


def concept(
    name: str, labels: Sequence[Label], target: str, r_strategies: Sequence[str] = ()
) -> Concept:
    return Concept(
        scheme("thesaurus", name),
        tuple(labels),
        (AimWeight(sdg(target), 0.9, "expert", "", f"link-{name}"),),
        r_strategies=tuple(scheme("r-strategy", code) for code in r_strategies),
    )


@pytest.fixture(scope="session")
def small_thesaurus() -> Thesaurus:
    return Thesaurus.of(
        [
            concept(
                "repair",
                [
                    Label("de", "pref", "Reparatur"),
                    Label("de", "alt", "Repair-Café"),
                    Label("de", "alt", "reparieren"),
                    Label("en", "pref", "repair"),
                ],
                "12.5",
                ["R4"],
            ),
            concept(
                "reuse",
                [
                    Label("de", "pref", "Wiederverwendung von Bauteilen"),
                    Label("en", "pref", "reuse of components"),
                ],
                "12.5",
            ),
            concept("single-use", [Label("de", "pref", "Einweg")], "12.5", ["R0"]),
            concept(
                "circular",
                [
                    Label("de", "pref", "Kreislauf"),
                    Label("de", "not-meant", "Kreislauferkrankung"),
                    Label("de", "not-meant", "Blutkreislauf"),
                ],
                "12.2",
            ),
            concept("waste", [Label("de", "pref", "Müll")], "11.6"),
        ]
    )


@pytest.fixture(scope="session")
def annotator(small_thesaurus: Thesaurus) -> Annotator:
    return Annotator(small_thesaurus)


@pytest.fixture(scope="session")
def sdg_store() -> EmbeddedStore:
    return EmbeddedStore.in_memory(quad for name in TABLES for quad in reference_quads(name))


@pytest.fixture(scope="session")
def sdg_thesaurus(sdg_store: EmbeddedStore) -> Thesaurus:
    return Thesaurus.read(sdg_store)


@pytest.fixture(scope="session")
def sdg_matcher(sdg_store: EmbeddedStore, sdg_thesaurus: Thesaurus) -> SdgMatcher:
    return SdgMatcher(
        read_sdg_aims(sdg_store),
        sdg_thesaurus,
        EmbeddingCache(UniversalEncoder()),
        shipped_model(),
    )
