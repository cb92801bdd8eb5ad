"""Say a rule in words, with the labels of the terms it speaks of."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from kg.language import Language, Text
from kg.reasoning.rules import Rule
from ontology.namespaces import RDF

_TYPE: Final = f"<{RDF.type}>"

# By the kind of rule; {0}, {1}, … are the labels of the rule's terms, {head} that of the conclusion
# and {chain} those of the body, joined.
_WORDS: Final[Mapping[str, Text]] = {
    "prp-spo1": Text("»{0}« ist eine Form von »{head}«.", "“{0}” is a form of “{head}”."),
    "prp-inv1": Text("»{head}« ist die Umkehrung von »{0}«.", "“{head}” is the inverse of “{0}”."),
    "prp-inv2": Text("»{head}« ist die Umkehrung von »{0}«.", "“{head}” is the inverse of “{0}”."),
    "prp-symp": Text("»{head}« gilt in beide Richtungen.", "“{head}” holds in both directions."),
    "prp-trp": Text(
        "»{head}« gilt über mehrere Schritte hinweg.", "“{head}” carries on over several steps."
    ),
    "prp-spo2": Text(
        "Wer über {chain} dorthin gelangt, für den gilt »{head}«.",
        "What leads there by {chain} stands in the relation “{head}”.",
    ),
    "prp-dom": Text("Was »{0}« hat, gehört zu »{head}«.", "What has “{0}” belongs to “{head}”."),
    "prp-rng": Text(
        "Worauf »{0}« zeigt, gehört zu »{head}«.", "What “{0}” points to belongs to “{head}”."
    ),
    "cax-sco": Text("»{0}« ist eine Art von »{head}«.", "“{0}” is a kind of “{head}”."),
    "cls-int1": Text(
        "Was alle diese Merkmale hat, gehört zu »{head}«.",
        "What has all these features belongs to “{head}”.",
    ),
    "cls-int2": Text(
        "Was zu »{0}« gehört, hat das Merkmal »{head}«.",
        "What belongs to “{0}” has the feature “{head}”.",
    ),
}


def rule_terms(rule: Rule) -> tuple[str, ...]:
    """Return the IRIs of the properties and classes that a rule is about, the conclusion's last."""
    patterns = (*rule.body, rule.head)
    terms = (value if predicate == _TYPE else predicate for _, predicate, value in patterns)
    return tuple(term[1:-1] for term in terms)


def rule_in_words(rule: Rule, labels: Mapping[str, str], language: Language) -> str:
    """Return the sentence of a rule; labels by IRI, for all of `rule_terms`."""
    if rule.title is not None:
        return rule.title.in_language(language)
    words = _WORDS[rule.name.partition(" ")[0]].in_language(language)
    *others, head = (labels[term] for term in rule_terms(rule))
    quoted = "»{}«" if language == "de" else "“{}”"
    chain = " → ".join(quoted.format(label) for label in others)
    return words.format(*others, head=head, chain=chain)
