"""Pages: both languages, named fields, nothing foreign, everything escaped."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import httpx
import pytest

from api.pages.paths import PATHS
from kg.dataset import Dataset
from kg.settings import Settings
from tests.api.town import MEASURE, TOWN, serving

# It leads strangers to the login.
LEFT_OUT = {"take_over"}
TITLES = {
    language: [paths[language] for name, paths in PATHS.items() if name not in LEFT_OUT]
    for language in ("de", "en")
}
WHY = f"?subject={MEASURE}&predicate=ks:measureOf&object={TOWN}/plan/massnahmen"
ASKED = {
    "/de/ding": f"?iri={MEASURE}",
    "/en/thing": f"?iri={MEASURE}",
    "/de/begruendung": WHY,
    "/en/explanation": WHY,
}
ONTOLOGY_PATHS = (
    "/ontology",
    "/ontology/core",
    "/ontology/interface/0.2.0",
    "/ontology/alignments/sdg",
    "/scheme/r-strategy",
)
PAGES = [
    (language, path + ASKED.get(path, "")) for language in ("de", "en") for path in TITLES[language]
]
PAGES += [
    ("de", "/de/abfragen/concepts"),
    ("en", "/en/queries/measures?city=05515000"),
    ("de", f"/de/graph?iri={MEASURE}&depth=1"),
    *(
        (language, f"{path}?lang={language}")
        for path in ONTOLOGY_PATHS
        for language in ("de", "en")
    ),
    ("de", "/id/05515000/measure/m-1?lang=de"),
    ("de", "/de/gibt-es-nicht"),
    ("en", "/en/thing?iri=urn:nothing"),
]
HTML = {"Accept": "text/html"}


class Outline(HTMLParser):
    """Collect what a page must have, and what it loads."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str]]] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, {name: value or "" for name, value in attrs}))

    def of(self, *names: str) -> list[dict[str, str]]:
        return [attributes for tag, attributes in self.tags if tag in names]


@pytest.fixture(params=PAGES, ids=[path for _, path in PAGES])
def page(request: pytest.FixtureRequest, client: httpx.Client) -> tuple[str, str, Outline]:
    """Give the language, the text and the outline of a page."""
    language, path = request.param
    text = client.get(path, headers=HTML).text
    return language, text, Outline(text)


def test_a_page_names_its_language_title_and_main_heading(page: tuple[str, str, Outline]) -> None:
    language, text, outline = page
    assert outline.of("html")[0]["lang"] == language
    assert re.search(r"<title>[^<]*\S[^<]* – Kreislaufstadt</title>", text)
    assert len(outline.of("h1")) == 1


def test_a_page_has_landmarks_and_a_skip_link(page: tuple[str, str, Outline]) -> None:
    _, _, outline = page
    assert {"header", "nav", "main", "footer"} <= {tag for tag, _ in outline.tags}
    assert outline.of("main")[0]["id"] == "content"
    assert any(link.get("href") == "#content" for link in outline.of("a"))


def test_every_field_has_a_label(page: tuple[str, str, Outline]) -> None:
    _, _, outline = page
    labelled = {label["for"] for label in outline.of("label")}
    fields = [
        field
        for field in outline.of("input", "select", "textarea")
        if field.get("type") not in ("hidden", "submit")
    ]
    assert {field["id"] for field in fields} <= labelled


def test_a_page_loads_nothing_foreign_and_no_script_but_ours(
    page: tuple[str, str, Outline],
) -> None:
    _, _, outline = page
    loaded = [item.get("src") or item.get("href", "") for item in outline.of("link", "img")]
    sent = [form["action"] for form in outline.of("form")]
    scripts = [item["src"] for item in outline.of("script")]
    assert not outline.of("iframe", "object", "embed", "base")
    assert all(address.startswith("/static/dist/") for address in scripts)
    assert all(address.startswith("/") for address in loaded + sent)
    assert not any(name.startswith("on") for _, found in outline.tags for name in found)
    assert not any("style" in found for _, found in outline.tags)


def test_ids_are_unique_and_references_resolve(page: tuple[str, str, Outline]) -> None:
    _, _, outline = page
    ids = [found["id"] for _, found in outline.tags if "id" in found]
    named = [found["aria-labelledby"] for _, found in outline.tags if "aria-labelledby" in found]
    assert len(ids) == len(set(ids))
    assert set(named) <= set(ids)


def test_the_language_switch_leads_to_the_same_page(client: httpx.Client) -> None:
    outline = Outline(client.get("/de/pruefen").text)
    switch = next(link for link in outline.of("a") if link.get("hreflang") == "en")
    assert switch["href"] == "/en/check"


