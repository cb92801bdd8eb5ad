"""Write a report as CSV: one line a verdict, safe to open in a spreadsheet."""

from __future__ import annotations

import csv
import io

from kg.fit.report import FitReport, Verdict
from kg.fit.voices import in_words
from kg.language import Language
from kg.spreadsheets import harmless

COLUMNS = (
    "verdict",
    "kind",
    "code",
    "label",
    "concept",
    "resolution",
    "direct",
    "strength",
    "probability",
    "evidence_kind",
    "evidence",
    "quote",
    "aim_quote",
    "page",
    "source",
    "row",
    "status",
    "counterfactual",
    "aim",
    "shares",
    "aim_sentence",
    "aim_place",
)


def as_csv(report: FitReport) -> str:
    """Return the verdicts as comma-separated lines with a heading.

    Texts that a spreadsheet would read as a formula get an apostrophe in front; numbers stay.
    """
    written = io.StringIO()
    writer = csv.writer(written, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for verdict in report.verdicts:
        writer.writerow(_row(verdict, report.language))
    return written.getvalue()


def _row(verdict: Verdict, language: Language) -> list[str]:
    aim, first = verdict.aim, verdict.evidence[0]
    texts = [verdict.verdict, aim.kind, aim.code, aim.label, aim.concept, aim.resolution]
    numbers = ["1" if verdict.direct else "0", str(verdict.strength), f"{verdict.probability:.3f}"]
    page = "" if first.page is None else str(first.page)
    rest = [first.kind, first.text, first.quote, first.aim_quote, page, first.source, first.row]
    rest += [first.status, verdict.counterfactual, aim.iri]
    near = next((item for item in verdict.evidence if item.kind == "quote"), None)
    rest.append(in_words(verdict.shares, language))
    rest += [near.aim_quote, near.aim_place] if near is not None else ["", ""]
    return [*map(harmless, texts), *numbers, *map(harmless, rest)]
