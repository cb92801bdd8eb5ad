"""Official SDG texts and plain RDF, from small files with wording of our own."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from pyoxigraph import Literal, NamedNode

from kg.errors import NothingLoaded, UnknownName, UnreadableFile
from kg.findings import Finding, Severity
from kg.sources import Loaded
from loaders.context import LoadContext
from loaders.registry import Kind, read, read_bytes
from loaders.sdg_official import OPEN_SDG
from loaders.sdg_un import UN_URL
from ontology.namespaces import DCTERMS, KS, RDFS, SDGO, SKOS, reference_graph, sdg, source_graph

PREFIXES = """
@prefix dcterms: <http://purl.org/dc/terms/> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix sdg: <http://metadata.un.org/sdg/> .
@prefix sdgo: <http://metadata.un.org/sdg/ontology#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
"""
GOAL = "sdg:12 a sdgo:Goal ; "
TARGET = "sdg:12.5 a sdgo:Target ; "
INDICATOR = "sdg:C120501 a sdgo:Indicator ; "
OPEN_SDG_GRAPH = "sdg-official-open-sdg-"

Write = Callable[[str, str], Path]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Return a function that writes a file below the test's folder and returns the folder."""

    def make(name: str, text: str) -> Path:
        path = tmp_path / "texte" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        return tmp_path / "texte"

    return make


@pytest.fixture
def open_sdg(write: Write) -> Path:
    """Return a folder with a German and an English set of three files."""
    write("de/global_goals.yml", "12-title: Sparsam wirtschaften\n12-short: Sparsam\n")
    write("de/global_targets.yml", "12-5-title: Weniger wegwerfen\n12-a-title: Partner stärken\n")
    write("de/global_indicators.yml", "12-5-1-title: Anteil verwerteter Stoffe\n")
    write("en/global_goals.yml", "12-title: Thrifty economy\n")
    write("en/global_targets.yml", "12-5-title: Throw less away\n")
    return write("en/global_indicators.yml", "12-5-1-title: Share of recovered matter\n")


def un(statements: str, context: LoadContext) -> Loaded:
    (loaded,) = read_bytes("un.ttl", (PREFIXES + statements).encode(), "sdg", context)
    return loaded


def german(text: str, context: LoadContext) -> Loaded:
    """Return what a German file of Open SDG holds that came without a folder."""
    content = f"# und der die das bis für\n{text}".encode()
    (loaded,) = read_bytes("global_goals.yml", content, "sdg", context)
    return loaded


def texts(loaded: Loaded, subject: str, predicate: str) -> set[tuple[str, str | None]]:
    return {
        (quad.object.value, quad.object.language)
        for quad in loaded.quads
        if isinstance(quad.object, Literal)
        and (quad.subject, quad.predicate) == (NamedNode(subject), NamedNode(predicate))
    }


def links(loaded: Loaded, subject: str, predicate: str) -> set[str]:
    return {
        quad.object.value
        for quad in loaded.quads
        if isinstance(quad.object, NamedNode)
        and (quad.subject, quad.predicate) == (NamedNode(subject), NamedNode(predicate))
    }


def found(loaded: Loaded, code: str) -> list[Finding]:
    return [item for item in loaded.findings.items if item.code == code]


def left_out(loaded: Loaded) -> dict[str, str]:
    """Return how many statements were left out, by the English word for them."""
    kinds = {item.reason.en.split(": ", 1)[1]: item.value for item in found(loaded, "left-out")}
    return {kind.removesuffix("."): count for kind, count in kinds.items()}


# --- the UN's RDF


def test_un_wording_becomes_the_description_in_german_and_english(context: LoadContext) -> None:
    loaded = un(GOAL + 'skos:prefLabel "Haushalten"@de, "Housekeeping"@en .', context)
    assert texts(loaded, sdg("12"), DCTERMS.description) == {
        ("Haushalten", "de"),
        ("Housekeeping", "en"),
    }


