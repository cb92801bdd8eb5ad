from __future__ import annotations

import json
from dataclasses import replace

import numpy as np
import pytest

from kg.matching import fit_meaning
from kg.matching.meaning import Meaning, shipped_meaning
from kg.matching.semantic import UniversalEncoder, Vectors
from kg.matching.thesaurus import Thesaurus


class LetterEncoder:
    """Give texts vectors by their letters."""

    model = "letters"

    def encode(self, texts: list[str]) -> Vectors:
        rows = np.zeros((len(texts), 512), dtype=np.float32)
        for row, text in enumerate(texts):
            for letter in text:
                rows[row, ord(letter) % 512] += 1
        return rows / np.linalg.norm(rows, axis=1, keepdims=True)


def test_text_without_sentences_has_no_direction() -> None:
    assert not shipped_meaning().of(np.zeros((0, 512), dtype=np.float32)).any()


def test_other_words_for_a_thing_are_nearer_by_meaning_than_by_cosine() -> None:
    one, other = UniversalEncoder().encode(["Gründach", "Dachbegrünung"])
    meaning = shipped_meaning()
    assert meaning.of(one[None]) @ meaning.of(other[None]) > one @ other


def test_an_instrument_is_read_by_its_sense() -> None:
    meaning = shipped_meaning()
    texts = [
        "Wer ein Lastenrad kauft, bekommt 500 Euro von der Stadt",
        "Sprechstunde zu Lastenrädern",
    ]
    kinds = [meaning.instruments(row[None]) for row in UniversalEncoder().encode(texts)]
    assert [meaning.kinds.labels[int(own.argmax())] for own in kinds] == ["grant", "advice"]


def test_a_text_without_sentences_has_no_instrument() -> None:
    assert not shipped_meaning().instruments(np.zeros((0, 512), dtype=np.float32)).any()


def test_map_survives_its_file() -> None:
    meaning = shipped_meaning()
    assert Meaning.of_bytes(meaning.as_bytes()).as_bytes() == meaning.as_bytes()


def test_same_thesaurus_gives_the_same_map(
    sdg_thesaurus: Thesaurus, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fit_meaning, "STEPS", 3)
    few = replace(sdg_thesaurus, concepts=dict(sorted(sdg_thesaurus.concepts.items())[:300]))
    maps = [
        fit_meaning.fit_meaning(few, fit_meaning.shipped_wordings(), LetterEncoder())
        for _ in range(2)
    ]
    assert maps[0].as_bytes() == maps[1].as_bytes()
    assert json.loads(maps[0].fitted)["encoder"] == "letters"
