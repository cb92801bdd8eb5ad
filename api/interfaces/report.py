"""Make the report on a document's interfaces: one model that HTML, DOCX and XLSX show alike."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from api.interfaces.facts import Element, Facts, is_adopted, natural, sdg_code
from api.interfaces.filters import Filters, chosen
from api.interfaces.gap_sheets import (
    UPPER,
    aims_without_element,
    conflict_sheet,
    conflicts,
    elements_without_aim,
    ladder_sheets,
)
from api.interfaces.matrix_view import matrix_view
from api.interfaces.sheets import (
    Sheet,
    Texts,
    concepts_sheet,
    grid_sheet,
    links_sheet,
    number_cell,
    percent_of,
    quoted,
    sheet,
)
from api.rest.links import Link
from api.rest.listing import Row
from api.tables import Cell, PeopleTable
from kg.labels import short_name
from kg.language import Language
from kg.sources import SourceRecord
from visualisations.grid import Grid


@dataclass(frozen=True, slots=True)
class Entry:
    """Hold one interface in words: its ends, its state and the lines of its evidence."""

    element: str
    aim: str
    concept: str
    state: str
    reason: str
    grounds: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Section:
    """Hold a part of the report: sentences, tables, and interfaces with their evidence."""

    key: str
    title: str
    paragraphs: tuple[str, ...]
    sheets: tuple[Sheet, ...] = ()
    entries: tuple[Entry, ...] = ()


@dataclass(frozen=True, slots=True)
class Report:
    """Hold the report; `facts` are what stands below the title, by name."""

    title: str
    language: Language
    facts: tuple[tuple[str, str], ...]
    sections: tuple[Section, ...]
    list_sheet: Sheet


@dataclass(frozen=True, slots=True)
class ReportInput:
    """Hold what a report is made of besides the facts: rows of queries, sources, figures, days."""

    rungs: Sequence[Row]
    trade_offs: Sequence[Row]
    sources: Sequence[SourceRecord]
    quality: Mapping[str, Mapping[str, float]]
    generation: str
    made_on: str


def report_of(
    facts: Facts, filters: Filters, given: ReportInput, language: Language, texts: Texts
) -> Report:
    """Return the report on the document that the filters name; same input, same report."""
    elements, links = chosen(facts, filters)
    document = elements[0].document.label if elements else texts["all_documents"]
    against = matrix_view(facts, filters, "sdg", texts, _no_path).grid
    concepts = matrix_view(facts, filters, "concepts", texts, _no_path).grid
    gaps = (
        aims_without_element(facts, filters, texts),
        elements_without_aim(facts, filters, texts),
    )
    ladder = ladder_sheets(given.rungs, facts, filters, texts)
    found = conflicts(links)
    trade_offs = conflict_sheet(given.trade_offs, facts, filters, texts)
    grids = (
        _short_grid(against, texts["against_sdg"], texts),
        _short_grid(concepts, texts["against_concepts"], texts),
    )
    sections = (
        Section(
            "summary",
            texts["summary"],
            tuple(_summary(elements, links, facts, gaps, texts, given.rungs)),
            (concepts_sheet(elements, links, facts, texts),),
        ),
        Section("matrix", texts["matrix_title"], (texts["legend"],), grids),
        Section(
            "links",
            texts["links_title"],
            (texts["links_note"],),
            (),
            tuple(_entry(link, facts, texts) for link in links),
        ),
        Section("gaps", texts["gaps_heading"], (), (*gaps, *ladder)),
        Section(
            "conflicts",
            texts["conflicts_heading"],
            () if found else (texts["no_conflicts_stated"],),
            (trade_offs,),
            tuple(_entry(link, facts, texts) for link in found),
        ),
        Section("method", texts["method"], tuple(_method(texts)), (_quality(given, texts),)),
        Section(
            "sources",
            texts["sources"],
            (texts["sources_lead"],),
            (_sources(given, language, texts),),
        ),
    )
    heading = (
        (texts["document"], document),
        (texts["made_on"], given.made_on),
        (texts["data_state"], given.generation),
    )
    title = texts["report_title"].format(document=document)
    return Report(title, language, heading, sections, links_sheet("links", links, facts, texts))


def workbook_sheets(report: Report, texts: Texts) -> list[Sheet]:
    """Return the sheets of the report's workbook: summary, matrix, list, gaps and the rest."""
    lines = [(Cell(name), Cell(value)) for name, value in report.facts]
    lines += [
        (Cell(""), Cell(text))
        for section in report.sections
        if section.key in ("summary", "method")
        for text in section.paragraphs
    ]
    found = [sheet("summary_sheet", texts, ("what", "content"), lines)]
    for section in report.sections:
        if section.key == "links":
            found.append(report.list_sheet)
        found += section.sheets
    return found


