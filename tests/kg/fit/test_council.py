"""The text for a council paper says what the report says, and no more."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kg.fit.council import MOST_NAMED, CouncilText, council_text
from kg.fit.report import AimRef, Duplicate, Evidence, FitReport, Missing, Suggestion, Verdict
from kg.fit.report import Answer as VerdictAnswer

SOURCE = "https://example.org/klima.pdf"


def verdict(
    label: str = "Weniger Bauabfall",
    *,
    kind: str = "concept-goal",
    answer: VerdictAnswer = "supports",
    probability: float = 0.93,
    status: str = "",
) -> Verdict:
    aim = AimRef(
        f"urn:{label}",
        "Z 1",
        label,
        kind,
        "Klimakonzept",
        "",
        "V/1/2024",
        SOURCE,  # type: ignore[arg-type]  # from a table
    )
    grounds = (
        Evidence("quote", "Im Sinn nahe (Ähnlichkeit 0,45)."),
        Evidence(
            "declared" if status else "concept",
            "Die Maßnahme nennt »Türen«.",
            source=SOURCE,
            page=12,
            status=status,
        ),
    )
    return Verdict(
        aim, answer, direct=True, strength=2, probability=probability, evidence=grounds,
        counterfactual="",
    )  # fmt: skip


NOTHING = FitReport(
    measure={"title": "Bauteilbörse"},
    text="Bauteilbörse",
    city="05515000",
    generation="g1",
    language="de",
    verdicts=(),
    duplicates=(),
    missing=(),
    summary="",
    not_known_count=7,
    calibration="",
)


def written(*verdicts: Verdict, language: str = "de", **more: object) -> CouncilText:
    report = replace(NOTHING, verdicts=verdicts, language=language, **more)  # type: ignore[arg-type]  # from a table
    return council_text(report, "Musterstadt")


def part(text: CouncilText, heading: str) -> str:
    found = next(item for item in text.paragraphs if item.heading == heading)
    return "\n".join((found.text, *found.points))


def test_the_same_report_gives_the_same_text() -> None:
    assert written(verdict()).as_plain() == written(verdict()).as_plain()


def test_the_text_is_marked_as_a_draft_to_be_checked() -> None:
    note = written(verdict()).note
    assert note.startswith("Entwurf")
    assert "fachlich zu prüfen" in note
    assert "Musterstadt" in note


@pytest.mark.parametrize(
    ("probability", "words"),
    [
        (0.95, "sehr wahrscheinlich"),
        (0.8, "wahrscheinlich"),
        (0.6, "eher wahrscheinlich"),
        (0.4, "möglicherweise"),
    ],
)
def test_a_probability_is_said_in_words_and_never_as_a_number(
    probability: float, words: str
) -> None:
    text = written(verdict(probability=probability))
    line = part(text, "Bezug zu kommunalen Konzepten")
    assert line.endswith(f"(Klimakonzept, Beschluss V/1/2024): {words}, Vorschlag")
    assert "%" not in text.as_plain()
    assert str(probability).replace(".", ",") not in text.as_plain()


@pytest.mark.parametrize(
    ("status", "state"),
    [("", "Vorschlag"), ("proposed", "Vorschlag"), ("rejected", "Vorschlag"),
     ("declared", "belegt"), ("confirmed", "belegt")],
)  # fmt: skip
def test_only_what_stands_reviewed_is_called_documented(status: str, state: str) -> None:
    text = written(verdict(status=status))
    assert part(text, "Bezug zu kommunalen Konzepten").endswith(f", {state}")
    counted = f"bestätigt: {int(state == 'belegt')}."
    assert counted in part(text, "Stand der Prüfung")


def test_a_report_without_a_support_says_plainly_that_nothing_fits() -> None:
    text = written()
    assert "lässt sich kein Bezug zu einem Ziel belegen: nicht bekannt" in text.answer
    assert "nicht belegen" in part(text, "Bezug zu kommunalen Konzepten")
    assert "nicht belegen" in part(text, "Bezug zu Nachhaltigkeitszielen (SDG)")
    assert not text.sources


def test_an_aim_below_the_line_is_not_named() -> None:
    text = written(verdict("Mehr Grün", answer="not-known", probability=0.59))
    assert "Mehr Grün" not in text.as_plain()


def test_without_a_municipality_it_says_that_no_concept_was_checked() -> None:
    text = written(city="")
    assert "Ohne Angabe der Kommune" in part(text, "Bezug zu kommunalen Konzepten")


def test_no_conflict_found_is_not_no_conflict() -> None:
    assert "das schließt keinen aus" in part(written(), "Mögliche Zielkonflikte")


def test_a_conflict_is_a_hint_to_be_reviewed_with_its_reason() -> None:
    found = part(written(verdict(answer="conflicts")), "Mögliche Zielkonflikte")
    assert "fachlich zu prüfen" in found
    assert found.endswith("Die Maßnahme nennt »Türen«.")


def test_reasons_prefer_a_ground_that_can_be_checked_to_nearness_in_meaning() -> None:
    assert part(written(verdict()), "Begründung") == (
        "\n»Z 1 Weniger Bauabfall«: Die Maßnahme nennt »Türen«."
    )


def test_many_aims_are_counted_and_not_listed() -> None:
    many = [verdict(f"Ziel {number}") for number in range(MOST_NAMED + 2)]
    found = part(written(*many), "Bezug zu kommunalen Konzepten")
    assert found.endswith("weitere Ziele: 2")
    assert f"Ziel {MOST_NAMED}" not in found


@pytest.mark.parametrize(
    ("given", "words"),
    [
        (["R8"], "(R0 bis R7)"),
        (["R8", "R3"], "(R0 bis R2)"),
        (["R1 Überdenken"], "(R0)"),
    ],
)
def test_a_higher_rung_is_named_as_not_checked(given: list[str], words: str) -> None:
    found = part(written(measure={"title": "x", "r_strategies": given}), "Betrachtete Alternativen")
    assert words in found
    assert "wurde nicht geprüft" in found


def test_above_the_highest_rung_there_is_none() -> None:
    found = part(
        written(measure={"title": "x", "r_strategies": ["R0"]}), "Betrachtete Alternativen"
    )
    assert "R-Leiter" not in found


def test_a_missing_rung_is_named_with_what_the_text_suggests() -> None:
    gap = Missing("r_strategies", "Es fehlt die R-Strategie.", (Suggestion("R3 Reuse", "", ""),))
    text = written(missing=(gap,))
    assert "Der Text legt nahe: R3 Reuse." in part(text, "Betrachtete Alternativen")
    assert part(text, "Noch zu ergänzen") == "Es fehlt die R-Strategie."


def test_similar_measures_are_alternatives() -> None:
    known = Duplicate("urn:m", "Bauteilbörse", "M 1", 0.9, (), (), "", "")
    found = part(written(duplicates=(known,)), "Betrachtete Alternativen")
    assert "Vielleicht dieselbe Maßnahme: »M 1 Bauteilbörse«." in found


def test_each_source_is_named_once_with_its_page() -> None:
    text = written(verdict(), verdict("Anderes Ziel"))
    assert text.sources == (f"Klimakonzept, Beschluss V/1/2024: {SOURCE}", f"{SOURCE}, Seite 12")


def test_the_english_text_has_no_german_sentence_of_ours() -> None:
    plain = written(verdict(), language="en").as_plain()
    assert "very likely, proposal" in plain
    assert not {"Entwurf", "Bezug", "Quellen", "Stand"} & set(plain.split())
