"""Say where something in a source is odd, what is wrong and what to do about it."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from enum import StrEnum

from kg.language import Language, Text


class Severity(StrEnum):
    """Tell what a finding means for the load.

    `DROPPED`: this part was left out. `VIOLATION`: the source breaks a rule, nothing is loaded.
    `WARNING`: loaded, but incomplete. `NOTE`: loaded, told for completeness (an unknown column
    kept).
    """

    VIOLATION = "violation"
    DROPPED = "dropped"
    WARNING = "warning"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Place:
    """Point into a source: file, sheet or table, row (1-based), column heading or letter, page."""

    file: str
    sheet: str | None = None
    row: int | None = None
    column: str | None = None
    page: int | None = None

    def at(self, *, row: int | None = None, column: str | None = None) -> Place:
        """Return the same place narrowed to a row and column."""
        return replace(self, row=row if row is not None else self.row, column=column or self.column)

    def in_words(self, language: Language) -> str:
        """Return the place for people.

        >>> Place("a.xlsx", sheet="Ziele", row=4, column="Nr.").in_words("de")
        'a.xlsx, Blatt »Ziele«, Zeile 4, Spalte »Nr.«'
        """
        german = language == "de"
        parts = [self.file]
        if self.sheet is not None:
            parts.append(f"Blatt »{self.sheet}«" if german else f"sheet “{self.sheet}”")
        if self.page is not None:
            parts.append(f"Seite {self.page}" if german else f"page {self.page}")
        if self.row is not None:
            parts.append(f"Zeile {self.row}" if german else f"row {self.row}")
        if self.column is not None:
            parts.append(f"Spalte »{self.column}«" if german else f"column “{self.column}”")
        return ", ".join(parts)


@dataclass(frozen=True, slots=True)
class Finding:
    """Tell one thing about a source: where, which value, why, what to do."""

    severity: Severity
    code: str
    place: Place
    reason: Text
    fix: Text
    value: str = ""

    def as_json(self, language: Language) -> dict[str, str | int | None]:
        """Return the finding as `load --json` prints it."""
        return {
            "severity": self.severity.value,
            "code": self.code,
            "file": self.place.file,
            "sheet": self.place.sheet,
            "row": self.place.row,
            "column": self.place.column,
            "page": self.place.page,
            "value": self.value,
            "reason": self.reason.in_language(language),
            "fix": self.fix.in_language(language),
        }


@dataclass(slots=True)
class Findings:
    """Collect findings in the order in which they were met."""

    items: list[Finding] = field(default_factory=list)

    def add(
        self,
        severity: Severity,
        code: str,
        place: Place,
        reason: Text,
        *,
        fix: Text,
        value: object = "",
    ) -> None:
        """Add one finding; the value is cut to 200 characters."""
        text = "" if value is None else str(value)
        shown = text if len(text) <= 200 else text[:199] + "…"
        self.items.append(Finding(severity, code, place, reason, fix, shown))

    def of(self, severity: Severity) -> list[Finding]:
        """Return the findings of one severity."""
        return [item for item in self.items if item.severity is severity]
