"""What is said to alter an answer does alter it, by the figures that are said."""

from __future__ import annotations

import re

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kg.fit.changes import (
    Omission,
    Part,
    concept_part,
    decided,
    left_out,
    left_out_of_all,
    sentence_parts,
)
from kg.fit.check import KINDS, check
from kg.fit.directed import directed
from kg.fit.index import FitIndex
from kg.fit.judge import judge
from kg.fit.measure import MeasureInput, measure_of
from kg.fit.reading import Reading, read
from kg.matching.semantic import Vectors
from ontology.namespaces import sdg

NEAR = 0.02
SENTENCES = [
    "Ehrenamtliche reparieren defekte Elektrogeräte und Kleidung.",
    "Die Stadt richtet eine Bauteilbörse ein.",
    "Zwei Kilometer Radweg werden gebaut.",
    "Das Gewerbegebiet wird um drei Hektar erweitert.",
    "In den Kantinen fällt weniger Lebensmittelabfall an.",
    "Die Sitzung beginnt um zehn Uhr.",
    "Regenwasser versickert auf den Schulhöfen.",
    "Auf dem Rathaus entsteht eine Photovoltaikanlage.",
]
SLOTS = [("r_strategien", "R4"), ("handlungsfeld", "bau"), ("handlungsfeld", "elektro")]
FIGURE_OF_SLOT = re.compile(r"Angabe »(R\d).*auf (\d,\d\d)")
FIGURE = re.compile(r"von (\d,\d\d) auf (\d,\d\d)|bei (\d,\d\d) statt (\d,\d\d)")


def reading_of(measure: MeasureInput, index: FitIndex) -> Reading:
    return read(measure, index, language="de")


def chances(reading: Reading) -> list[float]:
    return directed(judge(reading), reading).probabilities.tolist()


@pytest.mark.property
@given(
    st.lists(st.sampled_from(SENTENCES), min_size=2, max_size=4, unique=True),
    st.integers(0, 3),
)
@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_a_left_out_sentence_counts_as_if_it_were_not_written(
    fit_index: FitIndex, sentences: list[str], place: int
) -> None:
    number = place % len(sentences)
    whole = reading_of(measure_of({"beschreibung": " ".join(sentences)}), fit_index)
    rest = [words for other, words in enumerate(sentences) if other != number]
    fresh = reading_of(measure_of({"beschreibung": " ".join(rest)}), fit_index)
    part = sentence_parts(whole)[number]
    assert chances(left_out(whole, [part], kinds=KINDS)) == pytest.approx(chances(fresh), abs=NEAR)


