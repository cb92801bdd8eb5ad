"""Hold what the views of the interfaces read: elements, links, aims and what is known of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final, Literal

from api.rest.links import Ground, Link
from api.rest.listing import Named, Row
from ontology.namespaces import KS, SDG

Property = Literal["field", "value_chain", "r_strategy", "instrument", "department"]
ElementKind = Literal["measure", "goal", "field", "vision"]
_PROPERTIES: Final[dict[str, Property]] = {
    KS.inField: "field",
    KS.inValueChain: "value_chain",
    KS.appliesRStrategy: "r_strategy",
    KS.usesInstrumentType: "instrument",
    KS.responsibleActor: "department",
}
ADOPTED: Final = frozenset({"declared", "confirmed"})


@dataclass(frozen=True, slots=True)
class Element:
    """Hold a measure, goal, field or vision of a document, with what the document says of it."""

    iri: str
    number: str
    label: str
    kind: ElementKind
    document: Named
    named: Mapping[Property, tuple[Named, ...]] = field(default_factory=dict)

    @property
    def heading(self) -> str:
        """Return number and label."""
        return f"{self.number} {self.label}".strip()

    def iris(self, *properties: Property) -> frozenset[str]:
        """Return the IRIs of what these properties name."""
        return frozenset(
            thing.iri for prop in properties for thing in self.named.get(prop, ()) if thing.iri
        )

    def words(self, *properties: Property) -> str:
        """Return the labels of what these properties name, joined by semicolons."""
        labels = [thing.label for prop in properties for thing in self.named.get(prop, ())]
        return "; ".join(dict.fromkeys(labels))


@dataclass(frozen=True, slots=True)
class Target:
    """Hold an aim: an SDG goal or target, or a goal of a concept; `concept` is None for an SDG."""

    iri: str
    code: str
    label: str
    kind: str
    concept: Named | None = None

    @property
    def heading(self) -> str:
        """Return code and label."""
        return f"{self.code} {self.label}".strip()


@dataclass(frozen=True, slots=True)
class Facts:
    """Hold all links of a city with the elements and aims at their ends.

    `elements` are in the order of documents and numbers; `concepts` leave out the circular
    strategies, which `strategies` names.
    """

    elements: Mapping[str, Element]
    links: tuple[Link, ...]
    goals: tuple[Target, ...]
    targets: tuple[Target, ...]
    aims: Mapping[str, Target]
    concepts: tuple[Named, ...]
    strategies: tuple[Named, ...]

    @property
    def documents(self) -> tuple[Named, ...]:
        """Return the documents that elements stand in: the circular strategies first."""
        found = {item.document.iri: item.document for item in self.elements.values()}
        own = {item.iri for item in self.strategies}
        return tuple(sorted(found.values(), key=lambda item: (item.iri not in own, item.label)))

    def things(self, *properties: Property) -> tuple[Named, ...]:
        """Return what elements name by these properties, by label."""
        found = {
            thing.iri: thing
            for element in self.elements.values()
            for prop in properties
            for thing in element.named.get(prop, ())
        }
        return tuple(sorted(found.values(), key=lambda item: (item.label.casefold(), item.iri)))


def sdg_code(link: Link) -> str:
    """Return the code of the SDG goal or target a link leads to, "" for a goal of a concept."""
    return link.aim.iri.removeprefix(SDG) if link.aim.iri.startswith(SDG) else ""


def is_conflict(link: Link) -> bool:
    """Tell whether the element works against the aim."""
    return link.strength < 0


def is_adopted(link: Link) -> bool:
    """Tell whether a document or a person stands behind the link."""
    return link.review in ADOPTED


def elements_of(rows: Iterable[Row]) -> dict[str, Element]:
    """Return the elements that rows of the query `elements` describe, in natural order."""
    first: dict[str, Row] = {}
    named: dict[str, dict[Property, dict[str, Named]]] = defaultdict(lambda: defaultdict(dict))
    for row in rows:
        first.setdefault(row["element"], row)
        if prop := _PROPERTIES.get(row.get("property", "")):
            thing = Named(iri=row["thing"], label=row["thing_label"])
            named[row["element"]][prop][thing.iri] = thing
    found = [
        Element(
            iri=iri,
            number=row.get("number", ""),
            label=row["element_label"],
            kind=row["element_kind"],  # type: ignore[arg-type]  # the query names these four
            document=Named(iri=row["document"], label=row["document_label"]),
            named={prop: tuple(things.values()) for prop, things in named[iri].items()},
        )
        for iri, row in first.items()
    ]
    kinds = ("vision", "field", "goal", "measure")
    found.sort(
        key=lambda item: (
            item.document.label,
            -kinds.index(item.kind),
            natural(item.number),
            item.label,
            item.iri,
        )
    )
    return {item.iri: item for item in found}


def targets_of(rows: Iterable[Row]) -> tuple[Target, ...]:
    """Return the aims that rows of the query `aims` describe, by concept and code."""
    found: dict[str, Target] = {}
    for row in rows:
        concept = row.get("concept")
        label = row.get("concept_label", concept)
        found.setdefault(
            row["aim"],
            Target(
                row["aim"],
                row.get("code", ""),
                row["aim_label"],
                row["aim_kind"],
                Named(iri=concept, label=label or concept) if concept else None,
            ),
        )
    ordered = sorted(
        found.values(),
        key=lambda item: (item.concept.label if item.concept else "", natural(item.code), item.iri),
    )
    return tuple(ordered)


def contributions_of(
    rows: Sequence[Row], kind: Named, review_label: str, reason: str
) -> list[Link]:
    """Return the contributions that documents state as declared links; they have no IRI."""
    found: dict[tuple[str, str], Link] = {}
    for row in rows:
        page = row.get("page", "")
        found.setdefault(
            (row["element"], row["aim"]),
            Link(
                iri="",
                element=Named(iri=row["element"], label=row["element_label"]),
                aim={"iri": row["aim"], "code": row.get("aim_code"), "label": row["aim_label"]},  # type: ignore[arg-type]  # pydantic reads it
                concepts=[Named(iri=row["concept"], label=row["concept_label"])],
                city=Named(iri=row["city"], label=""),
                kind=kind,
                strength=1,
                confidence=None,
                review="declared",
                review_label=review_label,
                reason=reason,
                evidence=[
                    Ground(
                        quote=None,
                        page=int(page) if page.isdigit() else None,
                        document=None,
                        source=row.get("source"),
                        row=row.get("row"),
                    )
                ],
            ),
        )
    return list(found.values())


def joined(links: Sequence[Link], stated: Sequence[Link]) -> tuple[Link, ...]:
    """Return links with what documents state, each support of an aim by an element once.

    What a document states makes a proposal of the same needless; a conflict stays beside it.
    """
    adopted = {(link.element.iri, link.aim.iri) for link in links if is_adopted(link)}
    new = [link for link in stated if (link.element.iri, link.aim.iri) not in adopted]
    known = {(link.element.iri, link.aim.iri) for link in new}
    kept = [
        link
        for link in links
        if is_conflict(link) or is_adopted(link) or (link.element.iri, link.aim.iri) not in known
    ]
    return (*kept, *new)


def natural(code: str) -> tuple[tuple[int, str], ...]:
    """Return a key that sorts numbers within codes as numbers.

    >>> sorted(["12.10", "12.a", "12.2"], key=natural)
    ['12.2', '12.10', '12.a']
    """
    parts = code.replace("-", ".").replace(" ", ".").split(".")
    return tuple((int(part), "") if part.isdigit() else (10**6, part.casefold()) for part in parts)
