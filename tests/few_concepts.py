"""Ship a thesaurus of some hundred concepts: a build of it does all that a build of all does.

For tests of what is done with a dataset, not of what the words of the whole thesaurus find.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from ontology import reference
from ontology.tables import shipped_table

# Every so manieth concept stands in for the others; these are the ones that the texts are about.
STEP = 16
NAMED = ("repair-cafe", "reparatur", "leihladen", "mehrweg", "bauteilboerse", "abfallvermeidung")


def few_concepts() -> str:
    """Return some rows of the thesaurus with all concepts above them, tied to no other row."""
    rows = list(csv.DictReader(io.StringIO(shipped_table("thesaurus"), newline="")))
    above = {row["id"]: items(row["broader"]) for row in rows}
    waiting = [*NAMED, *(code for code in [*above][::STEP] if above[code])]
    kept: set[str] = set()
    while waiting:
        code = waiting.pop()
        if code not in kept:
            kept.add(code)
            waiting += above[code]
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, [*rows[0]])
    writer.writeheader()
    for row in rows:
        if row["id"] in kept:
            tied = ";".join(code for code in items(row["related"]) if code in kept)
            writer.writerow({**row, "related": tied})
    return out.getvalue()


def items(cell: str) -> list[str]:
    """Return the entries of a cell."""
    return [part.strip() for part in cell.split(";") if part.strip()]


@contextmanager
def shipping_few_concepts() -> Iterator[None]:
    """Have the few concepts in the place of the shipped thesaurus."""
    text = few_concepts()

    def table(name: str) -> str:
        return text if name == "thesaurus" else shipped_table(name)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(reference, "shipped_table", table)
        yield
