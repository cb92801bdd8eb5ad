"""Carry a query to its process and the answer back: one frame each way on a unix socket.

After accepting, the child sends its process id (4 bytes, network order), so that the other side can
hold on to it before the query starts. Request: length (4 bytes) and a JSON object. Answer: outcome
(1 byte), length of the content type (2 bytes), length of the body (8 bytes), content type, body.
"""

from __future__ import annotations

import json
import struct
from dataclasses import asdict, dataclass
from enum import IntEnum

READY = b"ready\n"
PROCESS_ID = struct.Struct("!I")
REQUEST_HEAD = struct.Struct("!I")
ANSWER_HEAD = struct.Struct("!BHQ")


class Outcome(IntEnum):
    """Tell how a query ended in its process."""

    ANSWERED = 0
    MALFORMED = 1
    NOT_EVALUABLE = 2
    UNREACHABLE = 3
    TOO_LARGE = 4
    OUT_OF_MEMORY = 5


@dataclass(frozen=True, slots=True)
class Request:
    """Ask one query in a format, over the graphs named or over all of them when none is."""

    query: str
    format: str
    default_graphs: tuple[str, ...] = ()
    named_graphs: tuple[str, ...] = ()

    def encode(self) -> bytes:
        """Return the request as a frame."""
        body = json.dumps(asdict(self), ensure_ascii=False).encode()
        return REQUEST_HEAD.pack(len(body)) + body

    @classmethod
    def decode(cls, body: bytes) -> Request:
        """Return the request of a frame's body.

        >>> Request.decode(Request("ASK {}", "json", ("urn:g",)).encode()[4:]).default_graphs
        ('urn:g',)
        """
        values = json.loads(body)
        return cls(
            values["query"],
            values["format"],
            tuple(values["default_graphs"]),
            tuple(values["named_graphs"]),
        )


def answer_frame(outcome: Outcome, content_type: str, body: bytes) -> bytes:
    """Return the head and content type of an answer and, behind them, its body."""
    kind = content_type.encode("ascii")
    return ANSWER_HEAD.pack(outcome, len(kind), len(body)) + kind + body
