"""Labels, findings, failures and stored queries speak both languages."""

from __future__ import annotations

import pytest

from kg import errors
from kg.embedded import EmbeddedStore
from kg.errors import BadParameter, KreislaufstadtError, ServiceError, UnknownName, UserError
from kg.findings import Finding, Findings, Place, Severity
from kg.labels import labels_of, short_name
from kg.language import Language, Text
from kg.stored import Table, bound, run_select, run_stored, stored_query
from ontology.namespaces import RDFS
from ontology.terms import BASE
from queries import parse_query
from tests.conftest import turtle

THING = "https://w3id.org/kreislaufstadt/id/05515000/measure/probe/w-01"
HEAD = """# title@de: Probe
# title@en: Sample
# question@de: Was?
# question@en: What?
# param wort text required Wort | word
# tags: sample
"""
TEXT = Text("Bitte prüfen.", "Please check.")


# --- labels


def label(statements: str, language: Language, thing: str = THING) -> str:
    return labels_of(EmbeddedStore.in_memory(turtle(statements)), [thing], language)[thing]


@pytest.mark.parametrize(
    ("labels", "language", "expected"),
    [
        ('rdfs:label "Werkstatt"@de, "Workshop"@en', "de", "Werkstatt"),
        ('rdfs:label "Werkstatt"@de, "Workshop"@en', "en", "Workshop"),
        ('rdfs:label "Werkstatt"@de', "en", "Werkstatt"),
        ('rdfs:label "Workshop"@en', "de", "Workshop"),
        ('rdfs:label "Atelier"@fr, "Workshop"@en', "de", "Workshop"),
        ('rdfs:label "Atelier"@fr', "de", "Atelier"),
        ('rdfs:label "W 1"', "en", "W 1"),
        ('skos:prefLabel "Werkstatt"@de', "de", "Werkstatt"),
        ("rdfs:label <https://x.test/kein-text>", "de", "w-01"),
        ('rdfs:comment "Werkstatt"@de', "de", "w-01"),
    ],
    ids=[
        "German",
        "English",
        "German for English",
        "English for German",
        "English before French",
        "French before nothing",
        "no language",
        "preferred label",
        "an IRI is no label",
        "last part of the IRI",
    ],
)
def test_label_is_in_the_wanted_language_or_the_next_best(
    labels: str, language: Language, expected: str
) -> None:
    assert label(f"<{THING}> {labels} .", language) == expected


def test_labels_of_many_things_are_all_found() -> None:
    things = [f"https://x.test/{number}" for number in range(401)]
    statements = "".join(f'<{thing}> rdfs:label "Ding"@de . ' for thing in things)
    store = EmbeddedStore.in_memory(turtle(statements))
    assert labels_of(store, things, "de") == dict.fromkeys(things, "Ding")


def test_no_things_have_no_labels(empty_store: EmbeddedStore) -> None:
    assert labels_of(empty_store, [], "de") == {}


@pytest.mark.parametrize(
    ("iri", "name"),
    [
        ("https://x.test/a/b", "b"),
        ("https://x.test/a#b", "b"),
        ("https://x.test/a/", "a"),
        ("https://x.test/a#", "a"),
        ("urn:x", "urn:x"),
    ],
)
def test_short_name_is_the_last_part(iri: str, name: str) -> None:
    assert short_name(iri) == name


# --- findings


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("de", "a.xlsx, Blatt »Ziele«, Seite 2, Zeile 4, Spalte »Nr.«"),
        ("en", "a.xlsx, sheet “Ziele”, page 2, row 4, column “Nr.”"),
    ],
)
def test_place_is_told_in_both_languages(language: Language, words: str) -> None:
    place = Place("a.xlsx", sheet="Ziele", row=4, column="Nr.", page=2)
    assert place.in_words(language) == words


def test_place_without_details_is_the_file() -> None:
    assert Place("a.ttl").in_words("de") == "a.ttl"


def test_narrowed_place_keeps_what_is_not_given() -> None:
    place = Place("a.csv", row=4, column="Nr.")
    assert (place.at(row=5), place.at(column="Titel")) == (
        Place("a.csv", row=5, column="Nr."),
        Place("a.csv", row=4, column="Titel"),
    )