@pytest.mark.parametrize(("header", "path"), [("en-GB,de;q=0.5", "/en/"), ("fr", "/de/")])
def test_the_root_leads_to_the_readers_language(
    client: httpx.Client, header: str, path: str
) -> None:
    answer = client.get("/", headers={"Accept-Language": header})
    assert (answer.status_code, answer.headers["location"]) == (303, path)


def test_the_start_page_counts_what_the_town_has(client: httpx.Client) -> None:
    text = client.get("/de/").text
    assert re.search(r"<strong>1</strong> <span>Maßnahmen</span>", text)
    assert re.search(r"<strong>1</strong> <span>offene Vorschläge</span>", text)
    assert "Musterstadt" in text


def test_an_unknown_city_is_a_page_with_an_error(client: httpx.Client) -> None:
    answer = client.get("/de/matrix?city=99999999", headers=HTML)
    assert answer.status_code == 404
    assert "Unbekannter Name" in answer.text


def _checked(client: httpx.Client, **fields: str) -> str:
    return client.post("/de/pruefen", data={"title": "Bauteilbörse", **fields}).text


def test_the_check_answers_with_the_sentence_first(client: httpx.Client) -> None:
    text = _checked(client)
    order = [
        "»Bauteilbörse« dient sehr wahrscheinlich vor allem dem Ziel 1 Weniger Bauabfall",
        "Ziele der Konzepte (1)",
        "Nachhaltigkeitsziele (SDG) (1)",
        "Ziele von Bund und EU (1)",
        "Mögliche Zielkonflikte (1)",
        "Ähnliche Maßnahmen (1)",
        "Was fehlt und was es verbessert (1)",
        "Text für die Ratsvorlage</h2>",
    ]
    places = [text.index(words) for words in order]
    assert places == sorted(places)


def test_a_verdict_shows_its_evidence(client: httpx.Client) -> None:
    text = _checked(client)
    for words in (
        "sehr wahrscheinlich, 93&nbsp;%",
        "<blockquote><p>Gebrauchte Türen</p></blockquote>",
        "Bauabfälle sinken",
        'href="https://example.org/klima.pdf"',
        "Seite 12",
        "Maßnahme → Begriff → Ziel",
        "Vorschlag",
        "Ohne Bauteile wäre es anders.",
    ):
        assert words in text


def test_the_check_escapes_what_was_entered(client: httpx.Client) -> None:
    text = _checked(client, description='</textarea><script>alert("x")</script>')
    assert "<script>" not in text
    assert "&lt;/textarea&gt;" in text
    assert "&lt;b&gt;Bauteile&lt;/b&gt;" in text


def test_the_filled_form_stays_below_the_answer(client: httpx.Client) -> None:
    assert 'value="Bauteilbörse"' in _checked(client, r_strategy="R3")
    assert '<option value="R3" selected>' in _checked(client, r_strategy="R3")


def test_an_empty_check_says_what_is_missing(client: httpx.Client) -> None:
    text = client.post("/en/check", data={"title": "  "}).text
    assert 'role="alert"' in text


def test_a_stored_query_is_a_table_with_links(client: httpx.Client) -> None:
    text = client.get("/de/abfragen/measures").text
    assert '<th scope="col">Maßnahme</th>' in text
    assert '<a href="/id/05515000/measure/m-1?lang=de">Bauteilbörse</a>' in text


def test_a_stored_query_can_be_downloaded_for_spreadsheets(client: httpx.Client) -> None:
    answer = client.get("/de/abfragen/measures.csv")
    assert answer.headers["content-disposition"] == 'attachment; filename="measures.csv"'
    assert answer.content.startswith(b"\xef\xbb\xbf")
    assert "Bauteilbörse" in answer.text


def test_an_unknown_stored_query_is_not_found(client: httpx.Client) -> None:
    assert client.get("/de/abfragen/nichts", headers=HTML).status_code == 404


def test_the_sparql_page_shows_a_table(client: httpx.Client) -> None:
    query = f"SELECT ?p ?o {{ <{MEASURE}> ?p ?o }}"
    assert "Bauteilbörse" in client.post("/de/sparql", data={"query": query}).text


@pytest.mark.parametrize(
    ("path", "question"),
    [
        ("/de/sparql", "Welche Maßnahmen tragen zu keinem Ziel der Kommune bei?"),
        ("/en/sparql", "Which measures contribute to no goal of the municipality?"),
    ],
)
def test_the_sparql_page_offers_questions_that_fill_the_field(
    client: httpx.Client, path: str, question: str
) -> None:
    assert f'<a href="{path}?example=CQ16">{question}</a>' in client.get(path).text
    filled = client.get(path, params={"example": "CQ16"}).text
    assert "ks:contributesTo ?goal }" in filled
    assert "$language" not in filled