def test_un_wording_is_never_a_preferred_label(context: LoadContext) -> None:
    loaded = un(GOAL + 'skos:prefLabel "Housekeeping"@en .', context)
    assert texts(loaded, sdg("12"), SKOS.prefLabel) == set()


def test_un_wording_in_other_languages_is_counted_and_left_out(context: LoadContext) -> None:
    loaded = un(GOAL + 'skos:prefLabel "Ménage"@fr, "Hogar"@es, "Housekeeping"@en .', context)
    assert left_out(loaded)["other languages"] == "2"
    assert texts(loaded, sdg("12"), DCTERMS.description) == {("Housekeeping", "en")}


def test_un_alternative_labels_become_titles(context: LoadContext) -> None:
    loaded = un(TARGET + 'skos:altLabel "Aim 12.5"@en .', context)
    assert texts(loaded, sdg("12.5"), DCTERMS.title) == {("Aim 12.5", "en")}


def test_un_numbers_are_kept_but_for_the_padded_code(context: LoadContext) -> None:
    loaded = un(
        INDICATOR + 'skos:notation "12.5.1"^^sdgo:SDGCodeCompact, "12.05.01"^^sdgo:SDGCode,'
        ' "C120501"^^sdgo:SDGCodePerm .',
        context,
    )
    numbers = texts(loaded, sdg("C120501"), SKOS.notation)
    assert numbers == {("12.5.1", None), ("C120501", None)}


@pytest.mark.parametrize(
    ("statement", "subject", "predicate", "value"),
    [
        (INDICATOR + "sdgo:isIndicatorOf sdg:12.5 .", "C120501", SDGO.isIndicatorOf, "12.5"),
        (TARGET + "sdgo:isTargetOf sdg:12 .", "12.5", SDGO.isTargetOf, "12"),
        (GOAL + "sdgo:hasTarget sdg:12.5 .", "12", SDGO.hasTarget, "12.5"),
        (TARGET + "sdgo:hasIndicator sdg:C120501 .", "12.5", SDGO.hasIndicator, "C120501"),
        (TARGET + "skos:exactMatch sdg:12-5 .", "12.5", SKOS.exactMatch, "12-5"),
    ],
    ids=["indicator of", "target of", "has target", "has indicator", "exact match"],
)
def test_un_hierarchy_and_matches_are_kept(
    statement: str, subject: str, predicate: str, value: str, context: LoadContext
) -> None:
    assert links(un(statement, context), sdg(subject), predicate) == {sdg(value)}


def test_un_subjects_are_kept_when_they_are_of_eurovoc(context: LoadContext) -> None:
    loaded = un(
        TARGET
        + "dcterms:subject <http://eurovoc.europa.eu/2470>, <http://metadata.un.org/thesaurus/1> .",
        context,
    )
    assert links(loaded, sdg("12.5"), DCTERMS.subject) == {"http://eurovoc.europa.eu/2470"}
    assert left_out(loaded)["subjects outside EuroVoc"] == "1"


def test_un_custodian_agency_is_kept(context: LoadContext) -> None:
    loaded = un(INDICATOR + 'sdgo:custodianAgency "Musteramt" .', context)
    agency = SDGO.base + "custodianAgency"
    assert texts(loaded, sdg("C120501"), agency) == {("Musteramt", None)}


@pytest.mark.parametrize(
    ("statement", "what"),
    [
        ("sdgo:Goal rdfs:subClassOf skos:Concept .", "classes and axioms of the UN ontology"),
        ("sdg:12 rdfs:seeAlso sdg:13 .", "classes and axioms of the UN ontology"),
        ("sdg:12 owl:sameAs sdg:13 .", "classes and axioms of the UN ontology"),
        ('sdg:reihe-1 skos:prefLabel "Reihe"@de .', "data series and dataset description"),
        ("sdg:12 skos:topConceptOf sdg:rahmen .", "collections, tiers and inverse links"),
        ('sdg:12 skos:note "Notiz"@de .', "collections, tiers and inverse links"),
        ('sdg:12 skos:prefLabel "ohne Sprache" .', "collections, tiers and inverse links"),
        ("sdg:12 skos:member [] .", "collections, tiers and inverse links"),
        ("[] skos:member sdg:12 .", "collections, tiers and inverse links"),
    ],
    ids=[
        "class",
        "rdfs link",
        "owl link",
        "series",
        "other link",
        "other text",
        "no language",
        "blank object",
        "blank subject",
    ],
)
def test_un_statements_that_are_not_needed_are_counted(
    statement: str, what: str, context: LoadContext
) -> None:
    loaded = un(statement, context)
    assert (left_out(loaded), loaded.quads) == ({what: "1"}, [])


