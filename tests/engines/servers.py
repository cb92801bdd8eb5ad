"""Start real engines for tests and benchmarks, each in a folder of its own, and end them."""

from __future__ import annotations

import contextlib
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

PASSWORD = "geheim-im-test"
_START_SECONDS = 60.0

_VIRTUOSO = """
[Database]
DatabaseFile = virtuoso.db
ErrorLogFile = virtuoso.log
LockFile = virtuoso.lck
TransactionFile = virtuoso.trx
xa_persistent_file = virtuoso.pxa
FileExtend = 200
MaxCheckpointRemap = 2000
[TempDatabase]
DatabaseFile = virtuoso-temp.db
TransactionFile = virtuoso-temp.trx
MaxCheckpointRemap = 2000
[Parameters]
ServerPort = 127.0.0.1:{sql_port}
DisableUnixSocket = 1
MaxClientConnections = 10
NumberOfBuffers = {buffers}
MaxDirtyBuffers = {dirty_buffers}
CheckpointInterval = 60
DirsAllowed = .
ThreadsPerQuery = 2
MaxQueryMem = 256M
[HTTPServer]
ServerPort = 127.0.0.1:{http_port}
ServerThreads = 20
MaxClientConnections = 20
Charset = UTF-8
[SPARQL]
DeferInferenceRulesInit = 1
"""


@dataclass(frozen=True, slots=True)
class Engine:
    """Hold what a server is asked with: the setting that names it, its process and its folder."""

    setting: str
    process_id: int
    folder: Path


def free_port() -> int:
    """Return a port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait_for(url: str, process: subprocess.Popen[bytes]) -> None:
    end = time.monotonic() + _START_SECONDS
    while time.monotonic() < end:
        if process.poll() is not None:
            break
        with contextlib.suppress(OSError), urllib.request.urlopen(url, timeout=5):  # noqa: S310  # our own
            return
        time.sleep(0.1)
    raise RuntimeError(f"{process.args!r} did not start")


@contextlib.contextmanager
def _running(command: list[str], folder: Path, url: str) -> Iterator[int]:
    with (
        (folder / "output").open("wb") as output,
        subprocess.Popen(command, cwd=folder, stdout=output, stderr=output) as process,
    ):
        try:
            _wait_for(url, process)
            yield process.pid
        finally:
            process.kill()


@contextlib.contextmanager
def oxigraph_server(folder: Path) -> Iterator[Engine]:
    """Run the stock server on a directory; its default graph excludes named graphs."""
    program = Path(sys.executable).with_name("oxigraph")
    place = f"127.0.0.1:{free_port()}"
    command = [str(program), "serve", "--location", str(folder / "store"), "--bind", place]
    with _running(command, folder, f"http://{place}/") as process_id:
        yield Engine(f"sparql+http://{place}", process_id, folder)


def virtuoso_program() -> str | None:
    """Return Debian's server, or None where it is not installed."""
    return shutil.which("virtuoso-t")


@contextlib.contextmanager
def virtuoso_server(folder: Path, *, buffers: int = 4000) -> Iterator[Engine]:
    """Run Debian's Virtuoso in a folder, with a password and small buffers of 8 KB each."""
    ports = {"sql_port": free_port(), "http_port": free_port()}
    text = _VIRTUOSO.format(**ports, buffers=buffers, dirty_buffers=buffers * 3 // 4)
    (folder / "virtuoso.ini").write_text(text, "ascii")
    command = [virtuoso_program() or "", "+configfile", "virtuoso.ini", "+foreground"]
    place = f"127.0.0.1:{ports['http_port']}"
    with _running(command, folder, f"http://{place}/sparql?query=ASK%7B%7D") as process_id:
        change = ["isql-vt", str(ports["sql_port"]), "dba", "dba"]
        change.append(f"exec=USER_SET_PASSWORD('dba', '{PASSWORD}');")
        subprocess.run(change, check=True, capture_output=True)
        yield Engine(f"sparql+http://dba:{PASSWORD}@{place}/sparql", process_id, folder)
