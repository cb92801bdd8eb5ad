"""The page about a thing: facts by meaning, what is not known, links both ways, origin, reviews."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from importlib import resources
from pathlib import Path
from urllib.parse import urlencode

import httpx
import pytest

from api.pages.thing.meaning import SECTIONS, section_of
from api.pages.thing.relations import relations
from api.wording import texts_in
from kg.settings import Settings
from ontology.catalogue_tables import GOVERNANCE_LEVELS
from ontology.namespaces import KS, PROV
from tests.api.town import GOAL, MEASURE, SOURCE_GRAPH, TOWN, publish_town, serving
from tests.conftest import turtle

HTML = {"Accept": "text/html"}
PLAN = f"{TOWN}/concept/klima"
INDICATOR = f"{TOWN}/indicator/abfall"
MANY = 130
_MORE = f"""
<{PLAN}> a ks:PlanningDocument ; dcterms:issued "2019-12-11" ; ks:resolution "V/0669/2019" .
<{PLAN}> ks:hasComponent <{GOAL}> . <{GOAL}> ks:measuredBy <{INDICATOR}> .
<{GOAL}> ks:partOf <{PLAN}> ; a ks:Element .
<{MEASURE}> a ks:Element ; ks:costText "12.000 € im Jahr"@de .
<{INDICATOR}> a ks:Indicator ; rdfs:label "Abfall je Kopf"@de ; ks:unitSymbol "kg" .
<{TOWN}/value/1> a ks:ObservedValue ; ks:valueOf <{INDICATOR}> ; ks:year 2023 ;
  ks:numericValue 210 .
<{TOWN}/value/2> a ks:ObservedValue ; ks:valueOf <{INDICATOR}> ; ks:year 2024 ;
  ks:numericValue 198 .
<{TOWN}/interface/1> ks:hasEvidence <{TOWN}/evidence/1> ; ks:rationale "Beide nennen Türen."@de .
<{TOWN}/evidence/1> a ks:Evidence ; ks:quote "Türen werden vermittelt" ; ks:page 7 ;
  ks:evidenceSource <{TOWN}/plan/massnahmen> .
<{TOWN}/review/1> a ks:Review ; rdfs:label "Prüfung 1: bestätigt"@de ;
  prov:used <{TOWN}/interface/1> ; prov:endedAtTime "2026-11-20T09:30:00Z"^^xsd:dateTime ;
  prov:wasAssociatedWith <{TOWN}/actor/bauamt> ; dcterms:type st:confirmed ;
  dcterms:description "Trifft zu."@de .
<{SOURCE_GRAPH}> prov:wasGeneratedBy <{SOURCE_GRAPH}#load> .
<{SOURCE_GRAPH}#load> prov:endedAtTime "2026-11-19T08:00:00Z"^^xsd:dateTime ;
  prov:wasAssociatedWith <{TOWN}/actor/bauamt> .
st:confirmed rdfs:label "bestätigt"@de .
ik:supports rdfs:label "unterstützt"@de .
<{TOWN}/measure/m-2> a ks:Measure , ks:Element ; ks:measureOf <{TOWN}/plan/offen> .
<{TOWN}/plan/offen> a ks:PlanningDocument ; rdfs:label "Plan ohne Datum"@de .
<urn:framework:old> a ks:PolicyFramework ; rdfs:label "Alte Richtlinie"@de ;
  ks:governanceLevel "eu" ; ks:frameworkKind "law" ; dcterms:description "Only English."@en ;
  ks:statusAsOf "2026-11-22"^^xsd:date ; ks:supersededBy <urn:framework:new> .
