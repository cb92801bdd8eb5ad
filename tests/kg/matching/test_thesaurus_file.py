"""A thesaurus comes back from its file as it was, with the stems that the search needs."""

from __future__ import annotations

import json

import pytest

from kg.embedded import EmbeddedStore
from kg.matching.annotate import Annotator
from kg.matching.text import stems_of
from kg.matching.thesaurus import Thesaurus
from kg.matching.thesaurus_file import as_bytes, of_bytes


@pytest.fixture(scope="module")
def thesaurus(sdg_store: EmbeddedStore) -> Thesaurus:
    return Thesaurus.read(sdg_store)


def test_the_shipped_thesaurus_comes_back_whole(thesaurus: Thesaurus) -> None:
    assert len(thesaurus) > 400
    assert of_bytes(as_bytes(thesaurus)) == thesaurus


def test_labels_come_back_with_their_stems(thesaurus: Thesaurus) -> None:
    again = of_bytes(as_bytes(thesaurus))
    assert again is not None
    for concept in again.concepts.values():
        for label in concept.labels:
            assert label.stems == stems_of(label.text, label.language)


def test_a_text_is_read_alike_with_either(thesaurus: Thesaurus) -> None:
    text = "Das Repair-Café vermeidet Abfälle, kein Einweg auf Festen."
    again = of_bytes(as_bytes(thesaurus))
    assert again is not None
    assert Annotator(again).annotate(text) == Annotator(thesaurus).annotate(text)


@pytest.mark.parametrize(
    "content",
    [
        None,
        b"",
        b"{",
        b"[]",
        json.dumps({"format": 0, "concepts": []}).encode(),
        json.dumps({"format": 1, "concepts": [{"iri": "x"}]}).encode(),
    ],
    ids=["none", "empty", "cut", "list", "other format", "half"],
)
def test_what_is_no_such_file_is_not_used(content: bytes | None) -> None:
    assert of_bytes(content) is None
