"""Whatever loaders, tables and the matcher write is held by a shape, and breaks none."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

import pytest
from pyoxigraph import NamedNode, Quad, Store

from kg.embedded import EmbeddedStore
from kg.findings import Severity
from kg.fit.index import FitIndex
from kg.fit.linking import propose_links
from kg.settings import Settings
from kg.sources import Loaded
from kg.validation import context_of, shipped_shapes, validate
from loaders.city import read_city
from ontology.namespaces import KS, OWL, PROV, RDF, RDFS, SDGO, SH, SKOS
from ontology.reference import all_reference_quads, ontology_quads

# Written by nothing but a stranger's RDF file, and nothing in the graph rests on them.
UNTARGETED = {KS.Aim, KS.Assessment, KS.Review}
SPACES = {"KS": KS, "PROV": PROV, "SDGO": SDGO, "SKOS": SKOS}


@pytest.fixture(scope="module")
def city(repository: Path) -> list[Loaded]:
    return read_city(repository / "examples" / "muenster", Settings())


@pytest.fixture(scope="module")
def known(city: list[Loaded]) -> EmbeddedStore:
    sources = [quad for item in city for quad in item.quads]
    return EmbeddedStore.in_memory([*ontology_quads(), *all_reference_quads(), *sources])


@pytest.fixture(scope="module")
def ontology() -> Store:
    store = Store()
    store.extend(ontology_quads())
    return store


def untargeted(classes: Iterable[str], ontology: Store) -> set[str]:
    """Return the classes that neither themselves nor by a class above are a shape's target."""
    targets = {
        target
        for subject, predicate, target in shipped_shapes()
        if str(predicate) == SH.targetClass
    }
    above = NamedNode(RDFS.subClassOf)

    def is_held(kind: str) -> bool:
        parents = ontology.quads_for_pattern(NamedNode(kind), above, None)
        return any(kind == str(target) for target in targets) or any(
            is_held(quad.object.value) for quad in parents if isinstance(quad.object, NamedNode)
        )

    return {kind for kind in classes if not is_held(kind)}


def classes_of(quads: Iterable[Quad]) -> set[str]:
    stated = (quad.object for quad in quads if quad.predicate.value == RDF.type)
    return {kind.value for kind in stated if isinstance(kind, NamedNode)}


def test_every_class_of_the_example_city_is_held(city: list[Loaded], ontology: Store) -> None:
    written = classes_of(quad for item in city for quad in item.quads)
    assert len(written) > 20
    assert untargeted(written, ontology) == set()


def test_every_class_of_the_tables_is_held(ontology: Store) -> None:
    assert untargeted(classes_of(all_reference_quads()), ontology) == set()


def test_every_class_named_in_a_writer_is_held(repository: Path, ontology: Store) -> None:
    writers = [*repository.glob("loaders/*.py"), *repository.glob("ontology/*_table*.py")]
    text = "".join(path.read_text("utf-8") for path in [*writers, repository / "kg/fit/linking.py"])
    named = {
        str(getattr(SPACES[space], name))
        for space, name in re.findall(r"\b(KS|PROV|SDGO|SKOS)\.([A-Z]\w*[a-z]\w*)\b", text)
        if name != "SDGCode"
    }
    assert len(named) > 25
    assert untargeted(named, ontology) == set()


def test_every_class_of_the_ontology_is_held(ontology: Store) -> None:
    rows = ontology.quads_for_pattern(None, NamedNode(RDF.type), NamedNode(OWL.Class))
    own = {quad.subject.value for quad in rows if isinstance(quad.subject, NamedNode)}
    own = {kind for kind in own if kind.startswith(KS.base)}
    assert untargeted(own, ontology) == UNTARGETED


def test_the_example_city_breaks_nothing_and_has_few_warnings(
    city: list[Loaded], known: EmbeddedStore
) -> None:
    found = [
        finding
        for item in city
        for finding in validate(
            item.quads,
            context_of(item.quads, known.engine),
            shipped_shapes(),
            item.places,
            file=item.record.file,
        )
    ]
    assert [item for item in found if item.severity is Severity.VIOLATION] == []
    assert len(found) <= 40


@pytest.mark.slow
def test_proposals_are_held_and_break_nothing(known: EmbeddedStore, ontology: Store) -> None:
    proposals = propose_links(FitIndex.build(known, generation="test"))
    assert untargeted(classes_of(proposals), ontology) == set()
    context = context_of(proposals, known.engine)
    assert validate(proposals, context, shipped_shapes(), {}, file="proposals") == []
