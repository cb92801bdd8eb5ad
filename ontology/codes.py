"""Give the codes that reference tables may use: scheme concepts, SDGs and R-strategies."""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files

from pyoxigraph import Literal, NamedNode, RdfFormat, parse

from ontology.namespaces import SKOS, scheme
from ontology.tables import Row, TableForm, read_rows, shipped_table

SDG_GOALS = TableForm(
    "sdg_goals", "code", ("code", "label_de", "label_en", "summary_de", "summary_en")
)
SDG_TARGETS = TableForm(
    "sdg_targets", "code", ("code", "goal", "label_de", "label_en", "summary_de", "summary_en")
)

_RANGE = re.compile(r"R(\d)-R(\d)")

# Statements read from a source: these may stand as declared. Judgement and law quoted from
# memory stay proposals.
DECLARED_EVIDENCE = frozenset({"literature", "official", "page"})


@cache
def scheme_codes(name: str) -> frozenset[str]:
    """Return the notations of a concept scheme that ships as Turtle."""
    text = files("ontology").joinpath("schemes", f"{name}.ttl").read_bytes()
    return frozenset(
        quad.object.value
        for quad in parse(text, format=RdfFormat.TURTLE)
        if quad.predicate.value == SKOS.notation and isinstance(quad.object, Literal)
    )


@cache
def scheme_labels(name: str) -> dict[str, tuple[str, str]]:
    """Return the German and English label of each concept of a scheme by code."""
    text = files("ontology").joinpath("schemes", f"{name}.ttl").read_bytes()
    labels: dict[tuple[str, str | None], str] = {
        (quad.subject.value, quad.object.language): quad.object.value
        for quad in parse(text, format=RdfFormat.TURTLE)
        if quad.predicate.value == SKOS.prefLabel
        and isinstance(quad.object, Literal)
        and isinstance(quad.subject, NamedNode)
    }
    iris = {code: scheme(name, code) for code in sorted(scheme_codes(name))}
    return {code: (labels[iri, "de"], labels[iri, "en"]) for code, iri in iris.items()}


@cache
def shipped_labels(table: str, column: str = "id") -> dict[str, tuple[str, str]]:
    """Return the German and English label of each row of a shipped table by its key."""
    rows = _open_rows(table, column)
    return {row.text(column): (row.text("label_de"), row.text("label_en")) for row in rows}


@cache
def shipped_keys(table: str, column: str = "id") -> frozenset[str]:
    """Return the keys of a shipped table, without checking the table."""
    return frozenset(row.text(column) for row in _open_rows(table, column))


def _open_rows(table: str, column: str) -> list[Row]:
    lines = shipped_table(table)
    form = TableForm(table, "", tuple(lines.partition("\n")[0].removeprefix("\ufeff").split(",")))
    open_form = TableForm(table, "", (column,), tuple(c for c in form.columns if c != column))
    return read_rows(open_form, lines)


@cache
def sdg_labels() -> dict[str, tuple[str, str]]:
    """Return the German and English label of each SDG goal and target by code."""
    return {
        row.text("code"): (row.text("label_de"), row.text("label_en"))
        for form in (SDG_GOALS, SDG_TARGETS)
        for row in read_rows(form, shipped_table(form.name))
    }


def sdg_codes(row: Row, column: str) -> list[str]:
    """Return the SDG codes of a cell: `12.5`, `12` or `12.*` for the goal, `*` for all goals.

    Raises:
        ReferenceTableError: A code is not one of the UN's.
    """
    codes: list[str] = []
    for part in row.items(column):
        found = _goals() if part == "*" else [part.removesuffix(".*")]
        for code in found:
            if code not in sdg_labels():
                raise row.error(
                    "unknown-sdg",
                    column,
                    f"'{code}' is no SDG goal or target",
                    "Use a code such as 12 or 12.5; separate several with semicolons.",
                )
            codes.append(code)
    return list(dict.fromkeys(codes))


def _goals() -> list[str]:
    return sorted((code for code in sdg_labels() if "." not in code), key=int)


def r_codes(row: Row, column: str) -> list[str]:
    """Return the R codes of a cell; `R0-R3` stands for all four.

    Raises:
        ReferenceTableError: A code is not R0 to R9.
    """
    codes: list[str] = []
    for part in row.items(column):
        match = _RANGE.fullmatch(part)
        found = (
            [f"R{rank}" for rank in range(int(match[1]), int(match[2]) + 1)] if match else [part]
        )
        if not found or any(code not in scheme_codes("r-strategy") for code in found):
            raise row.error(
                "unknown-r-strategy",
                column,
                f"'{part}' is no R-strategy",
                "Use R0 to R9, separated by semicolons, or a range such as R0-R3.",
            )
        codes += found
    return list(dict.fromkeys(codes))
