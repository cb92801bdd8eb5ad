"""Show the whole ontology: what it is for, its parts, how good it is, and all its terms."""

from __future__ import annotations

import unicodedata
from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from api.pages.ontology_figures import nutshell_figure
from api.pages.ontology_words import Part, Words, document_path, header_facts, words_in
from api.pages.rendering import other_language, render
from kg.language import Language
from ontology.headers import Header, in_reading_order
from ontology.namespaces import ONTOLOGY
from ontology.quality import QualityFinding, QualitySeverity, quality_checks, shipped_findings
from ontology.shipped_files import DocumentKind
from ontology.term_descriptions import KINDS, TermDescription


@dataclass(frozen=True, slots=True)
class IndexEntry:
    """Hold a term in the alphabetical list: its name is the anchor that its IRI leads to."""

    name: str
    label: str
    definition: str
    kind: str
    href: str
    module: Part


async def ontology_page(request: Request, language: Language) -> Response:
    """Return the page in the reader's language."""
    values = await run_in_threadpool(_values, language)
    return render(
        "ontology.html",
        language,
        switch_path=document_path(ONTOLOGY, other_language(language)),
        values={**values, "instead": request.query_params.get("instead", "")[:20]},
    )


@cache
def _values(language: Language) -> Mapping[str, object]:
    words = words_in(language)
    described = words.described
    header = described.headers[ONTOLOGY]
    counts = {
        module.iri: Counter(term.kind for term in described.of_module(module.iri))
        for module in _of_kind(words, "module")
    }
    return {
        "header": header,
        "title": words.say(header.title),
        "description": words.say(header.description),
        "note": words.say(header.note),
        "facts": header_facts(words, header),
        "figure": nutshell_figure(language),
        "kinds": tuple(KINDS),
        "modules": [
            (*_listed(words, module), counts[module.iri]) for module in _of_kind(words, "module")
        ],
        "totals": sum(counts.values(), Counter()),
        "schemes": [
            (*_listed(words, scheme), len(described.concepts[scheme.iri]))
            for scheme in sorted(
                _of_kind(words, "scheme"), key=lambda one: words.say(one.title).casefold()
            )
        ],
        "alignments": [
            (*_listed(words, alignment), len(described.correspondences[alignment.iri]))
            for alignment in _of_kind(words, "alignment")
        ],
        "questions": [
            (words.question(number), words.say_question(number)) for number in described.questions
        ],
        "quality": _quality(language),
        "index": _index(words),
    }


def _of_kind(words: Words, kind: DocumentKind) -> list[Header]:
    headers = words.described.headers
    return [header for header in in_reading_order(headers) if header.kind == kind]


def _listed(words: Words, header: Header) -> tuple[Part, str]:
    """Return the title of a document as a link, and its description."""
    return words.link(header.iri), words.say(header.description)


def _quality(language: Language) -> Mapping[str, object]:
    findings = shipped_findings()
    numbers = Counter(finding.check.severity for finding in findings)
    by_check: dict[str, list[QualityFinding]] = defaultdict(list)
    for finding in findings:
        by_check[finding.check.name].append(finding)
    return {
        "checks": len(quality_checks()),
        "numbers": [(severity.value, numbers[severity]) for severity in QualitySeverity],
        "found": [
            (
                found[0].check.severity.value,
                found[0].check.title_de if language == "de" else found[0].check.title_en,
                len(found),
            )
            for found in by_check.values()
        ],
    }


def _index(words: Words) -> list[tuple[str, list[IndexEntry]]]:
    """Return all terms by the first letter of their label."""
    letters: dict[str, list[IndexEntry]] = defaultdict(list)
    terms = words.described.terms.values()
    for term in sorted(terms, key=lambda one: (_sorted_as(words.say(one.label)), one.iri)):
        letters[_sorted_as(words.say(term.label))[0].upper()].append(_entry(words, term))
    return sorted(letters.items())


def _entry(words: Words, term: TermDescription) -> IndexEntry:
    return IndexEntry(
        name=term.name,
        label=words.say(term.label),
        definition=words.say(term.definition),
        kind=words.texts["term"][f"one_{term.kind}"],
        href=words.href(term.iri),
        module=words.link(term.module),
    )


def _sorted_as(label: str) -> str:
    """Return a label as dictionaries sort it: without accents and capitals.

    >>> _sorted_as("Überblick")
    'uberblick'
    """
    plain = unicodedata.normalize("NFKD", label.casefold())
    return "".join(sign for sign in plain if not unicodedata.combining(sign))