def test_the_filled_field_stays_when_the_language_is_switched(client: httpx.Client) -> None:
    text = client.get("/de/sparql", params={"example": "measures"}).text
    assert "/en/sparql?example=measures" in text


def test_an_unknown_example_is_named(client: httpx.Client) -> None:
    answer = client.get("/de/sparql", params={"example": "CQ99"}, headers={"Accept": "text/html"})
    assert answer.status_code == 404
    assert "CQ99" in answer.text


def test_competency_questions_stand_beside_the_stored_queries(client: httpx.Client) -> None:
    text = client.get("/en/queries").text
    assert text.index("Stored queries") < text.index("Competency questions")
    assert '/en/queries/CQ07"' in text


def test_a_competency_question_has_a_page_with_its_table(client: httpx.Client) -> None:
    text = client.get("/de/abfragen/CQ09").text
    assert "Wahrscheinlichkeit" in text
    assert "Bauteilbörse" in text


def test_the_sparql_page_shows_triples(client: httpx.Client) -> None:
    text = client.post("/de/sparql", data={"query": f"DESCRIBE <{MEASURE}>"}).text
    assert "&lt;Türen&gt; &amp; Fenster" in text


def test_the_sparql_page_keeps_a_query_with_an_error(client: httpx.Client) -> None:
    text = client.post("/de/sparql", data={"query": "SELECT * { ?s <x> "}).text
    assert "SELECT * { ?s &lt;x&gt; </textarea>" in text
    assert 'role="alert"' in text


def test_the_picture_has_a_policy_of_its_own(client: httpx.Client) -> None:
    answer = client.get(f"/graph.html?iri={MEASURE}&lang=de")
    policy = answer.headers["content-security-policy"]
    assert answer.status_code == 200
    assert "sandbox allow-scripts" in policy
    assert "allow-same-origin" not in policy


@pytest.mark.parametrize("query", ["", "?iri=x", "?iri=urn:a%20b", "?iri=urn:a&depth=9"])
def test_a_picture_of_nothing_is_a_bad_request(client: httpx.Client, query: str) -> None:
    assert client.get(f"/graph.html{query}").status_code == 400


def test_an_inferred_fact_leads_to_its_explanation(client: httpx.Client) -> None:
    text = client.get(f"/de/ding?iri={MEASURE}", headers=HTML).text
    links = [link["href"] for link in Outline(text).of("a") if link.get("class") == "why"]
    assert any("measureOf" in link for link in links)
    answer = client.get(next(link for link in links if "measureOf" in link), headers=HTML)
    assert "ist die Umkehrung von" in answer.text
    assert "massnahmen.xlsx" in answer.text


def test_a_stated_fact_has_no_link_to_an_explanation(client: httpx.Client) -> None:
    text = client.get(f"/de/ding?iri={MEASURE}", headers=HTML).text
    links = [link["href"] for link in Outline(text).of("a") if link.get("class") == "why"]
    assert not any("responsibleActor" in link for link in links)


def test_what_the_graph_does_not_hold_has_no_explanation(client: httpx.Client) -> None:
    address = f"/en/explanation?subject={MEASURE}&predicate=ks:supportsAim&object=sdg:12.5"
    answer = client.get(address, headers=HTML)
    assert answer.status_code == 404
    assert "does not hold this statement" in answer.text


def test_the_accessibility_statement_says_where_to_report(town: Dataset) -> None:
    settings = Settings(contact="barriere@example.org")
    with serving(town, settings) as running:
        page = httpx.get(f"{running.url}/de/barrierefreiheit").text
    links = [link["href"] for link in Outline(page).of("a")]
    assert "mailto:barriere@example.org" in links


def test_without_a_contact_the_accessibility_statement_says_so(client: httpx.Client) -> None:
    assert "Stelle für Meldungen" in client.get("/de/barrierefreiheit").text
    assert "has not named a place" in client.get("/en/accessibility").text


def test_crawlers_are_led_past_what_computes(client: httpx.Client) -> None:
    lines = client.get("/robots.txt").text.splitlines()
    assert "Disallow: /sparql" in lines
    assert "Disallow: /" not in lines


@pytest.mark.parametrize("path", ["/de/", "/en/check", f"/de/ding?iri={MEASURE}"])
def test_a_page_describes_itself(client: httpx.Client, path: str) -> None:
    metas = Outline(client.get(path, headers=HTML).text).of("meta")
    (words,) = [meta["content"] for meta in metas if meta.get("name") == "description"]
    assert len(words) > 20
