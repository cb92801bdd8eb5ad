"""Search, explorer and overview: plain pages, whose addresses hold the state."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from html import unescape
from urllib.parse import quote

import httpx
import pytest
from pyoxigraph import RdfFormat, parse

from tests.api.town import GOAL, MEASURE, TOWN

HTML = {"Accept": "text/html"}


def _hrefs(text: str, **wanted: str) -> list[str]:
    """Return the addresses of the links whose opening tag holds the wanted words."""
    tags = re.findall(r"<a\b[^>]*>", text)
    return [
        unescape(re.search(r'href="([^"]*)"', tag)[1])  # type: ignore[index]  # every link has one
        for tag in tags
        if all(f'{name}="{value}"' in tag for name, value in wanted.items())
    ]


def _drawn(text: str) -> set[str]:
    return set(re.findall(r'<a id="thing-\d+"[^>]*data-iri="([^"]*)"', text))


def test_every_drawn_thing_and_relation_stands_in_the_tables(client: httpx.Client) -> None:
    text = client.get(f"/de/graph?iri={MEASURE}").text
    things = re.search(r'<table id="explorer-things">.*?</table>', text, re.DOTALL)
    relations = re.search(r'<table id="explorer-relations">.*?</table>', text, re.DOTALL)
    assert things
    assert relations
    assert len(_drawn(text)) == things[0].count("<tr>") - 1
    for label in re.findall(r'<a id="thing-\d+"[^>]*aria-label="([^",]*),', text):
        assert label in things[0]
    assert relations[0].count("<tr>") - 1 >= text.count('<g class="line') - 2


def test_a_link_in_the_picture_draws_the_neighbours_of_a_thing(client: httpx.Client) -> None:
    first = client.get(f"/de/graph?iri={GOAL}").text
    (step,) = _hrefs(first, **{"data-iri": TOWN})
    second = client.get(step).text
    assert _drawn(first) < _drawn(second)
    assert MEASURE in _drawn(second)


def test_the_last_step_is_taken_back_by_a_link(client: httpx.Client) -> None:
    address = f"/de/graph?iri={GOAL}&step=open+{TOWN}"
    (back,) = _hrefs(client.get(address).text, id="explorer-back")
    assert _drawn(client.get(back).text) == _drawn(client.get(f"/de/graph?iri={GOAL}").text)


def test_a_proposal_is_told_with_its_probability_and_leads_to_itself(client: httpx.Client) -> None:
    text = client.get(f"/en/graph?iri={MEASURE}").text
    assert "proposal, not reviewed, probability 80%" in text
    assert 'href="/id/05515000/interface/1?lang=en"' in text


def test_a_way_is_found_or_said_to_be_missing(client: httpx.Client) -> None:
    found = client.get(f"/de/graph?iri={GOAL}&step=path+{GOAL}+sdg:12.5").text
    assert "Kürzester Weg: Weniger Bauabfall –" in found
    missing = client.get(f"/de/graph?iri={GOAL}&step=path+{GOAL}+ksc:r-strategy/R3").text
    assert "Kein Weg mit höchstens 6 Schritten: Weniger Bauabfall – Wiederverwenden." in missing


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ("iri=urn:nothing", 404),
        ("iri=sdg:12.5&step=open+urn:nothing", 404),
        ("iri=sdg:12.5&step=dance", 400),
        ("iri=not+an+iri", 400),
        ("iri=sdg:12.5" + "&step=open+sdg:12.5" * 81, 400),
    ],
    ids=["unknown start", "unknown thing", "unknown step", "no iri", "too many steps"],
)
def test_an_address_that_cannot_be_followed_is_refused(
    client: httpx.Client, query: str, status: int
) -> None:
    for path in ("/de/graph", "/explore/part.ttl"):
        assert client.get(f"{path}?{query}", headers=HTML).status_code == status


def test_a_label_cannot_break_out_of_the_picture(client: httpx.Client) -> None:
    evil = quote('"><script>alert(1)</script>')
    text = client.get(f"/de/suche?q={evil}").text
    assert "<script>alert" not in text


def test_the_turtle_holds_the_relations_of_the_picture_and_no_others(client: httpx.Client) -> None:
    answer = client.get(f"/explore/part.ttl?iri={GOAL}&step=close+{GOAL}&lang=de")
    subjects = {str(triple.subject) for triple in parse(answer.content, format=RdfFormat.TURTLE)}
    assert subjects == {f"<{GOAL}>"}
    whole = client.get(f"/explore/part.ttl?iri={MEASURE}").content
    assert any(
        triple.subject.value == f"{TOWN}/interface/1"
        for triple in parse(whole, format=RdfFormat.TURTLE)
    )
    assert "attachment" in answer.headers["content-disposition"]


def test_the_graphml_has_a_node_for_every_thing_drawn(client: httpx.Client) -> None:
    query = f"iri={MEASURE}&lang=de"
    root = ET.fromstring(client.get(f"/explore/part.graphml?{query}").content)  # noqa: S314  # ours
    nodes = {node.get("id") for node in root.iter() if node.tag.endswith("}node")}
    assert nodes == _drawn(client.get(f"/de/graph?{query}").text)


def test_a_file_of_nothing_is_refused(client: httpx.Client) -> None:
    assert client.get("/explore/part.graphml").status_code == 400


def test_a_search_finds_names_and_leads_to_thing_and_explorer(client: httpx.Client) -> None:
    text = client.get("/de/suche?q=bauteilb%C3%B6rse").text
    assert 'href="/id/05515000/measure/m-1?lang=de"' in text
    assert any(path.startswith("/de/graph?iri=") for path in _hrefs(text))


def test_a_facet_narrows_and_is_dropped_again(client: httpx.Client) -> None:
    text = client.get("/de/suche").text
    (narrow,) = [path for path in _hrefs(text) if re.fullmatch(r"/de/suche.*%23Measure", path)]
    narrowed = client.get(narrow).text
    assert "1 Treffer" in narrowed
    assert _hrefs(narrowed, **{"aria-current": "true"}) == ["/de/suche"]


def test_what_is_not_found_is_said(client: httpx.Client) -> None:
    assert "Nothing found." in client.get("/en/search?q=quarkxyz").text


@pytest.mark.parametrize("query", ["page=0", "page=x", "q=" + "a" * 201])
def test_a_search_that_cannot_be_read_is_refused(client: httpx.Client, query: str) -> None:
    assert client.get(f"/de/suche?{query}", headers=HTML).status_code == 400


def test_a_page_past_the_last_is_the_last(client: httpx.Client) -> None:
    assert client.get("/de/suche?page=999").text.count('class="findings"') == 1


def test_a_search_for_the_end_of_a_way_offers_ways(client: httpx.Client) -> None:
    text = client.get(f"/de/suche?q=abfall+verringern&from={MEASURE}").text
    (way,) = [path for path in _hrefs(text) if "step=path" in path]
    assert "Kürzester Weg" in client.get(way).text


def test_the_overview_counts_classes_and_leads_to_their_things(client: httpx.Client) -> None:
    text = client.get("/de/ueberblick").text
    row = re.search(r"<tr><th scope=\"row\"><a href=\"([^\"]*)\">Maßnahme</a>.*?</tr>", text)
    assert row
    assert '<td class="number">1</td>' in row[0]
    assert "1 Treffer" in client.get(unescape(row[1])).text


def test_the_points_of_the_overview_are_the_things_of_its_table(client: httpx.Client) -> None:
    points = client.get("/explore/overview.json?lang=de").json()
    text = client.get("/de/ueberblick").text
    kinds = re.search(r'<table id="overview-kinds">.*?</table>', text, re.DOTALL)
    assert kinds
    counted = [int(count) for count in re.findall(r'<td class="number">(\d+)</td>', kinds[0])]
    assert len(points["things"]) == sum(counted)
    names = {name for *_, name, _ in points["things"]}
    assert "Bauteilbörse" in names
    assert all(0 <= a < b < len(points["things"]) for a, b in points["pairs"])