def test_un_goals_are_known_by_our_codes_without_their_class(context: LoadContext) -> None:
    loaded = un('sdg:12 skos:prefLabel "Housekeeping"@en .', context)
    assert loaded.counts == {"goals": 1}


def test_un_things_are_counted_by_class(context: LoadContext) -> None:
    label = 'skos:prefLabel "x"@en . '
    loaded = un(GOAL + label + TARGET + label + INDICATOR + label, context)
    assert loaded.counts == {"goals": 1, "indicators": 1, "targets": 1}


def test_un_record_tells_licence_address_and_checksum(context: LoadContext) -> None:
    statements = GOAL + 'skos:prefLabel "x"@en . <http://metadata.un.org/sdg> dcterms:license "L" .'
    record = un(statements, context).record
    checksum = hashlib.sha256((PREFIXES + statements).encode()).hexdigest()
    assert (record.licence, record.url, record.sha256) == ("L", UN_URL, checksum)


def test_un_statements_stand_in_the_graph_of_their_record(context: LoadContext) -> None:
    loaded = un(GOAL + 'skos:prefLabel "x"@en .', context)
    graphs = {quad.graph_name for quad in loaded.quads}
    assert loaded.record.graph == reference_graph("sdg-official-un")
    assert graphs == {NamedNode(loaded.record.graph)}


def test_un_files_of_a_folder_become_one_source(write: Write, context: LoadContext) -> None:
    write("b.ttl", PREFIXES + TARGET + 'skos:prefLabel "b"@en .')
    folder = write("a.nt", f'<{sdg("12")}> <{SKOS.prefLabel}> "a"@en .\n')
    (loaded,) = read(folder, "sdg", context)
    assert loaded.record.file == "a.nt, b.ttl"
    assert loaded.counts == {"goals": 1, "targets": 1}


def test_broken_un_turtle_names_its_line(context: LoadContext) -> None:
    with pytest.raises(UnreadableFile, match=r"un\.ttl: is no valid RDF from line 9"):
        un(GOAL + "\nskos:prefLabel ;;", context)


# --- Open SDG


def test_folder_of_open_sdg_gives_one_source_for_each_language(
    open_sdg: Path, context: LoadContext
) -> None:
    graphs = [loaded.record.graph for loaded in read(open_sdg, "sdg", context)]
    assert graphs == [reference_graph(f"{OPEN_SDG_GRAPH}{tag}") for tag in ("de", "en")]


def test_folder_with_yaml_and_rdf_gives_the_un_last(
    open_sdg: Path, write: Write, context: LoadContext
) -> None:
    write("un.ttl", PREFIXES + GOAL + 'skos:prefLabel "x"@en .')
    last = read(open_sdg, "sdg", context)[-1]
    assert last.record.graph == reference_graph("sdg-official-un")


def test_open_sdg_statements_stand_in_the_graph_of_their_record(
    open_sdg: Path, context: LoadContext
) -> None:
    for loaded in read(open_sdg, "sdg", context):
        assert {quad.graph_name for quad in loaded.quads} == {NamedNode(loaded.record.graph)}


@pytest.mark.parametrize(
    ("code", "text"),
    [
        ("12", "Sparsam wirtschaften"),
        ("12.5", "Weniger wegwerfen"),
        ("12.a", "Partner stärken"),
        ("C120501", "Anteil verwerteter Stoffe"),
    ],
    ids=["goal", "target", "target with a letter", "indicator"],
)
def test_open_sdg_wording_becomes_the_description(
    code: str, text: str, open_sdg: Path, context: LoadContext
) -> None:
    loaded = read(open_sdg, "sdg", context)[0]
    assert texts(loaded, sdg(code), DCTERMS.description) == {(text, "de")}


