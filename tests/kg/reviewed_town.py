"""Give a town with reviewed links and training texts so few that tests can train on them."""

from __future__ import annotations

from pathlib import Path

from pyoxigraph import NamedNode, Quad, RdfFormat, parse

from kg.embedded import EmbeddedStore
from kg.fit.index import EMBEDDINGS
from kg.matching.match import SdgMatcher
from kg.matching.sdg import read_sdg_aims
from kg.matching.semantic import EmbeddingCache, UniversalEncoder
from kg.matching.thesaurus import Thesaurus
from kg.matching.training_texts import Cities, TrainingTexts, shipped_texts
from ontology.namespaces import REVIEWED_GRAPH
from ontology.reference import reference_quads
from tests.conftest import turtle

CITY = "https://w3id.org/kreislaufstadt/id/99999999"
REPAIR, CYCLES = f"{CITY}/measure/m/1", f"{CITY}/measure/m/2"
LONGER_USE, BIOWASTE, CYCLEWAYS, SHOPS = (f"{CITY}/goal/awk/{number}" for number in (1, 2, 3, 4))
# Beside these, `city.trig` has its own rejected link of the cycle stands with the biowaste goal.
REVIEWS = f"""
<{CITY}/interface/r/1> a ks:Interface ; ks:interfaceSource <{REPAIR}> ;
  ks:interfaceTarget sdg:12.5 ;
  ks:interfaceKind ik:supports ; ks:strength 2 ; ks:confidence 0.9 ; ks:reviewStatus st:confirmed .
<{CITY}/interface/r/2> a ks:Interface ; ks:interfaceSource <{REPAIR}> ;
  ks:interfaceTarget <{LONGER_USE}> ; ks:interfaceKind ik:supports ; ks:strength 1 ;
  ks:confidence 0.9 ; ks:reviewStatus st:confirmed .
<{CITY}/interface/r/3> a ks:Interface ; ks:interfaceSource <{REPAIR}> ; ks:interfaceTarget sdg:3.9 ;
  ks:interfaceKind ik:supports ; ks:strength 1 ; ks:confidence 0.5 ; ks:reviewStatus st:rejected .
<{CITY}/interface/r/4> a ks:Interface ; ks:interfaceSource <{CYCLES}> ;
  ks:interfaceTarget sdg:11.2 ;
  ks:interfaceKind ik:supports ; ks:strength 1 ; ks:confidence 0.5 ; ks:reviewStatus st:rejected .
<{CITY}/interface/r/5> a ks:Interface ; ks:interfaceSource <{BIOWASTE}> ;
  ks:interfaceTarget sdg:12.5 ; ks:interfaceKind ik:supports ; ks:strength 2 ;
  ks:confidence 0.9 ; ks:reviewStatus st:confirmed .
<{CITY}/interface/r/6> a ks:Interface ; ks:interfaceSource <{REPAIR}> ; ks:interfaceTarget sdg:12 ;
  ks:interfaceKind ik:supports ; ks:strength 2 ; ks:confidence 0.9 ; ks:reviewStatus st:confirmed .
"""


def reviewed(text: str = REVIEWS) -> list[Quad]:
    """Return reviewed links as they stand in the graph of reviews."""
    graph = NamedNode(REVIEWED_GRAPH)
    return [Quad(quad.subject, quad.predicate, quad.object, graph) for quad in turtle(text)]


def town() -> list[Quad]:
    """Return the town of the fit tests with the SDG frame, without thesaurus and reviews."""
    trig = Path(__file__).parent / "fit" / "city.trig"
    frame = [quad for name in ("sdg_goals", "sdg_targets") for quad in reference_quads(name)]
    return [*frame, *parse(trig.read_bytes(), format=RdfFormat.TRIG)]


def write_vectors(root: Path) -> None:
    """Write the vectors of the town's training texts into a dataset's directory."""
    store, texts = EmbeddedStore.in_memory(town()), few_texts()
    cache = EmbeddingCache(UniversalEncoder(), root / EMBEDDINGS)
    matcher = SdgMatcher(read_sdg_aims(store), Thesaurus.read(store), cache, None)
    matcher.prepare_known([*(item.text for item in texts.passages), *texts.unrelated])
    matcher.prepare_known([row.text for row in (*texts.cities.goals, *texts.cities.measures)])
    cache.save()


def few_texts() -> TrainingTexts:
    """Return some of the training texts that ship, of each kind some."""
    texts = shipped_texts()
    cities = {row.city for row in texts.cities.goals[:40]}
    return TrainingTexts(
        texts.passages[::24],
        texts.unrelated[::8],
        Cities(
            tuple(row for row in texts.cities.goals if row.city in cities),
            tuple(row for row in texts.cities.measures if row.city in cities)[::4],
        ),
    )
