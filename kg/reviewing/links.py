"""Hold a link as a reviewer sees it, whole, so that a decision can be replayed without its source.

A link is a `ks:Interface`: an element of a municipality, an aim, a kind and a strength, with reason
and evidence.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass, field, replace
from typing import Final

from kg.errors import BadParameter
from kg.language import Text
from ontology.namespaces import scheme
from ontology.terms import BASE

PROPOSED: Final = "proposed"
CONFIRMED: Final = "confirmed"
REJECTED: Final = "rejected"
SUPERSEDED: Final = "superseded"
KINDS: Final = ("supports", "implements", "conflicts", "prerequisite", "duplicates", "measures")
MOST: Final = 3
_ARROW: Final = " → "


@dataclass(frozen=True, slots=True)
class Passage:
    """Hold one piece of evidence; `page` and `row` are "" where the source gives none."""

    iri: str
    document: str
    quote: str = ""
    page: str = ""
    row: str = ""


@dataclass(frozen=True, slots=True)
class Link:
    """Hold a link; IRIs but for codes and texts, "" where nothing is said.

    `kind` is a code of the scheme interface-kind, `strength` −3 … 3, `confidence` a decimal number
    as text, `authors` the agents it is attributed to, `loaded_by` the keys of the tokens with which
    its source was loaded, `cities` the AGS of its element.
    """

    iri: str
    source: str
    target: str
    kind: str
    strength: int
    confidence: str = ""
    label_de: str = ""
    label_en: str = ""
    reason_de: str = ""
    reason_en: str = ""
    method: str = ""
    authors: tuple[str, ...] = ()
    loaded_by: tuple[str, ...] = ()
    cities: tuple[str, ...] = ()
    evidence: tuple[Passage, ...] = field(default=())

    @property
    def city(self) -> str:
        """Return the AGS under which decisions on it are filed, "" where its element has none."""
        return self.cities[0] if self.cities else ""


@dataclass(frozen=True, slots=True)
class Correction:
    """Hold what a reviewer gives in place of what a link says; None keeps it."""

    target: str | None = None
    kind: str | None = None
    strength: int | None = None


def state_of(link: Link, status: str, decided: int) -> str:
    """Return 16 hexadecimal digits that change with everything a reviewer judges by.

    `decided` is the number of the last decision on the link, 0 before the first.
    """
    shown = {**asdict(link), "status": status, "decided": decided}
    text = json.dumps(shown, sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def corrected(link: Link, correction: Correction, aim: Text | None = None) -> Link:
    """Return what a link says after a correction, under an IRI of its own.

    `aim` is the name of another aim. The same link and correction give the same IRI.

    Raises:
        BadParameter: kind or strength is unknown, they contradict each other, or nothing changed.
    """
    kind = link.kind if correction.kind is None else correction.kind
    strength = link.strength if correction.strength is None else correction.strength
    target = link.target if correction.target is None else correction.target
    if kind not in KINDS:
        listed = ", ".join(KINDS)
        raise BadParameter("kind", kind, Text(f"eine von {listed}", f"one of {listed}"))
    if abs(strength) > MOST or (strength < 0) != (kind == "conflicts"):
        raise BadParameter(
            "strength",
            str(strength),
            Text(
                "eine Zahl von 0 bis 3, bei einem Konflikt von -3 bis -1",
                "a number from 0 to 3, for a conflict from -3 to -1",
            ),
        )
    if (target, kind, strength) == (link.target, link.kind, link.strength):
        raise BadParameter(
            "correction",
            link.iri,
            Text("ein anderes Ziel, eine andere Art oder Stärke", "another aim, kind or strength"),
        )
    key = hashlib.sha256(f"{link.iri}\n{target}\n{kind}\n{strength}".encode()).hexdigest()[:16]
    parts = (f"{BASE}id", link.city, "interface", "reviewed", key)
    named = Text(link.label_de, link.label_en)
    if aim is not None:
        starts = [text.partition(_ARROW)[0] for text in (named.de, named.en)]
        named = Text(f"{starts[0]}{_ARROW}{aim.de}", f"{starts[1]}{_ARROW}{aim.en}")
    return replace(
        link,
        iri="/".join(part for part in parts if part),
        target=target,
        kind=kind,
        strength=strength,
        confidence="",
        label_de=named.de,
        label_en=named.en,
        method=scheme("assessment-method", "expert-judgement"),
    )
