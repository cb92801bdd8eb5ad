"""Answer queries, one at a time, in a forked process that can neither reach out nor grow."""

from __future__ import annotations

import contextlib
import gc
import io
import os
import resource
import signal
import socket
import threading
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, NoReturn

from pyoxigraph import NamedNode, QueryBoolean, QueryTriples, Store, Triple, serialize

from kg.serving.confinement import address_space, lock_down, say_expendable, wind_clock
from kg.serving.dataset_clause import is_narrowed
from kg.serving.formats import GRAPH_FORMATS, SOLUTION_FORMATS, AnswerFormat, prefixes_of
from kg.serving.frames import ANSWER_HEAD, REQUEST_HEAD, WORKER_IDS, Outcome, Request
from kg.serving.limits import ServingLimits
from kg.serving.rows import has_more_rows

if TYPE_CHECKING:
    from _typeshed import ReadableBuffer

STACK_BYTES: Final = 64 << 20
PATIENCE_SECONDS: Final = 1.0
# A worker that kept an eighth of its memory after an answer would have less for the next query.
_KEPT_SHARE: Final = 8
_LINE_LIMIT: Final = 1000


class _TooManyRowsError(Exception):
    """Say that an answer has more rows than the limit."""


@dataclass(frozen=True, slots=True)
class _Written:
    """Hold an answer: how it ended, its content type and its bytes."""

    outcome: Outcome
    content_type: str = ""
    body: ReadableBuffer = b""


def serve_queries(connection: socket.socket, store: Store, limits: ServingLimits) -> NoReturn:
    """Answer queries until the other side hangs up; the caller has just forked this process."""
    gc.disable()
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    say_expendable()
    _close_all_but(connection.fileno())
    # A thread of its own: the engine's random numbers are per thread, and a forked copy of the
    # main thread's would give every process the same UUID() and RAND().
    threading.stack_size(STACK_BYTES)
    thread = threading.Thread(target=_answer_all, args=(connection, store, limits))
    thread.start()
    thread.join()
    os._exit(0)


def _close_all_but(kept: int) -> None:
    highest = resource.getrlimit(resource.RLIMIT_NOFILE)[0]
    os.closerange(0, kept)
    os.closerange(kept + 1, max(kept + 1, min(highest, 1 << 16)))


def _address_space(status: int) -> int:
    """Return the bytes of addresses of this process, from its open `/proc/self/statm`."""
    return address_space(os.pread(status, 64, 0).decode("ascii"))


def _answer_all(connection: socket.socket, store: Store, limits: ServingLimits) -> None:
    status = os.open("/proc/self/statm", os.O_RDONLY)
    base = _address_space(status)
    lock_down(base + (limits.query_memory_mib << 20))
    # The other side may hang up at any time; there is nobody left to tell.
    with contextlib.suppress(OSError):
        connection.sendall(WORKER_IDS.pack(os.getpid(), threading.get_native_id()))
        for number in range(limits.queries_per_worker):
            request = _read_request(connection, limits)
            if request is None:
                return
            wind_clock(request.seconds + PATIENCE_SECONDS)
            try:
                written = _evaluate(store, request, limits)
            except MemoryError:
                written = _Written(Outcome.OUT_OF_MEMORY)
            kept = _address_space(status) - base
            is_last = (
                number + 1 == limits.queries_per_worker
                or written.outcome is Outcome.OUT_OF_MEMORY
                or kept > (limits.query_memory_mib << 20) // _KEPT_SHARE
            )
            _send(connection, written, is_last=is_last)
            if is_last:
                return
            # Whoever reads slowly is the server's concern; here the query is over.
            signal.setitimer(signal.ITIMER_REAL, 0)


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


def _send(connection: socket.socket, written: _Written, *, is_last: bool) -> None:
    kind = written.content_type.encode("ascii")
    body = memoryview(written.body)
    head = ANSWER_HEAD.pack(written.outcome, is_last, len(kind), body.nbytes) + kind
    if body.nbytes < 1 << 16:
        connection.sendall(head + bytes(body))
        return
    connection.sendall(head)
    connection.sendall(body)


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


def _evaluate(store: Store, request: Request, limits: ServingLimits) -> _Written:
    buffer = _AnswerBuffer(limits.answer_bytes)
    try:
        content_type = _write_answer(store, request, buffer, limits.answer_rows)
    except BufferError:
        return _Written(Outcome.TOO_LARGE)
    except _TooManyRowsError:
        return _Written(Outcome.TOO_MANY_ROWS)
    except SyntaxError as error:
        return _complaint(Outcome.MALFORMED, error)
    except OSError as error:
        return _complaint(Outcome.UNREACHABLE, error)
    except (RuntimeError, ValueError) as error:
        return _complaint(Outcome.NOT_EVALUABLE, error)
    return _Written(Outcome.ANSWERED, content_type, buffer.getvalue())


def _complaint(outcome: Outcome, error: Exception) -> _Written:
    return _Written(outcome, "text/plain", str(error)[:_LINE_LIMIT].encode())


def _write_answer(store: Store, request: Request, buffer: _AnswerBuffer, rows: int) -> str:
    whole = not request.default_graphs and not request.named_graphs
    answer = store.query(
        request.query,
        # Asked for the union, the engine overlooks FROM.
        use_default_graph_as_union=whole and not is_narrowed(request.query),
        default_graph=None if whole else [NamedNode(name) for name in request.default_graphs],
        named_graphs=None if whole else [NamedNode(name) for name in request.named_graphs],
    )
    asked = AnswerFormat.named(request.format)
    if isinstance(answer, QueryTriples):
        chosen = asked if asked in GRAPH_FORMATS else AnswerFormat.TURTLE
        _write_triples(answer, buffer, chosen, rows)
        return chosen.content_type
    chosen = asked if asked in SOLUTION_FORMATS else AnswerFormat.JSON
    answer.serialize(buffer, format=SOLUTION_FORMATS[chosen])
    if not isinstance(answer, QueryBoolean) and has_more_rows(buffer.getvalue(), chosen, rows):
        raise _TooManyRowsError
    return chosen.content_type


def _write_triples(
    answer: QueryTriples, buffer: _AnswerBuffer, chosen: AnswerFormat, rows: int
) -> None:
    if chosen is AnswerFormat.N_TRIPLES:
        answer.serialize(buffer, format=GRAPH_FORMATS[chosen])
        if has_more_rows(buffer.getvalue(), chosen, rows):
            raise _TooManyRowsError
        return
    triples: list[Triple] = []
    for triple in answer:
        if len(triples) == rows:
            raise _TooManyRowsError
        triples.append(triple)
    serialize(triples, buffer, GRAPH_FORMATS[chosen], prefixes=prefixes_of(triples))
