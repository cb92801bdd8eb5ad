"""Compare SPARQL servers over HTTP: same data, same queries, one run.

    python benchmarks/endpoint [100000 1000000] [--clients 1 8 32] [--seconds 5] [--engines ours …]

Prints a Markdown table. Each server has its turn alone: `ours` without kept answers, `ours, kept`
with them, `oxigraph serve` from memory and from disk, rdflib-endpoint (up to 100,000 statements,
it loads 16,000 a second) and Debian's Virtuoso. Queries vary in their constants, 1,000 different
ones in turn; with `ours, kept` each is thus evaluated once. CPU is processor time of all of a
server's processes per answer, clients not counted; "times ours" is that figure over ours in the
same row group, and the throughput of ours over the other's stands beside it.
"""

from __future__ import annotations

import argparse
import contextlib
import functools
import json
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from urllib.parse import quote

from cities import KS, LABEL, MEASURES, city_iri, measure_iri, write_cities
from engines import (
    Running,
    Usage,
    missing,
    ours,
    oxigraph_disk,
    oxigraph_memory,
    rdflib_endpoint,
    virtuoso,
)

Engine = Callable[[Path, Path], contextlib.AbstractContextManager[Running]]
ENGINES: dict[str, Engine] = {
    "ours": ours,
    "ours, kept": functools.partial(ours, cache_bytes=1 << 28),
    "oxigraph, memory": oxigraph_memory,
    "oxigraph, disk": oxigraph_disk,
    "virtuoso": virtuoso,
    "rdflib-endpoint": rdflib_endpoint,
}
RDFLIB_MOST = 100_000
DIFFERENT = 1000
LOAD = Path(__file__).with_name("load.py")


def label(number: int, cities: int) -> str:
    measure = measure_iri(number % cities, number * 7 % MEASURES)
    return f"SELECT ?label {{ <{measure}> <{LABEL}> ?label }}"


def targets(number: int, cities: int) -> str:
    return (
        f"SELECT ?measure ?label ?target {{ ?measure <{KS}forMunicipality>"
        f" <{city_iri(number % cities)}> ; <{LABEL}> ?label ; <{KS}contributesTo> ?target }}"
    )


def goals(number: int, cities: int) -> str:
    city = f"<{city_iri(number % cities)}>"
    return (
        f"SELECT ?measure ?target ?goal {{ {{ SELECT ?measure ?target {{ ?measure"
        f" <{KS}forMunicipality> {city} ; <{KS}contributesTo> ?target }} }}"
        f" {{ SELECT DISTINCT ?goal ?target {{ ?concept <{KS}forMunicipality> {city} ;"
        f" <{KS}setsAim> ?goal . ?goal <{KS}servesTarget> ?target }} }} }}"
    )


def count(number: int, cities: int) -> str:
    return (
        f"SELECT ?target (COUNT(?measure) AS ?n) {{ ?measure <{KS}forMunicipality>"
        f" <{city_iri(number % cities)}> ; <{KS}contributesTo> ?target }} GROUP BY ?target"
    )


QUERIES = {"label": label, "two hops": targets, "to goals": goals, "count": count}


def requests(name: str, cities: int, path: str) -> list[str]:
    return [
        f"GET {path}?query={quote(QUERIES[name](number, cities), safe='')} HTTP/1.1\r\n"
        "Host: 127.0.0.1\r\nAccept: application/sparql-results+json\r\n\r\n"
        for number in range(DIFFERENT)
    ]


def measure(server: Running, asked: list[str], clients: int, seconds: float) -> dict[str, float]:
    """Return what the clients saw, and the processor milliseconds an answer cost."""
    command = [sys.executable, str(LOAD), str(server.port), str(clients), str(seconds)]
    with Usage(server.process.pid).watched() as used:
        done = subprocess.run(
            command, input=json.dumps(asked).encode(), stdout=subprocess.PIPE, check=True
        )
        processor = used()
    figures = json.loads(done.stdout)
    if figures["failures"]:
        print(f"{figures['failures']} failures: {figures['failure'][:200]}", file=sys.stderr)
    figures["rate"] = figures["answers"] / figures["seconds"]
    figures["cpu"] = processor * 1000 / max(1, figures["answers"])
    return dict(figures)


def compare(arguments: argparse.Namespace, size: int, folder: Path) -> None:
    quads = folder / "data.nq"
    cities = write_cities(quads, size)
    figures: dict[tuple[str, int, str], dict[str, float]] = {}
    for name in arguments.engines:
        if name == "rdflib-endpoint" and size > RDFLIB_MOST:
            print(f"{name}: not run beyond {RDFLIB_MOST} statements", file=sys.stderr)
            continue
        if name in missing():
            print(f"{name}: not here; {missing()[name]}", file=sys.stderr)
            continue
        print(f"{size:,} statements: {name}", file=sys.stderr, flush=True)
        with ENGINES[name](quads, folder) as server:
            for query in arguments.queries:
                asked = requests(query, cities, server.path)
                measure(server, asked, 1, 1)
                for clients in arguments.clients:
                    figures[query, clients, name] = measure(
                        server, asked, clients, arguments.seconds
                    )
    write(size, figures)


def write(size: int, figures: dict[tuple[str, int, str], dict[str, float]]) -> None:
    print(f"\n{size:,} statements\n")
    print(
        "| Query | Clients | Server | answers/s | ours: times its rate | p50 ms | p95 | p99"
        " | CPU ms | times our CPU |"
    )
    print("|---|---|---|---|---|---|---|---|---|---|")
    for (query, clients, name), row in sorted(
        figures.items(), key=lambda item: (list(QUERIES).index(item[0][0]), item[0][1])
    ):
        own = figures.get((query, clients, "ours"), row)
        print(
            f"| {query} | {clients} | {name} | {row['rate']:,.0f}"
            f" | {own['rate'] / max(row['rate'], 0.001):.2f}"
            f" | {row['p50']:.1f} | {row['p95']:.1f} | {row['p99']:.1f} | {row['cpu']:.2f}"
            f" | {row['cpu'] / max(own['cpu'], 0.001):.2f} |"
        )
    sys.stdout.flush()


def main() -> None:
    reader = argparse.ArgumentParser(description=__doc__)
    reader.add_argument("sizes", nargs="*", type=int, default=[100_000, 1_000_000])
    reader.add_argument("--clients", nargs="+", type=int, default=[1, 8, 32])
    reader.add_argument("--seconds", type=float, default=5)
    reader.add_argument("--engines", nargs="+", choices=ENGINES, default=list(ENGINES))
    reader.add_argument("--queries", nargs="+", choices=QUERIES, default=list(QUERIES))
    arguments = reader.parse_args()
    for size in arguments.sizes:
        with tempfile.TemporaryDirectory(prefix="endpoint-") as folder:
            compare(arguments, size, Path(folder))


if __name__ == "__main__":
    main()