@pytest.mark.parametrize(
    ("position", "code", "title"),
    [
        (0, "12", ("Sparsam", "de")),
        (0, "12.5", ("SDG-Unterziel 12.5", "de")),
        (0, "C120501", ("SDG-Indikator 12.5.1", "de")),
        (1, "12.5", ("SDG target 12.5", "en")),
        (1, "C120501", ("SDG indicator 12.5.1", "en")),
    ],
    ids=["short title", "German target", "German indicator", "target", "indicator"],
)
def test_open_sdg_titles_are_the_short_title_or_the_number(
    position: int, code: str, title: tuple[str, str], open_sdg: Path, context: LoadContext
) -> None:
    loaded = read(open_sdg, "sdg", context)[position]
    assert texts(loaded, sdg(code), DCTERMS.title) == {title}


def test_open_sdg_texts_are_counted_by_kind(open_sdg: Path, context: LoadContext) -> None:
    loaded = read(open_sdg, "sdg", context)[0]
    assert loaded.counts == {"goals": 1, "indicators": 1, "short titles": 1, "targets": 2}


def test_open_sdg_record_tells_licence_address_and_files(
    open_sdg: Path, context: LoadContext
) -> None:
    record = read(open_sdg, "sdg", context)[1].record
    assert (record.licence, record.url) == ("MIT", OPEN_SDG)
    assert record.file == "en/global_goals.yml, en/global_indicators.yml, en/global_targets.yml"


def test_open_sdg_record_has_the_checksum_of_all_files(
    open_sdg: Path, context: LoadContext
) -> None:
    record = read(open_sdg, "sdg", context)[0].record
    sums = [
        hashlib.sha256((open_sdg / "de" / f"global_{part}.yml").read_bytes()).hexdigest()
        for part in ("goals", "indicators", "targets")
    ]
    assert record.sha256 == hashlib.sha256("\n".join(sums).encode()).hexdigest()


def test_whole_set_of_open_sdg_makes_no_finding(open_sdg: Path, context: LoadContext) -> None:
    assert [loaded.findings.items for loaded in read(open_sdg, "sdg", context)] == [[], []]


def test_single_file_of_open_sdg_is_told_to_be_a_part(open_sdg: Path, context: LoadContext) -> None:
    (loaded,) = read(open_sdg / "de" / "global_goals.yml", "sdg", context)
    assert [item.code for item in loaded.findings.items] == ["part-of-set"]


def test_single_file_of_open_sdg_has_its_own_checksum(open_sdg: Path, context: LoadContext) -> None:
    path = open_sdg / "de" / "global_goals.yml"
    (loaded,) = read(path, "sdg", context)
    assert loaded.record.sha256 == hashlib.sha256(path.read_bytes()).hexdigest()


@pytest.mark.parametrize(
    ("text", "language"),
    [("12-title: Für die Vorräte und das Morgen\n", "de"), ("12-title: The stock of all\n", "en")],
    ids=["German", "English"],
)
def test_language_of_a_file_without_folder_is_told_by_its_words(
    text: str, language: str, context: LoadContext
) -> None:
    (loaded,) = read_bytes("global_goals.yml", text.encode(), "sdg", context)
    assert loaded.record.graph == reference_graph(OPEN_SDG_GRAPH + language)


def test_unknown_key_of_open_sdg_is_told_with_its_line(context: LoadContext) -> None:
    (finding,) = found(german("12-title: A\n12-farbe: braun\n", context), "unknown-key")
    assert (finding.place.row, finding.value) == (3, "braun")


