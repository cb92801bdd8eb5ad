"""The pages of the ontology tell every term, in both languages, at the IRIs that are published."""

from __future__ import annotations

import itertools
import re
from html import unescape

import httpx
import pytest
from pyoxigraph import RdfFormat, parse
from rdflib import RDF, RDFS, Graph, URIRef

from kg.language import LANGUAGES, Language
from ontology.description import ontology_description
from ontology.namespaces import DCTERMS, KS, ONTOLOGY, SKOS
from ontology.shipped_files import ontology_files
from ontology.terms import BASE

HTML = {"Accept": "text/html"}
LOGIN = re.compile(r'href="/(?:de|en)/(?:anmelden|login)[^"]*"')
DESCRIBED = ontology_description()
MODULES = [iri for iri, header in DESCRIBED.headers.items() if header.kind == "module"]
ALIGNMENTS = [iri for iri, header in DESCRIBED.headers.items() if header.kind == "alignment"]
SCHEMES = [iri for iri, header in DESCRIBED.headers.items() if header.kind == "scheme"]


def _page(client: httpx.Client, iri: str, language: str) -> str:
    path = "/" + iri.removeprefix(BASE)
    answer = client.get(path, params={"lang": language}, headers=HTML)
    assert answer.status_code == 200
    return unescape(answer.text)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_overview_has_an_entry_with_definition_for_each_term(
    client: httpx.Client, language: Language
) -> None:
    text = _page(client, ONTOLOGY, language)
    for term in DESCRIBED.terms.values():
        assert term.definition is not None
        definition = term.definition.de if language == "de" else term.definition.en
        entry = text.partition(f'<div id="{term.name}">')[2].partition("</div>")[0]
        assert f"<dd>{definition}</dd>" in entry, term.name
        assert f"?lang={language}#{term.name}" in entry


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("module", MODULES)
def test_a_module_page_tells_all_its_terms(
    client: httpx.Client, module: str, language: Language
) -> None:
    text = _page(client, module, language)
    terms = DESCRIBED.of_module(module)
    assert len(re.findall('<article class="term"', text)) == len(terms)
    for term in terms:
        section = text.partition(f'<article class="term" id="{term.name}"')[2]
        section = section.partition("</article>")[0]
        for wording in (term.label, term.definition, term.rationale, term.example):
            if wording is not None:
                assert (wording.de if language == "de" else wording.en) in section, term.name
        assert term.iri in section


@pytest.mark.parametrize("path", ["/ontology", *(f"/{iri.removeprefix(BASE)}" for iri in MODULES)])
def test_headings_come_in_order(client: httpx.Client, path: str) -> None:
    levels = [int(level) for level in re.findall(r"<h([1-6])", client.get(path, headers=HTML).text)]
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in itertools.pairwise(levels))


@pytest.mark.parametrize(
    "path", ["/ontology", "/ontology/core", "/ontology/alignments/sdg", "/scheme/r-strategy"]
)
def test_links_inside_the_pages_lead_somewhere(client: httpx.Client, path: str) -> None:
    def address(link: str) -> tuple[str, str]:
        page, _, anchor = unescape(link).partition("#")
        return page or f"{path}?lang=en", anchor

    text = client.get(f"{path}?lang=en", headers=HTML).text
    links = set(re.findall(r'href="((?:/ontology|/scheme/[a-z-]+\?|#)[^"]*)"', text))
    anchors: dict[str, set[str]] = {}
    for link in sorted(links):
        page, anchor = address(link)
        if page not in anchors:
            answer = client.get(page, headers=HTML)
            assert answer.status_code == 200, link
            anchors[page] = set(re.findall(r'id="([^"]+)"', answer.text))
        assert not anchor or anchor in anchors[page], link


@pytest.mark.parametrize("alignment", ALIGNMENTS)
def test_an_alignment_page_has_a_row_for_each_match(client: httpx.Client, alignment: str) -> None:
    text = _page(client, alignment, "de")
    for line in DESCRIBED.correspondences[alignment]:
        assert f'<a href="{line.theirs}" rel="noreferrer">' in text


def test_the_goals_of_the_united_nations_are_said_to_stand_below_ours(client: httpx.Client) -> None:
    text = _page(client, ONTOLOGY + "/alignments/sdg", "en")
    row = text.partition(">Aim</a>")[2].partition("</tr>")[0]
    assert "<td>superclass of</td>" in row
    assert "Sustainable Development Goal (sdgo:Goal)" in row


