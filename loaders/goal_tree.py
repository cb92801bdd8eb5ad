"""Check a tree of goals: numbers, levels, parents that exist, no circles."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from kg.findings import Findings
from loaders.records import Record
from loaders.remarks import remark
from loaders.text import one_line

Level = Literal["vision", "field", "goal"]
_LEVELS: Mapping[Level, tuple[str, ...]] = {
    "vision": ("leitbild", "vision", "zukunftsbild", "guiding vision"),
    "field": (
        "handlungsfeld",
        "themenfeld",
        "handlungsbereich",
        "themenbereich",
        "field of action",
    ),
    "goal": (
        "ziel",
        "leitlinie",
        "leitziel",
        "oberziel",
        "hauptziel",
        "teilziel",
        "unterziel",
        "strategisches ziel",
        "operatives ziel",
        "handlungsziel",
        "entwicklungsziel",
        "qualitätsziel",
        "handlungsprinzip",
        "guideline",
        "goal",
        "strategic goal",
        "operative goal",
        "target",
    ),
}
_BY_WORD: dict[str, Level] = {word: level for level, words in _LEVELS.items() for word in words}


@dataclass(frozen=True, slots=True)
class GoalEntry:
    """Hold one goal: the key of its IRI, its level and the key of its parent."""

    key: str
    record: Record
    level: Level
    parent: str | None


def goal_entries(keyed: Sequence[tuple[str, Record]], findings: Findings) -> list[GoalEntry]:
    """Return the goals with their parents; a circle is a violation."""
    by_number = {one_line(record.text("code")): key for key, record in keyed if record.text("code")}
    by_title = {one_line(record.text("title")): key for key, record in keyed}
    entries = []
    for key, record in keyed:
        name = one_line(record.text("parent"))
        parent = by_number.get(name, by_title.get(name)) if name else None
        if name and parent is None:
            remark(findings, "unknown-parent", record.place_of("parent"), name, value=name)
        entries.append(GoalEntry(key, record, _level(record, findings), parent))
    _report_circles(entries, findings)
    return entries


def _level(record: Record, findings: Findings) -> Level:
    text = one_line(record.text("level"))
    if not text:
        return "goal"
    level = _BY_WORD.get(text.lower())
    if level is None:
        remark(findings, "unknown-level", record.place_of("level"), text, value=text)
        return "goal"
    return level


def _report_circles(entries: Sequence[GoalEntry], findings: Findings) -> None:
    by_key = {entry.key: entry for entry in entries}
    settled: set[str] = set()
    for entry in entries:
        path: list[str] = []
        key: str | None = entry.key
        while key is not None and key not in settled and key not in path:
            path.append(key)
            key = by_key[key].parent
        if key is not None and key in path:
            circle = [*path[path.index(key) :], key]
            names = " → ".join(by_key[each].record.text("code") or each for each in circle)
            place = by_key[key].record.place_of("parent")
            remark(findings, "goal-cycle", place, names, path=names)
        settled.update(path)
