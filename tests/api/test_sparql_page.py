"""The SPARQL page as it works without a script: answers, sorting, charts, exports, links."""

from __future__ import annotations

import json
import re
from urllib.parse import quote, urlencode

import httpx
import pytest

from api.pages.sparql.page import LONGEST_LINK
from api.wording import texts_in
from tests.api.town import MEASURE, TOWN

HTML = {"Accept": "text/html"}
LABELS = (
    "PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>\n"
    f"SELECT ?name {{ <{TOWN}/actor/bauamt> rdfs:label ?name }}"
)
COUNTED = "SELECT ?kind (COUNT(?s) AS ?things) { ?s a ?kind } GROUP BY ?kind"


def _asked(client: httpx.Client, query: str, **more: str) -> str:
    return client.post("/de/sparql", data={"query": query, **more}).text


def _first_cells(text: str) -> list[str]:
    rows = re.findall(r"<tr>\s*<td[^>]*>(.*?)</td>", text, re.DOTALL)
    return [re.sub(r"<[^>]*>", "", cell) for cell in rows]


def test_a_query_in_the_address_is_answered(client: httpx.Client) -> None:
    assert "Building office" in client.get("/de/sparql", params={"query": LABELS}).text


@pytest.mark.parametrize(
    ("sort", "names"),
    [("0", ["Bauamt", "Building office"]), ("-0", ["Building office", "Bauamt"])],
)
def test_an_answer_is_sorted_by_the_column_asked_for(
    client: httpx.Client, sort: str, names: list[str]
) -> None:
    text = _asked(client, LABELS, sort=sort)
    assert _first_cells(text) == names
    assert f'aria-sort="{"descending" if sort == "-0" else "ascending"}"' in text


def test_numbers_are_sorted_as_numbers(client: httpx.Client) -> None:
    query = "SELECT ?n { VALUES ?n { 10 9 100 } }"
    assert _first_cells(_asked(client, query, sort="0")) == ["9", "10", "100"]


def test_a_heading_leads_to_the_sorted_answer_without_a_script(client: httpx.Client) -> None:
    text = _asked(client, LABELS)
    link = re.search(r'class="sort" href="([^"]*)"', text)
    assert link is not None
    sorted_text = client.get(link[1].replace("&amp;", "&").partition("#")[0]).text
    assert 'aria-sort="ascending"' in sorted_text


@pytest.mark.parametrize("sort", ["x", "7", "-"])
def test_a_column_that_is_not_there_is_a_mistake(client: httpx.Client, sort: str) -> None:
    assert 'role="alert"' in _asked(client, LABELS, sort=sort)


def test_a_bare_iri_is_shown_by_its_label_and_leads_to_its_page(client: httpx.Client) -> None:
    text = _asked(client, f"SELECT ?o {{ <{MEASURE}> ?p ?o FILTER(ISIRI(?o)) }}")
    assert '<a href="/id/05515000/actor/bauamt?lang=de">Bauamt</a>' in text


def test_a_term_without_a_label_is_shown_with_its_prefix(client: httpx.Client) -> None:
    text = _asked(
        client, "PREFIX ks: <https://w3id.org/kreislaufstadt/ontology#>SELECT (ks:x AS ?o) {}"
    )
    assert ">ks:x</a>" in text


def test_what_was_counted_by_a_label_is_drawn_too(client: httpx.Client) -> None:
    text = _asked(client, COUNTED)
    bars = re.findall(r'<text class="figure"[^>]*>(\d+)</text>', text)
    cells = re.findall(r'<td class="number">(\d+)</td>', text)
    assert bars == cells
    assert len(bars) > 2


@pytest.mark.parametrize(
    "query",
    [
        "SELECT ?s ?year { VALUES (?s ?year) { ('a' 2022) ('b' 2024) } }",
        "SELECT ?a ?b (COUNT(*) AS ?n) { ?s ?a ?b } GROUP BY ?a ?b LIMIT 9",
        "SELECT ?n (COUNT(*) AS ?m) { VALUES ?n { 1 2 } } GROUP BY ?n",
    ],
    ids=["not counted", "three columns", "no label"],
)
def test_another_answer_is_not_drawn(client: httpx.Client, query: str) -> None:
    text = _asked(client, query)
    assert "<tbody>" in text
    assert "<svg" not in text


@pytest.mark.parametrize(("value", "words"), [("1", "Ja"), ("2", "Nein")])
def test_a_yes_or_no_question_is_answered_in_a_word(
    client: httpx.Client, value: str, words: str
) -> None:
    text = _asked(client, f"ASK {{ FILTER(1 = {value}) }}")
    assert f'<p class="truth">{words}</p>' in text
    assert 'name="export"' not in text


