"""Put the ontology's counts and what the quality checks found into words and numbers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Final

from api.wording import texts_in
from kg.language import Language
from ontology.quality import QualityFinding, QualitySeverity
from ontology.term_counts import TermCounts

SHOWN_ERRORS: Final = 5


def ontology_rows(counts: TermCounts, language: Language) -> list[tuple[str, str]]:
    """Return version and counts, each with its name in the language."""
    words = texts_in(language)["doctor"]
    values = {
        "version": counts.version,
        "classes": counts.classes,
        "object_properties": counts.object_properties,
        "data_properties": counts.data_properties,
        "annotation_properties": counts.annotation_properties,
        "schemes": len(counts.concepts),
        "concepts": sum(counts.concepts.values()),
        "thesaurus_concepts": counts.thesaurus_concepts,
    }
    return [(words[name], str(value)) for name, value in values.items()]


def quality_rows(findings: Sequence[QualityFinding], language: Language) -> list[tuple[str, str]]:
    """Return how many findings there are of each severity, and some errors in words."""
    words = texts_in(language)["doctor"]
    numbers = Counter(finding.check.severity for finding in findings)
    rows = [(words[severity], str(numbers[severity])) for severity in QualitySeverity]
    for finding in _first_errors(findings):
        title, remedy = _told(finding, language)
        rows.append((words["first"], f"{title} → {remedy}"))
    return rows


def quality_facts(findings: Sequence[QualityFinding], language: Language) -> dict[str, object]:
    """Return the same for programs."""
    numbers = Counter(finding.check.severity for finding in findings)
    errors = []
    for finding in _first_errors(findings):
        title, remedy = _told(finding, language)
        errors.append(
            {
                "check": finding.check.name,
                "term": finding.term,
                "detail": finding.detail,
                "title": title,
                "remedy": remedy,
            }
        )
    return {
        "errors": numbers[QualitySeverity.ERROR],
        "warnings": numbers[QualitySeverity.WARNING],
        "notes": numbers[QualitySeverity.NOTE],
        "first_errors": errors,
    }


def _first_errors(findings: Sequence[QualityFinding]) -> list[QualityFinding]:
    """Return the first error of each check, since one fault mostly shows at many terms."""
    firsts: dict[str, QualityFinding] = {}
    for finding in findings:
        if finding.check.severity is QualitySeverity.ERROR:
            firsts.setdefault(finding.check.name, finding)
    return list(firsts.values())[:SHOWN_ERRORS]


def _told(finding: QualityFinding, language: Language) -> tuple[str, str]:
    if language == "de":
        return finding.title_de, finding.check.remedy_de
    return finding.title_en, finding.check.remedy_en
