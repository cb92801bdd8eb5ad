"""Draw the conclusions that the ontology's axioms and rules allow, each by a named rule."""

from kg.reasoning.closure import Closure, infer
from kg.reasoning.rules import Rule, compile_rules, fingerprint
from kg.reasoning.shipped import shipped_rules
from kg.reasoning.upkeep import Change, reinfer

__all__ = [
    "Change",
    "Closure",
    "Rule",
    "compile_rules",
    "fingerprint",
    "infer",
    "reinfer",
    "shipped_rules",
]