@pytest.mark.parametrize(
    ("key", "code"),
    [
        ("18-title", "unknown-sdg"),
        ("12-99-title", "unknown-sdg"),
        ("12-5-9-title", "unknown-sdg-indicator"),
    ],
    ids=["goal", "target", "indicator"],
)
def test_unknown_code_of_open_sdg_is_told_and_left_out(
    key: str, code: str, context: LoadContext
) -> None:
    loaded = german(f"{key}: A\n", context)
    assert (len(found(loaded, code)), loaded.quads) == (1, [])


def test_open_sdg_file_that_is_a_list_states_nothing(context: LoadContext) -> None:
    loaded = german("- 12-title\n- 12-5-title\n", context)
    assert (loaded.read, loaded.quads) == (0, [])


def test_broken_yaml_names_file_line_and_column(write: Write, context: LoadContext) -> None:
    folder = write("de/global_goals.yml", "12-title: A\n12-short: [B\n")
    with pytest.raises(UnreadableFile, match=r"global_goals\.yml.* line 3, column 1"):
        read(folder, "sdg", context)


def test_yaml_over_the_limit_is_refused(write: Write, context: LoadContext) -> None:
    folder = write("de/global_goals.yml", "12-title: viel zu lang\n")
    with pytest.raises(UnreadableFile, match="more than the 10 allowed"):
        read(folder, "sdg", replace(context, file_bytes=10))


def test_files_deeper_than_three_levels_are_passed_over(
    open_sdg: Path, write: Write, context: LoadContext
) -> None:
    write("a/b/c/global_goals.yml", "12-title: zu tief\n")
    assert len(read(open_sdg, "sdg", context)[0].quads) == 8


def test_folder_without_official_texts_says_what_is_needed(
    write: Write, context: LoadContext
) -> None:
    folder = write("liesmich.txt", "nichts")
    with pytest.raises(NothingLoaded, match=r"SDG: contains no official SDG texts"):
        read(folder, "sdg", context)


def test_table_is_no_official_sdg_text(context: LoadContext) -> None:
    with pytest.raises(NothingLoaded) as caught:
        read_bytes("tabelle.csv", b"Nr.;Titel\n1;A\n", "sdg", context)
    assert caught.value.text.de.startswith("tabelle.csv: enthält keine amtlichen SDG-Texte")


def test_folder_is_no_file_for_other_kinds(open_sdg: Path, context: LoadContext) -> None:
    with pytest.raises(UnreadableFile, match="is not a file"):
        read(open_sdg, "rdf", context)


def test_unknown_kind_names_the_kinds_there_are(context: LoadContext) -> None:
    kind: Kind = "farben"  # type: ignore[assignment]
    with pytest.raises(UnknownName, match="measures, concept"):
        read_bytes("a.ttl", b"", kind, context)


# --- plain RDF


def rdf(name: str, text: str | bytes, context: LoadContext) -> Loaded:
    content = text if isinstance(text, bytes) else text.encode()
    (loaded,) = read_bytes(name, content, "rdf", context)
    return loaded


def test_blank_node_is_one_thing_wherever_it_stands(context: LoadContext) -> None:
    loaded = rdf("netz.nt", "_:x <a:b> _:x .\n_:x <a:c> _:y .\n", context)
    subjects = {quad.subject for quad in loaded.quads}
    assert (len(subjects), found(loaded, "blank-nodes-named")[0].reason.en[:2]) == (1, "2 ")


def test_named_graphs_are_folded_into_the_graph_of_the_source(context: LoadContext) -> None:
    loaded = rdf("netz.nq", "<a:s> <a:p> <a:o> <a:g> .\n<a:t> <a:p> <a:o> <a:h> .\n", context)
    graph = source_graph(context.ags, "netz")
    assert {quad.graph_name for quad in loaded.quads} == {NamedNode(graph)}
    assert found(loaded, "graphs-folded")[0].value == "<a:g>, <a:h>"


def test_default_graph_alone_is_no_finding(context: LoadContext) -> None:
    assert rdf("netz.nq", "<a:s> <a:p> <a:o> .\n", context).findings.items == []


