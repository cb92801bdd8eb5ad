"""Measure what others feel while clients send killers, and how soon the next query is answered.

    python benchmarks/endpoint/killers.py [1000000] [--seconds 20]

Eight clients send killers without a pause: deep nesting, cartesian sorts, eaters of memory, path
explosions. Meanwhile `/healthz` is asked every 20 ms. Then, alone: by how much an endless query
outlives its deadline of one second, and the time from its answer (504) to the answer of the next
query; twenty times each, elapsed time. Demands: p95 of `/healthz` under 100 ms, overshoot up to
100 ms, next answer within 50 ms.
"""

from __future__ import annotations

import argparse
import http.client
import os
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path
from urllib.parse import urlencode

from cities import write_cities
from engines import ours
from load import percentiles

_PAIRS = " ".join(f"?a{number} ?b{number} ?c{number} ." for number in range(5))
_DOUBLED = " ".join(
    f"BIND(CONCAT(?s{number}, ?s{number}) AS ?s{number + 1})" for number in range(40)
)
KILLERS = (
    "SELECT * " + "{" * 99 + "}" * 99,
    "SELECT * " + "{" * 3000 + "}" * 3000,
    f"SELECT * {{ {_PAIRS} }} ORDER BY ?c1 ?c2 ?c3",
    f"SELECT (STRLEN(?s40) AS ?n) {{ BIND('0123456789' AS ?s0) {_DOUBLED} }}",
    f"SELECT (GROUP_CONCAT(?c0) AS ?n) {{ {_PAIRS} }} GROUP BY ?c1",
    f"SELECT (COUNT(*) AS ?n) {{ ?x (!<urn:no>|^!<urn:no>)* ?y . {_PAIRS} }}",
    f"SELECT DISTINCT * {{ {_PAIRS} }}",
    f"SELECT (COUNT(*) AS ?n) {{ {_PAIRS} }}",
)
ENDLESS = KILLERS[-1]
DEADLINE = 1.0
CLIENTS = 8
TIMES = 20


def ask(connection: http.client.HTTPConnection, query: str) -> int:
    headers = {"Content-Type": "application/x-www-form-urlencoded"}
    connection.request("POST", "/sparql", urlencode({"query": query}), headers)
    answer = connection.getresponse()
    answer.read()
    return answer.status


def kill_until(port: int, end: float, first: int, statuses: list[int]) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    number = first
    while time.monotonic() < end:
        statuses.append(ask(connection, KILLERS[number % len(KILLERS)]))
        number += 1


def killers(port: int, seconds: float) -> None:
    """Send killers until the time is over and print how often each status came."""
    end = time.monotonic() + seconds
    statuses: list[int] = []
    threads = [
        threading.Thread(target=kill_until, args=(port, end, number, statuses))
        for number in range(CLIENTS)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    told = {status: statuses.count(status) for status in sorted(set(statuses))}
    print(f"killers answered, by status: {told}", flush=True)


def health(port: int, seconds: float) -> None:
    """Print the percentiles of `/healthz` while another process sends killers."""
    command = [sys.executable, __file__, "--killers", str(port), "--seconds", str(seconds)]
    times = []
    with subprocess.Popen(command) as sending:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        time.sleep(1)
        while sending.poll() is None:
            started = time.perf_counter()
            connection.request("GET", "/healthz")
            connection.getresponse().read()
            times.append((time.perf_counter() - started) * 1000)
            time.sleep(0.02)
    _tell("/healthz beside 8 clients with killers", times)


def overshoot(port: int) -> None:
    """Print by how much a deadline is overshot, and how soon the next query is answered."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    late, following = [], []
    for _ in range(TIMES):
        started = time.perf_counter()
        status = ask(connection, ENDLESS)
        ended = time.perf_counter()
        if status != 504:
            raise SystemExit(f"the endless query was answered with {status}")
        ask(connection, "ASK { ?s ?p ?o }")
        following.append((time.perf_counter() - ended) * 1000)
        late.append((ended - started - DEADLINE) * 1000)
    _tell("deadline overshoot", late)
    _tell("killed query to next answer", following)


def _tell(what: str, times: list[float]) -> None:
    told = ", ".join(f"{name} {value:.1f} ms" for name, value in percentiles(times).items())
    print(f"{what}: {told}, highest {max(times):.1f} ms ({len(times)})", flush=True)


def main() -> None:
    reader = argparse.ArgumentParser(description=__doc__)
    reader.add_argument("size", nargs="?", type=int, default=1_000_000)
    reader.add_argument("--seconds", type=float, default=20)
    reader.add_argument("--killers", type=int, help=argparse.SUPPRESS)
    arguments = reader.parse_args()
    if arguments.killers:
        killers(arguments.killers, arguments.seconds)
        return
    os.environ["KREISLAUFSTADT_QUERY_SECONDS"] = str(DEADLINE)
    with tempfile.TemporaryDirectory(prefix="killers-") as folder:
        quads = Path(folder) / "data.nq"
        write_cities(quads, arguments.size)
        with ours(quads, Path(folder)) as server:
            overshoot(server.port)
            health(server.port, arguments.seconds)


if __name__ == "__main__":
    main()
