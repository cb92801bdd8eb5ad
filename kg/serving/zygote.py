"""Hold a generation in memory and fork a copy-on-write worker for each connection.

Started by the server as `python -m kg.serving.zygote STORE SOCKET LIMITS`. It has one thread, so
that a fork copies all of it; it writes one line when ready, and it ends, with every process it
forked, as soon as its standard input ends: that is when the server is gone, however it went.
"""

from __future__ import annotations

import contextlib
import gc
import os
import selectors
import signal
import socket
import sys
from pathlib import Path
from typing import NoReturn

from pyoxigraph import RdfFormat, Store, parse

from kg.serving.child import serve_queries
from kg.serving.frames import READY
from kg.serving.limits import ServingLimits

_BACKLOG = 128


def load_in_memory(directory: Path) -> Store:
    """Return a copy in memory of a finished store directory.

    Another process reads the directory: opening it starts threads, and here must be none.
    """
    receiving, sending = os.pipe()
    reader = os.fork()
    if reader == 0:
        os.close(receiving)
        _send_quads(directory, sending)
    os.close(sending)
    store = Store()
    with os.fdopen(receiving, "rb") as quads:
        store.bulk_extend(parse(quads, RdfFormat.N_QUADS))
    _, status = os.waitpid(reader, 0)
    if status != 0:
        raise SystemExit(f"{directory.name} cannot be read")
    return store


def _send_quads(directory: Path, sending: int) -> NoReturn:
    try:
        with os.fdopen(sending, "wb") as quads:
            Store.read_only(str(directory)).dump(quads, RdfFormat.N_QUADS)
    except OSError:
        os._exit(1)
    os._exit(0)


def serve(store: Store, listener: socket.socket, limits: ServingLimits) -> None:
    """Fork a process for each connection until standard input ends."""
    with selectors.DefaultSelector() as selector:
        selector.register(listener, selectors.EVENT_READ)
        selector.register(sys.stdin.fileno(), selectors.EVENT_READ)
        while True:
            for key, _ in selector.select():
                if key.fileobj is not listener:
                    return
                connection, _ = listener.accept()
                if os.fork() == 0:
                    # Whatever happens in the child, it must not come back into this loop.
                    try:
                        listener.close()
                        serve_queries(connection, store, limits)
                    finally:
                        os._exit(1)
                connection.close()


def main(arguments: list[str]) -> NoReturn:
    """Load the store, tell that it is ready, serve, and take all processes along at the end."""
    directory, address, limits = arguments
    store = load_in_memory(Path(directory))
    # The kernel collects the ended processes itself.
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    gc.collect()
    gc.freeze()
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind(address)
        listener.listen(_BACKLOG)
        os.write(sys.stdout.fileno(), READY)
        serve(store, listener, ServingLimits.from_json(limits))
    with contextlib.suppress(OSError):
        Path(address).unlink()
        Path(address).parent.rmdir()
    os.killpg(0, signal.SIGKILL)
    os._exit(0)


if __name__ == "__main__":
    main(sys.argv[1:])
