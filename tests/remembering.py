"""Work out once a process what rests on shipped files, or on a text, alone.

Reference tables become quads and texts become vectors in dozens of modules, and both take seconds.
A test of whether they come out the same each time uses the fixture `afresh`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
import pytest
from pyoxigraph import Quad

from kg.matching.semantic import UniversalEncoder, Vectors
from ontology import reference

Tables = Callable[[str, str], list[Quad]]
Encode = Callable[[UniversalEncoder, Sequence[str]], Vectors]

TABLES: Tables = reference.table_quads
ENCODE: Encode = UniversalEncoder.encode
# So many at once are the texts of a dataset or a training set; fewer are what a test asks about.
MANY = 64


def remembering_tables(work_out: Tables) -> Tables:
    """Return a function that reads a table's text the first time only; an error is not kept."""
    known: dict[tuple[str, str], list[Quad]] = {}

    def table_quads(table: str, text: str) -> list[Quad]:
        if (table, text) not in known:
            known[table, text] = work_out(table, text)
        return list(known[table, text])

    return table_quads


def remembering_vectors(work_out: Encode) -> Encode:
    """Return a function that encodes each of many texts the first time only."""
    known: dict[str, Vectors] = {}

    def encode(encoder: UniversalEncoder, texts: Sequence[str]) -> Vectors:
        if len(texts) < MANY:
            return work_out(encoder, texts)
        fresh = [text for text in dict.fromkeys(texts) if text not in known]
        if fresh:
            known.update(zip(fresh, work_out(encoder, fresh), strict=True))
        return np.vstack([known[text] for text in texts])

    return encode


def remember(patch: pytest.MonkeyPatch) -> None:
    """Remember tables and vectors for as long as the patch holds."""
    patch.setattr(reference, "table_quads", remembering_tables(TABLES))
    patch.setattr(UniversalEncoder, "encode", remembering_vectors(ENCODE))


def forget(patch: pytest.MonkeyPatch) -> None:
    """Work everything out anew for as long as the patch holds."""
    patch.setattr(reference, "table_quads", TABLES)
    patch.setattr(UniversalEncoder, "encode", ENCODE)
