"""Measure what a million triples cost each engine: `python -m benchmarks.engines [TRIPLES]`.

Municipalities with concepts, goals, measures and links, as many as it takes, are put as one graph
a city: into the embedded engine in one bulk load, into an Oxigraph server and Virtuoso as
`RemoteStore` does it. Printed are CPU seconds of the engine (user and system) and of this process
where it is another one, the largest resident memory of the engine, and its files on disk.
"""

from __future__ import annotations

import json
import multiprocessing
import os
import resource
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from pyoxigraph import Literal, NamedNode, Quad

from kg.embedded import EmbeddedStore
from kg.remote import RemoteAddress, RemoteStore
from ontology.namespaces import KS, RDF, RDFS
from ontology.terms import BASE
from tests.engines.servers import Engine, oxigraph_server, virtuoso_program, virtuoso_server

_TICKS = os.sysconf("SC_CLK_TCK")
_GOALS, _MEASURES = 40, 120


def city_quads(number: int) -> list[Quad]:
    """Return the graph of one made-up city, 1,722 triples."""
    graph = NamedNode(f"{BASE}graph/source/{number:08d}/synthetic")
    city = f"{BASE}id/{number:08d}"
    quads: list[Quad] = []

    def say(thing: str, predicate: str, value: NamedNode | Literal) -> None:
        quads.append(Quad(NamedNode(thing), NamedNode(predicate), value, graph))

    say(city, RDF.type, NamedNode(KS.Municipality))
    say(city, RDFS.label, Literal(f"Stadt {number}", language="de"))
    for place in range(_GOALS):
        goal = f"{city}/goal/{place}"
        say(goal, RDF.type, NamedNode(KS.Goal))
        say(goal, RDFS.label, Literal(f"Ziel {place} von {number}: weniger Abfall", language="de"))
        say(goal, KS.forMunicipality, NamedNode(city))
        say(goal, KS.supportsAim, NamedNode(f"http://metadata.un.org/sdg/12.{place % 8 + 1}"))
    for place in range(_MEASURES):
        measure, link = f"{city}/measure/{place}", f"{city}/interface/{place}"
        label = f"Maßnahme {place} von {number}: Geräte reparieren statt wegwerfen"
        say(measure, RDF.type, NamedNode(KS.Measure))
        say(measure, RDFS.label, Literal(label, language="de"))
        say(measure, KS.forMunicipality, NamedNode(city))
        say(measure, KS.ags, Literal(f"{number:08d}"))
        for step in range(3):
            say(measure, KS.supportsAim, NamedNode(f"{city}/goal/{(place + 7 * step) % _GOALS}"))
        say(link, RDF.type, NamedNode(KS.Interface))
        say(link, KS.interfaceSource, NamedNode(measure))
        say(link, KS.interfaceTarget, NamedNode(f"{city}/goal/{place % _GOALS}"))
        say(link, KS.strength, Literal(place % 3 + 1))
        say(link, KS.confidence, Literal(place / _MEASURES))
        say(link, KS.rationale, Literal(f"Grund {place} in {number}", language="de"))
    return quads


def cities(triples: int) -> Iterator[list[Quad]]:
    """Yield cities until that many triples are reached."""
    count = number = 0
    while count < triples:
        number += 1
        quads = city_quads(number)
        count += len(quads)
        yield quads


def _own_cpu() -> float:
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


def _cpu_of(process_id: int) -> float:
    fields = Path(f"/proc/{process_id}/stat").read_text("ascii").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / _TICKS


def _peak_mib(process_id: int) -> int:
    status = Path(f"/proc/{process_id}/status").read_text("ascii")
    line = next(line for line in status.splitlines() if line.startswith("VmHWM"))
    return int(line.split()[1]) >> 10


def _disk_mib(folder: Path) -> int:
    return sum(path.stat().st_blocks * 512 for path in folder.rglob("*") if path.is_file()) >> 20


def _line(name: str, triples: int, **figures: float) -> None:
    rounded = {key: round(value, 1) for key, value in figures.items()}
    print(json.dumps({"engine": name, "triples": triples, **rounded}), flush=True)


def measure_embedded(triples: int, folder: Path) -> None:
    """Load into a directory in one go, as a generation is written."""
    started = _own_cpu()
    made = sum(len(quads) for quads in cities(triples))
    making = _own_cpu() - started
    store = EmbeddedStore.create(folder / "store")
    started = _own_cpu()
    store.engine.bulk_extend(quad for quads in cities(triples) for quad in quads)
    store.finish()
    cpu = _own_cpu() - started - making
    peak = _peak_mib(os.getpid())
    _line("embedded", made, engine_cpu=cpu, peak_mib=peak, disk_mib=_disk_mib(folder / "store"))


def measure_remote(name: str, engine: Engine, triples: int) -> None:
    """Put one graph a city through `RemoteStore`."""
    store = RemoteStore(RemoteAddress.of_setting(engine.setting))
    before, own = _cpu_of(engine.process_id), _own_cpu()
    made = 0
    for quads in cities(triples):
        store.put_graph(quads[0].graph_name.value, quads)  # type: ignore[union-attr]
        made += len(quads)
    # What the engine still does in the background belongs to the load.
    time.sleep(10)
    _line(
        name,
        made,
        engine_cpu=_cpu_of(engine.process_id) - before,
        client_cpu=_own_cpu() - own,
        peak_mib=_peak_mib(engine.process_id),
        disk_mib=_disk_mib(engine.folder),
    )


def main() -> None:
    """Measure each engine that is there, in a folder that goes afterwards."""
    triples = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000
    with tempfile.TemporaryDirectory() as name:
        folders = [Path(name, engine) for engine in ("embedded", "oxigraph", "virtuoso")]
        for folder in folders:
            folder.mkdir()
        # A process of its own, so that its memory is not that of what follows.
        alone = multiprocessing.get_context("spawn").Process(
            target=measure_embedded, args=(triples, folders[0])
        )
        alone.start()
        alone.join()
        with oxigraph_server(folders[1]) as engine:
            measure_remote("oxigraph server", engine, triples)
        if virtuoso_program() is not None:
            with virtuoso_server(folders[2], buffers=40_000) as engine:
                measure_remote("virtuoso", engine, triples)


if __name__ == "__main__":
    main()
