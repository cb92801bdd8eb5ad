"""A thesaurus comes back from its file as it was, with the stems that the search needs."""

from __future__ import annotations

import json

import pytest

from kg.matching.annotate import Annotator
from kg.matching.text import stems_of
from kg.matching.thesaurus import Thesaurus
from kg.matching.thesaurus_file import as_bytes, of_bytes


@pytest.fixture(scope="module")
def again(sdg_thesaurus: Thesaurus) -> Thesaurus:
    """Give what comes back from the file of the shipped thesaurus."""
    found = of_bytes(as_bytes(sdg_thesaurus))
    assert found is not None
    return found


def test_the_shipped_thesaurus_comes_back_whole(sdg_thesaurus: Thesaurus, again: Thesaurus) -> None:
    assert len(sdg_thesaurus) > 400
    assert again == sdg_thesaurus


def test_labels_come_back_with_their_stems(again: Thesaurus) -> None:
    for concept in again.concepts.values():
        for label in concept.labels:
            assert label.stems == stems_of(label.text, label.language)


def test_a_text_is_read_alike_with_either(sdg_thesaurus: Thesaurus, again: Thesaurus) -> None:
    text = "Das Repair-Café vermeidet Abfälle, kein Einweg auf Festen."
    assert Annotator(again).annotate(text) == Annotator(sdg_thesaurus).annotate(text)


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
