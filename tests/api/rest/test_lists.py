"""Lists and single things under `/api/v1`: right answers, pages, filters, languages, failures."""

from __future__ import annotations

import httpx
import pytest

from tests.api.town import AGS, GOAL, MEASURE, TOWN

BUILDING = "https://w3id.org/kreislaufstadt/scheme/value-chain/bau"
LISTS = [
    "measures",
    "concepts",
    "aims",
    "indicators",
    "interfaces",
    "conflicts",
    "gaps",
    "duplicates",
]
ONES = {
    "measures": f"{AGS}/measure/m-1",
    "concepts": f"{AGS}/concept/klima",
    "aims": f"{AGS}/goal/klima/z-1",
    "indicators": f"{AGS}/indicator/quote",
    "interfaces": f"{AGS}/interface/2",
}


def _iris(client: httpx.Client, path: str, **values: str | int) -> list[str]:
    items = client.get(f"/api/v1/{path}", params=values).json()["items"]
    return [item["iri"].removeprefix(f"{TOWN}/") for item in items]


@pytest.mark.parametrize("name", LISTS)
def test_pages_of_a_list_are_together_the_whole(rest: httpx.Client, name: str) -> None:
    whole = rest.get(f"/api/v1/{name}").json()
    parts = [
        rest.get(f"/api/v1/{name}", params={"limit": 1, "offset": offset}).json()["items"]
        for offset in range(whole["total"])
    ]
    assert whole["items"] == [item for part in parts for item in part]
    assert whole["total"] > 0


def test_links_lead_through_a_list_and_keep_its_filters(rest: httpx.Client) -> None:
    first = rest.get("/api/v1/measures", params={"city": AGS, "limit": 1})
    second = rest.get(first.links["next"]["url"])
    assert "prev" not in first.links
    assert f"city={AGS}" in first.links["next"]["url"]
    assert second.json()["offset"] == 1
    assert rest.get(second.links["prev"]["url"]).json() == first.json()


def test_the_last_part_has_no_next(rest: httpx.Client) -> None:
    assert "link" not in rest.get("/api/v1/measures").headers


def test_past_the_end_a_list_is_empty_and_still_counts(rest: httpx.Client) -> None:
    page = rest.get("/api/v1/measures", params={"offset": 99}).json()
    assert (page["items"], page["total"]) == ([], 3)


@pytest.mark.parametrize("name", LISTS)
@pytest.mark.parametrize("language", ["de", "en"])
def test_an_answer_names_its_language(rest: httpx.Client, name: str, language: str) -> None:
    asked = rest.get(f"/api/v1/{name}", params={"lang": language})
    headers = {"Accept-Language": language}
    assert asked.headers["content-language"] == language
    assert rest.get(f"/api/v1/{name}", headers=headers).json() == asked.json()


def test_labels_are_in_the_language_asked_for(rest: httpx.Client) -> None:
    english = rest.get("/api/v1/measures", params={"lang": "en"}).json()["items"][0]
    assert english["label"] == "Building parts exchange"
    assert english["city"]["label"] == "Sampletown"


@pytest.mark.parametrize(
    ("path", "values", "wanted"),
    [
        ("measures", {"sdg": "12"}, ["measure/m-1"]),
        ("measures", {"sdg": "12.5"}, ["measure/m-1"]),
        ("measures", {"sdg": "7"}, []),
        ("measures", {"city": "05513000"}, []),
        ("measures", {"state": "running"}, ["measure/m-1"]),
        ("measures", {"document": f"{TOWN}/plan/other"}, []),
        ("measures", {"field": BUILDING}, ["measure/m-1"]),
        ("concepts", {"city": AGS}, ["concept/klima", "strategy/kreislauf"]),
        ("concepts", {"sdg": "12"}, []),
        ("aims", {"kind": "concept-goal"}, ["goal/klima/z-1", "goal/klima/z-2"]),
        ("aims", {"concept": f"{TOWN}/concept/klima"}, ["goal/klima/z-1", "goal/klima/z-2"]),
        ("aims", {"city": AGS, "sdg": "12"}, []),
        ("indicators", {"element": MEASURE}, ["indicator/quote"]),
        ("indicators", {"sdg": "12"}, []),
        ("interfaces", {}, ["interface/2", "interface/1", "interface/3"]),
        ("interfaces", {"status": "rejected"}, ["interface/4"]),
        ("interfaces", {"status": "confirmed"}, ["interface/2"]),
        ("interfaces", {"strategy": f"{TOWN}/strategy/kreislauf"}, ["interface/2", "interface/1"]),
        ("interfaces", {"concept": f"{TOWN}/concept/klima"}, ["interface/2", "interface/3"]),
        ("interfaces", {"element": MEASURE, "sdg": "12"}, ["interface/1"]),
        ("interfaces", {"aim": GOAL}, ["interface/2", "interface/3"]),
        ("conflicts", {}, ["interface/3"]),
        ("conflicts", {"element": MEASURE}, []),
    ],
)  # fmt: skip
def test_a_filter_leaves_what_fits(
    rest: httpx.Client, path: str, values: dict[str, str], wanted: list[str]
) -> None:
    assert _iris(rest, path, **values) == wanted


