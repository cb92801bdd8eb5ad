from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from kg.language import Language
from kg.matching.annotate import Annotator
from kg.matching.text import normalise
from kg.matching.thesaurus import Concept, Label, Thesaurus
from ontology.namespaces import scheme
from tests.kg.matching.plain_annotation import annotate as plainly

pytestmark = pytest.mark.property

LABELS: dict[str, list[tuple[Language, str]]] = {
    "repair": [("de", "Reparatur"), ("de", "Repair-Café"), ("en", "repair café"), ("en", "repair")],
    "reuse": [("de", "Wiederverwendung von Bauteilen"), ("en", "reuse of components")],
    "parts": [("de", "Bauteile"), ("de", "Bauteilbörse"), ("en", "components exchange")],
    "waste": [("de", "Müll"), ("de", "Abfall"), ("de", "Abfallvermeidung"), ("en", "waste")],
    "loop": [("de", "Kreislauf"), ("de", "Stoffe im Kreislauf"), ("de", "Kreislaufwirtschaft")],
    "speed": [("de", "Tempo 30"), ("en", "speed limit 30")],
    "shared": [("de", "Reparatur und Müll"), ("de", "Börse"), ("en", "exchange of waste")],
}
NOT_MEANT = {"loop": ["Kreislauferkrankung", "Blutkreislauf"], "waste": ["Leistungsabfall"]}
WORDS = st.sampled_from(
    [
        "Reparatur",
        "Reparaturbörse",
        "Repair",
        "Café",
        "Café-Reparatur",
        "Wiederverwendung",
        "Bauteile",
        "Bauteilen",
        "Bauteilbörse",
        "Börse",
        "Müll",
        "Müller",
        "Müllvermeidung",
        "Abfall",
        "Abfällen",
        "Abfallvermeidungskonzept",
        "Kreislauf",
        "Kreislauferkrankung",
        "Blutkreislauf",
        "Blut",
        "Stoffe",
        "Tempo",
        "30",
        "im",
        "und",
        "der",
        "ohne",
        "kein",
        "Verzicht",
        "auf",
        "statt",
        "Leistungsabfall",
        "repair",
        "café",
        "components",
        "reuse",
        "of",
        "waste",
        "exchange",
        "limit",
        "speed",
        "not",
        "the",
        "Kreis",
        "Lauf",
        "Wirtschaft",
        ",",
        ".",
        "-",
        "sondern",
    ]
)
SENTENCES = st.lists(WORDS, max_size=14).map(" ".join)


def thesaurus(*, backwards: bool = False) -> Thesaurus:
    step = -1 if backwards else 1
    return Thesaurus.of(
        Concept(
            scheme("thesaurus", name),
            tuple(
                [
                    *(Label(language, "alt", text) for language, text in labels),
                    *(Label("de", "not-meant", text) for text in NOT_MEANT.get(name, ())),
                ][::step]
            ),
        )
        for name, labels in LABELS.items()
    )


ANNOTATOR = Annotator(thesaurus())
BACKWARDS = Annotator(thesaurus(backwards=True))


@given(SENTENCES, st.sampled_from(["de", "en"]))
@example("Blut Kreislauf", "de")
def test_the_quick_way_finds_what_the_plain_way_finds(words: str, language: Language) -> None:
    text = normalise(words)
    assert ANNOTATOR.annotate(text, language) == plainly(thesaurus(), text, language)


@given(SENTENCES)
def test_the_order_of_labels_changes_nothing(words: str) -> None:
    text = normalise(words)
    assert ANNOTATOR.annotate(text) == BACKWARDS.annotate(text)


@given(st.lists(WORDS | st.text(max_size=12)).map(" ".join))
def test_spans_hold_the_words_of_any_text(words: str) -> None:
    text = normalise(words)
    for mention in ANNOTATOR.annotate(text):
        quote = mention.span.of(text)
        assert quote.startswith(mention.words[0])
        assert quote.endswith(mention.words[-1])


@given(st.text())
def test_any_text_can_be_annotated(text: str) -> None:
    assert isinstance(ANNOTATOR.annotate(text), list)


@given(SENTENCES)
def test_an_annotator_that_read_other_texts_finds_the_same(words: str) -> None:
    text = normalise(words)
    assert Annotator(thesaurus()).annotate(text) == ANNOTATOR.annotate(text)
