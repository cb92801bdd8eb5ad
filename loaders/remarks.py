"""List every finding a loader can make: how grave it is, what it says, what to do."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from kg.findings import Findings, Place, Severity
from kg.language import Text
from loaders.remark_hints import NOTES, WARNINGS
from loaders.remark_texts import DROPPED, VIOLATIONS, Wording


@dataclass(frozen=True, slots=True)
class Remark:
    """Hold one kind of finding; the texts have named gaps."""

    severity: Severity
    reason: Text
    fix: Text


def _remarks(severity: Severity, wordings: Mapping[str, Wording]) -> dict[str, Remark]:
    return {
        code: Remark(severity, Text(reason_de, reason_en), Text(fix_de, fix_en))
        for code, (reason_de, reason_en, fix_de, fix_en) in wordings.items()
    }


REMARKS: Mapping[str, Remark] = {
    **_remarks(Severity.VIOLATION, VIOLATIONS),
    **_remarks(Severity.DROPPED, DROPPED),
    **_remarks(Severity.WARNING, WARNINGS),
    **_remarks(Severity.NOTE, NOTES),
}


def remark(
    findings: Findings, code: str, place: Place, value: object = "", /, **gaps: str | int
) -> None:
    """Add the finding of this code, its gaps filled."""
    kind = REMARKS[code]
    findings.add(
        kind.severity,
        code,
        place,
        Text(kind.reason.de.format(**gaps), kind.reason.en.format(**gaps)),
        fix=Text(kind.fix.de.format(**gaps), kind.fix.en.format(**gaps)),
        value=value,
    )
