"""Load indicators with their values from a table of one value a row."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from kg.findings import Findings, Place, Severity
from kg.identifiers import Iri, key_of
from kg.language import Text
from kg.sources import Loaded
from loaders.city_things import file_facts, state_municipality
from loaders.context import LoadContext
from loaders.element_links import parts_of
from loaders.entries import prepared, state_derivation
from loaders.files import SourceFile
from loaders.measures import nothing_found
from loaders.numbers import german, parse_decimal
from loaders.records import Record
from loaders.remarks import remark
from loaders.sheets import source_row
from loaders.statements import SourceStatements
from loaders.tables import read_table
from loaders.text import one_line
from loaders.years import excel_date, parse_year
from ontology.namespaces import DCTERMS, KS, RDFS, scheme

_VALUE_TYPES: Mapping[str, tuple[str, ...]] = {
    "observed": (
        "ist",
        "istwert",
        "ist-wert",
        "messwert",
        "beobachtet",
        "gemessen",
        "observed",
        "actual",
    ),
    "baseline": ("ausgangswert", "ausgang", "basis", "basiswert", "basisjahr", "baseline", "base"),
    "target": ("ziel", "zielwert", "soll", "sollwert", "target", "planwert"),
}
_VALUE_TYPE_BY_WORD = {word: kind for kind, words in _VALUE_TYPES.items() for word in words}
_VALUE_CLASS = {
    "observed": KS.ObservedValue,
    "baseline": KS.BaselineValue,
    "target": KS.TargetValue,
}
_KINDS: Mapping[str, tuple[str, ...]] = {
    "input": ("input", "einsatz", "aufwand"),
    "process": ("prozess", "process", "verfahren"),
    "output": ("output", "leistung", "umsetzung"),
    "outcome": ("outcome", "ergebnis", "zielerreichung"),
    "impact": ("impact", "wirkung"),
    "context": ("kontext", "context", "rahmenbedingung"),
}
_KIND_BY_WORD = {word: kind for kind, words in _KINDS.items() for word in words}
_STATED_WORDS = """
code title title_en description unit kind reference sdg_indicator year value value_type source
derivation
"""
_STATED = frozenset(_STATED_WORDS.split())


@dataclass(slots=True)
class _Seen:
    """Remember what rows before said, so that a later row cannot contradict them."""

    rows: dict[str, Record] = field(default_factory=dict)
    values: dict[str, int] = field(default_factory=dict)


def load_indicators(file: SourceFile, context: LoadContext) -> Loaded:
    """Return the indicators and values of a table.

    Raises:
        UnreadableFile: The file is broken, too large or of another kind.
        NothingLoaded: The table holds no rows.
    """
    findings = Findings()
    table = read_table(file, "indicators", context, findings)
    if not table.records and not findings.of(Severity.VIOLATION):
        raise nothing_found(file, findings)
    quads = SourceStatements(file, context, findings)
    state_municipality(quads)
    seen = _Seen()
    for done, raw in enumerate(table.records, start=1):
        _state_row(quads, prepared(raw, findings), seen)
        if context.progress is not None:
            context.progress(done, len(table.records))
    title = file_facts(quads).title
    return quads.loaded("indicators", Text(title, title), len(table.records))


def _state_row(quads: SourceStatements, record: Record, seen: _Seen) -> None:
    key = key_of(record.text("code") or None, record.text("title"))
    indicator = quads.thing("indicator", key)
    first = seen.rows.get(key)
    if first is None:
        seen.rows[key] = record
        _state_indicator(quads, indicator, record)
    else:
        _compare(quads, first, record)
    _state_value(quads, indicator, key, record, seen)


def _state_indicator(quads: SourceStatements, indicator: Iri, record: Record) -> None:
    quads.types(indicator, KS.Indicator)
    quads.places[indicator] = record.place
    quads.counts["indicators"] += 1
    quads.german(indicator, RDFS.label, record.text("title"))
    quads.text(indicator, RDFS.label, record.text("title_en"), "en")
    quads.german(indicator, DCTERMS.description, record.text("description"))
    quads.string(indicator, DCTERMS.identifier, record.text("code"))
    quads.string(indicator, KS.unitSymbol, one_line(record.text("unit")))
    quads.string(indicator, KS.sourceRow, source_row(record.place))
    state_derivation(quads, indicator, record)
    _state_kind(quads, indicator, record)
    _state_measured(quads, indicator, record)
    _state_sdg_indicator(quads, indicator, record)
    for name, text in record.values.items():
        if name not in _STATED:
            quads.original(indicator, f"{record.place_of(name).column or name}: {text}")
    for other in record.others:
        quads.original(indicator, other.in_words())


def _state_kind(quads: SourceStatements, indicator: Iri, record: Record) -> None:
    text = one_line(record.text("kind"))
    kind = _KIND_BY_WORD.get(text.lower())
    if kind is not None:
        quads.iri(indicator, KS.indicatorKind, scheme("indicator-kind", kind))
    elif text:
        remark(quads.findings, "unknown-indicator-kind", record.place_of("kind"), text, value=text)


def _state_measured(quads: SourceStatements, indicator: Iri, record: Record) -> None:
    place = record.place_of("reference")
    for number in parts_of(record.text("reference").replace(",", ";")):
        element = quads.context.element_by_number.get(number)
        if element is None:
            element = quads.context.goal_by_number.get(number)
        if element is None:
            remark(quads.findings, "unknown-element", place, number, value=number)
        else:
            quads.iri(element, KS.measuredBy, indicator)


def _state_sdg_indicator(quads: SourceStatements, indicator: Iri, record: Record) -> None:
    place = record.place_of("sdg_indicator")
    for code in parts_of(record.text("sdg_indicator").replace(",", ";")):
        known = quads.context.sdg_indicator_codes.get(code.lower())
        if known is None:
            remark(quads.findings, "unknown-sdg-indicator", place, code, code=code)
        else:
            quads.iri(indicator, KS.alignsWithSdgIndicator, known)


def _compare(quads: SourceStatements, first: Record, record: Record) -> None:
    for name in ("title", "title_en", "unit", "kind", "reference", "sdg_indicator"):
        text = record.text(name)
        if text and text != first.text(name):
            remark(
                quads.findings,
                "contradicting-indicator",
                record.place_of(name),
                text,
                what=record.place_of(name).column or name,
                code=record.text("code") or record.text("title"),
                first=first.place.row or 1,
            )


def _state_value(
    quads: SourceStatements, indicator: Iri, key: str, record: Record, seen: _Seen
) -> None:
    text = record.text("value")
    if not text:
        return
    number = parse_decimal(text)
    if number is None:
        remark(quads.findings, "bad-number", record.place_of("value"), text, value=text)
        return
    year = _year(quads, record)
    kind = _value_type(quads, record)
    if year is None or kind is None:
        return
    value_key = f"{key}-{year}-{kind}"
    if value_key in seen.values:
        shown = german(number)
        first = seen.values[value_key]
        remark(quads.findings, "duplicate-value", record.place_of("value"), shown, first=first)
        return
    seen.values[value_key] = record.place.row or 1
    value = quads.thing("value", value_key)
    quads.types(value, _VALUE_CLASS[kind])
    quads.iri(value, KS.valueOf, indicator)
    quads.decimal(value, KS.numericValue, number)
    quads.integer(value, KS.year, year)
    quads.string(value, KS.sourceRow, source_row(record.place))
    if record.text("source"):
        quads.origin(value, record.text("source"))
    quads.places[value] = record.place
    quads.counts["values"] += 1


def _year(quads: SourceStatements, record: Record) -> int | None:
    text = record.text("year")
    place: Place = record.place_of("year")
    if not text:
        remark(quads.findings, "missing-year", record.place.at(column="Jahr"), record.text("value"))
        return None
    year = parse_year(text)
    day = excel_date(text)
    if year is None and day is not None:
        remark(quads.findings, "date-serial", place, text, value=text, date=day.isoformat())
        return day.year
    if year is None:
        remark(quads.findings, "bad-year", place, text, value=text)
    return year


def _value_type(quads: SourceStatements, record: Record) -> str | None:
    text = one_line(record.text("value_type"))
    kind = _VALUE_TYPE_BY_WORD.get(text.lower()) if text else "observed"
    if kind is None:
        place = record.place_of("value_type")
        remark(quads.findings, "unknown-value-type", place, text, value=text)
    return kind
