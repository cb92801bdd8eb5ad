"""Ask the reasoner HermiT whether statements are consistent; the only user of owlready2."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from pyoxigraph import Quad

from ontology.errors import ReasonerError
from ontology.java_runtime import java_command, telling_line, write_statements
from ontology.namespaces import OWL


@dataclass(frozen=True, slots=True)
class Consistency:
    """Hold the reasoner's answer.

    Attributes:
        is_consistent: Whether the statements can all be true together.
        unsatisfiable_classes: IRIs of classes that can have no member, sorted.
    """

    is_consistent: bool
    unsatisfiable_classes: tuple[str, ...]


def consistency(quads: Iterable[Quad]) -> Consistency:
    """Return whether the statements are consistent, whatever their graphs.

    Nothing is fetched for an import. Takes some seconds and a Java process.

    Args:
        quads: Ontology and data.

    Raises:
        ReasonerError: There is no Java, or the reasoner gives no answer.
    """
    java_command()
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "statements.nt"
        write_statements(quads, file)
        return _reason(file)


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
        raise ReasonerError("reasoner-failed", telling_line(str(error))) from error
    finally:
        world.close()
    return Consistency(is_consistent=True, unsatisfiable_classes=tuple(sorted(classes)))
