"""Turn the tables of SDG goals, targets and indicators into the UN's frame with our words."""

from __future__ import annotations

import re

from ontology.codes import SDG_GOALS, SDG_TARGETS, shipped_keys
from ontology.namespaces import (
    DCTERMS,
    KS,
    RDFS,
    SDG_SCHEME,
    SDGO,
    SKOS,
    reference_graph,
    scheme,
    sdg,
)
from ontology.quads import QuadList
from ontology.tables import Row, TableForm, read_rows

SDG_INDICATORS = TableForm(
    "sdg_indicators",
    "permanent_code",
    (
        "permanent_code",
        "numbers",
        "targets",
        "label_de",
        "label_en",
        "summary_de",
        "summary_en",
        "framework_state",
        "code_source",
    ),
)

_AGENDA = scheme("framework", "agenda2030")
_TARGET = re.compile(r"(\d{1,2})\.(\d{1,2}|[a-d])")
_PERMANENT = re.compile(r"C\d{2}[0-9a-d]{4}|C\d{2}0[a-d]\d{2}|C20\d{4}")


def sdg_goal_quads(text: str) -> QuadList:
    """Return the goals."""
    quads = QuadList(reference_graph(SDG_GOALS.name))
    for row in read_rows(SDG_GOALS, text):
        row.integer("code", 1, 17)
        goal = _add(quads, row, row.text("code"), SDGO.Goal)
        quads.iri(_AGENDA, KS.setsAim, goal)
        quads.string(goal, KS.shortName, f"SDG {row.text('code')}")
    return quads


def sdg_target_quads(text: str) -> QuadList:
    """Return the targets, each tied to its goal."""
    quads = QuadList(reference_graph(SDG_TARGETS.name))
    for row in read_rows(SDG_TARGETS, text):
        match = _TARGET.fullmatch(row.text("code"))
        if match is None or match[1] != row.text("goal"):
            raise row.error(
                "unknown-sdg",
                "code",
                "the code is not a target of the goal in this row",
                "Use a code such as 12.5 or 12.a, with its goal in the column 'goal'.",
            )
        row.choice("goal", shipped_keys("sdg_goals", "code"))
        target = _add(quads, row, row.text("code"), SDGO.Target)
        goal = sdg(row.text("goal"))
        quads.iri(target, SDGO.isTargetOf, goal)
        quads.iri(goal, SDGO.hasTarget, target)
        quads.iri(_AGENDA, KS.setsAim, target)
    return quads


def sdg_indicator_quads(text: str) -> QuadList:
    """Return the indicators under their permanent codes, each tied to its targets."""
    quads = QuadList(reference_graph(SDG_INDICATORS.name))
    for row in read_rows(SDG_INDICATORS, text):
        code = row.text("permanent_code")
        if not _PERMANENT.fullmatch(code):
            raise row.error(
                "unknown-sdg",
                "permanent_code",
                "this is not a permanent code of an SDG indicator",
                "Use the UN's code such as C120501.",
            )
        indicator = sdg(code)
        quads.types(indicator, SDGO.Indicator, SKOS.Concept)
        for number in row.items("numbers"):
            quads.string(indicator, SKOS.notation, number)
        _describe(quads, row, indicator)
        for target in row.choices("targets", shipped_keys("sdg_targets", "code")):
            quads.iri(indicator, SDGO.isIndicatorOf, sdg(target))
            quads.iri(sdg(target), SDGO.hasIndicator, indicator)
        quads.iri(indicator, DCTERMS.source, row.url("code_source") or SDG_SCHEME)
        quads.string(indicator, SKOS.editorialNote, f"framework {row.text('framework_state')}")
    return quads


def _add(quads: QuadList, row: Row, code: str, kind: str) -> str:
    subject = sdg(code)
    quads.types(subject, kind, SKOS.Concept)
    quads.string(subject, SKOS.notation, code)
    _describe(quads, row, subject)
    return subject


def _describe(quads: QuadList, row: Row, subject: str) -> None:
    quads.label(subject, row.text("label_de"), row.text("label_en"))
    quads.both(subject, DCTERMS.description, row.text("summary_de"), row.text("summary_en"))
    quads.iri(subject, SKOS.inScheme, SDG_SCHEME)
    quads.iri(subject, RDFS.isDefinedBy, SDG_SCHEME)
