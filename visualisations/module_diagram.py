"""Choose what a picture of a module shows: its classes, and where its relations lead."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from kg.labels import short_name
from kg.language import Language
from ontology.description import OntologyDescription
from ontology.namespaces import PREFIXES
from ontology.query_head import Wording
from ontology.term_descriptions import TermDescription
from visualisations.class_diagram import ClassArrow, ClassBox, ClassDiagram


@dataclass(frozen=True, slots=True)
class Naming:
    """Say how classes are named in a picture: labels of foreign ones, and links by IRI."""

    language: Language
    foreign_label: Callable[[str], str]
    href: Callable[[str], str]


def module_diagram(described: OntologyDescription, module: str, naming: Naming) -> ClassDiagram:
    """Return the classes of a module with their superclasses and the relations it declares.

    A relation is drawn when it states both ends; its inverse is not drawn beside it. Superclasses
    of other vocabularies are written into the boxes.
    """
    terms = described.of_module(module)
    return _diagram(described, terms, naming, lambda iri: _is_of(described, iri, module))


def chosen_diagram(
    described: OntologyDescription, iris: Iterable[str], naming: Naming
) -> ClassDiagram:
    """Return the chosen classes and relations and no others, whatever their modules."""
    terms = [described.terms[iri] for iri in sorted(set(iris))]
    shown = {term.iri for term in terms}
    kept = [
        replace(term, parents=tuple(parent for parent in term.parents if parent in shown))
        for term in terms
    ]
    return _diagram(described, kept, naming, lambda iri: iri in described.terms)


def _is_of(described: OntologyDescription, iri: str, module: str) -> bool:
    return iri in described.terms and described.terms[iri].module == module


def _diagram(
    described: OntologyDescription,
    terms: list[TermDescription],
    naming: Naming,
    is_own: Callable[[str], bool],
) -> ClassDiagram:
    classes = {term.iri for term in terms if term.kind == "class"}
    below = [
        (term.iri, parent)
        for term in terms
        for parent in term.parents
        if term.kind == "class" and parent in described.terms
    ]
    relations: dict[tuple[str, str], list[str]] = defaultdict(list)
    for term in terms:
        is_drawn = term.kind == "object_property" and not term.ends_from_inverse
        if is_drawn and term.domain and term.range:
            relations[term.domain, term.range].append(_said(term.label, naming.language))
    shown = classes | {iri for pair in (*below, *relations) for iri in pair}
    boxes = tuple(
        ClassBox(
            iri=iri,
            label=_label(described, iri, naming),
            name=_name(iri),
            href=naming.href(iri),
            is_foreign=not is_own(iri),
            own_relations=tuple(sorted(relations.get((iri, iri), ()))),
            outer_parents=_outer_parents(described, iri, naming) if iri in classes else (),
        )
        for iri in sorted(shown)
    )
    arrows = [ClassArrow(*pair) for pair in sorted(below)]
    arrows += [
        ClassArrow(*pair, labels=tuple(sorted(labels)))
        for pair, labels in sorted(relations.items())
        if pair[0] != pair[1]
    ]
    return ClassDiagram(boxes, tuple(arrows))


def _outer_parents(described: OntologyDescription, iri: str, naming: Naming) -> tuple[str, ...]:
    outer = [parent for parent in described.terms[iri].parents if parent not in described.terms]
    return tuple(naming.foreign_label(parent) for parent in outer)


def _label(described: OntologyDescription, iri: str, naming: Naming) -> str:
    label = described.labels.get(iri)
    return _said(label, naming.language) if label else naming.foreign_label(iri)


def _said(label: Wording, language: Language) -> str:
    return label.de if language == "de" else label.en


def _name(iri: str) -> str:
    name = short_name(iri)
    base = iri.removesuffix(name)
    prefix = next((short for short, full in PREFIXES.items() if full == base), "")
    return f"{prefix}:{name}" if prefix else name
