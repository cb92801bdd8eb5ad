"""Name what can be wrong with a reference table."""

from __future__ import annotations

from typing import Literal

ReferenceTableCode = Literal[
    "bad-date",
    "bad-header",
    "bad-match",
    "bad-number",
    "bad-row",
    "bad-url",
    "broader-cycle",
    "duplicate-id",
    "empty-cell",
    "label-differs",
    "label-not-meant",
    "label-on-two-concepts",
    "missing-column",
    "missing-source",
    "orphan-concept",
    "shared-label-without-reason",
    "unknown-code",
    "unknown-column",
    "unknown-r-strategy",
    "unknown-sdg",
    "unknown-table",
]


class ReferenceTableError(Exception):
    """Say which cell of which reference table is wrong and what to do about it.

    Attributes:
        code: Stable name of the mistake.
        table: Name of the table, without the file's ending.
        row: Row as a spreadsheet counts it (the heading is row 1); 0 for the whole table.
        column: Name of the column, empty if the row or table is meant.
        value: The value found.
        reason: What is wrong.
        fix: What to do.
    """

    def __init__(
        self,
        code: ReferenceTableCode,
        reason: str,
        fix: str,
        *,
        table: str,
        row: int = 0,
        column: str = "",
        value: str = "",
    ) -> None:
        """Keep every part, so that a caller can show them apart."""
        super().__init__(code, table, row, column, value)
        self.code: ReferenceTableCode = code
        self.table = table
        self.row = row
        self.column = column
        self.value = value
        self.reason = reason
        self.fix = fix

    def __str__(self) -> str:
        """Return one line: place, reason, value and fix."""
        place = f"table '{self.table}'"
        if self.row:
            place += f", row {self.row}"
        if self.column:
            place += f", column '{self.column}'"
        found = f" (found: '{self.value}')" if self.value else ""
        return f"{place}: {self.reason}{found}. {self.fix}"


ReasonerCode = Literal["compiler-missing", "java-missing", "reasoner-failed"]


class ReasonerError(Exception):
    """Say that a Java tool, the OWL reasoner or the profile check, could not give an answer.

    Attributes:
        code: What is missing, or that the tool failed.
        detail: What the tool said, shortened to its first telling line.
    """

    def __init__(self, code: ReasonerCode, detail: str = "") -> None:
        """Keep code and detail."""
        super().__init__(code, detail)
        self.code: ReasonerCode = code
        self.detail = detail

    def __str__(self) -> str:
        """Return one line with what to do."""
        match self.code:
            case "java-missing":
                return (
                    "No Java was found. Install a Java runtime (17 or later) to use the reasoner."
                )
            case "compiler-missing":
                return (
                    "The Java on this machine has no compiler. Install a Java development kit"
                    " (17 or later) to check the profiles."
                )
            case "reasoner-failed":
                return (
                    f"The reasoner stopped without an answer: {self.detail or 'no reason given'}."
                )
