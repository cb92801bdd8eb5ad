"""Ask the reasoner HermiT whether statements are consistent; the only user of owlready2."""

from __future__ import annotations

import re
import shutil
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from pyoxigraph import NamedNode, Quad, RdfFormat, Triple, serialize

from ontology.errors import ReasonerError
from ontology.namespaces import ONTOLOGY, OWL, RDF

_TELLING = re.compile(r".*(?:Exception|Error).*")


@dataclass(frozen=True, slots=True)
class Consistency:
    """Hold the reasoner's answer.

    Attributes:
        is_consistent: Whether the statements can all be true together.
        unsatisfiable_classes: IRIs of classes that can have no member, sorted.
    """

    is_consistent: bool
    unsatisfiable_classes: tuple[str, ...]


def java_is_available() -> bool:
    """Say whether a Java runtime is on the path."""
    return shutil.which("java") is not None


def consistency(quads: Iterable[Quad]) -> Consistency:
    """Return whether the statements are consistent, whatever their graphs.

    Headers of ontologies are left out, so that nothing is fetched for an import. Takes some
    seconds and a Java process.

    Args:
        quads: Ontology and data.

    Raises:
        ReasonerError: There is no Java, or the reasoner gives no answer.
    """
    if not java_is_available():
        raise ReasonerError("java-missing")
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "statements.nt"
        _write_statements(quads, file)
        return _reason(file)


def _write_statements(quads: Iterable[Quad], file: Path) -> None:
    triples = [Triple(quad.subject, quad.predicate, quad.object) for quad in quads]
    kind, ontology = NamedNode(RDF.type), NamedNode(OWL.Ontology)
    headers = {t.subject for t in triples if t.predicate == kind and t.object == ontology}
    kept = [triple for triple in triples if triple.subject not in headers]
    kept.append(Triple(NamedNode(ONTOLOGY), kind, ontology))
    serialize(kept, str(file), format=RdfFormat.N_TRIPLES)


def _reason(file: Path) -> Consistency:
    # imported late: it takes long and only this function needs it
    import owlready2

    world = owlready2.World()
    try:
        ontology = world.get_ontology(file.as_uri()).load()
        with ontology:
            owlready2.sync_reasoner_hermit(world, infer_property_values=False, debug=0)
        classes = {entity.iri for entity in world.inconsistent_classes()} - {OWL.Nothing}
    except owlready2.OwlReadyInconsistentOntologyError:
        return Consistency(is_consistent=False, unsatisfiable_classes=())
    except owlready2.OwlReadyJavaError as error:
        match = _TELLING.search(str(error))
        detail = match[0].strip() if match else ""
        raise ReasonerError("reasoner-failed", detail[:300]) from error
    finally:
        world.close()
    return Consistency(is_consistent=True, unsatisfiable_classes=tuple(sorted(classes)))
