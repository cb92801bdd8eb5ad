"""Turn the way a query ended into the error that tells a person what to do."""

from __future__ import annotations

import re
from typing import Final

from kg.errors import (
    AnswerTooLarge,
    BadQuery,
    ForbiddenQuery,
    KreislaufstadtError,
    TooManyRows,
    WorkerDied,
)
from kg.language import Text
from kg.serving.frames import Outcome
from kg.serving.limits import ServingLimits

_PLACE: Final = re.compile(r"error at (\d+):(\d+): ")
# The parser lists everything it would have liked to see; a sentence among it is worth telling.
_SENTENCE: Final = re.compile(r"(?:^|, |or )((?:The|A|An) [A-Za-z][^,]*)")
_NEAR: Final = 24


class MalformedQuery(BadQuery):
    """Point at the line and column where a query stops making sense; both count from 1."""

    def __init__(self, query: str, complaint: str) -> None:
        place = _PLACE.match(complaint)
        super().__init__(complaint.splitlines()[0] if complaint else "")
        if place is None:
            return
        self.line, self.column = int(place[1]), int(place[2])
        rest = _rest_of_line(query, self.line, self.column)
        sentence = _SENTENCE.search(complaint[place.end() :])
        reason = f" ({sentence[1].strip()})" if sentence else ""
        german = f"bei »{rest}«" if rest else "am Ende"
        english = f"at “{rest}”" if rest else "at the end"
        self.text = Text(
            f"Die SPARQL-Anfrage ist fehlerhaft: Zeile {self.line}, Zeichen {self.column},"
            f" {german}{reason}.",
            f"The SPARQL query is malformed: line {self.line}, character {self.column},"
            f" {english}{reason}.",
        )

    line: int | None = None
    column: int | None = None


def _rest_of_line(query: str, line: int, column: int) -> str:
    lines = query.split("\n")
    if line > len(lines):
        return ""
    rest = lines[line - 1][column - 1 :].strip()
    return rest if len(rest) <= _NEAR else rest[: _NEAR - 1] + "…"


def failure_of(
    outcome: Outcome, *, query: str, complaint: str, limits: ServingLimits
) -> KreislaufstadtError:
    """Return the error that belongs to an outcome other than an answer."""
    match outcome:
        case Outcome.MALFORMED:
            return MalformedQuery(query, complaint)
        case Outcome.UNREACHABLE:
            return ForbiddenQuery(
                Text(
                    "Dieser Zugang fragt keine anderen Rechner und öffnet keine Dateien.",
                    "This door asks no other machine and opens no file.",
                )
            )
        case Outcome.TOO_LARGE:
            return AnswerTooLarge(limits.answer_bytes)
        case Outcome.TOO_MANY_ROWS:
            return TooManyRows(limits.answer_rows)
        case Outcome.OUT_OF_MEMORY:
            return WorkerDied(limits.query_memory_mib)
        case _:
            return BadQuery(complaint)
