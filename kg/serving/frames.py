"""Carry queries to a worker and the answers back: one frame each way on a unix socket.

After accepting, the worker sends its process id and the id of its thread (4 bytes each, network
order), so that the other side can hold on to it before the first query. Request: length (4 bytes)
and a JSON list. Answer: outcome (1 byte), whether the worker ends after it (1 byte), length of
the content type (2 bytes), length of the body (8 bytes), content type, body.
"""

from __future__ import annotations

import json
import struct
from dataclasses import dataclass
from enum import IntEnum

READY = b"ready\n"
WORKER_IDS = struct.Struct("!II")
REQUEST_HEAD = struct.Struct("!I")
ANSWER_HEAD = struct.Struct("!B?HQ")


class Outcome(IntEnum):
    """Tell how a query ended in its worker."""

    ANSWERED = 0
    MALFORMED = 1
    NOT_EVALUABLE = 2
    UNREACHABLE = 3
    TOO_LARGE = 4
    OUT_OF_MEMORY = 5
    TOO_MANY_ROWS = 6


@dataclass(frozen=True, slots=True)
class Request:
    """Ask one query in a format, over the graphs named or over all of them when none is."""

    query: str
    format: str
    default_graphs: tuple[str, ...] = ()
    named_graphs: tuple[str, ...] = ()
    seconds: float = 10.0

    def encode(self) -> bytes:
        """Return the request as a frame."""
        values = (self.query, self.format, self.default_graphs, self.named_graphs, self.seconds)
        body = json.dumps(values, ensure_ascii=False).encode()
        return REQUEST_HEAD.pack(len(body)) + body

    @classmethod
    def decode(cls, body: bytes) -> Request:
        """Return the request of a frame's body.

        >>> Request.decode(Request("ASK {}", "json", ("urn:g",)).encode()[4:]).default_graphs
        ('urn:g',)
        """
        query, written_as, default_graphs, named_graphs, seconds = json.loads(body)
        return cls(query, written_as, tuple(default_graphs), tuple(named_graphs), seconds)


@dataclass(frozen=True, slots=True)
class Reply:
    """Hold what a worker answered; an answer other than `ANSWERED` has a complaint as its body."""

    outcome: Outcome
    content_type: str
    body: bytes

    @property
    def complaint(self) -> str:
        """Return the body as text."""
        return self.body.decode("utf-8", "replace")