@pytest.mark.property
@given(
    st.lists(st.sampled_from(SENTENCES), min_size=1, max_size=2, unique=True),
    st.sampled_from(
        [("r_strategien", "R4"), ("handlungsfeld", "bau"), ("handlungsfeld", "elektro")]
    ),
)
@settings(
    max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_a_left_out_slot_counts_as_if_it_were_not_given(
    fit_index: FitIndex, sentences: list[str], slot: tuple[str, str]
) -> None:
    bare = {"beschreibung": " ".join(sentences)}
    given_slot = reading_of(measure_of({**bare, slot[0]: slot[1]}), fit_index)
    (declared,) = [use for use in given_slot.slots if use.via == "declared"]
    changed = left_out(given_slot, [Part("slot", declared.iri, 1)], kinds=KINDS)
    fresh = reading_of(measure_of(bare), fit_index)
    assert chances(changed) == pytest.approx(chances(fresh), abs=NEAR)


def test_readings_changed_together_are_those_changed_one_by_one(fit_index: FitIndex) -> None:
    texts = ("Repair-Café in der Stadtbücherei. Es hilft beim Reparieren.", " ".join(SENTENCES[:3]))
    omissions = [
        Omission(reading, (part,), frozenset(KINDS))
        for reading in [reading_of(measure_of({"beschreibung": text}), fit_index) for text in texts]
        for part in (
            *sentence_parts(reading),
            concept_part(reading.text.affirmed[:1], reading.text.text),
        )
    ]
    together = left_out_of_all(omissions)
    for item, changed in zip(omissions, together, strict=True):
        alone = left_out(item.reading, item.parts, kinds=item.kinds)
        assert chances(changed) == pytest.approx(chances(alone), abs=1e-5)


def test_only_the_rows_asked_for_are_decided_and_they_come_out_the_same(
    fit_index: FitIndex,
) -> None:
    text = "Die Biotonne wird abgeschafft. Ehrenamtliche reparieren Elektrogeräte."
    reading = reading_of(measure_of({"beschreibung": text}), fit_index)
    whole = directed(judge(reading), reading)
    for row in range(len(whole)):
        assert decided(reading, {row}).at(row) == whole.at(row)


def test_words_left_out_are_those_of_the_concept_alone(fit_index: FitIndex) -> None:
    reading = reading_of(measure_of({"titel": "Repair-Café in der Stadtbücherei"}), fit_index)
    mentions = [m for m in reading.text.affirmed if m.words[0] == "Repair-Café"]
    part = concept_part(mentions[:1], reading.text.text)
    assert [span.of(reading.text.text) for span in part.spans] == ["Repair-Café"]


def test_a_concept_that_carries_an_answer_is_named_with_both_probabilities(
    fit_index: FitIndex,
) -> None:
    report = check(measure_of({"titel": "Repair-Café in der Stadtbücherei"}), fit_index)
    verdict = next(v for v in report.of("supports") if v.aim.iri == sdg("12.5"))
    assert "»Repair-Café«" in verdict.counterfactual
    assert FIGURE.search(verdict.counterfactual)


def test_words_left_out_leave_the_meaning_and_the_sentence_says_so(fit_index: FitIndex) -> None:
    report = check(measure_of({"titel": "Repair-Café in der Stadtbücherei"}), fit_index)
    verdict = next(v for v in report.of("supports") if v.aim.iri == sdg("12.5"))
    assert "der Sinn des Satzes bleibt dabei gleich gerechnet" in verdict.counterfactual


@pytest.mark.parametrize("language", ["de", "en"])
def test_every_support_says_what_would_alter_it(fit_index: FitIndex, language: str) -> None:
    measure = measure_of({"titel": "Bauteilbörse", "beschreibung": " ".join(SENTENCES[:4])})
    report = check(measure, fit_index, language="en" if language == "en" else "de")
    supports = report.of("supports")
    assert supports
    assert all(verdict.counterfactual for verdict in supports)


def test_a_named_aim_can_be_what_carries_the_answer(fit_index: FitIndex) -> None:
    report = check(measure_of({"titel": "Chor im Park", "zielbezug": ["SDG 11.4"]}), fit_index)
    verdict = next(v for v in report.of("supports") if v.aim.iri == sdg("11.4"))
    assert verdict.counterfactual.startswith("Ohne den Zielbezug »SDG 11.4«")


def test_a_slot_that_lifts_a_near_aim_over_the_line_does_so(fit_index: FitIndex) -> None:
    measure = measure_of({"titel": "Kleidertausch im Quartier"})
    report = check(measure, fit_index)
    verdict = next(v for v in report.of("not-known") if "der Angabe »R" in v.counterfactual)
    code, told = FIGURE_OF_SLOT.findall(verdict.counterfactual)[0]
    again = check(measure.model_copy(update={"r_strategies": (code,)}), fit_index)
    after = next(v for v in again.of("supports") if v.aim.iri == verdict.aim.iri)
    assert f"{after.probability:.2f}" == told.replace(",", ".")


def test_nothing_is_encoded_for_it(fit_index: FitIndex, monkeypatch: pytest.MonkeyPatch) -> None:
    calls: list[int] = []
    encode = fit_index.sdg.cache.encoder.encode

    def counted(texts: list[str]) -> Vectors:
        calls.append(len(texts))
        return encode(texts)

    monkeypatch.setattr(fit_index.sdg.cache.encoder, "encode", counted)
    check(measure_of({"beschreibung": " ".join(SENTENCES[:3])}), fit_index)
    assert calls == [3]
