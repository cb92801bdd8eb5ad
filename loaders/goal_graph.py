"""State goals, fields of action and visions of a concept in the graph."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from kg.identifiers import Iri
from loaders.element_links import state_goals, state_related
from loaders.entries import is_stated_sdg, page_of, prepared, state_derivation
from loaders.goal_tree import GoalEntry, Level
from loaders.records import Record
from loaders.sdg_links import SdgStatement, state_sdg_links
from loaders.sheets import source_row
from loaders.statements import SourceStatements
from ontology.namespaces import DCTERMS, KS, RDFS, SKOS

_CLASS: Mapping[Level, str] = {"vision": KS.Vision, "field": KS.FieldOfAction, "goal": KS.Goal}
_KIND: Mapping[Level, str] = {"vision": "component", "field": "field", "goal": "goal"}
_COUNT: Mapping[Level, str] = {"vision": "components", "field": "fields", "goal": "goals"}
_STATED_WORDS = """
title title_en description description_en code level parent sdg sdg_derivation page source
derivation goal_ref related short_title council_ref remark
"""
_STATED = frozenset(_STATED_WORDS.split())


def goal_iri(quads: SourceStatements, entry: GoalEntry) -> Iri:
    """Return the IRI of a goal, field or vision."""
    return quads.thing(_KIND[entry.level], entry.key)


def state_goal_tree(
    quads: SourceStatements, document: Iri, entries: Sequence[GoalEntry]
) -> dict[str, Iri]:
    """State all goals of a document and return their IRIs by key."""
    by_key = {entry.key: entry for entry in entries}
    for done, entry in enumerate(entries, start=1):
        record = prepared(entry.record, quads.findings)
        _state_goal(quads, document, entry, record)
        if entry.parent is not None:
            _state_parent(quads, entry, by_key[entry.parent])
        if quads.context.progress is not None:
            quads.context.progress(done, len(entries))
    return {key: goal_iri(quads, entry) for key, entry in by_key.items()}


def _state_goal(quads: SourceStatements, document: Iri, entry: GoalEntry, record: Record) -> None:
    goal = goal_iri(quads, entry)
    quads.types(goal, _CLASS[entry.level])
    quads.places[goal] = record.place
    quads.counts[_COUNT[entry.level]] += 1
    quads.iri(document, KS.hasComponent, goal)
    if entry.level != "vision":
        quads.iri(document, KS.setsAim, goal)
    quads.german(goal, RDFS.label, record.text("title"))
    quads.text(goal, RDFS.label, record.text("title_en"), "en")
    quads.german(goal, DCTERMS.description, record.text("description"))
    quads.text(goal, DCTERMS.description, record.text("description_en"), "en")
    # Where a goal comes from is no part of its wording, and nothing is matched with it.
    quads.german(goal, SKOS.editorialNote, record.text("remark"))
    quads.german(goal, KS.shortName, record.text("short_title"))
    quads.string(goal, DCTERMS.identifier, record.text("code"))
    quads.german(goal, KS.level, record.text("level"))
    quads.string(goal, KS.resolution, record.text("council_ref"))
    quads.string(goal, KS.sourceRow, source_row(record.place))
    state_derivation(quads, goal, record)
    page = page_of(record, quads.findings)
    if page is not None:
        quads.integer(goal, KS.page, page)
    state_goals(quads, goal, record)
    state_related(quads, goal, record, {})
    title, description = record.text("title"), record.text("description")
    statement = SdgStatement(
        goal,
        entry.key,
        document,
        f"{title}: {description}" if description else title,
        page,
        is_stated_sdg(record, quads.findings),
    )
    state_sdg_links(quads, statement, record.text("sdg"), record.place_of("sdg"))
    for name, text in record.values.items():
        if name not in _STATED:
            quads.original(goal, f"{record.place_of(name).column or name}: {text}")
    for other in record.others:
        quads.original(goal, other.in_words())


def _state_parent(quads: SourceStatements, entry: GoalEntry, above: GoalEntry) -> None:
    """State the parent: a goal by contribution, a field by membership, else as a whole."""
    child, parent = goal_iri(quads, entry), goal_iri(quads, above)
    match above.level, entry.level:
        case "goal", "goal":
            quads.iri(child, KS.broaderAim, parent)
            quads.iri(child, KS.contributesTo, parent)
        case "field", "goal":
            quads.iri(child, KS.inField, parent)
        case _:
            quads.iri(parent, KS.hasPart, child)