def _short_grid(grid: Grid, title: str, texts: Texts) -> Sheet:
    """Return a matrix with short headings, so that it fits a sheet of paper."""
    table = grid_sheet("matrix", grid, texts).table
    headings = (grid.corner, *(column.short for column in grid.columns))
    return Sheet("matrix", title, grid.caption, PeopleTable(headings, table.rows))


def _no_path(page: str, query: Mapping[str, str]) -> str:
    del page, query
    return ""


def _summary(
    elements: Sequence[Element],
    links: Sequence[Link],
    facts: Facts,
    gaps: tuple[Sheet, Sheet],
    texts: Texts,
    rungs: Sequence[Row],
) -> list[str]:
    measures = [element for element in elements if element.kind == "measure"]
    adopted = [link for link in links if is_adopted(link)]
    goals = sorted({sdg_code(link).partition(".")[0] for link in links} - {""}, key=natural)
    named = {goal.code: goal.label for goal in facts.goals}
    own = [
        link
        for link in links
        if any(
            concept.iri == facts.elements[link.element.iri].document.iri
            for concept in link.concepts
        )
    ]
    table = concepts_sheet(elements, links, facts, texts).table.rows
    touched = [row for row in table if row[1].text != "0"]
    used = {short_name(iri) for element in measures for iri in element.iris("r_strategy")}
    known = {short_name(row["rung"]) for row in rungs}
    missing = [code for code in UPPER if code in known and code not in used]
    sentences = [
        texts["sum_elements"].format(
            measures=counted(texts, "measure", len(measures)),
            others=counted(texts, "other", len(elements) - len(measures)),
        ),
        texts["sum_links"].format(
            links=counted(texts, "link", len(links)),
            adopted=len(adopted),
            proposed=len(links) - len(adopted),
        ),
        texts["sum_own"].format(own=len(own), sdg=sum(bool(sdg_code(link)) for link in links)),
        texts["sum_sdg"].format(
            goals="; ".join(f"{code} {named.get(code, '')}".strip() for code in goals)
        )
        if goals
        else texts["sum_no_sdg"],
        texts["sum_concepts"].format(
            touched=len(touched),
            all=len(table),
            names="; ".join(f"{row[0].text} ({row[1].text})" for row in touched) or texts["none"],
        ),
        texts["sum_aims_without"].format(
            aims=counted(texts, "aim", len(gaps[0].table.rows)),
            measures=counted(texts, "measure", len(gaps[1].table.rows)),
        ),
        texts["sum_conflicts"].format(links=counted(texts, "link", len(conflicts(links)))),
    ]
    if known:
        sentences.append(
            texts["sum_missing_rungs"].format(rungs=", ".join(missing))
            if missing
            else texts["sum_all_rungs"]
        )
    return sentences


def counted(texts: Texts, key: str, count: int) -> str:
    """Return a number with its noun as the object of a sentence: none, one or many."""
    if count == 0:
        return texts[f"no_{key}"]
    return texts[f"one_{key}"] if count == 1 else texts[f"many_{key}"].format(count)


def _entry(link: Link, facts: Facts, texts: Texts) -> Entry:
    element = facts.elements[link.element.iri]
    percent = percent_of(link)
    state = link.review_label
    if percent is not None:
        state = f"{state}, {texts['probability_short']} {percent} %"
    grounds = []
    for ground in link.evidence:
        parts = [
            quoted(ground, texts),
            ground.document.label if ground.document else element.document.label,
            f"{texts['page']} {ground.page}" if ground.page else "",
            f"{texts['row']} {ground.row}" if ground.row else "",
            ground.source or "",
        ]
        grounds.append(", ".join(part for part in parts if part))
    return Entry(
        element.heading,
        f"{link.aim.code or ''} {link.aim.label}".strip(),
        "; ".join(concept.label for concept in link.concepts) or texts["un_sdg"],
        state,
        link.reason or texts["no_reason"],
        tuple(grounds),
    )


def _method(texts: Texts) -> list[str]:
    return [texts[f"method_{number}"] for number in ("facts", "proposals", "probability", "gaps")]


def _quality(given: ReportInput, texts: Texts) -> Sheet:
    rows = [
        (
            Cell(texts[f"kind_{kind}"]),
            number_cell(int(figures["rows"])),
            number_cell(round(100 * figures["accuracy_at_1"])),
            number_cell(round(100 * figures["hit_at_3"])),
            number_cell(round(100 * figures["calibration_error"])),
        )
        for kind, figures in given.quality.items()
    ]
    columns = ("against", "texts_read", "first_right", "among_three", "calibration")
    return sheet("quality", texts, columns, rows)


def _sources(given: ReportInput, language: Language, texts: Texts) -> Sheet:
    rows = [
        (
            Cell(record.title_de if language == "de" else record.title_en),
            Cell(record.file),
            Cell(record.licence or texts["licence_unknown"]),
            Cell(record.url),
            Cell(record.at),
        )
        for record in given.sources
    ]
    return sheet("sources_list", texts, ("source", "file", "licence", "address", "loaded"), rows)
