"""Compare the SHACL engine with pyshacl on one concept of the example city, in the same run.

    python benchmarks/validation.py

Prints seconds of each and their ratio.
"""

from __future__ import annotations

import time
from pathlib import Path

import pyshacl
import pyshacl_turbo
from pyoxigraph import RdfFormat, Triple, serialize
from rdflib import Graph

from kg.settings import Settings
from kg.validation import shipped_shapes
from loaders.city import read_city
from ontology.reference import all_reference_quads, ontology_quads

EXAMPLE = Path(__file__).resolve().parent.parent / "examples" / "muenster"


def main() -> None:
    source = read_city(EXAMPLE, Settings())[0]
    known = [q for q in all_reference_quads() if "/reference/sdg_" in str(q.graph_name)]
    quads = [*source.quads, *ontology_quads(), *known]
    text = serialize(
        (Triple(q.subject, q.predicate, q.object) for q in quads), format=RdfFormat.N_TRIPLES
    )
    data = Graph()
    data.parse(data=text, format="nt")
    seconds: dict[str, float] = {}
    for name, engine in (("pyshacl-turbo", pyshacl_turbo), ("pyshacl", pyshacl)):
        shapes = shipped_shapes()
        began = time.perf_counter()
        engine.validate(data, shacl_graph=shapes, advanced=True, inference="none")
        seconds[name] = time.perf_counter() - began
        print(f"{name}\t{seconds[name]:.2f} s\t{source.record.file}, {len(quads)} triples")
    print(f"ratio\t{seconds['pyshacl'] / seconds['pyshacl-turbo']:.1f}")


if __name__ == "__main__":
    main()