def test_json_ld_with_its_context_inside_is_read(context: LoadContext) -> None:
    text = f'[{{"@context": [{{"name": "{RDFS.label}"}}], "@id": "a:s", "name": "Rad"}}]'
    assert texts(rdf("netz.jsonld", text, context), "a:s", RDFS.label) == {("Rad", None)}


def test_json_without_context_is_read_as_expanded_json_ld(context: LoadContext) -> None:
    text = f'[{{"@id": "a:s", "{RDFS.label}": [{{"@value": "Rad", "@language": "de"}}]}}]'
    assert texts(rdf("netz.json", text, context), "a:s", RDFS.label) == {("Rad", "de")}


def test_text_of_unknown_form_is_read_as_turtle(context: LoadContext) -> None:
    assert rdf("netz.txt", "<a:s> <a:p> <a:o> .", context).counts == {"triples": 1}


@pytest.mark.parametrize(
    "text",
    [
        '{"@context": ["https://x.test/c"]}',
        '{"@context": {"@import": "https://x.test/c"}}',
        '{"@graph": [{"@context": "https://x.test/c"}]}',
    ],
    ids=["in a list", "by import", "further down"],
)
def test_json_ld_context_on_the_web_is_not_fetched(text: str, context: LoadContext) -> None:
    with pytest.raises(UnreadableFile, match="nothing is fetched"):
        rdf("netz.jsonld", text, context)


def test_json_ld_with_broken_json_names_line_and_column(context: LoadContext) -> None:
    with pytest.raises(UnreadableFile, match="from line 2, column 2"):
        rdf("netz.jsonld", '{"@id": "a:s",\n }', context)


@pytest.mark.parametrize(
    "content",
    [b"[" * 100_000, b"[" * 40 + b"]" * 40, b'["\xff\xff"]'],
    ids=["without end", "too deep", "not UTF-8"],
)
def test_json_ld_that_cannot_be_read_is_refused(content: bytes, context: LoadContext) -> None:
    with pytest.raises(UnreadableFile, match="is no valid RDF"):
        rdf("netz.jsonld", content, context)


def test_turtle_with_a_byte_order_mark_is_read(context: LoadContext) -> None:
    assert rdf("netz.ttl", "\ufeff<a:s> <a:p> <a:o> .", context).read == 1


def test_statement_about_a_statement_is_dropped(context: LoadContext) -> None:
    loaded = rdf("netz.ttl", "<a:s> <a:p> <<( <a:x> <a:y> <a:z> )>>, <a:o> .", context)
    assert (len(found(loaded, "triple-term")), loaded.counts) == (1, {"triples": 1})


def test_things_of_our_classes_are_counted(context: LoadContext) -> None:
    loaded = rdf("netz.ttl", f"<a:s> a <{KS.Measure}> . <a:t> a <{KS.Goal}>, <a:C> .", context)
    assert loaded.counts == {"goals": 1, "measures": 1, "triples": 3}


def test_rdf_without_statements_is_refused(context: LoadContext) -> None:
    with pytest.raises(NothingLoaded, match="contains no statements"):
        rdf("netz.ttl", "# leer\n", context)


def test_rdf_record_names_file_checksum_and_title(context: LoadContext) -> None:
    content = b"<a:s> <a:p> <a:o> ."
    record = rdf("netz_der_raeder.ttl", content, context).record
    assert (record.file, record.title_de) == ("netz_der_raeder.ttl", "netz der raeder")
    assert record.sha256 == hashlib.sha256(content).hexdigest()


def test_a_key_without_text_is_told_and_states_nothing(
    tmp_path: Path, context: LoadContext
) -> None:
    folder = tmp_path / "de"
    folder.mkdir()
    (folder / "global_targets.yml").write_text("12-5-title:\n12-2-title: Rohstoffe\n", "utf-8")
    (loaded,) = read(folder / "global_targets.yml", "sdg", context)
    told = [(f.code, f.place.row) for f in loaded.findings.of(Severity.DROPPED)]
    assert told == [("empty-text", 1)]
    assert not [quad for quad in loaded.quads if quad.subject.value.endswith("/12.5")]