<urn:framework:new> rdfs:label "Neue Richtlinie"@de .
""" + "\n".join(
    f'<{TOWN}/offer/{number:03}> dcterms:subject <{TOWN}> ; rdfs:label "Angebot {number:03}"@de .'
    for number in range(MANY)
)


@pytest.fixture(scope="module")
def rich(tmp_path_factory: pytest.TempPathFactory) -> Iterator[httpx.Client]:
    """Give a client of a server on the town with more said about it."""
    root: Path = tmp_path_factory.mktemp("rich")
    dataset = publish_town(root, more=turtle(_MORE))
    with (
        serving(dataset, Settings(queries_at_once=4)) as running,
        httpx.Client(base_url=running.url, timeout=20, headers=HTML) as client,
    ):
        yield client


def _page(client: httpx.Client, iri: str, **more: str) -> str:
    answer = client.get("/de/ding", params={"iri": iri, **more}, headers=HTML)
    assert answer.status_code == 200
    return answer.text


def _section(text: str, heading: str) -> str:
    start = text.index(f">{heading}")
    return text[start : text.index("</section>", start)]


def _plain(text: str) -> str:
    return " ".join(re.sub(r"<[^>]*>", " ", text).split())


def test_facts_stand_under_what_they_are_about(rich: httpx.Client) -> None:
    text = _page(rich, MEASURE)
    assert "Gebrauchte" in _section(text, "Was es ist")
    assert "Bauamt" in _section(text, "Beschluss, Stand und Zuständigkeit")
    assert "Musterstadt" in _section(text, "Wozu es gehört")
    assert "massnahmen.pdf" in _section(text, "Nachweis")


def test_what_a_measure_costs_and_who_is_responsible_is_told(rich: httpx.Client) -> None:
    text = _plain(_section(_page(rich, MEASURE), "Beschluss, Stand"))
    assert "12.000 € im Jahr" in text
    assert "Bauamt" in text


def test_what_nobody_stated_is_not_known(rich: httpx.Client) -> None:
    text = _plain(_section(_page(rich, MEASURE), "Beschluss, Stand"))
    assert "Finanzierung nicht bekannt" in text
    assert "Umsetzungsstand nicht bekannt" in text
    assert "Kosten nicht bekannt" not in text


def test_a_goal_tells_where_when_and_under_which_paper_it_was_adopted(rich: httpx.Client) -> None:
    text = _plain(_section(_page(rich, GOAL), "Beschluss, Stand"))
    assert "Klimakonzept , vom 11.12.2019, Vorlage V/0669/2019" in text


def test_a_plan_without_a_date_says_so(rich: httpx.Client) -> None:
    text = _plain(_section(_page(rich, f"{TOWN}/measure/m-2"), "Beschluss, Stand"))
    assert "Plan ohne Datum , Datum nicht bekannt, Vorlage nicht bekannt" in text


def test_a_goal_shows_its_indicators_with_the_latest_value(rich: httpx.Client) -> None:
    text = _plain(_section(_page(rich, GOAL), "Indikatoren und letzte Werte"))
    assert "Abfall je Kopf kg 2024 198" in text
    assert "210" not in text


def test_an_indicator_shows_all_its_values(rich: httpx.Client) -> None:
    text = _plain(_section(_page(rich, INDICATOR), "Werte"))
    assert "2023 210" in text
    assert "2024 198" in text


def test_a_measure_shows_its_links_with_reason_quote_page_and_state(rich: httpx.Client) -> None:
    text = _plain(_section(_page(rich, MEASURE), "Zahlt ein auf"))
    assert "12.5 Abfall verringern unterstützt Stärke 2" in text
    assert "Wahrscheinlichkeit 80 %" in text
    assert "Beide nennen Türen. Türen werden vermittelt Maßnahmenplan , Seite 7" in text


def test_an_aim_shows_what_touches_it(rich: httpx.Client) -> None:
    text = _section(_page(rich, "http://metadata.un.org/sdg/12.5"), "Wird berührt von")
    assert "Bauteilbörse" in text


def test_a_link_shows_what_it_ties_and_who_decided_on_it_when(rich: httpx.Client) -> None:
    text = _page(rich, f"{TOWN}/interface/1")
    assert "Bauteilbörse → 12.5 Abfall verringern" in _plain(_section(text, "Diese Verknüpfung"))
    history = _plain(_section(text, "Quelle und Geschichte"))
    assert "bestätigt 20.11.2026, 09:30:00, Bauamt Trifft zu." in history


def test_a_passage_is_called_by_its_words(rich: httpx.Client) -> None:
    assert "<h1>„Türen werden vermittelt“</h1>" in _page(rich, f"{TOWN}/evidence/1")


def test_the_origin_names_source_file_and_time_of_loading(rich: httpx.Client) -> None:
    text = _plain(_section(_page(rich, MEASURE), "Quelle und Geschichte"))
    row = r"Lizenz: CC-BY-4.0 massnahmen.xlsx \d+ 19.11.2026, 08:00:00 Bauamt"
    assert re.search(f"Quelle massnahmen.xlsx {row}", text)
    assert "Schlussfolgerungen aus Regeln" in text


def test_a_framework_shows_its_status_and_what_replaced_it(rich: httpx.Client) -> None:
    text = _plain(_section(_page(rich, "urn:framework:old"), "Beschluss, Stand"))
    assert "22.11.2026" in text
    assert "Neue Richtlinie" in text
    assert "Geltungsstand nicht bekannt" in text


def test_a_code_is_shown_in_words_and_a_text_of_another_language_is_marked(
    rich: httpx.Client,
) -> None:
    text = _plain(_section(_page(rich, "urn:framework:old"), "Was es ist"))
    assert "Gesetz oder Richtlinie" in text
    assert "Only English. (en)" in text


def test_every_code_of_the_reference_tables_has_words() -> None:
    table = resources.files("ontology").joinpath("reference", "frameworks.csv").read_text("utf-8")
    kinds = {row["kind"] for row in csv.DictReader(table.splitlines())}
    assert kinds | set(GOVERNANCE_LEVELS) <= set(texts_in("de")["thing_codes"])


def test_many_references_are_counted_and_read_page_by_page(rich: httpx.Client) -> None:
    text = _page(rich, TOWN)
    assert f"Alle {MANY} zeigen" in text
    link = re.search(r'href="([^"]*relation=[^"]*)">Alle', text)
    assert link is not None
    path, seen = link[1].replace("&amp;", "&"), []
    while path:
        page = rich.get(path).text
        seen += re.findall(r"Angebot \d{3}", page.split('<ol class="related"')[1])
        later = re.search(r'href="([^"]*)" rel="next"', page)
        path = later[1].replace("&amp;", "&") if later else ""
    assert seen == [f"Angebot {number:03}" for number in range(MANY)]


@pytest.mark.parametrize(
    ("more", "status"),
    [
        ({"part": "9"}, 400),
        ({"part": "x"}, 400),
        ({"direction": "up"}, 400),
        ({"relation": "urn:none"}, 404),
        ({"relation": "not an iri"}, 400),
    ],
)
def test_a_relation_that_is_not_there_is_a_mistake(
    rich: httpx.Client, more: dict[str, str], status: int
) -> None:
    asked = {"iri": TOWN, "relation": "http://purl.org/dc/terms/subject", "direction": "in"}
    assert rich.get(f"/de/ding?{urlencode({**asked, **more})}").status_code == status


def test_a_measure_leads_to_graph_matrix_and_a_new_check(client: httpx.Client) -> None:
    text = _page(client, MEASURE)
    assert f'href="/de/graph?{urlencode({"iri": MEASURE})}"' in text
    assert 'href="/de/matrix?city=05515000"' in text
    assert client.get("/de/matrix?city=05515000").status_code == 200
    fields = dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', text))
    assert fields["title"] == "Bauteilbörse"
    assert client.post("/de/pruefen", data=fields).text.count("Weniger Bauabfall") >= 1


@pytest.mark.parametrize("iri", [MEASURE, "http://metadata.un.org/sdg/12.5"])
def test_every_download_of_a_thing_is_there(client: httpx.Client, iri: str) -> None:
    text = _section(_page(client, iri), "Adresse und Dateien")
    paths = re.findall(r'<a href="([^"]*)"', text)
    assert len(paths) == 4
    for path in paths:
        answer = client.get(path.replace("&amp;", "&"))
        assert answer.status_code == 200
        assert "html" not in answer.headers["content-type"]


def test_a_source_graph_tells_what_it_holds_and_when_it_was_loaded(rich: httpx.Client) -> None:
    text = _plain(rich.get("/graph/source/05515000/massnahmen?lang=de").text)
    assert "Quelle im Datenbestand" in text
    assert re.search(r"massnahmen.xlsx [1-9]\d* 19.11.2026, 08:00:00 Bauamt", text)


def test_an_open_proposal_leads_to_its_review(client: httpx.Client) -> None:
    text = _page(client, f"{TOWN}/interface/1")
    path = f"/de/vorschlag?{urlencode({'link': f'{TOWN}/interface/1'})}"
    assert f'href="{path}"' in text
    assert client.get(path, headers=HTML).status_code == 200


def test_what_is_not_in_the_dataset_can_be_searched_for(client: httpx.Client) -> None:
    answer = client.get("/id/05515000/measure/nix?lang=de", headers=HTML)
    assert answer.status_code == 404
    assert re.search(r'<form[^>]*action="/de/suche"', answer.text)
    for path in re.findall(r'<li><a href="(/de/abfragen/[a-z]+)"', answer.text):
        assert client.get(path).status_code == 200


def test_what_a_narrower_relation_says_is_not_said_again(client: httpx.Client) -> None:
    text = _section(_page(client, MEASURE), "Wozu es gehört")
    assert text.count(">Maßnahmenplan</a>") == 1


def test_every_kind_of_fact_has_a_section_with_a_heading() -> None:
    assert set(SECTIONS) == set(texts_in("de")["thing_sections"])
    assert section_of(KS.costText) == "state"


def test_wider_relations_are_known_for_inverses_too() -> None:
    known = relations()
    assert known.inverses[KS.measureOf] == KS.hasMeasure
    assert KS.partOf in known.wider[KS.measureOf]
    assert PROV.wasDerivedFrom in known.wider[KS.hasEvidence]
