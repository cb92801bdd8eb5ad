"""Put IRIs of the ontology into a reader's words, each with the place where it is explained."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from api.pages.paths import page_path, thing_path
from api.wording import Texts, foreign_labels, texts_in
from kg.labels import short_name
from kg.language import Language
from ontology.description import OntologyDescription, ontology_description
from ontology.headers import Header
from ontology.namespaces import PREFIXES
from ontology.query_head import Wording
from ontology.terms import BASE


@dataclass(frozen=True, slots=True)
class Part:
    """Hold a piece of a line: a text, where it leads if anywhere, and whether it is formal."""

    text: str
    href: str = ""
    is_code: bool = False

    @property
    def is_foreign(self) -> bool:
        """Tell whether the piece leads out of our pages."""
        return not self.href.startswith(("/", "#"))


Line = tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class Fact:
    """Hold the lines under one heading."""

    heading: str
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Words:
    """Know the description of the ontology and the reader's language."""

    language: Language
    described: OntologyDescription

    @property
    def texts(self) -> Texts:
        """Return the fixed words of the pages."""
        return texts_in(self.language)

    def say(self, wording: Wording | None) -> str:
        """Return a wording in the reader's language, "" when there is none."""
        if wording is None:
            return ""
        return wording.de if self.language == "de" else wording.en

    def label(self, iri: str) -> str:
        """Return the label of a term, a concept or a document."""
        if iri in self.described.headers:
            # What stands before the colon is the name of the whole, which all modules share.
            title = self.say(self.described.headers[iri].title)
            return title.rpartition(": ")[2]
        wording = self.described.labels.get(iri)
        return self.say(wording) or foreign_labels(self.language).get(iri) or formal_name(iri)

    def href(self, iri: str) -> str:
        """Return where an IRI is explained: on our pages if it is ours, else at its own address."""
        if iri in self.described.terms:
            term = self.described.terms[iri]
            return f"{document_path(term.module, self.language)}#{term.name}"
        if iri in self.described.headers:
            return document_path(iri, self.language)
        return thing_path(iri, self.language) if iri.startswith(BASE) else iri

    def link(self, iri: str) -> Part:
        """Return the label of an IRI as a link."""
        return Part(self.label(iri), self.href(iri))

    def question(self, number: str) -> Part:
        """Return a competency question as a link to its page."""
        question = self.described.questions[number]
        title = question.title_de if self.language == "de" else question.title_en
        return Part(f"{number} {title}", f"{page_path('queries', self.language)}/{number}")

    def say_question(self, number: str) -> str:
        """Return what a competency question asks."""
        question = self.described.questions[number]
        return question.question_de if self.language == "de" else question.question_en

    def links(self, heading: str, iris: Iterable[str]) -> Fact:
        """Return a fact whose only line names all of these as links."""
        parts: list[Part] = []
        for iri in self.in_order(iris):
            parts += [Part(", "), self.link(iri)] if parts else [self.link(iri)]
        return Fact(heading, (tuple(parts),) if parts else ())

    def in_order(self, iris: Iterable[str]) -> list[str]:
        """Return IRIs by the order of their labels."""
        return sorted(iris, key=lambda iri: (self.label(iri).casefold(), iri))


def words_in(language: Language) -> Words:
    """Return the words for a language."""
    return Words(language, ontology_description())


def document_path(iri: str, language: Language) -> str:
    """Return the address of a document of the ontology on this site.

    >>> document_path("https://w3id.org/kreislaufstadt/ontology/core", "en")
    '/ontology/core?lang=en'
    """
    return f"/{iri.removeprefix(BASE)}?lang={language}"


def formal_name(iri: str) -> str:
    """Return an IRI with its prefix, or as it is when it has none.

    >>> formal_name("http://www.w3.org/ns/prov#Plan")
    'prov:Plan'
    """
    name = short_name(iri)
    prefixes = (prefix for prefix, base in PREFIXES.items() if base + name == iri)
    prefix = next(prefixes, None)
    return f"{prefix}:{name}" if prefix else iri


def header_facts(words: Words, header: Header) -> list[Fact]:
    """Return what a document says about itself, without title and description."""
    texts = words.texts["ontology"]
    named = [
        ("iri", Part(header.iri, is_code=True)),
        ("version", Part(header.version)),
        ("version_iri", Part(header.version_iri, is_code=True)),
        ("prior_version", Part(header.prior_version_iri, is_code=True)),
        ("namespace", Part(header.namespace, is_code=True)),
        ("prefix", Part(header.prefix, is_code=True)),
        ("created", Part(header.created)),
        ("modified", Part(header.modified)),
        ("creator", Part(header.creator)),
        ("publisher", Part(header.publisher)),
        ("licence", Part(_licence(header.licence), header.licence)),
        ("citation", Part(words.say(header.citation))),
    ]
    facts = [Fact(texts[key], ((part,),)) for key, part in named if part.text]
    facts.append(words.links(texts["imports"], header.imports))
    facts.append(Fact(texts["sources"], tuple((Part(iri, iri),) for iri in header.sources)))
    return [fact for fact in facts if fact.lines]


def _licence(iri: str) -> str:
    """Return the usual name of a Creative Commons licence.

    >>> _licence("https://creativecommons.org/licenses/by/4.0/")
    'CC BY 4.0'
    """
    parts = iri.rstrip("/").split("/")
    if "creativecommons.org" not in parts:
        return iri
    return f"CC {parts[-2].upper()} {parts[-1]}"
