"""Load a circular strategy: its components by the study's model, and its action plan."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType

from kg.errors import NothingLoaded
from kg.findings import Findings
from kg.identifiers import Iri
from kg.language import Text
from kg.sources import Loaded
from loaders.city_things import DocumentFacts, state_document
from loaders.context import LoadContext
from loaders.document_facts import facts_of_tree, state_described_document
from loaders.element_links import state_concepts, state_goals
from loaders.entries import numbered, prepared, state_derivation
from loaders.files import FileForm, SourceFile, form_of
from loaders.headings import headings_for
from loaders.indicator_names import state_named_indicators
from loaders.measure_graph import state_measures
from loaders.records import Record
from loaders.remarks import remark
from loaders.sheets import source_row
from loaders.statements import SourceStatements
from loaders.tables import read_tree, wrong_form
from loaders.text import one_line
from loaders.tree_records import record_of
from loaders.trees import Fields, Items, Tree, flat_text
from ontology.namespaces import DCTERMS, KS, RDFS


@dataclass(frozen=True, slots=True)
class _Part:
    """Hold how a kind of component stands in the graph."""

    type: str
    kind: str


_PARTS: Mapping[str, _Part] = {
    "leitbild": _Part(KS.Vision, "component"),
    "ziel": _Part(KS.Goal, "goal"),
    "strategieansatz": _Part(KS.StrategicApproach, "component"),
    "prozess": _Part(KS.GovernanceProcess, "component"),
    "struktur": _Part(KS.GovernanceStructure, "component"),
    "instrument": _Part(KS.Instrument, "component"),
    "produkt": _Part(KS.Product, "component"),
    "handlungsfeld": _Part(KS.FieldOfAction, "field"),
}
_KEYS = {
    "strategie": "strategie",
    "strategy": "strategie",
    "bausteine": "bausteine",
    "components": "bausteine",
    "massnahmen": "massnahmen",
    "maßnahmen": "massnahmen",
    "measures": "massnahmen",
}
_STATED_WORDS = """
title title_en description description_en code kind source derivation goal_ref r_strategies
value_chain instrument
"""
_STATED = frozenset(_STATED_WORDS.split())


def load_strategy(file: SourceFile, context: LoadContext) -> Loaded:
    """Return a circular strategy with its components and measures.

    Raises:
        UnreadableFile: The file is broken, too large or neither YAML nor JSON.
        NothingLoaded: The file holds neither components nor measures.
    """
    if form_of(file) not in {FileForm.YAML, FileForm.JSON}:
        raise wrong_form(file)
    findings = Findings()
    tree = read_tree(file, findings)
    sections = _sections(tree, findings)
    components = _records(sections.get("bausteine"), context, findings)
    measures = _records(sections.get("massnahmen"), context, findings)
    if not components and not measures:
        raise NothingLoaded(
            file.name,
            Text(
                "enthält weder Bausteine noch Maßnahmen. Bitte »bausteine:« oder"
                " »massnahmen:« ergänzen.",
                "contains neither components nor measures. Please add “bausteine:” or"
                " “massnahmen:”.",
            ),
        )
    quads = SourceStatements(file, context, findings)
    described = sections.get("strategie")
    facts = facts_of_tree(described) if isinstance(described, Fields) else {}
    strategy, about = state_described_document(quads, facts, KS.CircularStrategy)
    numbers = _state_components(quads, strategy, components)
    quads.context = replace(
        context, goal_by_number=MappingProxyType({**context.goal_by_number, **numbers})
    )
    if measures:
        _state_plan(quads, strategy, about, measures)
    title = Text(about.title, about.title_en or about.title)
    return quads.loaded("strategy", title, len(components) + len(measures))


def _sections(tree: Tree, findings: Findings) -> dict[str, Tree]:
    sections: dict[str, Tree] = {}
    for key, value in tree.pairs if isinstance(tree, Fields) else ():
        if key.lower() in _KEYS:
            sections[_KEYS[key.lower()]] = value
        else:
            remark(findings, "unknown-key", value.place, flat_text(value), key=key)
    return sections


def _records(tree: Tree | None, context: LoadContext, findings: Findings) -> list[Record]:
    if not isinstance(tree, Items):
        return []
    headings = headings_for("measures", context.columns)
    found = (record_of(item, headings, findings) for item in tree.items)
    return [record for record in found if record is not None]


def _state_components(
    quads: SourceStatements, strategy: Iri, records: list[Record]
) -> dict[str, str]:
    """State the components and return the IRIs of aims by number and by title."""
    keyed = []
    aims: dict[str, str] = {}
    for key, record in numbered(records, quads.findings):
        part = _PARTS.get(one_line(record.text("kind")).lower())
        if part is None:
            known = ", ".join(_PARTS)
            kind = record.text("kind")
            place = record.place_of("kind")
            remark(quads.findings, "unknown-part", place, kind, value=kind, known=known)
            continue
        iri = quads.thing(part.kind, key)
        keyed.append((iri, part, record))
        if part.type in {KS.Goal, KS.FieldOfAction, KS.Vision}:
            names = [record.text("code"), *([record.text("title")] if part.kind == "field" else [])]
            aims.update((name, iri) for name in names if name)
    context = quads.context
    quads.context = replace(
        context, goal_by_number=MappingProxyType({**context.goal_by_number, **aims})
    )
    for iri, part, record in keyed:
        _state_component(quads, strategy, iri, part, prepared(record, quads.findings))
    return aims


def _state_component(
    quads: SourceStatements, strategy: Iri, component: Iri, part: _Part, record: Record
) -> None:
    quads.types(component, part.type)
    quads.places[component] = record.place
    quads.counts[f"{part.kind}s"] += 1
    quads.iri(strategy, KS.hasComponent, component)
    if part.type in {KS.Goal, KS.FieldOfAction}:
        quads.iri(strategy, KS.setsAim, component)
    quads.german(component, RDFS.label, record.text("title"))
    quads.text(component, RDFS.label, record.text("title_en"), "en")
    quads.german(component, DCTERMS.description, record.text("description"))
    quads.text(component, DCTERMS.description, record.text("description_en"), "en")
    quads.string(component, DCTERMS.identifier, record.text("code"))
    quads.string(component, KS.sourceRow, source_row(record.place))
    state_derivation(quads, component, record)
    state_goals(quads, component, record)
    state_concepts(quads, component, record)
    for name, text in record.values.items():
        if name not in _STATED:
            quads.original(component, f"{record.place_of(name).column or name}: {text}")
    for other in record.others:
        quads.original(component, other.in_words())


def _state_plan(
    quads: SourceStatements, strategy: Iri, about: DocumentFacts, records: list[Record]
) -> None:
    plan_facts = replace(
        about,
        title=f"Maßnahmen: {about.title}",
        title_en=f"Measures: {about.title_en}" if about.title_en else "",
        short_name="",
    )
    plan = state_document(quads, "plan", plan_facts, KS.ActionPlan)
    quads.iri(strategy, KS.hasActionPlan, plan)
    keyed = numbered(records, quads.findings)
    state_measures(quads, plan, keyed)
    for key, record in keyed:
        state_named_indicators(quads, quads.thing("measure", key), record)
