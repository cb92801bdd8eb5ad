"""Check a measure against everything the dataset knows: one call, one report."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import Final

from kg.fit.aims import AimKind
from kg.fit.conflicts import conflict_verdicts
from kg.fit.counterfactual import Case, counterfactuals
from kg.fit.directed import Decision, directed
from kg.fit.direction_evidence import direction_evidence, other_wording
from kg.fit.duplicates import duplicates
from kg.fit.evidence import aim_ref, evidence
from kg.fit.gaps import gaps
from kg.fit.index import FitIndex
from kg.fit.judge import Judgement, judge
from kg.fit.measure import MeasureInput
from kg.fit.reading import Reading, read, read_all
from kg.fit.report import Answer, FitReport, Verdict
from kg.fit.sentence import NAME_LENGTH, verdict_sentence
from kg.fit.shares import Shares
from kg.fit.voices import alone
from kg.language import Language, Text
from kg.matching.reasons import Named
from kg.matching.sdg import sdg_code, sdg_order

NEAREST: Final = 5
# So many measures are read together.
TOGETHER: Final = 128
KINDS: Final[tuple[AimKind, ...]] = ("concept-goal", "sdg-target", "sdg-goal", "framework-aim")
ANSWERS: Final[tuple[Answer, ...]] = ("supports", "conflicts", "neutral", "not-known")


def check(
    measure: MeasureInput,
    index: FitIndex,
    *,
    language: Language = "de",
    city: str | None = None,
    all_aims: bool = False,
) -> FitReport:
    """Return what a measure serves, may hinder, resembles and lacks; same input, same report.

    Without a city, the only one in the dataset is meant; with several, concept goals are left out.
    All supports, conflicts and neutral answers are listed, of the others the five nearest of each
    kind, or every one with `all_aims`.
    """
    reading = read(measure, index, language=language, city=city)
    return next(_reports([reading], all_aims=all_aims))


def check_all(
    measures: Iterable[MeasureInput],
    index: FitIndex,
    *,
    language: Language = "de",
    city: str | None = None,
    all_aims: bool = False,
) -> Iterator[FitReport]:
    """Give the report of each measure in order, the same that `check` returns, but quicker.

    Some dozens are read together, since encoding sentences and comparing texts with aims is
    cheaper in one go.
    """
    waiting = iter(measures)
    while some := list(islice(waiting, TOGETHER)):
        yield from _reports(read_all(some, index, language=language, city=city), all_aims=all_aims)


def _reports(readings: Sequence[Reading], *, all_aims: bool) -> Iterator[FitReport]:
    decisions = [directed(judge(reading), reading) for reading in readings]
    cases = [
        Case(reading, decided, _shown(decided, all_aims=all_aims), Named(reading.text))
        for reading, decided in zip(readings, decisions, strict=True)
    ]
    for case, changes in zip(cases, counterfactuals(cases), strict=True):
        yield _report(case, changes)


def _report(case: Case, changes: Mapping[str, str]) -> FitReport:
    reading, decided = case.reading, case.decision
    measure, index, language = reading.measure, reading.index, reading.language
    answered = decided.answered()
    verdicts = _verdicts(case, changes)
    verdicts += conflict_verdicts(reading, answered)
    verdicts.sort(key=_order)
    silent = len(decided) - len(answered)
    return FitReport(
        measure.as_json(),
        reading.text.text,
        reading.city,
        index.generation,
        language,
        tuple(verdicts),
        duplicates(reading),
        gaps(reading, decided),
        _summary(reading, verdicts, silent).in_language(language),
        silent,
        index.calibration.version,
    )


def _shown(decided: Decision, *, all_aims: bool) -> list[Judgement]:
    most = len(decided) if all_aims else NEAREST
    nearest = (item for kind in KINDS for item in decided.nearest(kind, most))
    return [*decided.answered(), *nearest]


def _verdicts(case: Case, changes: Mapping[str, str]) -> list[Verdict]:
    reading, decided, shown, named = case
    shares = Shares(reading, decided.judged)
    shares.work_out(shown)
    near = reading.index.wordings.nearest(
        reading.text.vectors, [item.aim.iri for item in shown], reading.language
    )
    found: list[Verdict] = []
    for item in shown:
        iri, change = item.aim.iri, changes.get(item.aim.iri, "")
        grounds = evidence(item, reading, near.get(iri), named)
        if item.direction is not None:
            grounds = direction_evidence(item, item.direction, reading, grounds)
            if item.answer != "supports":
                change = other_wording(item.direction, reading)
        conflicts = item.answer == "conflicts"
        found.append(
            Verdict(
                aim_ref(item.aim, reading),
                item.answer,
                direct=item.direct,
                strength=item.strength,
                probability=item.probability,
                evidence=grounds,
                counterfactual=change,
                shares=alone("rule", reading.language) if conflicts else shares.of(item),
            )
        )
    return found


def _order(verdict: Verdict) -> tuple[int, int, float, tuple[int, int, str], str, str]:
    code = sdg_code(verdict.aim.iri)
    return (
        ANSWERS.index(verdict.verdict),
        KINDS.index(verdict.aim.kind),
        -round(verdict.probability, 4),
        sdg_order(code) if code else (99, 0, ""),
        verdict.aim.iri,
        verdict.evidence[0].row,
    )


def _summary(reading: Reading, verdicts: Sequence[Verdict], silent: int) -> Text:
    name = reading.measure.title or reading.text.text[:NAME_LENGTH]
    served = [verdict for verdict in verdicts if verdict.verdict == "supports"]
    by_kind = {kind: [item for item in served if item.aim.kind == kind] for kind in KINDS}
    conflicts = sum(verdict.verdict == "conflicts" for verdict in verdicts)
    first = verdict_sentence(name, verdicts)
    goals, targets, sdgs, frames = (len(by_kind[kind]) for kind in KINDS)
    counts = Text(
        f"Unterstützt werden Ziele von Konzepten: {goals}, SDG-Unterziele: {targets}, SDG: {sdgs},"
        f" Rahmenziele: {frames}. Mögliche Zielkonflikte: {conflicts}. Nicht bekannt: {silent}.",
        f"Supported are goals of concepts: {goals}, SDG targets: {targets}, SDGs: {sdgs},"
        f" framework aims: {frames}. Possible conflicts: {conflicts}. Not known: {silent}.",
    )
    if not reading.city:
        counts = Text(
            counts.de + " Ohne Angabe der Kommune wurden keine Konzeptziele geprüft.",
            counts.en + " Without a municipality no concept goals were checked.",
        )
    return Text(f"{first.de} {counts.de}", f"{first.en} {counts.en}")
