"""Read the comment lines that head every query file and say what it is for.

`# title@de: …` and `# title@en: …` are a pair; `# tags: …` stands once. What is asked for and
missing is an error, so that no file goes without its words in both languages.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Wording:
    """Hold one sentence of a head in German and English."""

    de: str
    en: str


@dataclass(frozen=True, slots=True)
class Head:
    """Hold what a head says: the pairs and the single entries, each by its name."""

    pairs: Mapping[str, Wording]
    entries: Mapping[str, str]

    def tags(self) -> tuple[str, ...]:
        """Return the tags in their order."""
        return tuple(tag.strip() for tag in self.entries["tags"].split(","))


_PAIR = re.compile(r"^#\s*([a-z-]+)@(de|en):\s*(.+)$", re.MULTILINE)
_ENTRY = re.compile(r"^#\s*([a-z-]+):\s*(.+)$", re.MULTILINE)


def read_head(name: str, text: str, *, pairs: Iterable[str], entries: Iterable[str]) -> Head:
    """Return the head of a query file; the file's name is only used in the error.

    Raises:
        ValueError: a wanted pair or entry is missing.
    """
    words = {(kind, language): value.strip() for kind, language, value in _PAIR.findall(text)}
    singles = {kind: value.strip() for kind, value in _ENTRY.findall(text)}
    kinds, wanted = tuple(pairs), tuple(entries)
    missing = [
        f"{kind}@{lang}" for kind in kinds for lang in ("de", "en") if (kind, lang) not in words
    ]
    missing += [entry for entry in wanted if entry not in singles]
    if missing:
        raise ValueError(f"{name}.rq lacks {', '.join(missing)} in its head.")
    return Head(
        {kind: Wording(words[kind, "de"], words[kind, "en"]) for kind in kinds},
        {entry: singles[entry] for entry in wanted},
    )