@pytest.mark.parametrize(
    ("query", "names"),
    [
        (LABELS, {"json", "xml"}),
        ("ASK {}", {"json", "xml"}),
        (f"DESCRIBE <{MEASURE}>", {"turtle", "jsonld"}),
    ],
    ids=["select", "ask", "describe"],
)
def test_an_answer_offers_the_formats_it_has(
    client: httpx.Client, query: str, names: set[str]
) -> None:
    offered = set(re.findall(r'name="format" value="(\w+)"', _asked(client, query)))
    assert offered == names
    for name in names:
        assert client.post("/sparql", data={"query": query, "format": name}).status_code == 200


def test_the_table_is_saved_for_spreadsheets_and_calculates_nothing(client: httpx.Client) -> None:
    data = {"query": "SELECT ('=1+1' AS ?a) {}", "export": "csv"}
    answer = client.post("/de/sparql", data=data)
    assert answer.headers["content-disposition"] == 'attachment; filename="Antwort.csv"'
    assert answer.content.decode("utf-8-sig").splitlines() == ["a", "'=1+1"]


def test_a_mistake_is_told_with_line_and_character(client: httpx.Client) -> None:
    text = _asked(client, "SELECT *\r\n{ ?s ?p }")
    assert 'data-line="2"' in text
    assert re.search(r'<a href="#query" data-jump>[^<]*Zeile 2, Zeichen \d+</a>', text)


def test_a_short_query_has_a_link_and_a_long_one_is_told_so(client: httpx.Client) -> None:
    assert f"/de/sparql?query={quote('ASK {}', safe='').replace('%20', '+')}" in _asked(
        client, "ASK {}"
    )
    long = _asked(client, LABELS + " # " + "x" * LONGEST_LINK)
    assert "data-share" not in long
    assert "zu lang für einen Link" in long
    assert '<button class="sort"' in long


def test_the_query_stays_when_the_language_is_switched(client: httpx.Client) -> None:
    text = client.get("/de/sparql", params={"query": "ASK {}"}).text
    assert f'href="/en/sparql?{urlencode({"query": "ASK {}"})}"' in text


@pytest.mark.parametrize("language", ["de", "en"])
def test_every_example_stands_under_a_topic_in_words(client: httpx.Client, language: str) -> None:
    text = client.get(f"/{language}/sparql").text
    topics = texts_in("de" if language == "de" else "en")["sparql_topics"]
    counted = re.findall(r"<summary>(.*) \((\d+)\)</summary>", text)
    assert {words for words, _ in counted} == set(topics.values())
    assert sum(int(count) for _, count in counted) == text.count("?example=")


def test_an_example_starts_with_its_question(client: httpx.Client) -> None:
    text = client.get("/de/sparql", params={"example": "CQ16"}).text
    filled = re.findall(r"<textarea[^>]*>(.*?)</textarea>", text, re.DOTALL)[0]
    assert filled.startswith("# Welche Maßnahmen tragen zu keinem Ziel der Kommune bei?\nPREFIX")


def test_the_editor_is_told_the_terms_in_use_with_words_and_counts(client: httpx.Client) -> None:
    answer = client.get("/de/sparql/terms.json")
    terms = json.loads(answer.content)
    measure = next(entry for entry in terms["classes"] if entry[0] == "ks:Measure")
    used = {terms["properties"][place][0] for place in measure[3]}
    assert measure[1:3] == ["Maßnahme", 1]
    assert {"ks:forMunicipality", "dcterms:description"} <= used
    assert terms["prefixes"]["ks"] == "https://w3id.org/kreislaufstadt/ontology#"


def test_known_terms_are_not_sent_again(client: httpx.Client) -> None:
    tag = client.get("/en/sparql/terms.json").headers["etag"]
    again = client.get("/en/sparql/terms.json", headers={"If-None-Match": tag})
    assert again.status_code == 304
    assert client.get("/de/sparql/terms.json", headers={"If-None-Match": tag}).status_code == 200


def test_each_page_has_a_style_nonce_of_its_own(client: httpx.Client) -> None:
    pages = [client.get("/de/sparql") for _ in range(2)]
    nonces = [re.findall(r'data-nonce="([^"]{20,})"', page.text)[0] for page in pages]
    assert nonces[0] != nonces[1]
    assert f"'nonce-{nonces[0]}'" in pages[0].headers["content-security-policy"]
