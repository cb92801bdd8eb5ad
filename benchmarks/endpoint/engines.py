"""Start each server on its own port with the same data, and add up what its processes use."""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import socket
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from pyoxigraph import RdfFormat, Store

ROOT = Path(__file__).resolve().parents[2]
OURS = Path(__file__).with_name("ours.py")
OXIGRAPH = str(Path(sys.executable).with_name("oxigraph"))
RDFLIB_ENDPOINT = Path("/tmp/rdflib-endpoint")  # noqa: S108  # where the document says to put it
_TICK = os.sysconf("SC_CLK_TCK")
_LOOK_SECONDS = 0.05
# A server at rest uses less processor time in a second, and comes to rest within so many.
_IDLE_SECONDS = 0.05
_SETTLE_SECONDS = 180


@dataclass
class Running:
    """Hold a server: where it answers, and which process to watch."""

    port: int
    path: str
    process: subprocess.Popen[bytes]


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@dataclass
class Usage:
    """Add up the processor seconds of a process and all that it forked, the ended ones too.

    Workers that end are reaped by the kernel and leave no sum, so they are looked at often; what
    one used after the last look is lost, less than a twentieth of a second each.
    """

    root: int
    seen: dict[int, int] = field(default_factory=dict)
    _done: threading.Event = field(default_factory=threading.Event)

    def look(self) -> None:
        """Note what each living process has used so far."""
        waiting = [self.root]
        while waiting:
            process = waiting.pop()
            with contextlib.suppress(OSError):
                stat = Path(f"/proc/{process}/stat").read_text("ascii").rpartition(")")[2].split()
                self.seen[process] = int(stat[11]) + int(stat[12])
                for task in Path(f"/proc/{process}/task").iterdir():
                    children = (task / "children").read_text("ascii").split()
                    waiting.extend(int(child) for child in children)

    def _watch(self) -> None:
        while not self._done.wait(_LOOK_SECONDS):
            self.look()

    @contextlib.contextmanager
    def watched(self) -> Iterator[Callable[[], float]]:
        """Give a function that returns the processor seconds used within the block."""
        self.look()
        before = dict(self.seen)
        self._done.clear()
        watcher = threading.Thread(target=self._watch)
        watcher.start()

        def used() -> float:
            self.look()
            return sum(ticks - before.get(pid, 0) for pid, ticks in self.seen.items()) / _TICK

        try:
            yield used
        finally:
            self._done.set()
            watcher.join()