def test_a_link_has_reason_evidence_source_and_review_state(rest: httpx.Client) -> None:
    link = rest.get(f"/api/v1/interfaces/{ONES['interfaces']}?lang=en").json()
    assert (link["review"], link["review_label"]) == ("confirmed", "confirmed")
    assert link["reason"] == "Doors stay in use."
    (ground,) = link["evidence"]
    assert (ground["quote"], ground["page"]) == ("Gebrauchte Türen werden vermittelt.", 12)
    assert ground["source"] == "https://example.org/massnahmen.pdf"


def test_gaps_name_their_kind_and_reason(rest: httpx.Client) -> None:
    gaps = rest.get("/api/v1/gaps").json()["items"]
    assert {(gap["kind"], gap["thing"]["label"]) for gap in gaps} == {
        ("aims-without-measure", "Mehr Grün"),
        ("measures-without-aim", "Bauteilbörse am Hafen"),
        ("r-ladder", "Wiederverwenden"),
    }
    assert all(gap["reason"] for gap in gaps)


def test_double_work_names_both_measures(rest: httpx.Client) -> None:
    (pair,) = rest.get("/api/v1/duplicates", params={"city": AGS}).json()["items"]
    assert [pair[side]["number"] for side in ("first", "second")] == ["M 1", "M 3"]
    assert pair["relation"] == "same"


@pytest.mark.parametrize(
    "values", [{"city": "05513000"}, {"relation": "elsewhere"}, {"measure": f"{TOWN}/measure/m-2"}]
)
def test_double_work_is_filtered(rest: httpx.Client, values: dict[str, str]) -> None:
    assert rest.get("/api/v1/duplicates", params=values).json()["total"] == 0


@pytest.mark.parametrize("name", ONES)
@pytest.mark.parametrize("form", ["{}", f"{TOWN[:-8]}{{}}"], ids=["key", "iri"])
def test_a_thing_is_found_by_key_and_by_iri(rest: httpx.Client, name: str, form: str) -> None:
    key = form.format(ONES[name])
    assert rest.get(f"/api/v1/{name}/{key}").json()["iri"].endswith(ONES[name])


def test_a_measure_comes_with_its_links_and_facts(rest: httpx.Client) -> None:
    measure = rest.get(f"/api/v1/measures/{ONES['measures']}").json()
    assert [link["strength"] for link in measure["links"]] == [3, 2]
    inferred = {fact["inferred"] for fact in measure["facts"]}
    assert (measure["page"], inferred) == (7, {False, True})


def test_an_indicator_has_its_latest_value_and_all_values(rest: httpx.Client) -> None:
    indicator = rest.get(f"/api/v1/indicators/{ONES['indicators']}").json()
    assert indicator["latest"] == {"year": 2024, "value": 120.0}
    assert [(value["year"], value["value"]) for value in indicator["values"]] == [
        (2024, 120.0),
        (2030, 300.0),
    ]


@pytest.mark.parametrize(
    ("path", "status", "code"),
    [
        ("measures?city=Bonn", 400, "bad-parameter"),
        ("duplicates?city=Bonn", 400, "bad-parameter"),
        ("measures?sdg=99", 400, "bad-parameter"),
        ("measures?document=no iri", 400, "bad-parameter"),
        ("measures?limit=0", 422, "invalid-input"),
        ("measures?limit=501", 422, "invalid-input"),
        ("measures?offset=-1", 422, "invalid-input"),
        ("measures?lang=fr", 422, "invalid-input"),
        ("interfaces?status=good", 422, "invalid-input"),
        ("gaps?kind=none", 422, "invalid-input"),
        (f"measures/{AGS}/measure/none", 404, "unknown-iri"),
        ("concepts/sdg:12.5", 404, "unknown-iri"),
        ("aims/urn:nothing", 404, "unknown-iri"),
        ("indicators/none", 404, "unknown-iri"),
        ("interfaces/x y", 400, "bad-parameter"),
    ],
)
def test_what_does_not_fit_is_refused(
    rest: httpx.Client, path: str, status: int, code: str
) -> None:
    answer = rest.get(f"/api/v1/{path}")
    assert answer.headers["content-type"] == "application/problem+json"
    assert (answer.status_code, answer.json()["code"]) == (status, code)


def test_only_json_is_given(rest: httpx.Client) -> None:
    answer = rest.get("/api/v1/measures", headers={"Accept": "text/turtle"})
    assert (answer.status_code, answer.json()["available"]) == (406, ["application/json"])


@pytest.mark.parametrize("path", ["measures", f"measures/{ONES['measures']}", "queries"])
def test_an_unchanged_answer_is_not_sent_again(rest: httpx.Client, path: str) -> None:
    first = rest.get(f"/api/v1/{path}")
    again = rest.get(f"/api/v1/{path}", headers={"If-None-Match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert again.headers["etag"] == first.headers["etag"]
    assert first.headers["kreislaufstadt-generation"]


def test_another_language_is_another_answer(rest: httpx.Client) -> None:
    german = rest.get("/api/v1/measures?lang=de").headers["etag"]
    answer = rest.get("/api/v1/measures?lang=en", headers={"If-None-Match": german})
    assert answer.status_code == 200
