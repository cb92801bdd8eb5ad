"""Ask one server as fast as a number of clients can, and print what came of it as JSON.

    python benchmarks/endpoint/load.py PORT CLIENTS SECONDS < requests.json

Standard input holds a JSON list of whole HTTP requests; they are sent in turn over connections that
stay open. It is a process of its own, with one thread and plain sockets, so that asking costs as
little as it can of the two cores that server and clients share.
"""

from __future__ import annotations

import json
import re
import select
import socket
import sys
import time
from collections.abc import Sequence

_LENGTH = re.compile(rb"\r\ncontent-length: *(\d+)", re.IGNORECASE)
_CHUNKED = re.compile(rb"\r\ntransfer-encoding: *chunked", re.IGNORECASE)


class Connection:
    """Hold one client: what it has read of the answer, and since when it waits."""

    def __init__(self, port: int) -> None:
        self.socket = socket.create_connection(("127.0.0.1", port))
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.read = bytearray()
        self.since = 0.0
        self.whole = -1
        self.body = 0

    def ask(self, request: bytes) -> None:
        """Send a request and note when."""
        self.read.clear()
        self.whole = -1
        self.since = time.perf_counter()
        self.socket.sendall(request)

    def is_answered(self) -> bool:
        """Read what there is and tell whether the answer is whole."""
        part = self.socket.recv(1 << 18)
        if not part:
            raise ConnectionError("closed")
        self.read += part
        if self.whole == -1:
            head = self.read.find(b"\r\n\r\n")
            if head < 0:
                return False
            length = _LENGTH.search(self.read, 0, head)
            if length is None and not _CHUNKED.search(self.read, 0, head):
                raise ValueError("an answer has no length")
            # Zero for a chunked answer, whose end is in its last bytes.
            self.whole = 0 if length is None else head + 4 + int(length[1])
            self.body = head + 4
        if self.whole:
            return len(self.read) >= self.whole
        return self.read.endswith(b"0\r\n\r\n")


def load(port: int, clients: int, seconds: float, requests: Sequence[bytes]) -> dict[str, object]:
    """Return the number of answers, of failures, the elapsed seconds and the times in ms."""
    connections: dict[int, Connection] = {}
    poll = select.epoll()
    for _ in range(clients):
        connection = Connection(port)
        connections[connection.socket.fileno()] = connection
        poll.register(connection.socket, select.EPOLLIN)
    number = failures = 0
    times: list[float] = []
    first = b""
    started = time.perf_counter()
    end = started + seconds
    for connection in connections.values():
        connection.ask(requests[number % len(requests)])
        number += 1
    open_ones = len(connections)
    while open_ones:
        for handle, _ in poll.poll(30):
            connection = connections[handle]
            if not connection.is_answered():
                continue
            now = time.perf_counter()
            times.append((now - connection.since) * 1000)
            if not connection.read.startswith(b"HTTP/1.1 200"):
                failures += 1
                first = first or bytes(connection.read[:300])
            if now < end:
                connection.ask(requests[number % len(requests)])
                number += 1
            else:
                open_ones -= 1
        if time.perf_counter() > end + 120:
            break
    elapsed = time.perf_counter() - started
    return {
        "answers": len(times) - failures,
        "failures": failures,
        "failure": first.decode("utf-8", "replace"),
        "seconds": elapsed,
        **percentiles(times),
    }


def percentiles(times: list[float]) -> dict[str, float]:
    """Return p50, p95 and p99 by rank."""
    ranked = sorted(times) or [float("nan")]
    return {
        f"p{share}": ranked[min(len(ranked) - 1, len(ranked) * share // 100)]
        for share in (50, 95, 99)
    }


if __name__ == "__main__":
    asked = [request.encode() for request in json.load(sys.stdin)]
    print(json.dumps(load(int(sys.argv[1]), int(sys.argv[2]), float(sys.argv[3]), asked)))
