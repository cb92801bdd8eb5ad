"""Keep a thesaurus with its labels' stems as a file, so that a short process need not read a graph.

The file is made from a generation's graph when the generation is written and read with it; nobody
edits it. A file of another format is not read, the graph is asked instead.
"""

from __future__ import annotations

import json
from typing import Any, Final

from kg.matching.text import stems_of
from kg.matching.thesaurus import AimWeight, Concept, Label, Thesaurus

NAME: Final = "thesaurus.json"
FORMAT: Final = 2
_LISTS: Final = ("r_strategies", "value_chains", "instruments", "broader", "related")


def as_bytes(thesaurus: Thesaurus) -> bytes:
    """Return a thesaurus as JSON, with the stems of every label."""
    concepts = [
        {
            "iri": concept.iri,
            "kind": concept.kind,
            "labels": [
                [label.language, label.kind, label.text, " ".join(_stems(label))]
                for label in concept.labels
            ],
            "aims": [
                [aim.aim, aim.weight, aim.evidence, aim.source, aim.link] for aim in concept.aims
            ],
            **{name: list(getattr(concept, name)) for name in _LISTS},
        }
        for concept in thesaurus.concepts.values()
    ]
    content = {"format": FORMAT, "concepts": concepts}
    return json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode()


def of_bytes(content: bytes | None) -> Thesaurus | None:
    """Return the thesaurus of a file's content; None without one, or if it cannot be used."""
    if content is None:
        return None
    try:
        given = json.loads(content)
        return _thesaurus(given["concepts"]) if given["format"] == FORMAT else None
    except (ValueError, KeyError, TypeError):
        # A damaged file costs time, never an answer: the graph is read instead.
        return None


def _thesaurus(concepts: list[dict[str, Any]]) -> Thesaurus:
    return Thesaurus.of(
        Concept(
            iri=item["iri"],
            kind=item["kind"],
            labels=tuple(
                Label(language, kind, text, tuple(stems.split()))
                for language, kind, text, stems in item["labels"]
            ),
            aims=tuple(AimWeight(*aim) for aim in item["aims"]),
            **{name: tuple(item[name]) for name in _LISTS},
        )
        for item in concepts
    )


def _stems(label: Label) -> tuple[str, ...]:
    return label.stems or stems_of(label.text, label.language)
