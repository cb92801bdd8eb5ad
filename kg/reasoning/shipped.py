"""Give the rules of the ontology as it is shipped."""

from __future__ import annotations

from functools import cache
from importlib import resources

from kg.reasoning.rules import Rule, compile_rules
from ontology.reference import ontology_quads


@cache
def shipped_rules() -> tuple[Rule, ...]:
    """Return the rules compiled from the ontology's axioms and from the rule files beside it."""
    folder = resources.files("ontology").joinpath("rules")
    files = sorted(folder.iterdir(), key=lambda entry: entry.name)
    written = {
        entry.name.removesuffix(".rq"): entry.read_text("utf-8")
        for entry in files
        if entry.name.endswith(".rq")
    }
    return compile_rules(ontology_quads(), written)