@pytest.mark.parametrize("scheme", SCHEMES)
def test_a_scheme_page_lists_its_concepts(client: httpx.Client, scheme: str) -> None:
    text = _page(client, scheme, "de")
    for concept in DESCRIBED.concepts[scheme]:
        assert f"<code>{concept.code}</code>" in text
        assert concept.definition is not None
        assert f"<td>{concept.definition.de}</td>" in text


def test_a_class_names_what_it_inherits_and_which_questions_use_it(client: httpx.Client) -> None:
    text = _page(client, ONTOLOGY + "/core", "de")
    section = text.partition('id="Measure"')[2].partition("</article>")[0]
    assert 'trägt bei zu</a> → <a href="/ontology/core?lang=de#Goal">Ziel</a> · von' in section
    assert '<a href="/de/abfragen/CQ16">' in section


def test_axioms_stand_there_in_words_and_as_formulas(client: httpx.Client) -> None:
    text = _page(client, ONTOLOGY + "/interface", "en")
    assert "<code>ks:contributesTo o ks:supportsAim ⊑ ks:supportsAim</code>" in text
    assert "at most one value (FunctionalProperty)" in text
    confirmed = "ks:Interface and (ks:reviewStatus value ksc:review-status/confirmed)"
    assert f"<code>{confirmed}</code>" in text


@pytest.mark.parametrize("iri", [*MODULES, *ALIGNMENTS, *SCHEMES])
def test_a_document_answers_programs_with_its_own_statements(
    client: httpx.Client, iri: str
) -> None:
    path = "/" + iri.removeprefix(BASE)
    turtle = client.get(path, headers={"Accept": "text/turtle"})
    assert turtle.headers["content-type"].startswith("text/turtle")
    found = list(parse(turtle.content, format=RdfFormat.TURTLE))
    assert len(found) == len(ontology_files()[iri].quads)


# rdflib's own JSON-LD parser uses a class that rdflib calls old.
@pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated:DeprecationWarning")
@pytest.mark.parametrize(
    ("name", "parser"), [("ntriples", "nt"), ("jsonld", "json-ld"), ("rdfxml", "xml")]
)
def test_a_module_comes_in_other_formats_too(client: httpx.Client, name: str, parser: str) -> None:
    answers = [client.get(f"/ontology/framework?format={name}") for _ in range(2)]
    assert answers[0].content == answers[1].content
    graph = Graph().parse(data=answers[0].text, format=parser)
    assert (URIRef(KS.LegalAct), RDFS.subClassOf, URIRef(KS.PolicyFramework)) in graph
    assert (URIRef(ONTOLOGY + "/framework"), URIRef(DCTERMS.title), None) in graph
    assert (URIRef(KS.Measure), RDF.type, None) not in graph
    assert (URIRef(KS.LegalAct), URIRef(SKOS.definition), None) in graph


@pytest.mark.parametrize("path", ["/ontology/0.2.0", "/ontology/core/0.2.0"])
@pytest.mark.parametrize("accept", ["text/html", "text/turtle"])
def test_the_iri_of_the_current_version_answers_like_the_document(
    client: httpx.Client, path: str, accept: str
) -> None:
    current = path.removesuffix("/0.2.0")
    headers = {"Accept": accept}
    given, document = (client.get(place, headers=headers).text for place in (path, current))
    # The way back after a login names the address that was asked for.
    assert LOGIN.sub("", given) == LOGIN.sub("", document)


def test_a_prior_version_leads_to_the_current_one_with_a_remark(client: httpx.Client) -> None:
    answer = client.get("/ontology/core/0.1.0", headers={**HTML, "Accept-Language": "en"})
    assert answer.status_code == 303
    text = client.get(answer.headers["location"], headers=HTML).text
    assert "You asked for version 0.1.0" in text


def test_a_prior_version_is_not_passed_off_as_another(client: httpx.Client) -> None:
    answer = client.get("/ontology/core/0.1.0", headers={"Accept": "text/turtle"})
    assert answer.status_code == 404


@pytest.mark.parametrize("path", ["/ontology/nothing", "/ontology/core/9.9.9"])
def test_what_is_no_document_is_not_found(client: httpx.Client, path: str) -> None:
    assert client.get(path, headers=HTML).status_code == 404


def test_a_remark_on_the_version_cannot_carry_markup(client: httpx.Client) -> None:
    text = client.get("/ontology/core?instead=<b>x</b>", headers=HTML).text
    assert "<b>" not in text


def test_the_switch_leads_to_the_same_module(client: httpx.Client) -> None:
    text = client.get("/ontology/actor?lang=de", headers=HTML).text
    assert '<a href="/ontology/actor?lang=en" lang="en"' in text


def test_every_page_leads_to_the_ontology(client: httpx.Client) -> None:
    assert '<a href="/ontology?lang=en">' in client.get("/en/").text
