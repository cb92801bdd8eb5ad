from __future__ import annotations

import pytest

from kg.matching.annotate import Annotator, Mention
from kg.matching.thesaurus import Concept, Label, Thesaurus

FIELD = {
    "bio-waste": [Label("de", "pref", "Bioabfall")],
    "rest-waste": [Label("de", "pref", "Restabfall")],
    "avoidance": [Label("de", "pref", "Abfallvermeidung")],
    "recovery": [Label("de", "pref", "Abfallverwertung")],
    "kitchen": [Label("de", "pref", "Küche"), Label("de", "alt", "Gerät")],
    "neu": [Label("de", "pref", "Nü")],
    "citizens": [Label("de", "pref", "Bürgerbeteiligung"), Label("de", "alt", "Bürger")],
    "speed": [Label("de", "pref", "Tempo 30")],
    "standard": [Label("de", "pref", "Effizienzhaus 40")],
    "law": [Label("de", "pref", "Kreislaufwirtschaftsgesetz")],
    "lca": [Label("de", "pref", "Ökobilanz"), Label("en", "pref", "life cycle assessment")],
    "green-it": [Label("de", "pref", "Green IT"), Label("en", "pref", "green computing")],
    "used-it": [Label("en", "pref", "refurbished IT")],
    "climate": [Label("de", "pref", "Klimaanpassung"), Label("de", "alt", "Konzept der Stadt")],
    "dam": [Label("de", "pref", "Stau"), Label("de", "alt", "Becken")],
    "dust": [Label("de", "pref", "Staub")],
    "forest": [Label("de", "pref", "Waldbau")],
}


@pytest.fixture(scope="module")
def field() -> Annotator:
    return Annotator(Thesaurus.of(Concept(name, tuple(labels)) for name, labels in FIELD.items()))


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


@pytest.mark.parametrize(
    ("text", "concepts"),
    [
        ("Sammlung von Bio- und Restabfall", ["bio-waste", "rest-waste"]),
        ("Bio-, Papier- oder Restabfall", ["bio-waste", "rest-waste"]),
        ("Abfallvermeidung und -verwertung", ["avoidance", "recovery"]),
        ("Abfallvermeidung - Verwertung", ["avoidance"]),
    ],
)
def test_halves_of_words_are_completed(field: Annotator, text: str, concepts: list[str]) -> None:
    assert named(field.annotate(text, "de")) == concepts


def test_a_completed_word_quotes_both_its_places(field: Annotator) -> None:
    text = "Die Bio- und Restabfälle"
    mention = field.annotate(text, "de")[0]
    assert (mention.span.of(text), mention.words) == (
        "Bio- und Restabfälle",
        ("Bio", "Restabfälle"),
    )


@pytest.mark.parametrize("text", ["Küchengeräte", "Kuechengeraete", "KÜCHENGERÄTE", "Kuechen"])
def test_umlauts_may_be_typed_in_two_letters(field: Annotator, text: str) -> None:
    assert set(named(field.annotate(text, "de"))) == {"kitchen"}


def test_two_letters_that_are_no_umlaut_stay_two(field: Annotator) -> None:
    assert field.annotate("neue Wege", "de") == []


@pytest.mark.parametrize(
    "text",
    [
        "Bürger*innen",
        "Bürger:innen",
        "Bürger_innen",
        "Bürger/-innen",
        "Bürger(innen)",
        "BürgerInnen",
        "Bürgerinnen",
        "Bürger:innenbeteiligung",
        "BürgerInnenbeteiligung",
        "Bürgerinnenbeteiligung",
        "Bürger*innen-Beteiligung",
    ],
)
def test_gender_forms_are_the_same_concept(field: Annotator, text: str) -> None:
    assert set(named(field.annotate(text, "de"))) == {"citizens"}


@pytest.mark.parametrize(
    ("text", "concepts"),
    [
        ("Tempo 30 vor Schulen", ["speed"]),
        ("Tempo-30-Zone", ["speed"]),
        ("30 Kitas machen Tempo", []),
        ("Tempo 50", []),
        ("Neubau als Effizienzhaus 40", ["standard"]),
    ],
)
def test_numbers_belong_to_the_word_before(
    field: Annotator, text: str, concepts: list[str]
) -> None:
    assert named(field.annotate(text, "de")) == concepts


@pytest.mark.parametrize(
    ("text", "concept"),
    [("Das KrWG gilt.", "law"), ("Wir rechnen eine LCA.", "lca"), ("The LCA of roads", "lca")],
)
def test_short_forms_of_the_field_stand_for_their_long_forms(
    field: Annotator, text: str, concept: str
) -> None:
    assert named(field.annotate(text)) == [concept]


def test_green_it_is_found_in_both_languages(field: Annotator) -> None:
    assert named(field.annotate("Aufbau von Green IT", "de")) == ["green-it"]
    assert named(field.annotate("We want green IT", "en")) == ["green-it"]
    assert named(field.annotate("a green-it strategy", "en")) == ["green-it"]


def test_the_word_it_is_no_short_form(field: Annotator) -> None:
    assert field.annotate("We keep it green. It is refurbished, it works.", "en") == []


@pytest.mark.parametrize(
    ("text", "concepts"),
    [
        ("Stadtklimaanpassungskonzept", ["climate"]),
        ("Staubecken", ["dam"]),
        ("Waldbau", ["forest"]),
        ("Wald und Bau", []),
    ],
)
def test_compounds_are_split_where_every_part_is_known(
    field: Annotator, text: str, concepts: list[str]
) -> None:
    assert named(field.annotate(text, "de")) == concepts


@pytest.mark.parametrize(
    "text",
    [
        "Reparatur, nicht ohne Freude",
        "Nicht ohne Reparatur",
        "Keine Entsorgung ohne Reparatur",
        "Kein Verzicht auf Reparatur",
        "Wir werden nicht auf Reparatur verzichten.",
        "Vermeidung von Reparatur",
        "Verbot von Reparatur",
        "Kein Neukauf, stattdessen Reparatur",
        "Kein Lager und eine Reparatur",
        "Nicht mehr als zwei Tage für eine Reparatur",
        "Instead the city offers repair.",
        "a ban on the repair of cars",
        "The city avoids repair.",
    ],
)
def test_speaking_of_a_thing_is_no_denial(annotator: Annotator, text: str) -> None:
    assert named(annotator.annotate(text)) == ["repair"]


@pytest.mark.parametrize(
    "text",
    [
        "Weder Neukauf noch Reparatur",
        "Auf Reparatur wird verzichtet.",
        "Reparaturen werden nicht mehr angeboten.",
        "frei von Reparatur",
        "The city buys instead of repair.",
        "We buy rather than repair.",
        "The repair is no longer offered.",
        "We offer neither disposal nor repair",
    ],
)
def test_denials_reach_their_words_in_both_languages(annotator: Annotator, text: str) -> None:
    mentions = annotator.annotate(text)
    assert [mention.denied for mention in mentions] == [True]


def test_a_denial_ends_with_its_clause(annotator: Annotator) -> None:
    assert named(annotator.annotate("Ohne Müll weil wir Reparatur fördern")) == ["repair"]


def test_a_word_of_a_million_letters_is_read_at_once(field: Annotator) -> None:
    assert field.annotate("Bio- und " + "abfall" * 200_000, "de") == []
