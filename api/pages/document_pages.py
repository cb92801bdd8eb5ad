"""Show one document of the ontology: a module, an alignment or a scheme."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from api.pages.ontology_figures import module_figure
from api.pages.ontology_words import Words, document_path, header_facts, words_in
from api.pages.rendering import other_language, render
from api.pages.term_facts import (
    chain_lines,
    foreign_part,
    relation_in_words,
    term_view,
)
from kg.language import Language
from ontology.headers import Header
from ontology.term_descriptions import KINDS


async def document_page(request: Request, header: Header, language: Language) -> Response:
    """Return the page of a document that is a module, an alignment or a scheme."""
    values = await run_in_threadpool(_values, header.iri, language)
    return render(
        f"ontology_{header.kind}.html",
        language,
        switch_path=document_path(header.iri, other_language(language)),
        values={**values, "instead": request.query_params.get("instead", "")[:20]},
    )


@cache
def _values(iri: str, language: Language) -> Mapping[str, object]:
    words = words_in(language)
    header = words.described.headers[iri]
    own = {"module": _module, "alignment": _alignment, "scheme": _scheme}[header.kind]
    return {
        "header": header,
        "title": words.say(header.title),
        "short_title": words.label(iri),
        "description": words.say(header.description),
        "note": words.say(header.note),
        "facts": header_facts(words, header),
        **own(words, header),
    }


def _module(words: Words, header: Header) -> Mapping[str, object]:
    terms = words.described.of_module(header.iri)
    views = {
        kind: sorted(
            (term_view(words, term) for term in terms if term.kind == kind),
            key=lambda view: (view.label.casefold(), view.name),
        )
        for kind in KINDS
    }
    return {
        "figure": module_figure(header.iri, words.language),
        "groups": {kind: found for kind, found in views.items() if found},
    }


def _alignment(words: Words, header: Header) -> Mapping[str, object]:
    chains = [chain for chain in words.described.chains if chain.document == header.iri]
    return {
        "rows": [
            (
                words.link(line.ours),
                relation_in_words(words, line),
                foreign_part(words, line.theirs),
            )
            for line in words.described.correspondences[header.iri]
        ],
        "chains": [chain_lines(words, chain) for chain in chains],
    }


def _scheme(words: Words, header: Header) -> Mapping[str, object]:
    concepts = words.described.concepts[header.iri]
    return {
        "classes": [
            words.link(kind) for kind in sorted({k for one in concepts for k in one.classes})
        ],
        "concepts": [
            {
                "code": concept.code,
                "label": words.say(concept.label),
                "href": words.href(concept.iri),
                "definition": words.say(concept.definition),
                "example": words.say(concept.example),
                "rationale": words.say(concept.rationale),
            }
            for concept in concepts
        ],
    }
