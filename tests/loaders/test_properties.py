"""What holds for all inputs: round trips, settled keys, names that last."""

from __future__ import annotations

import csv
import io
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.findings import Findings
from kg.identifiers import Ags
from loaders import LoadContext, read_bytes
from loaders.delimited import read_csv
from loaders.files import SourceFile
from loaders.headings import bare_key, heading_key, headings_for
from loaders.numbers import german, parse_decimal
from loaders.sdg_references import sdg_codes_in
from loaders.text import clean, mend, one_line
from loaders.years import parse_year, parse_years
from ontology.namespaces import RDFS

pytestmark = pytest.mark.property

MEASURES = headings_for("measures", {})
ENCODINGS = ("utf-8", "utf-8-sig", "utf-16", "cp1252")
WORDS = st.text(alphabet="abcäöüßABC 019.,;:\t\"'\n-/()€", min_size=1, max_size=30).map(clean)
FILLED = WORDS.filter(bool)


def context() -> LoadContext:
    return LoadContext(Ags("01001000"), "Beispielstadt", 8_000_000, 64_000_000)


@given(
    rows=st.lists(st.tuples(FILLED, FILLED, FILLED), min_size=1, max_size=6),
    separator=st.sampled_from(";,\t"),
    encoding=st.sampled_from(ENCODINGS),
)
@settings(max_examples=60, deadline=None)
def test_table_survives_any_separator_and_encoding(
    rows: list[tuple[str, str, str]], separator: str, encoding: str
) -> None:
    stream = io.StringIO(newline="")
    writer = csv.writer(stream, delimiter=separator)
    writer.writerows([("Nr.", "Titel", "Beschreibung"), *rows])
    file = SourceFile("a.csv", stream.getvalue().encode(encoding))
    sheet = read_csv(file, MEASURES, Findings())
    read = [tuple(cell.value for cell in cells) for cells in sheet.rows[1:]]
    assert read == rows


@given(st.text(max_size=60))
def test_heading_key_is_settled(text: str) -> None:
    key = heading_key(text)
    assert heading_key(key) == key
    assert heading_key(bare_key(text)) == bare_key(text)


@given(st.text(max_size=80))
def test_cleaning_is_settled(text: str) -> None:
    assert clean(clean(text)) == clean(text)
    assert "\n" not in one_line(text)


@given(st.text(max_size=80))
def test_mending_takes_away_hyphens_and_blanks_only(text: str) -> None:
    def bare(value: str) -> str:
        return "".join(char for char in value if char != "-" and not char.isspace())

    assert bare(mend(text)) == bare(text)


@given(
    st.decimals(
        allow_nan=False, allow_infinity=False, places=4, min_value=-(10**9), max_value=10**9
    )
)
def test_number_survives_german_writing(number: Decimal) -> None:
    assert parse_decimal(german(number)) == number


@given(st.integers(min_value=-(10**12), max_value=10**12))
def test_grouped_number_is_read(number: int) -> None:
    assert parse_decimal(f"{number:,}".replace(",", ".")) == number
    assert parse_decimal(f"{number:,},5".replace(",", ".", f"{number:,}".count(","))) is not None


@given(st.text(max_size=40))
def test_parsers_never_fail(text: str) -> None:
    parse_decimal(text)
    parse_year(text)
    parse_years(text)
    sdg_codes_in(text)


@given(
    start=st.integers(min_value=1990, max_value=2100), length=st.integers(min_value=0, max_value=20)
)
def test_range_of_years_is_read(start: int, length: int) -> None:
    end = min(start + length, 2100)
    days = f"01.03.{start} bis 31.12.{end}"
    for text in (f"{start}-{end}", f"{start} – {end}", days, f"04/{start} - 03/{end}"):
        span = parse_years(text)
        assert (span.start, span.end) == (start, end)


@given(
    titles=st.lists(FILLED.filter(lambda text: any(map(str.isalnum, text))), min_size=1, max_size=5)
)
@settings(max_examples=40, deadline=None)
def test_names_last_and_do_not_depend_on_other_rows(titles: list[str]) -> None:
    def iris(rows: list[str]) -> dict[str, str]:
        stream = io.StringIO(newline="")
        csv.writer(stream, delimiter=";").writerows(
            [("Titel", "Status"), *((title, "Idee") for title in rows)]
        )
        (loaded,) = read_bytes("a.csv", stream.getvalue().encode(), "measures", context())
        return {
            quad.object.value: quad.subject.value
            for quad in loaded.quads
            if quad.predicate.value == RDFS.label and "/measure/" in quad.subject.value
        }

    unique = list(dict.fromkeys(titles))
    together = iris(unique)
    assert together == iris(unique)
    assert len(set(together.values())) == len(together)
    assert iris(unique[:1]).items() <= together.items()
