"""Answer one query in a forked process that can neither reach out nor grow, and end."""

from __future__ import annotations

import contextlib
import gc
import io
import math
import os
import resource
import signal
import socket
import threading
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Final, NoReturn

from pyoxigraph import NamedNode, QueryTriples, Store, Triple, serialize

from kg.serving.formats import GRAPH_FORMATS, SOLUTION_FORMATS, AnswerFormat
from kg.serving.frames import PROCESS_ID, REQUEST_HEAD, Outcome, Request, answer_frame
from kg.serving.limits import ServingLimits
from ontology.namespaces import PREFIXES

if TYPE_CHECKING:
    from _typeshed import ReadableBuffer

STACK_BYTES: Final = 64 << 20
PATIENCE_SECONDS: Final = 5.0
_LINE_LIMIT: Final = 1000


def serve_one(connection: socket.socket, store: Store, limits: ServingLimits) -> NoReturn:
    """Read a request, answer it, end the process; the caller has just forked it."""
    gc.disable()
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    # The clock runs even when nobody asks; the kernel ends the process, no code of ours is needed.
    signal.setitimer(signal.ITIMER_REAL, limits.query_seconds + PATIENCE_SECONDS)
    connection.sendall(PROCESS_ID.pack(os.getpid()))
    request = _read_request(connection, limits)
    if request is not None:
        # A thread of its own: the engine's random numbers are per thread, and a forked copy of the
        # main thread's would give every process the same UUID() and RAND().
        threading.stack_size(STACK_BYTES)
        thread = threading.Thread(target=_answer, args=(connection, store, request, limits))
        _say_expendable()
        thread.start()
        thread.join()
    os._exit(0)


def _read_exactly(connection: socket.socket, count: int) -> bytes | None:
    parts = bytearray()
    while len(parts) < count:
        part = connection.recv(min(count - len(parts), 1 << 16))
        if not part:
            return None
        parts += part
    return bytes(parts)


def _read_request(connection: socket.socket, limits: ServingLimits) -> Request | None:
    head = _read_exactly(connection, REQUEST_HEAD.size)
    if head is None:
        return None
    (length,) = REQUEST_HEAD.unpack(head)
    # JSON may write a byte as six; graph names come on top.
    if length > 8 * limits.query_bytes:
        return None
    body = _read_exactly(connection, length)
    return None if body is None else Request.decode(body)


def _say_expendable() -> None:
    # A read-only /proc, as some containers have it, only costs the hint to the kernel.
    with contextlib.suppress(OSError):
        Path("/proc/self/oom_score_adj").write_text("1000", "ascii")


def _lock_down(limits: ServingLimits) -> None:
    pages = int(Path("/proc/self/statm").read_text("ascii").split()[0])
    address_space = pages * resource.getpagesize() + (limits.query_memory_mib << 20)
    seconds = math.ceil(limits.query_seconds) + 1
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_AS, (address_space, address_space))
    # Last: from here on nothing can be opened, no file, no socket.
    resource.setrlimit(resource.RLIMIT_NOFILE, (0, 0))


class _AnswerBuffer(io.BytesIO):
    """Collect an answer and stop at a number of bytes."""

    def __init__(self, limit: int) -> None:
        super().__init__()
        self._limit = limit

    def write(self, data: ReadableBuffer, /) -> int:
        """Take some bytes or raise `BufferError` at the limit."""
        if self.tell() + memoryview(data).nbytes > self._limit:
            raise BufferError
        return super().write(data)


def _answer(
    connection: socket.socket, store: Store, request: Request, limits: ServingLimits
) -> None:
    _lock_down(limits)
    try:
        frame = _evaluate(store, request, limits)
    except MemoryError:
        frame = answer_frame(Outcome.OUT_OF_MEMORY, "", b"")
    # The other side may have hung up; there is nobody left to tell.
    with contextlib.suppress(OSError):
        connection.sendall(frame)


def _evaluate(store: Store, request: Request, limits: ServingLimits) -> bytes:
    buffer = _AnswerBuffer(limits.answer_bytes)
    try:
        content_type = _write_answer(store, request, buffer)
    except BufferError:
        return answer_frame(Outcome.TOO_LARGE, "", b"")
    except SyntaxError as error:
        return _complaint(Outcome.MALFORMED, error)
    except OSError as error:
        return _complaint(Outcome.UNREACHABLE, error)
    except (RuntimeError, ValueError) as error:
        return _complaint(Outcome.NOT_EVALUABLE, error)
    return answer_frame(Outcome.ANSWERED, content_type, buffer.getvalue())


def _complaint(outcome: Outcome, error: Exception) -> bytes:
    return answer_frame(outcome, "text/plain", str(error)[:_LINE_LIMIT].encode())


def _write_answer(store: Store, request: Request, buffer: _AnswerBuffer) -> str:
    whole = not request.default_graphs and not request.named_graphs
    answer = store.query(
        request.query,
        use_default_graph_as_union=whole,
        default_graph=None if whole else [NamedNode(name) for name in request.default_graphs],
        named_graphs=None if whole else [NamedNode(name) for name in request.named_graphs],
    )
    asked = AnswerFormat.named(request.format)
    if isinstance(answer, QueryTriples):
        chosen = asked if asked in GRAPH_FORMATS else AnswerFormat.TURTLE
        _write_triples(answer, buffer, chosen)
        return chosen.content_type
    chosen = asked if asked in SOLUTION_FORMATS else AnswerFormat.JSON
    answer.serialize(buffer, format=SOLUTION_FORMATS[chosen])
    return chosen.content_type


def _write_triples(answer: QueryTriples, buffer: _AnswerBuffer, chosen: AnswerFormat) -> None:
    if chosen is AnswerFormat.N_TRIPLES:
        answer.serialize(buffer, format=GRAPH_FORMATS[chosen])
        return
    triples = list(answer)
    serialize(triples, buffer, GRAPH_FORMATS[chosen], prefixes=_prefixes_of(triples))


def _prefixes_of(triples: Iterable[Triple]) -> dict[str, str]:
    """Return the prefixes that shorten an IRI of the triples, and no others."""
    iris = {
        term.value
        for triple in triples
        for term in (triple.subject, triple.predicate, triple.object)
        if isinstance(term, NamedNode)
    }
    bases = {iri[: max(iri.rfind("/"), iri.rfind("#")) + 1] for iri in iris}
    return {name: base for name, base in PREFIXES.items() if base in bases}
