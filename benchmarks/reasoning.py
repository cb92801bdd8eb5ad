"""Compare the compiled rules with owlrl, reasonable and HermiT on the same city data, in one run.

    python benchmarks/reasoning.py [10000 100000 1000000]

The data is the example city of the ontology's tests, copied under other names until it has the
wanted number of triples. Each engine runs in a process of its own with the ontology; "seconds" is
processor time of that process and its children from the data in memory (rdflib graph, quads or
file, as the engine takes it) to the conclusions, "peak" its resident memory. An engine that takes
longer than the limit is stopped and said so. All draw what the axioms say; the hand-written rules,
which no other engine knows, are left out. HermiT classifies the individuals and does not write
property values; reasonable draws no property chains: what each one found about the cities is
printed beside its time.
"""

from __future__ import annotations

import json
import resource
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from own_process import measured
from pyoxigraph import NamedNode, Quad, RdfFormat, Triple, parse, serialize

ROOT = Path(__file__).resolve().parent.parent
EXAMPLE = ROOT / "tests" / "ontology" / "data" / "example.ttl"
LIMIT_SECONDS = 300
CITY = "https://w3id.org/kreislaufstadt/id/05999999/"
KS = "https://w3id.org/kreislaufstadt/ontology#"


def cities(wanted: int) -> Iterator[Quad]:
    example = list(parse(EXAMPLE.read_bytes(), format=RdfFormat.TURTLE))
    for number in range(max(1, round(wanted / len(example)))):
        base = f"https://w3id.org/kreislaufstadt/id/{number:08d}/"
        for quad in example:
            yield Quad(moved(quad.subject, base), quad.predicate, moved(quad.object, base))


def moved(term: object, base: str) -> object:
    if isinstance(term, NamedNode) and term.value.startswith(CITY):
        return NamedNode(base + term.value.removeprefix(CITY))
    return term


def tbox() -> list[Quad]:
    from ontology.reference import ontology_quads

    return [quad for quad in ontology_quads() if "/scheme/" not in str(quad.subject)]


def about_cities(triples: Iterator[tuple[str, str, str]]) -> int:
    """Count statements about the cities' things that use a term of the ontology."""
    things = ("https://w3id.org/kreislaufstadt/id/", "http://metadata.un.org/sdg/1")
    told = {
        (s, p, o)
        for s, p, o in triples
        if s.startswith(things) and (p.startswith(KS) or o.startswith(KS)) and o.startswith("http")
    }
    return len(told)


def run_rules(wanted: int) -> tuple[float, int]:
    from kg.reasoning import compile_rules, infer

    quads = list(cities(wanted))
    rules = compile_rules(tbox())
    began = time.process_time()
    closure = infer(quads, rules)
    took = time.process_time() - began
    every = (
        (q.subject.value, q.predicate.value, q.object.value)
        for part in (quads, closure.quads)
        for q in part
        if isinstance(q.object, NamedNode)
    )
    return took, about_cities(every)


def run_upkeep(wanted: int) -> tuple[float, int]:
    """Draw the conclusions after one city was taken out, from those that were drawn before."""
    from kg.reasoning import Change, infer, reinfer, shipped_rules

    quads = list(cities(wanted))
    rules = shipped_rules()
    closure = infer(quads, rules)
    gone = [quad for quad in quads if "/id/00000000/" in str(quad)]
    rest = [quad for quad in quads if "/id/00000000/" not in str(quad)]
    began = time.process_time()
    reinfer(rest, closure.quads, Change(removed=gone), rules)
    return time.process_time() - began, 0


def as_rdflib(wanted: int) -> object:
    from rdflib import Graph

    quads = [*tbox(), *cities(wanted)]
    text = serialize(
        (Triple(q.subject, q.predicate, q.object) for q in quads), format=RdfFormat.N_TRIPLES
    )
    return Graph().parse(data=text, format="nt")


def run_owlrl(wanted: int) -> tuple[float, int]:
    import owlrl

    graph = as_rdflib(wanted)
    began = time.process_time()
    owlrl.DeductiveClosure(owlrl.OWLRL_Semantics).expand(graph)
    took = time.process_time() - began
    return took, about_cities((str(s), str(p), str(o)) for s, p, o in graph)


def run_reasonable(wanted: int) -> tuple[float, int]:
    import reasonable

    graph = as_rdflib(wanted)
    reasoner = reasonable.PyReasoner()
    began = time.process_time()
    reasoner.from_graph(graph)
    found = reasoner.reason()
    took = time.process_time() - began
    return took, about_cities((str(s), str(p), str(o)) for s, p, o in found)


def run_hermit(wanted: int) -> tuple[float, int]:
    from ontology.hermit import consistency

    quads = [*tbox(), *cities(wanted)]
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    began = time.process_time() - children.ru_utime - children.ru_stime
    answer = consistency(quads)
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    if not answer.is_consistent:
        raise SystemExit("HermiT finds the data inconsistent")
    return time.process_time() + children.ru_utime + children.ru_stime - began, 0


ENGINES: dict[str, Callable[[int], tuple[float, int]]] = {
    "compiled rules": run_rules,
    "one city taken out": run_upkeep,
    "owlrl": run_owlrl,
    "reasonable": run_reasonable,
    "HermiT": run_hermit,
}


def one(engine: str, wanted: int) -> None:
    seconds, found = ENGINES[engine](wanted)
    peak = max(
        resource.getrusage(who).ru_maxrss
        for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    )
    print(json.dumps({"seconds": seconds, "found": found, "peak_mib": peak / 1024}))


def main(sizes: list[int]) -> None:
    print("engine\ttriples\tCPU seconds\ttimes the rules'\tpeak MiB\tstatements about the cities")
    given_up: set[str] = set()
    for wanted in sizes:
        ours: float | None = None
        for engine in ENGINES:
            if engine in given_up:
                print(f"{engine}\t{wanted}\tnot run: a smaller size already took too long")
                continue
            answer = measured(__file__, engine, wanted, limit_seconds=LIMIT_SECONDS)
            if answer is None:
                given_up.add(engine)
                continue
            ours = answer["seconds"] if ours is None else ours
            found = f"{answer['found']:.0f}" if answer["found"] else "–"
            print(
                f"{engine}\t{wanted}\t{answer['seconds']:.2f}\t{answer['seconds'] / ours:.1f}"
                f"\t{answer['peak_mib']:.0f}\t{found}",
                flush=True,
            )


if __name__ == "__main__":
    if sys.argv[1:2] == ["--one"]:
        one(sys.argv[2], int(sys.argv[3]))
    else:
        main([int(text) for text in sys.argv[1:]] or [10_000, 100_000, 1_000_000])
