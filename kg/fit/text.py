"""Write a report as plain text for people, German or English as the report is."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from kg.fit.aims import AimKind
from kg.fit.numbers import percent
from kg.fit.report import DuplicateRelation, Evidence, FitReport, Verdict
from kg.fit.voices import in_words
from kg.language import Text

_HEADINGS: dict[AimKind, Text] = {
    "concept-goal": Text("Ziele der Konzepte", "Goals of the concepts"),
    "sdg-target": Text("SDG-Unterziele", "SDG targets"),
    "sdg-goal": Text("SDGs", "SDGs"),
    "framework-aim": Text("Rahmenziele (EU, Bund)", "Framework aims (EU, federal)"),
}
_LISTS: dict[DuplicateRelation, Text] = {
    "same": Text(
        "Vermutlich dieselbe Maßnahme (Prüfliste)", "Probably the same measure (to compare)"
    ),
    "elsewhere": Text("Gleiche Art anderswo (Prüfliste)", "Same kind elsewhere (to compare)"),
}
_EVIDENCE_SHOWN = 3


def as_text(report: FitReport) -> str:
    """Return the report in words, the summary first, ending with a line break."""
    german = report.language == "de"
    lines = [report.summary]
    for kind, heading in _HEADINGS.items():
        served = report.of("supports", kind)
        if served:
            lines += ["", heading.in_language(report.language)]
            lines += _lines(served, report)
    conflicts = report.of("conflicts")
    if conflicts:
        title = Text("Mögliche Zielkonflikte (bitte prüfen)", "Possible conflicts (please check)")
        lines += ["", title.in_language(report.language)]
        for verdict in conflicts:
            lines.append(f"  {_name(verdict)}  ({verdict.strength:+d})")
            lines += _evidence(verdict.evidence, report)
            if verdict.counterfactual:
                lines.append(f"      {verdict.counterfactual}")
    neutral = report.of("neutral")
    if neutral:
        title = Text(
            "Neutral (ohne Bezug oder Richtung unklar)", "Neutral (no relation or unclear)"
        )
        lines += ["", title.in_language(report.language)]
        for verdict in neutral:
            lines.append(f"  {_name(verdict)}")
            lines += _evidence(verdict.evidence[:1], report)
    lines += _duplicates(report)
    if report.missing:
        lines += ["", "Was noch fehlt" if german else "What is missing"]
        for gap in report.missing:
            lines.append(f"  {gap.text}")
            lines += [f"      → {item.label}: {item.reason}" for item in gap.suggestions]
    return "\n".join(lines) + "\n"


def _duplicates(report: FitReport) -> Iterable[str]:
    for relation, heading in _LISTS.items():
        entries = [entry for entry in report.duplicates if entry.relation == relation]
        if entries:
            yield from ("", heading.in_language(report.language))
        for entry in entries:
            number = f"{entry.number} " if entry.number else ""
            chance = percent(entry.probability, report.language)
            yield f"  {number}{entry.label} ({chance})"
            yield f"      {entry.note}"
            yield from (f"      = {reason}" for reason in entry.agrees)
            yield from (f"      ≠ {reason}" for reason in entry.clashes)


def _lines(verdicts: Sequence[Verdict], report: FitReport) -> Iterable[str]:
    for verdict in verdicts:
        how = Text("unmittelbar", "direct") if verdict.direct else Text("mittelbar", "indirect")
        chance = percent(verdict.probability, report.language)
        yield f"  {_name(verdict)}  {chance} ({how.in_language(report.language)})"
        yield from _evidence(verdict.evidence, report)
        if verdict.shares:
            name = Text("Anteile", "Shares").in_language(report.language)
            yield f"      {name}: {in_words(verdict.shares, report.language)}"
        if verdict.counterfactual:
            yield f"      {verdict.counterfactual}"


def _evidence(evidence: Sequence[Evidence], report: FitReport) -> Iterable[str]:
    german = report.language == "de"
    shown = [item for item in evidence if item.kind != "rule" or item.row] or list(evidence)
    for item in shown[:_EVIDENCE_SHOWN]:
        quotes = ""
        if item.kind == "quote":
            left, right = ("»", "«") if german else ("“", "”")
            quotes = f" {left}{item.quote}{right} ~ {left}{item.aim_quote}{right}"
        page = (
            (f", S. {item.page}" if german else f", p. {item.page}")
            if item.page and not item.aim_place
            else ""
        )
        source = f" [{item.source}{page}]" if item.source else ""
        place = f" ({item.aim_place})" if item.aim_place else ""
        yield f"      {item.text}{quotes}{place}{source}"


def _name(verdict: Verdict) -> str:
    aim = verdict.aim
    name = f"{aim.code} {aim.label}".strip()
    details = ", ".join(part for part in (aim.concept, aim.resolution) if part)
    return f"{name} [{details}]" if details else name
