"""Carry a change to the process that works it out, and what it comes to back.

The request is one line of JSON and, behind it, the bodies one after the other. The answer is one
byte for the outcome, the length of the first part (8 bytes, network order) and two parts of
N-Quads: what is gone and what is new; after a failure the first part is the complaint.
"""

from __future__ import annotations

import json
import struct
from dataclasses import dataclass, field
from enum import IntEnum, StrEnum

from pyoxigraph import Quad, RdfFormat, parse

from kg.editing.outline import Operation

ANSWER_HEAD = struct.Struct("!BQ")


class EditKind(StrEnum):
    """Name the ways to change graphs.

    `UPDATE` runs operations over all graphs, `PATCH` over one as the default graph; `PUT` replaces
    one graph by the bodies, `MERGE` adds them to it.
    """

    UPDATE = "update"
    PATCH = "patch"
    PUT = "put"
    MERGE = "merge"


class EditOutcome(IntEnum):
    """Tell how a change ended in its process."""

    DONE = 0
    MALFORMED = 1
    NOT_EVALUABLE = 2
    UNREACHABLE = 3
    TOO_LARGE = 4
    OUT_OF_MEMORY = 5
    DEFAULT_GRAPH = 6
    OTHER_GRAPH = 7
    ONLY_DERIVED = 8


@dataclass(frozen=True, slots=True)
class Payload:
    """Hold a body: the name of its format (`RdfFormat`), the IRI for relative ones, its bytes."""

    format: str
    base: str
    content: bytes


@dataclass(frozen=True, slots=True)
class GraphEdit:
    """Hold a change: its kind, the one graph ("" for an update), operations or bodies.

    `text` is the update as it was sent; its syntax is checked before anything is done.
    """

    kind: EditKind
    graph: str = ""
    text: str = ""
    operations: tuple[Operation, ...] = ()
    payloads: tuple[Payload, ...] = ()

    def encode(self) -> bytes:
        """Return the change as a request."""
        head = {
            "kind": self.kind,
            "graph": self.graph,
            "text": self.text,
            "operations": [[item.text, item.is_data] for item in self.operations],
            "payloads": [[item.format, item.base, len(item.content)] for item in self.payloads],
        }
        bodies = b"".join(payload.content for payload in self.payloads)
        return json.dumps(head).encode() + b"\n" + bodies

    @classmethod
    def decode(cls, request: bytes) -> GraphEdit:
        r"""Return the change of a request.

        >>> edit = GraphEdit(EditKind.PUT, "urn:g", payloads=(Payload("TURTLE", "", b"a\nb"),))
        >>> GraphEdit.decode(edit.encode()) == edit
        True
        """
        line, _, bodies = request.partition(b"\n")
        head = json.loads(line)
        payloads = []
        for name, base, length in head["payloads"]:
            payloads.append(Payload(name, base, bodies[:length]))
            bodies = bodies[length:]
        return cls(
            EditKind(head["kind"]),
            head["graph"],
            head["text"],
            tuple(Operation(*item) for item in head["operations"]),
            tuple(payloads),
        )


@dataclass(frozen=True, slots=True)
class Difference:
    """Hold the statements that a change takes away and those that it brings."""

    removed: list[Quad] = field(default_factory=list)
    added: list[Quad] = field(default_factory=list)

    def graphs(self) -> tuple[str, ...]:
        """Return the names of the graphs that differ, sorted."""
        names = {str(quad.graph_name)[1:-1] for quad in (*self.removed, *self.added)}
        return tuple(sorted(names))

    @classmethod
    def parse(cls, removed: bytes, added: bytes) -> Difference:
        """Return the difference that two parts of N-Quads state."""
        parts = [list(parse(part, RdfFormat.N_QUADS)) for part in (removed, added)]
        return cls(*parts)
