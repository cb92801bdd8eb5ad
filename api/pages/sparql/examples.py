"""Offer the stored queries and competency questions as examples, by topic."""

from __future__ import annotations

from functools import cache
from typing import Final

import queries
from kg.language import Language
from kg.stored import bound

# A query belongs to the topic of the first of these tags that it has; topics are in this order.
_TOPIC_OF_TAG: Final[dict[str, str]] = {
    "gap": "gap",
    "review": "review",
    "conflict": "conflict",
    "indicator": "indicator",
    "framework": "framework",
    "actor": "actor",
    "interface": "interface",
    "sdg": "interface",
    "measure": "measure",
    "r-strategy": "measure",
    "concept": "concept",
    "strategy": "concept",
    "aim": "concept",
}
_ANY_OTHER: Final = "overview"
TOPICS: Final = (*dict.fromkeys(_TOPIC_OF_TAG.values()), _ANY_OTHER)

Topic = tuple[str, tuple[tuple[str, str], ...]]


@cache
def examples_in(language: Language) -> tuple[Topic, ...]:
    """Return each topic with name and question of its queries that run without a value."""
    listed = (*queries.catalogue().values(), *queries.competency_catalogue().values())
    found: dict[str, list[tuple[str, str]]] = {topic: [] for topic in TOPICS}
    for query in listed:
        if not any(parameter.required for parameter in query.parameters):
            question = query.question_de if language == "de" else query.question_en
            found[topic_of(query)].append((query.name, question))
    return tuple((topic, tuple(found[topic])) for topic in TOPICS if found[topic])


def example_text(query: queries.StoredQuery, language: Language) -> str:
    """Return the SPARQL of an example, with its question in place of the head for programs."""
    lines = bound(query, {"language": language}).splitlines()
    start = next(number for number, line in enumerate(lines) if not line.startswith("#"))
    question = query.question_de if language == "de" else query.question_en
    return "\n".join([f"# {question}", *lines[start:], ""])


def topic_of(query: queries.StoredQuery) -> str:
    """Return the topic of a query, `overview` for one without a topic of ours."""
    tag = next((tag for tag in _TOPIC_OF_TAG if tag in query.tags), "")
    return _TOPIC_OF_TAG.get(tag, _ANY_OTHER)
