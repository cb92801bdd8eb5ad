"""Hold one entry of a source: its fields, what maps to no field, and where each stands."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from kg.findings import Place
from loaders.sheets import CellKind


@dataclass(frozen=True, slots=True)
class Other:
    """Hold the content of a heading that maps to no field."""

    heading: str
    text: str
    place: Place

    def in_words(self) -> str:
        """Return heading and content as the graph keeps them."""
        return f"{self.heading}: {self.text}" if self.text else self.heading


@dataclass(frozen=True, slots=True)
class Record:
    """Hold one entry; `section` is the heading above its table, "" where there is none."""

    place: Place
    values: Mapping[str, str]
    places: Mapping[str, Place]
    kinds: Mapping[str, CellKind]
    others: tuple[Other, ...] = ()
    section: str = ""

    def text(self, name: str) -> str:
        """Return the text of a field, "" where it has none."""
        return self.values.get(name, "")

    def place_of(self, name: str) -> Place:
        """Return where a field stands, else where the entry stands."""
        return self.places.get(name, self.place)


@dataclass(slots=True)
class RecordDraft:
    """Collect one entry cell by cell; a field that comes twice is joined."""

    place: Place
    section: str = ""
    values: dict[str, str] = field(default_factory=dict)
    places: dict[str, Place] = field(default_factory=dict)
    kinds: dict[str, CellKind] = field(default_factory=dict)
    others: list[Other] = field(default_factory=list)

    def add(self, name: str, text: str, place: Place, kind: CellKind = "text") -> bool:
        """Add text to a field and tell whether the field had one already."""
        if not text:
            return False
        before = self.values.get(name)
        if before is None:
            self.values[name], self.places[name], self.kinds[name] = text, place, kind
            return False
        if text != before:
            self.values[name] = f"{before}{' – ' if name == 'title' else chr(10)}{text}"
            self.kinds[name] = "text"
        return True

    def add_other(self, heading: str, text: str, place: Place) -> None:
        """Add content that maps to no field."""
        if heading or text:
            self.others.append(Other(heading, text, place))

    def is_blank(self) -> bool:
        """Tell whether nothing was added."""
        return not self.values and not self.others

    def finished(self) -> Record:
        """Return the entry."""
        return Record(
            self.place, self.values, self.places, self.kinds, tuple(self.others), self.section
        )
