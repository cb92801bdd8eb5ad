"""Compare SHACL engines on the same city data, in one run.

    python benchmarks/validation.py [20000 100000]
    PYTHONPATH=/tmp/shifty python benchmarks/validation.py 100000

The data is the example city with what the shapes need to know of the ontology and the tables,
copied under other municipality keys until it has the wanted number of triples; in every copy one
measure has lost its label, so that there is something to find. Each engine runs in a process of its
own. "CPU seconds" is processor time from the quads in memory to the report or findings, "peak" the
resident memory of the process. "equal" compares focus, shape and severity of all results with those
of the shipped engine. The line "kg.validation" is what a load pays: conversion, engine, findings.
pyshifty is no dependency; it takes part where it is installed. An engine that takes longer than the
limit is stopped, said so and left out of larger sizes.
"""

from __future__ import annotations

import hashlib
import json
import resource
import sys
import time
from collections.abc import Callable, Iterable
from importlib.util import find_spec
from pathlib import Path
from types import ModuleType

from own_process import measured
from pyoxigraph import NamedNode, Quad, RdfFormat, Store, Triple, parse, serialize
from rdflib import Graph, URIRef

from kg.rdflib_graph import as_rdflib
from kg.settings import Settings
from kg.validation import context_of, shipped_shapes, validate
from loaders.city import read_city
from ontology.namespaces import KS, RDF, RDFS, SH
from ontology.reference import all_reference_quads, ontology_quads

ROOT = Path(__file__).resolve().parent.parent
AGS = "05515000"
LIMIT_SECONDS = 900

Measured = tuple[float, int, str]  # CPU seconds, results, digest of the results


def cities(wanted: int) -> tuple[list[Quad], list[Quad]]:
    """Return copies of the example city and the context of a load."""
    loaded = read_city(ROOT / "examples" / "muenster", Settings())
    own = list(
        dict.fromkeys(Triple(q.subject, q.predicate, q.object) for i in loaded for q in i.quads)
    )
    own = without_one_label(own)
    text = serialize(own, format=RdfFormat.N_TRIPLES).decode()
    copies = -(-wanted // len(own))
    quads = [
        quad
        for number in range(copies)
        for quad in parse(
            text.replace(AGS, f"{1_000_000 + number:08d}"), format=RdfFormat.N_TRIPLES
        )
    ]
    store = Store()
    store.bulk_extend([*ontology_quads(), *all_reference_quads()])
    return quads, context_of(quads, store)


def without_one_label(triples: list[Triple]) -> list[Triple]:
    is_type = (t for t in triples if t.predicate.value == RDF.type)
    measure = min(t.subject.value for t in is_type if t.object == NamedNode(KS.Measure))
    label = RDFS.label
    return [t for t in triples if (t.subject.value, t.predicate.value) != (measure, label)]


def run_findings(wanted: int) -> Measured:
    quads, context = cities(wanted)
    began = time.process_time()
    found = validate(quads, context, shipped_shapes(), {}, file="city")
    return time.process_time() - began, len(found), ""


def run_rdflib_engine(engine: ModuleType, wanted: int) -> Measured:
    quads, context = cities(wanted)
    began = time.process_time()
    data = as_rdflib([*quads, *context])
    _, report, _ = engine.validate(
        data, shacl_graph=shipped_shapes(), advanced=True, inference="none"
    )
    return time.process_time() - began, *digest(report)


def run_turbo(wanted: int) -> Measured:
    import pyshacl_turbo

    return run_rdflib_engine(pyshacl_turbo, wanted)


def run_pyshacl(wanted: int) -> Measured:
    import pyshacl

    return run_rdflib_engine(pyshacl, wanted)


def run_shifty(wanted: int) -> Measured:
    import shifty

    quads, context = cities(wanted)
    began = time.process_time()
    triples = (Triple(q.subject, q.predicate, q.object) for q in [*quads, *context])
    text = serialize(triples, format=RdfFormat.N_TRIPLES)
    shapes = shipped_shapes().serialize(format="turtle", encoding="utf-8")
    _, report, _ = shifty.validate(text, shapes, graph_mode="data", infer=False)
    return time.process_time() - began, *digest(report)


def digest(report: Graph) -> tuple[int, str]:
    """Return the number of results and a checksum of focus, shape and severity."""
    names = [URIRef(name) for name in (SH.focusNode, SH.sourceShape, SH.resultSeverity)]
    results: Iterable[object] = report.objects(None, URIRef(SH.result))
    found = {tuple(str(report.value(result, name)) for name in names) for result in results}
    return len(found), hashlib.sha256(repr(sorted(found)).encode()).hexdigest()


ENGINES: dict[str, Callable[[int], Measured]] = {
    "pyshacl-turbo (shipped)": run_turbo,
    "kg.validation": run_findings,
    "pyshifty": run_shifty,
    "pyshacl": run_pyshacl,
}


def one(engine: str, wanted: int) -> None:
    seconds, found, checksum = ENGINES[engine](wanted)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps({"seconds": seconds, "found": found, "checksum": checksum, "peak": peak}))


def main(sizes: list[int]) -> None:
    print("engine\ttriples\tCPU seconds\ttimes the shipped\tpeak MiB\tresults\tequal")
    given_up: set[str] = set() if find_spec("shifty") else {"pyshifty"}
    for wanted in sizes:
        shipped: dict[str, object] | None = None
        for engine in ENGINES:
            if engine in given_up:
                print(f"{engine}\t{wanted}\tnot run: not installed or too slow at a smaller size")
                continue
            answer = measured(__file__, engine, wanted, limit_seconds=LIMIT_SECONDS)
            if answer is None:
                given_up.add(engine)
                continue
            shipped = answer if shipped is None else shipped
            ratio = float(str(answer["seconds"])) / float(str(shipped["seconds"]))
            same = "yes" if answer["checksum"] == shipped["checksum"] else "no"
            print(
                f"{engine}\t{wanted}\t{answer['seconds']:.1f}\t{ratio:.2f}\t{answer['peak']:.0f}"
                f"\t{answer['found']}\t{same if answer['checksum'] else '–'}",
                flush=True,
            )


if __name__ == "__main__":
    if sys.argv[1:2] == ["--one"]:
        one(sys.argv[2], int(sys.argv[3]))
    else:
        main([int(text) for text in sys.argv[1:]] or [20_000, 100_000])