@pytest.mark.parametrize(
    ("value", "shown"),
    [(None, ""), (12, "12"), ("x" * 200, "x" * 200), ("x" * 201, "x" * 199 + "…")],
    ids=["none", "number", "at the limit", "too long"],
)
def test_value_of_a_finding_is_short_text(value: object, shown: str) -> None:
    findings = Findings()
    findings.add(Severity.NOTE, "probe", Place("a.csv"), TEXT, fix=TEXT, value=value)
    assert findings.items[0].value == shown


def test_findings_are_given_by_severity() -> None:
    findings = Findings()
    for severity in Severity:
        findings.add(severity, "probe", Place("a.csv"), TEXT, fix=TEXT)
    assert [item.severity for item in findings.of(Severity.DROPPED)] == [Severity.DROPPED]


def test_finding_as_json_speaks_one_language() -> None:
    finding = Finding(Severity.WARNING, "probe", Place("a.csv", row=4), TEXT, TEXT, "12")
    shown = finding.as_json("en")
    assert (shown["severity"], shown["row"], shown["value"]) == ("warning", 4, "12")
    assert (shown["reason"], finding.as_json("de")["fix"]) == ("Please check.", "Bitte prüfen.")


# --- failures

FAILURES: tuple[KreislaufstadtError, ...] = (
    KreislaufstadtError(TEXT),
    UserError(TEXT),
    ServiceError(TEXT),
    errors.UnreadableFile("a.csv", TEXT),
    errors.UnknownIri(THING),
    errors.UnknownStatement("<urn:a> <urn:b> <urn:c>"),
    errors.UnknownName("farben", ("ziele", "aufgaben")),
    errors.BadParameter("city", "12", Text("eine Zahl", "a number")),
    errors.BadEncoding(),
    errors.BadQuery("line 1"),
    errors.ForbiddenQuery(TEXT),
    errors.BadMeasure(TEXT),
    errors.BackupRefused.occupied(),
    errors.BackupBroken("backup.tar.gz", "quads.nq"),
    errors.NotAuthorised(),
    errors.ReviewOutdated(THING, Text("verworfen", "rejected")),
    errors.SecondPersonNeeded(THING),
    errors.UnknownJob("4711"),
    errors.JobEnded("4711"),
    errors.JobInterrupted(),
    errors.NotAllowed("editor", "05314000"),
    errors.LoginNeeded(),
    errors.TooManyAttempts("account", 5, minutes=15, retry_seconds=61),
    errors.FormRefused(),
    errors.GraphProtected("urn:g", TEXT),
    errors.GraphNotNamed(),
    errors.GraphChanged("urn:g"),
    errors.BadRdf(TEXT, 1, 2),
    errors.ShapeViolated("a.csv", 2, ()),
    errors.NothingLoaded("a.csv", TEXT),
    errors.NoDataset(),
    errors.ReferenceInvalid(TEXT),
    errors.SettingInvalid("PORT", "x"),
    errors.QueryTooSlow(2.5),
    errors.AnswerTooLarge(1000),
    errors.TooManyRows(1000),
    errors.TooManyQueries(4),
    errors.WorkerDied(512),
    errors.ReasonNotFound("<urn:a> <urn:b> <urn:c>"),
    errors.DatasetBusy(),
    errors.DatasetBroken("CURRENT"),
    errors.RecordBroken("reviews.ndjson, line 2"),
    errors.ModelBroken("model/0a1b2c/heads.npz"),
    errors.ServerBusy(8),
    errors.PrintingFailed(60),
    errors.RemoteFailed("https://x.test/sparql", "404"),
)
IDS = [type(failure).__name__ for failure in FAILURES]


def test_every_failure_is_tried_here() -> None:
    named = {
        name
        for name, value in vars(errors).items()
        if isinstance(value, type) and issubclass(value, KreislaufstadtError)
    }
    assert set(IDS) == named


def test_every_failure_has_a_code_of_its_own() -> None:
    assert len({failure.code for failure in FAILURES}) == len(FAILURES)


