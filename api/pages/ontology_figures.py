"""Make the figures of the ontology pages: a drawing and the same relations as rows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Final

from markupsafe import Markup

from api.pages.ontology_words import Words, words_in
from kg.language import Language
from ontology.namespaces import KS
from visualisations.class_diagram import (
    ClassDiagram,
    DiagramRow,
    class_diagram_svg,
    diagram_rows,
)
from visualisations.module_diagram import Naming, chosen_diagram, module_diagram

# The model in one picture: what an interface ties together, and what stands around it.
_NUTSHELL: Final = (
    KS.PlanningDocument,
    KS.Document,
    KS.Measure,
    KS.Element,
    KS.Goal,
    KS.FrameworkAim,
    KS.Aim,
    KS.Interface,
    KS.Link,
    KS.Evidence,
    KS.Indicator,
    KS.Actor,
    KS.hasMeasure,
    KS.setsAim,
    KS.interfaceSource,
    KS.interfaceTarget,
    KS.hasEvidence,
    KS.evidenceSource,
    KS.measuredBy,
    KS.responsibleActor,
)


@dataclass(frozen=True, slots=True)
class Figure:
    """Hold a drawing, its caption and the rows that say the same."""

    svg: Markup
    caption: str
    rows: Sequence[DiagramRow]


@cache
def module_figure(module: str, language: Language) -> Figure:
    """Return the figure of a module."""
    words = words_in(language)
    title = words.texts["ontology"]["figure_of"] + " " + words.label(module)
    return _figure(words, module_diagram(words.described, module, _naming(words)), title)


@cache
def nutshell_figure(language: Language) -> Figure:
    """Return the figure of the most important classes of all modules."""
    words = words_in(language)
    diagram = chosen_diagram(words.described, _NUTSHELL, _naming(words))
    return _figure(words, diagram, words.texts["ontology"]["nutshell"])


def _naming(words: Words) -> Naming:
    return Naming(words.language, words.label, words.href)


def _figure(words: Words, diagram: ClassDiagram, title: str) -> Figure:
    texts = words.texts["ontology"]
    svg = class_diagram_svg(
        diagram, key="figure", title=title, description=texts["figure_description"]
    )
    # Built by our own code, which escapes every label.
    return Figure(Markup(svg), title, diagram_rows(diagram, texts["subclass_of"]))  # noqa: S704
