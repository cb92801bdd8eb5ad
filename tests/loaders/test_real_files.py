"""Load other people's files whole: nothing is lost but what the report names."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from pathlib import Path

import openpyxl
import pytest
from docx import Document
from pyoxigraph import Literal

from kg.embedded import EmbeddedStore
from kg.sources import Loaded
from loaders import LoadContext, read
from loaders.headings import heading_key, headings_for
from ontology.heading_table import read_headings
from ontology.namespaces import DCTERMS, KS, RDFS

FORMS = {"Bildung_Ernaehung": 7, "Energieerzeugung": 11, "Klimahaushalt": 5, "Mobilitaet": 11}
REPORT = "V_0573_2024_2024_Sachstandbericht_Klima_plus_Haushaltsinformationen.docx"
_BETWEEN_BODIES = re.compile(
    r"[,;\n]|\s/\s|\s+in (?:enger )?(?:Kooperation|Abstimmung|Zusammenarbeit) mit (?:de[rmn] )?"
)


def plain(text: object) -> str:
    """Keep letters and digits only: blanks, hyphens, bullets and case do not count as content."""
    return re.sub(r"[\W_]+", "", str(text)).lower()


def told(loaded: Loaded) -> str:
    literals = [quad.object.value for quad in loaded.quads if isinstance(quad.object, Literal)]
    findings = [f"{item.value} {item.reason.de}" for item in loaded.findings.items]
    return "\n".join(plain(text) for text in (*literals, *findings))


def is_label(text: str) -> bool:
    """Tell whether a text in the first column is a known label or a piece of one."""
    known = {heading_key(heading.text) for heading in read_headings()}
    lines = [heading_key(line) for line in text.split("\n")] + [heading_key(text)]
    match = headings_for("measures", {}).match(" ".join(text.split()))
    return match is not None or all(
        not line or any(line in heading for heading in known) for line in lines
    )


def is_label_with_value(text: str, everything: str) -> bool:
    """Tell whether a cell holds a label's first words and then a value that was told."""
    words = text.split()
    starts = range(1, min(4, len(words)))
    return any(
        is_label(" ".join(words[:end])) and plain(" ".join(words[end:])) in everything
        for end in starts
    )


def lost(texts: Iterator[tuple[str, bool]], loaded: Loaded) -> list[str]:
    everything = told(loaded)
    missing = []
    for text, first in texts:
        pieces = [text] if plain(text) in everything else _BETWEEN_BODIES.split(text)
        gone = [piece for piece in pieces if plain(piece) not in everything]
        if gone and not (first and (is_label(text) or is_label_with_value(text, everything))):
            missing.append(text)
    return missing


def workbook_texts(path: Path) -> Iterator[tuple[str, bool]]:
    for sheet in openpyxl.load_workbook(path):
        for row in sheet.iter_rows():
            for cell in row:
                if cell.value is not None and plain(cell.value):
                    yield str(cell.value), cell.column == 1


def document_texts(path: Path) -> Iterator[tuple[str, bool]]:
    document = Document(str(path))
    for table in document.tables:
        for row in table.rows:
            cells = {cell._tc: cell.text for cell in row.cells}
            for index, text in enumerate(cells.values()):
                if plain(text):
                    yield text, index == 0
    for paragraph in document.paragraphs:
        if plain(paragraph.text):
            yield paragraph.text, False


def labels(loaded: Loaded) -> list[str]:
    quads = loaded.quads
    return [
        quad.object.value
        for quad in quads
        if quad.predicate.value == RDFS.label and "/measure/" in quad.subject.value
    ]


@pytest.mark.parametrize(("name", "measures"), FORMS.items(), ids=FORMS)
def test_form_workbooks_load_whole(
    real_data: Path, context: LoadContext, name: str, measures: int
) -> None:
    path = real_data / "muenster" / f"{name}.xlsx"
    (loaded,) = read(path, "measures", context)
    assert loaded.counts["measures"] == measures
    assert not [title for title in labels(loaded) if title.startswith("€")]
    assert lost(workbook_texts(path), loaded) == []


def test_word_report_loads_whole(real_data: Path, context: LoadContext) -> None:
    path = real_data / "muenster" / REPORT
    (loaded,) = read(path, "measures", context)
    assert loaded.counts == {"fields": 6, "measures": 54}
    assert lost(document_texts(path), loaded) == []


def test_every_form_of_the_word_report_has_its_fields(
    real_data: Path, context: LoadContext
) -> None:
    (loaded,) = read(real_data / "muenster" / REPORT, "measures", context)
    for predicate in (DCTERMS.description, KS.statusText, KS.ghgSavingText, KS.inField):
        having = {
            quad.subject.value
            for quad in loaded.quads
            if quad.predicate.value == predicate and "/measure/" in quad.subject.value
        }
        assert len(having) == 54, predicate


def test_measures_keyed_anew_and_from_the_report_carry_the_same_titles(
    real_data: Path, context: LoadContext
) -> None:
    (report,) = read(real_data / "muenster" / REPORT, "measures", context)
    (energy,) = read(real_data / "muenster" / "Energieerzeugung.xlsx", "measures", context)
    assert {plain(title) for title in labels(energy)} <= {plain(title) for title in labels(report)}


@pytest.mark.parametrize("suffix", ["csv", "xlsx"])
def test_action_list_loads_whole(real_data: Path, context: LoadContext, suffix: str) -> None:
    path = real_data / "muenster" / f"b-2_actions_raw.{suffix}"
    (loaded,) = read(path, "measures", context)
    assert loaded.counts == {"fields": 8, "measures": 60}
    text = (real_data / "muenster" / "b-2_actions_raw.csv").read_text("cp1252")
    rows = list(csv.reader(text.splitlines(keepends=True), delimiter=";"))[1:]
    assert lost(((value, False) for row in rows for value in row if plain(value)), loaded) == []


def test_official_texts_are_one_graph_a_publisher_and_language(
    real_data: Path, full_context: LoadContext
) -> None:
    loaded = read(real_data / "sdg-official", "sdg", full_context)
    assert [item.record.graph.rsplit("/", 1)[1] for item in loaded] == [
        "sdg-official-open-sdg-de",
        "sdg-official-open-sdg-en",
        "sdg-official-un",
    ]
    assert [item.record.licence for item in loaded[:2]] == ["MIT", "MIT"]
    assert "citation" in loaded[2].record.licence
    assert [item.counts["goals"] for item in loaded] == [17, 17, 17]
    assert [item.counts["targets"] for item in loaded] == [169, 169, 169]


def test_official_indicators_newer_than_the_table_are_named(
    real_data: Path, full_context: LoadContext
) -> None:
    german = read(real_data / "sdg-official", "sdg", full_context)[0]
    newer = [item for item in german.findings.items if item.code == "unknown-sdg-indicator"]
    assert len(newer) == 8
    assert german.read == 455
    assert german.read == sum(german.counts.values()) + len(newer)


def test_loading_twice_gives_the_same_quads(real_data: Path, context: LoadContext) -> None:
    path = real_data / "muenster" / "Mobilitaet.xlsx"
    (first,), (second,) = read(path, "measures", context), read(path, "measures", context)
    assert first.quads == second.quads


def test_statements_of_a_report_form_a_graph_without_blank_nodes(
    real_data: Path, context: LoadContext
) -> None:
    (loaded,) = read(real_data / "muenster" / REPORT, "measures", context)
    store = EmbeddedStore.in_memory(loaded.quads)
    assert store.graph_names() == [loaded.record.graph]
    assert not store.ask("ASK { ?s ?p ?o FILTER(isBlank(?s) || isBlank(?o)) }")
