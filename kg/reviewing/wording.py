"""Say a link and a decision as plain values, for programs and for people."""

from __future__ import annotations

from kg.access import EVERY_CITY
from kg.language import Language
from kg.reviewing.decisions import Decision
from kg.reviewing.desk import Entry
from kg.reviewing.links import Link


def entry_as_json(entry: Entry, language: Language) -> dict[str, object]:
    """Return a link with what a reviewer needs to judge it; texts in one language."""
    link = entry.link
    return {
        "link": link.iri,
        "label": text_of_link(link, language),
        "source": link.source,
        "target": link.target,
        "kind": link.kind,
        "strength": link.strength,
        "confidence": float(link.confidence) if link.confidence else None,
        "reason": reason_of_link(link, language),
        "evidence": [
            {
                "document": passage.document,
                "quote": passage.quote,
                "page": int(passage.page) if passage.page.isdigit() else None,
            }
            for passage in link.evidence
        ],
        "cities": list(link.cities),
        "status": entry.status,
        "state": entry.state,
    }


def text_of_link(link: Link, language: Language) -> str:
    """Return what a link is called in a language, else in the other one."""
    return _either(link.label_de, link.label_en, language)


def reason_of_link(link: Link, language: Language) -> str:
    """Return why a link was proposed, in a language, else in the other one."""
    return _either(link.reason_de, link.reason_en, language)


def decision_as_json(
    decision: Decision, language: Language, *, published: bool
) -> dict[str, object]:
    """Return a decision; `published` tells whether readers of the graph see it already."""
    words = decision.verdict.words.in_language(language)
    return {
        "number": decision.number,
        "link": decision.link.iri,
        "decision": decision.verdict.value,
        "outcome": words,
        "status": decision.verdict.status,
        "reason": decision.reason,
        "reviewer": decision.reviewer.name,
        "reviewer_key": decision.reviewer.key,
        "time": decision.time.isoformat(),
        "city": decision.link.city or EVERY_CITY,
        "successor": _change(decision.link, decision.successor),
        "published": published,
    }


def _change(before: Link, after: Link | None) -> dict[str, object] | None:
    if after is None:
        return None
    return {
        "link": after.iri,
        "target": after.target,
        "kind": after.kind,
        "strength": after.strength,
        "was": {"target": before.target, "kind": before.kind, "strength": before.strength},
    }


def _either(german: str, english: str, language: Language) -> str:
    return (english or german) if language == "en" else (german or english)
