"""Run the quality checks over an ontology and tell what they find.

`checks/NAME.rq` holds one check: its title and what to do, in both languages, how grave a finding
is, and a SELECT whose `?term` is the term at fault; `?detail` tells which value or property it is.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from importlib.resources import files

from pyoxigraph import Quad, QuerySolutions, Store

from ontology.competency import question_quads
from ontology.namespaces import PREFIXES
from ontology.query_head import read_head
from ontology.reference import ontology_quads


class QualitySeverity(StrEnum):
    """Say how grave a finding is: an error must be mended, a note may stay as it is."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class QualityCheck:
    """Hold one check with its words."""

    name: str
    severity: QualitySeverity
    title_de: str
    title_en: str
    remedy_de: str
    remedy_en: str
    text: str


@dataclass(frozen=True, slots=True)
class QualityFinding:
    """Name a term that a check found, with prefixes in place of long IRIs."""

    check: QualityCheck
    term: str
    detail: str

    @property
    def title_de(self) -> str:
        """Return what is wrong with which term, in German."""
        return self._told(self.check.title_de)

    @property
    def title_en(self) -> str:
        """Return what is wrong with which term, in English."""
        return self._told(self.check.title_en)

    def _told(self, title: str) -> str:
        return f"{self.term}: {title}" + (f" ({self.detail})" if self.detail else "")


def quality_checks() -> dict[str, QualityCheck]:
    """Return the checks by name, sorted."""
    entries = sorted(files("ontology").joinpath("checks").iterdir(), key=lambda entry: entry.name)
    names = [(entry.name.removesuffix(".rq"), entry) for entry in entries]
    return {
        name: parse_check(name, entry.read_text("utf-8"))
        for name, entry in names
        if entry.name.endswith(".rq")
    }


def parse_check(name: str, text: str) -> QualityCheck:
    """Return the check that a file's text describes; an incomplete head is a ValueError."""
    head = read_head(name, text, pairs=("title", "remedy"), entries=("severity",))
    return QualityCheck(
        name=name,
        severity=QualitySeverity(head.entries["severity"]),
        title_de=head.pairs["title"].de,
        title_en=head.pairs["title"].en,
        remedy_de=head.pairs["remedy"].de,
        remedy_en=head.pairs["remedy"].en,
        text=text,
    )


def quality_findings(quads: Iterable[Quad]) -> list[QualityFinding]:
    """Return what the checks find in these quads, errors first, then by check and term."""
    store = Store()
    store.extend(Quad(quad.subject, quad.predicate, quad.object) for quad in quads)
    order = list(QualitySeverity)
    checks = sorted(
        quality_checks().values(), key=lambda check: (order.index(check.severity), check.name)
    )
    return [finding for check in checks for finding in _findings(store, check)]


def shipped_findings() -> list[QualityFinding]:
    """Return what the checks find in the shipped ontology, its schemes and its questions."""
    return quality_findings([*ontology_quads(), *question_quads()])


def _findings(store: Store, check: QualityCheck) -> list[QualityFinding]:
    solutions = store.query(check.text)
    if not isinstance(solutions, QuerySolutions):
        raise TypeError(f"The check {check.name} is no SELECT query.")
    has_detail = any(variable.value == "detail" for variable in solutions.variables)
    found = {
        (_short(row["term"]), _short(row["detail"]) if has_detail else "") for row in solutions
    }
    return [QualityFinding(check, term, detail) for term, detail in sorted(found)]


def _short(term: object) -> str:
    """Return an IRI with its prefix, a text as it is, a blank node with its label."""
    value = str(getattr(term, "value", term))
    fitting = [(base, name) for name, base in PREFIXES.items() if value.startswith(base)]
    if not fitting:
        return value
    base, name = max(fitting, key=lambda pair: len(pair[0]))
    return f"{name}:{value.removeprefix(base)}"