@contextlib.contextmanager
def running(
    command: list[str], port: int, path: str, environment: dict[str, str] | None = None
) -> Iterator[Running]:
    """Run a server until the block ends; it is ready when it answers a query."""
    process = subprocess.Popen(
        command,
        cwd=ROOT,
        env={**os.environ, **(environment or {})},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        end = time.monotonic() + 600
        while not _answers(port, path):
            if process.poll() is not None or time.monotonic() > end:
                raise RuntimeError(f"{command[0]} did not start")
            time.sleep(0.1)
        _let_settle(process.pid)
        yield Running(port, path, process)
    finally:
        process.terminate()
        try:
            process.wait(20)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _let_settle(process: int) -> None:
    """Wait until a server has done what it does after its start: counting, compacting, indexing."""
    usage = Usage(process)
    end = time.monotonic() + _SETTLE_SECONDS
    while time.monotonic() < end:
        with usage.watched() as used:
            time.sleep(1)
            if used() < _IDLE_SECONDS:
                return
    raise RuntimeError(f"the server does not come to rest within {_SETTLE_SECONDS} seconds")


def _answers(port: int, path: str) -> bool:
    try:
        with urllib.request.urlopen(  # this machine
            f"http://127.0.0.1:{port}{path}?query=ASK%7B%7D", timeout=5
        ) as answer:
            return bool(answer.status == 200)
    except (urllib.error.URLError, ConnectionError, TimeoutError):
        return False


@contextlib.contextmanager
def ours(quads: Path, folder: Path, *, cache_bytes: int = 0) -> Iterator[Running]:
    """Serve a generation with these quads; no answers are kept unless asked for."""
    root = folder / "dataset"
    generation = root / "generations" / "benchmark"
    if not (generation / "manifest.json").exists():
        generation.mkdir(parents=True)
        _store(quads, generation / "store")
        manifest = {"format": 1, "rules": "", "sources": []}
        (generation / "manifest.json").write_text(json.dumps(manifest), "utf-8")
        (root / "current").write_text("benchmark\n", "utf-8")
    port = free_port()
    environment = {
        "PYTHONPATH": os.pathsep.join([str(ROOT), os.environ.get("PYTHONPATH", "")]),
        "KREISLAUFSTADT_DATA": str(root),
        "KREISLAUFSTADT_PORT": str(port),
        "KREISLAUFSTADT_CACHE_BYTES": str(cache_bytes),
        # All clients come from this machine; waiting for a place is what 32 of 8 do.
        "KREISLAUFSTADT_QUERIES_PER_CLIENT": "256",
        "KREISLAUFSTADT_WAITING_SECONDS": "60",
    }
    with running([sys.executable, str(OURS)], port, "/sparql", environment) as server:
        yield server


@contextlib.contextmanager
def oxigraph_memory(quads: Path, _: Path) -> Iterator[Running]:
    """Serve from memory, loaded over HTTP, as its users do."""
    port = free_port()
    command = [OXIGRAPH, "serve", "--bind", f"127.0.0.1:{port}", "--union-default-graph"]
    with running(command, port, "/query") as server:
        _post_file(f"http://127.0.0.1:{port}/store", quads)
        yield server


def _post_file(address: str, quads: Path) -> None:
    with quads.open("rb") as body:
        headers = {
            "Content-Type": "application/n-quads",
            "Content-Length": str(quads.stat().st_size),
        }
        request = urllib.request.Request(address, body, headers)  # noqa: S310  # this machine
        with urllib.request.urlopen(request, timeout=1200) as answer:  # noqa: S310
            answer.read()


@contextlib.contextmanager
def oxigraph_disk(quads: Path, folder: Path) -> Iterator[Running]:
    """Serve a store of its own on disk, optimised like ours."""
    location = folder / "oxigraph"
    if not location.exists():
        _store(quads, location)
    port = free_port()
    command = [OXIGRAPH, "serve", "--location", str(location), "--bind", f"127.0.0.1:{port}"]
    with running([*command, "--union-default-graph"], port, "/query") as server:
        yield server


def _store(quads: Path, location: Path) -> None:
    store = Store(str(location))
    store.bulk_load(path=str(quads), format=RdfFormat.N_QUADS)
    store.optimize()
    store.flush()


@contextlib.contextmanager
def rdflib_endpoint(quads: Path, _: Path) -> Iterator[Running]:
    """Serve with rdflib-endpoint, from where the document says to install it."""
    port = free_port()
    program = (
        "import sys, uvicorn; from rdflib import Dataset; from rdflib_endpoint import"
        " SparqlEndpoint; graph = Dataset(default_union=True);"
        " graph.parse(sys.argv[1], format='nquads');"
        " uvicorn.run(SparqlEndpoint(graph=graph, path='/sparql'), port=int(sys.argv[2]),"
        " access_log=False, log_level='error')"
    )
    environment = {"PYTHONPATH": str(RDFLIB_ENDPOINT)}
    command = [sys.executable, "-c", program, str(quads), str(port)]
    with running(command, port, "/sparql", environment) as server:
        yield server


_INI = """
[Database]
DatabaseFile={folder}/v.db
ErrorLogFile={folder}/v.log
LockFile={folder}/v.lck
TransactionFile={folder}/v.trx
xa_persistent_file={folder}/v.pxa
[TempDatabase]
DatabaseFile={folder}/t.db
TransactionFile={folder}/t.trx
[Parameters]
ServerPort={sql}
ServerThreads=40
DirsAllowed={folder}, {data}
NumberOfBuffers=170000
MaxDirtyBuffers=130000
MaxClientConnections=64
CheckpointInterval=0
[HTTPServer]
ServerPort={http}
ServerThreads=40
MaxClientConnections=64
KeepAliveTimeout=60
MaxKeepAlives=64
[SPARQL]
ResultSetMaxRows=1000000
"""


@contextlib.contextmanager
def virtuoso(quads: Path, folder: Path) -> Iterator[Running]:
    """Serve with Debian's virtuoso-opensource, loaded by its own loader."""
    home = folder / "virtuoso"
    shutil.rmtree(home, ignore_errors=True)
    home.mkdir()
    http, sql = free_port(), free_port()
    values = {"folder": home, "data": quads.parent, "http": http, "sql": sql}
    (home / "v.ini").write_text(_INI.format(**values), "ascii")
    command = ["virtuoso-t", "+foreground", "+configfile", str(home / "v.ini")]
    with running(command, http, "/sparql") as server:
        script = f"ld_dir('{quads.parent}', '{quads.name}', NULL); rdf_loader_run(); checkpoint;"
        isql = shutil.which("isql-vt") or "isql"
        subprocess.run(
            [isql, str(sql), "dba", "dba", f"exec={script}"],
            check=True,
            stdout=subprocess.DEVNULL,
            timeout=3600,
        )
        yield server


def missing() -> dict[str, str]:
    """Return the servers that are not here, with how to get them."""
    lacking = {}
    if not RDFLIB_ENDPOINT.is_dir():
        lacking["rdflib-endpoint"] = f"pip install --target {RDFLIB_ENDPOINT} rdflib-endpoint"
    if shutil.which("virtuoso-t") is None:
        lacking["virtuoso"] = "apt-get install virtuoso-opensource"
    if not Path(OXIGRAPH).exists():
        lacking["oxigraph, memory"] = lacking["oxigraph, disk"] = "pip install oxigraph"
    return lacking
