from __future__ import annotations

import pytest

from kg.matching.annotate import Annotator, Mention


def named(mentions: list[Mention]) -> list[str]:
    return [mention.concept.rsplit("/", 1)[-1] for mention in mentions if not mention.denied]


def test_mention_gives_concept_span_and_words(annotator: Annotator) -> None:
    text = "Aufbau eines Repair-Cafés im Rathaus"
    (mention,) = annotator.annotate(text)
    assert (mention.concept.rsplit("/", 1)[-1], mention.span.of(text)) == ("repair", "Repair-Cafés")
    assert mention.words == ("Repair-Cafés",)
    assert mention.how == "phrase"


@pytest.mark.parametrize("text", ["Repair Café", "Repaircafé", "Repair-Cafe", "REPAIR CAFÉ"])
def test_spellings_of_one_word_are_one_concept(annotator: Annotator, text: str) -> None:
    assert named(annotator.annotate(text)) == ["repair"]


@pytest.mark.parametrize(
    "text", ["Fahrradreparatur fördern", "Reparaturbonus", "Wir reparierten Stühle."]
)
def test_words_inside_compounds_and_inflections_are_found(annotator: Annotator, text: str) -> None:
    assert named(annotator.annotate(text)) == ["repair"]


def test_phrase_is_found_with_its_words_apart_and_in_other_order(annotator: Annotator) -> None:
    (mention,) = annotator.annotate("Bauteile gehen in die Wiederverwendung.")
    assert (mention.how, mention.words) == ("scattered", ("Bauteile", "Wiederverwendung"))


@pytest.mark.parametrize("text", ["Vorsorge bei Kreislauferkrankungen", "Der Blutkreislauf"])
def test_words_not_meant_are_blocked(annotator: Annotator, text: str) -> None:
    assert annotator.annotate(text) == []


def test_a_word_not_meant_blocks_only_its_own_place(annotator: Annotator) -> None:
    text = "Kreislauferkrankungen vorbeugen. Stoffe im Kreislauf führen."
    assert named(annotator.annotate(text)) == ["circular"]


@pytest.mark.parametrize(
    "text",
    [
        "Die Stadt plant kein Repair-Café.",
        "Entsorgung ohne Reparatur",
        "Neukauf statt Reparatur",
        "Verzicht auf Reparatur",
    ],
)
def test_denied_words_are_no_evidence(annotator: Annotator, text: str) -> None:
    mentions = annotator.annotate(text)
    assert [mention.denied for mention in mentions] == [True]


@pytest.mark.parametrize(
    "text",
    [
        "Keine Müllberge, sondern Reparatur",
        "Nicht nur Reparatur",
        "Kein Neukauf, Reparatur zuerst",
    ],
)
def test_denial_ends_where_the_sentence_turns(annotator: Annotator, text: str) -> None:
    assert "repair" in named(annotator.annotate(text))


def test_giving_up_what_is_to_be_refused_is_evidence(annotator: Annotator) -> None:
    assert named(annotator.annotate("Verzicht auf Einweg")) == ["single-use"]
    assert named(annotator.annotate("Ohne Einweg feiern")) == []


def test_a_name_that_shares_its_stem_is_no_mention(annotator: Annotator) -> None:
    assert annotator.annotate("Herr Müller ist im Urlaub.") == []
    assert named(annotator.annotate("Der Müll wird gesammelt.")) == ["waste"]


def test_english_texts_are_searched_by_english_labels(annotator: Annotator) -> None:
    assert named(annotator.annotate("The city supports the repair of things.")) == ["repair"]


def test_annotation_is_the_same_each_time(annotator: Annotator) -> None:
    text = "Reparatur und Wiederverwendung von Bauteilen im Kreislauf"
    assert annotator.annotate(text) == annotator.annotate(text)
