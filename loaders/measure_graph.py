"""State measures in the graph: what each field of an entry means there."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from kg.identifiers import Iri
from loaders.city_things import state_involved, state_responsible
from loaders.element_links import state_concepts, state_fields, state_goals, state_related
from loaders.entries import is_stated_sdg, page_of, prepared, split_price_mark, state_derivation
from loaders.records import Record
from loaders.remarks import remark
from loaders.sdg_links import SdgStatement, state_sdg_links
from loaders.sheets import source_row
from loaders.statements import SourceStatements
from loaders.statuses import is_plain_status, parse_status, says_nothing
from loaders.time_frames import state_time
from ontology.namespaces import DCTERMS, KS, RDFS, scheme

_TEXT_PROPERTIES: Mapping[str, str] = {
    "description": DCTERMS.description,
    "target_group": KS.targetGroup,
    "cost_text": KS.costText,
    "funding_text": KS.fundingText,
    "budget_ref": KS.budgetReference,
    "budget_operating": KS.budgetOperating,
    "budget_investment": KS.budgetInvestment,
    "ghg_saving": KS.ghgSavingText,
    "plan_text": KS.planText,
    "status_text": KS.statusText,
    "priority": KS.priority,
    "short_title": KS.shortName,
}
_STATED_ELSEWHERE_WORDS = """
title title_en description_en code field goal_ref responsible actors time_text start_year
end_year sdg sdg_derivation related status source derivation r_strategies instrument
value_chain page council_ref
"""
_STATED_ELSEWHERE = frozenset(_STATED_ELSEWHERE_WORDS.split())


def state_measures(
    quads: SourceStatements, document: Iri, keyed: Sequence[tuple[str, Record]]
) -> dict[str, Iri]:
    """State the measures of a document and return their IRIs by their numbers."""
    by_number: dict[str, Iri] = {}
    for key, record in keyed:
        measure = quads.thing("measure", key)
        if record.text("code"):
            by_number[record.text("code")] = measure
    for done, (key, raw) in enumerate(keyed, start=1):
        _state_measure(quads, document, key, prepared(raw, quads.findings), by_number)
        if quads.context.progress is not None:
            quads.context.progress(done, len(keyed))
    return by_number


def _state_measure(
    quads: SourceStatements, document: Iri, key: str, record: Record, by_number: Mapping[str, Iri]
) -> None:
    measure = quads.thing("measure", key)
    quads.types(measure, KS.Measure)
    quads.iri(document, KS.hasMeasure, measure)
    quads.places[measure] = record.place
    quads.counts["measures"] += 1
    title = _state_title(quads, measure, record)
    quads.string(measure, DCTERMS.identifier, record.text("code"))
    quads.string(measure, KS.sourceRow, source_row(record.place))
    quads.text(measure, DCTERMS.description, record.text("description_en"), "en")
    for name, predicate in _TEXT_PROPERTIES.items():
        quads.german(measure, predicate, record.text(name))
    quads.string(measure, KS.resolution, record.text("council_ref"))
    state_derivation(quads, measure, record)
    page = page_of(record, quads.findings)
    if page is not None:
        quads.integer(measure, KS.page, page)
    state_responsible(quads, measure, record.text("responsible"), record.place_of("responsible"))
    state_involved(quads, measure, record.text("actors"), record.place_of("actors"))
    state_time(quads, measure, record)
    _state_status(quads, measure, record)
    state_fields(quads, document, measure, record)
    state_goals(quads, measure, record)
    state_related(quads, measure, record, by_number)
    state_concepts(quads, measure, record)
    quote = f"{title}: {record.text('description')}" if record.text("description") else title
    statement = SdgStatement(
        measure, key, document, quote, page, is_stated_sdg(record, quads.findings)
    )
    state_sdg_links(quads, statement, record.text("sdg"), record.place_of("sdg"))
    _keep_rest(quads, measure, record)


def _state_title(quads: SourceStatements, measure: Iri, record: Record) -> str:
    mark, title = split_price_mark(record.text("title"))
    if mark:
        place = record.place_of("title")
        remark(quads.findings, "price-mark", place, record.text("title"), mark=mark)
        quads.german(measure, KS.costText, mark)
    quads.german(measure, RDFS.label, title)
    quads.text(measure, RDFS.label, record.text("title_en"), "en")
    return title


def _state_status(quads: SourceStatements, measure: Iri, record: Record) -> None:
    text = record.text("status")
    status = parse_status(text) if text else None
    if text and status is None and not says_nothing(text):
        remark(quads.findings, "unknown-status", record.place_of("status"), text, value=text)
    if text and not is_plain_status(text):
        quads.german(measure, KS.statusText, text)
    if status is None and is_plain_status(record.text("status_text")):
        status = parse_status(record.text("status_text"))
    if status is not None:
        quads.iri(measure, KS.measureStatus, scheme("measure-status", status))


def _keep_rest(quads: SourceStatements, measure: Iri, record: Record) -> None:
    """Keep what no property fits: known fields without one, and unknown columns."""
    for name, text in record.values.items():
        if name not in _TEXT_PROPERTIES and name not in _STATED_ELSEWHERE:
            quads.original(measure, f"{record.place_of(name).column or name}: {text}")
    for other in record.others:
        quads.original(measure, other.in_words())
