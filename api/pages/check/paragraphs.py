"""Read the paragraphs of a text as measures, one each."""

from __future__ import annotations

import re
from typing import Final

from api.pages.check.fields import writable
from kg.errors import BadMeasure, UnreadableFile
from kg.findings import Findings, Place, Severity
from kg.fit.measure import MeasureInput, read_measure
from kg.language import Text
from loaders.measure_inputs import ListedMeasure

_BLANK_LINES: Final = re.compile(r"\n[ \t]*\n")
_BULLET: Final = re.compile(r"^\s*(?:[-–•*‣▪]|\(?\d{1,3}[.)])\s+")


def measures_of_paragraphs(
    text: str, name: str, findings: Findings, *, most: int
) -> list[ListedMeasure]:
    """Return one entry a paragraph; a text without blank lines has one a line.

    Raises:
        BadMeasure: There is no paragraph.
        UnreadableFile: There are more than `most`.
    """
    paragraphs = split_paragraphs(text)
    if not paragraphs:
        read_measure("")
    if len(paragraphs) > most:
        raise UnreadableFile(
            name,
            Text(
                f"hat {len(paragraphs)} Absätze, erlaubt sind {most}. Bitte den Text teilen.",
                f"has {len(paragraphs)} paragraphs, {most} are allowed. Please split the text.",
            ),
        )
    return [
        _entry(paragraph, Place(name, row=number), findings)
        for number, paragraph in enumerate(paragraphs, start=1)
    ]


def split_paragraphs(text: str) -> list[str]:
    r"""Return the paragraphs of a text without their bullets or numbers.

    >>> split_paragraphs("1. Bauteilbörse\n2. Repair-Café")
    ['Bauteilbörse', 'Repair-Café']
    >>> split_paragraphs("Bauteilbörse\nTüren.\n\nRepair-Café")
    ['Bauteilbörse\nTüren.', 'Repair-Café']
    """
    clean = text.replace("\r\n", "\n").strip()
    parts = _BLANK_LINES.split(clean) if _BLANK_LINES.search(clean) else clean.splitlines()
    bare = (_BULLET.sub("", writable(part)) for part in parts)
    return [part for part in bare if part]


def _entry(paragraph: str, place: Place, findings: Findings) -> ListedMeasure:
    measure: MeasureInput | None = None
    try:
        measure = read_measure(paragraph)
    except BadMeasure as error:
        findings.add(
            Severity.DROPPED,
            "not-checked",
            place,
            error.text,
            fix=Text(
                "Den Absatz berichtigen und noch einmal senden.",
                "Correct the paragraph and send it again.",
            ),
            value=paragraph,
        )
    title = measure.title if measure is not None else ""
    return ListedMeasure(place, "", title or paragraph[:60], measure)