@pytest.mark.parametrize("failure", FAILURES, ids=IDS)
def test_failure_speaks_german_and_english(failure: KreislaufstadtError) -> None:
    assert failure.text.de
    assert failure.text.en
    assert failure.text.de != failure.text.en


@pytest.mark.parametrize("failure", FAILURES, ids=IDS)
def test_failure_is_printed_in_english(failure: KreislaufstadtError) -> None:
    assert str(failure) == failure.text.en


@pytest.mark.parametrize("failure", FAILURES[3:], ids=IDS[3:])
def test_failure_is_of_the_user_or_of_the_service(failure: KreislaufstadtError) -> None:
    assert isinstance(failure, UserError) != isinstance(failure, ServiceError)


@pytest.mark.parametrize("failure", FAILURES[3:], ids=IDS[3:])
def test_code_of_a_failure_stands_in_the_overview(failure: KreislaufstadtError) -> None:
    assert failure.code in (errors.__doc__ or "")


@pytest.mark.parametrize(
    ("failure", "named"),
    [
        (errors.UnreadableFile("a.csv", TEXT), ("a.csv: Bitte", "a.csv: Please")),
        (errors.UnknownName("farben", ("ziele", "rad")), ("ziele, rad", "ziele, rad")),
        (errors.QueryTooSlow(2.5), ("2.5 Sekunden", "2.5 seconds")),
        (errors.ShapeViolated("a.csv", 2, ()), ("2 Regelverstöße", "2 violations")),
    ],
    ids=["file", "choices", "seconds", "violations"],
)
def test_failure_names_what_it_is_about(
    failure: KreislaufstadtError, named: tuple[str, str]
) -> None:
    assert (named[0] in failure.text.de, named[1] in failure.text.en) == (True, True)


# --- stored queries


def test_unknown_stored_query_names_those_there_are() -> None:
    with pytest.raises(UnknownName, match="measures-without-aim"):
        stored_query("farben")


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ({"city": "Bonn"}, "AGS, 8 digits"),
        ({"farbe": "braun"}, "city"),
        ({"concept": "kein IRI"}, "concept"),
        ({"language": "fr"}, "de, en"),
    ],
    ids=["city", "unknown parameter", "IRI", "language"],
)
def test_wrong_value_names_what_is_expected(values: dict[str, str], expected: str) -> None:
    with pytest.raises(BadParameter, match=expected):
        bound(stored_query("aims-without-measure"), values)


def test_stored_query_without_a_needed_value_says_so() -> None:
    query = parse_query("farben", HEAD + "SELECT ?s { ?s ?p $wort }")
    with pytest.raises(BadParameter) as caught:
        bound(query, {})
    assert caught.value.text.de == "Parameter wort = »«: erwartet wird eine Angabe."


def test_stored_query_on_an_empty_store_has_columns_and_no_rows(
    empty_store: EmbeddedStore,
) -> None:
    table = run_stored(empty_store, "measures-without-aim")
    assert (bool(table.columns), table.rows) == (True, ())


@pytest.mark.parametrize(("city", "rows"), [("05515000", 1), ("05314000", 0)])
def test_stored_query_keeps_to_the_city_it_is_given(city: str, rows: int) -> None:
    store = EmbeddedStore.in_memory(
        turtle(
            f"<a:plan> a ks:ActionPlan ; ks:forMunicipality <{BASE}id/05515000> ;"
            f" ks:hasMeasure <{THING}> . <{THING}> a ks:Measure ."
        )
    )
    assert len(run_stored(store, "measures-without-aim", {"city": city}).rows) == rows


def test_unbound_cells_are_left_out_of_the_records() -> None:
    store = EmbeddedStore.in_memory(turtle(f'<{THING}> rdfs:label "Werkstatt"@de .'))
    table = run_select(store, f"SELECT ?s ?label ?none {{ ?s <{RDFS.label}> ?label }}")
    assert table.records() == [{"s": THING, "label": "Werkstatt"}]


def test_columns_appear_as_the_query_selects_them() -> None:
    table = run_select(EmbeddedStore.in_memory(), "SELECT ?z ?a ?m { ?z ?a ?m }")
    assert table == Table(("z", "a", "m"), ())
