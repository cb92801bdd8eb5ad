"""State the time frame of a measure: its words, and the years they name."""

from __future__ import annotations

from kg.identifiers import Iri
from loaders.records import Record
from loaders.remarks import remark
from loaders.statements import SourceStatements
from loaders.years import YearSpan, excel_date, parse_year, parse_years
from ontology.namespaces import KS


def state_time(quads: SourceStatements, measure: Iri, record: Record) -> None:
    """State text and years; columns for start and end go before years in the text."""
    text = _without_serial(quads, record, "time_text")
    found = parse_years(text)
    start, start_text = _year(quads, record, "start_year")
    end, end_text = _year(quads, record, "end_year")
    for part in (text, start_text, end_text):
        quads.german(measure, KS.timeText, part)
    span = YearSpan(found.start if start is None else start, found.end if end is None else end)
    if not span.is_in_order:
        place = record.place_of("time_text" if text else "end_year")
        remark(quads.findings, "year-order", place, text or f"{span.start}–{span.end}")
        return
    if span.start is not None:
        quads.integer(measure, KS.plannedStartYear, span.start)
    if span.end is not None:
        quads.integer(measure, KS.plannedEndYear, span.end)


def _year(quads: SourceStatements, record: Record, name: str) -> tuple[int | None, str]:
    text = _without_serial(quads, record, name)
    if not text:
        return None, ""
    year = parse_year(text)
    if year is not None:
        return year, "" if text == str(year) else text
    span = parse_years(text)
    year = span.start if span.start is not None else span.end
    if year is None:
        remark(quads.findings, "odd-year", record.place_of(name), text, value=text)
    return year, text


def _without_serial(quads: SourceStatements, record: Record, name: str) -> str:
    text = record.text(name)
    day = excel_date(text)
    if day is None:
        return text
    place = record.place_of(name)
    remark(quads.findings, "date-serial", place, text, value=text, date=day.isoformat())
    return day.isoformat()
