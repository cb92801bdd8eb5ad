"""Give loaders a context, small files made on the spot, and real files where they are at hand."""

from __future__ import annotations

import io
import os
from collections.abc import Callable, Sequence
from pathlib import Path

import openpyxl
import pytest

from kg.embedded import EmbeddedStore
from kg.identifiers import Ags
from loaders.context import LoadContext
from loaders.lookups import lookups
from ontology.reference import all_reference_quads

Cells = Sequence[Sequence[object]]


def sdg_codes() -> frozenset[str]:
    goals = {str(goal) for goal in range(1, 18)}
    return frozenset(goals | {"12.2", "12.3", "12.5", "12.7", "9.4", "11.6", "13.2", "12.a"})


@pytest.fixture
def context() -> LoadContext:
    """Return the context of a city of our own, with a few goals, codes and instruments."""
    city = "https://w3id.org/kreislaufstadt/id/01001000"
    return LoadContext(
        ags=Ags("01001000"),
        city_name="Beispielstadt",
        file_bytes=8_000_000,
        unpacked_bytes=64_000_000,
        goal_by_number={"2.1": f"{city}/goal/konzept/2.1", "HF 1": f"{city}/field/konzept/hf-1"},
        element_by_number={
            "2.1": f"{city}/goal/konzept/2.1",
            "IND-1": f"{city}/indicator/zahlen/ind-1",
            "LB": f"{city}/component/konzept/lb",
        },
        sdg_codes=sdg_codes(),
        sdg_indicator_codes={"12.5.1": "http://metadata.un.org/sdg/C120501"},
        instruments={"foe-bonus": "https://w3id.org/kreislaufstadt/scheme/instrument/foe-bonus"},
    )


@pytest.fixture(scope="session")
def full_context() -> LoadContext:
    """Return a context with the codes of the shipped reference tables."""
    store = EmbeddedStore.in_memory(all_reference_quads())
    names = lookups(store, None)
    return LoadContext(
        ags=Ags(""),
        city_name="",
        file_bytes=8_000_000,
        unpacked_bytes=64_000_000,
        sdg_codes=names.sdg_codes,
        sdg_indicator_codes=names.sdg_indicator_codes,
        instruments=names.instruments,
    )


@pytest.fixture
def workbook() -> Callable[..., bytes]:
    """Return a function that makes an XLSX file of rows, by sheet name."""

    def make(merged: Sequence[str] = (), **sheets: Cells) -> bytes:
        book = openpyxl.Workbook()
        book.remove(book.worksheets[0])
        for name, rows in sheets.items():
            sheet = book.create_sheet(name)
            for row in rows:
                sheet.append(list(row))
            for span in merged:
                sheet.merge_cells(span)
        stream = io.BytesIO()
        book.save(stream)
        return stream.getvalue()

    return make


@pytest.fixture
def real_data() -> Path:
    """Return the folder of real files kept outside the repository, or skip."""
    named = os.environ.get("KREISLAUFSTADT_TEST_DATA")
    beside = Path(__file__).parents[3] / "shared" / "data"
    folder = Path(named) if named else beside
    if not (folder / "muenster").is_dir():
        pytest.skip("real files are absent: set KREISLAUFSTADT_TEST_DATA to their folder")
    return folder


@pytest.fixture
def example_city() -> Path:
    """Return the example city's folder, or skip while it is absent."""
    folder = Path(__file__).parents[2] / "examples" / "muenster"
    if not (folder / "stadt.yaml").is_file():
        pytest.skip("the example city is absent")
    return folder
