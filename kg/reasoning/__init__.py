"""Draw the conclusions that the ontology's axioms and rules allow, each by a named rule."""

from kg.reasoning.closure import Closure, infer
from kg.reasoning.rules import Rule, compile_rules
from kg.reasoning.shipped import shipped_rules

__all__ = ["Closure", "Rule", "compile_rules", "infer", "shipped_rules"]
